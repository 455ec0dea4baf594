"""JSON as other programs write it, read strictly: whole files, and files of a line an article."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from annotator.core.errors import BadInput
from annotator.formats.exchange.limits import check_marks, check_size
from annotator.formats.strict_json import look_through, other_fault, says_it_all

Object = dict[str, Any]

_LONGEST_LINE = 64_000_000
_BOM = b"\xef\xbb\xbf"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(data: bytes, where: str) -> Any:
    """One JSON value; :class:`BadInput` names ``where`` and the place for whatever is unsound."""
    data = data.removeprefix(_BOM)
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        look_through(data, where)
        raise BadInput(f"{where} is not valid JSON: {other_fault(data, error)}.") from error
    if not says_it_all(found, data):
        look_through(data, where)
    return found


def read_json(path: Path) -> Any:
    """A whole file."""
    check_size(path)
    try:
        return decoded(path.read_bytes(), path.name)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def read_lines(path: Path) -> Iterator[tuple[str, Object]]:
    """Each object of a JSON Lines file with the name of its place; empty lines are skipped."""
    for where, line in lines(path):
        yield where, as_object(decoded(line, where), where)


def lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """The same lines as they stand in the file."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(_LONGEST_LINE):
                number += 1
                where = f"{path.name}, line {number},"
                if len(line) == _LONGEST_LINE:
                    raise BadInput(f"{where} has more than {_LONGEST_LINE:,} bytes; divide it.")
                if line.strip().removeprefix(_BOM):
                    yield where, line
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def plain(start: bytes) -> bytes:
    """How a file begins as UTF-8, to recognise it by; reading it refuses what is not UTF-8."""
    if start.startswith(_UTF16):
        return start.decode("utf-16", "ignore").encode(errors="ignore")
    return start.removeprefix(_BOM)


def beginning(path: Path, length: int) -> bytes:
    """So many bytes of a file, as UTF-8."""
    try:
        with path.open("rb") as file:
            return plain(file.read(length))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def check_marks_in(path: Path, lists: tuple[str, ...]) -> None:
    """Refuse a file in whose lines these lists have too many entries, before any is made a mark.

    Whatever else is wrong with it is for who reads it.
    """
    counted = msgspec.defstruct("Line", [(name, Any, ()) for name in lists])
    count = 0
    for _, line in lines(path):
        with suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            found = msgspec.json.decode(line.removeprefix(_BOM), type=counted)
            count += sum(
                len(one) for one in msgspec.structs.astuple(found) if isinstance(one, list)
            )
        check_marks(count, path.name)


def first_object(path: Path, head: bytes) -> Object:
    """The object in a file's first line, to recognise it by; empty when there is none."""
    if not head.lstrip().startswith(b"{"):
        return {}
    try:
        with path.open("rb") as file:
            line = _first_line(file)
        found = json.loads(line.decode(errors="replace"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _first_line(file: BinaryIO) -> bytes:
    """The first line that is not blank, as UTF-8 also where it is UTF-16."""
    is_utf16 = file.read(2) in _UTF16
    file.seek(0)
    if is_utf16:
        return plain(file.read(_LONGEST_LINE)).lstrip().partition(b"\n")[0]
    line = file.readline(_LONGEST_LINE)
    while line and not line.strip().removeprefix(_BOM):
        line = file.readline(_LONGEST_LINE)
    return line.removeprefix(_BOM)


def as_object(found: Any, where: str) -> Object:
    if not isinstance(found, dict):
        raise BadInput(f"{where} is no JSON object but {kind_of(found)}.")
    return found


def as_list(found: Any, where: str) -> list[Any]:
    """A list; a value that is not there, or null, is an empty one."""
    if found is None:
        return []
    if not isinstance(found, list):
        raise BadInput(f"{where} is no list but {kind_of(found)}.")
    return found


def as_text(found: Any, where: str) -> str:
    if not isinstance(found, str):
        raise BadInput(f"{where} is no text but {kind_of(found)}.")
    return found


def as_offset(found: Any, where: str) -> int:
    if not isinstance(found, int) or isinstance(found, bool):
        raise BadInput(f"{where} is no whole number but {kind_of(found)}.")
    return found


def kind_of(found: Any) -> str:
    """What a value is, in words, with its beginning."""
    names = {bool: "true or false", int: "the number", float: "the number", str: "the text"}
    if found is None:
        return "null"
    if isinstance(found, dict):
        return "an object"
    if isinstance(found, list):
        return "a list"
    return f"{names[type(found)]} {found!r:.40}"


def line(found: Any) -> bytes:
    """One line of a JSON Lines file; keys keep their order, so the same gives the same bytes."""
    return msgspec.json.encode(found) + b"\n"
