"""Rows of marks and statements as records, with nothing in between where a row is plain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from annotator.core.codebook import Codebook
from annotator.core.model import FieldValue, Fragment, Id, Mark, Member, Statement
from annotator.formats import annotator_at_once as at_once
from annotator.formats.annotator_layout import GOLD_NAME, FileAuthored
from annotator.formats.annotator_values import number as id_number
from annotator.formats.annotator_values import same_number, time_ms, time_text
from annotator.formats.exchange.tables.layout import FieldColumns
from annotator.formats.exchange.tables.line import Columns, Line
from annotator.formats.exchange.typed import number, whole

_AUTHORED = FileAuthored.__struct_fields__
_NO_TIME = time_text(0)
NOBODY = "0"
"""By whom gold was made of which the tables do not say so."""

Stamps = tuple[Id, int, Id, int, Id]
"""The id, and when and by whom it was made and changed."""


class SaidRows:
    """What the rows of a table of marks or statements say.

    What they say wrong is told with the row, in the words of the layout of Annotator JSON.
    """

    def __init__(self, table: str, book: Codebook, columns: Columns) -> None:
        places = columns.places
        self.file = columns.rows.partition(",")[0]
        self.whose = itemgetter(*(places[name] for name in ("id", "article", "layer")))
        self._authored = _getter([places.get(name) for name in _AUTHORED])
        said = ("note", "flagged", "kind", "quote") if table == "marks" else ("note", "flagged")
        self._said = _getter([places.get(name) for name in said])
        self._has_quotes = "quote" in places
        named = FieldColumns(table, book).fields
        self._fields = [
            (key, book.fields[key], column, places[column])
            for key, column in named.items()
            if column in places
        ]

    def mark(self, line: Line, text: str, article: Id, layer: Id) -> Mark:
        """The mark of a row, on an article with this text."""
        pieces = line.fragments(text)
        note, flagged, kind, said = self._said(line.values)
        if self._has_quotes and said != _quote(pieces):
            raise line.wrong(f"“{said:.40}” does not stand where it says")
        id, made_at, made_by, changed_at, changed_by = self._stamps(line)
        return Mark(
            id=id,
            made_at=made_at,
            made_by=made_by,
            changed_at=changed_at,
            changed_by=changed_by,
            article=article,
            layer=layer,
            kind=kind,
            fragments=pieces,
            fields=self._values(line),
            note=note,
            flagged=flagged != "false" and line.flag("flagged"),
        )

    def statement(
        self, line: Line, members: tuple[Member, ...], article: Id, layer: Id
    ) -> Statement:
        """The statement of a row, of these marks."""
        note, flagged = self._said(line.values)
        id, made_at, made_by, changed_at, changed_by = self._stamps(line)
        return Statement(
            id=id,
            made_at=made_at,
            made_by=made_by,
            changed_at=changed_at,
            changed_by=changed_by,
            article=article,
            layer=layer,
            members=members,
            fields=self._values(line),
            note=note,
            flagged=flagged != "false" and line.flag("flagged"),
        )

    def _stamps(self, line: Line) -> Stamps:
        said = self._authored(line.values)
        if not at_once.is_plain(*said):
            given = dict(zip(_AUTHORED, _filled(line, said), strict=True))
            said = msgspec.structs.astuple(line.as_part(FileAuthored, given))
        id, made_at, made_by, changed_at, changed_by = said
        try:
            return (
                id_number(id),
                time_ms(made_at),
                same_number(made_by),
                time_ms(changed_at),
                same_number(changed_by),
            )
        except msgspec.ValidationError as error:
            raise line.wrong(str(error)) from error

    def _values(self, line: Line) -> dict[str, FieldValue]:
        found: dict[str, FieldValue] = {}
        for key, field, column, place in self._fields:
            said = line.values[place]
            if not said:
                continue
            value: Any = line.several(column) if field.many else said
            match field.type:
                case "stance":
                    value = whole(said)
                case "number":
                    value = number(said)
                case "flag":
                    value = line.flag(column)
            if value is None:
                raise line.wrong(f"{column} is a {field.type}, not “{said:.40}”")
            found[key] = value
        return found


def _quote(pieces: tuple[Fragment, ...]) -> str:
    return pieces[0].quote if len(pieces) == 1 else " … ".join([one.quote for one in pieces])


def _filled(line: Line, authored: Sequence[str]) -> tuple[str, ...]:
    """What says who made it and when, where the row does not: its analyst, at no time known."""
    id, made_at, made_by, changed_at, changed_by = authored
    made_at = made_at or _NO_TIME
    made_by = made_by or (NOBODY if line["layer"] == GOLD_NAME else line["layer"])
    return id, made_at, made_by, changed_at or made_at, changed_by or made_by


def _getter(places: Sequence[int | None]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """The values at these places, empty where there is none."""
    there = [place for place in places if place is not None]
    if len(there) == len(places):
        return itemgetter(*there)
    return lambda values: tuple(["" if place is None else values[place] for place in places])
