"""The figures on statements: how many have a partner, and whether aligned ones say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
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
from annotator.analysis.agreement.statement_counts import StatementCounts
from annotator.analysis.agreement.statement_tables import (
    ALIGNED,
    IDENTICAL,
    ONE,
    OTHER,
    SHARED,
    FieldTable,
    StatementTables,
    statement_tables,
    used,
)
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
    return figures_of(statement_tables(layers, counts), scheme, resamples, seed)


def figures_of(
    tables: StatementTables, scheme: Scheme, resamples: int = RESAMPLES, seed: int = SEED
) -> list[Figure]:
    """The same from counts that have been put together."""
    draws = _draws(tables.articles, resamples, seed)
    return [*_pair_figures(tables, draws), *_field_figures(tables, scheme, draws)]


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


def _pair_figures(tables: StatementTables, draws: Floats) -> Iterator[Figure]:
    pairs = list(combinations(tables.layers, 2))
    numbers = [tables.pairs[:, index] for index in range(len(pairs))]
    several = [(tables.layers, tables.pairs.sum(axis=1))] if len(pairs) > 1 else []
    for two, table in [*zip(pairs, numbers, strict=True), *several]:
        yield from _undirected(two, table, draws)
    for two, table in zip(pairs, numbers, strict=True):
        for way, side in ((two, ONE), (two[::-1], OTHER)):
            yield _figure(
                _about("found.statements", way, table, table[:, side].sum()),
                table,
                draws,
                lambda sums, side=side: ratio(sums[:, ALIGNED], sums[:, side]),  # type: ignore[misc]
            )


def _undirected(layers: tuple[Id, ...], table: Floats, draws: Floats) -> Iterator[Figure]:
    units = table[:, [ONE, OTHER]].sum()
    for measure, column in (("f1.aligned", ALIGNED), ("f1.identical", IDENTICAL)):
        yield _figure(
            _about(measure, layers, table, units),
            table,
            draws,
            lambda sums, column=column: f1(sums[:, column], sums[:, ONE], sums[:, OTHER]),  # type: ignore[misc]
        )


def _about(measure: str, layers: tuple[Id, ...], table: Floats, units: float) -> Figure:
    articles = int((table[:, SHARED] > 0).sum())
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


def _field_figures(tables: StatementTables, scheme: Scheme, draws: Floats) -> Iterator[Figure]:
    for role in (*scheme.book.roles, STATEMENT):
        fields = (
            dict(scheme.fields_on(STATEMENT)) if role == STATEMENT else scheme.role_fields(role)
        )
        for key, field in fields.items():
            of = f"{role}.{key}"
            table = tables.field(of)
            about = _about_field(of, tables, table)
            yield from _field(about, table, field.type, draws)
            if field.type == "stance":
                same = tables.field(f"{of}=")
                left = int(table.units.sum() - same.units.sum())
                about = _about_field(of, tables, same, left)
                yield next(_field(about, same, field.type, draws, "alpha.field.same"))


def _about_field(
    of: str, tables: StatementTables, table: FieldTable, other_issue: int = 0
) -> Figure:
    units = int(table.units.sum())
    excluded = (
        Excluded(int(tables.unaligned.sum()), "statements", "no other layer has them"),
        Excluded(int(table.unset.sum()), "values", "unset"),
        Excluded(int(table.alone.sum()), "units", "left with one value"),
        Excluded(other_issue, "units", "on different issues, or on none"),
    )
    return Figure(
        measure="alpha.field",
        of=of,
        layers=tables.layers,
        value=None,
        undefined="All values are the same: there is no variation."
        if units
        else "No aligned statements have two values to compare.",
        units=units,
        unit="units",
        articles=int((table.units > 0).sum()),
        excluded=tuple(one for one in excluded if one.count),
    )


def _field(
    about: Figure,
    table: FieldTable,
    type: FieldType,
    draws: Floats,
    measure: str = "alpha.field",
) -> Iterator[Figure]:
    """Alpha on the scale of the field's type, and the share of coincidences that are equal."""
    counted = table if len(draws) else table.pooled()
    numbers, value = _scale(type)(counted)
    yield _figure(replace(about, measure=measure), numbers, draws, value)
    numbers, _ = _nominal(counted)
    yield _figure(
        replace(about, measure="same.field"),
        numbers,
        draws,
        lambda sums: 1 - ratio(sums[:, 0], sums[:, 1:].sum(axis=1)),
    )


def _scale(type: FieldType) -> Callable[[FieldTable], tuple[Floats, Value]]:
    """A stance is a rank and a number a number; everything else is the same or not."""
    return {"stance": _ordinal, "number": _interval}.get(type, _nominal)


def _nominal(table: FieldTable) -> tuple[Floats, Value]:
    """[articles, 1 + V]: coincidences of different values; how often each value is paired."""
    rows, wide = len(table.units), len(table.values)
    apart = np.bincount(table.row, table.weight * (table.one != table.other), rows)
    met = np.bincount(table.row * wide + table.one, table.weight, rows * wide)
    numbers = np.column_stack([apart, met.reshape(rows, wide)])
    return numbers, lambda sums: alpha_nominal(sums[:, 0], sums[:, 1:])


def _ordinal(table: FieldTable) -> tuple[Floats, Value]:
    """[articles, V·V]: the coincidence matrix, in the order of the scale."""
    occurs = np.flatnonzero(used(table))
    order = sorted(occurs.tolist(), key=lambda code: int(table.values[code]))
    rank = np.zeros(len(table.values), dtype=np.int64)
    rank[order] = np.arange(len(order))
    rows, cells = len(table.units), len(order) ** 2
    cell = table.row * cells + rank[table.one] * len(order) + rank[table.other]
    flat = np.bincount(cell, table.weight, rows * cells).astype(np.float64)
    shape = len(order), len(order)
    return flat.reshape(rows, cells), lambda sums: alpha_ordinal(sums.reshape(len(sums), *shape))


def _interval(table: FieldTable) -> tuple[Floats, Value]:
    """[articles, 4]: squared differences, values, their sum, the sum of their squares."""
    number = np.array([float(value) for value in table.values], dtype=np.float64)
    one, other = number[table.one], number[table.other]
    columns = ((one - other) ** 2, np.ones_like(one), one, one * one)
    rows = len(table.units)
    numbers = [np.bincount(table.row, table.weight * column, rows) for column in columns]
    return np.column_stack(numbers), lambda sums: alpha_interval(*sums.T)
