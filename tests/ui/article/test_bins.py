"""The numbers behind the overview strip."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.article.geometry.bins import BINS, Bins, near, runs
from annotator.ui.article.geometry.drawn import Drawn

LENGTH = 5000
SPAN = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 900)).map(
    lambda s: (s[0], min(s[0] + s[1], LENGTH))
)
MARKS = st.lists(st.tuples(st.integers(1, 6), st.sampled_from("abc"), st.none() | SPAN))


def drawn(id: int, kind: str, span: tuple[int, int]) -> Drawn:
    return Drawn(id, kind, (span,), "")


def all_of(bins: Bins) -> Bins:
    while bins.advance(2):
        pass
    return bins


@given(MARKS, MARKS)
def test_bins_say_what_counting_every_mark_says(
    first: list[tuple[int, str, tuple[int, int] | None]],
    later: list[tuple[int, str, tuple[int, int] | None]],
) -> None:
    there = {id: drawn(id, kind, span) for id, kind, span in first if span}
    bins = Bins(LENGTH, list(there.values()))
    for number, (id, kind, span) in enumerate(later):
        if number == len(later) // 2:
            bins.advance(2)  # some are filed only after they have changed
        if span is None:
            bins.drop(id)
            there.pop(id, None)
        else:
            there[id] = drawn(id, kind, span)
            bins.put(there[id])
    all_of(bins)
    for kind in "abc":
        expected = [0] * BINS
        for mark in there.values():
            if mark.kind == kind:
                for bin in range(bins.bin_of(mark.start), bins.bin_of(mark.end - 1) + 1):
                    expected[bin] += 1
        assert (bins.marks(kind) or [0] * BINS) == expected


def test_statements_stand_where_they_are_said_to() -> None:
    places: dict[int, int | None] = {1: 0, 2: LENGTH - 1, 3: None}
    bins = all_of(Bins(LENGTH, (), [1, 2, 3], lambda id: places[id]))
    assert [n for n, count in enumerate(bins.unfinished()) if count] == [0, BINS - 1]
    places[1], places[3] = None, 2500
    bins.place(1)
    bins.place(3)
    assert [n for n, count in enumerate(bins.unfinished()) if count] == [512, BINS - 1]


def test_hits_are_replaced() -> None:
    bins = Bins(LENGTH)
    bins.set_hits([(0, 4), (LENGTH - 1, LENGTH)])
    assert [n for n, count in enumerate(bins.hits()) if count] == [0, BINS - 1]
    bins.set_hits([])
    assert not any(bins.hits())


@given(st.lists(st.integers(0, 2), min_size=BINS, max_size=BINS), st.integers(1, 3000))
def test_runs_are_apart_inside_and_cover_every_bin(counts: list[int], height: int) -> None:
    found = runs(counts, height)
    assert all(0 <= top < top + rows <= height for top, rows in found)
    assert all(a + rows < b for (a, rows), (b, _) in pairwise(found))
    shown = {row for top, rows in found for row in range(top, top + rows)}
    assert {n * height // BINS for n, count in enumerate(counts) if count} <= shown


def test_a_run_can_be_seen_and_pointed_at() -> None:
    counts = [0] * BINS
    counts[512] = 3
    assert runs(counts, 100) == [(50, 2)]
    assert near(counts, 50, 100) == 3
    assert near(counts, 60, 100) == 0
