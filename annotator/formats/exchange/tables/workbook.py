"""Tables read from the sheets of an Excel workbook."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from annotator.core.errors import BadInput
from annotator.formats.articles.office.looked_through import damaged, refuse_traps
from annotator.formats.articles.source import Source
from annotator.formats.exchange.safe_xml import no_document_type
from annotator.formats.exchange.tables.cells import from_workbook
from annotator.formats.exchange.tables.layout import HEADS
from annotator.formats.exchange.tables.line import Columns, Line
from annotator.formats.exchange.tables.plain_sheet import (
    MOST_COLUMNS,
    NotPlain,
    PlainSheet,
    column,
)

WHAT = "an Excel workbook"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _STRING, _PLAIN = (f"{_SHEET}{name}" for name in ("row", "c", "is", "t"))


def tables(path: Path) -> dict[str, list[Line]]:
    """The rows of each of our tables that is a sheet of the workbook."""
    from openpyxl import load_workbook

    try:
        with path.open("rb") as file:
            source = Source(path.name, path.name, file, path.stat().st_size)
            refuse_traps(source, WHAT)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of styles and extensions that it leaves out
                book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                names = [name for name in HEADS if name in book.sheetnames]
                return {name: list(_lines(book[name], name, path.name)) for name in names}
            finally:
                book.close()
    except BadInput:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, OSError) as error:
        raise BadInput(damaged(path.name, WHAT)) from error
    except (AttributeError, IndexError, TypeError, OverflowError) as error:
        # The library takes for granted that every part has the elements it should have.
        raise BadInput(damaged(path.name, WHAT)) from error


def _lines(sheet: Any, table: str, file: str) -> Iterator[Line]:
    columns = Columns(f"{file}, sheet {table}, row", ())
    for number, cells in _rows(sheet, f"{file}, sheet {table},"):
        if not columns.places:
            header = [name for name in cells if name]
            columns = Columns(columns.rows, header)
            if len(columns.places) < len(header):
                raise BadInput(f"{columns.head(number).where} names a column twice.")
            yield columns.head(number)
        elif any(cells):
            short = [""] * (len(columns.places) - len(cells))
            yield Line(columns, number, [*cells, *short])


def _rows(sheet: Any, where: str) -> Iterator[tuple[int, list[str]]]:
    """The texts of each row that is there, by its number."""
    done = 0
    try:
        with sheet._get_source() as part:
            plain = PlainSheet(part, sheet._shared_strings, sheet.parent._date_formats)
            for row in plain.rows():
                done += 1
                yield row
    except NotPlain:
        yield from islice(_any_rows(sheet, where), done, None)


def _any_rows(sheet: Any, where: str) -> Iterator[tuple[int, list[str]]]:
    """The same of any sheet; openpyxl's own way takes four times as long."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book, number = sheet.parent, 0
    with sheet._get_source() as part:
        no_document_type(part, where)
    with sheet._get_source() as part:
        reader = WorkSheetParser(
            part,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for _, element in iterparse(part):
            if element.tag == _ROW:
                number = int(element.get("r") or number + 1)
                yield number, _texts(element, reader)
                element.clear()


def _texts(row: Element, reader: Any) -> list[str]:
    found: list[str] = []
    for cell in row:
        if cell.tag != _CELL:
            continue
        place = column(cell.get("r", "").rstrip("0123456789")) or len(found) + 1
        if place > MOST_COLUMNS:
            continue
        found += [""] * (place - len(found))
        inner = cell[0] if len(cell) else cell
        if inner.tag == _STRING and len(inner) == 1 and inner[0].tag == _PLAIN:
            found[place - 1] = from_workbook(inner[0].text or "")
        else:
            found[place - 1] = _text(reader.parse_cell(cell)["value"])
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return from_workbook(value) if isinstance(value, str) else str(value)


def is_one(path: Path, head: bytes, needed: tuple[str, ...]) -> bool:
    """Whether a file is a workbook that has sheets of these names."""
    if not head.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(path) as package, package.open("xl/workbook.xml") as part:
            sheets = part.read(1 << 20)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False
    return all(f'name="{name}"'.encode() in sheets for name in needed)
