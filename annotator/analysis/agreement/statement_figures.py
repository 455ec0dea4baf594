"""The figures on statements: how many have a partner, and whether aligned ones say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan, isqrt

import numpy as np
from msgspec.structs import replace

from annotator.analysis.agreement.bootstrap import RESAMPLES, SEED, Resamples, intervals
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
    tables = statement_tables(layers, counts)
    return figures_of(tables, scheme, Resamples(tables.articles, resamples, seed))


def figures_of(tables: StatementTables, scheme: Scheme, resamples: Resamples) -> list[Figure]:
    """The same from counts that have been put together, with resamples of their articles."""
    return [
        *_pair_figures(tables, resamples),
        *_field_figures(tables, scheme, resamples),
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Numbers by article, added up."""

    all: Floats
    """[1, numbers]"""
    drawn: Floats | None
    """[resamples, numbers]"""

    def of(self, columns: slice) -> _Sums:
        drawn = None if self.drawn is None else self.drawn[:, columns]
        return _Sums(self.all[:, columns], drawn)


def _summed(name: str, numbers: Floats, resamples: Resamples) -> _Sums:
    drawn = resamples.sums(name, numbers) if len(resamples) else None
    return _Sums(numbers.sum(axis=0, keepdims=True), drawn)


def _figure(figure: Figure, sums: _Sums, value: Value) -> Figure:
    """The figure with the value of the sums, and its interval."""
    found = float(value(sums.all)[0])
    if isnan(found):
        return figure
    spread = intervals(value(sums.drawn)[:, None])[0] if sums.drawn is not None else None
    return replace(figure, value=found, undefined="", interval=spread)


def _pair_figures(tables: StatementTables, resamples: Resamples) -> Iterator[Figure]:
    rows, number, wide = tables.pairs.shape
    table = np.concatenate([tables.pairs, tables.pairs.sum(axis=1, keepdims=True)], axis=1)
    sums = _summed("statements", table.reshape(rows, (number + 1) * wide), resamples)
    pairs = list(combinations(tables.layers, 2))
    layers = [*pairs, tables.layers] if number > 1 else pairs
    columns = [slice(at * wide, (at + 1) * wide) for at in range(number + 1)]
    for index, who in enumerate(layers):
        yield from _undirected(who, table[:, index], sums.of(columns[index]))
    for index, two in enumerate(pairs):
        for way, side in ((two, ONE), (two[::-1], OTHER)):
            yield _figure(
                _about("found.statements", way, table[:, index], table[:, index, side].sum()),
                sums.of(columns[index]),
                lambda sums, side=side: ratio(sums[:, ALIGNED], sums[:, side]),  # type: ignore[misc]
            )


def _undirected(layers: tuple[Id, ...], table: Floats, sums: _Sums) -> Iterator[Figure]:
    units = table[:, [ONE, OTHER]].sum()
    for measure, column in (("f1.aligned", ALIGNED), ("f1.identical", IDENTICAL)):
        yield _figure(
            _about(measure, layers, table, units),
            sums,
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


def _field_figures(
    tables: StatementTables, scheme: Scheme, resamples: Resamples
) -> Iterator[Figure]:
    for role in (*scheme.book.roles, STATEMENT):
        fields = (
            dict(scheme.fields_on(STATEMENT)) if role == STATEMENT else scheme.role_fields(role)
        )
        for key, field in fields.items():
            of = f"{role}.{key}"
            table = tables.field(of)
            about = _about_field(of, tables, table)
            yield from _field(about, table, field.type, resamples)
            if field.type == "stance":
                same = tables.field(f"{of}=")
                left = int(table.units.sum() - same.units.sum())
                about = _about_field(of, tables, same, left)
                about = replace(about, measure="alpha.field.same")
                yield _scaled(about, same, field.type, resamples)


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
    about: Figure, table: FieldTable, type: FieldType, resamples: Resamples
) -> Iterator[Figure]:
    """Alpha on the scale of the field's type, and the share of coincidences that are equal."""
    if type in _SCALES:
        yield _scaled(about, table, type, resamples)
    numbers = _nominal(table if len(resamples) else table.pooled())
    sums = _summed(f"{about.of} nominal", numbers, resamples)
    if type not in _SCALES:
        yield _figure(about, sums, lambda sums: alpha_nominal(sums[:, 0], sums[:, 1:]))
    yield _figure(
        replace(about, measure="same.field"),
        sums,
        lambda sums: 1 - ratio(sums[:, 0], sums[:, 1:].sum(axis=1)),
    )


def _scaled(about: Figure, table: FieldTable, type: FieldType, resamples: Resamples) -> Figure:
    """A stance is a rank and a number a number; everything else is the same or not."""
    numbered, value = _SCALES[type]
    numbers = numbered(table if len(resamples) else table.pooled())
    name = f"{about.of} {about.measure} {type}"
    return _figure(about, _summed(name, numbers, resamples), value)


def _nominal(table: FieldTable) -> Floats:
    """[articles, 1 + V]: coincidences of different values; how often each value is paired."""
    rows, wide = len(table.units), len(table.values)
    apart = np.bincount(table.row, table.weight * (table.one != table.other), rows)
    met = np.bincount(table.row * wide + table.one, table.weight, rows * wide)
    return np.column_stack([apart, met.reshape(rows, wide)])


def _ordinal(table: FieldTable) -> Floats:
    """[articles, V·V]: the coincidence matrix, in the order of the scale."""
    occurs = np.flatnonzero(used(table))
    order = sorted(occurs.tolist(), key=lambda code: int(table.values[code]))
    rank = np.zeros(len(table.values), dtype=np.int64)
    rank[order] = np.arange(len(order))
    rows, cells = len(table.units), len(order) ** 2
    cell = table.row * cells + rank[table.one] * len(order) + rank[table.other]
    flat = np.bincount(cell, table.weight, rows * cells).astype(np.float64)
    return flat.reshape(rows, cells)


def _ranked(sums: Floats) -> Floats:
    wide = isqrt(sums.shape[1])
    return alpha_ordinal(sums.reshape(len(sums), wide, wide))


def _interval(table: FieldTable) -> Floats:
    """[articles, 4]: squared differences, values, their sum, the sum of their squares."""
    number = np.array([float(value) for value in table.values], dtype=np.float64)
    one, other = number[table.one], number[table.other]
    columns = ((one - other) ** 2, np.ones_like(one), one, one * one)
    rows = len(table.units)
    numbers = [np.bincount(table.row, table.weight * column, rows) for column in columns]
    return np.column_stack(numbers)


_SCALES: dict[FieldType, tuple[Callable[[FieldTable], Floats], Value]] = {
    "stance": (_ordinal, _ranked),
    "number": (_interval, lambda sums: alpha_interval(*sums.T)),
}
"""What is counted by article, and what it comes to."""
