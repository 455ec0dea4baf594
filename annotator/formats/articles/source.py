"""Where an article's bytes come from: a file, or an entry of a zip file."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.core.errors import BadInput
from annotator.formats.articles import text_in

_AT_ONCE = 1_000_000
"""Files of up to so many bytes are read in one go."""

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
    folder, name = os.path.split(path if path.is_absolute() else path.absolute())
    return f"{_writable(name)} in {_writable(folder)}"


def _writable(name: str) -> str:
    return name if name.isascii() else name.encode(errors="replace").decode()


def is_hidden(name: str) -> bool:
    """Whether systems and programs put a file or folder of this name beside others unasked."""
    return name.startswith((".", "~$", "__MACOSX")) or name.lower() in ("thumbs.db", "desktop.ini")


def held(path: Path) -> Source | None:
    """A small ordinary file, read once and closed; None for others, of which :func:`opened` tells."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _AT_ONCE:
            return None
        with path.open("rb", buffering=0) as file:
            data = file.read(found.st_size + 1)
    except (OSError, ValueError):
        return None
    if len(data) != found.st_size:
        return None  # being written, or read in pieces
    return Source(name_of(path), where_is(path), io.BytesIO(data), len(data))


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
