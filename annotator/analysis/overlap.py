"""Which intervals of two sets overlap, and one-to-one pairing of things that do."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_bipartite_matching

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def overlapping(
    starts: Ints, ends: Ints, other_starts: Ints, other_ends: Ints
) -> tuple[Ints, Ints, Ints]:
    """Indices of all pairs that share a place, and how many places; both sorted by start.

    Of two intervals that overlap, either the other begins within the one, or the one begins
    within the other after its beginning; so each pair is found once, and only by bisection.
    """
    low = np.searchsorted(other_starts, starts, "left")
    high = np.searchsorted(other_starts, ends, "left")
    one, other = _ranges(low, high)
    low = np.searchsorted(starts, other_starts, "right")
    high = np.searchsorted(starts, other_ends, "left")
    other_more, one_more = _ranges(low, high)
    one, other = np.concatenate([one, one_more]), np.concatenate([other, other_more])
    return (
        one,
        other,
        np.minimum(ends[one], other_ends[other]) - np.maximum(starts[one], other_starts[other]),
    )


def _ranges(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Every index from low to high, beside the index of its range."""
    size = np.maximum(high - low, 0)
    owner = np.repeat(np.arange(len(low)), size)
    ends = np.cumsum(size)
    return owner, np.arange(len(owner)) - np.repeat(ends - size - low, size)


def added_up(one: Ints, other: Ints, shared: Ints) -> tuple[Ints, Ints, Ints]:
    """Each pair once, with all its shared places; in the order of ``one``, then ``other``."""
    if not len(one):
        return one, other, shared
    wide = int(other.max()) + 1
    key, at = np.unique(one * wide + other, return_inverse=True)
    return key // wide, key % wide, np.bincount(at, weights=shared).astype(np.int64)


def matched(one: Ints, other: Ints) -> Bools:
    """Of these edges, each given once, as many as possible such that nothing is used twice."""
    found = np.zeros(len(one), dtype=np.bool_)
    if not len(one):
        return found
    rows, columns = _dense(one), _dense(other)
    alone = (np.bincount(rows)[rows] == 1) & (np.bincount(columns)[columns] == 1)
    found[alone] = True
    rest = np.flatnonzero(~alone)
    if len(rest):
        found[rest[_matching(_dense(rows[rest]), _dense(columns[rest]))]] = True
    return found


def _dense(values: Ints) -> Ints:
    """The values replaced by 0, 1, 2 … in their order."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _matching(rows: Ints, columns: Ints) -> Ints:
    """Indices of the edges of a maximum matching."""
    shape = int(rows.max()) + 1, int(columns.max()) + 1
    graph: Any = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=shape)
    partner = maximum_bipartite_matching(graph.tocsr(), perm_type="column")
    return np.flatnonzero(partner[rows] == columns)
