"""Tables as the sheets of an Excel workbook."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.formats.articles.office import damaged, refuse_traps
from annotator.formats.articles.source import Source
from annotator.formats.exchange.format import Asked, Losses, Outgoing
from annotator.formats.exchange.tables.cells import (
    MOST_ROWS,
    Cell,
    Row,
    fitting,
    from_workbook,
    in_workbook,
)
from annotator.formats.exchange.tables.layout import HEADS
from annotator.formats.exchange.tables.rows_in import Line
from annotator.formats.exchange.tables.rows_out import Rows

WHAT = "an Excel workbook"
_MOST_COLUMNS = 1_000
_EPOCH = datetime.datetime(2000, 1, 1)  # noqa: DTZ001  (a workbook's times have no zone)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    from openpyxl import Workbook

    losses = Losses()
    rows = Rows(outgoing.project, losses)
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _EPOCH
    book.properties.creator = "Annotator"
    sheets = {table: _Sheet(book, table, rows.head(table), losses) for table in HEADS}
    for part in outgoing.articles:
        for table, row in rows.of_article(part):
            sheets[table].append(row)
    for table, row in rows.of_project():
        sheets[table].append(row)
    rough = to.with_name(f"{to.name}.dated")
    book.save(rough)
    _without_times(rough, to)
    rough.unlink()
    return losses


class _Sheet:
    """A table on its way into the workbook, never many rows of it in memory."""

    def __init__(self, book: Any, table: str, head: list[str], losses: Losses) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._as_text = WriteOnlyCell
        self._sheet = book.create_sheet(table)
        self._sheet.freeze_panes = "B2"
        self._table = table
        self._head = head
        self._losses = losses
        self._count = 1
        self._sheet.append(head)

    def append(self, row: Row) -> None:
        self._count += 1
        if self._count > MOST_ROWS:
            self._losses.add(
                f"a sheet has room for {MOST_ROWS:,} rows; those beyond are left out",
                self._table,
            )
            return
        self._sheet.append([self._cell(cell, n) for n, cell in enumerate(row)])

    def _cell(self, cell: Cell, column: int) -> Any:
        value = in_workbook(cell)
        if not isinstance(value, str):
            return value
        fits = fitting(value)
        if len(fits) < len(value):
            self._losses.add(
                "a cell has room for 32,767 characters; the text is cut there (CSV keeps it whole)",
                f"{self._table} row {self._count}, {self._head[column]}",
            )
        if not value.startswith(("=", "#")):
            return fits
        made = self._as_text(self._sheet, fits)
        made.data_type = "s"
        return made


def _without_times(rough: Path, to: Path) -> None:
    """The same package without the time of writing, so that the same project gives the same bytes."""
    with zipfile.ZipFile(rough) as source, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with source.open(name) as part, made.open(entry, "w", force_zip64=True) as into:
                if name == "docProps/core.xml":
                    into.write(_without_time(part.read()))
                    continue
                while piece := part.read(1 << 20):
                    into.write(piece)


def _without_time(properties: bytes) -> bytes:
    """What the workbook says of itself; the library stamps the time of saving."""
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", properties)


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
    sheet.reset_dimensions()  # what a file says of its size can be anything
    header: list[str] = []
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [_text(value) for value in islice(values, _MOST_COLUMNS)]
        where = f"{file}, sheet {table}, row {number},"
        if not header:
            header = [name for name in cells if name]
            if len(set(header)) < len(header):
                raise BadInput(f"{where} names a column twice.")
            yield Line(where, dict.fromkeys(header, ""), is_head=True)
        elif any(cells):
            short = [""] * (len(header) - len(cells))
            yield Line(where, dict(zip(header, [*cells, *short], strict=False)))


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
