"""apsw in the clothes of ``pysqlite3``, so that the store itself writes through our own disk.

apsw lets Python be SQLite's file system, which ``sqlite3`` does not. Only for these tests, and
only in a process that has not loaded the store yet: :func:`wear` before anything else.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import apsw


class Connection:
    """As much of a connection as the store asks for."""

    def __init__(self, address: str, vfs: str) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
        self._real = apsw.Connection(address, flags=flags, vfs=vfs)
        # A file system in Python has no shared memory; alone on the file none is needed.
        self._real.execute("PRAGMA locking_mode = EXCLUSIVE")

    def execute(self, sql: str, values: Any = ()) -> Any:
        return self._real.execute(sql, values)

    def executemany(self, sql: str, rows: Any) -> Any:
        return self._real.executemany(sql, rows)

    @property
    def in_transaction(self) -> bool:
        return bool(self._real.in_transaction)

    def close(self) -> None:
        self._real.close()


def wear(vfs: str, kind: type[Connection] = Connection) -> None:
    """Have ``from pysqlite3 import dbapi2`` give this, on a file system of ours."""
    module = ModuleType("pysqlite3.dbapi2")

    def connect(address: str, **_options: Any) -> Connection:
        return kind(address, vfs)

    found: dict[str, Any] = {
        "connect": connect,
        "Connection": kind,
        "Error": apsw.Error,
        "DatabaseError": apsw.Error,
        "OperationalError": apsw.SQLError,
        "sqlite_version_info": tuple(map(int, apsw.sqlite_lib_version().split("."))),
    }
    vars(module).update(found)
    package = ModuleType("pysqlite3")
    vars(package)["dbapi2"] = module
    sys.modules["pysqlite3"] = package
    sys.modules["pysqlite3.dbapi2"] = module
