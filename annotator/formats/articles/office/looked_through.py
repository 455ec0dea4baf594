"""Office files are zip files of XML: what is looked at before a library opens one."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import NoReturn

from annotator.core.errors import BadInput
from annotator.core.model import BlockType
from annotator.formats.articles.archive import why_not
from annotator.formats.articles.source import Source

_LARGEST = 1_000_000_000
"""Unpacked, in bytes; a library may hold several times that in memory."""

_LONGEST_PART = 100_000_000
_PARTS = 10_000
_PIECE = 1 << 20
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)
_PROLOGUE = 64 * 1024
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


def refuse_traps(source: Source, what: str) -> None:
    """Raise :class:`BadInput` for a package no Office program writes: bombs, entities, damage.

    ``what`` names the sort of document in the sentence.
    """
    try:
        with zipfile.ZipFile(source.stream) as package:
            parts = package.infolist()
            too_much = sum(part.file_size for part in parts) > _LARGEST or len(parts) > _PARTS
            wrong = any(why_not(part) for part in parts)
            if too_much or wrong or any(_declares(package, part) for part in parts):
                raise BadInput(
                    f"{source.where} is not as any program writes {what} (it unpacks to too much,"
                    " is encrypted, or declares entities); open it, save it anew and import that."
                )
            if _is_strict(package):
                raise BadInput(
                    f"{source.where} is in the strict form of Open XML, which is not read here;"
                    " open it and save it in the usual form of its program, .docx or .xlsx."
                )
    except (*_DAMAGED, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise BadInput(damaged(source.where, what)) from error
    source.stream.seek(0)


def _is_strict(package: zipfile.ZipFile) -> bool:
    """Whether it is in the strict form of Open XML, whose names no library here knows."""
    try:
        with package.open("_rels/.rels") as stream:
            return _STRICT in stream.read(_PROLOGUE)
    except KeyError:
        return False


def is_old(start: bytes) -> bool:
    """Whether a file is laid out as those of Office before 2007; locked ones of today are."""
    return start.startswith(b"\xd0\xcf\x11\xe0")


def refuse_old(source: Source) -> NoReturn:
    """Raise :class:`BadInput` for an old or locked file, which cannot be read."""
    if _holds(source, _LOCKED):
        raise BadInput(
            f"{source.where} is locked with a password; open it in its own program and save a copy"
            " without one."
        )
    raise BadInput(
        f"{source.where} is a file of an old Office program; open it in Word, Excel or LibreOffice"
        " and save it as .docx, .xlsx or plain text."
    )


def _holds(source: Source, words: bytes) -> bool:
    source.stream.seek(0)
    end = b""
    while piece := source.stream.read(_PIECE):
        if words in end + piece:
            return True
        end = piece[-len(words) :]
    return False


def damaged(where: str, what: str) -> str:
    return f"{where} is {what} that is damaged; open it in its own program and save it anew."


def part_of(package: zipfile.ZipFile, name: str, where: str, what: str) -> bytes:
    """A part that holds words; :class:`BadInput` when it is not there, is damaged or endless."""
    try:
        with package.open(name) as part:
            data = part.read(_LONGEST_PART + 1)
    except (*_DAMAGED, KeyError, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise BadInput(damaged(where, what)) from error
    if len(data) > _LONGEST_PART:
        raise BadInput(
            f"{where} has a part of more than {_LONGEST_PART:,} bytes; divide it into articles."
        )
    return data


def type_of_style(name: str) -> BlockType | None:
    """The block that a style of this name, in small letters, means.

    Office programs keep the English names of their own styles in every language.
    """
    if name == "title":
        return "headline"
    if name.startswith("heading") or name == "subtitle":
        return "heading"
    return "caption" if name == "caption" else None


def _declares(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part declares entities, which expand without end or to other files."""
    if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
        return False
    with package.open(part) as stream:
        start = stream.read(_PROLOGUE)
    return any(mark in start for mark in _DOCTYPES)
