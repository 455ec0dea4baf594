"""The journal in SQL: append revisions, read them back, find what to undo and redo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from annotator.core.model import Id
from annotator.core.revision import Entry, Flat, Revision
from annotator.store.driver import Connection


@dataclass(frozen=True, slots=True)
class Stack:
    """An author's undo and redo stacks: the revision on top of each.

    Every revision stores the tops it left behind and what lies below it, so the stacks are
    found in the journal at any time, also after a restart, without reading it through.
    """

    undo: int | None = None
    redo: int | None = None

    def top(self, action: Literal["undo", "redo"]) -> int | None:
        return self.undo if action == "undo" else self.redo


def stack(connection: Connection, author: Id) -> Stack:
    """The author's stacks as their last revision left them."""
    row = connection.execute(
        "SELECT undo_top, redo_top FROM revision WHERE author = ?"
        " ORDER BY clock DESC, id DESC LIMIT 1",
        (author,),
    ).fetchone()
    return Stack(*row) if row else Stack()


def _after(connection: Connection, before: Stack, revision: Revision) -> tuple[Stack, int | None]:
    """The stacks once a revision is done, and what lies below it on its own."""
    if revision.action == "start":
        return before, None
    if revision.action == "do":
        return Stack(revision.id, None), before.undo
    (below,) = connection.execute(
        "SELECT below FROM revision WHERE id = ?", (revision.target,)
    ).fetchone()
    if revision.action == "undo":
        return Stack(below, revision.id), before.redo
    return Stack(revision.id, below), before.undo


def append(connection: Connection, revision: Revision) -> None:
    """Write a revision and its changes; the caller holds the transaction."""
    tops, below = _after(connection, stack(connection, revision.author), revision)
    connection.execute(
        "INSERT INTO revision (id, clock, author, label, action, target, undo_top, redo_top, below)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            revision.id,
            revision.clock,
            revision.author,
            revision.label,
            revision.action,
            revision.target,
            tops.undo,
            tops.redo,
            below,
        ),
    )
    connection.executemany(
        "INSERT INTO change (revision, ordinal, kind, id, before, after, seen)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (revision.id, n, e.kind, e.id, _json(e.before), _json(e.after), _json(e.seen))
            for n, e in enumerate(revision.entries)
        ],
    )
    connection.execute(
        "UPDATE replica SET sequence = ? WHERE id = ?", (revision.sequence, revision.replica)
    )


def revision(connection: Connection, id: int) -> Revision:
    """One revision with its changes."""
    return next(_revisions(connection, "WHERE id = ?", (id,)))


def since(connection: Connection, vector: dict[int, int], now: dict[int, int]) -> list[Revision]:
    """Revisions that one version vector does not cover and a later one does, in order."""
    found: list[Revision] = []
    for replica, last in now.items():
        if last > vector.get(replica, 0):
            low = replica << 32 | vector.get(replica, 0)
            found += _revisions(connection, "WHERE id > ? AND id <= ?", (low, replica << 32 | last))
    return sorted(found, key=lambda r: r.order)


def history(connection: Connection, limit: int | None = None) -> Iterator[Revision]:
    """All revisions, the newest first."""
    bound = "" if limit is None else f" LIMIT {int(limit)}"
    return _revisions(connection, f"ORDER BY clock DESC, id DESC{bound}", ())


def known(connection: Connection) -> dict[int, int]:
    """The version vector: the last sequence of each replica that wrote anything."""
    return dict(
        connection.execute("SELECT id, sequence FROM replica WHERE sequence > 0").fetchall()
    )


def last_clock(connection: Connection) -> int:
    (clock,) = connection.execute("SELECT max(clock) FROM revision").fetchone()
    return clock or 0


def _revisions(
    connection: Connection, condition: str, values: tuple[int, ...]
) -> Iterator[Revision]:
    rows = connection.execute(
        f"SELECT id, clock, author, label, action, target FROM revision {condition}", values
    ).fetchall()
    for id, clock, author, label, action, target in rows:
        entries = tuple(_entries(connection, id))
        yield Revision(id, clock, author, label, action, target, entries)


def _entries(connection: Connection, revision: int) -> Iterator[Entry]:
    rows = connection.execute(
        "SELECT kind, id, before, after, seen FROM change WHERE revision = ? ORDER BY ordinal",
        (revision,),
    ).fetchall()
    for kind, id, before, after, seen in rows:
        yield Entry(kind, id, _flat(before), _flat(after), _flat(seen))


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _flat(text: str | None) -> Flat | None:
    return None if text is None else msgspec.json.decode(text)
