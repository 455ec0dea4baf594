"""What is in a project's file, counted while its articles go past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.formats.exchange.format import Outgoing

MOST_TITLES = 500
"""Titles that are kept, so that the length of the file does not matter."""


@dataclass(slots=True)
class Contents:
    """As far as it was read."""

    articles: int = 0
    marks: int = 0
    statements: int = 0
    titles: list[str] = field(default_factory=list)
    """Of the first :data:`MOST_TITLES` articles."""
    analysts: tuple[str, ...] = ()
    """The names of those whose work it is."""

    @classmethod
    def of(cls, bundle: Bundle) -> Contents:
        """Of all of a bundle."""
        found = cls()
        found.pass_by(Outgoing.of(bundle)).whole()
        return found

    def pass_by(self, given: Outgoing) -> Outgoing:
        """The same, counted as its articles are asked for."""
        self.analysts = tuple(analyst.name for analyst in given.project.analysts)
        return replace(given, articles=self._counted(given))

    def _counted(self, given: Outgoing) -> Iterator[ArticleBundle]:
        for part in given.articles:
            self.articles += 1
            self.marks += len(part.marks)
            self.statements += len(part.statements)
            if len(self.titles) < MOST_TITLES:
                self.titles.append(part.article.title)
            yield part
