"""Making a project file and opening one: what is refused, and the sentence that says why."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.core.errors import Damaged, ProjectFault
from annotator.store.driver import FAULTS, Connection, connect

APPLICATION_ID = 0x416E6E6F
"""Marks an SQLite file as ours, see https://www.sqlite.org/fileformat.html#application_id."""
VERSION = 8
"""Of the schema; a file with a higher one comes from a newer Annotator."""


def create(
    path: Path,
    project: str | None = None,
    version: int = VERSION,
    fill: Callable[[Connection], None] | None = None,
) -> Connection:
    """A connection to a new file with a schema and an id; :class:`ProjectFault` if it cannot be.

    The id is new unless the file is to be another one of a ``project`` that there is. What an
    older ``version`` left is filled in while the file has the schema of then.
    """
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        raise ProjectFault(f"{path} exists already; choose another name or open it.") from None
    except OSError as error:
        raise ProjectFault(f"{path} cannot be created: {error.strerror}.") from error
    try:
        connection = connect(path)
        with _closed_on_failure(connection):
            # Before WAL is switched on, else a power cut could bring back the empty file.
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _prepare(connection, project or secrets.token_hex(16), version, fill)
            connection.execute("PRAGMA synchronous = FULL")
    except BaseException as error:
        discard(path)
        if isinstance(error, FAULTS):
            raise ProjectFault(f"{path} cannot be created: {error}.") from error
        raise
    return connection


def discard(path: Path) -> None:
    """Remove a file of ours that did not become a project."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def open_existing(path: Path, keep_old: Callable[[int], object]) -> Connection:
    """A connection to a project; :class:`ProjectFault` says why the file is none of ours.

    ``keep_old`` is called with the version of an older one before anything in it is changed.
    """
    look_at(path)
    try:
        connection = connect(path)
        with _closed_on_failure(connection):
            _recognise(path, connection, keep_old)
    except FAULTS as error:
        raise unopened(path, error) from error
    return connection


def unopened(path: Path, error: Exception) -> ProjectFault:
    """Why SQLite cannot open a file, and what can be saved of it."""
    rescue = (
        f"“annotator repair {path} -o NEW{path.suffix}” makes a new project of what can be read,"
        f" “annotator backup {path} --list” lists its backups."
    )
    if "not a database" in str(error):
        return Damaged(f"{path} is not an Annotator project. If it was one, {rescue}")
    if isinstance(error, UnicodeDecodeError):  # it quotes a name that is no text any more
        return unopened(path, ValueError("malformed: a name is no text any more"))
    if "malformed" in str(error) or "corrupt" in str(error):
        return Damaged(f"{path} is damaged ({error}) and was left as it is; {rescue}")
    if "readonly" in str(error) or "unable to open" in str(error):
        return ProjectFault(
            f"{path} cannot be opened for writing ({error}); copy it to a folder of your own, or"
            " ask for the right to write there."
        )
    if "locked" in str(error):
        return ProjectFault(f"{path} is held by another program ({error}); try again in a moment.")
    return ProjectFault(f"{path} cannot be opened: {error}.")


def look_at(path: Path) -> None:
    """Refuse what SQLite has no good words for, or would take for an empty database.

    The file itself is not opened: closing it again would drop the locks of every other
    connection that this process has to it.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise ProjectFault(
                f"{path} does not exist, but its log is still there: the project was moved while it"
                " was open. Give the file its old name and place again, then open it."
            ) from None
        raise ProjectFault(f"{path} does not exist; make it with “annotator new {path}”.") from None
    except OSError as error:
        raise ProjectFault(f"{path} cannot be read: {error.strerror}.") from error
    if path.is_dir():
        raise ProjectFault(f"{path} is a folder, not an Annotator project.")
    if size == 0:
        raise ProjectFault(f"{path} is an empty file, not an Annotator project.")


def _recognise(path: Path, connection: Connection, keep_old: Callable[[int], object]) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise ProjectFault(f"{path} is a database of another program, not an Annotator project.")
    if version == 0:
        raise ProjectFault(f"{path} was not made completely; delete it and make it anew.")
    if version > VERSION:
        raise ProjectFault(
            f"{path} was made by a newer Annotator (format {version}, this program"
            f" knows {VERSION}); update the program to open it."
        )
    if version < VERSION:
        keep_old(version)
        try:
            _prepare(connection)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            # What a migration says of rows that are not what they should be.
            raise unopened(path, ValueError(f"malformed: {error}")) from error


def _prepare(
    connection: Connection,
    project: str | None = None,
    version: int = VERSION,
    fill: Callable[[Connection], None] | None = None,
) -> None:
    """Bring the schema up to date, and name a new project; whoever comes second finds it done."""
    # sqlite-utils takes a tenth of a second to import, and only an old or new file needs it.
    from annotator.store.file.migrations import migrate  # noqa: PLC0415

    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if fill is not None:
            migrate(connection, version, only_to_it=True)
            fill(connection)
        migrate(connection, VERSION)
        if project is not None:
            connection.execute("INSERT INTO meta (key, value) VALUES ('project', ?)", (project,))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


@contextmanager
def _closed_on_failure(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise
