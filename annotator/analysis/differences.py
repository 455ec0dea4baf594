"""How layers differ on one article: each disagreement by itself, with its type and its place.

Types, of which the first that fits is given for a mark:

``only``      some layers have the statement (or the mark outside statements), others do not
``kind``      the same words, marked as another kind
``link``      the same mark, but in another role, another statement, or none
``mark``      a role filled in one layer and not in another, or with other words
``mention``   other words in a role, but they stand for the same actor: no disagreement on who
``boundary``  overlapping words, other boundaries
``field``     another value of a field, such as actor, issue or stance; unset is a value here

A window names them by role and field: a ``mark`` in the role of the speaker, a ``field`` called
stance. With more than two layers, one difference tells the account of each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from itertools import combinations
from typing import Literal

from annotator.analysis.aligned_marks import (
    AlignedMarks,
    aligned_marks,
    likeness,
    shared_characters,
)
from annotator.analysis.alignment import Aligned, align
from annotator.analysis.grouping import Group, group_statements
from annotator.analysis.sheet import Extent, Scheme, Sheet, Value, compared, extent
from annotator.core.codebook import STATEMENT, Field
from annotator.core.model import Id, Mark, Statement
from annotator.core.text.offsets import Offsets

Type = Literal["only", "kind", "link", "mark", "mention", "boundary", "field"]
TYPES: tuple[Type, ...] = ("only", "kind", "link", "mark", "mention", "boundary", "field")

HALF = 0.5
"""The least share of characters at which marks of two kinds or roles count as the same words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement. The tables are by layer, in the order of the sheet."""

    type: Type
    article: Id
    role: str | None
    """``statement`` for its own fields; None for whole statements and marks outside them."""
    field: str | None
    values: Mapping[Id, Value | Extent | None]
    """What each layer has: for ``only`` whether it has it; for ``kind`` the kind, for ``link``
    the role or None, for ``field`` the value, else the fragments; None is nothing."""
    statements: Mapping[Id, Id]
    marks: Mapping[Id, Id] = made(default_factory=dict)
    place: Offsets | None = None
    """From the first to the last character concerned; None if all is implied."""
    beside: Mapping[Id, tuple[Id, ...]] = made(default_factory=dict)
    """For ``only``: statements of the layers without it that share words with it: there, it is
    split, or one with another."""


Name = tuple[Type, str | None, str | None]
"""Type, role and field: what differences are counted by."""


def name(difference: Difference) -> Name:
    return difference.type, difference.role, difference.field


def count(differences: Iterable[Difference]) -> Counter[Name]:
    """How often there is each type of difference."""
    return Counter(map(name, differences))


def differences(sheet: Sheet, scheme: Scheme, aligned: Aligned | None = None) -> list[Difference]:
    """All on the statements of a sheet, in reading order. Marks outside statements are
    :func:`annotator.analysis.loose.loose_differences`."""
    if aligned is None:
        (aligned,) = align([sheet], scheme)
    compare = _Comparison(sheet, scheme)
    return [
        found
        for group in group_statements(sheet, scheme, aligned)
        for found in compare.group(group)
    ]


class _Comparison:
    """A sheet with its statements by id."""

    def __init__(self, sheet: Sheet, scheme: Scheme) -> None:
        self.sheet, self.scheme = sheet, scheme
        self.statements = {
            (layer, statement.id): statement
            for layer in sheet.layers
            for statement in sheet.of(layer)
        }
        self._layouts = {
            layer: {(mark.kind, extent(mark)): mark for mark in sheet.marks.get(layer, {}).values()}
            for layer in sheet.layers
        }
        self._anchored = {node: self._anchor_words(*node) for node in self.statements}

    def group(self, group: Group) -> Iterator[Difference]:
        if len(group.statements) < len(self.sheet.layers):
            yield self._only(group)
        if len(group.statements) > 1:
            statements = {node[0]: self.statements[node] for node in group.statements.items()}
            yield from self._marks(group, statements)
            yield from self._fields(group, statements)

    def _only(self, group: Group) -> Difference:
        words = tuple(piece for node in group.statements.items() for piece in self._words(*node))
        return Difference(
            "only",
            self.sheet.article,
            None,
            None,
            {layer: layer in group.statements for layer in self.sheet.layers},
            group.statements,
            place=hull(words),
            beside=self._beside(group),
        )

    def _beside(self, group: Group) -> dict[Id, tuple[Id, ...]]:
        words = [piece for node in group.statements.items() for piece in self._anchored[node]]
        found: dict[Id, tuple[Id, ...]] = {}
        for (layer, id), theirs in self._anchored.items():
            if layer not in group.statements and any(
                start < to and at < end for start, end in words for at, to in theirs
            ):
                found[layer] = (*found.get(layer, ()), id)
        return found

    def _anchor_words(self, layer: Id, id: Id) -> Extent:
        return self._words(layer, id, self.scheme.anchors())

    def _words(self, layer: Id, id: Id, roles: Iterable[str] | None = None) -> Extent:
        """All fragments of a statement, in the given roles."""
        chosen = None if roles is None else set(roles)
        return tuple(
            piece
            for member in self.statements[layer, id].members
            if chosen is None or member.role in chosen
            if (mark := self.sheet.mark(layer, member.mark)) is not None
            for piece in extent(mark)
        )

    def _marks(self, group: Group, statements: Mapping[Id, Statement]) -> Iterator[Difference]:
        found = list(aligned_marks(self.sheet, self.scheme, statements))
        swapped, rest = _swapped(found, len(statements))
        for one, other in swapped:
            yield self._swap(group, one, other)
        for aligned in rest:
            yield from self._in_role(group, aligned, statements)

    def _swap(self, group: Group, one: AlignedMarks, other: AlignedMarks) -> Difference:
        marks = {**one.marks, **other.marks}
        marks = {layer: marks[layer] for layer in group.statements if layer in marks}
        if len({mark.kind for mark in marks.values()}) > 1:
            kinds: dict[Id, Value | Extent | None] = {
                layer: mark.kind for layer, mark in marks.items()
            }
            return self._of("kind", one.role, None, kinds, group, marks)
        roles = {layer: one.role if layer in one.marks else other.role for layer in marks}
        return self._of("link", one.role, None, roles, group, marks)

    def _in_role(
        self, group: Group, aligned: AlignedMarks, statements: Mapping[Id, Statement]
    ) -> Iterator[Difference]:
        if len(aligned.marks) < len(statements):
            yield self._unfilled(group, aligned, statements)
        yield from mark_differences(self.sheet, self.scheme, aligned, group.statements)

    def _unfilled(
        self, group: Group, aligned: AlignedMarks, statements: Mapping[Id, Statement]
    ) -> Difference:
        """A role that some do not fill; a link if they have the very mark elsewhere."""
        marks = dict(aligned.marks)
        for layer in statements:
            if layer not in marks:
                same = self._elsewhere(layer, aligned)
                if same is not None:
                    marks[layer] = same
        if len(marks) > len(aligned.marks):
            roles = {
                layer: aligned.role if layer in aligned.marks else None for layer in statements
            }
            return self._of("link", aligned.role, None, roles, group, marks)
        extents = {layer: extent(marks[layer]) if layer in marks else None for layer in statements}
        return self._of("mark", aligned.role, None, extents, group, marks)

    def _elsewhere(self, layer: Id, aligned: AlignedMarks) -> Mark | None:
        wanted = ((mark.kind, extent(mark)) for mark in aligned.marks.values() if mark.fragments)
        found = (self._layouts[layer].get(one) for one in wanted)
        return next((mark for mark in found if mark is not None), None)

    def _fields(self, group: Group, statements: Mapping[Id, Statement]) -> Iterator[Difference]:
        for key, defined in self.scheme.fields_on(STATEMENT).items():
            values = {
                layer: compared(defined, statement.fields.get(key))
                for layer, statement in statements.items()
            }
            if len(set(values.values())) > 1:
                words = [piece for node in group.statements.items() for piece in self._words(*node)]
                yield Difference(
                    "field",
                    self.sheet.article,
                    STATEMENT,
                    key,
                    values,
                    group.statements,
                    place=hull(words),
                )

    def _of(
        self,
        type: Type,
        role: str | None,
        field: str | None,
        values: Mapping[Id, Value | Extent | None],
        group: Group,
        marks: Mapping[Id, Mark],
    ) -> Difference:
        return of_marks(self.sheet.article, type, role, field, values, group.statements, marks)


def _swapped(
    found: list[AlignedMarks], layers: int
) -> tuple[list[tuple[AlignedMarks, AlignedMarks]], list[AlignedMarks]]:
    """Those that hold the same words in two roles, by different layers; and all the others."""
    swapped: list[tuple[AlignedMarks, AlignedMarks]] = []
    lonely = [aligned for aligned in found if len(aligned.marks) < layers]
    for one, other in combinations(lonely, 2):
        taken = any(one in two or other in two for two in swapped)
        if not taken and one.role != other.role and _same_words(one, other):
            swapped.append((one, other))
    used = {id(aligned) for two in swapped for aligned in two}
    return swapped, [aligned for aligned in found if id(aligned) not in used]


def _same_words(one: AlignedMarks, other: AlignedMarks) -> bool:
    return one.marks.keys().isdisjoint(other.marks) and all(
        a.fragments and b.fragments and likeness(extent(a), extent(b)) >= HALF
        for a in one.marks.values()
        for b in other.marks.values()
    )


def mark_differences(
    sheet: Sheet, scheme: Scheme, aligned: AlignedMarks, statements: Mapping[Id, Id]
) -> Iterator[Difference]:
    """How aligned marks differ; its role is empty for marks outside statements."""
    role, article = aligned.role or None, sheet.article
    marks = aligned.marks

    def of(type: Type, field: str | None, values: Mapping[Id, Value | Extent | None]) -> Difference:
        return of_marks(article, type, role, field, values, statements, marks)

    if len({mark.kind for mark in marks.values()}) > 1:
        yield of("kind", None, {layer: mark.kind for layer, mark in marks.items()})
    extents = {layer: extent(mark) for layer, mark in marks.items()}
    if len(set(extents.values())) > 1:
        yield of(_words_differ(marks, scheme), None, extents)
    fields = dict(pair for mark in marks.values() for pair in scheme.fields_on(mark.kind).items())
    for key, defined in fields.items():
        values = {layer: compared(defined, mark.fields.get(key)) for layer, mark in marks.items()}
        if len(set(values.values())) > 1:
            yield of("field", key, values)


def _words_differ(marks: Mapping[Id, Mark], scheme: Scheme) -> Type:
    if all(
        shared_characters(extent(one), extent(other))
        for one, other in combinations(marks.values(), 2)
    ):
        return "boundary"
    actors = {
        tuple(compared(defined, mark.fields.get(key)) for key, defined in _actors(mark, scheme))
        for mark in marks.values()
    }
    return "mention" if len(actors) == 1 and any(actors.pop()) else "mark"


def _actors(mark: Mark, scheme: Scheme) -> list[tuple[str, Field]]:
    return [pair for pair in scheme.fields_on(mark.kind).items() if pair[1].type == "actor"]


def of_marks(
    article: Id,
    type: Type,
    role: str | None,
    field: str | None,
    values: Mapping[Id, Value | Extent | None],
    statements: Mapping[Id, Id],
    marks: Mapping[Id, Mark],
) -> Difference:
    """A difference on these marks."""
    return Difference(
        type,
        article,
        role,
        field,
        values,
        statements,
        {layer: mark.id for layer, mark in marks.items()},
        hull([piece for mark in marks.values() for piece in extent(mark)]),
    )


def hull(words: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """From the first to the last character."""
    pieces = list(words)
    return (min(start for start, _ in pieces), max(end for _, end in pieces)) if pieces else None
