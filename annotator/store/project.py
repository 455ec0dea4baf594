"""The project file: opening it, writing revisions, and hearing of those of other programs.

One connection, one thread. Every write is one transaction that holds the rows **and** the
journal, begun ``IMMEDIATE`` so that two programs on one project take turns.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Literal

from annotator.core.errors import Busy, Conflict, NotAllowed
from annotator.core.model import Id, Record
from annotator.core.revision import (
    Action,
    Edit,
    Revision,
    entry,
    reach_of_inverse,
    stamp,
    tick,
)
from annotator.store import journal, undoing, writing
from annotator.store.contents import Contents
from annotator.store.driver import FAULTS, Connection
from annotator.store.file import astray, opening
from annotator.store.file.turns import Turns
from annotator.store.finding import derived
from annotator.store.keeping import backup

SUFFIX = ".annotator"

_ID_BLOCK = 1000
"""How many record ids a window reserves at once; what it does not use is never used."""


class ProjectFile(Contents):
    """An open project. Use :meth:`create` or :meth:`open`."""

    def __init__(self, path: Path, connection: Connection, kept_old: Path | None = None) -> None:
        super().__init__(path, connection)
        self.kept_old = kept_old
        """The project as an older program left it, when opening brought it up to date."""
        self.turns = Turns(path, connection)
        """How it takes turns with other programs, and where the file is."""
        self._ids: Iterator[Id] = iter(())
        self._replica: int | None = None
        self._step: writing.Step | None = None
        # In this order, so that what is written between the two is heard of.
        self._data_version = self._read_data_version()
        self._seen = journal.known(connection)
        self._own: set[int] = set()
        self._ahead: list[Revision] = []
        """What others wrote and nobody was told of yet."""

    @classmethod
    def create(cls, path: Path) -> ProjectFile:
        """A new file; :class:`ProjectFault` when there is one already or it cannot be made."""
        return cls(path, opening.create(path))

    @classmethod
    def open(cls, path: Path, *, is_copy: bool = False) -> ProjectFile:
        """An existing file; :class:`ProjectFault` says why it is not a project of ours.

        One that an older program made is kept as it was before it is brought up to date, unless
        it is a private copy of ours anyway.
        """
        kept: list[Path] = []

        def keep_old(version: int) -> None:
            if not is_copy:
                kept.append(backup.keep_old(path, version))

        connection = opening.open_existing(path, keep_old)
        try:
            return cls(path, connection, next(iter(kept), None))
        except FAULTS as error:
            connection.close()
            raise opening.unopened(path, error) from error

    def close(self) -> None:
        """Give the file back; the last program to do so leaves nothing but the file."""
        if self.turns.watch.fate():
            self.turns.settle()
        self._connection.close()

    def _unreadable(self, error: Exception) -> str:
        fate = self.turns.watch.fate()
        return astray.sentence(self.path, fate) if fate else super()._unreadable(error)

    def discard(self) -> None:
        """Close and remove a new project that could not be filled."""
        self.close()
        opening.discard(self.path)

    # What other programs wrote

    def hear(self, revision: Revision) -> bool:
        """Take note of a step done on another connection; False when it was heard of already."""
        last = self._seen.get(revision.replica, 0)
        if revision.sequence <= last:
            ahead = [known for known in self._ahead if known.id != revision.id]
            was_ahead, self._ahead = len(ahead) < len(self._ahead), ahead
            return was_ahead
        if revision.sequence == last + 1:  # then it need not be read to know that it is ours
            self._seen = {**self._seen, revision.replica: revision.sequence}
        else:
            self._own.add(revision.id)
        return True

    def look_ahead(self, seconds: float) -> bool:
        """Look for about so long into what others wrote, if that is very much; whether
        :meth:`from_others` has no more of that to do."""
        self._ahead += self._heard()
        until = time.monotonic() + seconds
        with self._reading():
            many = (r.entries for r in self._ahead if isinstance(r.entries, journal.Entries))
            return all(entries.touched.look(until) for entries in many)

    def from_others(self) -> list[Revision]:
        """Revisions that other windows and programs wrote since the last call."""
        found, self._ahead = [*self._ahead, *self._heard()], []
        return found

    def _heard(self) -> list[Revision]:
        with self._reading():
            version = self._read_data_version()
            if version == self._data_version:
                return []
            now = journal.known(self._connection)
            found = journal.since(self._connection, self._seen, now, spares_many=True)
        own, self._own = self._own, set()
        self._data_version, self._seen = version, now
        return [revision for revision in found if revision.id not in own]

    # The file

    def save_copy(self, path: Path) -> None:
        """A sound copy of what this window has, also when its own file is gone.

        :class:`ProjectFault` when it cannot be made.
        """
        backup.copy_of(self._connection, self.path.name, path)

    # Writing

    def catch_up(self, seconds: float) -> bool:
        """Go on with what follows from the rows and is behind; True when nothing is.

        At once, and without a write, when there is nothing to do.
        """
        with self._reading():
            if derived.is_complete(self._connection):
                return True
        try:
            with self._writing(wait=False):
                return derived.catch_up(self._connection, seconds)
        except Busy:
            return False

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
        with self._writing(), writing.uncollected():
            revision, known = self._write(edit, author, action, None)
        self._remember(revision, known)
        return revision

    def write_made(self, make: Callable[[], Edit], author: Id) -> Revision | None:
        """Do an edit that is made while nobody else can write; None when there is nothing to do.

        What ``make`` finds in use need not be read again to know that it still is so.
        """
        with self._writing(), writing.uncollected():
            self._just_read = []
            try:
                edit = make()
                if not edit:
                    return None
                revision, known = self._write(edit, author, "do", None, self._just_read)
            finally:
                self._just_read = None
        self._remember(revision, known)
        return revision

    def invert(self, author: Id, action: Literal["undo", "redo"]) -> Revision | None:
        """Take back the author's last step, or the last taking back; None when there is none.

        A step that can no longer be taken back, because somebody changed since what it left, is
        passed over: the revision changes nothing and its label says why.
        """
        with self._writing(), writing.uncollected():
            done = self.to_invert(author, action)
            if done is None:
                return None
            self._my_replica()
            try:
                if journal.is_partial(self._connection, done.id):
                    raise Conflict("is not in this file as a whole")
                with self._all_or_nothing():
                    changes = undoing.changes(self._connection, done)
                    edit = Edit(done.label, changes, foreign=reach_of_inverse(done))
                    now = [change.before for change in changes if change.before]
                    revision, known = self._write(edit, author, action, done.id, now)
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
        self,
        edit: Edit,
        author: Id,
        action: Action,
        target: int | None,
        just_read: Iterable[Record] = (),
    ) -> tuple[Revision, dict[int, int]]:
        """``just_read`` are records as they are, known since this write has begun."""
        replica = self._my_replica()
        vector = journal.known(self._connection)
        clock = tick(journal.last_clock(self._connection), time.time_ns() // 1_000_000)
        changes = edit.changes
        if action in ("start", "do") and not edit.foreign:
            changes = tuple(stamp(change, author, clock >> 15) for change in changes)
        writing.expect(self._connection, changes, just_read)
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

    def write_many(self, label: str, edits: Iterable[Edit], author: Id) -> Revision | None:
        """Do edits as one revision, each of them as it comes; None when none changes anything.

        They are asked for while nobody else can write. They bring in what was made elsewhere, so
        nothing is stamped. Whatever they raise leaves the project as it was. The revision reads
        its entries from the file when asked for them.
        """
        with self._sparing(), self._writing():
            waiting = (edit for edit in edits if edit)
            first = next(waiting, None)
            if first is None:
                return None
            replica = self._my_replica()
            vector = journal.known(self._connection)
            clock = tick(journal.last_clock(self._connection), time.time_ns() // 1_000_000)
            id = replica << 32 | vector.get(replica, 0) + 1
            revision = Revision(id, clock, author, label, "do", None, ())
            self._step = writing.Step(self, revision, vector)
            try:
                for edit in chain((first,), waiting):
                    with writing.uncollected():
                        self._step.put(edit)
                count = self._step.count
            finally:
                self._step = None
        self._remember(revision, vector)
        return replace(revision, entries=journal.Entries(self._connection, id, count))

    def is_written(self, kind: str, id: Id) -> bool:
        """Whether what :meth:`write_many` is writing has changed this record already."""
        return self._step is not None and self._step.changes(kind, id)

    @contextmanager
    def _sparing(self) -> Iterator[None]:
        """With half as many pages in memory, so that what is read meanwhile has room there."""
        (usual,) = self._connection.execute("PRAGMA cache_size").fetchone()
        self._connection.execute(f"PRAGMA cache_size = {usual // 2}")
        try:
            yield
        finally:
            self._connection.execute(f"PRAGMA cache_size = {usual}")

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
    def _writing(self, *, wait: bool = True) -> Iterator[None]:
        try:
            with self.turns.writing(wait=wait):
                yield
        except BaseException:
            self._replica = None
            raise

    def _my_replica(self) -> int:
        """This file's replica id; a copied or restored file takes a new one. Inside a write."""
        if self._replica is not None:
            return self._replica
        saved = self._meta("replica")
        if saved is None or self._meta("home") != self.turns.watch.home:
            saved = str(_new_replica())
            self._connection.execute("INSERT INTO replica (id) VALUES (?)", (int(saved),))
            self._connection.executemany(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
                [("replica", saved), ("home", self.turns.watch.home)],
            )
        self._replica = int(saved)
        return self._replica

    def _read_data_version(self) -> int:
        """Changes whenever another connection has committed."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)


def _new_replica() -> int:
    return 1 + secrets.randbelow((1 << 30) - 1)
