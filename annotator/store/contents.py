"""What a project file holds: every question about it that writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from annotator.core.book.uses import Count, Use
from annotator.core.columns import Row
from annotator.core.errors import ProjectFault
from annotator.core.model import Id, Mark, Record, Statement
from annotator.core.revision import Entry, Revision, build
from annotator.core.text.copies import Signature
from annotator.store import journal, places, rows, uses
from annotator.store.driver import FAULTS, Connection
from annotator.store.finding import sampled


@contextmanager
def readable(told: Callable[[Exception], str]) -> Iterator[None]:
    """:class:`ProjectFault`, in the words of ``told``, for rows that cannot be read."""
    try:
        yield
    except (*FAULTS, msgspec.MsgspecError) as error:
        raise ProjectFault(told(error)) from error


def unreadable(path: Path, error: Exception) -> str:
    """What is said where nothing more is known."""
    return (
        f"{path.name} cannot be read ({error}); “annotator check” says where,"
        " “annotator repair” makes a new file of the rest."
    )


class Contents:
    """A project as it is on disk; :class:`ProjectFault` when it cannot be read."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self.path = path
        self._connection = connection
        self._just_read: list[Record] | None = None
        """While an edit is made inside a write: what was found in use for it."""

    @property
    def id(self) -> str:
        """What tells this project from others; a copy of the file has the same."""
        return self._meta("project") or ""

    def record(self, kind: str, id: Id) -> Record | None:
        with self._reading():
            return rows.read(self._connection, kind, id)

    def records(self, kind: str) -> list[Record]:
        """All records of a kind, in the order of their ids."""
        with self._reading():
            return list(rows.select(self._connection, kind))

    def of_article(self, kind: str, article: Id, layer: Id | None = None) -> list[Record]:
        """Marks, statements or statuses of an article, of one layer or of all."""
        with self._reading():
            if layer is None:
                return list(rows.select(self._connection, kind, "article = ?", article))
            where = "article = ? AND layer = ?"
            return list(rows.select(self._connection, kind, where, article, layer))

    def rows_of(
        self, kind: str, articles: Iterable[Id], layer: Id | None = None
    ) -> dict[Id, list[Row]]:
        """What :meth:`of_article` gives, of several articles, as rows for ``core.columns``."""
        with self._reading():
            return rows.of_articles(self._connection, kind, articles, layer)

    def these(self, kind: str, ids: Iterable[Id]) -> dict[Id, Record]:
        """The records with these ids that there are."""
        with self._reading():
            return rows.these(self._connection, kind, ids)

    def belongs(self, kind: str, id: Id) -> tuple[Id, Id] | None:
        """Article and layer of a record of a layer or of a review, also of one that is gone."""
        with self._reading():
            return places.belongs(self._connection, kind, id)

    def layers_of(self, article: Id) -> list[Id]:
        """The analysts' layers with work on an article."""
        with self._reading():
            return places.layers_of(self._connection, article)

    def at_work(self) -> set[tuple[Id, Id, Id]]:
        """Article, layer, and who owns the layer or made or changed something in it."""
        with self._reading():
            return places.at_work(self._connection)

    def is_involved(self, analyst: Id, article: Id) -> bool:
        """Whether an analyst has marked something in an article, or is to do so."""
        with self._reading():
            return places.is_involved(self._connection, analyst, article)

    def count(self, kind: str) -> dict[tuple[Id, Id], int]:
        """How many marks or statements there are, by article and layer."""
        with self._reading():
            counted = self._connection.execute(
                f"SELECT article, layer, count(*) FROM {kind} GROUP BY article, layer"
            ).fetchall()
        return {(article, layer): number for article, layer, number in counted}

    def using(self, wanted: Iterable[Use]) -> list[Mark | Statement]:
        """Marks and statements of every layer that fit one of the uses, each once."""
        with self._reading():
            found = uses.using(self._connection, wanted)
        if self._just_read is not None:
            self._just_read += found
        return found

    def count_using(self, wanted: Iterable[Use]) -> Count:
        with self._reading():
            return uses.count(self._connection, wanted)

    def text(self, digest: str) -> str | None:
        """The text with this SHA-256."""
        with self._reading():
            row = self._connection.execute(
                "SELECT body FROM text WHERE sha256 = ?", (digest,)
            ).fetchone()
        return row[0] if row else None

    def article_ids(self) -> list[Id]:
        with self._reading():
            return [id for (id,) in self._connection.execute("SELECT id FROM article")]

    def signatures(self, articles: Sequence[Id]) -> dict[Id, Signature]:
        """What near copies are told by, of those of these articles that it is stored of."""
        with self._reading():
            return sampled.signatures(self._connection, articles)

    def history(self, limit: int | None = None) -> Iterator[Revision]:
        """Revisions, the newest first."""
        with self._reading():
            yield from journal.history(self._connection, limit)

    def history_of(self, article: Id, before: tuple[int, int] | None, limit: int) -> list[Revision]:
        """Revisions that concern an article, before an order, the newest first."""
        with self._reading():
            return journal.history_of(self._connection, article, before, limit)

    def last_known(self, kind: str, id: Id) -> Record | None:
        """A record as it was when it was last deleted, None when it never was."""
        with self._reading():
            flat = journal.last_known(self._connection, kind, id)
            return None if flat is None else build(kind, id, flat)

    def changes_of(self, kind: str, id: Id) -> list[Entry]:
        """All that was ever done to one record, in its order."""
        with self._reading():
            found = journal.steps(self._connection, kind, id)
        return [entry for _, entry in sorted(found, key=lambda step: step[0].order)]

    def to_invert(self, author: Id, action: Literal["undo", "redo"]) -> Revision | None:
        """What an undo or redo of this author would take back."""
        with self._reading():
            top = journal.stack(self._connection, author).top(action)
            return None if top is None else journal.revision(self._connection, top)

    def label_to_invert(self, author: Id, action: Literal["undo", "redo"]) -> str | None:
        """What that is called."""
        with self._reading():
            top = journal.stack(self._connection, author).top(action)
            return None if top is None else journal.label(self._connection, top)

    def size_to_invert(self, author: Id, action: Literal["undo", "redo"]) -> int:
        """How many changes that is."""
        with self._reading():
            top = journal.stack(self._connection, author).top(action)
            return 0 if top is None else journal.size(self._connection, top)

    def known(self) -> dict[int, int]:
        """The version vector: the last sequence of each replica."""
        with self._reading():
            return journal.known(self._connection)

    def since(self, known: dict[int, int]) -> list[Revision]:
        """The revisions that a version vector does not cover, in order."""
        with self._reading():
            return journal.since(self._connection, known, journal.known(self._connection))

    def last_clock(self) -> int:
        """The highest of the journal."""
        with self._reading():
            return journal.last_clock(self._connection)

    @property
    def connection(self) -> Connection:
        """For the checks and the search of this package."""
        return self._connection

    def _reading(self) -> AbstractContextManager[None]:
        return readable(self._unreadable)

    def _unreadable(self, error: Exception) -> str:
        return unreadable(self.path, error)

    def _meta(self, key: str) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None
