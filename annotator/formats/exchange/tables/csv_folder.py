"""Tables as a folder of CSV files, as RFC 4180 has them: commas, quotation marks, CR LF."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Asked, Losses, Outgoing
from annotator.formats.exchange.tables.cells import Row, Together, as_written, csv_line
from annotator.formats.exchange.tables.layout import HEADS
from annotator.formats.exchange.tables.line import Columns, Line
from annotator.formats.exchange.tables.rows_out import Rows

if TYPE_CHECKING:
    from _csv import Reader

_LARGEST_CELL = 200_000_000
_APART = "\x00"
_PLAIN = "utf-8"
_WITH_MARK = "utf-8-sig"
"""With a byte-order mark, by which Excel tells UTF-8."""


def write(outgoing: Outgoing, to: Path, asked: Asked) -> Losses:
    to.mkdir()
    losses = Losses()
    rows = Rows(outgoing.project, losses)
    encoding = _WITH_MARK if asked.value("bom") == "yes" else _PLAIN
    with ExitStack() as stack:
        files: dict[str, TextIO] = {}
        for table in HEADS:
            path = to / f"{table}.csv"
            file = stack.enter_context(path.open("w", encoding=encoding, newline=""))
            file.write(csv_line([Together(*rows.head(table))]))
            files[table] = file
        for part in outgoing.articles:
            for table, found in rows.of_article(part).items():
                _write(files[table], found)
        for table, found in rows.of_project().items():
            _write(files[table], found)
    return losses


def _write(file: TextIO, rows: list[Row]) -> None:
    file.write("".join(map(csv_line, rows)))


def lines(folder: Path, table: str) -> Iterator[Line] | None:
    """The rows of a table by the names of its columns; None when it is not there."""
    path = folder / f"{table}.csv"
    return _lines(path) if path.is_file() else None


@contextmanager
def reader_of(path: Path) -> Iterator[Reader]:
    """The rows of a file, its head first."""
    csv.field_size_limit(_LARGEST_CELL)  # one for the whole process
    with path.open(encoding=_WITH_MARK, newline="") as file:
        yield csv.reader(file, strict=True)


def _lines(path: Path) -> Iterator[Line]:
    try:
        with reader_of(path) as reader:
            header = next(reader, [])
            _check(header, path.name)
            columns = Columns(f"{path.name}, line", header)
            yield columns.head(1)
            number = reader.line_num + 1
            for cells in reader:
                if cells:
                    yield _line(columns, number, cells)
                number = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is not UTF-8; save it as UTF-8.") from error
    except csv.Error as error:
        raise BadInput(f"{path.name} has quotation marks amiss: {error}.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def _line(columns: Columns, number: int, cells: list[str]) -> Line:
    line = Line(columns, number, cells)
    if len(cells) != len(columns.places):
        raise BadInput(
            f"{line.where} has {len(cells)} cells where the header has {len(columns.places)}."
        )
    # What begins otherwise is as it was written, and so is nearly everything.
    if f"{_APART}'" in _APART.join(cells) or cells[0][:1] == "'":
        line.values = [as_written(cell) if cell[:1] == "'" else cell for cell in cells]
    return line


def _check(header: list[str], where: str) -> None:
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise BadInput(f"{where} has two columns called “{twice:.40}”.")
