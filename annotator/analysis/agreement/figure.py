"""A figure: a number, or why there is none, with what it rests on."""

from __future__ import annotations

import msgspec

from annotator.core.model import Id


class Excluded(msgspec.Struct, frozen=True):
    """What a figure leaves out, and why."""

    count: int
    what: str
    """In the plural: articles, marks, characters, statements, values."""
    why: str


class Interval(msgspec.Struct, frozen=True):
    """The middle 95 % of the figure over resamples of articles."""

    low: float
    high: float
    resamples: int
    """In how many of them the figure was defined; the others are left out."""


class Figure(msgspec.Struct, frozen=True):
    measure: str
    """One of those defined in the documents, such as ``f1.overlap`` or ``alpha.sets``."""
    of: str
    """The kind, or role and field, that it is about; empty for all together."""
    layers: tuple[Id, ...]
    """Whose agreement it is. In a directed measure, what the first has is found by the second."""
    value: float | None
    undefined: str = ""
    """Why there is no value."""
    units: int = 0
    unit: str = ""
    """What is counted, in the plural."""
    articles: int = 0
    excluded: tuple[Excluded, ...] = ()
    interval: Interval | None = None
