"""Marks and statements as Annotator JSON: their rows put into forms that follow from the layout.

Of these there are very many. So they go from the columns of a project to JSON without becoming
records or objects of the layout on the way. What is nested in them is JSON already: it goes in as
it is stored, where need be with other text between its values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from annotator.core.bundle import ArticleBundle
from annotator.core.columns import MARKS, STATEMENTS, Row, damaged
from annotator.core.model import Id, Member, Value
from annotator.formats.annotator_layout import (
    FileAuthored,
    FileMark,
    FileMember,
    FileStatement,
    Part,
)
from annotator.formats.annotator_line_ends import COMPACT, Apart
from annotator.formats.annotator_values import time_text

_EMPTY = "[]"
_NO_TEXT = '""'
_FLAG = ("false", "true")
_BLANK = "<>"
_TEXTS = {*FileAuthored.__struct_fields__, "mark"}
"""The fields of the layout with quotation marks around what is put into them."""
_FRAGMENTS = MARKS.names.index("fragments")
_STARTS = len('[{"start":')
_LAST = 1 << 62
_KEPT = 1 << 12


def marks_out(part: ArticleBundle, apart: Apart = COMPACT) -> dict[Id, str]:
    """A list by layer as JSON, in the order of the text, implied ones last."""
    before, to_made, to_maker, to_changed, to_changer, to_kind, to_places, *rest = _MARK
    to_fields, to_note, to_flag, after = rest
    found: dict[Id, list[str]] = defaultdict(list)
    last, when = None, ""
    for row in _in_order_of_text(MARKS.rows(part.marks)):
        id, made, maker, changed, changer, _, layer, kind, places, fields, note, flagged = row
        if made != last:  # what was made in one step often stands side by side
            last, when = made, time_text(made)
        then = when if changed == made else time_text(changed)
        found[layer].append(
            f"{before}{id}{to_made}{when}{to_maker}{maker}{to_changed}{then}{to_changer}{changer}"
            f"{to_kind}{_word(kind)}{to_places}{places}"
            f"{to_fields}{_by_key(fields)}{to_note}{_text(note) if note else _NO_TEXT}"
            f"{to_flag}{_FLAG[flagged]}{after}"
        )
    return {layer: apart.together(said) for layer, said in found.items()}


def statements_out(part: ArticleBundle, apart: Apart = COMPACT) -> dict[Id, str]:
    """A list by layer as JSON, in the order of their ids."""
    before, to_made, to_maker, to_changed, to_changer, to_members, *rest = _STATEMENT
    to_fields, to_note, to_flag, after = rest
    found: dict[Id, list[str]] = defaultdict(list)
    for row in sorted(STATEMENTS.rows(part.statements)):
        id, made, maker, changed, changer, _, layer, members, fields, note, flagged = row
        when = time_text(made)
        then = when if changed == made else time_text(changed)
        found[layer].append(
            f"{before}{id}{to_made}{when}{to_maker}{maker}{to_changed}{then}{to_changer}{changer}"
            f"{to_members}{_members(members)}"
            f"{to_fields}{_by_key(fields)}{to_note}{_text(note) if note else _NO_TEXT}"
            f"{to_flag}{_FLAG[flagged]}{after}"
        )
    return {layer: apart.together(said) for layer, said in found.items()}


def _in_order_of_text(rows: Iterable[Row]) -> list[Row]:
    try:
        return sorted(sorted(rows), key=_start)
    except ValueError as error:
        raise damaged(f"a mark has no place: {error}") from error


def _start(row: Row) -> int:
    """Where a mark stands, read off its fragments as they are stored: ``[{"start":12, …``."""
    places: str = row[_FRAGMENTS]
    return int(places[_STARTS : places.find(",")]) if places != _EMPTY else _LAST


@lru_cache(_KEPT)
def _by_key(fields: str) -> str:
    """A column of fields in the order of their keys."""
    if fields.count('":') < 2:
        return fields
    return _encode(dict(sorted(msgspec.json.decode(fields).items())))


def _text(text: str) -> str:
    return _encode(text) if text else _NO_TEXT


_word = lru_cache(_text)
"""Of keys of the codebook, of which there are few."""


# Forms


def _encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _form(part: type[Part]) -> Sequence[str]:
    """What stands before, between and after the values of an object of the layout."""
    return _apart(_encode(_with_blanks(part)), part, _TEXTS)


def _nested(stored: type[Value], part: type[Part]) -> Callable[[str], str]:
    """What makes a list of the layout of one that is stored."""
    was = _apart(_encode([_with_blanks(stored)] * 2), stored)
    becomes = _apart(_encode([_with_blanks(part)] * 2), part, _TEXTS)
    return _exchange(was, becomes)


def _with_blanks(part: type[Part | Value]) -> Part | Value:
    return part(**dict.fromkeys(part.__struct_fields__, _BLANK))


def _apart(text: str, part: type[Part | Value], texts: Collection[str] = ()) -> list[str]:
    """What stands around the blanks, with the quotation marks of those that are ``texts``."""
    found = text.split(f'"{_BLANK}"')
    names = part.__struct_fields__
    for place in range(len(found) - 1):
        if names[place % len(names)] in texts:
            found[place] += '"'
            found[place + 1] = f'"{found[place + 1]}'
    return found


def _exchange(was: list[str], becomes: list[str]) -> Callable[[str], str]:
    """Put one text around the values of two or more objects in place of another.

    What stands between values has quotation marks in it; within a value, these have a backslash
    before them. So it is found nowhere else.
    """
    opens, closes = was[0], was[-1]
    to_open, to_close = becomes[0], becomes[-1]
    inner = slice(1, len(was) // 2 + 1)
    pairs = [(old, new) for old, new in zip(was[inner], becomes[inner], strict=True) if old != new]

    def exchanged(text: str) -> str:
        if text == _EMPTY:
            return text
        if not (text.startswith(opens) and text.endswith(closes)):
            raise damaged(f"{text:.40} is not how it is stored")
        text = text[len(opens) : -len(closes)]
        for old, new in pairs:
            text = text.replace(old, new)
        return f"{to_open}{text}{to_close}"

    return exchanged


_MARK, _STATEMENT = _form(FileMark), _form(FileStatement)
_members = _nested(Member, FileMember)
