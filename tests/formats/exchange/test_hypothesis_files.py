"""What Hypothesis gives: its search and its export, nearly Web Annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.formats.exchange.catalogue import catalogue
from tests.formats.exchange.test_peculiar import listed, quotes, read

PAGE = "https://example.org/news/talks"
TEXT = "First.\n\nVogel told Oslo that\nBank One said no.\nOslo was silent.\n"


def item(id: str, *selectors: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "created": "2020-09-21T08:12:56.137720+00:00",
        "updated": "2020-09-21T08:14:00.000000+00:00",
        "user": "acct:kim@hypothes.is",
        "uri": PAGE,
        "text": "",
        "tags": ["claim"],
        "target": [
            {"source": PAGE, "selector": list(selectors)} if selectors else {"source": PAGE}
        ],
        **more,
    }


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def stored(folder: Path, key: str, *items: dict[str, Any]) -> Path:
    (folder / "talks.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "x.json"
    path.write_text(json.dumps({"total": len(items), key: items}), encoding="utf-8")
    return path


@pytest.mark.parametrize("key", ["rows", "annotations"])
def test_annotations_with_their_people_tags_and_comments(key: str, tmp_path: Path) -> None:
    named = {"display_name": "Lee Vogel"}
    path = stored(
        tmp_path,
        key,
        item("a", {"type": "RangeSelector"}, quote("Vogel"), text="Who?"),
        item("b", quote("said"), tags=["cue", "past"], user_info=named),
        item("c", quote("silent"), tags=[], user_info={"display_name": None}),
    )
    name, found = read(path)
    assert name == "web-annotation"
    assert sorted(quotes(found.bundle)) == [
        ("Lee Vogel", "cue", "said"),
        ("kim", "claim", "Vogel"),
        ("kim", "highlighting", "silent"),
    ]
    (part,) = found.bundle.articles
    assert part.article.url == PAGE
    marks = {mark.quote: mark for mark in part.marks}
    assert (marks["Vogel"].note, marks["said"].fields) == ("Who?", {"tag": ["past"]})
    assert marks["said"].changed_at - marks["said"].made_at == 63_863
    assert not listed(found)


def test_a_page_as_a_whole_and_answers(tmp_path: Path) -> None:
    path = stored(tmp_path, "rows", item("a", text="Read it."), item("b", references=["a"]))
    _, found = read(path)
    assert quotes(found.bundle) == [("kim", "claim", "")]
    assert listed(found) == "answers to annotations are left out, first in x.json, b"


def test_a_quote_is_found_whatever_the_line_ends_of_the_page(tmp_path: Path) -> None:
    path = stored(
        tmp_path,
        "rows",
        item("a", quote("that Bank  One", "told\nOslo ", " said\tno")),
        item("b", quote("Oslo", "no.  ", "was")),
        item("c", quote("Oslo")),
        item("d", quote("Oslo", "Bank")),
        item("e", quote("  ")),
    )
    _, found = read(path)
    assert [words for *_, words in quotes(found.bundle)] == ["that\nBank One", "Oslo"]
    assert [mark.start for mark in found.bundle.articles[0].marks][1] == TEXT.index("Oslo was")
    assert "a quote that stands in several places is left out" in listed(found)
    assert "a quote that stands nowhere is left out (2 times)" in listed(found)


def test_other_json_with_rows_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"rows": [{"uri": "https://example.org"}]}', encoding="utf-8")
    assert catalogue().of(path) is None
