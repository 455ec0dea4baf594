"""Records as rows and back: one table per kind of record, one column per field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter, itemgetter

from annotator.core.columns import Columns, Row, differing
from annotator.core.model import Id, Record, Statement
from annotator.core.revision import RECORDS, kind_of
from annotator.store.driver import Connection

_AT_ONCE = 500
_MANY = 1000
"""Records read at once."""


class _Table:
    """How one kind of record is written to SQL."""

    def __init__(self, kind: str, record: type[Record]) -> None:
        self.columns = Columns(record)
        columns = ", ".join(f'"{n}"' for n in self.columns.names)
        places = ", ".join("?" * len(self.columns.names))
        self.select = f'SELECT {columns} FROM "{kind}"'
        updates = ", ".join(f'"{n}" = excluded."{n}"' for n in self.columns.names)
        # OR REPLACE would also take away another article that has the same text.
        self.insert = (
            f'INSERT INTO "{kind}" ({columns}) VALUES ({places})'
            f" ON CONFLICT (id) DO UPDATE SET {updates}"
        )
        self.update = f'UPDATE "{kind}" SET {{}} WHERE id = ?'
        self.delete = f'DELETE FROM "{kind}" WHERE id = ?'
        self.read = self.columns.record
        self.row = self.columns.row


_TABLES = {kind: _Table(kind, record) for kind, record in RECORDS.items()}


_id = attrgetter("id")


def read(connection: Connection, kind: str, id: Id) -> Record | None:
    """The record with this id, if there is one."""
    table = _TABLES[kind]
    row = connection.execute(f"{table.select} WHERE id = ?", (id,)).fetchone()
    return table.read(row) if row else None


def select(connection: Connection, kind: str, where: str = "", *values: object) -> Iterator[Record]:
    """Records by a condition of ours, in the order of their ids."""
    table = _TABLES[kind]
    condition = f" WHERE {where}" if where else ""
    rows = connection.execute(f"{table.select}{condition} ORDER BY id", values)
    return map(table.read, rows.fetchall())


def after(connection: Connection, kind: str, last: Id, most: int) -> list[Record]:
    """The next records, by id, that come after one."""
    table = _TABLES[kind]
    rows = connection.execute(f"{table.select} WHERE id > ? ORDER BY id LIMIT ?", (last, most))
    return [table.read(row) for row in rows.fetchall()]


def every(connection: Connection, kind: str) -> Iterator[Record]:
    """All records of a kind, in the order of their ids, never many of them in memory."""
    last: Id = -1
    while found := after(connection, kind, last, _MANY):
        yield from found
        last = found[-1].id


def these(connection: Connection, kind: str, ids: Iterable[Id]) -> dict[Id, Record]:
    """The records with these ids that there are."""
    table = _TABLES[kind]
    found: dict[Id, Record] = {}
    waiting = iter(ids)
    while some := tuple(islice(waiting, _AT_ONCE)):
        places = ", ".join("?" * len(some))
        for row in connection.execute(f"{table.select} WHERE id IN ({places})", some):
            record = table.read(row)
            found[record.id] = record
    return found


def of_articles(
    connection: Connection, kind: str, articles: Iterable[Id], layer: Id | None = None
) -> dict[Id, list[Row]]:
    """The rows of each of these articles, of one layer or of all, in the order of their ids."""
    table = _TABLES[kind]
    wanted = tuple(articles)
    places = ", ".join("?" * len(wanted))
    query, values = f"{table.select} WHERE article IN ({places})", wanted
    if layer is not None:
        query, values = f"{query} AND layer = ?", (*wanted, layer)
    rows = connection.execute(f"{query} ORDER BY article", values).fetchall()
    by_article = groupby(rows, itemgetter(table.columns.names.index("article")))
    found: dict[Id, list[Row]] = {article: sorted(some) for article, some in by_article}
    return {article: found.get(article, []) for article in wanted}


def write(connection: Connection, record: Record) -> None:
    """Put the record in place of the one with its id."""
    write_all(connection, (record,))


def write_all(connection: Connection, records: Iterable[Record]) -> None:
    """Put each record in place of the one with its id."""
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        by_kind.setdefault(kind_of(record), []).append(record)
    for kind, written in by_kind.items():
        table = _TABLES[kind]
        # In order, or every row is put into another page.
        connection.executemany(table.insert, map(table.row, sorted(written, key=_id)))
        if kind == "statement":
            _remember_members(connection, written)


def add_all(connection: Connection, kind: str, new: list[Row]) -> None:
    """Put rows where none with their ids are."""
    if new:
        places = ", ".join("?" * len(new[0]))
        columns = ", ".join(f'"{name}"' for name in _TABLES[kind].columns.names)
        insert = f'INSERT INTO "{kind}" ({columns}) VALUES ({places})'
        connection.executemany(insert, sorted(new, key=itemgetter(0)))


def add_members(connection: Connection, members: Iterable[tuple[Id, Id, str]]) -> None:
    """Statement, mark and role of new statements; what is there twice is for the rules to refuse."""
    connection.executemany(
        "INSERT OR IGNORE INTO member (statement, mark, role) VALUES (?, ?, ?)", members
    )


def update_all(connection: Connection, pairs: Iterable[tuple[Record, Record]]) -> None:
    """Put each second record in place of the first, which is there; what is alike stays untouched."""
    alike: dict[tuple[str, tuple[int, ...]], list[Record]] = {}
    for before, after in pairs:
        alike.setdefault((kind_of(after), differing(before, after)), []).append(after)
    for (kind, places), written in alike.items():
        if not places:
            continue
        table = _TABLES[kind]
        names = [table.columns.names[place] for place in places]
        settings = ", ".join(f'"{name}" = ?' for name in names)
        values = ((*table.columns.some(r, places), r.id) for r in sorted(written, key=_id))
        connection.executemany(table.update.format(settings), values)
        if kind == "statement" and "members" in names:
            _remember_members(connection, written)


def delete(connection: Connection, kind: str, id: Id) -> None:
    """Take the record away; the journal keeps it."""
    delete_all(connection, kind, (id,))


def delete_all(connection: Connection, kind: str, ids: Iterable[Id]) -> None:
    """Take records of one kind away."""
    gone = tuple(ids)
    connection.executemany(_TABLES[kind].delete, ((id,) for id in gone))
    if kind == "statement":
        _forget_members(connection, gone)


def _remember_members(connection: Connection, written: Iterable[Record]) -> None:
    statements = [record for record in written if isinstance(record, Statement)]
    _forget_members(connection, (s.id for s in statements))
    add_members(connection, ((s.id, m.mark, m.role) for s in statements for m in s.members))


def _forget_members(connection: Connection, statements: Iterable[Id]) -> None:
    connection.executemany("DELETE FROM member WHERE statement = ?", ((s,) for s in statements))
