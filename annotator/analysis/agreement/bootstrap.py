"""How far a figure would move with other articles of the same sort: the percentile bootstrap.

Articles are drawn with replacement, as many as there are, and the figure is computed anew. Marks
and characters are never drawn one by one: those of one article depend on one another.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from annotator.analysis.agreement.figure import Interval
from annotator.analysis.agreement.sample import Bools, Floats, Ints
from annotator.core.model import Id

RESAMPLES = 1000
SEED = 2011
LEVEL = 0.95
FEWEST = 2
"""Articles; with one there is nothing to draw from."""


def weights(
    articles: Sequence[Id], counted: Bools, resamples: int = RESAMPLES, seed: int = SEED
) -> Floats:
    """How often each article is drawn, one resample a row; only counted articles are.

    The draws go by the articles' ids, so that their order makes no difference.
    """
    found = np.zeros((resamples, len(articles)))
    rows = np.flatnonzero(counted)
    if len(rows):
        rows = rows[np.argsort([articles[int(row)] for row in rows])]
        draws = np.random.default_rng(seed).integers(len(rows), size=(resamples, len(rows)))
        draws += np.arange(resamples)[:, None] * len(rows)
        times = np.bincount(draws.ravel(), minlength=resamples * len(rows))
        found[:, rows] = times.reshape(resamples, len(rows))
    return found


class Resamples:
    """The same resamples of some articles again and again, for numbers of which few change.

    Adding up a thousand articles a thousand times over is most of the work of an interval. Where
    a few articles have changed since the last time, only their difference is added. What
    :meth:`sums` gives is never written to again, so it may be asked on any thread.
    """

    def __init__(
        self, articles: Sequence[Id], resamples: int = RESAMPLES, seed: int = SEED
    ) -> None:
        draws = resamples if len(articles) >= FEWEST else 0
        self.articles = tuple(articles)
        drawn = weights(articles, np.ones(len(articles), dtype=np.bool_), draws, seed)
        self._times = drawn.astype(np.uint16)
        self._last: dict[str, tuple[Floats, Floats]] = {}

    def __len__(self) -> int:
        return len(self._times)

    def sums(self, name: str, numbers: Floats) -> Floats:
        """[resamples, columns] of ``numbers`` [articles, columns], which must not be written to
        afterwards; ``name`` is what they are called each time.

        A column lies in one piece in memory, as whatever is asked of them goes down the columns.
        """
        before, sums = self._last.get(name, (None, None))
        if before is None or sums is None or before.shape != numbers.shape:
            sums = self._added_up(numbers)
        elif before is not numbers:
            rows = np.flatnonzero((before != numbers).any(axis=1))
            sums = self._moved(sums, rows, numbers, before)
        self._last[name] = (numbers, sums)
        return sums

    def _added_up(self, numbers: Floats) -> Floats:
        return np.asarray((numbers.T @ self._times.T.astype(np.float64)).T, dtype=np.float64)

    def _moved(self, sums: Floats, rows: Ints, numbers: Floats, before: Floats) -> Floats:
        if len(rows) * _FEW > len(numbers):
            return self._added_up(numbers)
        times = self._times[:, rows].T.astype(np.float64)
        found = sums + ((numbers[rows] - before[rows]).T @ times).T
        # What is left of a third taken from a third is not nothing, but has to be.
        found[np.abs(found) < _LEFT * np.abs(sums)] = 0.0
        return np.asarray(found, dtype=np.float64)


_FEW = 8
"""If more than one in so many has changed, all are added up anew."""
_LEFT = 1e-9


def intervals(sampled: Floats) -> list[Interval | None]:
    """For each figure (last axis), the interval over its resamples (first); NaN are left out."""
    ordered = np.sort(sampled, axis=0)
    used = (~np.isnan(ordered)).sum(axis=0)
    low, high = (_quantile(ordered, used, share) for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return [
        Interval(float(low[i]), float(high[i]), int(used[i])) if used[i] else None
        for i in range(len(used))
    ]


def _quantile(ordered: Floats, used: Ints, share: float) -> Floats:
    """Between the two nearest, in proportion; ``ordered`` has its NaN last."""
    place = share * np.maximum(used - 1, 0)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(used - 1, 0))
    columns = np.arange(ordered.shape[1])
    rest = place - below
    low, high = ordered[below, columns], ordered[above, columns]
    found: Floats = low + (high - low) * rest
    return found
