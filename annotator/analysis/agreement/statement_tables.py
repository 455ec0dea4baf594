"""What was counted about statements, article by article, as arrays that can be summed.

A changed article is a changed row: nothing else is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annotator.analysis.agreement.sample import Bools, Floats, Ints
from annotator.analysis.agreement.statement_counts import FieldCounts, StatementCounts
from annotator.core.model import Id

ONE, OTHER, ALIGNED, IDENTICAL, SHARED = range(5)
"""Of two layers: statements of the one, of the other, aligned, identical; whether both are done."""


@dataclass(frozen=True, slots=True, eq=False)
class FieldTable:
    """One field in one role. A coincidence is a row of an article, two values and a weight."""

    values: tuple[str, ...]
    """By code."""
    row: Ints
    one: Ints
    other: Ints
    weight: Floats
    units: Ints
    """By article, as are the next two; see :class:`FieldCounts`."""
    unset: Ints
    alone: Ints

    def pooled(self) -> FieldTable:
        """All articles as one."""
        units, unset, alone = (
            np.array([numbers.sum()]) for numbers in (self.units, self.unset, self.alone)
        )
        zeros = np.zeros_like(self.row)
        return FieldTable(
            self.values, zeros, self.one, self.other, self.weight, units, unset, alone
        )

    def replaced(self, row: int, counts: FieldCounts | None) -> FieldTable:
        """With another article in this row."""
        new = field_table([counts], self.values)
        stays = self.row != row
        numbers = [n.copy() for n in (self.units, self.unset, self.alone)]
        for of, single in zip(numbers, (new.units, new.unset, new.alone), strict=True):
            of[row] = single[0]
        return FieldTable(
            new.values,
            np.append(self.row[stays], new.row + row),
            np.append(self.one[stays], new.one),
            np.append(self.other[stays], new.other),
            np.append(self.weight[stays], new.weight),
            *numbers,
        )


def field_table(rows: Sequence[FieldCounts | None], values: Sequence[str] = ()) -> FieldTable:
    """One row an article; ``values`` are known already and keep their codes."""
    codes = {value: code for code, value in enumerate(values)}
    found: list[tuple[int, int, int, float]] = [
        (row, codes.setdefault(one, len(codes)), codes.setdefault(other, len(codes)), weight)
        for row, counts in enumerate(rows)
        if counts is not None
        for (one, other), weight in counts.coincidences.items()
    ]
    row, one, other, weight = list(zip(*found, strict=True)) or [(), (), (), ()]
    told = [(c.units, c.unset, c.alone) if c is not None else (0, 0, 0) for c in rows]
    numbers = np.array(told, dtype=np.int64).reshape(-1, 3).T
    return FieldTable(
        tuple(codes),
        np.array(row, dtype=np.int64),
        np.array(one, dtype=np.int64),
        np.array(other, dtype=np.int64),
        np.array(weight, dtype=np.float64),
        *numbers,
    )


def _empty(rows: int) -> FieldTable:
    none, zeros = np.zeros(0, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    return FieldTable((), none, none, none, np.zeros(0), zeros, zeros, zeros)


@dataclass(frozen=True, slots=True, eq=False)
class StatementTables:
    """What was counted of some articles; each should have at least two layers."""

    articles: tuple[Id, ...]
    layers: tuple[Id, ...]
    pairs: Floats
    """[article, pair, 5]; pairs as :func:`itertools.combinations` gives them."""
    unaligned: Ints
    """By article, statements that no other layer has."""
    fields: dict[str, FieldTable]

    def replaced(self, one: StatementCounts) -> StatementTables:
        """With other counts of an article that is there."""
        row = self.articles.index(one.article)
        pairs, unaligned = self.pairs.copy(), self.unaligned.copy()
        pairs[row], unaligned[row] = _pair_numbers(self.layers, one), one.unaligned
        none = _empty(len(self.articles))
        fields = {
            name: self.fields.get(name, none).replaced(row, one.fields.get(name))
            for name in self.fields | one.fields
        }
        return StatementTables(self.articles, self.layers, pairs, unaligned, fields)

    def field(self, name: str) -> FieldTable:
        """One without units where nobody has it."""
        found = self.fields.get(name)
        return _empty(len(self.articles)) if found is None else found


def statement_tables(layers: Sequence[Id], counts: Sequence[StatementCounts]) -> StatementTables:
    """The counts of some articles put together."""
    names = sorted({name for one in counts for name in one.fields})
    pairs = [_pair_numbers(layers, one) for one in counts]
    number = len(list(combinations(layers, 2)))
    return StatementTables(
        tuple(one.article for one in counts),
        tuple(layers),
        np.array(pairs, dtype=np.float64).reshape(len(counts), number, 5),
        np.array([one.unaligned for one in counts], dtype=np.int64),
        {name: field_table([one.fields.get(name) for one in counts]) for name in names},
    )


def _pair_numbers(layers: Sequence[Id], article: StatementCounts) -> Floats:
    """[pair, 5]"""
    found = dict(_told(article))
    none = (0, 0, 0, 0, 0)
    pairs = [found.get(two, none) for two in combinations(layers, 2)]
    return np.array(pairs, dtype=np.float64).reshape(-1, 5)


def _told(article: StatementCounts) -> Iterator[tuple[tuple[Id, Id], tuple[int, ...]]]:
    for pair in article.pairs:
        yield pair.layers, (pair.one, pair.other, pair.aligned, pair.identical, 1)
        yield pair.layers[::-1], (pair.other, pair.one, pair.aligned, pair.identical, 1)


def used(table: FieldTable) -> Bools:
    """By code, whether the value occurs."""
    return np.asarray(np.bincount(table.one, minlength=len(table.values)) > 0, dtype=np.bool_)
