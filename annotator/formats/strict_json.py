"""What other readers let pass in JSON: a key twice, NaN, half a character, endless nesting.

msgspec reads fast and says where a value is wrong; this says where the file itself is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import msgspec

from annotator.core.errors import BadInput

Written = TypeVar("Written", bound=msgspec.Struct)

_LONGEST_NUMBER = 40
"""Digits; what a double or an id can hold has half as many."""
_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
)


class _Refused(ValueError):
    """Valid for Python, not for us."""


def as_we_write(
    data: bytes, type: type[Written], *layouts: Callable[[Written], bytes]
) -> Written | None:
    """What JSON says, if writing it gives the same bytes: then nothing can be hidden in it.

    Written on one line, indented, or laid out as by one of ``layouts``. That takes a fraction of
    the time of :func:`look_through`, which None asks for.
    """
    data = data.strip()
    try:
        found = msgspec.json.decode(data, type=type)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    plain = msgspec.json.encode(found)
    is_same = (
        data == plain
        or any(data == layout(found).strip() for layout in layouts)
        or data == msgspec.json.format(plain, indent=2)
    )
    return found if is_same else None


def says_it_all(found: Any, data: bytes) -> bool:
    """Whether JSON that was decoded gives the same bytes again, but for white space.

    Then nothing was hidden in it: no key twice, no number that cannot be kept.
    """
    return msgspec.json.encode(found) == msgspec.json.format(data, indent=-1)


def look_through(data: bytes, source: str) -> None:
    """Raise :class:`BadInput` that names ``source`` and the place unless the JSON is sound."""
    try:
        json.loads(
            data.decode(),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=_whole_number,
        )
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{source} is not UTF-8 in line {line}; save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise BadInput(
            f"{source} is not valid JSON in line {error.lineno}, column {error.colno}:"
            f" {error.msg[0].lower()}{error.msg[1:]}."
        ) from error
    except RecursionError as error:
        raise BadInput(f"{source} is not valid JSON: it is nested too deeply.") from error
    except _Refused as error:
        raise BadInput(f"{source} is not valid JSON: {error}.") from error


def other_fault(data: bytes, error: Exception) -> str:
    """What is wrong with JSON that looked sound and yet could not be read."""
    text = data.decode(errors="replace")
    half = _HALF.search(text)
    if half is None:
        return str(error)
    return f"half a character in line {text.count(chr(10), 0, half.start()) + 1}"


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Look at an object's keys; its values have been looked at before."""
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            id = next((f" with the id {v!r:.30}" for k, v in pairs if k == "id"), "")
            raise _Refused(f"an object{id} has the key “{key[:30]}” twice")
        seen.add(key)


def _no_number(name: str) -> NoReturn:
    raise _Refused(f"{name} is no number")


def _whole_number(digits: str) -> None:
    if len(digits) > _LONGEST_NUMBER:
        raise _Refused(f"a number of {len(digits)} digits")
