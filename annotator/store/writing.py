"""Doing an edit: what it saw is still so, the journal, the rows, what follows, and the rules.

The caller holds the transaction; whatever is raised here rolls all of it back.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby

from annotator.core.errors import Conflict, NotAllowed
from annotator.core.model import Id, Record
from annotator.core.revision import RECORDS, Change, Edit, Revision
from annotator.core.rules import broken
from annotator.core.text.cleaning import sha256
from annotator.store import derived, journal, rows
from annotator.store.driver import Connection
from annotator.store.lookup import Lookup, Records

_REMEMBERED = 10_000
"""Records kept in mind while the rules are asked."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: an edit makes much that stays, and none of it in circles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def expect(connection: Connection, changes: tuple[Change, ...]) -> None:
    """Every record still is what the edit saw, and is changed once."""
    wanted: dict[str, list[Id]] = {}
    for change in changes:
        wanted.setdefault(change.kind, []).append(change.id)
    found = {kind: rows.these(connection, kind, ids) for kind, ids in wanted.items()}
    seen = set()
    for change in changes:
        if found[change.kind].get(change.id) != change.before:
            raise Conflict(
                f"This {change.kind} was changed elsewhere in the meantime; look at it and try again."
            )
        if change.id in seen:
            raise NotAllowed("One step changes a record once.")
        seen.add(change.id)


def carry_out(
    project: Records, edit: Edit, changes: tuple[Change, ...], revision: Revision
) -> None:
    """Write the revision and what it changes; :class:`NotAllowed` for what breaks a rule."""
    connection = project.connection
    texts = {sha256(text): text for text in edit.texts}
    connection.executemany("INSERT OR IGNORE INTO text (sha256, body) VALUES (?, ?)", texts.items())
    journal.append(connection, revision)
    rows.write_all(connection, (c.after for c in changes if c.after is not None))
    for kind, gone in groupby((c for c in changes if c.after is None), lambda c: c.kind):
        rows.delete_all(connection, kind, (change.id for change in gone))
    derived.follow(connection, changes)
    now = Lookup(project, _after(project, changes), texts)
    for change in changes:
        for fault in broken(change, revision.author, edit.foreign, now):
            brought = edit.foreign and revision.action == "do"
            raise NotAllowed(f"{change.kind} {change.id}: {fault}" if brought else fault)


def _after(project: Records, changes: tuple[Change, ...]) -> Callable[[str, Id], Record | None]:
    """How to find a record once the changes are written, without reading them back."""
    written: dict[str, dict[Id, Record | None]] = {kind: {} for kind in RECORDS}
    for change in changes:
        written[change.kind][change.id] = change.after
    read = lru_cache(_REMEMBERED)(project.record)

    def record(kind: str, id: Id) -> Record | None:
        of_kind = written[kind]
        return of_kind[id] if id in of_kind else read(kind, id)

    return record
