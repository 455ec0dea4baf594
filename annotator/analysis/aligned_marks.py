"""Which mark of one layer's statement is which of another's, once the statements are aligned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import linear_sum_assignment

from annotator.analysis.grouping import Node, joined
from annotator.analysis.sheet import Extent, Scheme, Sheet, Value, compared, extent, place
from annotator.core.codebook import STATEMENT
from annotator.core.model import Id, Mark, Statement

Contents = tuple[tuple[str, Value], ...]
"""Fields with the values that are compared, in the codebook's order; unset ones are left out."""


@dataclass(frozen=True, slots=True)
class AlignedMarks:
    """One mark by the accounts of several layers."""

    role: str
    marks: Mapping[Id, Mark]
    """By layer; a layer that has none is left out."""


def contents(thing: Mark | Statement, scheme: Scheme) -> Contents:
    """The compared fields of a mark or statement."""
    on = thing.kind if isinstance(thing, Mark) else STATEMENT
    if not thing.fields:
        return ()
    found: list[tuple[str, Value]] = []
    for key, field in scheme.fields_on(on).items():
        held = compared(field, thing.fields.get(key))
        if held is not None:
            found.append((key, held))
    return tuple(found)


def shared_characters(one: Extent, other: Extent) -> int:
    """How many characters both cover; fragments of one mark never overlap."""
    return sum(max(0, min(end, to) - max(start, at)) for start, end in one for at, to in other)


def likeness(one: Extent, other: Extent) -> float:
    """Characters that both cover, as a share of those that either does; 1 for two implied ones."""
    if one == other:
        return 1.0
    both = shared_characters(one, other)
    return both / (_size(one) + _size(other) - both)


def _size(one: Extent) -> int:
    return sum(end - start for start, end in one)


def aligned_marks(
    sheet: Sheet, scheme: Scheme, statements: Mapping[Id, Statement]
) -> Iterator[AlignedMarks]:
    """The marks of aligned statements, role by role; ``statements`` are by layer.

    If no layer has more than one mark in a role, they are aligned, wherever they are. Otherwise
    marks are assigned by the share of characters and the fields they have in common.
    """
    filled = {layer: sheet.by_role(layer, one) for layer, one in statements.items()}
    for role in scheme.book.roles:
        members = {layer: roles[role] for layer, roles in filled.items() if role in roles}
        if all(len(marks) == 1 for marks in members.values()):
            if members:
                yield AlignedMarks(role, {layer: mark for layer, (mark,) in members.items()})
        else:
            ordered = {layer: sorted(marks, key=place) for layer, marks in members.items()}
            yield from _assigned(role, ordered, scheme)


def _assigned(
    role: str, members: Mapping[Id, Sequence[Mark]], scheme: Scheme
) -> Iterator[AlignedMarks]:
    marks = {(layer, mark.id): mark for layer, own in members.items() for mark in own}
    edges: list[tuple[float, Node, Node]] = []
    for one, other in combinations(sorted(members), 2):
        table = np.array(
            [[_worth(a, b, scheme) for b in members[other]] for a in members[one]]
        ).reshape(len(members[one]), len(members[other]))
        for a, b in zip(*linear_sum_assignment(table, maximize=True), strict=True):
            if table[a, b] > 0:
                edges.append(
                    (-float(table[a, b]), (one, members[one][a].id), (other, members[other][b].id))
                )
    for found in joined(marks, ((a, b) for _, a, b in sorted(edges))):
        yield AlignedMarks(
            role, {layer: marks[layer, found[layer]] for layer in members if layer in found}
        )


def _worth(one: Mark, other: Mark, scheme: Scheme) -> float:
    """0 if they share neither characters nor a field."""
    mine, theirs = set(contents(one, scheme)), set(contents(other, scheme))
    fields = len(mine & theirs) / len(mine | theirs) if mine or theirs else 1.0
    alike = likeness(extent(one), extent(other))
    if alike == 0 and not mine & theirs:
        return 0.0
    return alike + fields + (one.kind == other.kind)


def signature(sheet: Sheet, scheme: Scheme, statement: Statement) -> tuple[object, ...]:
    """Everything of a statement that is compared; two are identical when these are equal."""
    members = sorted(
        (role, mark.kind, extent(mark), repr(contents(mark, scheme)))
        for role, marks in sheet.by_role(statement.layer, statement).items()
        for mark in marks
    )
    return tuple(members), contents(statement, scheme)
