"""Label Studio's files of projects of many sorts; each made here after the like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from tests.formats.exchange.test_peculiar import listed, quotes, read

TURNS = [{"author": "A", "text": "Hello there."}, {"author": "B", "text": "No, thanks."}]


def task(path: Path, data: dict[str, Any], *results: dict[str, Any], **more: Any) -> Path:
    work = [{"id": 1, "completed_by": 1, "result": list(results), **more}]
    path.write_text(json.dumps([{"id": 1, "data": data, "annotations": work}]), encoding="utf-8")
    return path


def region(type: str, label: str, **value: Any) -> dict[str, Any]:
    told = {**value, type: [label]}
    return {"id": "a", "from_name": "l", "to_name": "t", "type": type, "value": told}


def test_a_region_over_two_turns_with_offsets_in_all_of_them(tmp_path: Path) -> None:
    """Since 1.8 there are offsets in the whole dialogue too, which count its page."""
    told = region(
        "paragraphlabels",
        "Claim",
        start="0",
        end="1",
        startOffset=6,
        endOffset=2,
        text="there.\n\nNo",
        globalOffsets={"start": 6, "end": 14},
    )
    _, found = read(task(tmp_path / "x.json", {"dialogue": TURNS}, told))
    assert [quote for _, _, quote in quotes(found.bundle)] == ["there.\nNo"]
    assert "not within" not in listed(found)


BODY = "The mayor said no to all of it. The council disagreed."


def on(to: str, start: int, end: int, words: str | None, id: str = "a") -> dict[str, Any]:
    told = region("labels", "Who", start=start, end=end, **({"text": words} if words else {}))
    return {**told, "to_name": to, "id": id}


def test_regions_on_another_text_of_a_task_are_listed(tmp_path: Path) -> None:
    """A configuration can show the title as well; which data it is the file does not say."""
    data = {"headline": "Short news of the mayor", "story": BODY}
    path = task(
        tmp_path / "x.json",
        data,
        on("body", 0, 9, "The mayor"),
        on("head", 18, 23, "mayor", "b"),
        on("head", 0, 5, None, "c"),
    )
    _, found = read(path)
    assert [quote for _, _, quote in quotes(found.bundle)] == ["The mayor"]
    assert "a region on another text of the task is left out (2 times)" in listed(found)


def test_words_that_are_not_quite_those_of_a_region_are_no_other_text(tmp_path: Path) -> None:
    """Some versions give the words around, or without spaces, beside offsets that are right."""
    data = {"headline": "Short news of the mayor", "story": BODY}
    _, found = read(task(tmp_path / "x.json", data, on("body", 4, 9, "The mayor")))
    assert [quote for _, _, quote in quotes(found.bundle)] == ["mayor"]


# Pages

PAGE = (
    "<html><head><style>p {color: red}</style></head><body>\n"
    "<h1>Talks</h1>\n<p>The <b>mayor</b> said\n   &#8220;no&#8221;.<br>She left.</p>"
    "<p>The mayor left \U0001f60a today.</p></body></html>"
)
SEEN = "Talks\nThe mayor said “no”.\nShe left.\nThe mayor left \U0001f60a today.\n"


def path(words: str, **more: Any) -> dict[str, Any]:
    ends = {"start": "/p[1]/text()[1]", "end": "/p[1]/text()[1]", "startOffset": 0, "endOffset": 3}
    return region("hypertextlabels", "Who", **ends, text=words, **more)


def seen(folder: Path, *results: dict[str, Any]) -> tuple[list[tuple[int, str]], str]:
    """Where each mark begins and its words, and what is listed."""
    numbered = [{**one, "id": f"r{n}"} for n, one in enumerate(results)]
    _, found = read(task(folder / "x.json", {"html": PAGE}, *numbered))
    (part,) = found.bundle.articles
    assert part.text == SEEN
    return sorted((m.fragments[0].start, m.quote) for m in part.marks), listed(found)


def test_words_that_stand_once_in_a_page_are_found(tmp_path: Path) -> None:
    marks, told = seen(tmp_path, path("mayor said\n“no”"), path("today"))
    assert marks == [(10, "mayor said “no”"), (SEEN.index("today"), "today")]
    assert "not within" not in told


def test_words_that_stand_twice_need_offsets_in_the_page(tmp_path: Path) -> None:
    flat = "\nTalks\nThe mayor said\n   “no”.\nShe left.The mayor left \U0001f60a today."
    at = flat.rindex("mayor")
    place = {"start": at, "end": at + 5}
    marks, told = seen(tmp_path, path("mayor", globalOffsets=place), path("mayor"))
    assert marks == [(SEEN.rindex("mayor"), "mayor")]
    assert "a region that is not within the text is left out, first in x.json, task 1, r1" in told


def test_offsets_of_other_words_are_no_proof(tmp_path: Path) -> None:
    marks, _ = seen(tmp_path, path("today", globalOffsets={"start": 2, "end": 7}))
    assert marks == [(SEEN.index("today"), "today")]


def test_offsets_after_an_emoji_may_be_those_of_javascript(tmp_path: Path) -> None:
    page = "<p>\U0001f60a no</p><p>no</p>"
    told = path("no", globalOffsets={"start": 5, "end": 7})
    _, found = read(task(tmp_path / "x.json", {"html": page}, told))
    (part,) = found.bundle.articles
    assert part.text == "\U0001f60a no\nno\n"
    assert [mark.fragments[0].start for mark in part.marks] == [5]


def test_a_text_with_angle_brackets_is_no_page(tmp_path: Path) -> None:
    """Of regions with offsets the text is what they count in, whatever stands there."""
    text = "See <b>this</b> here."
    told = region("labels", "Who", start=7, end=11, text="this")
    _, found = read(task(tmp_path / "x.json", {"text": text}, told))
    assert found.bundle.articles[0].text.strip() == text
    assert [quote for _, _, quote in quotes(found.bundle)] == ["this"]


def tasks(path: Path, *found: dict[str, Any]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in found), encoding="utf-8")
    return path


def worked(id: int, *results: dict[str, Any], **more: Any) -> dict[str, Any]:
    work = [{"id": id, "completed_by": 1, "result": list(results)}] if results else []
    return {"id": id, "data": {"text": BODY}, "annotations": work, **more}


def test_a_task_a_line(tmp_path: Path) -> None:
    first = worked(1, on("t", 0, 9, "The mayor"))
    second = {**worked(2, on("t", 0, 3, "Who")), "data": {"text": "Who knows?"}}
    for found in ((first, second), (worked(3), first, second)):
        name, said = read(tasks(tmp_path / "x.jsonl", *found))
        assert name == "label-studio"
        assert [quote for _, _, quote in quotes(said.bundle)] == ["The mayor", "Who"]


def test_an_annotation_of_the_flat_export_a_line(tmp_path: Path) -> None:
    flat = {"id": 1, "text": BODY, "annotator": 1, "annotation_id": 1}
    flat["who"] = [{"start": 0, "end": 9, "text": "The mayor", "labels": ["Who"]}]
    name, said = read(tasks(tmp_path / "x.jsonl", flat, {**flat, "annotation_id": 2}))
    assert name == "label-studio"
    assert {quote for _, _, quote in quotes(said.bundle)} == {"The mayor"}


def test_a_line_amiss_is_named(tmp_path: Path) -> None:
    path = tasks(tmp_path / "x.jsonl", worked(1, on("t", 0, 9, "The mayor")))
    path.write_text(f"{path.read_text(encoding='utf-8')}{{oh\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"x\.jsonl, line 2"):
        read(path)


def test_reviews_and_comments_are_listed(tmp_path: Path) -> None:
    done = worked(1, on("t", 0, 9, "The mayor"), comments=[{"id": 4, "text": "Sure?"}])
    done["annotations"][0]["reviews"] = [{"id": 1, "accepted": True}, {"id": 2, "accepted": False}]
    counted = worked(2, on("t", 0, 9, "The mayor"), comment_count=3, reviews=[])
    counted["annotations"][0]["comments"] = []
    told = listed(read(tasks(tmp_path / "x.jsonl", done, counted))[1])
    assert "reviews of annotations are left out (2 times), first in x.jsonl, task 1" in told
    assert "comments are left out (4 times), first in x.jsonl, task 1" in told
    quiet = worked(1, on("t", 0, 9, "The mayor"), comment_count=0, comments=[])
    assert "comments" not in listed(read(tasks(tmp_path / "y.jsonl", quiet))[1])


def test_of_several_labels_on_a_region_one_is_kept_and_the_others_are_listed(
    tmp_path: Path,
) -> None:
    told = region("labels", "Claim", start=0, end=9, text="The mayor")
    told["value"]["labels"] = ["Claim", "Person"]
    _, found = read(task(tmp_path / "x.json", {"text": BODY}, told))
    assert [(kind, quote) for _, kind, quote in quotes(found.bundle)] == [("claim", "The mayor")]
    assert "of several labels on a region" in listed(found)
