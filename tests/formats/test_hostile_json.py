"""A file that is wrong is refused in one sentence that names it and the place; nothing changes."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import AnnotatorError
from annotator.core.text.cleaning import sha256
from annotator.formats import annotator_json
from annotator.workspace import Workspace
from tests.workshop import mark, small_project, start

GOLDEN = Path(__file__).with_name("small.json")
FILE: dict[str, Any] = json.loads(GOLDEN.read_bytes())


@pytest.fixture(params=["empty", "used"])
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "p.annotator"
    if request.param == "empty":
        workspace = Workspace.create(path, start(), "Ada")
    else:
        workspace = small_project(path)
        mark(workspace, "claim", (0, 3))
    yield workspace
    workspace.close()


def refused(workspace: Workspace, path: Path) -> str:
    """The sentence with which the file is refused; the project is what it was."""
    before = annotator_json.encode(workspace.bundle())
    steps = [revision.id for revision in workspace.history()]
    with pytest.raises(AnnotatorError) as caught:
        workspace.take_in(annotator_json.read(path), f"Import {path.name}")
    assert annotator_json.encode(workspace.bundle()) == before
    assert [revision.id for revision in workspace.history()] == steps
    sentence = str(caught.value)
    assert "x.json" in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 400
    return sentence


def with_bytes(old: bytes, new: bytes) -> bytes:
    data = GOLDEN.read_bytes()
    assert old in data
    return data.replace(old, new, 1)


BYTES = {
    "nothing": (b"", "is not valid JSON"),
    "truncated": (GOLDEN.read_bytes()[:5000], r"line \d+, column \d+"),
    "NaN": (with_bytes(b'"weight":0.5', b'"weight":NaN'), "NaN"),
    "infinity": (with_bytes(b'"weight":0.5', b'"weight":-Infinity'), "Infinity"),
    "too large a number": (with_bytes(b'"weight":0.5', b'"weight":1e999'), "out of range"),
    "endless digits": (with_bytes(b'"weight":0.5', b'"weight":' + b"9" * 9999), "digits"),
    "a key twice": (
        with_bytes(b'"title": "Talks', b'"title": "One", "title": "Talks'),
        "the key “title” twice",
    ),
    "deep nesting": (
        with_bytes(b'"format"', b'"deep": ' + b"[" * 100_000 + b"]" * 100_000 + b', "format"'),
        "nested",
    ),
    "half a character": (with_bytes(b'"Bo"', rb'"B\ud800o"'), r"half a character in line \d+"),
    "the other half": (with_bytes(b'"Bo"', rb'"B\udc00o"'), r"half a character in line \d+"),
    "not UTF-8": (with_bytes(b'"Bo"', b'"B\xff"'), "UTF-8"),
    "half a character in UTF-8": (with_bytes(b'"Bo"', b'"B\xed\xa0\x80"'), "UTF-8"),
    "UTF-16": (GOLDEN.read_text(encoding="utf-8").encode("utf-16"), "UTF-8"),
    "two byte-order marks": (b"\xef\xbb\xbf" * 2 + GOLDEN.read_bytes(), "line 1, column 1"),
    "something after it": (GOLDEN.read_bytes() + b"{}", r"line \d+"),
    "a list": (b"[1, 2]", "Expected `object`"),
    "other JSON": (b'{"data": []}', "its format is None"),
    "a format of another": (with_bytes(b'"annotator"', b'"brat"'), "its format is 'brat'"),
    "a later version": (with_bytes(b'"version": 1', b'"version": 2'), "version 2"),
    "a version of another type": (with_bytes(b'"version": 1', b'"version": "1"'), "version '1'"),
    "other offsets": (with_bytes(b'"code points"', b'"UTF-16"'), r"\$.offsets"),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes(workspace: Workspace, tmp_path: Path, name: str) -> None:
    data, says = BYTES[name]
    path = tmp_path / "x.json"
    path.write_bytes(data)
    assert re.search(says, refused(workspace, path))


Change = Callable[[dict[str, Any]], object]


def article(file: dict[str, Any]) -> dict[str, Any]:
    return file["articles"][0]  # type: ignore[no-any-return]


def claim(file: dict[str, Any]) -> dict[str, Any]:
    """Ada's mark, on her layer."""
    return article(file)["layers"][0]["marks"][0]  # type: ignore[no-any-return]


def speaker(file: dict[str, Any]) -> dict[str, Any]:
    return article(file)["layers"][0]["marks"][1]  # type: ignore[no-any-return]


def statement(file: dict[str, Any]) -> dict[str, Any]:
    return article(file)["layers"][0]["statements"][0]  # type: ignore[no-any-return]


def other_text(file: dict[str, Any], text: str) -> None:
    article(file).update(text=text, sha256=sha256(text))


CHANGES: dict[str, tuple[Change, str]] = {
    "an unknown field": (lambda f: claim(f).update(colour="red"), r"colour.*\$\.articles"),
    "a field too few": (lambda f: claim(f).pop("kind"), r"kind.*\$\.articles"),
    "a text that is not the one": (
        lambda f: article(f).update(text="Another text."),
        "SHA-256 differs",
    ),
    "a text that was never cleaned": (
        lambda f: other_text(f, FILE["articles"][0]["text"].replace("\n", "\r\n")),
        "characters that Annotator takes out",
    ),
    "an article under another's id": (
        lambda f: article(f).update(id="5"),
        "has not the id of its text",
    ),
    "a quote that does not match": (
        lambda f: claim(f)["fragments"][0].update(quote="“Not yet,”"),
        "“Not yet,”.* does not stand at 8 to 18",
    ),
    "a mark outside the text": (
        lambda f: claim(f)["fragments"][0].update(start=900, end=910),
        "does not stand at 900 to 910",
    ),
    "an offset below 0": (lambda f: claim(f)["fragments"][0].update(start=-1), r"\$\.articles"),
    "a huge offset": (
        lambda f: claim(f)["fragments"][0].update(end=10**30),
        r"\$\.articles|does not stand",
    ),
    "fragments out of order": (lambda f: claim(f)["fragments"].reverse(), "out of order"),
    "a kind nobody knows": (lambda f: claim(f).update(kind="rumour"), "no kind rumour"),
    "a field nobody knows": (lambda f: claim(f)["fields"].update(mood="sad"), "no field mood"),
    "a stance off the scale": (lambda f: claim(f)["fields"].update(stance=7), "Stance cannot be 7"),
    "a stance that is true": (
        lambda f: claim(f)["fields"].update(stance=True),
        "Stance cannot be True",
    ),
    "a list for a choice": (
        lambda f: statement(f)["fields"].update(told=["quote"]),
        "Told holds one value",
    ),
    "a choice nobody knows": (
        lambda f: statement(f)["fields"].update(told="sung"),
        "Told cannot be 'sung'",
    ),
    "an actor nobody knows": (
        lambda f: speaker(f)["fields"].update(actor="5"),
        "names an actor that does not exist",
    ),
    "an actor beyond all ids": (
        lambda f: speaker(f)["fields"].update(actor="9" * 30),
        "names an actor that does not exist",
    ),
    "an actor just beyond all ids": (
        lambda f: speaker(f)["fields"].update(actor=str(1 << 63)),
        "names an actor that does not exist",
    ),
    "an actor of endless digits": (
        lambda f: speaker(f)["fields"].update(actor="9" * 9999),
        "names an actor that does not exist",
    ),
    "an actor of other digits": (
        lambda f: speaker(f)["fields"].update(actor="٣"),
        "names an actor that does not exist",
    ),
    "an id beyond all ids": (
        lambda f: claim(f).update(id="9" * 19),
        "the id 9999999999999999999 is larger",
    ),
    "a negative id": (lambda f: claim(f).update(id="-5"), r"\$\.articles"),
    "a number as id": (lambda f: claim(f).update(id=5), r"\$\.articles"),
    "one id twice": (
        lambda f: speaker(f).update(id=claim(f)["id"]),
        "changes a record once|twice",
    ),
    "an impossible time": (
        lambda f: claim(f).update(made_at="2025-02-30T12:00:00.000Z"),
        "'2025-02-30T12:00:00.000Z' is not a time",
    ),
    "a layer of nobody": (
        lambda f: article(f)["layers"][0].update(layer="5"),
        "belongs to an analyst who does not exist",
    ),
    "a statement without marks": (
        lambda f: statement(f).update(members=[]),
        "at least one mark",
    ),
    "a statement of a mark that is missing": (
        lambda f: statement(f)["members"][0].update(mark="5"),
        "holds a mark that does not exist",
    ),
    "a role nobody knows": (
        lambda f: statement(f)["members"][0].update(role="singer"),
        "no role singer",
    ),
    "a mark in the wrong role": (
        lambda f: statement(f)["members"][0].update(role="speaker"),
        "cannot be the speaker",
    ),
    "blocks with a gap": (
        lambda f: article(f)["blocks"][1].update(start=9),
        "blocks of Talks 😀 do not cover",
    ),
    "a block of no length": (
        lambda f: article(f)["blocks"].insert(1, {"start": 8, "end": 8, "type": "body"}),
        "blocks of Talks 😀 do not cover",
    ),
    "issues in a circle": (
        lambda f: f["issues"][0].update(parent=f["issues"][1]["id"]),
        "is under itself",
    ),
    "an issue under nothing": (
        lambda f: f["issues"][1].update(parent="5"),
        "is under an issue that does not exist",
    ),
    "actors in a circle": (
        lambda f: f["actors"][0].update(affiliations=[{"actor": f["actors"][1]["id"]}]),
        "is affiliated with itself",
    ),
    "an actor of nobody": (
        lambda f: f["actors"][1].update(affiliations=[{"actor": "5"}]),
        "is affiliated with nobody known",
    ),
}
_CODEBOOKS: dict[str, tuple[Change, str]] = {
    "a codebook whose roles name no kind": (
        lambda f: f["codebook"]["roles"]["claim"].update(kinds=["rumour"]),
        "names the kind rumour",
    ),
    "a codebook with a key in use twice": (
        lambda f: f["codebook"]["kinds"]["claim"].update(key="s"),
        "share the key",
    ),
    "a codebook with a name that is SQL": (
        lambda f: f["codebook"]["fields"].update(
            {"x' OR '1": {**f["codebook"]["fields"]["actor"], "on": ["claim"]}}
        ),
        "letters, digits",
    ),
}


def changed(change: Change, folder: Path) -> Path:
    file = copy.deepcopy(FILE)
    change(file)
    assert file != FILE
    path = folder / "x.json"
    path.write_text(json.dumps(file), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", CHANGES)
def test_contents(tmp_path: Path, name: str) -> None:
    change, says = CHANGES[name]
    with Workspace.create(tmp_path / "p.annotator", start(), "Ada") as workspace:
        assert re.search(says, refused(workspace, changed(change, tmp_path)))


@pytest.mark.parametrize("name", _CODEBOOKS)
def test_codebooks(tmp_path: Path, name: str) -> None:
    change, says = _CODEBOOKS[name]
    with Workspace.create(tmp_path / "p.annotator", start(), "Ada") as workspace:
        assert re.search(says, refused(workspace, changed(change, tmp_path)))


def test_another_codebook_is_not_taken_over_by_a_project_in_use(tmp_path: Path) -> None:
    """It is told, and what does not fit the project's own codebook is refused."""
    with small_project(tmp_path / "p.annotator") as workspace:
        path = tmp_path / "x.json"
        path.write_bytes(GOLDEN.read_bytes())
        assert "no field issue on a claim" in refused(workspace, path)


def test_a_second_article_of_one_text_does_not_push_out_the_first(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "p.annotator", start(), "Ada") as workspace:
        workspace.take_in(annotator_json.read(GOLDEN), "Import")
        path = changed(lambda f: article(f).update(id="5", layers=[]), tmp_path)
        assert "has not the id of its text" in refused(workspace, path)
        assert workspace.check() == []


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "x.json", tmp_path):
        with pytest.raises(AnnotatorError, match="cannot be read"):
            annotator_json.read(path)
