"""Chance-corrected coefficients from counts that have been summed already.

Every function takes arrays whose leading axes are whatever one likes (resamples, articles, pairs)
and gives NaN where the coefficient is undefined.
"""

from __future__ import annotations

import numpy as np

from annotator.analysis.agreement.sample import Array, Floats


def ratio(above: Array, below: Array) -> Floats:
    """``above / below``, NaN where ``below`` is not positive."""
    high, low = np.broadcast_arrays(np.asarray(above, np.float64), np.asarray(below, np.float64))
    found = np.full(high.shape, np.nan)
    np.divide(high, low, out=found, where=low > 0)
    return found


def f1(both: Array, one: Array, other: Array) -> Floats:
    """2·both / (one + other); undefined if neither has anything."""
    return ratio(2 * np.asarray(both), np.asarray(one) + np.asarray(other))


def alpha_nominal(disagreement: Array, counts: Array, alone: Array | None = None) -> Floats:
    """Krippendorff's alpha for values that are equal or not.

    ``disagreement`` is the sum of all coincidences of different values, ``counts`` the pairable
    values by value (last axis). ``alone`` is what a value is paired with itself, to be left out
    of chance: the number of values, for units of size one, and that is the default.
    """
    counts = np.asarray(counts, np.float64)
    total = counts.sum(axis=-1)
    apart = _apart(counts, total)
    below = total * ratio(apart, total**2 - (total if alone is None else alone))
    return 1 - ratio(disagreement, below)


def _apart(counts: Floats, total: Floats) -> Floats:
    """Sum of n_c·n_k over all c ≠ k; exactly 0 when only one value occurs."""
    several = (counts > 0).sum(axis=-1) > 1
    return np.where(several, total**2 - (counts**2).sum(axis=-1), 0.0)


def alpha_ordinal(coincidences: Array) -> Floats:
    """Krippendorff's alpha for ranks; the last two axes are the coincidence matrix in rank order."""
    table = np.asarray(coincidences, np.float64)
    counts = table.sum(axis=-1)
    before = np.cumsum(counts, axis=-1) - counts / 2
    far = (before[..., :, None] - before[..., None, :]) ** 2
    observed = (table * far).sum(axis=(-1, -2))
    expected = (counts[..., :, None] * counts[..., None, :] * far).sum(axis=(-1, -2))
    several = (counts > 0).sum(axis=-1) > 1
    total = counts.sum(axis=-1)
    return 1 - ratio((total - 1) * observed, np.where(several, expected, 0.0))


def alpha_interval(apart: Array, count: Array, total: Array, squares: Array) -> Floats:
    """Krippendorff's alpha for numbers.

    ``apart`` is the sum of squared differences over all coincidences; the others are the number
    of pairable values, their sum and the sum of their squares.
    """
    count, total = np.asarray(count, np.float64), np.asarray(total, np.float64)
    expected = 2 * (count * np.asarray(squares) - total**2)
    return 1 - ratio((count - 1) * np.asarray(apart), expected)


def kappa(same: Array, one: Array, other: Array) -> Floats:
    """Cohen's kappa of two; all by value on the last axis: how often both chose it, and each.

    Undefined when both chose one value throughout.
    """
    total = np.asarray(one).sum(axis=-1)
    agreed = ratio(np.asarray(same).sum(axis=-1), total)
    chance = ratio((np.asarray(one) * np.asarray(other)).sum(axis=-1), np.asarray(total) ** 2)
    several = ((np.asarray(one) + np.asarray(other)) > 0).sum(axis=-1) > 1
    return ratio(agreed - chance, np.where(several, 1 - chance, 0.0))
