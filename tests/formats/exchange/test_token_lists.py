"""Lists of tokens and of their tags in JSON, in the layouts that data sets have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.formats.articles.reading import files_in
from annotator.formats.exchange.catalogue import catalogue
from tests.formats.exchange.test_peculiar import lines, listed, quotes, read

ONE = {
    "tokens": ["Ann", "Lee", "left", "Bonn", "."],
    "ner_tags": ["B-PER", "I-PER", "O", "B-LOC", "O"],
}
TWO = {"tokens": ["Oslo", "waits"], "ner_tags": ["B-LOC", "O"]}
NUMBERS = {"tokens": ONE["tokens"], "ner_tags": [1, 2, 0, 3, 0]}
NAMES = ["O", "B-PER", "I-PER", "B-LOC"]
SAID = [("per", "Ann Lee"), ("loc", "Bonn"), ("loc", "Oslo")]


def marks(path: Path) -> list[tuple[str, str]]:
    name, found = read(path)
    assert name == "token-lists"
    return [(kind, quote) for _, kind, quote in quotes(found.bundle)]


def written(path: Path, found: Any, indent: int | None = None) -> Path:
    path.write_text(json.dumps(found, indent=indent), encoding="utf-8")
    return path


def test_a_sentence_a_line(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", ONE, TWO)
    assert marks(path) == SAID
    _, found = read(path)
    assert [part.text for part in found.bundle.articles] == ["Ann Lee left Bonn .\nOslo waits\n"]
    assert [part.article.file for part in found.bundle.articles] == ["x.txt"]
    assert "it becomes a space, between sentences a line end" in listed(found)


@pytest.mark.parametrize(
    "whole",
    [
        [ONE, TWO],
        {"data": [ONE, TWO]},
        {"version": "1", "data": [ONE, TWO]},
        {"rows": [{"row_idx": 0, "row": ONE}, {"row_idx": 1, "row": TWO}]},
        {key: [ONE[key], TWO[key]] for key in ONE},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_all_sentences_in_one_value(whole: Any, indent: int | None, tmp_path: Path) -> None:
    assert marks(written(tmp_path / "x.json", whole, indent)) == SAID


@pytest.mark.parametrize("name", ["ner_tags", "tags", "labels"])
@pytest.mark.parametrize("tokens", ["tokens", "words"])
def test_what_the_lists_are_called(name: str, tokens: str, tmp_path: Path) -> None:
    row = {"id": "0", tokens: ONE["tokens"], name: ONE["ner_tags"]}
    path = lines(tmp_path / "x.jsonl", row)
    assert marks(path) == SAID[:2]
    assert "says is left out" not in listed(read(path)[1])


def test_what_else_is_said_is_listed_and_words_come_before_numbers(tmp_path: Path) -> None:
    row = {**NUMBERS, "labels": ONE["ner_tags"], "pos_tags": ["X"] * 5, "mood": ""}
    path = lines(tmp_path / "x.jsonl", row, row)
    assert marks(path) == [*SAID[:2], *SAID[:2]]
    told = listed(read(path)[1])
    assert "what “ner_tags” says is left out (2 times), first in x.jsonl, line 1" in told
    assert "what “pos_tags” says is left out" in told
    assert "mood" not in told


def test_numbers_without_names_are_refused(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", NUMBERS)
    with pytest.raises(
        BadInput, match="has numbers in “ner_tags” and does not say which tag each is"
    ):
        read(path)


@pytest.mark.parametrize(
    "more",
    [
        {"label_names": NAMES},
        {"features": {"ner_tags": {"feature": {"names": NAMES, "_type": "ClassLabel"}}}},
        {"features": [{"name": "ner_tags", "type": {"feature": {"names": NAMES}}}]},
    ],
)
def test_numbers_with_names_in_the_file(more: dict[str, Any], tmp_path: Path) -> None:
    assert marks(written(tmp_path / "x.json", {"data": [NUMBERS], **more})) == SAID[:2]
    columns = {key: [value] for key, value in NUMBERS.items()}
    assert marks(written(tmp_path / "y.json", {**columns, **more})) == SAID[:2]


@pytest.mark.parametrize("name", ["dataset_info.json", "x-features.json"])
def test_numbers_with_names_beside_the_file(name: str, tmp_path: Path) -> None:
    told = {"ner_tags": {"feature": {"names": NAMES}, "_type": "Sequence"}}
    found = {"features": told} if name == "dataset_info.json" else told
    written(tmp_path / name, found)
    assert marks(lines(tmp_path / "x.jsonl", NUMBERS)) == SAID[:2]


def test_names_of_another_list_are_not_taken(tmp_path: Path) -> None:
    told = {"features": {"pos_tags": {"feature": {"names": NAMES}}}}
    written(tmp_path / "dataset_info.json", told)
    with pytest.raises(BadInput, match="does not say which tag each is"):
        read(lines(tmp_path / "x.jsonl", NUMBERS))


@pytest.mark.parametrize("number", [4, -1])
def test_a_number_without_a_name_is_refused(number: int, tmp_path: Path) -> None:
    row = {**NUMBERS, "ner_tags": [0, 0, 0, 0, number]}
    with pytest.raises(BadInput, match=f"item 1, has the number {number} in “ner_tags”"):
        read(written(tmp_path / "x.json", {"data": [row], "label_names": NAMES}))


def test_each_document_is_an_article(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "x.jsonl", {**ONE, "doc_id": "a"}, {**TWO, "doc_id": "b"}, {**TWO, "doc_id": "a"}
    )
    _, found = read(path)
    texts = {part.article.file: part.text for part in found.bundle.articles}
    assert texts == {"a": "Ann Lee left Bonn .\nOslo waits\n", "b": "Oslo waits\n"}


def test_tokens_without_a_letter_are_listed(tmp_path: Path) -> None:
    row = {"tokens": ["Ann", " ", "Lee"], "ner_tags": ["B-PER", "O", "B-PER"]}
    path = lines(tmp_path / "x.jsonl", row)
    assert marks(path) == [("per", "Ann"), ("per", "Lee")]
    assert "tokens without a letter are left out" in listed(read(path)[1])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({**TWO, "ner_tags": ["O"]}, "line 2, has 2 tokens and 1 in “ner_tags”"),
        ({**TWO, "ner_tags": ["LOC", "O"]}, "line 2, has “LOC” in “ner_tags”, which is no tag"),
        ({**TWO, "ner_tags": [1.5, "O"]}, "line 2, has the number 1.5 in “ner_tags” for a tag"),
        ({"tokens": TWO["tokens"]}, "line 2, has no list of tags"),
        ({"ner_tags": ["O"]}, "line 2, has no list of tokens"),
        ({**TWO, "tokens": ["Oslo", 7]}, "line 2, “tokens” is no text but the number 7"),
    ],
)
def test_what_is_unsound_is_refused_with_its_place(
    row: dict[str, Any], told: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=f"^x.jsonl, {told}"):
        read(lines(tmp_path / "x.jsonl", ONE, row))


@pytest.mark.parametrize(
    "row",
    [
        {"text": "Ann left.", "tags": ["news", "sport"]},
        {"text": "Ann left.", "tokens": ["Ann", "left"], "labels": ["news"]},
        {"text": "Ann left.", "words": [{"word": "Ann"}], "labels": ["O"]},
        {"text": "Ann left.", "tokens": [], "tags": []},
    ],
)
def test_articles_with_keywords_are_none(row: dict[str, Any], tmp_path: Path) -> None:
    formats = catalogue()
    assert formats.of(lines(tmp_path / "x.jsonl", row, row)) is None
    assert formats.of(written(tmp_path / "x.json", [row])) is None


def test_a_long_list_is_recognised_by_its_beginning(tmp_path: Path) -> None:
    columns = {"tokens": [ONE["tokens"]] * 1, "ner_tags": [ONE["ner_tags"]] * 1}
    long = {**columns, "note": ["x" * 1_100_000]}
    assert marks(written(tmp_path / "x.json", long, 1)) == SAID[:2]


def test_the_names_beside_a_data_set_are_no_article(tmp_path: Path) -> None:
    told = {"features": {"ner_tags": {"feature": {"names": NAMES}}}}
    written(tmp_path / "dataset_info.json", told)
    path = lines(tmp_path / "train.jsonl", NUMBERS)
    assert list(files_in([tmp_path])) == [path]
