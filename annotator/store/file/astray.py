"""A project file that is moved, replaced, deleted or written over while it is open.

SQLite goes on with the file it holds, whatever is at its path by now. What was saved last lies in
a log that is found by name: a file that was moved no longer has it, and one put in its place would
be given it. So the log is brought into the file that it belongs to as soon as this is noticed.

A file that is written over in place (``cp other.annotator open.annotator``) is still the file that
SQLite holds, with another's pages in it. Here the log must not come into the file: it would damage
what is there now, at the next checkpoint, when the last connection closes, or when the file is
opened again. So it is put aside and emptied.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from annotator.store.driver import FAULTS, Connection, connect_alone

Taken = dict[int, tuple[int, int]]
"""Of each replica the last step and the last record it numbered; neither ever goes back."""
Fate = Literal["", "moved or deleted", "replaced by another file", "written over by another file"]

OVER: Fate = "written over by another file"
_FOREIGN = ("not a database", "no such table")
"""What SQLite says of what is no project; not that it could not look, nor that pages do not go
together: a log of which a part was brought in leaves them so, and what is missing is in the log."""


class Watch:
    """Which file is open, and whether what is in it is what the programs at work in it wrote.

    They write into the file only when they bring the log into it, and until then it has what it
    had. So its own pages, read past the log, have all the steps they had when they were last
    looked at, and none that is not known through the log. They are looked at when the system says
    that the file was written to: a millisecond each time the log was brought in.
    """

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._connection = connection
        self.home = home(path)
        """Which file it is, whatever it is called."""
        self.project = _project(connection)
        self.kept_log: Path | None = None
        """Where the log of a file that was written over is; None when it had none."""
        self._written = _written(path)
        self._least: Taken | None = None
        """What the file alone is known to have; None before the log was first brought in."""
        self._is_over = False
        self._is_ours()

    def fate(self) -> Fate:
        """What became of the file; empty while it is where it was, and what it was."""
        if self._is_over:
            return OVER
        if home(self._path) != self.home:
            return "replaced by another file" if self._path.exists() else "moved or deleted"
        written = _written(self._path)
        # Looked at twice before it counts: a page may just be on its way into the file.
        if written == self._written or self._is_ours() or self._is_ours():
            self._written = written
            return ""
        self._is_over = True
        self.kept_log = _put_log_aside(self._path)
        return OVER

    def _is_ours(self) -> bool:
        """Whether the file alone has no less than before, and no more than the log knows."""
        before = self._least
        try:
            with closing(connect_alone(self._path, cut_short=True)) as alone:
                project, there = _project(alone), _taken(alone)
            known = _taken(self._connection)
        except FAULTS as error:
            return before is None or not any(word in str(error) for word in _FOREIGN)
        if project != self.project or not _covers(there, before or {}):
            return before is None and not project
        if not _covers(known, there):
            return False
        self._least = there
        return True


def _project(connection: Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = 'project'").fetchone()
    return str(row[0]) if row else ""


def _taken(connection: Connection) -> Taken:
    rows = connection.execute("SELECT id, sequence, counter FROM replica")
    return {id: (sequence, counter) for id, sequence, counter in rows}


def _covers(one: Taken, other: Taken) -> bool:
    """Whether one has all that the other has."""
    return all(
        id in one and one[id][0] >= sequence and one[id][1] >= counter
        for id, (sequence, counter) in other.items()
    )


def _written(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written to, by whomever; None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _put_log_aside(path: Path) -> Path | None:
    """Keep a copy of the log and empty it, as it belongs to what is no longer there.

    Neither is done with SQLite, which would bring it in. It puts no locks on the log, so this may
    open it; and whatever it reads there from now on is too short for it, so it writes nothing.
    """
    log = path.with_name(f"{path.name}-wal")
    kept = path.with_name(f"{path.stem} log {datetime.now(UTC):%Y-%m-%d %H-%M-%S}{log.suffix}")
    try:
        if not log.stat().st_size:
            return None
        shutil.copyfile(log, kept)
        os.truncate(log, 0)
    except OSError:
        return None
    return kept


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
    with suppress(*FAULTS):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def sentence(path: Path, fate: Fate) -> str:
    """Why nothing is written any more, and what there is to do."""
    if fate == OVER:
        return (
            f"{path} was {fate} while it was open, and is left as it is now. “Save a copy of the"
            " project…” makes a new project of its newest backup and of what was saved since and is"
            " still in its log; go on working there."
        )
    return (
        f"{path} was {fate} while it was open. All that was saved before is safe in this"
        " window: “Save a copy of the project…” writes it to a new file; go on working there."
    )
