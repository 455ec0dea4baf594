"""A row of a table by the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from annotator.core.errors import BadInput
from annotator.core.model import Fragment
from annotator.formats.annotator_layout import Part
from annotator.formats.exchange.tables.cells import apart
from annotator.formats.exchange.typed import whole

Found = TypeVar("Found", bound=Part)
_PATTERN = re.compile(r"Expected `str` matching regex '(.*)' - at `\$\.([^`]*)`")
_ONE_PLACE = re.compile("([0-9]{1,18})-([0-9]{1,18})")


def _in_words(error: msgspec.ValidationError) -> str:
    """What is wrong with a cell, without the pattern that it should have."""
    return _PATTERN.sub(lambda found: f"{found[2]} is not {_meant(found[1])}", str(error))


def _meant(pattern: str) -> str:
    if "T" in pattern:
        return "a time such as 2025-08-24T12:00:00.000Z"
    return "64 signs from 0 to f" if "a-f" in pattern else "a number of at most 19 digits"


class Columns:
    """The names of a table's columns, each once, and the place of each."""

    def __init__(self, rows: str, names: Iterable[str]) -> None:
        """``rows`` is what a row is called, but for its number."""
        self.rows = rows
        self.places = {name: place for place, name in enumerate(names)}

    def head(self, number: int) -> Line:
        """The first row, without values."""
        return Line(self, number, [""] * len(self.places), is_head=True)


class Line(msgspec.Struct, gc=False):
    """A row: a text for each column. The first of a table is its head, without values."""

    columns: Columns
    number: int
    values: Sequence[str]
    is_head: bool = False

    @property
    def where(self) -> str:
        return f"{self.columns.rows} {self.number},"

    def __getitem__(self, name: str) -> str:
        return self.values[self.columns.places[name]]

    def get(self, name: str) -> str:
        """Empty where there is no such column."""
        place = self.columns.places.get(name)
        return "" if place is None else self.values[place]

    def some(self, *names: str) -> dict[str, Any]:
        return {name: self.get(name) for name in names}

    def flag(self, name: str) -> bool:
        said = self.get(name)
        if said == "false":
            return False
        said = said.casefold()
        if said not in ("true", "false", ""):
            raise self.wrong(f"{name} is true or false, not “{said:.40}”")
        return said == "true"

    def whole(self, name: str) -> int:
        found = whole(self.get(name))
        if found is None:
            raise self.wrong(f"{name} is no whole number but “{self.get(name):.40}”")
        return found

    def several(self, name: str) -> list[str]:
        """Several values, as :func:`~annotator.formats.exchange.tables.cells.joined` put them."""
        said = self.get(name)
        if not said.startswith("["):
            return apart(said)
        try:  # JSON, as lists of texts were written until 2026
            return msgspec.json.decode(said, type=list[str])
        except (msgspec.DecodeError, RecursionError) as error:
            raise self.wrong(f"{name} is no list such as one;two") from error

    def fragments(self, text: str) -> tuple[Fragment, ...]:
        """Pieces of the text, each after the one before."""
        one = _ONE_PLACE.fullmatch(self["fragments"])
        if one is not None:
            start, end = int(one[1]), int(one[2])
            if start < end <= len(text):
                return (Fragment(start, end, text[start:end]),)
        return tuple(self._fragments(text))

    def _fragments(self, text: str) -> Iterator[Fragment]:
        last = -1
        for piece in self.several("fragments"):
            first, _, last_one = piece.partition("-")
            start, end = whole(first), whole(last_one)
            if start is None or end is None or not last < start < end <= len(text):
                raise self.wrong(
                    f"“{piece:.40}” is no place of the article's text after the one before, such as"
                    " 5-11; spreadsheets make dates of them, so open CSV there as text only"
                )
            yield Fragment(start, end, text[start:end])
            last = end

    def as_part(self, type: type[Found], found: dict[str, Any]) -> Found:
        try:
            return msgspec.convert(found, type)
        except msgspec.ValidationError as error:
            raise self.wrong(_in_words(error)) from error

    def wrong(self, what: str) -> BadInput:
        return BadInput(f"{self.where} is not as Annotator writes it: {what}.")
