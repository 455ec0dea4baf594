"""Networks against their formulas worked by hand, and against properties they must have."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.network import (
    Counts,
    OneModeNorm,
    Taken,
    Tie,
    one_mode,
    period_of,
    two_mode,
    without_repetition,
)

A, B, C = 1, 2, 3
PEACE, TALKS = 11, 12


def taken(actor: int, issue: int, stance: int | None, article: int = 1, day: str = "") -> Taken:
    return Taken(actor, issue, stance, article, day)


def counts(said: list[Taken], scale: tuple[int, ...] = (-1, 1)) -> Counts:
    found = Counts(scale)
    for one in said:
        found.add(one)
    return found


# A is twice for peace and once against talks; B once for peace, once against it; C against talks.
SAID = [
    taken(A, PEACE, 1),
    taken(A, PEACE, 1),
    taken(A, TALKS, -1),
    taken(B, PEACE, 1),
    taken(B, PEACE, -1),
    taken(C, TALKS, -1),
]


def weights(tie: Tie, norm: OneModeNorm = "none") -> dict[tuple[int, int], float]:
    return {(e.first, e.second): e.weight for e in one_mode(counts(SAID), tie, norm)}


def test_the_sums_are_those_of_the_formulas() -> None:
    assert weights("affiliation") == {(A, B): 4, (A, C): 1}
    assert weights("congruence") == {(A, B): 2, (A, C): 1}
    assert weights("conflict") == {(A, B): 2}
    assert weights("subtract") == {(A, B): 0, (A, C): 1}


def test_average_divides_by_the_mean_of_the_totals() -> None:
    assert weights("congruence", "average") == {(A, B): 2 / 2.5, (A, C): 1 / 2}


def test_jaccard_divides_by_what_one_or_both_say() -> None:
    # A and B: both say peace+ (2·1); A alone talks− (1); B alone peace− (1).
    assert weights("congruence", "jaccard") == {(A, B): 2 / 4, (A, C): 1 / 3}


def test_cosine_divides_by_the_lengths_of_the_vectors() -> None:
    found = weights("congruence", "cosine")
    assert found[A, B] == pytest.approx(2 / (math.sqrt(5) * math.sqrt(2)))
    assert found[A, C] == pytest.approx(1 / math.sqrt(5))


def test_steps_of_a_scale_are_as_near_as_they_are() -> None:
    said = [taken(A, PEACE, 2), taken(B, PEACE, 1)]
    (edge,) = one_mode(counts(said, (-2, -1, 0, 1, 2)), "subtract", "none")
    assert (edge.congruence, edge.conflict, edge.weight) == (0.75, 0.25, 0.5)


@given(st.lists(st.builds(taken, st.integers(1, 4), st.integers(1, 3), st.integers(-2, 2))))
def test_congruence_and_conflict_add_up_to_affiliation(said: list[Taken]) -> None:
    found = counts(said, (-2, -1, 0, 1, 2))
    together = {(e.first, e.second): e.weight for e in one_mode(found, "affiliation", "none")}
    for edge in one_mode(found, "subtract", "none"):
        assert edge.congruence + edge.conflict == pytest.approx(together[edge.first, edge.second])
    for edge in one_mode(found, "congruence", "cosine"):
        assert 0 < edge.weight <= 1 + 1e-9


@given(st.lists(st.builds(taken, st.integers(1, 4), st.integers(1, 3), st.integers(-2, 2))))
def test_activity_and_prominence_are_shares(said: list[Taken]) -> None:
    found = counts(said, (-2, -1, 0, 1, 2))
    rows: dict[int, float] = {}
    for on in two_mode(found, False, "activity"):
        rows[on.actor] = rows.get(on.actor, 0) + on.weight
    columns: dict[int, float] = {}
    for on in two_mode(found, False, "prominence"):
        columns[on.issue] = columns.get(on.issue, 0) + on.weight
    assert all(total == pytest.approx(1) for total in (*rows.values(), *columns.values()))


def test_two_modes_count_and_subtract() -> None:
    assert [(o.actor, o.issue, o.weight) for o in two_mode(counts(SAID), False, "none")] == [
        (A, PEACE, 2),
        (A, TALKS, 1),
        (B, PEACE, 2),
        (C, TALKS, 1),
    ]
    assert [o.weight for o in two_mode(counts(SAID), True, "none")] == [2, -1, 0, -1]


def test_an_issue_that_counts_once_still_has_all_its_stances() -> None:
    every = [taken(A, PEACE, -2), taken(A, PEACE, -1), taken(A, PEACE, None), taken(B, PEACE, -2)]
    once = counts(list(without_repetition(every, "document", by_stance=False)), (-2, 0, 2))
    said = counts(list(without_repetition(every, "document", by_stance=True)), (-2, 0, 2))
    (a, b) = two_mode(once, False, "none", said)
    assert (a.weight, a.count, a.mean, a.stances) == (1, 1, -1.5, {-2: 1, -1: 1, None: 1})
    assert (b.weight, b.count, b.mean, b.stances) == (1, 1, -2, {-2: 1})
    (tie,) = one_mode(once, "affiliation", "none", said)
    assert (tie.weight, tie.congruence, tie.conflict) == (1, 1.75, 0.25)


def test_what_has_no_stance_is_neither_congruent_nor_in_conflict() -> None:
    said = [taken(A, PEACE, None), taken(B, PEACE, 1)]
    assert list(one_mode(counts(said), "subtract", "none")) == []
    assert [e.weight for e in one_mode(counts(said), "affiliation", "none")] == [1]


@pytest.mark.parametrize(
    ("day", "week", "month", "year"),
    [
        ("2025-08-24", (2025, 34), (2025, 8), (2025,)),
        ("2024-12-30", (2025, 1), (2024, 12), (2024,)),
        ("2021-01-01T10:00", (2020, 53), (2021, 1), (2021,)),
        ("2025-08", None, (2025, 8), (2025,)),
        ("2025", None, None, (2025,)),
        ("", None, None, None),
        ("soon", None, None, None),
        ("2025-13-01", None, None, None),
    ],
)
def test_weeks_and_months_are_those_of_a_year(
    day: str,
    week: tuple[int, ...] | None,
    month: tuple[int, ...] | None,
    year: tuple[int, ...] | None,
) -> None:
    assert period_of(day, "week") == week
    assert period_of(day, "month") == month
    assert period_of(day, "year") == year


def test_the_same_said_again_counts_once_within_its_period() -> None:
    said = [
        taken(A, PEACE, 1, 1, "2024-08-24"),
        taken(A, PEACE, 1, 1, "2024-08-24"),
        taken(A, PEACE, -1, 1, "2024-08-24"),
        taken(A, PEACE, 1, 2, "2024-08-25"),
        taken(A, PEACE, 1, 3, "2025-08-24"),
    ]

    def kept(period: object, by_stance: bool = True) -> int:
        return len(list(without_repetition(said, period, by_stance)))  # type: ignore[arg-type]

    assert kept("none") == 5
    assert kept("document") == 4
    assert kept("document", by_stance=False) == 3
    assert kept("month") == 3  # August 2024 and August 2025 are two
    assert kept("year") == 3
    assert kept("week") == 3
