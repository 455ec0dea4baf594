"""Properties of tables from real services, by which articles were lost or got wrong dates."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from annotator.formats.articles.published import iso
from annotator.formats.articles.text_in import TextIn
from tests.formats.articles.documents import found, read, refusal, workbook, written

TEXT = "The summit of the two presidents failed on Sunday, after hours of talks. " * 9


def lines(*rows: Mapping[str, object]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_table_without_names_of_columns_does_not_lose_its_first_article(
    tmp_path: Path, name: str
) -> None:
    rows = [("Summit fails", TEXT), ("Another", TEXT)]
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    data = workbook(*rows) if name == "a.xlsx" else table.getvalue()
    assert "where the names of its columns should stand" in refusal(written(tmp_path, name, data))


def test_the_day_of_a_copy_is_not_that_of_the_article(tmp_path: Path) -> None:
    row = {"date_download": "2025-09-01 10:00:00", "crawled": "2025-09-02", "maintext": TEXT}
    one = read(written(tmp_path, "a.jsonl", lines({**row, "date_publish": "2025-08-24"})))
    assert one.published == "2025-08-24"
    assert read(written(tmp_path, "b.jsonl", lines(row))).published == ""
    assert read(written(tmp_path, "c.jsonl", lines({**row, "on": "2025-08-23"}))).published == (
        "2025-08-23"
    )


def test_of_an_object_the_name_is_meant(tmp_path: Path) -> None:
    row = {
        "title": "Summit fails",
        "body": TEXT,
        "source": {"uri": "planet.example", "title": "Daily Planet"},
        "authors": [{"uri": "ll", "name": "Lois Lane"}, {"name": "Clark Kent"}],
        "tags": [],
    }
    one = read(written(tmp_path, "a.jsonl", lines(row)))
    assert (one.title, one.outlet, one.author) == (
        "Summit fails",
        "Daily Planet",
        "Lois Lane, Clark Kent",
    )
    assert "tags" not in "".join(one.notes)


def test_what_an_object_of_fields_holds_is_found(tmp_path: Path) -> None:
    row = {
        "webTitle": "Summit fails",
        "webPublicationDate": "2025-08-24T10:00:00Z",
        "fields": {"byline": "Lois Lane", "body": f"<p>{TEXT}</p>", "bodyText": TEXT},
    }
    one = read(written(tmp_path, "a.jsonl", lines(row)))
    assert (one.title, one.author, one.published[:10]) == (
        "Summit fails",
        "Lois Lane",
        "2025-08-24",
    )
    assert one.text.strip() == TEXT.strip()
    assert "tags of HTML left out" not in one.notes


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("<p>One &amp; two.</p>\n<p>Three <a href='/x'>four</a>.</p>", "One & two.\nThree four."),
        ("One.<br>Two.<br />Three.", "One.\nTwo.\nThree."),
        ("<div>One<script>x()</script> two.</div>", "One two."),
        ("A <b>bold</b>\nmove", "A bold move"),
    ],
)
def test_the_words_of_html_in_a_cell(tmp_path: Path, cell: str, words: str) -> None:
    one = read(written(tmp_path, "a.jsonl", lines({"title": "x", "text": cell})))
    assert one.text == words
    assert "tags of HTML left out" in one.notes


@pytest.mark.parametrize("text", ["5 < 6 and 7 > 6", "He wrote <no comment> and left.", "a <3 b"])
def test_signs_that_are_no_tags_stay(tmp_path: Path, text: str) -> None:
    one = read(written(tmp_path, "a.jsonl", lines({"title": "x", "text": text})))
    assert (one.text, one.notes) == (text, ())


def test_an_article_alone_in_json(tmp_path: Path) -> None:
    data = json.dumps({"title": "Summit fails", "maintext": TEXT, "tags": [{"x": 1}]}, indent=2)
    one = read(written(tmp_path, "a.json", data))
    assert (one.title, one.place) == ("Summit fails", "item 1")


@pytest.mark.parametrize("inside", ["articles", "results"])
def test_the_answer_of_a_service_in_json(tmp_path: Path, inside: str) -> None:
    rows = [{"title": name, "content": TEXT} for name in ("One", "Two")]
    answer: dict[str, object] = {"status": "ok", "articles": rows}
    if inside == "results":
        answer = {"articles": {"page": 1, "results": rows}}
    got = found(written(tmp_path, "a.json", json.dumps(answer)))
    assert [one.title for one in got if isinstance(one, TextIn)] == ["One", "Two"]


def test_lines_of_json_under_the_name_of_json(tmp_path: Path) -> None:
    data = lines({"title": "One", "text": "Words."}, {"title": "Two", "text": "More words."})
    got = found(written(tmp_path, "a.json", data))
    assert [one.title for one in got if isinstance(one, TextIn)] == ["One", "Two"]


@pytest.mark.parametrize(
    "date",
    [
        "24. Januar 2025",
        "24 janvier 2025",
        "24 de enero de 2025",
        "24 січня 2025",
        "Пятница, 24 января 2025 г.",
        "2025年1月24日",
        "2025년 1월 24일",
        "Fri Jan 24 10:00:00 +0000 2025",
    ],
)
def test_dates_of_other_languages(date: str) -> None:
    assert iso(date) == "2025-01-24"


@pytest.mark.parametrize("date", ["24. Jahre 2025", "31. Februar 2025", "2025年13月24日"])
def test_what_is_no_date_is_none(date: str) -> None:
    assert iso(date) == ""
