"""Agreement on spans, against plain pairing and nervaluate."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from nervaluate import Evaluator

from annotator.analysis.agreement.spans import RULES, found_by, span_f1
from annotator.core.model import Mark
from tests.analysis.samples import Made, Spans, everything, made, samples

Key = tuple[int, str, Spans]


def keys(it: Made, layer: int) -> set[Key]:
    """What one layer has, each once."""
    return {
        (m.article, m.kind, tuple((f.start, f.end) for f in m.fragments))
        for m in it.counted()
        if m.layer == layer
    }


def characters(key: Key) -> set[tuple[int, str, int]]:
    return {(key[0], key[1], at) for start, end in key[2] for at in range(start, end)}


def partners(one: Key, other: Key, rule: str) -> bool:
    mine, theirs = characters(one), characters(other)
    if rule == "exact":
        return one == other
    if rule == "overlap":
        return bool(mine & theirs)
    return 2 * len(mine & theirs) >= len(mine | theirs)


def most_pairs(ones: list[Key], others: list[Key], rule: str) -> int:
    """By augmenting paths, one after the other."""
    held: dict[int, int] = {}

    def placed(one: int, tried: set[int]) -> bool:
        for other, key in enumerate(others):
            if other not in tried and partners(ones[one], key, rule):
                tried.add(other)
                if other not in held or placed(held[other], tried):
                    held[other] = one
                    return True
        return False

    return sum(placed(one, set()) for one in range(len(ones)))


@settings(max_examples=50)
@given(samples(complete=True))
def test_partners_are_found_as_one_would_by_hand(it: Made) -> None:
    total = everything(it.counts()).spans
    for pair, (a, b) in enumerate(combinations(it.sample.layers, 2)):
        for index, kind in enumerate((*it.sample.kinds, None)):
            one = sorted(k for k in keys(it, a) if kind in (None, k[1]))
            other = sorted(k for k in keys(it, b) if kind in (None, k[1]))
            for rule in RULES:
                both = most_pairs(one, other, rule)
                score = span_f1(total, rule)[0, pair, index]
                there, back = (part[0, pair, index] for part in found_by(total, rule))
                assert score == expected(2 * both, len(one) + len(other))
                assert (there, back) == (expected(both, len(one)), expected(both, len(other)))
            met = sum(any(partners(k, o, "overlap") for o in other) for k in one)
            assert found_by(total, "any")[0][0, pair, index] == expected(met, len(one))


def expected(above: int, below: int) -> object:
    return pytest.approx(above / below if below else float("nan"), abs=1e-9, nan_ok=True)


@given(samples(complete=True, layers=2))
def test_exact_partners_are_those_of_nervaluate(it: Made) -> None:
    """It lets a span meet whatever it overlaps first, and does not know fragments. So: one kind
    at a time, and only marks of one fragment that overlap none of their own layer."""
    whole = Made(it.sample, apart(it.marks))
    spans = whole.counts().spans
    total = everything(whole.counts()).spans
    for index, kind in enumerate(it.sample.kinds):
        sides = [entities(whole, layer, kind) for layer in it.sample.layers]
        strict = Evaluator(*sides, tags=[kind], loader="dict").evaluate()["overall"]["strict"]
        assert strict.possible == spans.one[:, 0, index].sum()
        assert strict.actual == spans.other[:, 0, index].sum()
        assert strict.correct == spans.exact[:, 0, index].sum()
        if strict.possible + strict.actual:
            assert span_f1(total, "exact")[0, 0, index] == pytest.approx(strict.f1, abs=1e-9)


def apart(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Marks of one fragment that share no character with an earlier one of layer and kind."""
    kept: list[Mark] = []
    for mark in marks:
        same = [
            m for m in kept if (m.layer, m.article, m.kind) == (mark.layer, mark.article, mark.kind)
        ]
        piece, *more = mark.fragments
        if not more and all(
            m.fragments[0].end <= piece.start or piece.end <= m.fragments[0].start for m in same
        ):
            kept.append(mark)
    return tuple(kept)


def entities(it: Made, layer: int, kind: str) -> list[list[dict[str, object]]]:
    """By article, as nervaluate wants them; its ends are the last characters."""
    found = sorted(key for key in keys(it, layer) if key[1] == kind)
    return [
        [
            {"label": kind, "start": key[2][0][0], "end": key[2][0][1] - 1}
            for key in found
            if key[0] == article
        ]
        for article in it.sample.articles
    ]


def test_the_toy_example() -> None:
    it = made(
        {1: 30},
        {
            101: [(1, "claim", ((0, 10),)), (1, "claim", ((12, 20),)), (1, "speaker", ((22, 26),))],
            102: [(1, "claim", ((0, 10),)), (1, "claim", ((13, 20),)), (1, "speaker", ((27, 30),))],
        },
        "claim speaker",
    )
    spans = it.counts().spans
    assert spans.exact[0, 0].tolist() == [1, 0]
    assert spans.overlap[0, 0].tolist() == [2, 0]
    assert spans.iou50[0, 0].tolist() == [2, 0]


def test_what_a_layer_has_twice_counts_once() -> None:
    twice = [(1, "a", ((0, 3), (5, 6))), (1, "a", ((0, 3), (5, 6)))]
    spans = made({1: 9}, {101: twice, 102: twice[:1]}, "a").counts().spans
    assert (spans.one[0, 0, 0], spans.other[0, 0, 0], spans.exact[0, 0, 0]) == (1, 1, 1)


def test_one_long_mark_has_one_partner_among_two_short_ones() -> None:
    long, short = [(1, "a", ((0, 9),))], [(1, "a", ((0, 4),)), (1, "a", ((5, 9),))]
    spans = made({1: 9}, {101: long, 102: short}, "a").counts().spans
    assert spans.overlap[0, 0, 0] == 1
    assert (spans.one_met[0, 0, 0], spans.other_met[0, 0, 0]) == (1, 2)
