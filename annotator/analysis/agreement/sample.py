"""What is compared: articles, layers, kinds, who finished what; and the marks as columns.

A project of 190,000 marks is compared in about a second because nothing here is an object a mark:
the reader fills seven arrays, and every measure is a count over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.core.model import Id, Mark

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Array = NDArray[Any]

LONGEST = 1 << 31
"""The most code points that all articles together may have; so that a place fits in 31 bits."""
MOST_KINDS = 60
"""So that a set of kinds fits in one integer."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The articles and layers to be compared. Rows are articles, columns are layers."""

    articles: tuple[Id, ...]
    lengths: Ints
    """Of the texts, in code points."""
    layers: tuple[Id, ...]
    kinds: tuple[str, ...]
    finished: Bools
    """Whether a layer is done on an article; what is not done is missing, not empty."""
    priority: tuple[str, ...] = ()
    """Where marks overlap and one must count, the kind that comes first here; if this is empty,
    the shortest mark."""
    pairs: tuple[tuple[int, int], ...] = field(init=False)
    """Columns of the layers of each pair, the earlier first."""
    shared: Bools = field(init=False)
    """By article and pair: whether both finished it."""
    observers: Ints = field(init=False)
    """By article: how many finished it."""

    def __post_init__(self) -> None:
        if len(self.kinds) > MOST_KINDS:
            raise ValueError(f"At most {MOST_KINDS} kinds can be compared.")
        if int(self.lengths.sum()) + len(self.articles) >= LONGEST:
            raise ValueError("The articles are too long together to be compared at once.")
        if self.finished.shape != (len(self.articles), len(self.layers)):
            raise ValueError("Who finished what does not fit the articles and layers.")
        if self.priority and set(self.priority) != set(self.kinds):
            raise ValueError("The priority names other kinds than are compared.")
        # Every measure asks for these.
        pairs = tuple(combinations(range(len(self.layers)), 2))
        one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        object.__setattr__(self, "pairs", pairs)
        object.__setattr__(self, "shared", self.finished[:, one] & self.finished[:, other])
        object.__setattr__(self, "observers", self.finished.sum(axis=1, dtype=np.int64))

    def only(self, rows: Sequence[int] | Ints) -> Sample:
        """The same layers and kinds on some of the articles."""
        picked = np.asarray(rows, dtype=np.int64)
        return replace(
            self,
            articles=tuple(self.articles[row] for row in picked),
            lengths=self.lengths[picked],
            finished=self.finished[picked],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The fragments of all marks, as columns of equal length.

    The fragments of one mark follow one another in the order of the text and carry one number in
    ``mark``; two marks that follow one another have different numbers.
    """

    article: Ints
    """Row of the sample."""
    layer: Ints
    """Column of the sample."""
    kind: Ints
    """Index into the kinds of the sample."""
    mark: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.start)

    def where(self, chosen: Bools) -> Pieces:
        return Pieces(*(getattr(self, name)[chosen] for name in _COLUMNS))

    def counted(self, sample: Sample) -> Pieces:
        """Those in layers that are done on their article, where at least two are."""
        pays = sample.finished & (sample.observers >= 2)[:, None]
        chosen = pays[self.article, self.layer]
        return self if chosen.all() else self.where(chosen)


_COLUMNS = ("article", "layer", "kind", "mark", "start", "end")


def pieces_of(marks: Iterable[Mark], sample: Sample) -> Pieces:
    """Marks as columns; those of other articles, layers or kinds, and implied ones, are left out."""
    rows = {id: row for row, id in enumerate(sample.articles)}
    columns = {id: column for column, id in enumerate(sample.layers)}
    kinds = {kind: index for index, kind in enumerate(sample.kinds)}
    found: list[tuple[int, int, int, int, int, int]] = []
    for number, mark in enumerate(marks):
        if mark.article in rows and mark.layer in columns and mark.kind in kinds:
            place = rows[mark.article], columns[mark.layer], kinds[mark.kind], number
            found += [(*place, piece.start, piece.end) for piece in mark.fragments]
    table = np.array(found, dtype=np.int64).reshape(-1, 6)
    return Pieces(*np.ascontiguousarray(table.T))


def sample_of(
    lengths: Mapping[Id, int],
    layers: Sequence[Id],
    kinds: Sequence[str],
    finished: Iterable[tuple[Id, Id]],
    priority: Sequence[str] = (),
) -> Sample:
    """A sample from the lengths of articles by id, and which layer is done on which article."""
    done = set(finished)
    cells = [[(article, layer) in done for layer in layers] for article in lengths]
    return Sample(
        articles=tuple(lengths),
        lengths=np.array(list(lengths.values()), dtype=np.int64),
        layers=tuple(layers),
        kinds=tuple(kinds),
        finished=np.array(cells, dtype=np.bool_).reshape(len(cells), len(layers)),
        priority=tuple(priority),
    )
