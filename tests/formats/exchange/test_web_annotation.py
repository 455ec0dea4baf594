"""Web Annotations of others: positions proven by quotes, or found by them, or listed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Incoming
from annotator.formats.exchange.web_annotation.format import FORMAT
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import meaning, written_to

SAMPLES = Path(__file__).parent / "samples"
TEXT = "Ok 😊 Lavrov said “no”.\nTrump disagreed.\n"


def read(path: Path) -> Incoming:
    assert FORMAT.read is not None
    return FORMAT.read(path, FORMAT.asked())


def said(found: Incoming) -> list[tuple[str, list[str], str]]:
    return [
        (mark.kind, [f.quote for f in mark.fragments], mark.note)
        for part in found.bundle.articles
        for mark in part.marks
    ]


def losses(found: Incoming) -> list[str]:
    return [loss.what for loss in found.losses]


def anno(selector: Any, **more: Any) -> dict[str, Any]:
    target = {"source": "https://example.org/talks.txt", "selector": selector}
    return {"type": "Annotation", "motivation": "highlighting", "target": target, **more}


def write(folder: Path, *items: Any) -> Path:
    (folder / "talks.txt").write_text(TEXT, encoding="utf-8", newline="")
    path = folder / "annotations.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    return path


def position(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: str, **around: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **around}


def test_a_file_by_the_specification(tmp_path: Path) -> None:
    path = Path(shutil.copy(SAMPLES / "web_annotation.json", tmp_path))
    (tmp_path / "talks.txt").write_text(TEXT, encoding="utf-8", newline="")
    found = read(path)
    (part,) = found.bundle.articles
    assert part.article.url == "https://example.org/news/talks"
    assert sorted(said(found)) == [
        ("claim", ["no"], "Terse."),
        ("highlighting", ["Trump"], ""),
        ("speaker", ["Lavrov"], ""),
    ]
    claim = next(mark for mark in part.marks if mark.kind == "claim")
    assert claim.fields == {"tag": ["denial"]}
    assert claim.made_at == 1_767_225_600_000
    (statement,) = part.statements
    assert [member.role for member in statement.members] == ["body", "target"]
    assert {analyst.name for analyst in found.bundle.analysts} == {"Ada", "web_annotation"}
    assert losses(found) == [
        "a position that no quote proves is taken as it is",
        "a mark with a selector that says no words (XPathSelector) is left out",
    ]


def test_positions_in_utf_16_are_known_by_their_quotes(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        anno([position(6, 12), quote("Lavrov")]),
        anno([position(24, 29), quote("Trump")]),
    )
    found = read(path)
    assert [words for _, words, _ in said(found)] == [["Lavrov"], ["Trump"]]
    assert losses(found) == []


def test_a_quote_elsewhere_is_taken_only_when_it_stands_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        anno([position(0, 2), quote("Trump")]),
        anno([position(0, 1), quote("a")]),
        anno([position(9, 10), quote("a", prefix="L")]),
        anno([position(0, 4), quote("Kyiv")]),
        anno(quote("")),
    )
    found = read(path)
    assert [words for _, words, _ in said(found)] == [["Trump"], ["a"]]
    assert losses(found) == [
        "a position without its quote is corrected; the quote stands once",
        "a quote that stands in several places is left out",
        "a quote that stands nowhere is left out",
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [("char=5,11", ["Lavrov"]), ("char=5,11;length=40", ["Lavrov"]), ("char=5", None), (5, None)],
)
def test_a_fragment_of_an_address(tmp_path: Path, value: Any, words: list[str] | None) -> None:
    found = read(write(tmp_path, anno({"type": "FragmentSelector", "value": value})))
    assert [told for _, told, _ in said(found)] == ([words] if words else [])
    assert losses(found) == [
        "a position that no quote proves is taken as it is"
        if words
        else "a mark with a selector that says no words (FragmentSelector) is left out"
    ]


@pytest.mark.parametrize("at", [(5, 2), (-1, 3), (0, 99), (True, 3), (0.5, 3), ("0", "2")])
def test_what_is_no_position_is_listed(tmp_path: Path, at: tuple[Any, Any]) -> None:
    found = read(write(tmp_path, anno(position(*at)), anno(quote("Lavrov"))))
    assert [words for _, words, _ in said(found)] == [["Lavrov"]]
    assert len(losses(found)) == 1


def test_a_text_that_is_nowhere_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, anno(quote("no")))
    (tmp_path / "talks.txt").unlink()
    with pytest.raises(BadInput, match=r"put it beside it as talks\.txt"):
        read(path)


def test_a_source_is_never_a_path(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    path = write(inside, {**anno(quote("secret")), "target": "file:///x/..%2Fsecret.txt"})
    with pytest.raises(BadInput, match="is not in the file"):
        read(path)


def test_what_is_no_annotation_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"item 1 is no Web Annotation: its type is \['Thing'\]"):
        read(write(tmp_path, {"type": "Thing"}))


def test_a_discontinuous_mark_is_one_stretch_to_others_and_its_pieces_to_us(tmp_path: Path) -> None:
    path = tmp_path / "small.jsonld"
    written_to(FORMAT, small_bundle(), path)
    items = json.loads(path.read_bytes())["first"]["items"]
    (item,) = [one for one in items if "annotator:fragments" in str(one)]
    at, words = item["target"]["selector"]
    text = small_bundle().articles[0].text
    assert text[at["start"] : at["end"]] == words["exact"]
    pieces = item["target"]["annotator:fragments"]
    assert [text[one["start"] : one["end"]] for one in pieces] == ["“Not now,”", "“Maybe later.”"]


def test_who_made_it_and_when_and_what_is_flagged_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "small.jsonld"
    written_to(FORMAT, small_bundle(), path)
    found = read(path)

    def stamps(bundle: Any) -> set[Any]:
        names = {analyst.id: analyst.name for analyst in bundle.analysts}
        return {
            (one.made_at, names[one.made_by], one.changed_at, names[one.changed_by], one.flagged)
            for part in bundle.articles
            for one in part.said
        }

    assert stamps(found.bundle) == stamps(small_bundle())
    assert meaning(found.bundle) == meaning(small_bundle())


def test_the_file_is_as_it_was(tmp_path: Path) -> None:
    """Its bytes are an agreement with whoever reads it."""
    path = tmp_path / "small.jsonld"
    written_to(FORMAT, small_bundle(), path)
    assert path.read_bytes() == (SAMPLES / "small.jsonld").read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[" * 100_000,
        b'[{"type": "Annotation", "target": NaN}]',
        b'[{"type": "Annotation", "type": "Annotation"}]',
        b'[{"type": "Annotation", "id": "\\ud83d"}]',
        b'[{"type": "Annotation", "target": 1}]',
        b'[{"type": "Annotation", "target": {"source": {}, "selector": [[], 1]}}]',
        b"\xff[]",
        b"1",
    ],
)
def test_what_is_no_sound_json_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.json").write_bytes(data)
    with pytest.raises(BadInput, match=r"x\.json"):
        read(tmp_path / "x.json")


def test_strange_values_are_no_crash(tmp_path: Path) -> None:
    strange: list[Any] = [None, 1, "x", [], {}, [[]], {"type": 1}, True, [{"value": 1}]]
    items = [
        {**anno(quote("Lavrov")), name: value, "id": f"urn:{name}:{place}"}
        for name in (
            "body",
            "creator",
            "created",
            "motivation",
            "bodyValue",
            "id",
            "annotator:layer",
        )
        for place, value in enumerate(strange)
    ]
    assert read(write(tmp_path, *items)).bundle.articles
