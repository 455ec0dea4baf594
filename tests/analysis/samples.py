"""Small samples of marks, made by hand or by hypothesis, and what is in them character by character."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from annotator.analysis.agreement.counts import Counts, count
from annotator.analysis.agreement.sample import Ints, Pieces, Sample, pieces_of, sample_of
from annotator.core.model import Fragment, Id, Mark

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Made:
    """A sample with its marks as records."""

    sample: Sample
    marks: tuple[Mark, ...]

    @property
    def pieces(self) -> Pieces:
        return pieces_of(self.marks, self.sample)

    def counts(self) -> Counts:
        return count(self.sample, self.pieces)

    def counted(self) -> list[Mark]:
        """The marks that count: done, and where two are done."""
        sample = self.sample
        rows = {id: row for row, id in enumerate(sample.articles)}
        columns = {id: column for column, id in enumerate(sample.layers)}
        return [
            mark
            for mark in self.marks
            if sample.finished[rows[mark.article], columns[mark.layer]]
            and sample.observers[rows[mark.article]] >= 2
        ]


def a_mark(id: Id, article: Id, layer: Id, kind: str, spans: Sequence[tuple[int, int]]) -> Mark:
    fragments = tuple(Fragment(start, end, "x" * (end - start)) for start, end in spans)
    return Mark(id=id, article=article, layer=layer, kind=kind, fragments=fragments)


def made(
    lengths: dict[Id, int],
    layers: Mapping[Id, Sequence[tuple[Id, str, Sequence[tuple[int, int]]]]],
    kinds: str,
    finished: set[tuple[Id, Id]] | None = None,
    priority: str = "",
) -> Made:
    """Each layer's marks as (article, kind, spans); every layer is done unless told otherwise."""
    done = {(a, layer) for a in lengths for layer in layers} if finished is None else finished
    marks = [(layer, *mark) for layer, own in layers.items() for mark in own]
    return Made(
        sample_of(lengths, tuple(layers), kinds.split(), done, priority.split()),
        tuple(a_mark(id, a, layer, kind, s) for id, (layer, a, kind, s) in enumerate(marks, 1)),
    )


def judgements(given: Made, article: Id) -> list[list[frozenset[str]]]:
    """By finished layer and character, the kinds of mark on it."""
    sample = given.sample
    row = sample.articles.index(article)
    found = []
    for column, layer in enumerate(sample.layers):
        if sample.finished[row, column]:
            own = [m for m in given.marks if (m.article, m.layer) == (article, layer)]
            found.append(
                [
                    frozenset(
                        m.kind for m in own if any(f.start <= at < f.end for f in m.fragments)
                    )
                    for at in range(int(sample.lengths[row]))
                ]
            )
    return found


@st.composite
def spans(draw: st.DrawFn, length: int) -> Spans:
    """One to three fragments that do not touch."""
    count = draw(st.integers(1, 3))
    cuts = sorted(
        draw(st.sets(st.integers(0, length), min_size=2 * count, max_size=2 * count))
        if length + 1 >= 2 * count
        else draw(st.sets(st.integers(0, length), min_size=2, max_size=2))
    )
    return tuple(zip(cuts[::2], cuts[1::2], strict=True))


@st.composite
def samples(draw: st.DrawFn, complete: bool = False, layers: int | None = None) -> Made:
    """Up to three short articles by up to four layers, some of which have not finished them."""
    lengths = {
        a: draw(st.integers(0 if a > 1 else 1, 14)) for a in range(1, draw(st.integers(2, 4)))
    }
    number = draw(st.integers(2, 4)) if layers is None else layers
    names = tuple(range(101, 101 + number))
    kinds = ("a", "b", "c")[: draw(st.integers(1, 3))]
    marks: list[Mark] = []
    for _ in range(draw(st.integers(0, 10))):
        article = draw(st.sampled_from([a for a in lengths if lengths[a]]))
        layer, kind = draw(st.sampled_from(names)), draw(st.sampled_from(kinds))
        where = draw(spans(lengths[article]))
        marks.append(a_mark(len(marks) + 1, article, layer, kind, where))
    cells = [(a, layer) for a in lengths for layer in names]
    done = set(cells) if complete else draw(st.sets(st.sampled_from(cells)))
    return Made(sample_of(lengths, names, kinds, done), tuple(marks))


def reordered(given: Made, rows: Ints) -> Made:
    """The same with its articles in another order."""
    return replace(given, sample=given.sample.only(rows))


def everything(counts: Counts) -> Counts:
    """All articles added up."""
    return counts.weighed(np.ones((1, len(counts))))
