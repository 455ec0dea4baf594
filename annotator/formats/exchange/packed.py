"""Zip files that are formats themselves: their entries, read with distrust and written alike."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.formats.articles import archive

MAGIC = b"PK\x03\x04"
LONGEST = 200_000_000
"""Bytes of one entry; a project of 10,000 articles has about as many."""
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o100644 << 16


@contextmanager
def opened(path: Path) -> Iterator[Packed]:
    """A zip file to be read. :class:`BadInput` when it is none, is damaged or made to do harm."""
    try:
        with zipfile.ZipFile(path) as found:
            yield Packed(found, path.name)
    except zipfile.BadZipFile as error:
        raise BadInput(f"{path.name} is a damaged zip file; export it again.") from error
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except (ValueError, NotImplementedError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}.") from error


class Packed:
    """The entries of a zip file by name; nothing is ever unpacked into a folder."""

    def __init__(self, found: zipfile.ZipFile, where: str) -> None:
        self._found = found
        self._where = where
        self._entries = {archive.name_in(e): e for e in archive.entries(found, where)}

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def data(self, name: str) -> bytes:
        """One entry's bytes. :class:`BadInput` says why it is not taken out."""
        where = f"{name} in {self._where}"
        if name not in self._entries:
            raise BadInput(f"{self._where} has no {name}; export it again.")
        entry = self._entries[name]
        reason = archive.why_not(entry)
        if reason:
            raise BadInput(f"{where} {reason}.")
        if entry.file_size > LONGEST:
            raise BadInput(f"{where} has {entry.file_size:,} bytes; the limit is {LONGEST:,}.")
        with archive.taken_out(self._found, entry, where) as source:
            return source.stream.read()


def entry(name: str) -> zipfile.ZipInfo:
    """An entry to be written: always of the same date, so that the same gives the same bytes."""
    made = zipfile.ZipInfo(name, _DATE)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.create_system = _UNIX
    made.external_attr = _READABLE
    return made
