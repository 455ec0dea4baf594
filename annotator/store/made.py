"""Marks and statements that an import makes: their rows, and the same text once more in the journal.

Of these there are very many, so what is nested in one is put into JSON once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

import msgspec

from annotator.core.columns import MARKS, STATEMENTS, Row
from annotator.core.model import FieldValue, Mark, Statement
from annotator.store import rows
from annotator.store.driver import Connection

_encode = msgspec.json.Encoder().encode
_FLAGS = ("false", "true")
_FORM = '"made_at":%d,"made_by":%d,"changed_at":%d,"changed_by":%d,"article":%d,"layer":%d'
_MARK = "{" + _FORM + ',"kind":%s,"fragments":%s,"note":%s,"flagged":%s%s}'
_STATEMENT = "{" + _FORM + ',"members":%s,"note":%s,"flagged":%s%s}'


class Made:
    """What is to be written of them."""

    def __init__(self) -> None:
        self._marks: list[Row] = []
        self._statements: list[Statement] = []
        self._statement_rows: list[Row] = []

    def mark(self, mark: Mark) -> str:
        """Take note of a mark; returns what the journal has of it."""
        row = MARKS.row(mark)
        self._marks.append(row)
        _, made, maker, changed, changer, article, layer, kind, places, _, note, flagged = row
        authors = made, maker, changed, changer, article, layer
        last = _text(note), _FLAGS[flagged], _fields(mark.fields)
        return _MARK % (*authors, _word(kind), places, *last)

    def statement(self, statement: Statement) -> str:
        """The same of a statement."""
        row = STATEMENTS.row(statement)
        self._statements.append(statement)
        self._statement_rows.append(row)
        _, made, maker, changed, changer, article, layer, members, _, note, flagged = row
        authors = made, maker, changed, changer, article, layer
        return _STATEMENT % (
            *authors,
            members,
            _text(note),
            _FLAGS[flagged],
            _fields(statement.fields),
        )

    def write(self, connection: Connection) -> None:
        """Put all of it into the rows, where none of it is yet."""
        rows.add_all(connection, "mark", self._marks)
        rows.add_all(connection, "statement", self._statement_rows)
        rows.add_members(
            connection,
            chain.from_iterable(
                [(one.id, member.mark, member.role) for member in one.members]
                for one in self._statements
            ),
        )


def _fields(fields: Mapping[str, FieldValue]) -> str:
    """Entries of their own, after those of the record."""
    if not fields:
        return ""
    return "," + _encode({f"fields.{key}": value for key, value in fields.items()}).decode()[1:-1]


def _text(text: str) -> str:
    return _encode(text).decode() if text else '""'


_word = lru_cache(_text)
"""Of keys of the codebook, of which there are few."""
