"""Tables into an Excel workbook: the package by openpyxl, the rows of its sheets by us.

Rows are nine tenths of the work, and plain: cells of numbers and of text. Written here, a whole
workbook takes a fifth of the time.
"""

from __future__ import annotations

import datetime
import re
import tempfile
import zipfile
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import IO

from annotator.formats.exchange.format import Asked, Losses, Outgoing
from annotator.formats.exchange.tables.cells import (
    LONGEST,
    MOST_ROWS,
    Cell,
    Row,
    Together,
    fitting,
    in_workbook,
)
from annotator.formats.exchange.tables.layout import HEADS
from annotator.formats.exchange.tables.rows_out import Rows

_EPOCH = datetime.datetime(2000, 1, 1)  # noqa: DTZ001  (a workbook's times have no zone)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_ROWS = b"<sheetData></sheetData>"
_VIEWS = b"<sheetViews>"
_SHORT = 64
"""Characters of a text that may well come again, as names and ids do."""
_TOGETHER = 1 << 20


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    losses = Losses()
    rows = Rows(outgoing.project, losses)
    with ExitStack() as files:
        sheets = {}
        for table in HEADS:
            into = files.enter_context(tempfile.TemporaryFile())
            sheets[table] = _Sheet(into, table, rows.head(table), losses)
        for part in outgoing.articles:
            for table, found in rows.of_article(part).items():
                for row in found:
                    sheets[table].append(row)
        for table, found in rows.of_project().items():
            for row in found:
                sheets[table].append(row)
        empty = to.with_name(f"{to.name}.empty")
        _save_empty(empty)
        _fill(empty, to, list(sheets.values()))
        empty.unlink()
    return losses


class _Sheet:
    """The rows of a table as XML, in a file of their own until all are there."""

    def __init__(self, rows: IO[bytes], table: str, head: list[str], losses: Losses) -> None:
        self.rows = rows
        self._table = table
        self._head = head
        self._losses = losses
        self._letters = [_letters(place) for place in range(len(head))]
        self._count = 0
        self.append([Together(*head)])

    @property
    def size(self) -> str:
        """From which cell to which it goes."""
        return f'<dimension ref="A1:{self._letters[-1]}{min(self._count, MOST_ROWS)}"/>'

    def append(self, row: Row) -> None:
        self._count += 1
        if self._count > MOST_ROWS:
            self._losses.add(
                f"a sheet has room for {MOST_ROWS:,} rows; those beyond are left out",
                self._table,
            )
            return
        number = self._count
        found: list[str] = []
        for part in row:
            if isinstance(part, Together):
                found += part.in_sheet or self._together(part, len(found))
            else:
                found.append(_often(part))
        cells = [
            f'<c r="{letters}{number}"{content}</c>'
            for letters, content in zip(self._letters, found, strict=True)
            if content
        ]
        self.rows.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())

    def _together(self, part: Together, place: int) -> list[str]:
        """What stands in these cells, the first of which is in the column at ``place``."""
        found = [self._content(cell, place + at) for at, cell in enumerate(part.cells)]
        if all(not isinstance(cell, str) or len(cell) <= LONGEST // 2 for cell in part.cells):
            part.in_sheet = found
        return found

    def _content(self, cell: Cell, place: int) -> str:
        if not isinstance(cell, str) or len(cell) <= _SHORT:
            return _often(cell)
        if len(cell) <= LONGEST // 2:
            return _plainly(cell)
        value = str(in_workbook(cell))
        fits = fitting(value)
        if len(fits) < len(value):
            self._losses.add(
                "a cell has room for 32,767 characters; the text is cut there (CSV keeps it whole)",
                f"{self._table} row {self._count}, {self._head[place]}",
            )
        return _as_text(fits)


def _plainly(cell: Cell) -> str:
    """What stands in a cell, and its type before it; nothing for one that is empty."""
    value = in_workbook(cell)
    if value is None:
        return ""
    return _as_text(value) if isinstance(value, str) else f"><v>{value!r}</v>"


_often = lru_cache(1 << 14, typed=True)(_plainly)


def _as_text(value: str) -> str:
    if "&" in value or "<" in value or ">" in value:
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t xml:space="preserve">{value}</t></is>'


def _letters(place: int) -> str:
    """How a workbook names a column, the first one with 0: A … Z, AA …"""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _save_empty(path: Path) -> None:
    """The workbook with sheets that have no rows."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _EPOCH
    book.properties.creator = "Annotator"
    for table in HEADS:
        book.create_sheet(table).freeze_panes = "B2"
    book.save(path)


def _fill(empty: Path, to: Path, sheets: list[_Sheet]) -> None:
    """The same package with rows, and without the time of writing: the same gives the same bytes."""
    rows = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}
    with zipfile.ZipFile(empty) as source, zipfile.ZipFile(to, "w") as made:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with made.open(entry, "w", force_zip64=True) as into:
                part = source.read(name)
                if name in rows:
                    _with_rows(part, rows[name], into)
                else:
                    into.write(_without_time(part) if name == "docProps/core.xml" else part)


def _with_rows(part: bytes, sheet: _Sheet, into: IO[bytes]) -> None:
    before, _, after = part.partition(_NO_ROWS)
    # Without its size, openpyxl goes through a whole sheet before it reads the first row.
    into.write(before.replace(_VIEWS, sheet.size.encode() + _VIEWS) + b"<sheetData>")
    sheet.rows.seek(0)
    while piece := sheet.rows.read(_TOGETHER):
        into.write(piece)
    into.write(b"</sheetData>" + after)


def _without_time(properties: bytes) -> bytes:
    """What the workbook says of itself; the library stamps the time of saving."""
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", properties)
