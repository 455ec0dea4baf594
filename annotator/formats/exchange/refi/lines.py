"""Field values as lines of a description, for people in other programs and for us.

A line is ``key (type): value``. An empty line ends them; what follows is the note.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from annotator.core.codebook import FieldType
from annotator.formats.exchange.typed import TYPES, type_named

Told = tuple[str, FieldType, bool, Sequence[str]]
"""A field's key, its type, whether it can hold several, and its values."""

_LINE = re.compile(rf"([\w-]+) \(({'|'.join(TYPES)})(, several)?\): (.*)", re.DOTALL)


def joined(told: Iterable[Told], note: str) -> str:
    """A description; empty when there is nothing to say."""
    lines = [
        f"{key} ({type}{', several' if several else ''}): {_quoted(value)}"
        for key, type, several, values in told
        for value in values
    ]
    return "\n".join([*lines, "", note]) if note else "\n".join(lines)


def taken_apart(description: str) -> tuple[list[Told], str]:
    """Fields and note of a description that :func:`joined` made."""
    found: dict[str, tuple[FieldType, bool, list[str]]] = {}
    lines = description.split("\n")
    for place, line in enumerate(lines):
        match = _LINE.fullmatch(line)
        if match is None:
            rest = lines[place:]
            return _told(found), "\n".join(rest[1:] if not line else rest)
        key, type, several, value = match.groups()
        held = found.setdefault(key, (type_named(type), several is not None, []))
        held[2].append(_plain(value))
    return _told(found), ""


def _told(found: dict[str, tuple[FieldType, bool, list[str]]]) -> list[Told]:
    return [(key, type, several, values) for key, (type, several, values) in found.items()]


def _quoted(value: str) -> str:
    """As it is unless that would not be one line, or be taken for a quoted one."""
    if value and value == value.strip() and len(value.splitlines()) == 1 and value[0] != '"':
        return value
    return json.dumps(value, ensure_ascii=False)


def _plain(value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return found if isinstance(found, str) else value
