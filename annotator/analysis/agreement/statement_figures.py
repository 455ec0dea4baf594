"""The figures on statements: how many have a partner, and whether aligned ones say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np

from annotator.analysis.agreement.bootstrap import RESAMPLES, SEED, intervals, weights
from annotator.analysis.agreement.coefficient import (
    alpha_interval,
    alpha_nominal,
    alpha_ordinal,
    f1,
    ratio,
)
from annotator.analysis.agreement.figure import Excluded, Figure
from annotator.analysis.agreement.sample import Floats
from annotator.analysis.agreement.statement_counts import FieldCounts, StatementCounts
from annotator.analysis.sheet import Scheme
from annotator.core.codebook import STATEMENT, FieldType
from annotator.core.model import Id

Value = Callable[[Floats], Floats]
"""From sums [rows, numbers] to values [rows]."""


def statement_figures(
    layers: Sequence[Id],
    counts: Sequence[StatementCounts],
    scheme: Scheme,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> list[Figure]:
    """All figures on the articles counted; each should have at least two layers."""
    draws = _draws([one.article for one in counts], resamples, seed)
    return [
        *_pair_figures(tuple(layers), counts, draws),
        *_field_figures(tuple(layers), counts, scheme, draws),
    ]


def _draws(articles: Sequence[Id], resamples: int, seed: int) -> Floats:
    counted = np.ones(len(articles), dtype=np.bool_)
    return weights(articles, counted, resamples if len(articles) > 1 else 0, seed)


def _figure(figure: Figure, numbers: Floats, draws: Floats, value: Value) -> Figure:
    """The figure with the value of the summed numbers [articles, numbers], and its interval."""
    (found,) = value(numbers.sum(axis=0, keepdims=True))
    defined = not np.isnan(found)
    spread = intervals(value(draws @ numbers)[:, None])[0] if len(draws) and defined else None
    return Figure(
        measure=figure.measure,
        of=figure.of,
        layers=figure.layers,
        value=float(found) if defined else None,
        undefined="" if defined else figure.undefined,
        units=figure.units,
        unit=figure.unit,
        articles=figure.articles,
        excluded=figure.excluded,
        interval=spread,
    )


_ONE, _OTHER, _ALIGNED, _IDENTICAL, _SHARED = range(5)


def _pair_figures(
    layers: tuple[Id, ...], counts: Sequence[StatementCounts], draws: Floats
) -> Iterator[Figure]:
    pairs = list(combinations(layers, 2))
    tables = [_pair_numbers(two, counts) for two in pairs]
    everything = sum(tables, np.zeros((len(counts), 5)))
    several = [(layers, everything)] if len(pairs) > 1 else []
    for two, table in [*zip(pairs, tables, strict=True), *several]:
        yield from _undirected(two, table, draws)
    for two, table in zip(pairs, tables, strict=True):
        for way, side in ((two, _ONE), (two[::-1], _OTHER)):
            yield _figure(
                _about("found.statements", way, table, table[:, side].sum()),
                table,
                draws,
                lambda sums, side=side: ratio(sums[:, _ALIGNED], sums[:, side]),  # type: ignore[misc]
            )


def _undirected(layers: tuple[Id, ...], table: Floats, draws: Floats) -> Iterator[Figure]:
    units = table[:, [_ONE, _OTHER]].sum()
    for measure, column in (("f1.aligned", _ALIGNED), ("f1.identical", _IDENTICAL)):
        yield _figure(
            _about(measure, layers, table, units),
            table,
            draws,
            lambda sums, column=column: f1(sums[:, column], sums[:, _ONE], sums[:, _OTHER]),  # type: ignore[misc]
        )


def _about(measure: str, layers: tuple[Id, ...], table: Floats, units: float) -> Figure:
    articles = int((table[:, _SHARED] > 0).sum())
    left = len(table) - articles
    return Figure(
        measure=measure,
        of="",
        layers=layers,
        value=None,
        undefined="There are no statements." if articles else "No article was finished by both.",
        units=round(float(units)),
        unit="statements",
        articles=articles,
        excluded=(Excluded(left, "articles", "not finished by both"),) if left else (),
    )


def _pair_numbers(two: tuple[Id, Id], counts: Sequence[StatementCounts]) -> Floats:
    """[articles, 5]: statements of the one, of the other, aligned, identical; whether shared."""
    found = np.zeros((len(counts), 5))
    for row, article in enumerate(counts):
        for pair in article.pairs:
            if pair.layers == two:
                found[row] = pair.one, pair.other, pair.aligned, pair.identical, 1
            elif pair.layers == two[::-1]:
                found[row] = pair.other, pair.one, pair.aligned, pair.identical, 1
    return found


def _field_figures(
    layers: tuple[Id, ...], counts: Sequence[StatementCounts], scheme: Scheme, draws: Floats
) -> Iterator[Figure]:
    unaligned = sum(one.unaligned for one in counts)
    for role in (*scheme.book.roles, STATEMENT):
        fields = (
            dict(scheme.fields_on(STATEMENT)) if role == STATEMENT else scheme.role_fields(role)
        )
        for key, field in fields.items():
            of = f"{role}.{key}"
            rows = [article.fields.get(of) for article in counts]
            about = _about_field(of, layers, rows, unaligned)
            yield from _field(about, rows, field.type, draws)
            if field.type == "stance":
                same = [article.fields.get(f"{of}=") for article in counts]
                about = _about_field(of, layers, same, unaligned, _units(rows) - _units(same))
                yield next(_field(about, same, field.type, draws, "alpha.field.same"))


def _units(rows: Sequence[FieldCounts | None]) -> int:
    return sum(row.units for row in rows if row is not None)


def _about_field(
    of: str,
    layers: tuple[Id, ...],
    rows: Sequence[FieldCounts | None],
    unaligned: int,
    other_issue: int = 0,
) -> Figure:
    held = [row for row in rows if row is not None]
    units = _units(rows)
    excluded = (
        Excluded(unaligned, "statements", "no other layer has them"),
        Excluded(sum(row.unset for row in held), "values", "unset"),
        Excluded(sum(row.alone for row in held), "units", "left with one value"),
        Excluded(other_issue, "units", "on different issues, or on none"),
    )
    return Figure(
        measure="alpha.field",
        of=of,
        layers=layers,
        value=None,
        undefined="All values are the same: there is no variation."
        if units
        else "No aligned statements have two values to compare.",
        units=units,
        unit="units",
        articles=sum(row.units > 0 for row in held),
        excluded=tuple(one for one in excluded if one.count),
    )


def _field(
    about: Figure,
    rows: Sequence[FieldCounts | None],
    type: FieldType,
    draws: Floats,
    measure: str = "alpha.field",
) -> Iterator[Figure]:
    """Alpha on the scale of the field's type, and the share of coincidences that are equal."""
    numbers, value = _scale(type)(rows)
    yield _figure(_named(about, measure), numbers, draws, value)
    numbers, _ = _nominal(rows)
    yield _figure(
        _named(about, "same.field"),
        numbers,
        draws,
        lambda sums: 1 - ratio(sums[:, 0], sums[:, 1:].sum(axis=1)),
    )


def _named(about: Figure, measure: str) -> Figure:
    return Figure(
        measure,
        about.of,
        about.layers,
        None,
        about.undefined,
        about.units,
        about.unit,
        about.articles,
        about.excluded,
    )


Rows = Sequence[FieldCounts | None]


def _scale(type: FieldType) -> Callable[[Rows], tuple[Floats, Value]]:
    """A stance is a rank and a number a number; everything else is the same or not."""
    return {"stance": _ordinal, "number": _interval}.get(type, _nominal)


def _coincidences(rows: Rows) -> Iterator[tuple[int, str, str, float]]:
    for row, counts in enumerate(rows):
        if counts is not None:
            for (one, other), weight in counts.coincidences.items():
                yield row, one, other, weight


def _nominal(rows: Rows) -> tuple[Floats, Value]:
    """[articles, 1 + V]: coincidences of different values; how often each value is paired."""
    places = {text: index for index, text in enumerate(sorted({c[1] for c in _coincidences(rows)}))}
    numbers = np.zeros((len(rows), 1 + len(places)))
    for row, one, other, weight in _coincidences(rows):
        numbers[row, 0] += weight * (one != other)
        numbers[row, 1 + places[one]] += weight
    return numbers, lambda sums: alpha_nominal(sums[:, 0], sums[:, 1:])


def _ordinal(rows: Rows) -> tuple[Floats, Value]:
    """[articles, V·V]: the coincidence matrix, in the order of the scale."""
    steps = sorted({int(one) for _, one, _, _ in _coincidences(rows)})
    places = {str(step): index for index, step in enumerate(steps)}
    numbers = np.zeros((len(rows), len(steps), len(steps)))
    for row, one, other, weight in _coincidences(rows):
        numbers[row, places[one], places[other]] += weight
    shape = len(steps), len(steps)
    flat = numbers.reshape(len(rows), len(steps) ** 2)
    return flat, lambda sums: alpha_ordinal(sums.reshape(len(sums), *shape))


def _interval(rows: Rows) -> tuple[Floats, Value]:
    """[articles, 4]: squared differences, values, their sum, the sum of their squares."""
    numbers = np.zeros((len(rows), 4))
    for row, text, other, weight in _coincidences(rows):
        one = float(text)
        numbers[row] += weight * np.array([(one - float(other)) ** 2, 1, one, one * one])
    return numbers, lambda sums: alpha_interval(*sums.T)
