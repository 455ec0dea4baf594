"""Agreement on characters, against the same judged one by one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from sklearn.metrics import cohen_kappa_score

from annotator.analysis.agreement.characters import (
    character_f1,
    characters_found,
    kind_alpha,
    kind_kappa,
    set_alpha,
)
from tests.analysis.samples import Made, everything, judgements, made, samples

Judged = frozenset[str]


def same(ours: float, theirs: float | None) -> bool:
    return bool(np.isnan(ours)) if theirs is None else ours == pytest.approx(theirs, abs=1e-9)


def library_alpha(it: Made, value: Callable[[Judged], object]) -> float | None:
    """By the library, over all characters of all articles that two finished."""
    known: dict[object, int] = {}
    columns: list[list[float]] = [[] for _ in it.sample.layers]
    for row, article in enumerate(it.sample.articles):
        if it.sample.observers[row] < 2:
            continue
        judged = iter(judgements(it, article))
        for column, done in enumerate(it.sample.finished[row]):
            missing = [np.nan] * int(it.sample.lengths[row])
            columns[column] += (
                [float(known.setdefault(value(j), len(known))) for j in next(judged)]
                if done
                else missing
            )
    if len(known) < 2:
        return None
    return float(krippendorff.alpha(np.array(columns), level_of_measurement="nominal"))


@given(samples())
def test_alpha_is_that_of_the_library_on_every_character(it: Made) -> None:
    total = everything(it.counts())
    ours = kind_alpha(total.characters)[0]
    for index, kind in enumerate(it.sample.kinds):
        theirs = library_alpha(it, lambda judged, kind=kind: kind in judged)  # type: ignore[misc]
        assert same(ours[index], theirs)
    assert same(set_alpha(total.characters, total.sets)[0], library_alpha(it, lambda j: j))


@given(samples(complete=True))
def test_pairs_are_counted_as_one_would_by_hand(it: Made) -> None:
    total = everything(it.counts()).characters
    scores, kappas = character_f1(total)[0], kind_kappa(total)[0]
    there, back = (part[0] for part in characters_found(total))
    by_article = [judgements(it, article) for article in it.sample.articles]
    for pair, (a, b) in enumerate(combinations(range(len(it.sample.layers)), 2)):
        one = [j for judged in by_article for j in judged[a]]
        other = [j for judged in by_article for j in judged[b]]
        for index, kind in enumerate(it.sample.kinds):
            has, meets = [kind in j for j in one], [kind in j for j in other]
            both = sum(x and y for x, y in zip(has, meets, strict=True))
            marked = sum(has) + sum(meets)
            assert same(scores[pair, index], 2 * both / marked if marked else None)
            assert same(there[pair, index], both / sum(has) if sum(has) else None)
            assert same(back[pair, index], both / sum(meets) if sum(meets) else None)
            varied = len({*has, *meets}) > 1
            assert same(kappas[pair, index], cohen_kappa_score(has, meets) if varied else None)


def test_the_last_row_and_column_put_pairs_and_kinds_together() -> None:
    it = made(
        {1: 10},
        {101: [(1, "a", ((0, 4),)), (1, "b", ((4, 6),))], 102: [(1, "a", ((2, 6),))], 103: []},
        "a b",
    )
    scores = character_f1(everything(it.counts()).characters)[0]
    assert scores[0] == pytest.approx([4 / 8, 0, 4 / 10])
    assert scores[3, 2] == pytest.approx(2 * 2 / (10 + 6 + 4))
