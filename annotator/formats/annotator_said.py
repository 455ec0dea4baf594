"""Marks and statements as Annotator JSON: their rows put into forms that follow from the layout.

Of these there are very many. So they go from the columns of a project to JSON without becoming
records or objects of the layout on the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec

from annotator.core.bundle import ArticleBundle
from annotator.core.columns import MARKS, STATEMENTS, Row
from annotator.core.model import Id, Member
from annotator.formats.annotator_layout import FileMark, FileMember, FileStatement, Part
from annotator.formats.annotator_values import time_text

as_is: Callable[[str], Any] = msgspec.Raw
"""JSON text that is put where it belongs without being looked at."""

_LAST = 1 << 62


def _form(part: type[Part], *texts: str) -> str:
    """An object of the layout as JSON to be filled in; ``texts`` are the fields with quotation marks."""
    blanks = {name: as_is("%s") for name in part.__struct_fields__}
    return msgspec.json.encode(part(**blanks | {name: as_is('"%s"') for name in texts})).decode()


_AUTHORED = ("id", "made_at", "made_by", "changed_at", "changed_by")
_MARK = _form(FileMark, *_AUTHORED)
_STATEMENT = _form(FileStatement, *_AUTHORED)
_MEMBER = _form(FileMember, "mark")
_FRAGMENTS = MARKS.names.index("fragments")
_BEFORE_START = '[{"start":'
_FLAG = ("false", "true")


def marks_out(part: ArticleBundle) -> dict[Id, list[str]]:
    """By layer and as JSON, in the order of the text, implied ones last."""
    found: dict[Id, list[str]] = defaultdict(list)
    for _, row in sorted([(_start(row), row) for row in MARKS.rows(part.marks)]):
        id, made, maker, changed, changer, _, layer, kind, places, fields, note, flagged = row
        when = time_text(made)
        found[layer].append(
            _MARK
            % (
                id,
                when,
                maker,
                when if changed == made else time_text(changed),
                changer,
                _word(kind),
                places,
                _by_key(fields),
                _text(note),
                _FLAG[flagged],
            )
        )
    return found


def _start(row: Row) -> int:
    """Where a mark stands, read off its fragments as they are stored: ``[{"start":12, …``."""
    places: str = row[_FRAGMENTS]
    return int(places[len(_BEFORE_START) : places.index(",")]) if places != "[]" else _LAST


def statements_out(part: ArticleBundle) -> dict[Id, list[str]]:
    """By layer and as JSON, in the order of their ids."""
    rows = sorted(STATEMENTS.rows(part.statements))
    held = STATEMENTS.column(rows, "members", list[Member])
    found: dict[Id, list[str]] = defaultdict(list)
    for row, members in zip(rows, held, strict=True):
        id, made, maker, changed, changer, _, layer, _, fields, note, flagged = row
        roles = ",".join([_MEMBER % (_word(member.role), member.mark) for member in members])
        when = time_text(made)
        found[layer].append(
            _STATEMENT
            % (
                id,
                when,
                maker,
                when if changed == made else time_text(changed),
                changer,
                f"[{roles}]",
                _by_key(fields),
                _text(note),
                _FLAG[flagged],
            )
        )
    return found


def _by_key(fields: str) -> str:
    """A column of fields in the order of their keys."""
    if fields.count('":') < 2:
        return fields
    return msgspec.json.encode(dict(sorted(msgspec.json.decode(fields).items()))).decode()


def _text(text: str) -> str:
    return msgspec.json.encode(text).decode() if text else '""'


_word = lru_cache(_text)
"""Of keys of the codebook, of which there are few."""
