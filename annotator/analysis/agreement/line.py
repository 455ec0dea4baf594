"""All articles laid end to end and cut wherever a mark begins or ends.

Between two cuts nothing changes, so a measure on characters is a count over at most twice as many
intervals as there are fragments, each weighted by its length. No character is ever spelled out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotator.analysis.agreement.sample import Array, Bools, Floats, Ints, Pieces, Sample


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The intervals between cuts, in order. After each article stands one of weight 0, so that
    nothing in one article touches anything in the next."""

    offsets: Ints
    """Where each article begins."""
    weight: Floats
    """Of each interval: its length in code points."""
    first: Ints
    """The first interval of each article."""
    start: Ints
    """Of each piece, the interval it begins with …"""
    end: Ints
    """… and the one after its last."""

    def __len__(self) -> int:
        return len(self.weight)

    def total(self, values: Array) -> Floats:
        """By article, the sum over its intervals; the last axis of ``values`` is intervals."""
        if not len(self.first):
            return np.zeros((0, *values.shape[:-1]))
        sums = np.add.reduceat(values, self.first, axis=-1, dtype=np.float64)
        return np.moveaxis(sums, -1, 0)

    def spread(self, by_article: Array) -> Array:
        """What holds of an article, for each of its intervals."""
        return np.repeat(by_article, np.diff(self.first, append=len(self)), axis=0)


def offsets(sample: Sample) -> Ints:
    """Where each article begins on the line."""
    ends = np.cumsum(sample.lengths + 1)
    return ends - sample.lengths - 1


def lay(sample: Sample, pieces: Pieces) -> Line:
    """The line of a sample, cut by these pieces."""
    begins = offsets(sample)
    closes = begins + sample.lengths
    base = begins[pieces.article]
    cuts, places = np.unique(
        np.concatenate([base + pieces.start, base + pieces.end, begins, closes]),
        return_inverse=True,
    )
    end = int(closes[-1]) + 1 if len(closes) else 0
    weight = np.diff(cuts, append=end).astype(np.float64)
    count = len(pieces)
    first = places[2 * count : 2 * count + len(begins)]
    # A text of no characters begins where it closes; its one interval is the gap after it.
    weight[places[2 * count + len(begins) :]] = 0
    return Line(begins, weight, first, places[:count], places[count : 2 * count])


def covered(sample: Sample, pieces: Pieces, line: Line) -> Bools:
    """By kind, layer and interval: whether a mark covers it."""
    layers, wide = len(sample.layers), len(line) + 1
    found = np.zeros((len(sample.kinds), layers, len(line)), dtype=np.bool_)
    at = pieces.layer * wide
    for kind in range(len(sample.kinds)):
        chosen = pieces.kind == kind
        if chosen.any():
            steps = _count(at[chosen] + line.start[chosen], layers * wide)
            steps -= _count(at[chosen] + line.end[chosen], layers * wide)
            found[kind] = np.cumsum(steps.reshape(layers, wide), axis=1)[:, :-1] > 0
    return found


def _count(places: Ints, size: int) -> Array:
    return np.bincount(places, minlength=size).astype(np.int32)
