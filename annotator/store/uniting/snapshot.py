"""A copy of another project file to read from: of a moment, complete, and the file stays as it is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.core.errors import ProjectFault
from annotator.store.driver import FAULTS, connect, sqlite3
from annotator.store.file.opening import look_at


@contextmanager
def snapshot(path: Path) -> Iterator[Path]:
    """A private copy of a project file, also of one that another program is writing to.

    SQLite's backup takes all pages in one step inside a read transaction, so what is committed
    is in and nothing else. The file is opened for reading only; its name plays no part.
    """
    look_at(path)
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        copy = Path(folder) / "copy.annotator"
        try:
            _copy(path, copy)
        except FAULTS as error:
            if "not a database" in str(error):
                raise ProjectFault(f"{path} is not an Annotator project.") from error
            raise ProjectFault(f"{path} cannot be read: {error}.") from error
        yield copy


def _copy(path: Path, copy: Path) -> None:
    """Without a log beside it nobody writes to it: then nothing is put beside it either."""
    log = path.with_name(path.name + "-wal")
    before = path.stat()
    resting = not log.exists()
    _backup(path, copy, "mode=ro&immutable=1" if resting else "mode=ro")
    after = path.stat()
    if resting and (
        log.exists()
        or (before.st_mtime_ns, before.st_size)
        != (
            after.st_mtime_ns,
            after.st_size,
        )
    ):
        copy.unlink()
        _backup(path, copy, "mode=ro")


def _backup(path: Path, copy: Path, how: str) -> None:
    copy.touch()
    target = connect(copy)
    try:
        source = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)
        try:
            source.backup(target)
        finally:
            source.close()
    finally:
        target.close()
