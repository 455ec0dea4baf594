"""What things were called that are not in the codebook any more, so that history stays readable."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotator.core.book.parts import TABLES, Part
from annotator.core.revision import Entry, Flat

_SORTS = {table: sort for sort, table in TABLES.items()}


def names(changes: Iterable[Entry]) -> dict[Part, str]:
    """The last name the journal knows of every part there ever was.

    ``changes`` come in the order in which they were done, all of them or some.
    """
    found: dict[Part, str] = {}
    for change in changes:
        if change.kind == "codebook":
            for flat in (change.before, change.after):
                _book(flat or {}, found)
        elif change.kind == "issue":
            _issue(change, found)
    return found


def _book(flat: Flat, found: dict[Part, str]) -> None:
    for name, entry in flat.items():
        table, dot, key = name.partition(".")
        if dot and table in _SORTS and isinstance(entry, dict):
            _note(Part(_SORTS[table], key), entry, found)
            for choice, one in entry.get("choices", {}).items():
                _note(Part("choice", choice, key), one, found)


def _note(part: Part, entry: dict[str, Any], found: dict[Part, str]) -> None:
    if isinstance(name := entry.get("name"), str):
        found[part] = name


def _issue(change: Entry, found: dict[Part, str]) -> None:
    for flat in (change.before, change.after):
        _note(Part("issue", str(change.id)), flat or {}, found)
