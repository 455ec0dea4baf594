"""Doing an edit: what it saw is still so, the journal, the rows, what follows, and the rules.

The caller holds the transaction; whatever is raised here rolls all of it back.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby

from annotator.core.errors import Conflict, NotAllowed
from annotator.core.model import Article, Id, Mark, Record, Statement
from annotator.core.revision import RECORDS, Change, Edit, Revision, entry
from annotator.core.rules import Glance, broken
from annotator.core.text.cleaning import sha256
from annotator.store import journal, rows
from annotator.store.driver import Connection
from annotator.store.finding import derived
from annotator.store.lookup import Lookup, Records
from annotator.store.made import Made

_AT_ONCE = 500
"""Changes whose records are read at once."""
_MUCH = 50_000
"""Things made in one go, after which looking through them would be noticed."""
_TWICE = "One step changes a record once."
_REMEMBERED = 10_000
"""Records kept in mind while the rules are asked."""
_REFERRED = ("codebook", "issue", "actor", "analyst", "procedure")
"""Kinds of record that very many others refer to."""


Read = Callable[[str, Id], Record | None]


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: an edit makes much that stays, and none of it in circles.

    Very much of it counts as old afterwards, or all would stand still while it is looked through.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if gc.get_count()[0] > _MUCH:
                gc.freeze()
                gc.unfreeze()  # puts all there is among what is oldest
            gc.enable()


def expect(
    connection: Connection, changes: tuple[Change, ...], just_read: Iterable[Record] = ()
) -> None:
    """Every record still is what the edit saw, and is changed once.

    What was ``just_read``, in this transaction, is not read again.
    """
    sure = set(map(id, just_read))
    by_kind: dict[str, list[Change]] = {}
    seen: set[Id] = set()
    for change in changes:
        if id(change.before) not in sure:
            by_kind.setdefault(change.kind, []).append(change)
        elif change.id in seen:
            raise NotAllowed(_TWICE)
        else:
            seen.add(change.id)
    for kind, of_kind in by_kind.items():
        for at in range(0, len(of_kind), _AT_ONCE):  # or all would be in memory a second time
            some = of_kind[at : at + _AT_ONCE]
            found = rows.these(connection, kind, [change.id for change in some])
            for change in some:
                if found.get(change.id) != change.before:
                    raise Conflict(
                        f"This {kind} was changed elsewhere in the meantime;"
                        " look at it and try again."
                    )
                if change.id in seen:
                    raise NotAllowed(_TWICE)
                seen.add(change.id)


def carry_out(
    project: Records, edit: Edit, changes: tuple[Change, ...], revision: Revision
) -> None:
    """Write the revision and what it changes; :class:`NotAllowed` for what breaks a rule."""
    journal.append(project.connection, revision, _articles(changes))
    read = lru_cache(_REMEMBERED)(project.record)
    _write(project, edit, changes, changes, Made(), revision, read)


class Step:
    """A revision that is written portion by portion, so that its changes are never all in memory.

    ``vector`` is what was known before it. Rules are asked about each portion once it is written,
    so what a record refers to comes with it or before it.
    """

    def __init__(self, project: Records, revision: Revision, vector: dict[int, int]) -> None:
        self._project = project
        self._revision = revision
        self._vector = vector
        self.count = 0
        """How many changes it has so far."""
        self._read = lru_cache(_REMEMBERED)(project.record)
        journal.begin(project.connection, revision)

    def put(self, edit: Edit) -> None:
        """The next portion, of which nothing is stamped.

        It was made since this write has begun, so it saw what there is.
        """
        made = Made()
        others: list[Change] = []
        lines: list[journal.Line] = []
        for change in edit.changes:
            record = change.after if change.before is None else None
            if isinstance(record, Mark):
                lines.append(("mark", record.id, None, made.mark(record), None))
            elif isinstance(record, Statement):
                lines.append(("statement", record.id, None, made.statement(record), None))
            else:
                others.append(change)
                lines.append(journal.line_of(entry(change, self._vector)))
        if len({id for _, id, *_ in lines}) < len(lines):
            raise NotAllowed(_TWICE)
        if any(change.kind in _REFERRED for change in others):
            self._read.cache_clear()
        articles = _articles(others) | made.articles
        journal.add(self._project.connection, self._revision, lines, articles, self.count)
        self.count += len(lines)
        _write(self._project, edit, edit.changes, others, made, self._revision, self._read)

    def changes(self, kind: str, id: Id) -> bool:
        """Whether a record is among what was put."""
        return journal.has(self._project.connection, self._revision.id, kind, id)


def _write(
    project: Records,
    edit: Edit,
    changes: Sequence[Change],
    others: Sequence[Change],
    made: Made,
    revision: Revision,
    read: Read,
) -> None:
    """What is journalled already, into the rows and what follows from them.

    ``changes`` are what is ``made`` ready and the ``others``.
    """
    connection = project.connection
    texts = {sha256(text): text for text in edit.texts}
    connection.executemany("INSERT OR IGNORE INTO text (sha256, body) VALUES (?, ?)", texts.items())
    rows.write_all(connection, (c.after for c in others if c.before is None and c.after))
    made.write(connection)
    rows.update_all(connection, ((c.before, c.after) for c in others if c.before and c.after))
    for kind, gone in groupby((c for c in others if c.after is None), lambda c: c.kind):
        rows.delete_all(connection, kind, (change.id for change in gone))
    derived.follow(connection, others, made.all())
    now = Lookup(project, _after(read, others, made), texts)
    glance = Glance(revision.author, now) if edit.foreign in (True, "import") else None
    for change in changes:
        record = change.after if change.before is None else None
        if glance and isinstance(record, Mark | Statement) and glance.is_sound(record):
            continue
        for fault in broken(change, revision.author, edit.foreign, now):
            brought = edit.foreign and revision.action == "do"
            raise NotAllowed(f"{_named(change, now)}: {fault}" if brought else fault)


def _named(change: Change, now: Lookup) -> str:
    """What is changed, for who did not choose it: kind and id, and the article it is on."""
    article = now.record("article", getattr(change.record, "article", 0))
    where = f" in “{article.title}”" if isinstance(article, Article) else ""
    return f"{change.kind} {change.id}{where}"


def _articles(changes: Iterable[Change]) -> set[Id]:
    """Those that the changes concern."""
    records = (change.record for change in changes)
    found = {r.id if isinstance(r, Article) else getattr(r, "article", None) for r in records}
    return {article for article in found if article is not None}


def _after(read: Read, changes: Iterable[Change], made: Made) -> Read:
    """How to find a record once all of it is written: ``read`` is for those not among it."""
    written: dict[str, dict[Id, Record | None]] = {kind: {} for kind in RECORDS}
    written["mark"].update(made.marks)
    written["statement"].update(made.statements)
    for change in changes:
        written[change.kind][change.id] = change.after

    def record(kind: str, id: Id) -> Record | None:
        of_kind = written[kind]
        return of_kind[id] if id in of_kind else read(kind, id)

    return record
