"""The figures on marks as a whole: bounds, symmetry, missing work, intervals, what is kept."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.agreement.bootstrap import Resamples, intervals, weights
from annotator.analysis.agreement.counts import count, keep, read_kept
from annotator.analysis.agreement.coverage import coverage
from annotator.analysis.agreement.figure import Excluded, Figure
from annotator.analysis.agreement.mark_figures import compared, figures_over, mark_figures
from annotator.analysis.agreement.sample import pieces_of, sample_of
from annotator.analysis.agreement.statement_counts import VERSION, StatementCounts
from annotator.analysis.agreement.statement_tables import statement_tables
from annotator.analysis.agreement.worst import worst_first
from annotator.core.model import Mark
from tests.analysis.samples import Made, a_mark, made, reordered, samples


def figures(it: Made, resamples: int = 20) -> list[Figure]:
    return mark_figures(it.sample, it.counts(), resamples)


def values(found: list[Figure]) -> dict[object, float | None]:
    return {(f.measure, f.of, f.layers): f.value for f in found}


@settings(max_examples=50)
@given(samples())
def test_every_figure_has_a_value_within_bounds_or_says_why_not(it: Made) -> None:
    for figure in figures(it):
        assert (figure.value is None) == bool(figure.undefined)
        if figure.value is not None:
            assert figure.value <= 1 + 1e-12
            assert figure.value >= (0 if figure.measure.startswith(("f1", "found")) else -1)
            assert figure.units
        if figure.interval:
            assert figure.interval.low <= figure.interval.high
            assert figure.interval.high <= 1 + 1e-12


@settings(max_examples=50)
@given(samples(layers=2))
def test_a_layer_agrees_with_itself(it: Made) -> None:
    own = [m for m in it.marks if m.layer == 101]
    twin = [a_mark(99 - m.id, m.article, 102, m.kind, _spans(m)) for m in own]
    for figure in figures(Made(it.sample, (*own, *twin))):
        assert figure.value is None or figure.value == pytest.approx(1, abs=1e-12)


def _spans(mark: Mark) -> tuple[tuple[int, int], ...]:
    return tuple((f.start, f.end) for f in mark.fragments)


@settings(max_examples=50)
@given(samples())
def test_it_makes_no_difference_who_comes_first(it: Made) -> None:
    back = sample_of(
        dict(zip(it.sample.articles, it.sample.lengths.tolist(), strict=True)),
        it.sample.layers[::-1],
        it.sample.kinds,
        {
            (article, layer)
            for row, article in enumerate(it.sample.articles)
            for column, layer in enumerate(it.sample.layers)
            if it.sample.finished[row, column]
        },
    )
    there = {(f.measure, f.of, f.layers): f.value for f in figures(it)}
    for figure in figures(Made(back, it.marks)):
        key = figure.measure, figure.of, figure.layers
        same = there[key] if key in there else there[figure.measure, figure.of, key[2][::-1]]
        assert figure.value == pytest.approx(same, abs=1e-12)


@settings(max_examples=50)
@given(samples(), st.randoms())
def test_the_order_of_articles_makes_no_difference(it: Made, random: Random) -> None:
    rows = list(range(len(it.sample.articles)))
    random.shuffle(rows)
    for one, other in zip(figures(it), figures(reordered(it, np.array(rows))), strict=True):
        assert one.value == pytest.approx(other.value, abs=1e-12)
        assert (one.interval is None) == (other.interval is None)
        if one.interval and other.interval:
            assert one.interval.low == pytest.approx(other.interval.low, abs=1e-12)
            assert one.interval.high == pytest.approx(other.interval.high, abs=1e-12)


@settings(max_examples=50)
@given(samples())
def test_an_article_not_done_by_two_changes_nothing(it: Made) -> None:
    enough = np.flatnonzero(it.sample.observers >= 2)
    for one, other in zip(figures(it), figures(reordered(it, enough)), strict=True):
        assert one.value == pytest.approx(other.value, abs=1e-12)


@settings(max_examples=50)
@given(samples())
def test_what_is_kept_comes_back_and_one_article_can_be_replaced(it: Made) -> None:
    counts = it.counts()
    again = read_kept(list(keep(counts)), len(it.sample.layers), len(it.sample.kinds))
    assert mark_figures(it.sample, again, 0) == mark_figures(it.sample, counts, 0)
    fewer = tuple(m for m in it.marks if m.article != 1)
    alone = it.sample.only([0])
    old = Made(it.sample, fewer).counts()
    mended = old.replaced(0, count(alone, pieces_of(it.marks, alone)))
    assert mark_figures(it.sample, mended, 0) == mark_figures(it.sample, counts, 0)


def test_what_was_kept_of_other_layers_is_refused() -> None:
    it = made({1: 9}, {101: [], 102: []}, "a b")
    kept = list(keep(it.counts()))
    for layers, kinds in ((3, 2), (2, 3)):
        with pytest.raises(ValueError, match="other layers, kinds"):
            read_kept(kept, layers, kinds)
    with pytest.raises(ValueError, match="no counts"):
        read_kept([b"\xc1"], 2, 2)


def test_without_a_single_article_there_are_no_counts() -> None:
    assert len(read_kept([], 2, 2)) == 0
    it = made({}, {101: [], 102: []}, "a")
    assert {f.undefined for f in figures(it)} == {
        "No article was finished by both.",
        "No article was finished by two.",
    }


def test_undefined_says_why() -> None:
    it = made(
        {1: 9, 2: 5}, {101: [(1, "a", ((0, 2),))], 102: [(1, "a", ((4, 6),))], 103: []}, "a b"
    )
    found = {(f.measure, f.of, f.layers): f.undefined for f in figures(it)}
    assert found["f1.exact", "b", (101, 102)] == "Neither marked any."
    assert found["found.exact", "a", (103, 101)] == "The first marked none."
    assert found["alpha.kind", "b", (101, 102, 103)].startswith("There is no variation")
    assert found["alpha.naming", "", (101, 102, 103)] == "No two have a unit in the same place."


def test_missing_is_not_empty() -> None:
    """A layer that has not finished an article is not there; one that found nothing is."""
    marks = {101: [(1, "a", ((0, 4),))], 102: [(1, "a", ((0, 4),))], 103: []}
    three = {(1, 101), (1, 102), (1, 103)}
    alpha = "alpha.kind", "a", (101, 102, 103)
    assert values(figures(made({1: 8}, marks, "a", three - {(1, 103)})))[alpha] == 1
    # 24 judgements, 8 of them covered; four characters with two coincidences that differ each.
    worse = 1 - 23 * 8 / (2 * 8 * 16)
    assert values(figures(made({1: 8}, marks, "a", three)))[alpha] == pytest.approx(worse)


def test_the_interval_is_that_of_figures_computed_anew() -> None:
    """Draw the articles that the weights say, as articles of their own, and count from scratch."""
    rng = np.random.default_rng(7)
    layers: dict[int, list[tuple[int, str, tuple[tuple[int, int], ...]]]] = {101: [], 102: []}
    for article in range(1, 7):
        for own in layers.values():
            for at in range(0, 30, 10):
                start = at + int(rng.integers(4))
                own.append((article, "ab"[at // 10 % 2], ((start, start + 5),)))
    it = made(dict.fromkeys(range(1, 7), 40), layers, "a b")
    drawn = weights(it.sample.articles, it.sample.observers >= 2, 40)
    assert (drawn.sum(axis=1) == 6).all()
    anew: dict[object, list[float]] = {}
    for times in drawn.astype(int):
        copies = [row for row, n in enumerate(times) for _ in range(n)]
        lengths = dict.fromkeys(range(1, 7), 40)
        copied = {
            layer: [
                (copy + 1, m.kind, _spans(m))
                for copy, row in enumerate(copies)
                for m in it.marks
                if (m.layer, m.article) == (layer, row + 1)
            ]
            for layer in layers
        }
        for key, value in values(figures(made(lengths, copied, "a b"), 0)).items():
            anew.setdefault(key, []).append(np.nan if value is None else value)
    for figure in figures(it, 40):
        low, high = np.nanpercentile(anew[figure.measure, figure.of, figure.layers], [2.5, 97.5])
        assert figure.interval is not None
        assert (figure.interval.low, figure.interval.high) == pytest.approx((low, high), abs=1e-9)


def test_resamples_without_a_value_are_left_out_and_counted() -> None:
    sampled = np.array([[0.5, np.nan], [np.nan, np.nan], [0.7, np.nan]])
    low, high = np.percentile([0.5, 0.7], [2.5, 97.5])
    first, second = intervals(sampled)
    assert first is not None
    assert (first.low, first.high) == pytest.approx((low, high))
    assert first.resamples == 2
    assert second is None


def test_few_changed_articles_are_added_up_as_all_of_them_would_be() -> None:
    """Thirds among them, which leave something behind when they are taken away again."""
    draw = np.random.default_rng(7)
    numbers = draw.integers(0, 9, size=(40, 6)) / 3
    numbers[:, 5] = 0
    numbers[[3, 8, 21, 30], 5] = [1 / 3, 7 / 3, 1 / 5, 8 / 3]
    kept = Resamples(range(40), 50)
    before = kept.sums("some", numbers)
    for row in (3, 17, 8, 30, 21):
        numbers = numbers.copy()
        numbers[row] = [*draw.integers(0, 9, size=5) / 3, 0]
        moved = kept.sums("some", numbers)
        anew = Resamples(range(40), 50).sums("some", numbers)
        assert moved == pytest.approx(anew, abs=1e-12)
    assert (moved[:, 5] == 0).all()
    assert kept.sums("some", numbers) is moved
    assert kept.sums("others", numbers) is not moved
    assert (before != moved).any()
    many = draw.integers(0, 9, size=(40, 6)).astype(float)
    assert (kept.sums("some", many) == Resamples(range(40), 50).sums("some", many)).all()
    assert len(Resamples([5], 50)) == 0


def test_figures_with_kept_resamples_are_those_with_new_ones() -> None:
    layers = {
        layer: [(a, "ab"[a % 2], ((layer % 7 + a, layer % 7 + a + 4),)) for a in range(1, 13)]
        for layer in (101, 102, 103, 104)
    }
    it = made(dict.fromkeys(range(1, 13), 30), layers, "a b")
    kept = Resamples(compared(it.sample), 60)
    figures_over(it.sample, it.counts(), kept)
    less = Made(it.sample, tuple(m for m in it.marks if (m.article, m.layer) != (5, 102)))
    found = figures_over(less.sample, less.counts(), kept)
    for one, other in zip(found, mark_figures(less.sample, less.counts(), 60), strict=True):
        assert (one.measure, one.of, one.layers) == (other.measure, other.of, other.layers)
        assert one.value == pytest.approx(other.value, abs=1e-12)
        assert (one.interval is None) == (other.interval is None)
        if one.interval and other.interval:
            assert one.interval.resamples == other.interval.resamples
            ours, theirs = (one.interval.low, one.interval.high), other.interval
            assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_one_article_has_no_interval() -> None:
    it = made({1: 9}, {101: [(1, "a", ((0, 2),))], 102: [(1, "a", ((0, 3),))]}, "a")
    assert {f.interval for f in figures(it)} == {None}


def test_coverage_says_what_there_is_and_what_is_left_out() -> None:
    it = made(
        {1: 9, 2: 9, 3: 9},
        {101: [(1, "a", ((0, 1), (3, 4))), (2, "a", ((0, 2),))], 102: [(1, "b", ((0, 2),))]},
        "a b",
        {(1, 101), (1, 102), (2, 101)},
    )
    found = coverage(it.sample, it.pieces, implied=4)
    assert found.by_observers == {0: 1, 1: 1, 2: 1}
    assert [layer.articles for layer in found.layers] == [2, 1]
    assert [layer.marks for layer in found.layers] == [{"a": 1, "b": 0}, {"a": 0, "b": 1}]
    assert found.pairs == {(101, 102): 1}
    assert Counter({e.what: e.count for e in found.excluded[:2]}) == {"articles": 2, "marks": 1}
    assert Excluded(4, "marks", "implied: they have no place in the text") in found.excluded
    (figure,) = (f for f in figures(it) if (f.measure, f.of) == ("alpha.sets", ""))
    assert (figure.articles, figure.units) == (1, 18)
    assert figure.excluded == (Excluded(2, "articles", "not finished by two"),)


def test_the_worst_article_comes_first() -> None:
    same = [(article, "a", ((0, 5),)) for article in (1, 3)]
    it = made(
        {1: 9, 2: 9, 3: 9, 4: 9},
        {
            101: [*same, (2, "a", ((0, 2),))],
            102: [*same[:1], (2, "a", ((5, 7),)), (3, "a", ((0, 4),))],
        },
        "a",
    )
    silent = [StatementCounts(VERSION, id, (), {}, 0) for id in it.sample.articles]
    said = statement_tables(it.sample.layers, silent)
    found = worst_first(it.sample, it.counts(), said)
    assert [one.article for one in found] == [2, 3, 1, 4]
    assert [one.f1 for one in found] == [0, 1, 1, None]
    assert found[1].characters == pytest.approx(8 / 9)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="At most"):
        sample_of({1: 5}, (101, 102), [str(k) for k in range(61)], [])
    with pytest.raises(ValueError, match="too long"):
        sample_of({1: 1 << 31}, (101, 102), ["a"], [])
    with pytest.raises(ValueError, match="priority"):
        sample_of({1: 5}, (101, 102), ["a"], [], ["b"])
