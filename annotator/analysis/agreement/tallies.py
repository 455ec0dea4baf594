"""Numbers by article that can be added up, and what adding them up means.

Every mark-level figure follows from sums over articles. So a resample of articles is a weighted
sum, a thousand resamples are one matrix product, and a changed article is one changed row.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np

from annotator.analysis.agreement.sample import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Arrays whose first axis is articles (or resamples, once they have been summed)."""


T = TypeVar("T", bound=Tallies)


def weighed(tallies: T, weights: Floats) -> T:
    """Sums over articles, each row of ``weights`` saying how often each article counts."""
    sums = {}
    for field in fields(tallies):
        table: Floats = getattr(tallies, field.name)
        flat = table.reshape(len(table), int(np.prod(table.shape[1:])))
        sums[field.name] = (weights @ flat).reshape(len(weights), *table.shape[1:])
    return type(tallies)(**sums)


def row_vector(tallies: Tallies, row: int) -> Floats:
    """One article's numbers in one vector, in the order of the fields."""
    return np.concatenate(
        [np.ravel(getattr(tallies, field.name)[row]) for field in fields(tallies)]
    ).astype(np.float64)


def from_vectors(kind: type[T], shapes: dict[str, tuple[int, ...]], table: Floats) -> T:
    """The reverse of :func:`row_vector`, for many articles: one a row of ``table``."""
    found, at = {}, 0
    for field in fields(kind):
        shape = shapes[field.name]
        size = int(np.prod(shape, dtype=np.int64))
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
