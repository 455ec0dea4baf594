"""What may be written to under a name that somebody gave: never a project.

An export replaces whatever has its name. A project under that name would be gone with all its
work, so what could be one is refused before anything is written.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from annotator.core.errors import BadInput

PROJECT = ".annotator"
"""How the names of projects end."""
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite has beside a database while somebody works on it."""
_MAGIC = b"SQLite format 3\x00"
_OPEN_HERE = Path("/dev/fd")
"""The files that this process has open, where a system tells it."""


def check_target(path: Path, *, makes_folders: bool = False) -> None:
    """:class:`BadInput` for a project or what belongs to one, and for a folder that is not there.

    ``makes_folders`` says that whoever writes makes the folders that are missing.
    """
    for name in dict.fromkeys((path, path.resolve())):
        if _may_be_a_project(name):
            raise BadInput(f"{path} is a project, or belongs to one; choose another name.")
    folder = path.resolve().parent
    if not makes_folders and not folder.is_dir():
        raise BadInput(f"There is no folder {folder}; make it first, or choose another.")


def _may_be_a_project(path: Path) -> bool:
    """By its name, then by what lies beside it, and only then by how it begins."""
    name = path.name.casefold()
    endings = ("", *_BESIDE)
    if any(name.endswith(PROJECT + ending) for ending in endings):
        return True
    if any(name.endswith(ending) and _is_there(path, ending) for ending in _BESIDE):
        return True
    if any(path.with_name(path.name + ending).exists() for ending in _BESIDE):
        return True
    return _is_database(path)


def _is_there(path: Path, ending: str) -> bool:
    """Whether there is a file that this one would belong to."""
    return path.with_name(path.name[: -len(ending)]).is_file() if path.name != ending else False


def _is_database(path: Path) -> bool:
    """Whether it begins like one.

    A file that this process has open is not looked into, and counts as one: closing it again
    would let go of all locks that SQLite holds on it here, also those of another connection.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return False
        if _is_open_here(found):
            return True
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False  # it is not there yet, or writing says what is wrong


def _is_open_here(found: os.stat_result) -> bool:
    """Whether this process has the file open under any name.

    Windows does not tell; it locks by handle, so looking into a file does no harm there.
    """
    try:
        numbers = [int(path.name) for path in _OPEN_HERE.iterdir()]
    except (OSError, ValueError):
        return False
    for number in numbers:
        try:
            if os.path.samestat(os.fstat(number), found):
                return True
        except OSError:  # closed by now, as the one that listed them
            continue
    return False
