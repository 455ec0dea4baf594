"""Numbers by article that can be added up, and what adding them up means.

Every mark-level figure follows from sums over articles. So a resample of articles is a weighted
sum, a thousand resamples are one matrix product, and a changed article is one changed row.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import prod
from typing import TypeVar

import numpy as np

from annotator.analysis.agreement.sample import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Arrays whose first axis is articles (or resamples, once they have been summed)."""


T = TypeVar("T", bound=Tallies)


def vectors(tallies: Tallies) -> Floats:
    """[articles, numbers]: all arrays side by side, in the order of the fields."""
    arrays = [getattr(tallies, field.name) for field in fields(tallies)]
    flat = [array.reshape(len(array), prod(array.shape[1:])) for array in arrays]
    return np.concatenate(flat, axis=1).astype(np.float64)


def from_vectors(kind: type[T], shapes: dict[str, tuple[int, ...]], table: Floats) -> T:
    """The reverse of :func:`vectors`; the arrays look into the table."""
    found, at = {}, 0
    for field in fields(kind):
        shape = shapes[field.name]
        size = prod(shape)
        found[field.name] = table[:, at : at + size].reshape(len(table), *shape)
        at += size
    return kind(**found)


def kind_margin(table: Floats) -> Floats:
    """[…, K] with all kinds together at the end."""
    return np.concatenate([table, table.sum(axis=-1, keepdims=True)], axis=-1)


def margins(table: Floats) -> Floats:
    """[…, P, K] with all kinds at the end, and all pairs."""
    wide = kind_margin(table)
    return np.concatenate([wide, wide.sum(axis=-2, keepdims=True)], axis=-2)
