"""A figure: a number, or why there is none, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.core.model import Id


@dataclass(frozen=True, slots=True)
class Excluded:
    """What a figure leaves out, and why."""

    count: int
    what: str
    """In the plural: articles, marks, characters, statements, values."""
    why: str


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of the figure over resamples of articles."""

    low: float
    high: float
    resamples: int
    """In how many of them the figure was defined; the others are left out."""


@dataclass(frozen=True, slots=True)
class Figure:
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
