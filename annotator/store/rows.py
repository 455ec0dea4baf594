"""Records as rows and back: one table per kind of record, one column per field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from annotator.core.model import Id, Record, Statement
from annotator.core.revision import RECORDS, kind_of
from annotator.store.driver import Connection

_SCALARS = frozenset((int, str, bool, type(None)))
_AT_ONCE = 500
_encode = msgspec.json.Encoder().encode
Row = tuple[Any, ...]
_MANY = 1000
"""Records read at once."""


class _Table:
    """How one kind of record is written to SQL."""

    def __init__(self, kind: str, record: type[Record]) -> None:
        fields = msgspec.structs.fields(record)
        self.record = record
        self.names = tuple(f.name for f in fields)
        readers = ((f.name, _reader(f.type)) for f in fields)
        self.readers = tuple((name, reader) for name, reader in readers if reader)
        columns = ", ".join(f'"{n}"' for n in self.names)
        places = ", ".join("?" * len(self.names))
        self.select = f'SELECT {columns} FROM "{kind}"'
        updates = ", ".join(f'"{n}" = excluded."{n}"' for n in self.names)
        # OR REPLACE would also take away another article that has the same text.
        self.insert = (
            f'INSERT INTO "{kind}" ({columns}) VALUES ({places})'
            f" ON CONFLICT (id) DO UPDATE SET {updates}"
        )
        self.delete = f'DELETE FROM "{kind}" WHERE id = ?'

    def read(self, row: Row) -> Record:
        values = dict(zip(self.names, row, strict=True))
        for name, read in self.readers:
            values[name] = read(values[name])
        return self.record(**values)

    def row(self, record: Record) -> Row:
        return tuple([_column(getattr(record, name)) for name in self.names])


def _reader(type_: Any) -> Callable[[Any], Any] | None:
    """What turns a column back into a field; None where the column is the field."""
    if type_ is bool:
        return bool
    info = msgspec.inspect.type_info(type_)
    if isinstance(info, msgspec.inspect.DictType | msgspec.inspect.VarTupleType):
        return msgspec.json.Decoder(type_).decode
    return None


def _column(value: Any) -> Any:
    return value if type(value) in _SCALARS else _encode(value).decode()


_TABLES = {kind: _Table(kind, record) for kind, record in RECORDS.items()}


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
        connection.executemany(table.insert, map(table.row, written))
        statements = [record for record in written if isinstance(record, Statement)]
        if statements:
            _forget_members(connection, (s.id for s in statements))
            connection.executemany(  # a mark that is there twice is for the rules to refuse
                "INSERT OR IGNORE INTO member (statement, mark, role) VALUES (?, ?, ?)",
                [(s.id, m.mark, m.role) for s in statements for m in s.members],
            )


def delete(connection: Connection, kind: str, id: Id) -> None:
    """Take the record away; the journal keeps it."""
    delete_all(connection, kind, (id,))


def delete_all(connection: Connection, kind: str, ids: Iterable[Id]) -> None:
    """Take records of one kind away."""
    gone = tuple(ids)
    connection.executemany(_TABLES[kind].delete, ((id,) for id in gone))
    if kind == "statement":
        _forget_members(connection, gone)


def _forget_members(connection: Connection, statements: Iterable[Id]) -> None:
    connection.executemany("DELETE FROM member WHERE statement = ?", ((s,) for s in statements))
