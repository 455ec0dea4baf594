"""All that mark-level agreement needs to know of each article; kept, and read back.

What is kept of an article depends on its own marks and lengths, on which of the layers are done,
and on the kinds and priority. Whoever keeps it has to keep that too, and forget it when it changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

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
from annotator.analysis.agreement.tallies import (
    T,
    from_vectors,
    row_vector,
    weighed,
)
from annotator.analysis.agreement.unitizing import UnitTallies, tally_units

VERSION = 1
"""Of what is kept; raised whenever a tally changes its meaning."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The tallies of all measures on marks; their rows are articles, or resamples of them."""

    spans: SpanTallies
    characters: CharacterTallies
    units: UnitTallies
    sets: SetTallies
    values: Ints
    """The sets of kinds that the columns of ``sets`` stand for, one bit a kind."""

    def weighed(self, weights: Floats) -> Counts:
        """One row for each row of weights: articles added up, each as often as it says."""
        return Counts(
            weighed(self.spans, weights),
            weighed(self.characters, weights),
            weighed(self.units, weights),
            weighed(self.sets, weights),
            self.values,
        )

    def __len__(self) -> int:
        return len(self.sets.counts)

    def replaced(self, row: int, one: Counts) -> Counts:
        """With another row in the place of this one; ``one`` has a single row."""
        values = np.union1d(self.values, one.values)
        sets, new = _widened(self, values), _widened(one, values)
        sets.counts[row] = new.counts[0]
        return Counts(
            _with_row(self.spans, row, one.spans),
            _with_row(self.characters, row, one.characters),
            _with_row(self.units, row, one.units),
            sets,
            values,
        )


def _with_row(tallies: T, row: int, one: T) -> T:
    found = {}
    for field in fields(tallies):
        found[field.name] = getattr(tallies, field.name).copy()
        found[field.name][row] = getattr(one, field.name)[0]
    return type(tallies)(**found)


def _widened(counts: Counts, values: Ints) -> SetTallies:
    """The sets with a column for each of these values."""
    table = np.zeros((len(counts), len(values)))
    table[:, np.searchsorted(values, counts.values)] = counts.sets.counts
    return SetTallies(table)


def count(sample: Sample, pieces: Pieces) -> Counts:
    """Everything that is counted about the marks of a sample, by article."""
    pieces = pieces.counted(sample)
    line = lay(sample, pieces)
    covers = covered(sample, pieces, line)
    values, sets = tally_sets(sample, line, covers)
    return Counts(
        tally_spans(sample, pieces),
        tally_characters(sample, line, covers),
        tally_units(sample, pieces, line),
        sets,
        values,
    )


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
    for row in range(len(counts)):
        parts = [row_vector(part, row) for part in (counts.spans, counts.characters, counts.units)]
        sets = counts.sets.counts[row]
        used = np.flatnonzero(sets)
        yield msgspec.msgpack.encode(
            _Kept(
                VERSION,
                layers,
                kinds,
                np.concatenate(parts).astype("<f8").tobytes(),
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
    widths = [sum(int(np.prod(s, dtype=np.int64)) for s in shape.values()) for shape in shapes]
    for row in kept:
        # Without pairs, no layer and one look the same.
        if (row.version, row.layers, row.kinds) != (VERSION, max(1, layers), kinds) or len(
            row.numbers
        ) != 8 * sum(widths):
            raise ValueError("These counts are of other layers, kinds, or an older sort.")
    table = np.array([np.frombuffer(row.numbers, "<f8") for row in kept]).reshape(-1, sum(widths))
    values = np.array(sorted({value for row in kept for value in row.sets}), dtype=np.int64)
    sets = np.array([[row.sets.get(int(v), 0.0) for v in values] for row in kept])
    cuts = np.cumsum([0, *widths])
    return Counts(
        from_vectors(SpanTallies, shapes[0], table[:, : cuts[1]]),
        from_vectors(CharacterTallies, shapes[1], table[:, cuts[1] : cuts[2]]),
        from_vectors(UnitTallies, shapes[2], table[:, cuts[2] :]),
        SetTallies(sets.reshape(len(kept), len(values))),
        values,
    )


def _shapes(layers: int, kinds: int) -> list[dict[str, tuple[int, ...]]]:
    """The shapes of the tallies' arrays, without articles: those of a sample that has none."""
    sample = Sample(
        (),
        np.zeros(0, dtype=np.int64),
        tuple(range(layers)),
        tuple(map(str, range(kinds))),
        np.zeros((0, layers), dtype=np.bool_),
    )
    counts = count(sample, Pieces(*np.zeros((6, 0), dtype=np.int64)))
    return [
        {field.name: getattr(part, field.name).shape[1:] for field in fields(part)}
        for part in (counts.spans, counts.characters, counts.units)
    ]
