"""A change of the codebook that can be looked at before it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from annotator.core.book.uses import Count, Using
from annotator.core.codebook import Codebook, faults
from annotator.core.errors import NotAllowed
from annotator.core.model import FieldValue, Mark, Member, Statement
from annotator.core.revision import Change, Edit, same


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done, how much it touches, and the edit that does it, made when asked for."""

    says: str
    """One sentence, such as ``Retire “Cue”: 132 marks in 41 articles keep it.``"""
    touches: Count
    """What uses the part; only some plans rewrite it."""
    make: Callable[[], Edit]
    rewrites: bool = True
    """Whether it changes what uses the part, not the codebook alone."""

    @property
    def size(self) -> int:
        """At most about how many records it rewrites: a mark often takes its statement along."""
        return 2 * self.rewrites * (self.touches.marks + self.touches.statements)


@dataclass(frozen=True, slots=True)
class Merged:
    """The codebook after two entries became one, and how the records follow."""

    book: Codebook
    changes: Callable[[], list[Change]]
    aside: str = ""
    """A sentence on what has no place of its own any more, if there is such a thing."""


def book_change(old: Codebook, new: Codebook) -> tuple[Change, ...]:
    """The change from one codebook to another; :class:`NotAllowed` when it does not fit together."""
    for fault in faults(new):
        raise NotAllowed(fault)
    return () if same(old, new) else (Change(old, new),)


def edit(label: str, changes: Iterable[Change]) -> Edit:
    """A step that rightly touches every layer."""
    return Edit(label, tuple(changes), foreign="all")


def plain(now: Using, label: str, says: str, touches: Count, new: Codebook) -> Plan:
    """A plan that changes the codebook alone."""
    changes = book_change(now.codebook, new)
    return Plan(says, touches, lambda: edit(label, changes), rewrites=False)


Fields = dict[str, FieldValue]


def rewritten(
    things: Iterable[Mark | Statement],
    fields: Callable[[Mark | Statement], Fields] | None = None,
    kind: Callable[[Mark], str] | None = None,
    role: Callable[[Member], str] | None = None,
    note: Callable[[Mark | Statement], str] | None = None,
) -> list[Change]:
    """Marks and statements with other fields, kinds, roles or notes; those that stay as they are are left out."""
    changes = []
    for thing in things:
        given = fields(thing) if fields else thing.fields
        said = note(thing) if note else thing.note
        new: Mark | Statement
        if isinstance(thing, Mark):
            other = kind(thing) if kind else thing.kind
            new = msgspec.structs.replace(thing, fields=given, kind=other, note=said)
        else:
            members = tuple(Member(role(m), m.mark) if role else m for m in thing.members)
            new = msgspec.structs.replace(thing, fields=given, members=members, note=said)
        if new != thing:
            changes.append(Change(thing, new))
    return changes


def replaced_value(value: FieldValue, old: object, new: str | int) -> FieldValue:
    """A field's value, or one among several, replaced; what is then twice there is there once."""
    if not isinstance(value, list):
        return new if value == old else value
    return list(dict.fromkeys(str(new) if one == old else one for one in value))
