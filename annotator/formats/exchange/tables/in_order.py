"""Whether the rows of CSV tables come article by article, so that they can be read so."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path

from annotator.formats.exchange.limits import MOST_MARKS, check_marks
from annotator.formats.exchange.tables.csv_folder import reader_of


def is_in_order(folder: Path) -> bool:
    """Whether marks and statements stand in the order of the articles, those of each together.

    False also for what cannot be read; who reads it as a whole is told why.
    """
    try:
        articles = list(_column(folder / "articles.csv", "id"))
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
    if not table.exists():
        return True
    waiting = iter(articles)
    # Looking for one leaves those after it waiting.
    return all(article in waiting for article, _ in groupby(_column(table, "article")))


def _column(path: Path, name: str) -> Iterator[str]:
    with reader_of(path) as reader:
        place = next(reader, []).index(name)
        for cells in reader:
            if cells:
                yield cells[place]
