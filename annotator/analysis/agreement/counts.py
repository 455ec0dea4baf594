"""All that mark-level agreement needs to know of each article; kept, and read back.

What is kept of an article depends on its own marks and lengths, on which of the layers are done,
and on the kinds and priority. Whoever keeps it has to keep that too, and forget it when it changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from math import prod

import msgspec
import numpy as np

from annotator.analysis.agreement.characters import (
    CharacterTallies,
    SetTallies,
    tally_characters,
    tally_sets,
)
from annotator.analysis.agreement.line import covered, lay
from annotator.analysis.agreement.sample import Floats, Ints, Pieces, Sample
from annotator.analysis.agreement.spans import SpanTallies, tally_spans
from annotator.analysis.agreement.tallies import Tallies, from_vectors, vectors
from annotator.analysis.agreement.unitizing import UnitTallies, tally_units

VERSION = 1
"""Of what is kept; raised whenever a tally changes its meaning."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The tallies of all measures on marks; their rows are articles, or resamples of them.

    All of them look into one table, so that adding up articles is one product of matrices.
    """

    table: Floats
    """[rows, numbers]"""
    spans: SpanTallies
    characters: CharacterTallies
    units: UnitTallies
    sets: SetTallies
    values: Ints
    """The sets of kinds that the columns of ``sets`` stand for, one bit a kind."""

    def weighed(self, weights: Floats) -> Counts:
        """One row for each row of weights: articles added up, each as often as it says."""
        return self.of(weights @ self.table)

    def of(self, table: Floats) -> Counts:
        """The same columns with other rows."""
        shapes = [_shape(part) for part in (self.spans, self.characters, self.units)]
        return _laid_out(table, shapes, self.values)

    def __len__(self) -> int:
        return len(self.table)

    def replaced(self, row: int, one: Counts) -> Counts:
        """With another row in the place of this one; ``one`` has a single row."""
        values = np.union1d(self.values, one.values)
        table, new = _widened(self, values), _widened(one, values)
        table[row] = new[0]
        shapes = [_shape(part) for part in (self.spans, self.characters, self.units)]
        return _laid_out(table, shapes, values)


Shape = dict[str, tuple[int, ...]]
"""Of the arrays of a sort of tallies, without their rows."""


def _shape(tallies: Tallies) -> Shape:
    return {field.name: getattr(tallies, field.name).shape[1:] for field in fields(tallies)}


def _width(shape: Shape) -> int:
    return sum(prod(one) for one in shape.values())


def _laid_out(table: Floats, shapes: Sequence[Shape], values: Ints) -> Counts:
    """Tallies that look into the table: spans, characters, units, and what is left, sets."""
    cuts = np.cumsum([0, *map(_width, shapes)])
    return Counts(
        table,
        from_vectors(SpanTallies, shapes[0], table[:, : cuts[1]]),
        from_vectors(CharacterTallies, shapes[1], table[:, cuts[1] : cuts[2]]),
        from_vectors(UnitTallies, shapes[2], table[:, cuts[2] : cuts[3]]),
        SetTallies(table[:, cuts[3] :]),
        values,
    )


def _widened(counts: Counts, values: Ints) -> Floats:
    """A copy of the table with a column for each of these sets."""
    if len(values) == len(counts.values):
        return counts.table.copy()
    wide = counts.table.shape[1] - len(counts.values)
    table = np.zeros((len(counts), wide + len(values)))
    table[:, :wide] = counts.table[:, :wide]
    table[:, wide + np.searchsorted(values, counts.values)] = counts.sets.counts
    return table


def count(sample: Sample, pieces: Pieces) -> Counts:
    """Everything that is counted about the marks of a sample, by article."""
    pieces = pieces.counted(sample)
    line = lay(sample, pieces)
    covers = covered(sample, pieces, line)
    values, sets = tally_sets(sample, line, covers)
    parts = (
        tally_spans(sample, pieces),
        tally_characters(sample, line, covers),
        tally_units(sample, pieces, line),
    )
    table = np.concatenate([*map(vectors, parts), sets.counts], axis=1)
    return _laid_out(table, [_shape(part) for part in parts], values)


class _Kept(msgspec.Struct, array_like=True):
    version: int
    layers: int
    kinds: int
    numbers: bytes
    sets: dict[int, float]


def keep(counts: Counts) -> Iterator[bytes]:
    """Each row as bytes, on any machine the same."""
    pairs, kinds = counts.spans.one.shape[1:]
    layers = round((1 + np.sqrt(1 + 8 * pairs)) / 2)
    wide = counts.table.shape[1] - len(counts.values)
    for row in counts.table:
        sets = row[wide:]
        used = np.flatnonzero(sets)
        yield msgspec.msgpack.encode(
            _Kept(
                VERSION,
                layers,
                kinds,
                row[:wide].astype("<f8").tobytes(),
                {int(counts.values[column]): float(sets[column]) for column in used},
            )
        )


def read_kept(rows: Sequence[bytes], layers: int, kinds: int) -> Counts:
    """What was kept of articles, one row each; ``ValueError`` if it is not of this sort."""
    decode = msgspec.msgpack.Decoder(_Kept).decode
    kept = []
    for data in rows:
        try:
            kept.append(decode(data))
        except msgspec.MsgspecError as error:
            raise ValueError(f"These are no counts of an article: {error}.") from error
    shapes = _shapes(layers, kinds)
    wide = sum(map(_width, shapes))
    for row in kept:
        # Without pairs, no layer and one look the same.
        if (row.version, row.layers, row.kinds) != (VERSION, max(1, layers), kinds) or len(
            row.numbers
        ) != 8 * wide:
            raise ValueError("These counts are of other layers, kinds, or an older sort.")
    values = np.array(sorted({value for row in kept for value in row.sets}), dtype=np.int64)
    table = np.zeros((len(kept), wide + len(values)))
    for place, row in enumerate(kept):
        table[place, :wide] = np.frombuffer(row.numbers, "<f8")
        table[place, wide:] = [row.sets.get(value, 0.0) for value in values.tolist()]
    return _laid_out(table, shapes, values)


def _shapes(layers: int, kinds: int) -> list[Shape]:
    """The shapes of the tallies' arrays: those of a sample that has no articles."""
    sample = Sample(
        (),
        np.zeros(0, dtype=np.int64),
        tuple(range(layers)),
        tuple(map(str, range(kinds))),
        np.zeros((0, layers), dtype=np.bool_),
    )
    counts = count(sample, Pieces(*np.zeros((6, 0), dtype=np.int64)))
    return [_shape(part) for part in (counts.spans, counts.characters, counts.units)]
