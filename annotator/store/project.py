"""The project file: opening it, reading records, and writing revisions.

One connection, one thread. Every write is one transaction that holds the rows **and** the
journal, begun ``IMMEDIATE`` so that two programs on one project take turns.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from annotator.core.book.uses import Count, Use
from annotator.core.errors import Conflict, NotAllowed, ProjectFault
from annotator.core.model import Id, Mark, Record, Statement
from annotator.core.revision import (
    Action,
    Edit,
    Revision,
    build,
    entry,
    stamp,
    tick,
)
from annotator.store import (
    derived,
    indexing,
    journal,
    opening,
    places,
    rows,
    undoing,
    uses,
    writing,
)
from annotator.store.driver import Connection, sqlite3

SUFFIX = ".annotator"

_ID_BLOCK = 1000
"""How many record ids a window reserves at once; what it does not use is never used."""


class ProjectFile:
    """An open project. Use :meth:`create` or :meth:`open`."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self.path = path
        self._connection = connection
        self._home = _home(path)
        self._ids: Iterator[Id] = iter(())
        self._replica: int | None = None
        # In this order, so that what is written between the two is heard of.
        self._data_version = self._read_data_version()
        self._seen = journal.known(connection)
        self._own: set[int] = set()

    @classmethod
    def create(cls, path: Path) -> ProjectFile:
        """A new file; :class:`ProjectFault` when there is one already or it cannot be made."""
        return cls(path, opening.create(path))

    @classmethod
    def open(cls, path: Path) -> ProjectFile:
        """An existing file; :class:`ProjectFault` says why it is not a project of ours."""
        connection = opening.open_existing(path)
        try:
            return cls(path, connection)
        except sqlite3.Error as error:
            connection.close()
            raise opening.unopened(path, error) from error

    def close(self) -> None:
        """Give the file back; the last program to do so leaves nothing but the file."""
        self._connection.close()

    def discard(self) -> None:
        """Close and remove a new project that could not be filled."""
        self.close()
        opening.discard(self.path)

    # Reading

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

    def of_layer(self, kind: str, layer: Id) -> list[Record]:
        """Marks, statements or statuses of a layer, on all articles."""
        with self._reading():
            return list(rows.select(self._connection, kind, "layer = ?", layer))

    def belongs(self, kind: str, id: Id) -> tuple[Id, Id] | None:
        """Article and layer of a record of a layer or of a review, also of one that is gone."""
        with self._reading():
            return places.belongs(self._connection, kind, id)

    def layers_of(self, article: Id) -> list[Id]:
        """The analysts' layers with work on an article."""
        with self._reading():
            return places.layers_of(self._connection, article)

    def articles_of(self, analyst: Id) -> set[Id]:
        """The articles that an analyst has marked or is to mark."""
        with self._reading():
            return places.articles_of(self._connection, analyst)

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
            return uses.using(self._connection, wanted)

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

    def to_invert(self, author: Id, action: Literal["undo", "redo"]) -> Revision | None:
        """What an undo or redo of this author would take back."""
        with self._reading():
            top = journal.stack(self._connection, author).top(action)
            return None if top is None else journal.revision(self._connection, top)

    def known(self) -> dict[int, int]:
        """The version vector: the last sequence of each replica."""
        with self._reading():
            return journal.known(self._connection)

    def since(self, known: dict[int, int]) -> list[Revision]:
        """The revisions that a version vector does not cover, in order."""
        with self._reading():
            return journal.since(self._connection, known, journal.known(self._connection))

    def from_others(self) -> list[Revision]:
        """Revisions that other windows and programs wrote since the last call."""
        with self._reading():
            version = self._read_data_version()
            if version == self._data_version:
                return []
            now = journal.known(self._connection)
            found = journal.since(self._connection, self._seen, now)
        own, self._own = self._own, set()
        self._data_version, self._seen = version, now
        return [revision for revision in found if revision.id not in own]

    @property
    def connection(self) -> Connection:
        """For the checks and the search of this package."""
        return self._connection

    # Writing

    def catch_up(self, seconds: float) -> bool:
        """Go on with an index of words that is behind; True when it is complete.

        At once, and without a write, when there is nothing to do.
        """
        with self._reading():
            if indexing.is_complete(self._connection) or not indexing.has_fts5():
                return True
        with self._writing():
            return indexing.catch_up(self._connection, seconds)

    def rebuild_derived(self) -> None:
        """Make list, counts and index of words anew from the rows."""
        with self._writing():
            derived.rebuild(self._connection)

    def new_id(self) -> Id:
        """An id nobody else has; reserved in blocks, so seldom a write."""
        for id in self._ids:
            return id
        with self._writing():
            replica = self._my_replica()
            (counter,) = self._connection.execute(
                "UPDATE replica SET counter = counter + ? WHERE id = ? RETURNING counter",
                (_ID_BLOCK, replica),
            ).fetchone()
        last = replica << 32 | counter
        self._ids = iter(range(last - _ID_BLOCK + 1, last + 1))
        return next(self._ids)

    def write(self, edit: Edit, author: Id, action: Literal["start", "do"] = "do") -> Revision:
        """Do an edit: rows and journal in one transaction, on disk when this returns."""
        with self._writing():
            revision, known = self._write(edit, author, action, None)
        self._remember(revision, known)
        return revision

    def invert(self, author: Id, action: Literal["undo", "redo"]) -> Revision | None:
        """Take back the author's last step, or the last taking back; None when there is none.

        A step that can no longer be taken back, because somebody changed since what it left, is
        passed over: the revision changes nothing and its label says why.
        """
        with self._writing():
            done = self.to_invert(author, action)
            if done is None:
                return None
            self._my_replica()
            try:
                if journal.is_partial(self._connection, done.id):
                    raise Conflict("is not in this file as a whole")
                with self._all_or_nothing():
                    edit = Edit(done.label, undoing.changes(self._connection, done), foreign=True)
                    revision, known = self._write(edit, author, action, done.id)
            except (Conflict, NotAllowed) as reason:
                edit = Edit(undoing.passed_over(done, reason), ())
                revision, known = self._write(edit, author, action, done.id)
        self._remember(revision, known)
        return revision

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Inside a write: what fails leaves nothing behind, and the write can go on."""
        self._connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO attempt")
            raise
        finally:
            self._connection.execute("RELEASE attempt")

    def _remember(self, revision: Revision, known: dict[int, int]) -> None:
        """Tell own work from others', who may write between two of our steps."""
        if known == self._seen:
            self._seen = {**known, revision.replica: revision.sequence}
        else:
            self._own.add(revision.id)

    def _write(
        self, edit: Edit, author: Id, action: Action, target: int | None
    ) -> tuple[Revision, dict[int, int]]:
        replica = self._my_replica()
        vector = journal.known(self._connection)
        clock = tick(journal.last_clock(self._connection), time.time_ns() // 1_000_000)
        changes = edit.changes
        if action in ("start", "do") and not edit.foreign:
            changes = tuple(stamp(change, author, clock >> 15) for change in changes)
        writing.expect(self._connection, changes)
        revision = Revision(
            id=replica << 32 | vector.get(replica, 0) + 1,
            clock=clock,
            author=author,
            label=edit.label,
            action=action,
            target=target,
            entries=tuple(entry(change, vector) for change in changes),
        )
        writing.carry_out(self, edit, changes, revision)
        return revision, vector

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, msgspec.MsgspecError) as error:
            raise ProjectFault(
                f"{self.path.name} cannot be read ({error}); “annotator check” says where,"
                " “annotator repair” makes a new file of the rest."
            ) from error

    @contextmanager
    def uniting(self) -> Iterator[None]:
        """A transaction that takes in revisions of other files; what it wrote counts as own work."""
        with self._writing():
            known = journal.known(self._connection)
            there = set(self._revision_ids()) if known != self._seen else set()
            yield
            now = journal.known(self._connection)
            own = set(self._revision_ids()) - there if known != self._seen else set()
        if known == self._seen:
            self._seen = now
        else:
            self._own |= own

    def _revision_ids(self) -> Iterator[int]:
        return (id for (id,) in self._connection.execute("SELECT id FROM revision"))

    def my_replica(self) -> int:
        """This file's replica id, for writing revisions in :meth:`uniting`."""
        return self._my_replica()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise ProjectFault(_not_saved(self.path, error)) from error
        try:
            if _home(self.path) != self._home:
                raise ProjectFault(
                    f"Not saved: {self.path} was moved, replaced or deleted; open it again."
                )
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            self._replica = None
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise ProjectFault(_not_saved(self.path, error)) from error
            if isinstance(error, UnicodeEncodeError):
                raise NotAllowed("Half a character cannot be stored; type it again.") from error
            raise

    def _my_replica(self) -> int:
        """This file's replica id; a copied or restored file takes a new one. Inside a write."""
        if self._replica is not None:
            return self._replica
        saved = self._meta("replica")
        if saved is None or self._meta("home") != self._home:
            saved = str(_new_replica())
            self._connection.execute("INSERT INTO replica (id) VALUES (?)", (int(saved),))
            self._connection.executemany(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
                [("replica", saved), ("home", self._home)],
            )
        self._replica = int(saved)
        return self._replica

    def _meta(self, key: str) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _read_data_version(self) -> int:
        """Changes whenever another connection has committed."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)


def _new_replica() -> int:
    return 1 + secrets.randbelow((1 << 30) - 1)


def _home(path: Path) -> str:
    """Which file this is, whatever it is called; empty when it is gone."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_dev}:{status.st_ino}"


def _not_saved(path: Path, error: Exception) -> str:
    if "locked" in str(error) or "busy" in str(error):
        return (
            f"Not saved: another program has been writing to {path.name} for too long; try again."
        )
    return f"Not saved: {path.name} could not be written ({error})."
