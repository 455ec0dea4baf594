"""Agreement on cutting a text into units and giving each a kind, after Krippendorff et al. 2016.

*Overall* asks both at once, *finding* where units are, whatever their kind, and *naming* only what
kind they have where both found one. The three together tell a lack of rules about boundaries from
a lack of rules about kinds.

The units of one layer may not overlap here. Where marks do, one of them counts: that of the kind
with the higher priority, or else the shorter, so that what is nested stays a unit of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotator.analysis.agreement.coefficient import alpha_nominal, kappa, ratio
from annotator.analysis.agreement.line import Line
from annotator.analysis.agreement.sample import Array, Floats, Ints, Pieces, Sample
from annotator.analysis.agreement.tallies import Tallies


@dataclass(frozen=True, slots=True, eq=False)
class UnitTallies(Tallies):
    """In code points. V is the kinds and, last, none."""

    flat: Floats
    """[V] characters by kind, all layers together."""
    flat_apart: Floats
    """[] coincidences of different kinds, none among them."""
    found_apart: Floats
    """[] coincidences of a unit and a gap."""
    squares: Floats
    """[] sum of squared lengths of units."""
    pairable: Floats
    """[V - 1] characters of units that meet another layer's unit, by kind."""
    named_apart: Floats
    """[] coincidences of different kinds where both have a unit."""
    pairable_squares: Floats
    """[] sum of squared pairable lengths of units."""
    pair_same: Floats
    """[P, V] characters by kind, where the pair agrees on it."""
    pair_one: Floats
    """[P, V] characters by kind, of the earlier layer of the pair."""
    pair_other: Floats
    """[P, V] of the later one."""


def tally_units(sample: Sample, pieces: Pieces, line: Line) -> UnitTallies:
    """The numbers of each article, a row each; ``line`` is that of the same pieces."""
    owner = _owners(sample, pieces, line)
    none = len(sample.kinds)
    kinds = np.append(pieces.kind, none)[owner]
    counts = _by_kind(sample, line, kinds)
    sides = np.array(sample.pairs, dtype=np.int64).reshape(-1, 2)
    shared = sample.shared[:, :, None]
    pays = (sample.finished & (sample.observers >= 2)[:, None])[:, :, None]
    others = _others(sample, line, kinds != none)
    flat_apart, found_apart, named_apart, same = _apart(sample, line, kinds)
    return UnitTallies(
        flat=(counts * pays).sum(axis=1),
        flat_apart=flat_apart,
        found_apart=found_apart,
        squares=_squares(sample, line, owner, np.broadcast_to(line.weight, owner.shape)),
        pairable=_pairable(sample, line, kinds, others),
        named_apart=named_apart,
        pairable_squares=_squares(sample, line, owner, others * line.weight),
        pair_same=same,
        pair_one=counts[:, sides[:, 0]] * shared,
        pair_other=counts[:, sides[:, 1]] * shared,
    )


def _owners(sample: Sample, pieces: Pieces, line: Line) -> Ints:
    """By layer and interval: the piece that counts there, -1 for none."""
    owner = np.full((len(sample.layers), len(line)), -1, dtype=np.int64)
    if len(pieces):
        weakest_first = _strength(sample, pieces)[::-1]
        start = line.start[weakest_first]
        spans = line.end[weakest_first] - start
        ends = np.cumsum(spans)
        steps = np.arange(ends[-1]) - np.repeat(ends - spans, spans)
        base = pieces.layer[weakest_first] * len(line) + start
        # Where an index is repeated, the last value stays: the strongest is painted last.
        owner.reshape(-1)[np.repeat(base, spans) + steps] = np.repeat(weakest_first, spans)
    return owner


def _strength(sample: Sample, pieces: Pieces) -> Ints:
    """The pieces, the one that counts most first."""
    heads = np.flatnonzero(np.diff(pieces.mark, prepend=pieces.mark[0] - 1))
    sizes = np.add.reduceat(pieces.end - pieces.start, heads)
    size = np.repeat(sizes, np.diff(heads, append=len(pieces)))
    if not sample.priority:
        return np.lexsort((pieces.start, pieces.kind, size))
    ranks = np.array([sample.priority.index(kind) for kind in sample.kinds], dtype=np.int64)
    return np.lexsort((pieces.start, size, ranks[pieces.kind]))


def _by_kind(sample: Sample, line: Line, kinds: Ints) -> Floats:
    """[article, layer, V]"""
    rows, wide = len(sample.articles), len(sample.kinds) + 1
    at = line.spread(np.arange(rows)) * wide
    found = np.zeros((rows, len(kinds), wide))
    for layer, own in enumerate(kinds):
        counted = np.bincount(at + own, weights=line.weight, minlength=rows * wide)
        found[:, layer] = counted.reshape(rows, wide)
    return found


def _apart(sample: Sample, line: Line, kinds: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    rows, none = len(sample.articles), len(sample.kinds)
    at = line.spread(np.arange(rows)) * (none + 1)
    sums = np.zeros((rows, 3))
    same = np.zeros((rows, len(sample.pairs), none + 1))
    for index, (a, b) in enumerate(sample.pairs):
        one, other = kinds[a], kinds[b]
        differ = one != other
        gap = (one == none) | (other == none)
        seen = np.stack([differ, differ & gap, differ & ~gap]) * line.weight
        shared = sample.shared[:, index, None]
        sums += line.total(seen) * shared
        agreed = np.bincount(
            (at + one)[~differ], weights=line.weight[~differ], minlength=rows * (none + 1)
        )
        same[:, index] = agreed.reshape(rows, none + 1) * shared
    sums *= 2 * _fraction(sample)[:, None]
    return sums[:, 0], sums[:, 1], sums[:, 2], same


def _fraction(sample: Sample) -> Floats:
    """By article: 1 / (observers - 1), 0 where nobody is left to compare with."""
    return ratio(sample.observers >= 2, np.maximum(sample.observers - 1, 1))


def _others(sample: Sample, line: Line, inside: Array) -> Floats:
    """By layer and interval within its units: the share of the other layers with a unit there."""
    counts = inside.sum(axis=0) - inside
    return np.asarray(counts * inside * line.spread(_fraction(sample)), dtype=np.float64)


def _pairable(sample: Sample, line: Line, kinds: Ints, others: Floats) -> Floats:
    rows, none = len(sample.articles), len(sample.kinds)
    at = line.spread(np.arange(rows)) * (none + 1)
    found = np.zeros(rows * (none + 1))
    for own, share in zip(kinds, others, strict=True):
        found += np.bincount(at + own, weights=share * line.weight, minlength=len(found))
    return found.reshape(rows, none + 1)[:, :none]


def _squares(sample: Sample, line: Line, owner: Ints, lengths: Array) -> Floats:
    """By article, the sum over units of their squared lengths, measured as ``lengths`` says."""
    rows = len(sample.articles)
    article = line.spread(np.arange(rows))
    found = np.zeros(rows)
    for own, length in zip(owner, lengths, strict=True):
        if len(own):
            heads = np.flatnonzero(np.diff(own, prepend=own[0] - 1))
            size = np.add.reduceat(length, heads) * (own[heads] >= 0)
            found += np.bincount(article[heads], weights=size**2, minlength=rows)
    return found * (sample.observers >= 2)


def overall(tallies: UnitTallies) -> Floats:
    """[…]: u-alpha, where units are and what kind they have."""
    return alpha_nominal(tallies.flat_apart, tallies.flat, _alone(tallies))


def finding(tallies: UnitTallies) -> Floats:
    """[…]: u-binary-alpha, where units are, whatever their kind."""
    gaps = tallies.flat[..., -1]
    counts = np.stack([tallies.flat[..., :-1].sum(axis=-1), gaps], axis=-1)
    return alpha_nominal(tallies.found_apart, counts, _alone(tallies))


def _alone(tallies: UnitTallies) -> Floats:
    """A unit is not paired with itself as a whole, a gap not with itself character by character."""
    return tallies.squares + tallies.flat[..., -1]


def naming(tallies: UnitTallies) -> Floats:
    """[…]: cu-alpha, what kind units have where both have one."""
    return alpha_nominal(tallies.named_apart, tallies.pairable, tallies.pairable_squares)


def flat_alpha(tallies: UnitTallies) -> Floats:
    """[…]: alpha on characters, each of one kind or none."""
    return alpha_nominal(tallies.flat_apart, tallies.flat)


def flat_kappa(tallies: UnitTallies) -> Floats:
    """[…, P]: Cohen's kappa on characters, each of one kind or none."""
    return kappa(tallies.pair_same, tallies.pair_one, tallies.pair_other)
