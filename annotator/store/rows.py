"""Records as rows and back: one table per kind of record, one column per field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from annotator.core.model import Id, Record, Statement
from annotator.core.revision import RECORDS, kind_of
from annotator.store.driver import Connection

_SCALARS = (int, str, bool, type(None))
Row = tuple[Any, ...]


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
        return tuple(_column(getattr(record, name)) for name in self.names)


def _reader(type_: Any) -> Callable[[Any], Any] | None:
    """What turns a column back into a field; None where the column is the field."""
    if type_ is bool:
        return bool
    info = msgspec.inspect.type_info(type_)
    if isinstance(info, msgspec.inspect.DictType | msgspec.inspect.VarTupleType):
        return msgspec.json.Decoder(type_).decode
    return None


def _column(value: Any) -> Any:
    return value if isinstance(value, _SCALARS) else msgspec.json.encode(value).decode()


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


def write(connection: Connection, record: Record) -> None:
    """Put the record in place of the one with its id."""
    table = _TABLES[kind_of(record)]
    connection.execute(table.insert, table.row(record))
    if isinstance(record, Statement):
        _forget_members(connection, record.id)
        connection.executemany(  # a mark that is there twice is for the rules to refuse
            "INSERT OR IGNORE INTO member (statement, mark, role) VALUES (?, ?, ?)",
            [(record.id, m.mark, m.role) for m in record.members],
        )


def delete(connection: Connection, kind: str, id: Id) -> None:
    """Take the record away; the journal keeps it."""
    connection.execute(_TABLES[kind].delete, (id,))
    if kind == "statement":
        _forget_members(connection, id)


def _forget_members(connection: Connection, statement: Id) -> None:
    connection.execute("DELETE FROM member WHERE statement = ?", (statement,))
