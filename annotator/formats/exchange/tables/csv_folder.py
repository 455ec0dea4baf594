"""Tables as a folder of CSV files, as RFC 4180 has them: commas, quotation marks, CR LF."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Asked, Losses, Outgoing
from annotator.formats.exchange.tables.cells import as_written, in_csv
from annotator.formats.exchange.tables.layout import HEADS
from annotator.formats.exchange.tables.rows_in import Line
from annotator.formats.exchange.tables.rows_out import Rows

_LARGEST_CELL = 200_000_000
_PLAIN = "utf-8"
_WITH_MARK = "utf-8-sig"
"""With a byte-order mark, by which Excel tells UTF-8."""


def write(outgoing: Outgoing, to: Path, asked: Asked) -> Losses:
    to.mkdir()
    losses = Losses()
    rows = Rows(outgoing.project, losses)
    encoding = _WITH_MARK if asked.value("bom") == "yes" else _PLAIN
    with ExitStack() as files:
        writers = {}
        for table in HEADS:
            path = to / f"{table}.csv"
            file = files.enter_context(path.open("w", encoding=encoding, newline=""))
            writers[table] = csv.writer(file).writerow
            writers[table](rows.head(table))
        for part in outgoing.articles:
            for table, row in rows.of_article(part):
                writers[table](in_csv(row))
        for table, row in rows.of_project():
            writers[table](in_csv(row))
    return losses


def lines(folder: Path, table: str) -> Iterator[Line] | None:
    """The rows of a table by the names of its columns; None when it is not there."""
    path = folder / f"{table}.csv"
    return _lines(path) if path.is_file() else None


def _lines(path: Path) -> Iterator[Line]:
    csv.field_size_limit(_LARGEST_CELL)  # one for the whole process
    try:
        with path.open(encoding=_WITH_MARK, newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            _check(header, path.name)
            yield Line(f"{path.name}, line 1,", dict.fromkeys(header, ""), is_head=True)
            while True:
                where = f"{path.name}, line {reader.line_num + 1},"
                cells = next(reader, None)
                if cells is None:
                    return
                if len(cells) != len(header) and cells:
                    raise BadInput(
                        f"{where} has {len(cells)} cells where the header has {len(header)}."
                    )
                if cells:
                    yield Line(where, dict(zip(header, map(as_written, cells), strict=True)))
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is not UTF-8; save it as UTF-8.") from error
    except csv.Error as error:
        raise BadInput(f"{path.name} has quotation marks amiss: {error}.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def _check(header: list[str], where: str) -> None:
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise BadInput(f"{where} has two columns called “{twice:.40}”.")
