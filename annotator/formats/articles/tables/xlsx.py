"""Excel workbooks: the rows of each sheet that has any."""

from __future__ import annotations

import datetime
import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from annotator.core.errors import BadInput
from annotator.formats.articles.office.looked_through import damaged, refuse_traps
from annotator.formats.articles.source import Source
from annotator.formats.articles.tables.preset import Preset
from annotator.formats.articles.tables.table import (
    MOST_COLUMNS,
    Choose,
    Row,
    failure,
    guessed,
    header_of,
    read_rows,
)
from annotator.formats.articles.text_in import Failure, TextIn

_WHAT = "an Excel workbook"
_ERRORS = frozenset("#REF! #N/A #VALUE! #NAME? #DIV/0! #NUM! #NULL!".split())
_LONGEST_CELL = 32_767
"""All that Excel lets stand in a cell, in UTF-16 units: a longer text was cut there."""


def read(source: Source, preset: Preset, choose: Choose = guessed) -> Iterator[TextIn | Failure]:
    """The rows one by one, of the first sheet and of the others that name their columns alike."""
    refuse_traps(source, _WHAT)
    # Here, because most days no workbook is imported and every day the program is started.
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # It warns of styles and extensions that it leaves out; they hold no text.
            warnings.simplefilter("ignore")
            book = load_workbook(source.stream, read_only=True, data_only=True, keep_links=False)
        try:
            yield from _sheets(book, source, preset, choose)
        finally:
            book.close()
    except (BadInput, GeneratorExit):
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, OSError) as error:
        # SyntaxError is what ElementTree raises for XML that is not well-formed.
        raise BadInput(damaged(source.where, _WHAT)) from error
    except (AttributeError, IndexError, TypeError, OverflowError) as error:
        # The library takes for granted that every part has the elements it should have.
        raise BadInput(damaged(source.where, _WHAT)) from error


def _sheets(
    book: Any, source: Source, preset: Preset, choose: Choose
) -> Iterator[TextIn | Failure]:
    filled = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            yield Failure(
                source.name,
                f"sheet {sheet.title}",
                f"{source.where}, sheet “{sheet.title}”, is hidden and was left out; show it to"
                " import it.",
            )
            continue
        rows = _filled(sheet)
        first = next(rows, None)
        if first is None:
            continue
        filled += 1
        header = header_of((_cell(value) for value in first[1]), source.where)
        named = f"sheet “{sheet.title}”, " if len(book.worksheets) > 1 else ""
        try:
            yield from read_rows(
                _rows(rows, header, named, source), header, source, preset, choose=choose
            )
        except BadInput as error:
            if len(book.worksheets) == 1:
                raise
            yield Failure(source.name, f"sheet {sheet.title}", f"{named}of {error}")
    if not filled:
        raise BadInput(f"{source.where} has no rows; choose a workbook with articles.")


def _filled(sheet: Any) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Rows in which anything stands, with their numbers as Excel shows them."""
    sheet.reset_dimensions()  # what a file says of its size can be anything
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(value is not None for value in islice(values, MOST_COLUMNS)):
            yield number, values


def _rows(
    rows: Iterator[tuple[int, tuple[object, ...]]], header: list[str], named: str, source: Source
) -> Iterator[Row | Failure]:
    for number, values in rows:
        place = f"{named}row {number}"
        cells = dict(zip(header, map(_cell, values), strict=False))
        faulty = next((name for name, cell in cells.items() if cell in _ERRORS), None)
        cut = next((name for name, cell in cells.items() if len(cell) >= _LONGEST_CELL), None)
        if faulty is not None:
            yield failure(source, place, f"has an error in “{faulty}”; correct its formula.")
        elif cut is not None:
            yield failure(
                source,
                place,
                f"fills “{cut}” to the last of the {_LONGEST_CELL:,} characters Excel has room"
                " for, so it was cut off; import this article from its own file.",
            )
        else:
            yield Row(place, cells)


def _cell(value: object) -> str:
    """What a cell says; a formula is what it came to when the workbook was last saved."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)
