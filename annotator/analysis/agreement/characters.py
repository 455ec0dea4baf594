"""Agreement on characters: each character of each article is an item to be judged.

Per kind, the judgement is whether a mark of that kind covers it; on sets of kinds, it is which
kinds do. Overlapping marks need no rule for that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotator.analysis.agreement.coefficient import alpha_nominal, f1, kappa, ratio
from annotator.analysis.agreement.line import Line
from annotator.analysis.agreement.sample import Bools, Floats, Ints, Sample
from annotator.analysis.agreement.tallies import Tallies, kind_margin, margins


@dataclass(frozen=True, slots=True, eq=False)
class CharacterTallies(Tallies):
    """In code points. P is the pairs of layers, K the kinds."""

    length: Floats
    """[P] of the article, if both finished it."""
    one: Floats
    """[P, K] covered by the earlier layer of the pair."""
    other: Floats
    """[P, K] by the later one."""
    both: Floats
    """[P, K] by both."""
    judged: Floats
    """[] characters times layers that finished the article."""
    covered: Floats
    """[K] characters covered, all layers together."""
    apart: Floats
    """[K] coincidences of covered and not covered."""
    sets_apart: Floats
    """[] coincidences of different sets of kinds."""


@dataclass(frozen=True, slots=True, eq=False)
class SetTallies(Tallies):
    """By set of kinds: how many characters have it, all layers together."""

    counts: Floats
    """[V]"""


def tally_characters(sample: Sample, line: Line, covers: Bools) -> CharacterTallies:
    """``covers`` as :func:`~annotator.analysis.agreement.line.covered` gives it."""
    pairs, kinds, shared = sample.pairs, len(sample.kinds), sample.shared
    rows = len(sample.articles)
    own = np.zeros((rows, len(sample.layers), kinds))
    for layer in range(len(sample.layers)):
        own[:, layer] = line.total(covers[:, layer] * line.weight)
    both = np.zeros((rows, len(pairs), kinds))
    for index, (a, b) in enumerate(pairs):
        both[:, index] = line.total((covers[:, a] & covers[:, b]) * line.weight)
    sides = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    joint = shared[:, :, None]
    observers = sample.observers
    times = covers.sum(axis=1, dtype=np.int32)
    split = line.total(times * (line.spread(observers) - times) * line.weight)
    counts = observers >= 2
    return CharacterTallies(
        length=(sample.lengths[:, None] * shared).astype(np.float64),
        one=own[:, sides[:, 0]] * joint,
        other=own[:, sides[:, 1]] * joint,
        both=both * joint,
        judged=(sample.lengths * observers * counts).astype(np.float64),
        covered=line.total(times * line.weight) * counts[:, None],
        apart=split * _weight(sample)[:, None],
        sets_apart=_sets_apart(sample, line, sets_of(covers)),
    )


def _weight(sample: Sample) -> Floats:
    """What each unordered pair of judgements adds to the coincidences, by article."""
    return 2 * ratio(sample.observers >= 2, np.maximum(sample.observers - 1, 1))


def sets_of(covers: Bools) -> Ints:
    """By layer and interval: the kinds that cover it, one bit each."""
    found = np.zeros(covers.shape[1:], dtype=np.int64)
    for kind, cover in enumerate(covers):
        found |= cover.astype(np.int64) << kind
    return found


def _sets_apart(sample: Sample, line: Line, sets: Ints) -> Floats:
    total = np.zeros(len(sample.articles))
    for index, (a, b) in enumerate(sample.pairs):
        apart = line.total((sets[a] != sets[b]) * line.weight)
        total += apart * sample.shared[:, index]
    return total * _weight(sample)


def tally_sets(sample: Sample, line: Line, covers: Bools) -> tuple[Ints, SetTallies]:
    """The sets of kinds that occur, as bits, and how many characters have each."""
    sets = sets_of(covers)
    values, codes = np.unique(sets, return_inverse=True)
    codes = codes.reshape(sets.shape)
    rows, wide = len(sample.articles), len(values)
    at = line.spread(np.arange(rows)) * wide
    pays = sample.finished & (sample.observers >= 2)[:, None]
    counts = np.zeros((rows, wide))
    for layer in range(len(sample.layers)):
        found = np.bincount(at + codes[layer], weights=line.weight, minlength=rows * wide)
        counts += found.reshape(rows, wide) * pays[:, layer, None]
    return values, SetTallies(counts)


def character_f1(tallies: CharacterTallies) -> Floats:
    """[…, P + 1, K + 1]: 2·both / (one + other); last, all pairs and all kinds."""
    return f1(margins(tallies.both), margins(tallies.one), margins(tallies.other))


def characters_found(tallies: CharacterTallies) -> tuple[Floats, Floats]:
    """[…, P, K + 1] each: the share of the earlier layer's characters the later one covers, and
    the reverse; last, all kinds."""
    both = kind_margin(tallies.both)
    return ratio(both, kind_margin(tallies.one)), ratio(both, kind_margin(tallies.other))


def kind_alpha(tallies: CharacterTallies) -> Floats:
    """[…, K]: alpha, covered or not."""
    counts = np.stack([tallies.covered, tallies.judged[..., None] - tallies.covered], axis=-1)
    return alpha_nominal(tallies.apart, counts)


def set_alpha(tallies: CharacterTallies, sets: SetTallies) -> Floats:
    """[…]: alpha, which set of kinds."""
    return alpha_nominal(tallies.sets_apart, sets.counts)


def kind_kappa(tallies: CharacterTallies) -> Floats:
    """[…, P, K]: Cohen's kappa, covered or not."""
    whole = np.broadcast_to(tallies.length[..., None], tallies.one.shape)
    neither = whole - tallies.one - tallies.other + tallies.both
    return kappa(
        np.stack([tallies.both, neither], axis=-1),
        np.stack([tallies.one, whole - tallies.one], axis=-1),
        np.stack([tallies.other, whole - tallies.other], axis=-1),
    )
