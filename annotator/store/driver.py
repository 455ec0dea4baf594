"""The one place that chooses the SQLite library and sets up a connection.

``pysqlite3`` brings a SQLite without the WAL-reset bug (fixed in 3.51.3) that two windows on
one project can meet; where it has no wheel the standard library's serves. The two have
different exception classes, so everyone takes ``sqlite3`` from here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        from pysqlite3 import dbapi2 as sqlite3
    except ImportError:
        import sqlite3

__all__ = ["FAULTS", "Connection", "connect", "connect_alone", "defend", "sqlite3"]

Connection = sqlite3.Connection
FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the second where it quotes a damaged name that is no text any more."""
BUSY_MS = 10_000
"""How long a writer waits for another program's transaction; they last milliseconds."""

_SETTINGS = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA cell_size_check = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = 1",
    "PRAGMA checkpoint_fullfsync = 1",
)


_DEFENSIVE = 1010
"""``SQLITE_DBCONFIG_DEFENSIVE``: no statement can damage the file or write to hidden tables."""
_LIMITS = {7: 2, 10: 10}
"""``SQLITE_LIMIT_ATTACHED`` and ``SQLITE_LIMIT_TRIGGER_DEPTH``: more than we ever need."""


def defend(connection: Connection, *, writes: bool = True) -> None:
    """Have a file's schema trusted with nothing, as far as the library lets us say so.

    Extensions are off unless somebody switches them on, and nobody does. ``writes`` need not be
    defended where none are possible.
    """
    connection.execute("PRAGMA trusted_schema = OFF")
    configure = getattr(connection, "setconfig", None)  # Python 3.12
    if configure is not None and writes:
        configure(_DEFENSIVE, True)
    limit = getattr(connection, "setlimit", None)  # Python 3.11; not in pysqlite3
    if limit is not None:
        for what, most in _LIMITS.items():
            limit(what, most)


def connect(path: Path) -> Connection:
    """A connection to a file that exists; whoever writes begins ``IMMEDIATE``."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        defend(connection)
        for setting in _SETTINGS:
            connection.execute(setting)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_alone(path: Path, *, cut_short: bool = False) -> Connection:
    """A connection that reads a file as it is, without its log; nothing is locked or put beside it.

    What it reads is whole only while nobody writes to the file. One that is ``cut_short`` may have
    fewer pages than it says, as when a part of its log was brought in; what is there is read.
    """
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        defend(connection, writes=not cut_short)
        if cut_short:
            connection.execute("PRAGMA writable_schema = ON")
    except BaseException:
        connection.close()
        raise
    return connection
