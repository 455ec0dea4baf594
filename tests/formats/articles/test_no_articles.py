"""What lies among articles and is none, and articles in a list of JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.formats.articles.text_in import Failure, TextIn
from tests.formats.articles.documents import found, read, refusal, written


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.tsv", "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Who|name\n\n", "WebAnno TSV; export it"),
        ("x.txt", "# sent_id = 1\n1" + "\t_" * 9 + "\n", "CoNLL-U, whose columns mark no words"),
        ("x.txt", "1-2" + "\t_" * 9 + "\r\n", "CoNLL-U, whose columns mark no words"),
        ("x.txt", "#begin document (bc/cctv); part 000\n", "CoNLL 2012 columns; make"),
        ("x.xml", '<?xml version="1.0"?>\n<nitf><body/></nitf>', "XML of a kind that is not known"),
    ],
)
def test_markup_that_would_pass_for_a_text(name: str, text: str, told: str, tmp_path: Path) -> None:
    reason = refusal(written(tmp_path, name, text))
    assert reason.startswith(f"{name} in ")
    assert told in reason


def test_an_article_may_begin_with_a_number_and_a_tab(tmp_path: Path) -> None:
    text = "1\tThe first of ten points.\n2\tThe second.\n"
    assert read(written(tmp_path, "x.txt", text)).text == text


@pytest.mark.parametrize("data", ['{"name": "x", "version": "1"}', '["a", "b"]', "[[1, 2]]"])
def test_json_of_nothing_known_says_what_could_be_read(data: str, tmp_path: Path) -> None:
    reason = refusal(written(tmp_path, "x.json", data))
    assert "is JSON that is not known here; export it as JSON of Label Studio" in reason


@pytest.mark.parametrize("data", ["{}", '{"annotator": "x"}', '{"format": 1}'])
def test_json_that_may_be_ours_is_told_what_is_wrong_with_it(data: str, tmp_path: Path) -> None:
    assert "Annotator JSON" in refusal(written(tmp_path, "x.json", data))


def test_a_list_of_articles_in_json(tmp_path: Path) -> None:
    rows = [
        {"title": "One", "text": "Words of one.", "published": "2025-08-24"},
        7,
        {"title": "Two", "text": ""},
        {"title": "Three", "text": "Words of three.", "of": {"text": "no"}},
    ]
    got = found(written(tmp_path, "x.json", json.dumps(rows)))
    texts = [(one.place, one.title, one.published) for one in got if isinstance(one, TextIn)]
    assert texts == [("item 1", "One", "2025-08-24"), ("item 4", "Three", "")]
    reasons = [one.reason for one in got if isinstance(one, Failure)]
    assert [reason.partition(", ")[2] for reason in reasons] == [
        "item 2, is not a JSON object (it is something else); correct it.",
        "item 3, has no text in “text”; fill it or take the row out.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_list_of_articles_in_another_encoding(encoding: str, tmp_path: Path) -> None:
    rows = json.dumps([{"text": "Words of one."}, {"text": "Words of “two”."}])
    got = found(written(tmp_path, "x.json", rows.encode(encoding)))
    texts = [one.text for one in got if isinstance(one, TextIn)]
    assert texts == ["Words of one.", "Words of “two”."]


@pytest.mark.parametrize("rest", ['"text": "b"', '"text": "b", "text": "c"}]', "[" * 100_000])
def test_a_list_that_is_not_sound_is_refused_as_a_whole(rest: str, tmp_path: Path) -> None:
    path = written(tmp_path, "x.json", '[{"text": "a"}, {' + rest)
    (only,) = found(path)
    assert isinstance(only, Failure)
    assert only.reason.startswith("x.json in ")


def test_what_is_read_with_the_file_beside_it_is_no_article(tmp_path: Path) -> None:
    for name in ("TypeSystem.xml", "a.TypeSystem.xml", "tasks-config.xml", "news-features.json"):
        written(tmp_path, name, "<?xml version='1.0'?><x/>")
    written(tmp_path, "a.txt", "Some words.")
    assert [one.file for one in found(tmp_path)] == ["a.txt"]
