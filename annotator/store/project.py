"""The project file: opening it, reading records, and writing revisions.

One connection, one thread. Every write is one transaction that holds the rows **and** the
journal, begun ``IMMEDIATE`` so that two programs on one project take turns.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from annotator.core.errors import Conflict, NotAllowed, ProjectFault
from annotator.core.model import Id, Record
from annotator.core.revision import Action, Change, Edit, Revision, entry, inverse, stamp, tick
from annotator.core.rules import broken
from annotator.core.text.cleaning import sha256
from annotator.store import journal, opening, rows
from annotator.store.driver import Connection, sqlite3
from annotator.store.lookup import Lookup

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
            raise ProjectFault(f"{path} cannot be opened: {error}.") from error

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

    def count(self, kind: str) -> dict[tuple[Id, Id], int]:
        """How many marks or statements there are, by article and layer."""
        with self._reading():
            counted = self._connection.execute(
                f"SELECT article, layer, count(*) FROM {kind} GROUP BY article, layer"
            ).fetchall()
        return {(article, layer): number for article, layer, number in counted}

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

    def to_invert(self, author: Id, action: Literal["undo", "redo"]) -> Revision | None:
        """What an undo or redo of this author would take back."""
        with self._reading():
            top = journal.stack(self._connection, author).top(action)
            return None if top is None else journal.revision(self._connection, top)

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
        """Take back the author's last step, or the last taking back; None when there is none."""
        with self._writing():
            done = self.to_invert(author, action)
            if done is None:
                return None
            changes = []
            for step in reversed(done.entries):
                change = inverse(step, self.record(step.kind, step.id))
                if change is None:
                    raise Conflict(
                        f"“{done.label}” cannot be taken back: what it changed has been changed since."
                    )
                changes.append(change)
            edit = Edit(done.label, tuple(changes), foreign=True)
            revision, known = self._write(edit, author, action, done.id)
        self._remember(revision, known)
        return revision

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
        self._expect(changes)
        revision = Revision(
            id=replica << 32 | vector.get(replica, 0) + 1,
            clock=clock,
            author=author,
            label=edit.label,
            action=action,
            target=target,
            entries=tuple(entry(change, vector) for change in changes),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO text (sha256, body) VALUES (?, ?)",
            [(sha256(text), text) for text in edit.texts],
        )
        journal.append(self._connection, revision)
        for change in changes:
            if change.after is None:
                rows.delete(self._connection, change.kind, change.id)
            else:
                rows.write(self._connection, change.after)
        now = Lookup(self)
        for change in changes:
            for fault in broken(change, author, edit.foreign, now):
                brought = edit.foreign and action == "do"
                raise NotAllowed(f"{change.kind} {change.id}: {fault}" if brought else fault)
        return revision, vector

    def _expect(self, changes: tuple[Change, ...]) -> None:
        """Every record still is what the edit saw, and is changed once."""
        seen = set()
        for change in changes:
            if self.record(change.kind, change.id) != change.before:
                raise Conflict(
                    f"This {change.kind} was changed elsewhere in the meantime; look at it and try again."
                )
            if change.id in seen:
                raise NotAllowed("One step changes a record once.")
            seen.add(change.id)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, msgspec.MsgspecError) as error:
            raise ProjectFault(
                f"{self.path.name} cannot be read ({error}); “annotator check” says where."
            ) from error

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
