"""Verbs on marks: make, extend, move, retype, fill in, delete.

Each looks at a page and returns an :class:`~annotator.core.revision.Edit`; nothing happens until
the workspace does it. :class:`NotAllowed` says in one sentence why a thing cannot be done.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from typing import Literal

import msgspec

from annotator.core.codebook import Codebook
from annotator.core.errors import NotAllowed
from annotator.core.model import FieldValue, Fragment, Id, Mark, Member, Statement
from annotator.core.page import Page
from annotator.core.revision import Change, Edit
from annotator.core.text.offsets import Offsets

Edge = Literal["start", "end"]
_LABEL_LENGTH = 40
_NAMED = 3
"""How many marks a label names."""


def brief(text: str) -> str:
    """A quote short enough for a label."""
    line = " ".join(text.split())
    return line if len(line) <= _LABEL_LENGTH else line[: _LABEL_LENGTH - 1].rstrip() + "…"


def fragments(text: str, places: Iterable[Offsets]) -> tuple[Fragment, ...]:
    """Places as fragments in the order of the text; what overlaps or touches is joined."""
    joined: list[Offsets] = []
    for start, end in sorted(places):
        if not 0 <= start < end <= len(text):
            raise NotAllowed(f"{start} to {end} is not a piece of this text.")
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(Fragment(s, e, text[s:e]) for s, e in joined)


def mark(
    page: Page,
    book: Codebook,
    kind: str,
    places: Iterable[Offsets],
    new_id: Callable[[], Id],
    at_hand: Id | None = None,
) -> tuple[Edit, Mark, Statement]:
    """Mark places as a kind, in the statement at hand if it has room, else in a new one.

    No places make an implied mark. Returns the mark and its statement as they will be.
    """
    if kind not in book.kinds:
        raise NotAllowed(f"The codebook has no kind {kind}.")
    made = Mark(
        id=new_id(),
        article=page.article.id,
        layer=page.layer,
        kind=kind,
        fragments=fragments(page.text, places),
    )
    name = book.kinds[kind].name
    role = role_for(book, kind)
    before = page.statements.get(at_hand) if at_hand is not None else None
    if before is not None and not _has_room(book, before, role):
        before = None
    if before is None:
        after = alone(made, role, new_id())
    else:
        after = msgspec.structs.replace(before, members=(*before.members, Member(role, made.id)))
    label = f"{name} “{brief(made.quote)}”" if made.fragments else f"Implied {name.lower()}"
    return Edit(label, (Change(None, made), Change(before, after))), made, after


def role_for(book: Codebook, kind: str) -> str:
    """The usual role of a kind; :class:`NotAllowed` where the codebook has none for it."""
    role = book.usual_role(kind)
    if role is None:
        raise NotAllowed(f"The codebook has no role for a {book.kinds[kind].name.lower()}.")
    return role


def _has_room(book: Codebook, statement: Statement, role: str) -> bool:
    return book.roles[role].many or not statement.marks(role)


def add_fragment(page: Page, id: Id, place: Offsets) -> Edit:
    """Make a piece of text part of a mark, such as the second half of a split quote."""
    old = page.mark(id)
    places = [(f.start, f.end) for f in old.fragments]
    return _refragment(page, old, [*places, place], f"Add “{brief(page.text[slice(*place)])}”")


def remove_fragment(page: Page, id: Id, index: int) -> Edit:
    """Take one fragment away from a mark that has several."""
    old = page.mark(id)
    _expect_fragment(old, index)
    if len(old.fragments) < 2:
        raise NotAllowed("This is the mark's only fragment; delete the mark instead.")
    places = [(f.start, f.end) for i, f in enumerate(old.fragments) if i != index]
    return _refragment(page, old, places, f"Remove “{brief(old.fragments[index].quote)}”")


def move_boundary(page: Page, id: Id, index: int, edge: Edge, to: int) -> Edit:
    """Put the start or end of a mark's fragment elsewhere."""
    old = page.mark(id)
    _expect_fragment(old, index)
    places = [(f.start, f.end) for f in old.fragments]
    start, end = places[index]
    places[index] = (to, end) if edge == "start" else (start, to)
    if places[index][0] >= places[index][1]:
        raise NotAllowed("A mark needs at least one character.")
    return _refragment(page, old, places, f"Move {edge} of “{brief(old.quote)}”")


def set_fragment(page: Page, id: Id, index: int, place: Offsets) -> Edit:
    """Put both ends of a mark's fragment elsewhere at once."""
    old = page.mark(id)
    _expect_fragment(old, index)
    places = [(f.start, f.end) for f in old.fragments]
    places[index] = place
    return _refragment(page, old, places, f"Move “{brief(old.quote)}”")


def _expect_fragment(mark: Mark, index: int) -> None:
    if not 0 <= index < len(mark.fragments):
        raise NotAllowed("The mark has no such fragment.")


def _refragment(page: Page, old: Mark, places: Iterable[Offsets], label: str) -> Edit:
    new = msgspec.structs.replace(old, fragments=fragments(page.text, places))
    return Edit(label, (Change(old, new),) if new != old else ())


def retype(page: Page, book: Codebook, id: Id, kind: str) -> Edit:
    """Make a mark another kind; it keeps the fields that kind has, and changes role."""
    old = page.mark(id)
    if kind not in book.kinds:
        raise NotAllowed(f"The codebook has no kind {kind}.")
    known = book.fields_on(kind)
    kept: dict[str, FieldValue] = {k: v for k, v in old.fields.items() if k in known}
    new = msgspec.structs.replace(old, kind=kind, fields=kept)
    if new == old:
        return Edit("", ())
    changes = [Change(old, new)]
    for holder in page.holders(id):
        role = role_for(book, kind)
        members = tuple(
            Member(role, id) if m.mark == id and kind not in book.roles[m.role].kinds else m
            for m in holder.members
        )
        if members != holder.members:
            changes.append(Change(holder, msgspec.structs.replace(holder, members=members)))
    return Edit(f"{book.kinds[kind].name} “{brief(old.quote)}”", tuple(changes))


def delete(page: Page, ids: Iterable[Id]) -> Edit:
    """Delete marks; a statement that loses its last mark goes with them."""
    gone = {id: page.mark(id) for id in ids}
    holders = {h.id: h for id in gone for h in page.holders(id)}
    changes = []
    for holder in holders.values():
        members = tuple(m for m in holder.members if m.mark not in gone)
        left = msgspec.structs.replace(holder, members=members) if members else None
        changes.append(Change(holder, left))
    changes += [Change(old, None) for old in gone.values()]
    names = ", ".join(f"“{brief(old.quote)}”" for old in gone.values())
    what = names if len(gone) <= _NAMED else f"{len(gone)} marks"
    return Edit(f"Delete {what}", tuple(changes))


def set_field(old: Mark | Statement, book: Codebook, name: str, value: FieldValue | None) -> Edit:
    """Fill in a field of a mark or statement; None unsets it."""
    field = book.fields.get(name)
    if field is None:
        raise NotAllowed(f"The codebook has no field {name}.")
    fields = {k: v for k, v in old.fields.items() if k != name}
    if value is not None and value != "":
        fields[name] = value
    if fields == old.fields:
        return Edit("", ())
    new = msgspec.structs.replace(old, fields=fields)
    return Edit(
        f"{field.name}" if value is not None else f"Unset {field.name}", (Change(old, new),)
    )


def mark_all(
    page: Page,
    book: Codebook,
    kind: str,
    places: Iterable[Offsets],
    new_id: Callable[[], Id],
    fields: Mapping[str, FieldValue] | None = None,
) -> tuple[Edit, tuple[Mark, ...]]:
    """Mark each place as a kind, all in one step, in the order given.

    Each mark begins a statement of its own, because only the analyst knows what else belongs to
    it; a kind that plays no role in statements stands alone. ``fields`` are filled in on every mark.
    """
    if kind not in book.kinds:
        raise NotAllowed(f"The codebook has no kind {kind}.")
    name, given = book.kinds[kind].name, dict(fields or {})
    for field in given:
        if field not in book.fields_on(kind):
            raise NotAllowed(f"A {name.lower()} has no field {field}.")
    role = book.usual_role(kind)
    changes: list[Change] = []
    marks: list[Mark] = []
    for place in places:
        made = Mark(
            id=new_id(),
            article=page.article.id,
            layer=page.layer,
            kind=kind,
            fragments=fragments(page.text, [place]),
            fields=dict(given),
        )
        marks.append(made)
        changes.append(Change(None, made))
        if role is not None:
            changes.append(Change(None, alone(made, role, new_id())))
    quotes = {made.quote for made in marks}
    what = f" “{brief(min(quotes))}”" if len(quotes) == 1 else ""
    times = f" {len(marks)} times" if len(marks) > 1 else ""
    return Edit(f"{name}{what}{times}", tuple(changes)), tuple(marks)


def alone(mark: Mark, role: str, id: Id) -> Statement:
    """A statement of one mark."""
    return Statement(
        id=id, article=mark.article, layer=mark.layer, members=(Member(role, mark.id),)
    )


def covered(page: Page, kind: str) -> Callable[[Offsets], bool]:
    """Whether a place already lies in a mark of a kind."""
    pieces = sorted(
        (f.start, f.end) for m in page.marks.values() if m.kind == kind for f in m.fragments
    )
    starts = [start for start, _ in pieces]
    reach = list(accumulate((end for _, end in pieces), max))

    def lies_in_one(place: Offsets) -> bool:
        before = bisect_right(starts, place[0])
        return before > 0 and reach[before - 1] >= place[1]

    return lies_in_one


def set_note(thing: Mark | Statement, words: str) -> Edit:
    """Say something about a mark or statement that no field is there for; empty takes it away."""
    new = msgspec.structs.replace(thing, note=words.strip())
    return Edit("Note", (Change(thing, new),) if new != thing else ())


def set_flagged(thing: Mark | Statement, flagged: bool) -> Edit:
    """Ask the reviewer to look at a mark or statement, or no longer."""
    new = msgspec.structs.replace(thing, flagged=flagged)
    label = "Ask the reviewer" if flagged else "Ask the reviewer no longer"
    return Edit(label, (Change(thing, new),) if new != thing else ())
