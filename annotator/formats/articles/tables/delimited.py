"""Tables of comma-, semicolon- or tab-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from annotator.core.errors import BadInput
from annotator.formats.articles import text_in
from annotator.formats.articles.decoding import encoding_of
from annotator.formats.articles.source import Source
from annotator.formats.articles.tables.preset import Preset
from annotator.formats.articles.tables.table import (
    Choose,
    Row,
    failure,
    guessed,
    header_of,
    read_rows,
)
from annotator.formats.articles.text_in import Failure, TextIn

DELIMITERS = ",;\t|"
"""What cells can be set apart by."""
_LONGEST_HEADER = 1_000_000


def read(source: Source, preset: Preset, choose: Choose = guessed) -> Iterator[TextIn | Failure]:
    """The rows one by one; only the one at hand is in memory."""
    name, errors, notes = encoding_of(source.stream, source.where)
    text = io.TextIOWrapper(source.stream, name, errors, newline="")
    try:
        lines = _lines(text, source.where)
        header, delimiter = _header(lines, source.where)
        rows = _rows(lines, header, delimiter, source)
        yield from read_rows(rows, header, source, preset, notes, choose=choose)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{source.where} is not valid {name} throughout; save it as UTF-8."
        ) from error
    finally:
        text.detach()  # whoever opened the stream closes it


def split_header(line: str) -> list[str]:
    """The cells of a first line, by the delimiter that makes the most of it."""
    return _cells(line, _delimiter(line))


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=lambda delimiter: len(_cells(line, delimiter)))


def _cells(line: str, delimiter: str) -> list[str]:
    """None where the line is no row of a table."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _lines(text: io.TextIOWrapper, where: str) -> Iterator[str]:
    while line := text.readline(text_in.LIMIT + 1):
        if len(line) > text_in.LIMIT:
            raise BadInput(
                f"{where} has a line of more than {text_in.LIMIT:,} characters, as no table of articles has; divide it."
            )
        yield line


def _header(lines: Iterator[str], where: str) -> tuple[list[str], str]:
    first = next((line for line in lines if line.strip()), "")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        first, delimiter = next(lines, ""), first[4]
    elif len(first) > _LONGEST_HEADER:
        raise BadInput(
            f"{where} begins with a line too long to name columns, as no table of articles has; divide it."
        )
    else:
        delimiter = _delimiter(first)
    return header_of(next(csv.reader([first], delimiter=delimiter), []), where), delimiter


def _rows(
    lines: Iterator[str], header: list[str], delimiter: str, source: Source
) -> Iterator[Row | Failure]:
    # The limit is one for the whole process; ours is that of an article.
    csv.field_size_limit(text_in.LIMIT)
    # Strict, because an unescaped quotation mark would silently swallow rows.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 1
    while True:
        number += 1
        place = f"row {number}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield failure(source, place, f"has quotation marks amiss ({error}); correct them.")
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            yield failure(
                source,
                place,
                f"has {len(cells)} cells where the header has {len(header)}; put quotation marks"
                " around cells with separators in them.",
            )
        elif any(cell.strip() for cell in cells):
            yield Row(place, dict(zip(header, cells, strict=False)))
