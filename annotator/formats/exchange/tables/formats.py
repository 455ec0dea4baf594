"""The formats ``tables`` and ``xlsx``."""

from __future__ import annotations

from pathlib import Path

from annotator.formats.exchange.format import Asked, Format, Incoming, Option, Outgoing
from annotator.formats.exchange.tables import csv_folder, workbook, workbook_out
from annotator.formats.exchange.tables.in_order import check_rows, is_in_order
from annotator.formats.exchange.tables.layout import NEEDED
from annotator.formats.exchange.tables.rows_in import bundle, stream


def _read_folder(path: Path, _asked: Asked) -> Incoming:
    check_rows(path)
    return bundle(path.name, lambda table: csv_folder.lines(path, table))


def _stream_folder(path: Path, asked: Asked) -> Outgoing:
    if not is_in_order(path):
        return Outgoing.of(_read_folder(path, asked).bundle)
    return stream(path.name, lambda table: csv_folder.lines(path, table))


def _read_workbook(path: Path, _asked: Asked) -> Incoming:
    found = workbook.tables(path)
    return bundle(path.name, found.get)


TABLES = Format(
    name="tables",
    title="CSV tables",
    suffixes=(),
    read=_read_folder,
    write=csv_folder.write,
    stream=_stream_folder,
    recognises=lambda path, head: (
        not head and all((path / f"{name}.csv").is_file() for name in NEEDED)
    ),
    own=True,
    folder=True,
    inside=tuple(f"{name}.csv" for name in NEEDED),
    options={
        "bom": Option("whether files begin with a mark by which Excel tells UTF-8", ("no", "yes"))
    },
)

XLSX = Format(
    name="xlsx",
    title="Excel workbook",
    suffixes=(".xlsx",),
    read=_read_workbook,
    write=workbook_out.write,
    recognises=lambda path, head: workbook.is_one(path, head, NEEDED),
    own=True,
)
