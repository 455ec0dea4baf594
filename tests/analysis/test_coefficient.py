"""The coefficients against published worked examples and independent libraries.

The examples were compared with how other projects quote them in their tests: those of
Krippendorff in three that do not know of each other and in the R package icr, those of Cohen and
of Artstein and Poesio in DKPro Statistics, which gives the pages.
"""

from __future__ import annotations

import math

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from annotator.analysis.agreement.coefficient import (
    alpha_interval,
    alpha_nominal,
    alpha_ordinal,
    f1,
    kappa,
)

MISSING = -1


def coincidences(data: list[list[int]], values: list[int]) -> NDArray[np.float64]:
    """The coincidence matrix of coders by units."""
    table = np.zeros((len(values), len(values)))
    for unit in zip(*data, strict=True):
        held = [values.index(one) for one in unit if one != MISSING]
        for i, one in enumerate(held):
            for j, other in enumerate(held):
                if i != j:
                    table[one, other] += 1 / (len(held) - 1)
    return table


def nominal(data: list[list[int]]) -> float:
    table = coincidences(data, sorted({v for row in data for v in row if v != MISSING}))
    return float(alpha_nominal(table.sum() - np.trace(table), table.sum(axis=1)))


def ordinal(data: list[list[int]]) -> float:
    return float(alpha_ordinal(coincidences(data, scale(data))))


def interval(data: list[list[int]]) -> float:
    values = np.array(scale(data), dtype=float)
    table = coincidences(data, scale(data))
    far = (values[:, None] - values[None, :]) ** 2
    n = table.sum(axis=1)
    return float(
        alpha_interval((table * far).sum(), n.sum(), (n * values).sum(), (n * values**2).sum())
    )


def scale(data: list[list[int]]) -> list[int]:
    return sorted({v for row in data for v in row if v != MISSING})


BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
"""Krippendorff 2011, section A: two observers, ten units."""
LETTERS = [[ord(c) for c in "aabbdcccedda"], [ord(c) for c in "babbbccceddd"]]
"""Krippendorff 2011, section B: two observers, twelve units, five values."""
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, -1, -1, -1],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, -1, 3],
    [-1, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, -1],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, -1],
]
"""Krippendorff 2011, sections C and D: four observers, seven values missing."""


def test_krippendorff_2011() -> None:
    """He gives three digits; the others are those of the library krippendorff."""
    assert nominal(BINARY) == pytest.approx(0.095, abs=5e-4)
    assert nominal(LETTERS) == pytest.approx(0.692, abs=5e-4)
    assert nominal(FOUR) == pytest.approx(0.743421, abs=5e-7)
    assert ordinal(FOUR) == pytest.approx(0.815388, abs=5e-7)
    assert interval(FOUR) == pytest.approx(0.849107, abs=5e-7)


def of_table(table: list[list[int]]) -> tuple[list[int], list[int]]:
    """The choices of two coders from how often they made each two."""
    cells = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return [i for i, _ in cells], [j for _, j in cells]


def kappa_of(table: list[list[int]]) -> float:
    counts = np.array(table)
    return float(kappa(np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)))


COHEN = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
"""Cohen 1960, page 45: 200 cases by two judges."""
DIALOGUE = [[20, 20], [10, 50]]
"""Artstein and Poesio 2008, page 558: 100 utterances, statements and requests."""
DIALOGUE_THREE = [[46, 6, 0], [0, 32, 0], [0, 6, 10]]
"""Artstein and Poesio 2008, page 568: the same with checks as a third kind."""


def test_cohen_1960() -> None:
    """DKPro Statistics (Cohen1960Test) has the same table turned round, and 0.492."""
    assert kappa_of(COHEN) == pytest.approx(0.492, abs=5e-4)


def test_artstein_and_poesio_2008() -> None:
    """DKPro Statistics (ArtsteinPoesio2008Test) has the same tables, and 0.348 and 0.801."""
    assert kappa_of(DIALOGUE) == pytest.approx(0.348, abs=5e-4)
    assert kappa_of(DIALOGUE_THREE) == pytest.approx(0.801, abs=5e-4)


def test_alpha_of_two_coders_is_pi_with_a_small_correction() -> None:
    """Artstein and Poesio give pi as 0.341 and 0.799; alpha is pi + (1 - pi) / values."""
    for table, pi in ((DIALOGUE, 0.341), (DIALOGUE_THREE, 0.799)):
        one, other = of_table(table)
        assert nominal([one, other]) == pytest.approx(pi + (1 - pi) / 200, abs=1e-3)


def test_f1_is_twice_what_both_have_by_what_each_has() -> None:
    both, one, other = np.array([[3, 4, 0], [4, 4, 2], [5, 4, 3]])
    assert f1(both, one, other) == pytest.approx([2 / 3, 1, 0])


def test_one_of_two_who_marks_nothing() -> None:
    """Of 20 units one marks ten and the other none: worse than chance."""
    assert nominal([[1] * 10 + [0] * 10, [0] * 20]) == pytest.approx(-0.30, abs=1e-12)


def test_without_variation_there_is_no_value() -> None:
    assert math.isnan(nominal([[1, 1, 1], [1, 1, 1]]))
    assert math.isnan(ordinal([[1, 1, 1], [1, 1, 1]]))
    assert math.isnan(interval([[1, 1, 1], [1, 1, 1]]))
    assert math.isnan(kappa_of([[5, 0], [0, 0]]))
    assert math.isnan(f1(*np.zeros(3)))


@st.composite
def codings(draw: st.DrawFn) -> list[list[int]]:
    units = draw(st.integers(2, 8))
    value = st.integers(-1, 4)
    return draw(st.lists(st.lists(value, min_size=units, max_size=units), min_size=2, max_size=5))


@given(codings())
def test_alpha_is_that_of_the_library_krippendorff(data: list[list[int]]) -> None:
    known = np.where(np.array(data) == MISSING, np.nan, np.array(data, dtype=float))
    pairable = known[:, (~np.isnan(known)).sum(axis=0) >= 2]
    assume(len(np.unique(pairable[~np.isnan(pairable)])) > 1)
    theirs = [
        krippendorff.alpha(reliability_data=pairable, level_of_measurement="nominal"),
        krippendorff.alpha(reliability_data=pairable, level_of_measurement="ordinal"),
        krippendorff.alpha(reliability_data=pairable, level_of_measurement="interval"),
    ]
    assert [nominal(data), ordinal(data), interval(data)] == pytest.approx(theirs, abs=1e-9)


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3))
def test_kappa_is_that_of_scikit_learn(table: list[list[int]]) -> None:
    one, other = of_table(table)
    assume(len(set(one) | set(other)) > 1)
    assert kappa_of(table) == pytest.approx(cohen_kappa_score(one, other), abs=1e-9)
