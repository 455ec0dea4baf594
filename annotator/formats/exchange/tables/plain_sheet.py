"""The rows of a sheet that has no more in it than text and numbers, read without a parser.

Of a large sheet nearly all is rows, and nearly all of these are alike. Each has to be just as
programs write them, so that nothing is taken for what it is not; what stands around them is
looked at by a parser. Any other sheet is read by
:mod:`annotator.formats.exchange.tables.workbook` alone.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from annotator.formats.exchange.tables.cells import from_workbook

MOST_COLUMNS = 1_000
_PIECE = 1 << 20
_LONGEST_ROW = 16 << 20
_BEGIN, _END, _ROW_END = "<sheetData>", "</sheetData>", "</row>"
_HEAD = re.compile(
    r'(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\?>\s*)?'
    r'<worksheet xmlns="http://schemas\.openxmlformats\.org/spreadsheetml/2006/main"'
    r"(?:(?!<row|<!|<\?).)*",
    re.DOTALL,
)
_ROW = re.compile(
    r'<row r="([1-9]\d{0,6})"(?: spans="[\d:]+")?(?: s="\d+")?(?: customFormat="\w+")?'
    r'(?: ht="[\d.]+")?(?: hidden="\w+")?(?: customHeight="\w+")?(?: (x14ac):dyDescent="[\d.]+")?>',
    re.ASCII,
)
_TEXT = "[^<>\x00-\x08\x0b-\x1f\ufffe\uffff]*"
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?:'
    rf'(?: s="\d+")? t="inlineStr"><is><t(?: xml:space="preserve")?>({_TEXT})</t></is></c>'
    r'|(?: s="(\d+)")?><v>(0|-?[1-9]\d{0,14}|-?\d{1,15}\.\d{1,17})</v></c>'
    r'|(?: s="\d+")? t="s"><v>(\d{1,7})</v></c>'
    r'|(?: s="\d+")?/>)'
    r"|(.).*",
    re.ASCII | re.DOTALL,
)
"""A cell of text, of a number, of a text by its number, or an empty one; or all from what is none
on, for it may be as long as a row can be."""
_CARE = re.compile("&|_x|>'")
"""What is in a row of which a text has more to it than it seems."""
_ENTITY = re.compile("&(?:(amp|lt|gt|quot|apos);)?")
_MEANT = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class NotPlain(Exception):
    """There is something in the sheet that only a parser can tell."""


class PlainSheet:
    """A sheet whose texts many cells may share, and the styles by which a number is a date."""

    def __init__(self, part: IO[bytes], shared: Sequence[str], dates: Container[int]) -> None:
        self._pieces = _pieces(part)
        self._shared = shared
        self._dates = dates
        self._around = expat.ParserCreate(namespace_separator=" ")
        self._has_height = False

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The texts of each row that is there, by its number; :class:`NotPlain` at any moment."""
        if 0 in self._dates:
            raise NotPlain
        waiting = self._begun()
        for piece in self._pieces:
            *rows, waiting = f"{waiting}{piece}".split(_ROW_END)
            yield from map(self._row, rows)
            if len(waiting) > _LONGEST_ROW:
                raise NotPlain
        if not waiting.startswith(_END) or "<row" in waiting:
            raise NotPlain
        self._parse(waiting, is_all=True)

    def _begun(self) -> str:
        """What has been read of the rows once all before them is."""
        head, begin, rest = next(self._pieces, "").partition(_BEGIN)
        if not begin or not _HEAD.fullmatch(head):
            raise NotPlain
        self._has_height = " xmlns:x14ac=" in head
        self._parse(head + begin, is_all=False)
        return rest

    def _parse(self, text: str, *, is_all: bool) -> None:
        try:
            self._around.Parse(text, is_all)
        except expat.ExpatError as error:
            raise NotPlain from error

    def _row(self, text: str) -> tuple[int, list[str]]:
        begun = _ROW.match(text)
        if begun is None or (begun[2] and not self._has_height):
            raise NotPlain
        read = _text if _CARE.search(text) else str
        found: list[str] = []
        for letters, said, style, number, shared, other in _CELL.findall(text, begun.end()):
            if other or (style and int(style) in self._dates):
                raise NotPlain
            if "." in number and str(float(number)) != number:
                raise NotPlain  # written otherwise than a parser would have it
            value = read(said) if said else number or (self._named(shared) if shared else "")
            place = column(letters)
            if len(found) + 1 == place <= MOST_COLUMNS:
                found.append(value)
            elif place <= MOST_COLUMNS:
                found += [""] * (place - len(found))
                found[place - 1] = value
        return int(begun[1]), found

    def _named(self, shared: str) -> str:
        """The text of this number."""
        if int(shared) >= len(self._shared):
            raise NotPlain
        return from_workbook(self._shared[int(shared)])


def _pieces(part: IO[bytes]) -> Iterator[str]:
    decoder = getincrementaldecoder("utf-8")()
    try:
        while piece := part.read(_PIECE):
            yield decoder.decode(piece)
        yield decoder.decode(b"", True)
    except UnicodeDecodeError as error:
        raise NotPlain from error


def _text(said: str) -> str:
    return from_workbook(_ENTITY.sub(_meant, said) if "&" in said else said)


def _meant(found: re.Match[str]) -> str:
    if found[1] is None:
        raise NotPlain
    return _MEANT[found[1]]


@lru_cache(MOST_COLUMNS)
def column(letters: str) -> int:
    """The number of a column by its letters, the first one 1; 0 for none."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number if letters.isascii() and letters.isalpha() else 0
