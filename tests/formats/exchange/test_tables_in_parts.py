"""CSV tables are read article by article where they are in order, and as a whole where not."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.bundle import ArticleBundle
from annotator.core.errors import BadInput
from annotator.formats.exchange import limits
from annotator.formats.exchange.format import Outgoing
from annotator.formats.exchange.tables.formats import TABLES
from annotator.formats.exchange.tables.in_order import is_in_order
from tests.formats.bundles import small_bundle
from tests.formats.numbered import given, some

Rows = list[list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert TABLES.write is not None
    TABLES.write(given(some()), tmp_path / "x", TABLES.asked())
    return tmp_path / "x"


def change(table: Path, how: Callable[[Rows], Rows]) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *how(rows)])


def test_in_parts_it_says_what_it_says_as_a_whole(folder: Path) -> None:
    assert TABLES.read is not None
    assert TABLES.stream is not None
    assert is_in_order(folder)
    whole = TABLES.read(folder, TABLES.asked()).bundle
    parts = TABLES.stream(folder, TABLES.asked())
    assert tuple(parts.articles) == whole.articles == tuple(some_without_progress())
    assert parts.project.codebook == whole.codebook


def some_without_progress() -> list[ArticleBundle]:
    """As tables have none."""
    return [replace(part, statuses=()) for part in some()]


@pytest.mark.parametrize("table", ["articles", "marks", "statements"])
def test_rows_that_somebody_sorted_are_read_as_a_whole(folder: Path, table: str) -> None:
    change(folder / f"{table}.csv", lambda rows: rows[::2] + rows[1::2])
    if table == "statements":  # one a statement, so the order of articles is another one
        change(folder / f"{table}.csv", lambda rows: rows[::-1])
    assert not is_in_order(folder)
    assert TABLES.read is not None
    assert TABLES.stream is not None
    found = {part.article.id: part for part in TABLES.stream(folder, TABLES.asked()).articles}
    assert {id: {m.id for m in part.marks} for id, part in found.items()} == {
        part.article.id: {m.id for m in part.marks} for part in some()
    }


def test_rows_of_an_article_that_is_not_there_are_refused(folder: Path) -> None:
    change(folder / "articles.csv", lambda rows: rows[:-1])
    assert not is_in_order(folder)
    assert TABLES.stream is not None
    with pytest.raises(BadInput, match="there is no article"):
        list(TABLES.stream(folder, TABLES.asked()).articles)


def test_what_is_in_order_may_be_as_much_as_it_likes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_MARKS", 3)
    assert TABLES.read is not None
    assert TABLES.stream is not None
    assert len(list(TABLES.stream(folder, TABLES.asked()).articles)) == len(some())
    with pytest.raises(BadInput, match="more than 3 marks"):
        TABLES.read(folder, TABLES.asked())


def test_the_small_project_is_in_order(tmp_path: Path) -> None:
    assert TABLES.write is not None
    TABLES.write(Outgoing.of(small_bundle()), tmp_path / "x", TABLES.asked())
    assert is_in_order(tmp_path / "x")
    (tmp_path / "x" / "marks.csv").write_bytes(b"\xff")
    assert not is_in_order(tmp_path / "x")
