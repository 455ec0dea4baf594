"""A project file that is moved, replaced or deleted while it is open.

SQLite goes on with the file it holds, whatever is at its path by now. What was saved last lies in
a log that is found by name: a file that was moved no longer has it, and one put in its place would
be given it. So the log is brought into the file that it belongs to as soon as this is noticed.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from annotator.store.driver import FAULTS, Connection


def home(path: Path) -> str:
    """Which file this is, whatever it is called; empty when there is none."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_dev}:{status.st_ino}"


def bring_in_the_log(connection: Connection) -> None:
    """Have everything in the file itself and the log empty, outside of any transaction.

    Another program at work in the file keeps the log; it has the same to do.
    """
    with contextlib.suppress(*FAULTS):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def sentence(path: Path) -> str:
    """Why nothing is written any more, and what there is to do."""
    what = "replaced by another file" if path.exists() else "moved or deleted"
    return (
        f"{path} was {what} while it was open. All that was saved before is safe in this"
        " window: “Save a copy of the project…” writes it to a new file; go on working there."
    )
