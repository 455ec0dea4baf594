"""Splitting an entry in two: a new one beside it, and chosen marks or statements go over to it."""

from __future__ import annotations

from collections.abc import Set

import msgspec

from annotator.core.book.changing import free_key, scale_key
from annotator.core.book.merging import gone_over
from annotator.core.book.parts import (
    Part,
    count,
    entries,
    entry,
    issue_part,
    new_key,
    tidy_name,
    uses,
    with_entries,
)
from annotator.core.book.plan import Plan, book_change, edit
from annotator.core.book.uses import Using
from annotator.core.codebook import Codebook, Field, Kind, Role
from annotator.core.model import Id, Issue
from annotator.core.revision import Change


def split(
    now: Using,
    part: Part,
    name: str,
    chosen: Set[Id],
    new_id: Id,
    avoid: str = "",
    number: str = "",
) -> tuple[Plan, Part]:
    """A new entry like this one under another name; the chosen marks and statements get it.

    ``new_id`` is for a new issue, ``avoid`` are keys a new kind should not take, ``number`` is
    where a new step stands on the scale. A role or field that is new is not expected of the rest.
    """
    old = entry(now, part)
    said = tidy_name(now, Part(part.sort, "", part.field), name)
    label = f"Split “{said}” off “{old.name}”"
    touched = count(now, part)
    says = (
        f"{label}: {len(chosen)} of {touched} {'goes' if len(chosen) == 1 else 'go'} over,"
        " the rest stays."
        if touched
        else f"{label}: nothing uses it."
    )
    if isinstance(old, Issue):
        key = new_key(said, (issue.key for issue in now.issues()))
        made = msgspec.structs.replace(old, id=new_id, key=key, name=said, retired=False)
        beginning: tuple[Change, ...] = (Change(None, made),)
        new = issue_part(made)
    else:
        key = scale_key(now.codebook, number) if part.sort == "stance" else ""
        book, new = _with_twin(now.codebook, part, said, avoid, key)
        beginning = book_change(now.codebook, book)

    def changes() -> tuple[Change, ...]:
        found = [t for t in now.using(uses(now.codebook, part)) if t.id in chosen]
        return (*beginning, *gone_over(now.codebook, found, part, new))

    return Plan(says, touched, lambda: edit(label, changes())), new


def _with_twin(
    book: Codebook, part: Part, name: str, avoid: str, key: str
) -> tuple[Codebook, Part]:
    """The codebook with a second entry right after the first, used wherever the first is."""
    found = entries(book, part.sort, part.field)
    key = key or new_key(name, found)
    old = found[part.key]
    made = msgspec.structs.replace(old, name=name, retired=False)
    if isinstance(old, Kind):
        made = msgspec.structs.replace(made, key=free_key(book, name, avoid))
    elif isinstance(old, Role | Field):
        made = msgspec.structs.replace(made, expected=False)
    after = {}
    for other, one in found.items():
        after[other] = one
        if other == part.key:
            after[key] = made
    if part.sort == "stance":
        after = {step: after[step] for step in sorted(after, key=int)}
    new = with_entries(book, part.sort, after, part.field)
    if isinstance(old, Kind):
        new = _wherever(new, part.key, key)
    return new, Part(part.sort, key, part.field)


def _wherever(book: Codebook, old: str, new: str) -> Codebook:
    def both(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(n for name in names for n in ((old, new) if name == old else (name,)))

    roles = {k: msgspec.structs.replace(r, kinds=both(r.kinds)) for k, r in book.roles.items()}
    fields = {k: msgspec.structs.replace(f, on=both(f.on)) for k, f in book.fields.items()}
    return msgspec.structs.replace(book, roles=roles, fields=fields)
