"""Whether rows come in the order of the articles is seen without taking them apart, and rightly."""

from __future__ import annotations

import csv
import io
import tempfile
from itertools import groupby
from pathlib import Path
from typing import Literal
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.formats.exchange.tables import csv_folder, in_order
from annotator.formats.exchange.tables.formats import TABLES
from annotator.formats.exchange.tables.in_order import is_in_order
from annotator.formats.exchange.tables.rows_in import stream
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import written_to

WORDS = st.text(st.sampled_from("a5,\"'\n\ré;"), max_size=6)
ARTICLES = ["3", "4", "5"]
ROWS = st.lists(st.tuples(st.sampled_from(ARTICLES), WORDS, WORDS, WORDS), max_size=8)
WRITTEN = st.sampled_from(
    [("\r\n", False), ("\r\n", True), ("\n", False), ("\n", True), ("\r", True)]
)
"""How rows end, and whether every cell is in quotation marks."""


def table(head: list[str], rows: list[list[str]], how: tuple[str, bool]) -> bytes:
    end, all_quoted = how
    quoting: Literal[0, 1] = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    if how == ("\n", False):  # Python leaves a CR bare there, which ends a row
        rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator=end, quoting=quoting).writerows([head, *rows])
    return made.getvalue().encode()


@given(
    marks=ROWS, texts=st.tuples(WORDS, WORDS, WORDS), how=WRITTEN, place=st.integers(0, 3),
    sort=st.booleans(), at_once=st.integers(1, 60), longest=st.sampled_from([20, 1000]),
)  # fmt: skip
@settings(max_examples=300)
def test_it_is_seen_as_one_sees_who_reads_every_row(
    marks: list[tuple[str, str, str, str]], texts: tuple[str, str, str], how: tuple[str, bool],
    place: int, sort: bool, at_once: int, longest: int,
) -> None:  # fmt: skip
    if sort:
        marks.sort(key=lambda row: row[0])
    rows = [[*row[1:][:place], row[0], *row[1:][place:]] for row in marks]
    head = ["x", "y", "z"]
    head.insert(place, "article")
    runs = [article for article, _ in groupby(row[0] for row in marks)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = [list(pair) for pair in zip(ARTICLES, texts, strict=True)]
        (folder / "articles.csv").write_bytes(table(["id", "text"], articles, how))
        (folder / "marks.csv").write_bytes(table(head, rows, how))
        with patch.multiple(in_order, _AT_ONCE=at_once, _LONGEST=longest):
            assert is_in_order(folder) == (runs == sorted(set(runs)))


@pytest.mark.parametrize(
    "rows",
    [
        b"1,3\r\n2,4\r3,3\r\n",  # a row that another end of line hides
        b'1,3\r\n2"x,4\r\n3,3\r\n',  # a quotation mark after which rows would be lost
        b'a",4\r\nb",3\r\n',  # two that are no pair
        b"1,4\r\n\r\n2,3",  # a line without cells, and no end of the last one
    ],
)
def test_rows_that_are_not_plain_are_read_as_every_reader_does(rows: bytes, tmp_path: Path) -> None:
    (tmp_path / "articles.csv").write_bytes(b"id\r\n3\r\n4\r\n")
    (tmp_path / "marks.csv").write_bytes(b"x,article\r\n" + rows)
    assert not is_in_order(tmp_path)


def test_rows_that_no_article_was_asked_for_are_not_lost_in_silence(tmp_path: Path) -> None:
    """Such as those of a table that is changed between being looked through and being read."""
    written_to(TABLES, small_bundle(), tmp_path / "x")
    marks = tmp_path / "x" / "marks.csv"
    head, *rows = csv.reader(io.StringIO(marks.read_text(encoding="utf-8"), newline=""))
    stray = list(rows[0])
    stray[head.index("article")] = "1" * 19
    marks.write_bytes(table(head, [*rows, stray], ("\r\n", False)))
    assert not is_in_order(tmp_path / "x")
    found = stream("x", lambda name: csv_folder.lines(tmp_path / "x", name))
    with pytest.raises(BadInput, match="does not come after those of the rows above"):
        list(found.articles)
