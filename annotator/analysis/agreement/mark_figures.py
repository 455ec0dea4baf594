"""The figures on marks: every measure, for every pair and kind, with interval and exclusions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from annotator.analysis.agreement import characters, spans, unitizing
from annotator.analysis.agreement.bootstrap import RESAMPLES, SEED, intervals, weights
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


@dataclass(frozen=True, slots=True)
class _Measure:
    name: str
    value: Callable[[Counts], Floats]
    """[rows, cells …]"""
    units: Callable[[Counts], Array]
    """The same shape."""
    unit: str
    places: Callable[[Sample], list[_Place]]
    """In the order of the cells."""
    empty: str
    """Why there is no value where there is not one unit."""
    even: str = ""
    """Why there is no value where there are units."""


def mark_figures(
    sample: Sample, counts: Counts, resamples: int = RESAMPLES, seed: int = SEED
) -> list[Figure]:
    """All figures; with ``resamples=0`` without intervals, which are most of the work."""
    enough = sample.observers >= 2
    everything = counts.weighed(np.ones((1, len(counts))))
    draws = resamples if enough.sum() >= 2 else 0
    drawn = counts.weighed(weights(sample.articles, enough, draws, seed))
    return [
        figure for measure in _measures() for figure in _figures(sample, measure, everything, drawn)
    ]


def _figures(
    sample: Sample, measure: _Measure, everything: Counts, drawn: Counts
) -> Iterator[Figure]:
    table = measure.value(everything)
    values, units = table.ravel(), np.broadcast_to(measure.units(everything), table.shape).ravel()
    spread: Sequence[Interval | None] = [None] * table.size
    if len(drawn):
        spread = intervals(measure.value(drawn).reshape(len(drawn), table.size))
    shared = sample.shared.sum(axis=0)
    enough = int((sample.observers >= 2).sum())
    naming = _met_nobody(everything) if measure.name == "alpha.naming" else ()
    for cell, place in enumerate(measure.places(sample)):
        articles = enough if place.pair is None else int(shared[place.pair])
        defined = not np.isnan(values[cell])
        yield Figure(
            measure=measure.name,
            of=place.of,
            layers=place.layers,
            value=float(values[cell]) if defined else None,
            undefined="" if defined else _undefined(measure, place, articles, units[cell]),
            units=round(float(units[cell])),
            unit=measure.unit,
            articles=articles,
            excluded=(*_unshared(sample, place, articles), *naming),
            interval=spread[cell] if defined else None,
        )


def _undefined(measure: _Measure, place: _Place, articles: int, units: float) -> str:
    if not articles:
        return "No article was finished by both." if place.pair is not None else _FEWER
    if not units:
        return measure.empty
    return measure.even


_FEWER = "No article was finished by two."


def _unshared(sample: Sample, place: _Place, articles: int) -> tuple[Excluded, ...]:
    why = "not finished by two" if place.pair is None else "not finished by both"
    left = len(sample.articles) - articles
    return (Excluded(left, "articles", why),) if left else ()


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


def _all(sample: Sample) -> list[_Place]:
    return [_Place("", sample.layers, None)]


def _kinds(sample: Sample) -> list[_Place]:
    return [_Place(kind, sample.layers, None) for kind in sample.kinds]


def _two(sample: Sample) -> list[tuple[Id, ...]]:
    return [(sample.layers[a], sample.layers[b]) for a, b in sample.pairs]


def _pairs(sample: Sample) -> list[_Place]:
    return [_Place("", layers, pair) for pair, layers in enumerate(_two(sample))]


def _pairs_by_kind(sample: Sample) -> list[_Place]:
    return [_of(place, kind) for place in _pairs(sample) for kind in sample.kinds]


def _pairs_and_kinds(sample: Sample) -> list[_Place]:
    """All pairs together come last in the array; of a single pair they would be said twice."""
    pairs = _pairs(sample)
    if len(pairs) > 1:
        pairs += _all(sample)
    return [_of(place, kind) for place in pairs for kind in (*sample.kinds, "")]


def _directions_and_kinds(sample: Sample) -> list[_Place]:
    there = _pairs(sample)
    back = [_Place("", place.layers[::-1], place.pair) for place in there]
    return [_of(place, kind) for place in (*there, *back) for kind in (*sample.kinds, "")]


def _of(place: _Place, kind: str) -> _Place:
    return _Place(kind, place.layers, place.pair)


@dataclass(frozen=True, slots=True)
class ArticleFigures:
    """How far the layers agree on one article, all pairs and kinds together."""

    article: Id
    f1: float | None
    """Of spans that overlap."""
    characters: float | None
    """F1 of characters."""
    alpha: float | None
    """On sets of kinds."""


def by_article(sample: Sample, counts: Counts) -> list[ArticleFigures]:
    """The articles that at least two finished, the worst first; those without any marks last."""
    columns: Sequence[Floats] = (
        spans.span_f1(counts.spans, "overlap")[:, -1, -1],
        characters.character_f1(counts.characters)[:, -1, -1],
        characters.set_alpha(counts.characters, counts.sets),
    )
    found = [
        ArticleFigures(sample.articles[row], *(_number(column[row]) for column in columns))
        for row in np.flatnonzero(sample.observers >= 2)
    ]
    return sorted(found, key=lambda one: (_last(one.f1), _last(one.characters), one.article))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _last(value: float | None) -> float:
    return 2.0 if value is None else value
