"""Marks and statements that an import makes: their rows, and the same text once more in the journal.

Of these there are very many, so what is nested in one is put into JSON once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec
from msgspec.structs import astuple

from annotator.core.columns import Row
from annotator.core.model import FieldValue, Id, Mark, Statement
from annotator.store import rows
from annotator.store.driver import Connection

_encode = msgspec.json.Encoder().encode
_FLAGS = ("false", "true")
_NO_FIELDS = "{}", ""
_NO_TEXT = '""'


class Made:
    """What is to be written of them; good for one portion of an import."""

    def __init__(self) -> None:
        self.marks: dict[Id, Mark] = {}
        self.statements: dict[Id, Statement] = {}
        self._mark_rows: list[Row] = []
        self._statement_rows: list[Row] = []
        self._flat: dict[str, str] = {}

    def mark(self, mark: Mark) -> str:
        """Take note of a mark; returns what the journal has of it."""
        # The row is what `MARKS.row` makes of it, without asking of each field what it is.
        id, made, maker, changed, changer, article, layer, kind, *said = astuple(mark)
        pieces, fields, note, flagged = said
        places = _encode(pieces).decode()
        stored, flat = self._fields(fields) if fields else _NO_FIELDS
        self.marks[id] = mark
        whose = made, maker, changed, changer, article, layer
        self._mark_rows.append((id, *whose, kind, places, stored, note, flagged))
        return (
            f'{{"made_at":{made},"made_by":{maker},"changed_at":{changed},"changed_by":{changer}'
            f',"article":{article},"layer":{layer},"kind":{_word(kind)},"fragments":{places}'
            f',"note":{_text(note) if note else _NO_TEXT},"flagged":{_FLAGS[flagged]}{flat}}}'
        )

    def statement(self, statement: Statement) -> str:
        """The same of a statement."""
        id, made, maker, changed, changer, article, layer, *said = astuple(statement)
        members, fields, note, flagged = said
        held = _encode(members).decode()
        stored, flat = self._fields(fields) if fields else _NO_FIELDS
        self.statements[id] = statement
        whose = made, maker, changed, changer, article, layer
        self._statement_rows.append((id, *whose, held, stored, note, flagged))
        return (
            f'{{"made_at":{made},"made_by":{maker},"changed_at":{changed},"changed_by":{changer}'
            f',"article":{article},"layer":{layer},"members":{held}'
            f',"note":{_text(note) if note else _NO_TEXT},"flagged":{_FLAGS[flagged]}{flat}}}'
        )

    @property
    def articles(self) -> set[Id]:
        """Those that they are on."""
        return {record.article for record in self.all()}

    def all(self) -> list[Mark | Statement]:
        return [*self.marks.values(), *self.statements.values()]

    def write(self, connection: Connection) -> None:
        """Put all of it into the rows, where none of it is yet."""
        rows.add_all(connection, "mark", self._mark_rows)
        rows.add_all(connection, "statement", self._statement_rows)
        rows.add_members(
            connection,
            [
                (id, member.mark, member.role)
                for id, statement in self.statements.items()
                for member in statement.members
            ],
        )

    def _fields(self, fields: Mapping[str, FieldValue]) -> tuple[str, str]:
        """As a row has them, and as entries of their own after those of a record."""
        stored = _encode(fields).decode()
        flat = self._flat.get(stored)
        if flat is None:
            by_name = {f"fields.{key}": value for key, value in fields.items()}
            flat = self._flat[stored] = f",{_encode(by_name).decode()[1:-1]}"
        return stored, flat


def _text(text: str) -> str:
    return _encode(text).decode()


_word = lru_cache(_text)
"""Of keys of the codebook, of which there are few."""
