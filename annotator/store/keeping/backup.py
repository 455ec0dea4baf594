"""Backups: whole copies of a project, made while work goes on, looked through before they count.

They lie in a folder beside the project and thin out by themselves: some of the last hours, days
and weeks stay. A copy takes a new replica id before its first write, as every copied file does.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator.core.errors import ProjectFault
from annotator.store import journal
from annotator.store.driver import FAULTS, Connection, connect, connect_alone, sqlite3
from annotator.store.file.opening import APPLICATION_ID, discard, look_at

EVERY = timedelta(hours=1)
"""How old the newest backup may get while there is work it does not have."""
HOURS, DAYS, WEEKS = 6, 7, 4
"""Of how many hours, days and weeks in which there was a backup the newest one stays."""

_STEP_BYTES = 512 << 10
"""Copied at once; a gesture that needs the disk waits for no more than this."""
_SYNC_BYTES = 4 << 20
"""Written out at once, so that no gesture's own sync has to wait for a gigabyte of ours."""
_REST = 0.001, 0.05
"""Seconds between two steps, at least and at most; as long as the step took."""
_SPARE = 1.2
"""Free space asked for, as a part of what the backup takes."""
_DATE = "%Y-%m-%d %H-%M-%S"
_UNFINISHED = ".part"
_OFTEN = 100_000
"""Instructions of SQLite between two looks whether to stop."""


class Stopped(Exception):
    """The backup was not finished, as nobody wants it any more."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in a project's folder; the time is UTC, the size in bytes."""

    path: Path
    made_at: datetime
    size: int


def folder_of(project: Path) -> Path:
    """Where the backups of a project lie."""
    return project.with_name(f"{project.stem} backups")


def backups_of(project: Path) -> list[Backup]:
    """The backups there are, the newest first."""
    return sorted(_found(project), key=lambda one: one.made_at, reverse=True)


def _found(project: Path) -> Iterator[Backup]:
    folder = folder_of(project)
    pattern = re.compile(re.escape(project.stem) + r" (\d{4}-\d\d-\d\d \d\d-\d\d-\d\d)")
    for path in folder.iterdir() if folder.is_dir() else ():
        named = pattern.fullmatch(path.stem)
        if named is None or path.suffix != project.suffix:
            continue
        try:
            made_at = datetime.strptime(named[1], _DATE).replace(tzinfo=UTC)
            yield Backup(path, made_at, path.stat().st_size)
        except (ValueError, OSError):  # no date after all, or gone by now
            continue


def due(project: Path, now: datetime) -> bool:
    """Whether the newest backup is old enough, whatever it has."""
    there = backups_of(project)
    # One from the future was made by a clock that was wrong; it does not hold up the next.
    return not there or not timedelta() <= now - there[0].made_at < EVERY


def back_up(project: Path, now: datetime, stop: threading.Event | None = None) -> Backup | None:
    """Make a backup in the project's folder and thin out; None when the newest has it all.

    May run in any thread while others write. Raises :class:`ProjectFault` when it cannot be
    made or is not sound, :class:`Stopped` once ``stop`` is set.
    """
    there = backups_of(project)
    if there and revisions_since(project, there[0].path) == 0:
        return None
    folder = folder_of(project)
    path = folder / f"{project.stem} {now.astimezone(UTC):{_DATE}}{project.suffix}"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ProjectFault(f"No backup: {folder} cannot be made: {error.strerror}.") from error
    _clear(folder, now)
    made = copy_to(project, path, stop)
    for old in to_remove(backups_of(project)):
        _remove(old.path)
    return made


def _clear(folder: Path, now: datetime) -> None:
    """Remove what another backup left when it was cut off; not what one is at work on."""
    for left in folder.glob(f"*{_UNFINISHED}"):
        try:
            touched = datetime.fromtimestamp(left.stat().st_mtime, UTC)
        except OSError:
            continue
        if now - touched > EVERY:
            _remove(left)


def keep_old(project: Path, version: int) -> Path:
    """A copy of a project as an older program left it, among its backups; it is never thinned out.

    One that is there already and has everything serves as well.
    """
    folder = folder_of(project)
    name = f"{project.stem} in format {version}"
    for there in folder.iterdir() if folder.is_dir() else ():
        ours = there.name.startswith(name) and there.suffix == project.suffix
        if ours and revisions_since(project, there) == 0 and not fault_of(there):
            return there
    try:
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}, {datetime.now(UTC):{_DATE}}{project.suffix}"
        return copy_to(project, path).path
    except (ProjectFault, OSError) as error:
        why = str(error) if isinstance(error, ProjectFault) else f"{error.strerror}."
        raise ProjectFault(
            f"{project} was made by an older Annotator and is as it was: before it is brought up to"
            f" date a copy of it is kept, and that could not be. {why}"
        ) from error


def copy_to(project: Path, path: Path, stop: threading.Event | None = None) -> Backup:
    """A sound copy of a project at a path where nothing is yet."""
    look_at(project)
    stop = stop or threading.Event()

    def fill(part: Path) -> None:
        _room_for(project, path.parent)
        _copy(project, part, stop)

    return _made(project.name, path, fill, stop)


def copy_of(connection: Connection, name: str, path: Path) -> Backup:
    """The same from an open connection, of a project whose file may be gone; all at once."""

    def fill(part: Path) -> None:
        with closing(sqlite3.connect(part, isolation_level=None)) as target:
            connection.backup(target)
            _make_homeless(target)

    return _made(name, path, fill, threading.Event())


def _made(name: str, path: Path, fill: Callable[[Path], None], stop: threading.Event) -> Backup:
    """Filled beside its place, looked through, and only then put there."""
    if path.exists():
        raise ProjectFault(f"{path} exists already; choose another name.")
    part = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}{_UNFINISHED}")
    try:
        fill(part)
        fault = fault_of(part, stop)
        if stop.is_set():
            raise Stopped
        if fault:
            raise ProjectFault(f"The copy of {name} is not sound: {fault}.")
        _sync(part)
        part.replace(path)
        _sync(path.parent)
    except BaseException as error:
        _remove(part)
        if isinstance(error, FAULTS):
            raise ProjectFault(f"No copy of {name} could be made: {error}.") from error
        if isinstance(error, OSError):
            why = error.strerror or error
            raise ProjectFault(f"No copy of {name} could be made: {why}.") from error
        raise
    return Backup(path, datetime.now(UTC).replace(microsecond=0), path.stat().st_size)


def fault_of(path: Path, stop: threading.Event | None = None) -> str:
    """Why a file that nobody writes to cannot serve as a project; empty when it can."""
    try:
        with closing(connect_alone(path)) as connection:
            if stop is not None:
                connection.set_progress_handler(stop.is_set, _OFTEN)
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            if application != APPLICATION_ID:
                return "it is no Annotator project"
            (told,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if told != "ok":
                return str(told).splitlines()[-1]
            connection.execute("SELECT value FROM meta WHERE key = 'project'").fetchone()
    except FAULTS as error:
        return str(error)
    return ""


def revisions_since(project: Path, backup: Path) -> int | None:
    """How many revisions a project has that a backup has not; None when that cannot be said."""
    try:
        with closing(connect_alone(backup)) as connection:
            before = journal.known(connection)
        with closing(connect(project)) as connection:
            now = journal.known(connection)
    except FAULTS:
        return None
    return sum(max(0, last - before.get(replica, 0)) for replica, last in now.items())


def to_remove(backups: Iterable[Backup]) -> list[Backup]:
    """Which of them are of no hour, day or week that is kept."""
    newest_first = sorted(backups, key=lambda one: one.made_at, reverse=True)
    kept: set[Path] = set()
    for most, period in ((HOURS, "%Y-%m-%d %H"), (DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V")):
        newest_of: dict[str, Path] = {}
        for one in newest_first:
            newest_of.setdefault(f"{one.made_at:{period}}", one.path)
        kept.update(list(newest_of.values())[:most])
    return [one for one in newest_first if one.path not in kept]


def _copy(project: Path, part: Path, stop: threading.Event) -> None:
    """All pages as of one moment, a few at a time.

    A backup page by page begins anew at each commit of another connection; one whose source
    holds a read transaction does not, as it sees none of them.
    """
    with closing(connect(project)) as source:
        source.execute("PRAGMA cache_size = -2000")  # each page is read once
        source.execute("BEGIN")
        (page_size,) = source.execute("PRAGMA page_size").fetchone()
        (first,) = source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        assert first is not None
        part.touch()
        with closing(sqlite3.connect(part, isolation_level=None)) as target:
            # What is not finished is thrown away, so it needs no journal of its own.
            target.execute("PRAGMA synchronous = OFF")
            target.execute("PRAGMA cache_size = -2000")
            pace = _paced(part, page_size, stop)
            source.backup(target, pages=max(1, _STEP_BYTES // page_size), progress=pace)
            source.execute("COMMIT")
            # What others wrote meanwhile waits in the log; else their next commit would have to
            # bring all of it into the file at once.
            source.execute("PRAGMA wal_checkpoint(PASSIVE)")
            _make_homeless(target)


def _make_homeless(target: Connection) -> None:
    """An inode may be given out again; without a home the copy cannot take itself for the file."""
    target.execute("DELETE FROM meta WHERE key = 'home'")
    target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _paced(part: Path, page_size: int, stop: threading.Event) -> Callable[[int, int, int], None]:
    """Called after each step: sees that what was copied gets to the disk, and lets others work."""
    unsynced = 0
    rested = time.monotonic()

    def pace(_status: int, _remaining: int, _total: int) -> None:
        nonlocal unsynced, rested
        if stop.is_set():
            raise Stopped
        unsynced += max(page_size, _STEP_BYTES)
        if unsynced >= _SYNC_BYTES:
            unsynced = 0
            _sync(part)
        least, most = _REST
        time.sleep(min(max(time.monotonic() - rested, least), most))
        rested = time.monotonic()

    return pace


def _room_for(project: Path, folder: Path) -> None:
    log = project.with_name(project.name + "-wal")
    size = project.stat().st_size + (log.stat().st_size if log.exists() else 0)
    free = shutil.disk_usage(folder).free
    if free < size * _SPARE:
        raise ProjectFault(
            f"No backup of {project.name}: it needs {size * _SPARE / 1e6:.0f} MB"
            f" and {free / 1e6:.0f} MB are free in {folder}."
        )


def _sync(path: Path) -> None:
    """Onto the disk; folders cannot be opened on Windows, and need not be."""
    try:
        handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    except OSError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    """A backup that is not wanted, with what SQLite may have left beside it."""
    try:
        discard(path)
    except OSError:
        return  # it is in somebody's hands; the next time
