"""Web Annotations as programs other than ours and Hypothesis write them; made here after the like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from tests.formats.exchange.test_peculiar import listed, quotes, read

PAGE = "https://example.org/news/talks"
TEXT = "First.\n\nVogel told Oslo that\nBank One said no.\nOslo was silent.\n"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
VOGEL = {"type": "TextQuoteSelector", "exact": "Vogel"}


def note(target: Any, **more: Any) -> dict[str, Any]:
    told = {"id": "urn:a", "type": "Annotation", "body": {"type": "TextualBody", "value": "Hm."}}
    return {"@context": CONTEXT, **told, "target": target, **more}


def stored(folder: Path, found: Any, text: str = "talks.txt") -> Path:
    (folder / text).write_text(TEXT, encoding="utf-8")
    path = folder / "notes.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def words(path: Path) -> list[str]:
    name, found = read(path)
    assert name == "web-annotation"
    return [quote for _, _, quote in quotes(found.bundle)]


def test_a_place_in_the_address_of_a_target(tmp_path: Path) -> None:
    assert words(stored(tmp_path, note(f"{PAGE}#char=8,13"))) == ["Vogel"]


def test_another_fragment_is_part_of_the_address(tmp_path: Path) -> None:
    assert words(stored(tmp_path, note(f"{PAGE}#comments"))) == [""]


@pytest.mark.parametrize("outer", ["XPathSelector", "FragmentSelector"])
def test_words_that_narrow_down_another_selector(tmp_path: Path, outer: str) -> None:
    selector = {"type": outer, "value": "/html/body/p[2]", "refinedBy": VOGEL}
    assert words(stored(tmp_path, note({"source": PAGE, "selector": selector}))) == ["Vogel"]


def test_a_position_within_another_selector_is_none_in_the_text(tmp_path: Path) -> None:
    inner = {"type": "TextPositionSelector", "start": 0, "end": 5}
    selector = {"type": "XPathSelector", "value": "/html/body/p[2]", "refinedBy": inner}
    _, found = read(stored(tmp_path, note({"source": PAGE, "selector": selector})))
    assert not found.bundle.articles[0].marks
    assert "a selector that says no words" in listed(found)


@pytest.mark.parametrize("name", ["oa:", "http://www.w3.org/ns/oa#"])
def test_types_with_the_name_of_their_vocabulary(tmp_path: Path, name: str) -> None:
    selector = {"@type": f"{name}TextQuoteSelector", "exact": "Vogel"}
    found = note({"source": PAGE, "selector": selector}) | {"type": f"{name}Annotation"}
    assert words(stored(tmp_path, found)) == ["Vogel"]


def test_targets_in_one_are_several(tmp_path: Path) -> None:
    one = {"source": PAGE, "selector": VOGEL}
    _, found = read(stored(tmp_path, note({"type": "Composite", "items": [one, PAGE]})))
    assert [quote for _, _, quote in quotes(found.bundle)] == ["Vogel"]
    assert "of several targets" in listed(found)


def test_pages_that_are_elsewhere_are_listed(tmp_path: Path) -> None:
    page = {
        "type": "AnnotationPage",
        "items": [note({"source": PAGE, "selector": VOGEL})],
        "next": "https://example.org/page2",
    }
    path = stored(tmp_path, {"@context": CONTEXT, "type": "AnnotationCollection", "first": page})
    assert words(path) == ["Vogel"]
    told = listed(read(path)[1])
    assert "pages that are not in the file are left out, first in https://example.org/page2" in told


def test_annotations_without_their_context(tmp_path: Path) -> None:
    found = note({"source": PAGE, "selector": VOGEL})
    del found["@context"]
    assert words(stored(tmp_path, [found])) == ["Vogel"]


@pytest.mark.parametrize("text", ["notes.txt", "article.txt"])
@pytest.mark.parametrize("source", [{}, {"source": "https://example.org"}])
def test_a_source_without_a_name_is_called_like_the_file(
    tmp_path: Path, text: str, source: dict[str, str]
) -> None:
    path = stored(tmp_path, [note({**source, "selector": [VOGEL]})], text)
    assert words(path) == ["Vogel"]


def test_the_name_that_its_text_should_have_is_said(tmp_path: Path) -> None:
    path = stored(tmp_path, [note({"selector": [VOGEL]})], "other.txt")
    with pytest.raises(BadInput, match=r"put it beside it as notes\.txt"):
        read(path)


# Recogito's own model


def highlight(*places: tuple[int, int], **more: Any) -> dict[str, Any]:
    return {
        "id": "d9b8",
        "bodies": [
            {"annotation": "d9b8", "purpose": "tagging", "value": "Person"},
            {"annotation": "d9b8", "purpose": "commenting", "value": "Who?"},
        ],
        "target": {
            "annotation": "d9b8",
            "selector": [
                {"quote": TEXT[a:b], "start": a, "end": b, "range": {}} for a, b in places
            ],
            "creator": {"id": "u1", "name": "Kim"},
            "created": "2023-10-17T12:38:37.390Z",
        },
        **more,
    }


def test_what_recogito_keeps_is_read(tmp_path: Path) -> None:
    _, found = read(stored(tmp_path, [highlight((8, 13))], "notes.txt"))
    (mark,) = found.bundle.articles[0].marks
    assert quotes(found.bundle) == [("Kim", "person", "Vogel")]
    assert (mark.note, mark.made_at > 0) == ("Who?", True)
    assert not listed(found)


def test_one_selector_of_recogito_and_several(tmp_path: Path) -> None:
    one = highlight((8, 13))
    one["target"]["selector"] = one["target"]["selector"][0]
    two = highlight((8, 13), (19, 23), id="e1")
    _, found = read(stored(tmp_path, [one, two], "notes.txt"))
    assert sorted(quote for _, _, quote in quotes(found.bundle)) == ["Vogel", "Vogel … Oslo"]


def test_paths_of_recogito_say_no_words(tmp_path: Path) -> None:
    """Its extension for TEI has paths, at times beside offsets in another text, and a quote."""
    paths = {"startSelector": {"type": "XPathSelector", "value": "//p::8"}, "quote": "Bank One"}
    one = highlight((8, 13))
    one["target"]["selector"] = [paths]
    _, found = read(stored(tmp_path, [one], "notes.txt"))
    assert [quote for _, _, quote in quotes(found.bundle)] == ["Bank One"]


@pytest.mark.parametrize(
    ("around", "start"),
    [
        ({"prefix": "Vogel told "}, 19),
        ({"suffix": " that Bank"}, 19),
        ({"prefix": "said no. "}, 47),
        ({"prefix": "no.", "suffix": " was silent."}, 47),
    ],
)
def test_words_that_stand_twice_are_told_apart_by_what_is_around_them(
    tmp_path: Path, around: dict[str, str], start: int
) -> None:
    selector = {"type": "TextQuoteSelector", "exact": "Oslo", **around}
    _, found = read(stored(tmp_path, note({"source": PAGE, "selector": selector})))
    (mark,) = found.bundle.articles[0].marks
    assert [(one.start, one.quote) for one in mark.fragments] == [(start, "Oslo")]
