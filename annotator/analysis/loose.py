"""Marks that belong to no statement: which of them are the same, and how they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from annotator.analysis.aligned_marks import AlignedMarks, likeness
from annotator.analysis.differences import HALF, Difference, hull, mark_differences, of_marks
from annotator.analysis.grouping import Node, joined
from annotator.analysis.overlap import added_up, overlapping
from annotator.analysis.sheet import Scheme, Sheet, extent, place
from annotator.core.model import Id, Mark


def loose_differences(sheet: Sheet, scheme: Scheme) -> list[Difference]:
    """Differences on marks outside statements, in reading order. Implied ones have no place to be
    compared by, and are left out."""
    return [one for _, found in loose_groups(sheet, scheme) for one in found]


def loose_groups(
    sheet: Sheet, scheme: Scheme, together: Iterable[tuple[Node, Node]] = ()
) -> list[tuple[dict[Id, Id], list[Difference]]]:
    """What is one mark outside statements by the layers' accounts, with its differences, in reading
    order. Nodes that are to be ``together`` are, whatever they look like."""
    marks = {
        (layer, mark.id): mark
        for layer in sheet.layers
        for mark in sheet.marks.get(layer, {}).values()
        if mark.fragments and mark.kind in scheme.book.kinds
    }
    linked = _linked(sheet)
    loose = {node: mark for node, mark in marks.items() if node not in linked}
    meetings = _meetings(marks, loose)
    nodes = sorted(loose, key=lambda node: (place(loose[node]), node))
    first = ((one, other) for one, other in together if one in loose and other in loose)
    edges = ((one, other) for _, one, other in meetings if other in loose)
    found: list[tuple[dict[Id, Id], list[Difference]]] = []
    for group in joined(nodes, chain(first, edges)):
        own = {layer: loose[layer, group[layer]] for layer in sheet.layers if layer in group}
        elsewhere = _in_statements(own, marks, loose, meetings)
        found.append(
            (
                {layer: mark.id for layer, mark in own.items()},
                list(_differences(sheet, scheme, own, elsewhere)),
            )
        )
    return found


def _linked(sheet: Sheet) -> set[Node]:
    return {
        (layer, id)
        for layer in sheet.layers
        for statement in sheet.of(layer)
        for id in statement.marks()
    }


Meeting = tuple[float, Node, Node]


def _meetings(marks: dict[Node, Mark], loose: dict[Node, Mark]) -> list[Meeting]:
    """Loose marks with marks of the same kind in other layers that share words, the likest first;
    the likeness is negative, so that this is their order."""
    nodes = list(marks)
    kinds = {kind: index for index, kind in enumerate(sorted({m.kind for m in marks.values()}))}
    stretch = max((mark.fragments[-1].end for mark in marks.values()), default=0) + 1
    table = np.array(
        sorted(
            (kinds[marks[node].kind] * stretch + start, kinds[marks[node].kind] * stretch + end, i)
            for i, node in enumerate(nodes)
            for start, end in extent(marks[node])
        ),
        dtype=np.int64,
    ).reshape(-1, 3)
    chosen = table[np.array([nodes[i] in loose for i in table[:, 2]], dtype=np.bool_)]
    one, other, shared = overlapping(chosen[:, 0], chosen[:, 1], table[:, 0], table[:, 1])
    one, other, _ = added_up(chosen[one, 2], table[other, 2], shared)
    two = ((nodes[a], nodes[b]) for a, b in zip(one.tolist(), other.tolist(), strict=True))
    return sorted(
        (-likeness(extent(marks[a]), extent(marks[b])), a, b) for a, b in two if a[0] != b[0]
    )


def _in_statements(
    own: dict[Id, Mark],
    marks: dict[Node, Mark],
    loose: dict[Node, Mark],
    meetings: list[Meeting],
) -> dict[Id, Mark]:
    """Marks of the other layers with the same words that do belong to a statement."""
    mine = {(layer, mark.id) for layer, mark in own.items()}
    found: dict[Id, Mark] = {}
    for worth, one, other in meetings:
        if one in mine and other[0] not in own and other not in loose and -worth >= HALF:
            found.setdefault(other[0], marks[other])
    return found


def _differences(
    sheet: Sheet, scheme: Scheme, own: dict[Id, Mark], linked: dict[Id, Mark]
) -> Iterator[Difference]:
    if linked:
        there = {layer: layer in linked for layer in (*own, *linked)}
        yield of_marks(sheet.article, "link", None, None, there, {}, {**own, **linked})
    if len(own) + len(linked) < len(sheet.layers):
        yield Difference(
            "only",
            sheet.article,
            None,
            None,
            {layer: layer in own or layer in linked for layer in sheet.layers},
            {},
            {layer: mark.id for layer, mark in own.items()},
            hull([piece for mark in own.values() for piece in extent(mark)]),
        )
    if len(own) > 1:
        yield from mark_differences(sheet, scheme, AlignedMarks("", own), {})
