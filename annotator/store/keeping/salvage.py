"""Reading a damaged project file: the journal and the texts, as much of them as there is.

SQLite is asked first, from both ends of each table, so that one bad page hides no more than it
holds. Then every page is looked at by itself, for what SQLite could no longer find its way to.
Only private copies are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from annotator.core.revision import RECORDS
from annotator.core.text.cleaning import sha256
from annotator.store.driver import FAULTS, Connection, defend, sqlite3
from annotator.store.file.opening import VERSION
from annotator.store.keeping import pages

_ACTIONS = ("start", "do", "undo", "redo")
_DIGEST = 64
"""Hexadecimal digits of a SHA-256."""
_ORDERS = ("", " DESC")

Row = tuple[Any, ...]


@dataclass(slots=True)
class Salvaged:
    """What could be read: rows of the journal by their keys, texts by their digests."""

    project: str = ""
    revisions: dict[int, Row] = field(default_factory=dict)
    changes: dict[tuple[int, int], Row] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    replicas: dict[int, Row] = field(default_factory=dict)
    records: dict[str, set[int]] = field(default_factory=dict)
    """The ids in the tables of records, by kind: what the journal should amount to."""
    version: int = VERSION
    """Of the layout that the rows are in."""


def salvage(copy: Path) -> Salvaged:
    """Everything that can be read in a private copy of a project file, its log beside it."""
    found = Salvaged()
    # Before SQLite sees the copy: it would bring the log into the file, or empty it.
    whole = list(pages.cells(copy))
    found.version = _version(copy)
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            defend(connection)
            _ask(connection, found)
    except FAULTS:
        pass  # not even a database any more; its pages may still be there
    for cell in whole:
        _take(cell, found)
    return found


def _version(copy: Path) -> int:
    """Of the layout, from the header; ours where that is destroyed or makes no sense."""
    told = pages.user_version(copy)
    return told if told is not None and 0 < told <= VERSION else VERSION


def _ask(connection: Connection, found: Salvaged) -> None:
    for row in _rows(connection, "SELECT value FROM meta WHERE key = 'project'", ("",)):
        found.project = str(row[0])
    partial = _has_partial(connection)
    revision = f"SELECT id, clock, author, label, action, target, undo_top, redo_top, below, {partial} FROM revision ORDER BY id"
    for row in _rows(connection, revision, _ORDERS):
        _take_revision(row, found)
    change = "SELECT revision, ordinal, kind, id, before, after, seen FROM change ORDER BY"
    for order in _ORDERS:
        by = f"{change} revision{order}, ordinal{order}"
        for row in _rows(connection, by, ("",)):
            _take_change(row, found)
    for row in _rows(connection, "SELECT sha256, body FROM text ORDER BY rowid", _ORDERS):
        _take_text(row, found)
    for kind in RECORDS:
        ids = _rows(connection, f"SELECT id FROM {kind} ORDER BY id", _ORDERS)
        found.records[kind] = {row[0] for row in ids if isinstance(row[0], int)}
    for row in _rows(connection, "SELECT id, sequence, counter FROM replica ORDER BY id", _ORDERS):
        if all(isinstance(value, int) for value in row):
            found.replicas.setdefault(row[0], row)


def _has_partial(connection: Connection) -> str:
    """Files of before the review have no such column."""
    names = [row[1] for row in _rows(connection, "PRAGMA table_info(revision)", ("",))]
    return "partial" if "partial" in names else "0"


def _rows(connection: Connection, query: str, orders: tuple[str, ...]) -> Iterator[Row]:
    """The rows up to where a page cannot be read, in each of these orders."""
    for order in orders:
        try:
            yield from connection.execute(query + order)
        except FAULTS:
            continue
        else:
            return


def _take(cell: pages.Cell, found: Salvaged) -> None:
    """A record of a page, if it is one of ours: tables are told by what is in them."""
    values = cell.values
    match len(values):
        case 7 if cell.rowid is None:
            _take_change(values, found)
        case 9 | 10 if cell.rowid is not None and values[0] is None:
            _take_revision((cell.rowid, *values[1:9], *(values[9:] or (0,))), found)
        case 2 if cell.rowid is not None:
            _take_text(values, found)
        case 2 if cell.rowid is None and values[0] == "project" and not found.project:
            found.project = str(values[1])
        case 3 if cell.rowid is not None and values[0] is None:
            _take_replica((cell.rowid, *values[1:]), found)
        case _:
            pass


def _take_replica(row: Row, found: Salvaged) -> None:
    """Only where it agrees with revisions: three numbers are easily something else."""
    id, sequence, counter = row
    if isinstance(sequence, int) and isinstance(counter, int) and id << 32 | 1 in found.revisions:
        _, old, reserved = found.replicas.get(id, (id, 0, 0))
        found.replicas[id] = id, max(old, sequence), max(reserved, counter)


def _take_revision(row: Row, found: Salvaged) -> None:
    id, clock, author, label, action, target, *tops = row
    if id in found.revisions or action not in _ACTIONS or not isinstance(label, str):
        return
    if all(isinstance(n, int) for n in (id, clock, author)) and all(
        n is None or isinstance(n, int) for n in (target, *tops)
    ):
        found.revisions[id] = row


def _take_change(row: Row, found: Salvaged) -> None:
    revision, ordinal, kind, id, before, after, seen = row
    if (revision, ordinal) in found.changes or kind not in RECORDS or not isinstance(id, int):
        return
    numbered = isinstance(revision, int) and isinstance(ordinal, int)
    says = before is not None or after is not None
    if numbered and says and all(map(_is_flat, (before, after, seen))):
        found.changes[revision, ordinal] = row


def _is_flat(value: object) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, str) and isinstance(msgspec.json.decode(value), dict)
    except msgspec.MsgspecError:
        return False


def _take_text(row: Row, found: Salvaged) -> None:
    digest, body = row
    if not isinstance(digest, str) or len(digest) != _DIGEST or not isinstance(body, str):
        return
    if digest not in found.texts and sha256(body) == digest:
        found.texts[digest] = body


def copy_bytes(project: Path, copy: Path) -> None:
    """The file and its log as they are; nothing of the original is opened for writing.

    Not for a file that this process has open: closing it again would drop SQLite's locks.
    """
    for suffix in ("", "-wal"):
        source = project.with_name(project.name + suffix)
        if source.exists():
            copy.with_name(copy.name + suffix).write_bytes(source.read_bytes())
