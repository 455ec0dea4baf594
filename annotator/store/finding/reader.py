"""Questions about the whole project: lists of articles, and searches.

Asked on the project's own connection, or on one beside it for those that may take long. A reader
sees what is committed and never writes to the file. One thread asks all its questions;
:meth:`Reader.interrupt` may be called by any, and ends the question that is being answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from annotator.core.errors import AnnotatorError, ProjectFault
from annotator.core.model import Id
from annotator.core.text.offsets import Offsets
from annotator.store.driver import FAULTS, Connection, connect
from annotator.store.finding import listing, search
from annotator.store.finding.listing import Entry, Listing, Viewer, Wanted
from annotator.store.finding.search import Found, Hits
from annotator.store.finding.unfinished import count_unfinished
from annotator.store.finding.words import understand

T = TypeVar("T")


class Interrupted(AnnotatorError):
    """The question was not answered, as nobody wants to know any more."""


class Reader:
    """Answers for one analyst. Every question raises :class:`ProjectFault` when it cannot."""

    def __init__(self, path: Path, connection: Connection, who: Viewer) -> None:
        self._path = path
        self._connection = connection
        self.who = who

    @classmethod
    def open(cls, path: Path, who: Viewer) -> Reader:
        """A reader with a connection of its own, for the thread that calls this."""
        try:
            return cls(path, connect(path), who)
        except FAULTS as error:
            raise ProjectFault(f"{path.name} cannot be opened for searching: {error}.") from error

    def close(self) -> None:
        self._connection.close()

    def interrupt(self) -> None:
        """End the question being answered with :class:`Interrupted`."""
        self._connection.interrupt()

    def find(self, wanted: Wanted) -> Listing:
        """All articles that are wanted, in their order, with their headings."""
        return self._asked(lambda c: listing.find(c, wanted, self.who))

    def first_page(self, wanted: Wanted, most: int) -> list[Id]:
        """The first articles that are wanted."""
        return self._asked(lambda c: listing.first_page(c, wanted, self.who, most))

    def count(self, wanted: Wanted) -> int:
        return self._asked(lambda c: listing.count(c, wanted, self.who))

    def is_fewer(self, number: int) -> bool:
        """Whether the project has fewer articles than that; no more of them are counted."""
        return self._asked(lambda c: listing.is_fewer(c, number))

    def outlets(self) -> list[tuple[str, int]]:
        """Every outlet with the number of its articles, the largest first."""
        return self._asked(listing.outlets)

    def entries(self, ids: Iterable[Id]) -> dict[Id, Entry]:
        """What the lines of some articles say."""
        return self._asked(lambda c: listing.entries(c, ids, self.who))

    def copies_of(self, ids: Iterable[Id]) -> list[Id]:
        """The articles that are said to repeat one of these."""
        return self._asked(lambda c: listing.copies_of(c, ids))

    def begun(self) -> list[Id]:
        """The articles in which the analyst has statements."""
        return self._asked(lambda c: listing.begun(c, self.who))

    def unfinished(self, articles: Iterable[Id] | None = None) -> dict[Id, int]:
        """How many of the analyst's statements still miss something, in some articles or all."""
        wanted = self.begun() if articles is None else articles
        return self._asked(lambda c: count_unfinished(c, wanted, self.who.id))

    def search(self, typed: str, wanted: Wanted = Wanted()) -> Found:  # noqa: B008
        """The first page of each sort of hits, in the articles that the filter lets through."""
        return self._asked(lambda c: search.search(c, typed, wanted, self.who))

    def more_texts(self, typed: str, wanted: Wanted, skip: int) -> Hits:
        """The next page of articles that have the words."""
        query = understand(typed)
        return self._asked(lambda c: search.in_texts(c, query, wanted, self.who, skip))

    def more_said(self, typed: str, wanted: Wanted, skip: int) -> Hits:
        """The next page of marks and statements that have the words."""
        query = understand(typed)
        return self._asked(lambda c: search.in_said(c, query, wanted, self.who, skip))

    def places(self, typed: str, article: Id) -> tuple[Offsets, ...]:
        """Where an article's text has the words, in code points."""
        return self._asked(lambda c: search.places(c, typed, article))

    def _asked(self, question: Callable[[Connection], T]) -> T:
        try:
            return question(self._connection)
        except FAULTS as error:
            if "interrupted" in str(error):
                raise Interrupted("The question was taken back.") from error
            raise ProjectFault(
                f"{self._path.name} cannot be searched ({error}); “annotator check” says where."
            ) from error
