"""What a report of a round of review says, as plain values: nothing here asks a project."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.analysis.agreement.report import Report
from annotator.analysis.differences import Name
from annotator.core.codebook import Codebook
from annotator.core.model import Id


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called."""

    project: str
    book: Codebook
    layers: dict[Id, str]
    """In the order in which they are shown."""
    articles: dict[Id, str]
    """Titles."""

    def layer(self, id: Id) -> str:
        return self.layers.get(id, str(id))

    def article(self, id: Id) -> str:
        return self.articles.get(id) or str(id)


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words."""

    name: Name
    article: Id
    start: int | None
    """In code points; None if all is implied."""
    end: int | None
    before: str
    """The words before the place, for whoever reads it without the article."""
    quote: str
    after: str
    readings: dict[Id, str]
    """What each layer has, by layer."""
    marks: dict[Id, Id] = field(default_factory=dict)
    """What it is about in each layer that has it: the mark …"""
    statements: dict[Id, Id] = field(default_factory=dict)
    """… and the statement."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A verdict in words."""

    article: Id
    decision: str
    """accepted, corrected or rejected"""
    reason: str
    note: str
    gap: bool
    by: str
    sources: tuple[tuple[Id, str], ...]
    """Layer and words of each thing that was judged."""
    gold: tuple[str, ...]
    """What was put into gold."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A statement in one line."""

    article: Id
    statement: Id
    quotes: dict[str, str]
    """By role; several marks are put one after the other."""
    fields: dict[str, str]
    """By role, a full stop, and field."""


@dataclass(frozen=True, slots=True)
class Round:
    """All that is reported."""

    names: Names
    agreement: Report
    made_at: str
    """ISO 8601, in UTC."""
    differences: tuple[Told, ...] = ()
    decisions: tuple[Decided, ...] = ()
    gold: tuple[Flat, ...] = ()
    reviewed: dict[str, int] = field(default_factory=dict)
    """How many articles are how far: unreviewed, in review, decided."""
