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
