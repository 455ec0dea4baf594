"""The figures on marks: every measure, for every pair and kind, with interval and exclusions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import combinations
from math import isnan

import numpy as np

from annotator.analysis.agreement import characters, spans, unitizing
from annotator.analysis.agreement.bootstrap import RESAMPLES, SEED, Resamples, intervals
from annotator.analysis.agreement.counts import Counts
from annotator.analysis.agreement.figure import Excluded, Figure, Interval
from annotator.analysis.agreement.sample import Array, Floats, Sample
from annotator.analysis.agreement.tallies import kind_margin, margins
from annotator.core.model import Id


@dataclass(frozen=True, slots=True)
class _Place:
    """What one cell of a measure's array is about."""

    of: str
    layers: tuple[Id, ...]
    pair: int | None
    """Index of the pair of layers, None for all layers."""


_Layers = tuple[Id, ...]
_Kinds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Measure:
    name: str
    value: Callable[[Counts], Floats]
    """[rows, cells …]"""
    units: Callable[[Counts], Array]
    """The same shape."""
    unit: str
    places: Callable[[_Layers, _Kinds], tuple[_Place, ...]]
    """In the order of the cells."""
    empty: str
    """Why there is no value where there is not one unit."""
    even: str = ""
    """Why there is no value where there are units."""


def mark_figures(
    sample: Sample, counts: Counts, resamples: int = RESAMPLES, seed: int = SEED
) -> list[Figure]:
    """All figures; with ``resamples=0`` without intervals, which are most of the work."""
    return figures_over(sample, counts, Resamples(compared(sample), resamples, seed))


def compared(sample: Sample) -> list[Id]:
    """The articles that at least two finished."""
    return [sample.articles[row] for row in np.flatnonzero(sample.observers >= 2).tolist()]


def figures_over(sample: Sample, counts: Counts, resamples: Resamples) -> list[Figure]:
    """The same with resamples that were there before; of :func:`compared`."""
    paired = sample.observers >= 2
    table = counts.table if paired.all() else counts.table[paired]
    everything = counts.of(table.sum(axis=0, keepdims=True))
    drawn = counts.of(resamples.sums("marks", table)) if len(resamples) else None
    both = sample.shared.sum(axis=0).tolist()
    finished = [*(_finished(sample, number, "both") for number in both)]
    finished.append(_finished(sample, len(table), "two"))
    return [
        figure
        for measure in _MEASURES
        for figure in _figures(sample, measure, everything, drawn, finished)
    ]


Finished = tuple[int, tuple[Excluded, ...]]
"""How many articles are compared, and those that are not."""


def _finished(sample: Sample, articles: int, by: str) -> Finished:
    left = len(sample.articles) - articles
    return articles, ((Excluded(left, "articles", f"not finished by {by}"),) if left else ())


def _figures(
    sample: Sample,
    measure: _Measure,
    everything: Counts,
    drawn: Counts | None,
    finished: Sequence[Finished],
) -> Iterator[Figure]:
    """``finished`` is by pair, and last, for all layers."""
    table = measure.value(everything)
    values = table.ravel().tolist()
    units = np.broadcast_to(measure.units(everything), table.shape).ravel().tolist()
    spread: Sequence[Interval | None] = [None] * table.size
    if drawn is not None:
        spread = intervals(measure.value(drawn).reshape(len(drawn), table.size))
    naming = _met_nobody(everything) if measure.name == "alpha.naming" else ()
    for cell, place in enumerate(measure.places(sample.layers, sample.kinds)):
        articles, excluded = finished[-1 if place.pair is None else place.pair]
        defined = not isnan(values[cell])
        yield Figure(
            measure=measure.name,
            of=place.of,
            layers=place.layers,
            value=values[cell] if defined else None,
            undefined="" if defined else _undefined(measure, place, articles, units[cell]),
            units=round(units[cell]),
            unit=measure.unit,
            articles=articles,
            excluded=excluded + naming,
            interval=spread[cell] if defined else None,
        )


def _undefined(measure: _Measure, place: _Place, articles: int, units: float) -> str:
    if not articles:
        return "No article was finished by both." if place.pair is not None else _FEWER
    if not units:
        return measure.empty
    return measure.even


_FEWER = "No article was finished by two."


def _met_nobody(counts: Counts) -> tuple[Excluded, ...]:
    """Naming looks only where somebody else has a unit too."""
    units = counts.units
    left = round(float((units.flat[..., :-1].sum(axis=-1) - units.pairable.sum(axis=-1)).sum()))
    why = "in units where no other layer has one, in proportion to the layers that have none"
    return (Excluded(left, "characters", why),) if left else ()


def _measures() -> Iterator[_Measure]:
    for rule in spans.RULES:
        yield _Measure(
            f"f1.{rule}",
            partial(_span_f1, rule),
            lambda counts: margins(counts.spans.one) + margins(counts.spans.other),
            "marks",
            _pairs_and_kinds,
            "Neither marked any.",
        )
    yield _Measure(
        "f1.characters",
        lambda counts: characters.character_f1(counts.characters),
        lambda counts: margins(counts.characters.one) + margins(counts.characters.other),
        "characters",
        _pairs_and_kinds,
        "Neither marked any.",
    )
    yield from _directed()
    yield from _alphas()
    yield from _kappas()


def _directed() -> Iterator[_Measure]:
    """What the one has, found by the other; then the reverse."""
    for rule in (*spans.RULES, "any"):
        yield _Measure(
            f"found.{rule}",
            partial(_spans_found, rule),
            lambda counts: _both_ways(counts.spans.one, counts.spans.other),
            "marks",
            _directions_and_kinds,
            "The first marked none.",
        )
    yield _Measure(
        "found.characters",
        lambda counts: np.stack(characters.characters_found(counts.characters), axis=1),
        lambda counts: _both_ways(counts.characters.one, counts.characters.other),
        "characters",
        _directions_and_kinds,
        "The first marked none.",
    )


def _span_f1(rule: str, counts: Counts) -> Floats:
    return spans.span_f1(counts.spans, rule)


def _spans_found(rule: str, counts: Counts) -> Floats:
    return np.stack(spans.found_by(counts.spans, rule), axis=1)


def _both_ways(one: Floats, other: Floats) -> Floats:
    return np.stack([kind_margin(one), kind_margin(other)], axis=1)


def _alphas() -> Iterator[_Measure]:
    def judged(counts: Counts) -> Floats:
        return counts.characters.judged

    def alpha(name: str, value: Callable[[Counts], Floats]) -> _Measure:
        return _Measure(name, value, judged, "judgements of a character", _all, _NO_TEXT, _EVEN)

    yield _Measure(
        "alpha.kind",
        lambda counts: characters.kind_alpha(counts.characters),
        lambda counts: counts.characters.judged[:, None],
        "judgements of a character",
        _kinds,
        _NO_TEXT,
        _EVEN,
    )
    yield alpha("alpha.sets", lambda counts: characters.set_alpha(counts.characters, counts.sets))
    yield alpha("alpha.flat", lambda counts: unitizing.flat_alpha(counts.units))
    yield alpha("alpha.overall", lambda counts: unitizing.overall(counts.units))
    yield alpha("alpha.finding", lambda counts: unitizing.finding(counts.units))
    yield _Measure(
        "alpha.naming",
        lambda counts: unitizing.naming(counts.units),
        lambda counts: counts.units.pairable.sum(axis=-1),
        "characters",
        _all,
        "No two have a unit in the same place.",
        "Units that meet are all of one kind, or there is but one: there is nothing to mistake.",
    )


_NO_TEXT = "The articles have no text."
_EVEN = "There is no variation: every character was judged alike."


def _kappas() -> Iterator[_Measure]:
    yield _Measure(
        "kappa.kind",
        lambda counts: characters.kind_kappa(counts.characters),
        lambda counts: counts.characters.length[..., None],
        "characters",
        _pairs_by_kind,
        _NO_TEXT,
        _EVEN,
    )
    yield _Measure(
        "kappa.flat",
        lambda counts: unitizing.flat_kappa(counts.units),
        lambda counts: counts.characters.length,
        "characters",
        _pairs,
        _NO_TEXT,
        _EVEN,
    )


# The same places are asked for with every report; naming them takes longer than the arithmetic.
_KNOWN = 32


def _all(layers: _Layers, _: _Kinds = ()) -> tuple[_Place, ...]:
    return (_Place("", layers, None),)


@lru_cache(_KNOWN)
def _kinds(layers: _Layers, kinds: _Kinds) -> tuple[_Place, ...]:
    return tuple(_Place(kind, layers, None) for kind in kinds)


@lru_cache(_KNOWN)
def _pairs(layers: _Layers, _: _Kinds = ()) -> tuple[_Place, ...]:
    return tuple(_Place("", two, pair) for pair, two in enumerate(combinations(layers, 2)))


@lru_cache(_KNOWN)
def _pairs_by_kind(layers: _Layers, kinds: _Kinds) -> tuple[_Place, ...]:
    return tuple(_of(place, kind) for place in _pairs(layers) for kind in kinds)


@lru_cache(_KNOWN)
def _pairs_and_kinds(layers: _Layers, kinds: _Kinds) -> tuple[_Place, ...]:
    """All pairs together come last in the array; of a single pair they would be said twice."""
    pairs = _pairs(layers)
    if len(pairs) > 1:
        pairs += _all(layers)
    return tuple(_of(place, kind) for place in pairs for kind in (*kinds, ""))


@lru_cache(_KNOWN)
def _directions_and_kinds(layers: _Layers, kinds: _Kinds) -> tuple[_Place, ...]:
    there = _pairs(layers)
    back = tuple(_Place("", place.layers[::-1], place.pair) for place in there)
    return tuple(_of(place, kind) for place in (*there, *back) for kind in (*kinds, ""))


def _of(place: _Place, kind: str) -> _Place:
    return _Place(kind, place.layers, place.pair)


_MEASURES = tuple(_measures())
