"""Which statement of one layer is which of another: optimal assignment on overlap and roles.

The score of two statements is the weighted mean, over the roles that either fills with words, of
the share of characters (intersection over union) that the two have in common there. It is 0
unless they share a character in an anchor role (see :class:`~annotator.analysis.sheet.Scheme`).
Of all one-to-one assignments that with the highest sum of scores is taken, and pairs at or below
the threshold are never formed. Where two assignments are equal, that which agrees in more fields
counts, then that which keeps the reading order.

Statements that share nothing are never compared, and two that have nobody but each other need no
solver, so aligning a thousand articles costs little more than reading them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from annotator.analysis.overlap import Ints, overlapping
from annotator.analysis.sheet import Scheme, Sheet
from annotator.analysis.statement_table import StatementTable
from annotator.core.model import Id

Floats = NDArray[np.float64]

SAME_WORDS = 1.0
"""The score of two statements whose words are the same in every role, and of no others."""
THRESHOLD = 0.0
"""Pairs need a score above this."""
_FIELDS = 1e-4
"""What agreeing in all fields adds to a score while assigning."""
_ORDER = 1e-12
"""What each place in the reading order takes away, squared."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement of one layer and the statement of another that it is aligned with."""

    one: Id
    other: Id
    score: float


Aligned = dict[tuple[Id, Id], tuple[Pair, ...]]
"""By two layers, in the order of the sheet; pairs in the reading order of the first."""


def align(sheets: Sequence[Sheet], scheme: Scheme, threshold: float = THRESHOLD) -> list[Aligned]:
    """The aligned pairs of every two layers of each sheet, one result a sheet.

    Some dozens of sheets at once are faster than one by one, and leave room to show progress.
    """
    table = StatementTable(sheets, scheme)
    found: list[dict[tuple[Id, Id], list[tuple[int, Pair]]]] = [
        {two: [] for two in combinations(sheet.layers, 2)} for sheet in sheets
    ]
    for lower, higher, score in _assigned(table, scheme, threshold):
        cells = found[table.sheet[lower]]
        straight = (table.layer[lower], table.layer[higher]) in cells
        a, b = (lower, higher) if straight else (higher, lower)
        pair = Pair(table.id[a], table.id[b], score)
        cells[table.layer[a], table.layer[b]].append((table.order[a], pair))
    return [
        {two: tuple(pair for _, pair in sorted(pairs, key=_first)) for two, pairs in cells.items()}
        for cells in found
    ]


def _first(numbered: tuple[int, Pair]) -> int:
    return numbered[0]


def _assigned(
    table: StatementTable, scheme: Scheme, threshold: float
) -> Iterator[tuple[int, int, float]]:
    """Numbers of the statements that are aligned, with their score.

    The layer with the lower id always comes first, so that the order in which layers are given
    makes no difference.
    """
    layers = sorted(set(table.layer))
    layer = np.searchsorted(np.array(layers, dtype=np.int64), table.layer)
    of = layer[table.owner]
    for one, other in combinations(range(len(layers)), 2):
        a, b, scores = _scored(
            table, scheme, np.flatnonzero(of == one), np.flatnonzero(of == other)
        )
        likely = scores > threshold
        yield from _best(table, a[likely], b[likely], scores[likely])


def _scored(
    table: StatementTable, scheme: Scheme, mine: Ints, theirs: Ints
) -> tuple[Ints, Ints, Floats]:
    """Each two statements of these intervals that share an anchor, with their score."""
    roles, count = table.size.shape[1], len(table.id)
    one, other, shared = overlapping(
        table.start[mine], table.end[mine], table.start[theirs], table.end[theirs]
    )
    one, other = mine[one], theirs[other]
    key = (table.owner[one] * count + table.owner[other]) * roles + table.role[one]
    key, at = np.unique(key, return_inverse=True)
    both = np.bincount(at, weights=shared, minlength=len(key))
    role, two = key % roles, key // roles
    a, b = two // count, two % count
    alike = both / (table.size[a, role] + table.size[b, role] - both)
    heads = np.flatnonzero(np.diff(two, prepend=-1))
    a, b = a[heads], b[heads]
    if not len(heads):
        return a, b, alike
    weights, anchor = _weights(scheme)
    above = np.add.reduceat(weights[role] * alike, heads)
    below = ((table.size[a] > 0) | (table.size[b] > 0)) @ weights
    anchored = np.logical_or.reduceat(anchor[role], heads)
    return a[anchored], b[anchored], (above / below)[anchored]


def _weights(scheme: Scheme) -> tuple[Floats, NDArray[np.bool_]]:
    weights, anchors = scheme.weights(), scheme.anchors()
    return (
        np.array(list(weights.values()), dtype=np.float64),
        np.array([role in anchors for role in weights], dtype=np.bool_),
    )


def _best(
    table: StatementTable, a: Ints, b: Ints, scores: Floats
) -> Iterator[tuple[int, int, float]]:
    """Of the edges, those of the best assignment, found for each cluster by itself."""
    alone = (np.bincount(a)[a] == 1) & (np.bincount(b)[b] == 1)
    yield from _numbered(a[alone], b[alone], scores[alone])
    if not alone.all():
        yield from _best_of_clusters(table, a[~alone], b[~alone], scores[~alone])


def _numbered(a: Ints, b: Ints, scores: Floats) -> Iterator[tuple[int, int, float]]:
    return zip(a.tolist(), b.tolist(), scores.tolist(), strict=True)


def _best_of_clusters(
    table: StatementTable, a: Ints, b: Ints, scores: Floats
) -> Iterator[tuple[int, int, float]]:
    """The same where every statement has several to choose from, or its only one has."""
    count = len(table.id)
    graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(count, count))
    cluster = connected_components(graph, directed=False)[1][a]
    order = np.argsort(cluster, kind="stable")
    heads = np.flatnonzero(np.diff(cluster[order], prepend=-1))
    for edges in np.split(order, heads[1:]):
        chosen = edges[_solved(table, a[edges], b[edges], scores[edges])]
        yield from _numbered(a[chosen], b[chosen], scores[chosen])


def _solved(table: StatementTable, a: Ints, b: Ints, scores: Floats) -> Ints:
    """Indices of the edges that the best assignment takes."""
    rows, row = np.unique(a, return_inverse=True)
    columns, column = np.unique(b, return_inverse=True)
    worth = np.zeros((len(rows), len(columns)))
    edge = np.full(worth.shape, -1, dtype=np.int64)
    worth[row, column] = scores + _ties(table, a, b)
    edge[row, column] = np.arange(len(a))
    taken = edge[linear_sum_assignment(worth, maximize=True)]
    return np.sort(taken[taken >= 0])


def _ties(table: StatementTable, a: Ints, b: Ints) -> Floats:
    """What decides between assignments that overlap alike."""
    found = np.zeros(len(a))
    for index, (one, other) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        mine, theirs = table.fields[one], table.fields[other]
        apart = table.order[one] - table.order[other]
        agreed = len(mine & theirs) / (max(len(mine), len(theirs)) or 1)
        found[index] = _FIELDS * agreed - _ORDER * apart * apart
    return found
