"""Putting a backup in the place of a project; what was there is kept aside, never overwritten."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from annotator.core.errors import ProjectFault
from annotator.store.driver import FAULTS, connect
from annotator.store.file.opening import look_at
from annotator.store.keeping.backup import copy_to, fault_of

_BESIDE = ("", "-wal", "-shm")


def restore(project: Path, backup: Path, now: datetime) -> Path | None:
    """Make ``project`` what a backup is; returns where the file that was there is now.

    The backup stays. Raises :class:`ProjectFault` when it is not sound, or while any program
    has the project open; then everything is as it was.
    """
    look_at(backup)
    fault = fault_of(backup)
    if fault:
        raise ProjectFault(f"{backup.name} cannot be restored: {fault}.")
    if project.exists() and project.samefile(backup):
        raise ProjectFault(f"{project} is the backup itself; name the project to restore.")
    _refuse_while_open(project)
    ready = project.with_name(f".{project.name}.restored")
    ready.unlink(missing_ok=True)
    copy_to(backup, ready)
    try:
        aside = _put_aside(project, now)
        os.rename(ready, project)  # noqa: PTH104, Path.rename would say the same
    except OSError as error:
        ready.unlink(missing_ok=True)
        raise ProjectFault(f"{project} cannot be replaced: {error.strerror}.") from error
    return aside


def _refuse_while_open(project: Path) -> None:
    """Also brings all that is in the log into the file, when the file can be read at all."""
    if not project.exists():
        return
    try:
        with closing(connect(project)) as connection:
            connection.execute("PRAGMA busy_timeout = 200")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except FAULTS as error:
        if "locked" in str(error) or "busy" in str(error):
            raise ProjectFault(
                f"{project.name} is open in another window or program; close it there first."
            ) from error
        # It is damaged, which may be why it is to be replaced.


def _put_aside(project: Path, now: datetime) -> Path | None:
    if not project.exists():
        return None
    stamp = f"{now.astimezone(UTC):%Y-%m-%d %H-%M-%S}"
    aside = project.with_name(f"{project.stem} before {stamp}{project.suffix}")
    if aside.exists():
        raise ProjectFault(f"{aside} exists already; try again in a moment.")
    # The log first: a log without its file says nothing, a file with another's log is refused.
    for suffix in reversed(_BESIDE):
        part = project.with_name(project.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside
