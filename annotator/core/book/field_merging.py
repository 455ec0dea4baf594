"""Making one field of two: whatever was filled in in either is filled in in the one that stays."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from annotator.core.book.parts import Part, new_key
from annotator.core.book.plan import Merged, rewritten
from annotator.core.book.uses import Use, Using
from annotator.core.codebook import SEVERAL, Choice, Codebook, Field
from annotator.core.model import FieldValue, Mark, Statement, several
from annotator.core.revision import Change

Thing = Mark | Statement
Scalar = str | int | float | bool
_JOINED = "; "
"""Between two texts that were in two fields."""


def merge_fields(now: Using, part: Part, into: Part) -> Merged:
    """One field of two of the same type, for the marks and statements of both.

    Where both are filled in with different values, none is lost: a field that can hold several
    values holds both from then on, texts are joined, and any other value is written into the note.
    """
    old, kept = now.codebook.fields[part.key], now.codebook.fields[into.key]
    choices, renamed = _choices(old, kept)
    held = now.using([Use(field=part.key)])
    both = [t for t in held if _differ(t, part.key, into.key, renamed)]
    many = kept.many or old.many or (bool(both) and kept.type in SEVERAL)
    field = msgspec.structs.replace(
        kept,
        on=tuple(dict.fromkeys((*kept.on, *old.on))),
        many=many,
        choices=choices,
        examples=tuple(dict.fromkeys((*kept.examples, *old.examples))),
    )
    fields = {key: one for key, one in now.codebook.fields.items() if key != part.key}
    book = msgspec.structs.replace(now.codebook, fields={**fields, into.key: field})
    moved = _Moved(part.key, into.key, old.name, field, renamed, now.codebook)

    def changes() -> list[Change]:
        found = [*now.using([Use(field=part.key)])]
        if many and not kept.many:  # what the other field holds alone becomes a list as well
            there = {(type(thing), thing.id) for thing in found}
            alone = now.using([Use(field=into.key, listed=False)])
            found += [thing for thing in alone if (type(thing), thing.id) not in there]
        return moved.changes(found)

    return Merged(book, changes, _aside(both, field))


def _choices(old: Field, kept: Field) -> tuple[dict[str, Choice], dict[str, str]]:
    """The choices of both, and the key by which each of the first is known from then on.

    Choices of one name are one; two that share a key and not the name stay two.
    """
    found, renamed = dict(kept.choices), dict[str, str]()
    by_name = {choice.name.casefold(): key for key, choice in kept.choices.items()}
    for key, choice in old.choices.items():
        same = by_name.get(choice.name.casefold())
        if same is None:
            same = key if key not in found else new_key(choice.name, found)
            found[same] = choice
        else:
            examples = tuple(dict.fromkeys((*found[same].examples, *choice.examples)))
            found[same] = msgspec.structs.replace(found[same], examples=examples)
        renamed[key] = same
    return found, renamed


def _differ(thing: Thing, old: str, kept: str, renamed: dict[str, str]) -> bool:
    if kept not in thing.fields:
        return False
    return _values(thing, old, renamed) != _values(thing, kept, {})


def _values(thing: Thing, field: str, renamed: dict[str, str]) -> list[Scalar]:
    return [renamed.get(str(one), one) for one in several(thing.fields[field])]


def _aside(both: list[Thing], field: Field) -> str:
    """What becomes of the values of those that hold both."""
    if not both:
        return ""
    who = "One mark or statement holds" if len(both) == 1 else f"{len(both)} of them hold"
    if field.type in SEVERAL:
        kept = f"“{field.name}” holds several values from then on"
    elif field.type == "text":
        kept = "the two are joined"
    else:
        kept = f"“{field.name}” stays and the other is written into the note"
    return f"{who} different values in both: {kept}."


class _Moved:
    """What a mark or statement holds, from the one field to the other."""

    def __init__(
        self,
        old: str,
        new: str,
        name: str,
        field: Field,
        renamed: dict[str, str],
        book: Codebook,
    ) -> None:
        self._old, self._new, self._name = old, new, name
        self._field, self._renamed, self._book = field, renamed, book

    def changes(self, things: Iterable[Thing]) -> list[Change]:
        return rewritten(things, self._fields, note=self._note)

    def _fields(self, thing: Thing) -> dict[str, FieldValue]:
        """With all values in the field that stays."""
        given = {key: value for key, value in thing.fields.items() if key != self._old}
        here = _values(thing, self._new, {}) if self._new in thing.fields else []
        there = _values(thing, self._old, self._renamed) if self._old in thing.fields else []
        if self._field.many:
            given[self._new] = [str(one) for one in dict.fromkeys((*here, *there))]
        elif self._field.type == "text":
            given[self._new] = _JOINED.join(str(one) for one in dict.fromkeys((*here, *there)))
        else:
            given[self._new] = (here or there)[0]
        return given

    def _note(self, thing: Thing) -> str:
        """With what has no room in the field, for a field of one value that is no text."""
        field = self._field
        if field.many or field.type == "text" or not {self._old, self._new} <= thing.fields.keys():
            return thing.note
        (value,) = several(thing.fields[self._old])
        if value == thing.fields[self._new]:
            return thing.note
        return "\n".join(filter(None, (thing.note, f"{self._name}: {self._said(value)}")))

    def _said(self, value: Scalar) -> str:
        if self._field.type == "stance" and str(value) in self._book.stances:
            return f"{self._book.stances[str(value)].name} ({value})"
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)
