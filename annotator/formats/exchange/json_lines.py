"""JSON as other programs write it, read strictly: whole files, and files of a line an article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from annotator.core.errors import BadInput
from annotator.formats.exchange.limits import check_size
from annotator.formats.strict_json import look_through, other_fault

Object = dict[str, Any]

_LONGEST_LINE = 64_000_000
_BOM = b"\xef\xbb\xbf"


def decoded(data: bytes, where: str) -> Any:
    """One JSON value; :class:`BadInput` names ``where`` and the place for whatever is unsound."""
    data = data.removeprefix(_BOM)
    look_through(data, where)
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadInput(f"{where} is not valid JSON: {other_fault(data, error)}.") from error


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


def first_object(path: Path, head: bytes) -> Object:
    """The object in a file's first line, to recognise it by; empty when there is none."""
    if not head.removeprefix(_BOM).lstrip().startswith(b"{"):
        return {}
    try:
        with path.open("rb") as file:
            line = file.readline(_LONGEST_LINE)
            while line and not line.strip().removeprefix(_BOM):
                line = file.readline(_LONGEST_LINE)
        found = json.loads(line.removeprefix(_BOM))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


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
