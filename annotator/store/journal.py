"""The journal in SQL: append revisions, read them back, find what to undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, overload

import msgspec

from annotator.core.model import Id
from annotator.core.revision import Entry, Flat, Revision
from annotator.core.touched import ManyEntries
from annotator.store.driver import Connection
from annotator.store.touching import TouchedInFile

_encode = msgspec.json.Encoder().encode
_AT_ONCE = 1000
"""Changes read at once where there are very many."""
_MANY = 10_000
"""Changes of another program's step from which on they are not read to be told of."""


_Asked = Callable[[Connection, int], Sequence[Entry]]
Line = tuple[str, Id, str | None, str | None, str | None]
"""A change as it is stored: kind and id, and as JSON before, after and what was seen."""


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


def _after(
    connection: Connection, before: Stack, revision: Revision, changes_nothing: bool
) -> tuple[Stack, int | None]:
    """The stacks once a revision is done, and what lies below it on its own.

    An undo or redo that changed nothing passed its step over: the step leaves its stack and is
    put on no other.
    """
    if revision.action == "start":
        return before, None
    if revision.action == "do":
        return Stack(revision.id, None), before.undo
    (below,) = connection.execute(
        "SELECT below FROM revision WHERE id = ?", (revision.target,)
    ).fetchone()
    if changes_nothing:
        undone = revision.action == "undo"
        return Stack(below, before.redo) if undone else Stack(before.undo, below), None
    if revision.action == "undo":
        return Stack(below, revision.id), before.redo
    return Stack(revision.id, below), before.undo


def append(
    connection: Connection, revision: Revision, articles: Iterable[Id] | None = None
) -> None:
    """Write a revision and its changes; the caller holds the transaction.

    ``articles`` are those that it concerns, for who has the records; else they are looked up.
    """
    begin(connection, revision, changes_nothing=not revision.entries)
    if articles is None:
        found = {_article_of(connection, entry) for entry in revision.entries}
        articles = [article for article in found if article is not None]
    add(connection, revision, map(line_of, revision.entries), articles)


def begin(connection: Connection, revision: Revision, *, changes_nothing: bool = False) -> None:
    """Write a revision whose changes are still to come."""
    before = stack(connection, revision.author)
    tops, below = _after(connection, before, revision, changes_nothing)
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
    connection.execute(
        "UPDATE replica SET sequence = ? WHERE id = ?", (revision.sequence, revision.replica)
    )


def add(
    connection: Connection,
    revision: Revision,
    lines: Iterable[Line],
    articles: Iterable[Id],
    first: int = 0,
) -> None:
    """Write changes of a revision, which has ``first`` already, and which articles they concern."""
    connection.executemany(
        "INSERT INTO change (revision, ordinal, kind, id, before, after, seen)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((revision.id, ordinal, *line) for ordinal, line in enumerate(lines, first)),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO article_revision (article, revision) VALUES (?, ?)",
        [(article, revision.id) for article in articles],
    )


def has(connection: Connection, revision: int, kind: str, id: Id) -> bool:
    """Whether a revision changes a record."""
    found = connection.execute(
        "SELECT 1 FROM change WHERE id = ? AND revision = ? AND kind = ?", (id, revision, kind)
    ).fetchone()
    return found is not None


def note_articles(connection: Connection) -> None:
    """Put down which articles the revisions concern, where they came in otherwise."""
    # Creations first: what follows them on a record names its article only if that changes.
    found = connection.execute(
        "SELECT kind, id, revision, before, after FROM change ORDER BY before IS NOT NULL"
    ).fetchall()
    article_of: dict[tuple[str, Id], Id | None] = {}
    for kind, id, number, before, after in found:
        key = kind, id
        if key not in article_of:
            article_of[key] = _article_of(connection, entry_of(kind, id, before, after, None))
        if article_of[key] is not None:
            connection.execute(
                "INSERT OR IGNORE INTO article_revision (article, revision) VALUES (?, ?)",
                (article_of[key], number),
            )


def _article_of(connection: Connection, entry: Entry) -> Id | None:
    """The article that a change concerns, if it concerns one."""
    if entry.kind == "article":
        return entry.id
    for flat in (entry.after, entry.before):
        if flat is not None and "article" in flat:
            return int(flat["article"])
    row = connection.execute(
        "SELECT after FROM change WHERE id = ? AND kind = ? AND before IS NULL LIMIT 1",
        (entry.id, entry.kind),
    ).fetchone()
    article = (_flat(row[0]) or {}).get("article") if row else None
    return None if article is None else int(article)


def revision(connection: Connection, id: int) -> Revision:
    """One revision with its changes."""
    return next(_revisions(connection, "WHERE id = ?", (id,)))


def label(connection: Connection, id: int) -> str:
    """What a revision is called, without reading its changes: there may be very many."""
    (words,) = connection.execute("SELECT label FROM revision WHERE id = ?", (id,)).fetchone()
    return str(words)


def size(connection: Connection, id: int) -> int:
    """How many changes a revision has."""
    query = "SELECT count(*) FROM change WHERE revision = ?"
    (number,) = connection.execute(query, (id,)).fetchone()
    return int(number)


def last_author(connection: Connection, id: Id) -> Id | None:
    """Who last changed a record."""
    row = connection.execute(
        "SELECT author FROM revision WHERE id IN (SELECT revision FROM change WHERE id = ?)"
        " ORDER BY clock DESC, id DESC LIMIT 1",
        (id,),
    ).fetchone()
    return row[0] if row else None


def has_gaps(connection: Connection) -> bool:
    """Whether of any revision something was left out of this file."""
    return bool(connection.execute("SELECT 1 FROM revision WHERE partial LIMIT 1").fetchone())


def is_partial(connection: Connection, id: int) -> bool:
    """Whether something of a revision was left out of this file."""
    (partial,) = connection.execute("SELECT partial FROM revision WHERE id = ?", (id,)).fetchone()
    return bool(partial)


def since(
    connection: Connection,
    vector: dict[int, int],
    now: dict[int, int],
    *,
    spares_many: bool = False,
) -> list[Revision]:
    """Revisions that one version vector does not cover and a later one does, in order.

    ``spares_many`` leaves very many entries where they are until they are asked for.
    """
    found: list[Revision] = []
    for replica, last in now.items():
        if last > vector.get(replica, 0):
            low = replica << 32 | vector.get(replica, 0)
            bounds = low, replica << 32 | last
            entries = _some_or_many if spares_many else _all
            found += _revisions(connection, "WHERE id > ? AND id <= ?", bounds, entries)
    return sorted(found, key=lambda r: r.order)


def history(connection: Connection, limit: int | None = None) -> Iterator[Revision]:
    """All revisions, the newest first."""
    bound = "" if limit is None else f" LIMIT {int(limit)}"
    return _revisions(connection, f"ORDER BY clock DESC, id DESC{bound}", ())


def history_of(
    connection: Connection, article: Id, before: tuple[int, int] | None, limit: int
) -> list[Revision]:
    """Revisions that concern an article and come before an order, the newest first."""
    clock, id = before or (1 << 62, 0)
    condition = (
        "WHERE id IN (SELECT revision FROM article_revision WHERE article = ?)"
        " AND (clock, id) < (?, ?) ORDER BY clock DESC, id DESC LIMIT ?"
    )
    return list(_revisions(connection, condition, (article, clock, id, limit)))


def last_known(connection: Connection, kind: str, id: Id) -> Flat | None:
    """What a record was when it was last deleted."""
    row = connection.execute(
        "SELECT before FROM change JOIN revision ON revision.id = change.revision"
        " WHERE change.id = ? AND kind = ? AND after IS NULL"
        " ORDER BY clock DESC, revision.id DESC LIMIT 1",
        (id, kind),
    ).fetchone()
    return _flat(row[0]) if row else None


def known(connection: Connection) -> dict[int, int]:
    """The version vector: the last sequence of each replica that wrote anything."""
    return dict(
        connection.execute("SELECT id, sequence FROM replica WHERE sequence > 0").fetchall()
    )


def last_clock(connection: Connection) -> int:
    (clock,) = connection.execute("SELECT max(clock) FROM revision").fetchone()
    return clock or 0


def _revisions(
    connection: Connection,
    condition: str,
    values: tuple[int, ...],
    entries: _Asked | None = None,
) -> Iterator[Revision]:
    asked = entries or _all
    rows = connection.execute(
        f"SELECT id, clock, author, label, action, target FROM revision {condition}", values
    ).fetchall()
    for id, clock, author, label, action, target in rows:
        yield Revision(id, clock, author, label, action, target, asked(connection, id))


def _some_or_many(connection: Connection, revision: int) -> Sequence[Entry]:
    """The entries of a revision, of very many only where they are."""
    (last,) = connection.execute(
        "SELECT max(ordinal) FROM change WHERE revision = ?", (revision,)
    ).fetchone()
    if (last or 0) < _MANY:
        return _all(connection, revision)
    return Entries(connection, revision, last + 1)


def _all(connection: Connection, revision: int) -> Sequence[Entry]:
    return tuple(_entries(connection, revision))


def _entries(connection: Connection, revision: int) -> Iterator[Entry]:
    rows = connection.execute(
        "SELECT kind, id, before, after, seen FROM change WHERE revision = ? ORDER BY ordinal",
        (revision,),
    ).fetchall()
    for kind, id, before, after, seen in rows:
        yield entry_of(kind, id, before, after, seen)


def line_of(entry: Entry) -> Line:
    """An entry as it is stored."""
    flats = _json(entry.before), _json(entry.after), _json(entry.seen)
    return entry.kind, entry.id, *flats


def entry_of(kind: str, id: Id, before: str | None, after: str | None, seen: str | None) -> Entry:
    """A row of ``change`` as an entry."""
    return Entry(kind, id, _flat(before), _flat(after), _flat(seen))


def steps(connection: Connection, kind: str, id: Id) -> list[tuple[Revision, Entry]]:
    """All that was ever done to one record, for folding: the revisions without their entries."""
    found = connection.execute(
        "SELECT r.id, r.clock, c.before, c.after, c.seen FROM change AS c"
        " JOIN revision AS r ON r.id = c.revision WHERE c.id = ? AND c.kind = ?",
        (id, kind),
    ).fetchall()
    return [
        (Revision(number, clock, 0, "", "do", None, ()), entry_of(kind, id, *flats))
        for number, clock, *flats in found
    ]


class Entries(ManyEntries[Entry]):
    """The changes of a revision that has very many: read from the journal each time."""

    def __init__(self, connection: Connection, revision: int, count: int) -> None:
        self._connection = connection
        self._revision = revision
        self._count = count  # to count them in the file, all of them would be read
        self._shown: tuple[Callable[[Entry], Entry | None], ...] = ()

    @cached_property
    def touched(self) -> TouchedInFile:
        return TouchedInFile(self._connection, self._revision)

    @property
    def kinds(self) -> frozenset[str]:
        return self.touched.kinds

    def shown(self, shown: Callable[[Entry], Entry | None]) -> Entries:
        found = copy(self)
        found._shown = (*self._shown, shown)
        return found

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Entry]:
        start = 0
        while some := self._some(start, _AT_ONCE):
            yield from filter(None, map(self._as_shown, some))
            start += len(some)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        places = range(len(self))[at]
        if isinstance(places, int):
            return self[places : places + 1][0]
        return list(filter(None, (self._as_shown(self._some(place, 1)[0]) for place in places)))

    def _as_shown(self, entry: Entry | None) -> Entry | None:
        for shown in self._shown:
            entry = shown(entry) if entry is not None else None
        return entry

    def _some(self, start: int, most: int) -> list[Entry]:
        rows = self._connection.execute(
            "SELECT kind, id, before, after, seen FROM change"
            " WHERE revision = ? AND ordinal >= ? ORDER BY ordinal LIMIT ?",
            (self._revision, start, most),
        )
        return [entry_of(*row) for row in rows.fetchall()]


def _json(value: object) -> str | None:
    return _encode(value).decode() if value is not None else None


def _flat(text: str | None) -> Flat | None:
    return None if text is None else msgspec.json.decode(text)
