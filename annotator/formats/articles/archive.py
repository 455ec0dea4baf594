"""Zip files: their entries in a stable order, or why one cannot be taken out."""

from __future__ import annotations

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import IO, cast

from annotator.core.errors import BadInput
from annotator.formats.articles.source import LONGEST, Source, is_hidden

_ENTRIES = 200_000
_RATIO = 200
"""How many times smaller a text can be packed; English is packed 3 times, logs 50 times."""

_SMALL = 10_000_000
"""Up to this many bytes an entry may be packed as tightly as it likes."""

_IN_MEMORY = 16_000_000
_PIECE = 1 << 20
_UTF8 = 0x800
_ENCRYPTED = 0x1


def entries(archive: zipfile.ZipFile, where: str) -> list[zipfile.ZipInfo]:
    """The files in it by name, without folders and what systems hide in them."""
    # Not `is_dir`, which fails for an entry without a name.
    found = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(found) > _ENTRIES:
        raise BadInput(f"{where} has {len(found):,} entries; unpack it and choose what to import.")
    if _overlap(found):
        raise BadInput(f"{where} has entries inside one another, as made to do harm; leave it out.")
    return sorted((e for e in found if not _hidden(name_in(e))), key=name_in)


def name_in(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; many programs write UTF-8 without saying so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        with suppress(UnicodeError):  # else it is in an old code page, as the format has it
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/").encode(errors="replace").decode()


def why_not(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not taken out, as the end of a sentence; empty when it is."""
    steps = name_in(entry).split("/")
    if ".." in steps or not steps[0] or ":" in steps[0]:
        return "has a name that leads out of its folder; pack the files anew"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is only a link; put the file itself into the zip file"
    if entry.flag_bits & _ENCRYPTED:
        return "is encrypted; unpack it with its password and import the files"
    if entry.file_size > LONGEST:
        return f"has {entry.file_size:,} bytes; the limit is {LONGEST:,}, so divide it"
    if entry.file_size > max(_SMALL, _RATIO * entry.compress_size):
        return (
            f"is packed {entry.file_size // max(1, entry.compress_size):,} times smaller than it"
            " is, as no article is; leave it out"
        )
    return ""


@contextmanager
def taken_out(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str) -> Iterator[Source]:
    """An entry's bytes, in memory or in a temporary file, never more than it says it has."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as room:
        try:
            _copy(archive, entry, cast("IO[bytes]", room))
        except NotImplementedError as error:
            raise BadInput(
                f"{where} is packed in a way that is not known here; pack the files anew."
            ) from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
        ) as error:
            raise BadInput(f"{where} is damaged; pack the files anew.") from error
        name = name_in(entry).rpartition("/")[2]
        size = room.tell()
        room.seek(0)
        yield Source(name, where, cast("IO[bytes]", room), size)  # type: ignore[arg-type]


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: IO[bytes]) -> None:
    with archive.open(entry) as packed:
        while piece := packed.read(_PIECE):
            to.write(piece)


def _hidden(name: str) -> bool:
    return any(is_hidden(step) and step != ".." for step in name.split("/"))


def _overlap(found: list[zipfile.ZipInfo]) -> bool:
    """Whether two entries share bytes: so a small file can unpack to any size."""
    spans = sorted((e.header_offset, e.header_offset + e.compress_size) for e in found)
    return any(before[1] > after[0] for before, after in pairwise(spans))
