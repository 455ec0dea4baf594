"""spaCy's and Prodigy's files in other layouts than lines of spans; each made here after the like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from tests.formats.exchange.test_peculiar import lines, listed, quotes, read

PAIRS = [
    ["Vogel told Oslo.", {"entities": [[0, 5, "PER"], [11, 15, "LOC"]]}],
    ["Oslo was silent.", {"entities": [[0, 4, "LOC"]], "cats": {"calm": 1.0}}],
]


def stored(path: Path, found: Any) -> Path:
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def words(path: Path) -> list[tuple[str, str]]:
    name, found = read(path)
    assert name == "spacy-jsonl"
    return [(kind, quote) for _, kind, quote in quotes(found.bundle)]


ALL = [("per", "Vogel"), ("loc", "Oslo"), ("loc", "Oslo")]


def test_training_data_as_pairs(tmp_path: Path) -> None:
    path = stored(tmp_path / "train.json", PAIRS)
    assert words(path) == ALL
    assert "what “cats” says is left out, first in train.json, item 2" in listed(read(path)[1])


def test_pairs_with_their_labels_before_them(tmp_path: Path) -> None:
    """A page in the browser that many label with writes so, null where nothing was labelled."""
    found = {"classes": ["PER", "LOC"], "annotations": [PAIRS[0], None, PAIRS[1]]}
    path = stored(tmp_path / "annotations.json", found)
    assert words(path) == ALL
    assert "an entry without a text is left out" in listed(read(path)[1])


def test_pairs_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in PAIRS), encoding="utf-8")
    assert words(path) == ALL


def test_pairs_with_an_emoji_ask_for_the_unit(tmp_path: Path) -> None:
    path = stored(tmp_path / "x.json", [["\U0001f60a Vogel.", {"entities": [[2, 7, "PER"]]}]])
    with pytest.raises(BadInput, match="unit=utf-16"):
        read(path)
    assert quotes(read(path, unit="code points")[1].bundle)[0][2] == "Vogel"


@pytest.mark.parametrize(
    "wrong",
    [
        [["Vogel.", {"entities": [[0, 5]]}]],
        [["Vogel.", {"entities": [{"start": 0}]}]],
        [["Vogel.", {"entities": 7}]],
        [["Vogel.", {"entities": []}, 3]],
        [["Vogel.", {"entities": []}], [8, {"entities": []}]],
    ],
)
def test_pairs_that_are_none_name_the_place(tmp_path: Path, wrong: Any) -> None:
    with pytest.raises(BadInput, match=r"x\.json, item \d"):
        read(stored(tmp_path / "x.json", wrong))


def test_documents_of_version_2_say_what_to_do(tmp_path: Path) -> None:
    token = {"id": 0, "orth": "Vogel", "ner": "U-PER"}
    found = [{"id": 0, "paragraphs": [{"raw": "Vogel", "sentences": [{"tokens": [token]}]}]}]
    with pytest.raises(BadInput, match=r"version 2 .*spacy convert"):
        read(stored(tmp_path / "x.json", found))


def test_a_relation_between_tokens_without_labels_is_listed(tmp_path: Path) -> None:
    """As coreference is marked in Prodigy, where only some tokens are spans."""
    tokens = [
        {"text": text, "start": at, "end": at + len(text), "id": id}
        for id, (text, at) in enumerate((("Vogel", 0), ("told", 6), ("Oslo", 11)))
    ]
    ends = {
        f"{end}_span": {"start": 0, "end": 5, "token_start": 0, "token_end": 0, "label": None}
        for end in ("head", "child")
    }
    spans = [{"start": 0, "end": 5, "label": "PER"}]
    related = [{"head": 0, "child": 2, "label": "SAME", **ends}]
    task = {"text": "Vogel told Oslo", "tokens": tokens, "spans": spans, "relations": related}
    path = lines(tmp_path / "x.jsonl", {**task, "_input_hash": 1, "answer": "accept"})
    _, found = read(path)
    assert [quote for _, _, quote in quotes(found.bundle)] == ["Vogel"]
    assert "a relation between no spans is left out" in listed(found)
