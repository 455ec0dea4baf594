"""Agreement on marks as spans: how many of one layer's marks have a partner in the other.

A span is a kind with its fragments; if one layer has it twice, it counts once. *Exact* partners
have the same fragments; *overlap* partners share a character, *iou50* partners at least half of
what either covers, and both are paired one to one, as many as can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from annotator.analysis.agreement.coefficient import f1, ratio
from annotator.analysis.agreement.line import offsets
from annotator.analysis.agreement.sample import LONGEST, Bools, Floats, Ints, Pieces, Sample
from annotator.analysis.agreement.tallies import Tallies, kind_margin, margins
from annotator.analysis.overlap import added_up, matched, overlapping


@dataclass(frozen=True, slots=True, eq=False)
class SpanTallies(Tallies):
    """Spans by pair of layers and kind, [P, K]; only articles that both finished."""

    one: Floats
    other: Floats
    exact: Floats
    overlap: Floats
    iou50: Floats
    one_met: Floats
    """Spans of the earlier layer that share a character with any span of the later one."""
    other_met: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Every span that any layer has, once, and who has it."""

    article: Ints
    kind: Ints
    size: Ints
    """Characters."""
    has: Bools
    """By layer and span."""
    owner: Ints
    """The span of each fragment; fragments are sorted by their place, kinds apart."""
    start: Ints
    end: Ints


def spans_of(sample: Sample, pieces: Pieces) -> Spans:
    """The spans of all marks; places are code points of all articles end to end."""
    begin = offsets(sample)[pieces.article] + pieces.start
    length = pieces.end - pieces.start
    heads = np.flatnonzero(np.diff(pieces.mark, prepend=-1)) if len(pieces) else np.zeros(0, int)
    extent = _extents(begin * LONGEST + length, heads)
    kinds = len(sample.kinds)
    _, head, span = np.unique(
        np.unique(extent, return_inverse=True)[1] * kinds + pieces.kind[heads],
        return_index=True,
        return_inverse=True,
    )
    has = np.zeros((len(sample.layers), len(head)), dtype=np.bool_)
    has[pieces.layer[heads], span] = True
    # The fragments of the first mark that is this span.
    counts = np.diff(heads, append=len(pieces))
    first = np.zeros(len(heads), dtype=np.bool_)
    first[head] = True
    kept = np.repeat(first, counts)
    owner = np.repeat(span, counts)[kept]
    place = pieces.kind[kept] * LONGEST + begin[kept]
    order = np.argsort(place, kind="stable")
    return Spans(
        article=pieces.article[heads[head]],
        kind=pieces.kind[heads[head]],
        size=np.bincount(owner, weights=length[kept], minlength=len(head)).astype(np.int64),
        has=has,
        owner=owner[order],
        start=place[order],
        end=(place + length[kept])[order],
    )


def _extents(codes: Ints, heads: Ints) -> Ints:
    """A number for each mark: the same for two marks exactly when their fragments are the same."""
    extent = codes[heads]
    counts = np.diff(heads, append=len(codes))
    known: dict[bytes, int] = {}
    for mark in np.flatnonzero(counts > 1):
        several = codes[heads[mark] : heads[mark] + counts[mark]].tobytes()
        extent[mark] = -1 - known.setdefault(several, len(known))
    return extent


def tally_spans(sample: Sample, pieces: Pieces) -> SpanTallies:
    """All pairs of layers at once: of an article alone, each array has a few dozen entries, and
    what is done to it one pair after the other costs more than the counting."""
    spans = spans_of(sample, pieces)
    sides = np.array(sample.pairs, dtype=np.int64).reshape(-1, 2)
    here, there = spans.has[sides[:, 0]], spans.has[sides[:, 1]]
    one, other, shared = _meetings(sample, spans, here, there)
    half = 2 * shared >= _union(spans, one, other, shared)
    chosen = [
        np.flatnonzero(here),
        np.flatnonzero(there),
        np.flatnonzero(here & there),
        one[matched(one, other)],
        one[half][matched(one[half], other[half])],
        np.unique(one),
        np.unique(other),
    ]
    shape = len(sides), len(sample.articles), len(sample.kinds)
    cells = np.arange(shape[0])[:, None] * (shape[1] * shape[2])
    cell = (cells + (spans.article * shape[2] + spans.kind)).reshape(-1)
    counts = [np.bincount(cell[some], minlength=prod(shape)).reshape(shape) for some in chosen]
    shared_by = sample.shared.T[:, :, None]
    return SpanTallies(
        *(np.moveaxis((count * shared_by).astype(np.float64), 0, 1) for count in counts)
    )


def _meetings(sample: Sample, spans: Spans, here: Bools, there: Bools) -> tuple[Ints, Ints, Ints]:
    """Spans of one layer and of the other that share characters, and how many.

    ``here`` and ``there`` are by pair of layers and span, and so a span of a pair is numbered.
    """
    stretch = len(sample.kinds) * LONGEST
    mine, start, end = _fragments(spans, here, stretch)
    theirs, other_start, other_end = _fragments(spans, there, stretch)
    one, other, shared = overlapping(start, end, other_start, other_end)
    one, other = mine[one], theirs[other]
    # Only spans of several fragments can meet more than once.
    if len(spans.owner) > len(spans.size):
        one, other, shared = added_up(one, other, shared)
    return one, other, shared


def _fragments(spans: Spans, has: Bools, stretch: int) -> tuple[Ints, Ints, Ints]:
    """The fragments of these spans of pairs, sorted by where they are; each pair has a stretch
    of the line to itself."""
    pair, fragment = np.nonzero(has[:, spans.owner])
    base = pair * stretch
    owner = pair * len(spans.size) + spans.owner[fragment]
    return owner, base + spans.start[fragment], base + spans.end[fragment]


def _union(spans: Spans, one: Ints, other: Ints, shared: Ints) -> Ints:
    count = max(1, len(spans.size))
    return np.asarray(spans.size[one % count] + spans.size[other % count] - shared, dtype=np.int64)


RULES = ("exact", "overlap", "iou50")


def span_f1(tallies: SpanTallies, rule: str) -> Floats:
    """[…, P + 1, K + 1]: F1 by one of :data:`RULES`; last, all pairs and all kinds."""
    return f1(margins(getattr(tallies, rule)), margins(tallies.one), margins(tallies.other))


def found_by(tallies: SpanTallies, rule: str) -> tuple[Floats, Floats]:
    """[…, P, K + 1] each: the share of the earlier layer's spans the later one found, and the
    reverse; last, all kinds.

    By one of :data:`RULES`, or ``any``: sharing a character with whatever number of spans.
    """
    met = (tallies.one_met, tallies.other_met) if rule == "any" else (getattr(tallies, rule),) * 2
    return (
        ratio(kind_margin(met[0]), kind_margin(tallies.one)),
        ratio(kind_margin(met[1]), kind_margin(tallies.other)),
    )
