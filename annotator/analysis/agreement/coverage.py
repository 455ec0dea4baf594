"""What there is to compare, before any agreement is computed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotator.analysis.agreement.figure import Excluded
from annotator.analysis.agreement.sample import Ints, Pieces, Sample
from annotator.core.model import Id


@dataclass(frozen=True, slots=True)
class LayerCoverage:
    layer: Id
    articles: int
    """It has finished, of those in the sample."""
    shared: int
    """Of these, finished by someone else too."""
    marks: dict[str, int]
    """By kind, with fragments, on the shared articles; only these are compared."""


@dataclass(frozen=True, slots=True)
class Coverage:
    articles: int
    by_observers: dict[int, int]
    """How many articles were finished by how many."""
    layers: tuple[LayerCoverage, ...]
    pairs: dict[tuple[Id, Id], int]
    """How many articles both finished."""
    excluded: tuple[Excluded, ...]


def coverage(sample: Sample, pieces: Pieces, implied: int = 0) -> Coverage:
    """``implied`` is how many marks of the sample have no fragments; they cannot be compared."""
    _, first = np.unique(pieces.mark, return_index=True)
    numbers = np.zeros((*sample.finished.shape, len(sample.kinds)), dtype=np.int64)
    np.add.at(numbers, (pieces.article[first], pieces.layer[first], pieces.kind[first]), 1)
    return coverage_of(sample, numbers, implied)


def coverage_of(sample: Sample, numbers: Ints, implied: int = 0) -> Coverage:
    """The same from ``numbers`` [article, layer, kind] of marks that have fragments."""
    observers = sample.observers
    counted = numbers * (sample.finished & (observers >= 2)[:, None])[:, :, None]
    excluded = (
        Excluded(int((observers < 2).sum()), "articles", "not finished by two"),
        Excluded(
            int(numbers.sum() - counted.sum()),
            "marks",
            "in layers not done, or on articles not finished by two",
        ),
        Excluded(implied, "marks", "implied: they have no place in the text"),
    )
    return Coverage(
        articles=len(sample.articles),
        by_observers={int(n): int((observers == n).sum()) for n in np.unique(observers)},
        layers=tuple(_layer(sample, counted, column) for column in range(len(sample.layers))),
        pairs={
            (sample.layers[a], sample.layers[b]): int(sample.shared[:, index].sum())
            for index, (a, b) in enumerate(sample.pairs)
        },
        excluded=tuple(one for one in excluded if one.count),
    )


def _layer(sample: Sample, counted: Ints, column: int) -> LayerCoverage:
    numbers = counted[:, column].sum(axis=0)
    done = sample.finished[:, column]
    return LayerCoverage(
        layer=sample.layers[column],
        articles=int(done.sum()),
        shared=int((done & (sample.observers >= 2)).sum()),
        marks={kind: int(numbers[index]) for index, kind in enumerate(sample.kinds)},
    )
