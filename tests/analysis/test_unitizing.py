"""Agreement on units: the published example, and the same counted character by character."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from annotator.analysis.agreement.unitizing import (
    finding,
    flat_alpha,
    flat_kappa,
    naming,
    overall,
)
from annotator.core.model import Mark
from tests.analysis.samples import Made, everything, made, samples

FIGURE = (
    ((0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")),
    ((0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")),
    ((0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")),
)
"""Three observers on a text of 60 characters.

Said to be figure 12.11 of Krippendorff 2019. No public copy of the figure was found to compare it
with, so its values are here to notice a change; what is checked against another program is
:data:`SMALL`, and what against the definition, all else in this file.
"""
SMALL = (
    ((2, 5, "1"), (9, 11, "1"), (12, 20, "2")),
    ((2, 5, "1"), (7, 15, "2")),
    ((2, 5, "1"), (10, 15, "2")),
)
"""Three observers on 20 characters: the example of another program for the coefficients of
Krippendorff, Mathet, Bouvry and Widlöcher 2016 (lindanna/unitized_alpha on GitHub)."""


def figure(cut: int = 0) -> Made:
    """The example, as one article, or as two cut at a place that no unit spans."""
    lengths = {1: 60} if not cut else {1: cut, 2: 60 - cut}
    layers = {
        101 + layer: [
            (1, kind, ((start, end),))
            if not cut or end <= cut
            else (2, kind, ((start - cut, end - cut),))
            for start, end, kind in units
        ]
        for layer, units in enumerate(FIGURE)
    }
    return made(lengths, layers, "1 2 3 4 5 6 7")


def test_another_program_comes_to_the_same() -> None:
    """Its page gives 0.474, 0.433 and 0.779 for what its source has as the example."""
    layers = {
        101 + layer: [(1, kind, ((start, end),)) for start, end, kind in units]
        for layer, units in enumerate(SMALL)
    }
    units = everything(made({1: 20}, layers, "1 2").counts()).units
    assert overall(units)[0] == pytest.approx(0.474, abs=5e-4)
    assert finding(units)[0] == pytest.approx(0.433, abs=5e-4)
    assert naming(units)[0] == pytest.approx(0.779, abs=5e-4)


@pytest.mark.parametrize("cut", [0, 30])
def test_an_example_of_some_length(cut: int) -> None:
    """Articles are one text, end to end: where they are cut makes no difference."""
    units = everything(figure(cut).counts()).units
    assert overall(units)[0] == pytest.approx(0.5099819077921268, abs=1e-12)
    assert finding(units)[0] == pytest.approx(0.4135992304489525, abs=1e-12)
    assert naming(units)[0] == pytest.approx(0.7241689650166934, abs=1e-12)


def test_each_character_of_one_kind_or_none() -> None:
    it = made(
        {1: 30},
        {
            101: [(1, "c", ((0, 10),)), (1, "c", ((12, 20),)), (1, "s", ((22, 26),))],
            102: [(1, "c", ((0, 10),)), (1, "c", ((13, 20),)), (1, "s", ((27, 30),))],
        },
        "c s",
    )
    units = everything(it.counts()).units
    assert flat_alpha(units)[0] == pytest.approx(0.528472, abs=5e-7)
    assert flat_kappa(units)[0, 0] == pytest.approx(0.521912, abs=5e-7)


def owners(it: Made, article: int, layer: int) -> list[tuple[int, int] | None]:
    """By character, which fragment of which mark counts there: the shorter mark's, as documented."""
    row = it.sample.articles.index(article)

    def rank(mark: Mark) -> tuple[int, int]:
        return sum(f.end - f.start for f in mark.fragments), it.sample.kinds.index(mark.kind)

    own = [m for m in it.counted() if (m.article, m.layer) == (article, layer)]
    found: list[tuple[int, int] | None] = []
    for at in range(int(it.sample.lengths[row])):
        there = [
            (*rank(mark), piece.start, -mark.id, mark, piece)
            for mark in own
            for piece in mark.fragments
            if piece.start <= at < piece.end
        ]
        best = min(there, key=lambda one: one[:3], default=None)
        found.append((best[4].id, best[5].start) if best else None)
    return found


def slow_units(it: Made) -> list[float]:
    """Overall, finding, naming from matrices of every two characters' values."""
    kinds = {mark.id: it.sample.kinds.index(mark.kind) for mark in it.marks}
    none = len(it.sample.kinds)
    table = np.zeros((none + 1, none + 1))
    squares = pairable = 0.0
    for row, article in enumerate(it.sample.articles):
        layers = [la for c, la in enumerate(it.sample.layers) if it.sample.finished[row, c]]
        if len(layers) < 2:
            continue
        owned = [owners(it, article, layer) for layer in layers]
        values = [[none if o is None else kinds[o[0]] for o in own] for own in owned]
        for i, own in enumerate(owned):
            others = [v for j, v in enumerate(values) if j != i]
            for at, value in enumerate(values[i]):
                for other in others:
                    table[value, other[at]] += 1 / len(others)
            for unit in runs(own):
                squares += len(unit) ** 2
                met = sum(other[at] != none for other in others for at in unit) / len(others)
                pairable += met**2
    binary = np.array(
        [
            [table[:none, :none].sum(), table[:none, none].sum()],
            [table[none, :none].sum(), table[none, none]],
        ]
    )
    alone = squares + table[none].sum()
    return [
        slow_alpha(table, alone),
        slow_alpha(binary, alone),
        slow_alpha(table[:none, :none], pairable),
    ]


def runs(own: list[tuple[int, int] | None]) -> list[list[int]]:
    """Stretches of characters that one fragment owns."""
    cuts = [0, *(at for at in range(1, len(own)) if own[at] != own[at - 1]), len(own)]
    return [list(range(a, b)) for a, b in pairwise(cuts) if a < b and own[a] is not None]


def slow_alpha(table: NDArray[np.float64], alone: float) -> float:
    n, total = table.sum(axis=1), table.sum()
    apart = total**2 - (n**2).sum()
    if (n > 0).sum() < 2 or total**2 - alone <= 0:
        return float("nan")
    return float(1 - (total - np.trace(table)) / (total * apart / (total**2 - alone)))


@given(samples())
def test_units_are_counted_as_one_would_by_hand(it: Made) -> None:
    units = everything(it.counts()).units
    ours = [overall(units)[0], finding(units)[0], naming(units)[0]]
    assert ours == pytest.approx(slow_units(it), abs=1e-9, nan_ok=True)


NESTED = {101: [(1, "a", ((0, 10),)), (1, "b", ((2, 4),))], 102: [(1, "a", ((0, 10),))]}


def test_the_shorter_mark_counts_unless_there_is_a_priority() -> None:
    shorter = everything(made({1: 10}, NESTED, "a b").counts()).units
    assert shorter.flat[0].tolist() == [18, 2, 0]
    assert shorter.squares[0] == 4 + 4 + 36 + 100
    first = everything(made({1: 10}, NESTED, "a b", priority="a b").counts()).units
    assert first.flat[0].tolist() == [20, 0, 0]
    assert first.squares[0] == 200
