"""The straightforward version: every character spelled out, counted in plain Python.

It computes one value of each figure and draws no resamples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import combinations
from typing import Any

from annotator.analysis.agreement.sample import Pieces, Sample
from benchmarks.agreement_project import LAYERS, LENGTH


def plainly(sample: Sample, pieces: Pieces) -> None:
    """Alpha by kind and on sets, character F1, and span F1, one after the other."""
    spelled: dict[tuple[int, int], list[set[int]]] = {}
    spans: dict[tuple[int, int, int], set[tuple[int, int]]] = {}
    for article in range(len(sample.articles)):
        for layer in range(len(LAYERS)):
            spelled[article, layer] = [set() for _ in range(LENGTH)]
    columns = (pieces.article, pieces.layer, pieces.kind, pieces.start, pieces.end)
    for article, layer, kind, start, end in zip(*(c.tolist() for c in columns), strict=True):
        spans.setdefault((article, layer, kind), set()).add((start, end))
        for at in range(start, end):
            spelled[article, layer][at].add(kind)
    for kind in range(len(sample.kinds)):
        _plain_alpha(spelled, len(sample.articles), partial(_has, kind))
        _plain_spans(spans, len(sample.articles), kind)
    _plain_alpha(spelled, len(sample.articles), frozenset)


def _has(kind: int, judged: set[int]) -> bool:
    return kind in judged


def _plain_alpha(
    spelled: dict[tuple[int, int], list[set[int]]], articles: int, value: Callable[[Any], Any]
) -> float:
    coincidences: Counter[tuple[Any, Any]] = Counter()
    for article in range(articles):
        for at in range(LENGTH):
            judged = [value(spelled[article, layer][at]) for layer in range(len(LAYERS))]
            for one, other in combinations(judged, 2):
                coincidences[one, other] += 1
                coincidences[other, one] += 1
    totals: Counter[Any] = Counter()
    for (one, _), times in coincidences.items():
        totals[one] += times
    n = sum(totals.values())
    apart = sum(times for (one, other), times in coincidences.items() if one != other)
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    return 1 - (n - 1) * apart / expected if expected else float("nan")


def _plain_spans(
    spans: dict[tuple[int, int, int], set[tuple[int, int]]], articles: int, kind: int
) -> int:
    both = 0
    for article in range(articles):
        for a, b in combinations(range(len(LAYERS)), 2):
            others = sorted(spans.get((article, b, kind), ()))
            for start, end in sorted(spans.get((article, a, kind), ())):
                met = next((o for o in others if o[0] < end and start < o[1]), None)
                if met is not None:
                    others.remove(met)
                    both += 1
    return both
