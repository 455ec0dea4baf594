"""Whether the rows of CSV tables come article by article, so that they can be read so."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from annotator.formats.exchange.limits import MOST_MARKS, check_marks
from annotator.formats.exchange.tables.csv_folder import reader_of

Found = TypeVar("Found")

_AT_ONCE = 1 << 16
"""Bytes in which rows are looked for together."""
_LONGEST = 1 << 22
"""Bytes without the end of a row after which a table is read as every reader of CSV does."""
_QUOTED = re.compile(rb'"(?<=[,\n]")[^"]*+(?:""[^"]*+)*+"(?=[,\r\n])')
"""A cell in quotation marks. In one whose end is still to come only pairs of marks match."""
_BOM = b"\xef\xbb\xbf"
_END = b"\n"


class _NotPlain(Exception):
    """The table is not such that its rows can be told by their ends alone."""


def is_in_order(folder: Path) -> bool:
    """Whether marks and statements stand in the order of the articles, those of each together.

    False also for what cannot be read; who reads it as a whole is told why.
    """
    try:
        articles = _asked(folder / "articles.csv", "id", list)
        return all(_follows(folder / f"{table}.csv", articles) for table in ("marks", "statements"))
    except (csv.Error, OSError, ValueError, IndexError):
        return False


def check_rows(folder: Path) -> None:
    """Refuse tables of too many marks before any of them is made."""
    path = folder / "marks.csv"
    try:
        with reader_of(path) as reader:
            rows = sum(1 for cells in islice(reader, MOST_MARKS + 2) if cells) - 1
    except (csv.Error, OSError, ValueError):
        return  # who reads it is told why
    check_marks(rows, path.name)


def _follows(table: Path, articles: list[str]) -> bool:
    def follow(runs: Iterator[str]) -> bool:
        waiting, last = iter(articles), None
        for article in runs:
            # Looking for one leaves those after it waiting.
            if article != last and article not in waiting:
                return False
            last = article
        return True

    return not table.exists() or _asked(table, "article", follow)


def _asked(path: Path, name: str, what: Callable[[Iterator[str]], Found]) -> Found:
    """Something about the cells of a column, of which some that repeat the one before are left out."""
    try:
        return what(_quickly(path, name))
    except _NotPlain:
        return what(_read(path, name))


def _read(path: Path, name: str) -> Iterator[str]:
    with reader_of(path) as reader:
        place = next(reader, []).index(name)
        for cells in reader:
            if cells:
                yield cells[place]


def _quickly(path: Path, name: str) -> Iterator[str]:
    """One cell of each run of rows, found without taking the rows apart."""
    with path.open("rb") as file:
        head = file.readline(_LONGEST).removeprefix(_BOM).rstrip(b"\r\n")
        names = head.split(b",")
        if b'"' in head or b"\r" in head or name.encode() not in names:
            raise _NotPlain
        run = _run(names.index(name.encode()))
        left = _END
        while some := file.read(_AT_ONCE):
            rows, left = _whole_rows(left + some)
            yield from map(bytes.decode, run.findall(rows))
        rows, left = _whole_rows(left + _END)
        yield from map(bytes.decode, run.findall(rows))
        if left != _END:
            raise _NotPlain


def _run(place: int) -> re.Pattern[bytes]:
    """Rows one after the other that have the same in the cell at this place."""
    first, other = rb"(?:[^,\n]*+,)" * place, rb"[^,]*+," * place
    rest = rb"(?=[,\r\n]).*+\n"
    return re.compile(
        rb"(?<=\n)(?![\r\n])%b([^,\r\n]*+)%b(?:%b\1%b)*+" % (first, rest, other, rest)
    )


def _whole_rows(some: bytes) -> tuple[bytes, bytes]:
    """Rows to their end, without what stands in quotation marks, and what is left after them.

    Both begin with the end of the row before.
    """
    bare = _QUOTED.sub(b"", some)
    open_at = bare.find(b'"')
    end = bare.rfind(_END, 0, open_at if open_at >= 0 else len(bare))
    rows = bare[: end + 1]
    if len(bare) - end > _LONGEST or rows.count(b"\r") != rows.count(b"\r\n"):
        raise _NotPlain
    return rows, bare[end:]
