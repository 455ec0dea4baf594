"""Where an article's bytes come from: a file, or an entry of a zip file."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.core.errors import BadInput
from annotator.formats.articles import text_in

LONGEST = 2_000_000_000
"""The largest file taken in at all, in bytes: a table of half a million articles."""


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to be read, at their start, that can be read from anywhere."""

    name: str
    """Of the file, without its folder."""
    where: str
    """What sentences about it begin with."""
    stream: BinaryIO
    size: int

    def share(self) -> float:
        """How much of it has been read, from 0 to 1."""
        return min(1.0, self.stream.tell() / self.size) if self.size else 1.0

    def start(self, length: int) -> bytes:
        """Its first bytes; the stream is left at the start."""
        self.stream.seek(0)
        found = self.stream.read(length)
        self.stream.seek(0)
        return found

    def whole(self) -> bytes:
        """All of it, when it is no larger than an article can be."""
        if self.size > text_in.LIMIT:
            raise BadInput(
                f"{self.where} has {self.size:,} bytes; the limit is {text_in.LIMIT:,}, so divide"
                " it into one file for each article."
            )
        self.stream.seek(0)
        return self.stream.read()


def name_of(path: Path) -> str:
    """A file name with ``?`` for the bytes that no encoding explains; they cannot be stored."""
    return _writable(path.name)


def where_is(path: Path) -> str:
    return f"{name_of(path)} in {_writable(str(path.absolute().parent))}"


def _writable(name: str) -> str:
    return name.encode(errors="replace").decode()


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """A file of ordinary kind and size; :class:`BadInput` says why it cannot be read."""
    where = where_is(path)
    try:
        size = _size_of_file(path, where)
        stream = path.open("rb")
    except OSError as error:
        raise BadInput(_unreadable(where, error)) from error
    with stream:
        if size > LONGEST:
            raise BadInput(f"{where} has {size:,} bytes; the limit is {LONGEST:,}, so divide it.")
        try:
            yield Source(name_of(path), where, stream, size)
        except OSError as error:
            raise BadInput(_unreadable(where, error)) from error


def _unreadable(where: str, error: OSError) -> str:
    why = error.strerror or "it breaks off"
    return f"{where} cannot be read ({why}); check that you may open it."


def _size_of_file(path: Path, where: str) -> int:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BadInput(f"{where} is not there; check whether it was moved or renamed.") from error
    if stat.S_ISDIR(found.st_mode):
        raise BadInput(f"{where} is a folder; choose the text files inside it.")
    if not stat.S_ISREG(found.st_mode):
        raise BadInput(f"{where} is not an ordinary file; choose a text file.")
    return found.st_size
