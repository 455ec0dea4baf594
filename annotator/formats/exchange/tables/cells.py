"""Values as cells, and back: no cell is ever a formula, and none loses what it said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NewType

Cell = str | int | float | None
"""None and the empty text are both an empty cell."""


Plain = NewType("Plain", str)
"""Text that begins with a digit or a letter and has neither commas, quotation marks nor line ends,
such as an id or a time, so that no reader does anything with it."""


class Together(str):
    """Cells side by side as they stand in a CSV file; those that come in many rows are made once."""

    __slots__ = ("cells", "in_sheet")
    cells: tuple[Cell, ...]
    in_sheet: list[str] | None
    """What a sheet has of each cell, once one was written and it fits."""

    def __new__(cls, *cells: Cell) -> Together:
        made = str.__new__(cls, ",".join(map(_in_csv_file, cells)))
        made.cells, made.in_sheet = cells, None
        return made

    @classmethod
    def plain(cls, *cells: Plain) -> Together:
        """The same, where there is nothing to look for."""
        made = str.__new__(cls, ",".join(cells))
        made.cells, made.in_sheet = cells, None
        return made


Row = list[Together | Plain]


def flat(row: Row) -> list[Cell]:
    """Each cell by itself."""
    found: list[Cell] = []
    for part in row:
        if isinstance(part, Together):
            found += part.cells
        else:
            found.append(part)
    return found


LONGEST = 32_767
"""What Excel has room for in a cell, in UTF-16 units."""
MOST_ROWS = 1_048_576
"""What Excel has room for in a sheet, the one with the names of the columns included."""

# Spreadsheets take these for the beginning of a formula, some of them also in their full width
# and some after white space.
_BEGINS_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_SUSPECT = frozenset("'=+-@\t\r\n＝＋－＠")
_IS_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
# What XML has no way to write, and what looks like our way to write it.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_EXACT = 1 << 53
"""Excel keeps numbers as doubles."""


def harmless(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula.

    Numbers stay as they are. What begins with apostrophes and such a sign gets one more, so that
    :func:`as_written` finds the text again whatever it was.
    """
    if _BEGINS_FORMULA.match(text) and not _IS_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_written(text: str) -> str:
    """The text that :func:`harmless` was given."""
    return text[1:] if text.startswith("'") and _BEGINS_FORMULA.match(text) else text


def flag(value: bool) -> str:
    """What a cell has for yes or no."""
    return "true" if value else "false"


_NEEDS_CARE = re.compile(r"[\\;]|^\[|^$")
_EMPTY = r"\e"
_ONE = re.compile(r"(?:[^\\;]|\\.)*", re.DOTALL)
_CARED_FOR = re.compile(r"\\(.)", re.DOTALL)


def joined(texts: Iterable[str]) -> str:
    """Several texts in one cell: semicolons between them, a backslash before those within one.

    A backslash also stands before one within a text and before ``[`` at its beginning; an empty
    text is ``\\e``.
    """
    return ";".join([_careful(text) if _NEEDS_CARE.search(text) else text for text in texts])


def apart(cell: str) -> list[str]:
    """The texts that :func:`joined` was given; an empty cell has none."""
    if "\\" not in cell:
        return [one for one in cell.split(";") if one]
    found, at = [], 0
    while at <= len(cell):
        one = _ONE.match(cell, at)
        assert one is not None
        found.append("" if one[0] == _EMPTY else _CARED_FOR.sub(r"\1", one[0]))
        at = max(one.end(), at) + 1
    return found


def _careful(text: str) -> str:
    if not text:
        return _EMPTY
    cared = text.replace("\\", "\\\\").replace(";", "\\;")
    return f"\\{cared}" if cared.startswith("[") else cared


def csv_line(row: Row) -> str:
    """A line of a CSV file, of two cells or more, byte by byte as Python's ``csv`` has it."""
    return f"{','.join(row)}\r\n"


def _in_csv_file(cell: Cell) -> str:
    if not isinstance(cell, str):
        return "" if cell is None else repr(cell)
    if cell[:1] in _SUSPECT:
        cell = harmless(cell)
    if "," in cell or '"' in cell or "\n" in cell or "\r" in cell:
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def in_workbook(cell: Cell) -> str | int | float | None:
    """A cell as it stands in a workbook: a number, or text of which XML can write each character."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return _NOT_IN_XML.sub(_escape, harmless(cell))
    # Excel keeps 15 digits; what has more stays exact as text.
    exact = float(f"{cell:.15g}") == cell and abs(cell) < _EXACT
    return cell if exact else repr(cell)


def from_workbook(text: str) -> str:
    """The text of a cell; half a character by its number stays as it stands."""
    return as_written(_ESCAPED.sub(_unescape, text) if "_x" in text else text)


def fitting(text: str) -> str:
    """As much of the text as Excel has room for in a cell."""
    if len(text) <= LONGEST // 2 or len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    cut = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", errors="ignore")
    return re.sub(r"_x?[0-9A-Fa-f]{0,4}$", "", cut)


def _unescape(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return found[0] if "\ud800" <= character <= "\udfff" else character


def _escape(found: re.Match[str]) -> str:
    """As workbooks write a character by its number; the underline of what looks like it."""
    text = found[0]
    return f"_x005F_{text[1:]}" if len(text) > 1 else f"_x{ord(text):04X}_"
