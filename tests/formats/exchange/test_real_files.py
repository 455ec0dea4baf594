"""What files of other programs, found in public places, were read wrongly; each made here anew."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput
from tests.formats.exchange.test_peculiar import FORMATS, lines, listed, quotes, read

TEXT = "Vogel told Oslo that Bank One said no."


def statements(bundle: Bundle) -> list[list[tuple[str, str]]]:
    """Role and words of each member, statement by statement, in a fixed order."""
    found = []
    for part in bundle.articles:
        words = {mark.id: mark.quote for mark in part.marks}
        found += [[(m.role, words[m.mark]) for m in s.members] for s in part.statements]
    return sorted(found)


def stored(path: Path, found: Any) -> Path:
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


# Relations


def test_two_relations_between_two_marks_of_prodigy_are_two_statements(tmp_path: Path) -> None:
    spans = [
        {"start": 0, "end": 5, "token_start": 0, "token_end": 0, "label": "WHO"},
        {"start": 35, "end": 37, "token_start": 7, "token_end": 7, "label": "WHAT"},
    ]
    ends = {"head": 0, "child": 7, "head_span": spans[0], "child_span": spans[1]}
    related = [{**ends, "label": label} for label in ("SAYS", "DENIES")]
    head = {"text": TEXT, "_input_hash": 1, "_task_hash": 2, "answer": "accept"}
    path = lines(tmp_path / "x.jsonl", {**head, "spans": spans, "relations": related})
    _, found = read(path)
    assert statements(found.bundle) == [
        [("who", "Vogel"), ("denies", "no")],
        [("who", "Vogel"), ("says", "no")],
    ]
    assert not listed(found)


def test_relations_to_several_marks_are_one_statement_still(tmp_path: Path) -> None:
    entities = [
        {"id": n, "label": "X", "start_offset": at, "end_offset": at + 4}
        for n, at in enumerate((0, 11, 21))
    ]
    related = [{"from_id": 0, "to_id": to, "type": "tells"} for to in (1, 2)]
    path = lines(tmp_path / "x.jsonl", {"text": TEXT, "entities": entities, "relations": related})
    _, found = read(path)
    assert statements(found.bundle) == [[("x", "Voge"), ("tells", "Oslo"), ("tells", "Bank")]]


# brat


def brat(folder: Path, ann: str) -> Path:
    (folder / "x.txt").write_text(TEXT, encoding="utf-8")
    (folder / "x.ann").write_text(ann, encoding="utf-8")
    return folder / "x.ann"


NESTED = (
    "T1\tPerson 0 5\tVogel\nT2\tTell 6 10\ttold\nT3\tOrg 21 29\tBank One\nT4\tSay 30 34\tsaid\n"
    "E1\tTell:T2 Who:T1 What:E2\nE2\tSay:T4 Who:T3\n"
)


def test_an_event_within_an_event_of_brat_is_there_as_its_trigger(tmp_path: Path) -> None:
    _, found = read(brat(tmp_path, NESTED))
    assert statements(found.bundle) == [
        [("say", "said"), ("who", "Bank One")],
        [("tell", "told"), ("who", "Vogel"), ("what", "said")],
    ]
    assert listed(found) == "an event within an event is its trigger there, first in x.txt E1"


def test_an_event_whose_trigger_is_not_there_is_left_out_of_another(tmp_path: Path) -> None:
    _, found = read(brat(tmp_path, NESTED.replace("T4\tSay 30 34\tsaid\n", "")))
    assert "an event within an event is left out, first in x.txt E1" in listed(found)


ANALYSTS = {"kim": "T1\tWho 0 5\tVogel\n", "lee": "T1\tWho 11 15\tOslo\n"}


@pytest.mark.parametrize("texts", ["text", "attributions"])
def test_annotations_of_several_analysts_beside_a_folder_of_texts(
    texts: str, tmp_path: Path
) -> None:
    """As PolNeAR has them."""
    folder = tmp_path / "attributions"
    folder.mkdir()
    (tmp_path / texts).mkdir(exist_ok=True)
    (tmp_path / texts / "a_b-c.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / texts / "spare.txt").write_text("Nobody marked this.", encoding="utf-8")
    for analyst, ann in ANALYSTS.items():
        (folder / f"a_b-c_{analyst}.ann").write_text(ann, encoding="utf-8")
    name, found = read(folder)
    assert name == "brat"
    assert sorted(quotes(found.bundle)) == [("kim", "who", "Vogel"), ("lee", "who", "Oslo")]
    assert [part.article.file for part in found.bundle.articles] == ["a_b-c.txt"]
    assert listed(found) == (
        "" if texts == "text" else "files that are not brat's are left out, first in spare.txt"
    )
    _, found = read(folder / "a_b-c_lee.ann")
    assert quotes(found.bundle) == [("lee", "who", "Oslo")]


def test_an_annotation_without_its_text_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "x_kim.ann").write_text(ANALYSTS["kim"], encoding="utf-8")
    with pytest.raises(BadInput, match=r"x_kim\.txt is not there; put it beside the \.ann file"):
        read(tmp_path)


# Label Studio


def task(*regions: dict[str, Any], data: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"data": data or {"text": TEXT}, "annotations": [{"result": list(regions)}]}


def html(**value: Any) -> dict[str, Any]:
    return {"id": "a", "from_name": "ner", "type": "hypertextlabels", "value": value}


NODE = {"start": "/text()[1]", "end": "/text()[1]", "startOffset": 0, "endOffset": 5}


@pytest.mark.parametrize("named", ["htmllabels", "hypertextlabels"])
@pytest.mark.parametrize("more", [{}, {"globalOffsets": {"start": 0, "end": 5}}])
def test_regions_of_a_page_that_is_a_plain_text(
    named: str, more: dict[str, Any], tmp_path: Path
) -> None:
    path = stored(tmp_path / "x.json", [task(html(**NODE, **more, **{named: ["WHO"]}))])
    _, found = read(path)
    assert [quote for *_, quote in quotes(found.bundle)] == ["Vogel"]
    assert not listed(found)


def test_a_path_into_a_page_with_tags_is_listed(tmp_path: Path) -> None:
    path = stored(
        tmp_path / "x.json",
        [task(html(**NODE, htmllabels=["WHO"]), data={"text": f"<p>{TEXT}</p>"})],
    )
    _, found = read(path)
    assert not quotes(found.bundle)
    assert "a region that is not within the text is left out" in listed(found)


def test_an_address_is_no_text(tmp_path: Path) -> None:
    box = {"id": "b", "type": "rectanglelabels", "value": {"x": 1, "rectanglelabels": ["Car"]}}
    data = {"text": TEXT, "image": "https://example.org/" + "a" * 90 + ".jpg"}
    path = stored(tmp_path / "x.json", [task(box, data={"body": TEXT, "image": data["image"]})])
    _, found = read(path)
    assert [part.text for part in found.bundle.articles] == [TEXT]
    assert "regions of pictures, sound and video are left out" in listed(found)
    assert "other data of tasks is left out, first in x.json, task 1, image" in listed(found)


def test_a_task_without_a_text_is_listed_and_a_file_of_them_refused(tmp_path: Path) -> None:
    picture = task(data={"image": "s3://bucket/a.png"})
    _, found = read(stored(tmp_path / "x.json", [picture, task()]))
    assert [part.text for part in found.bundle.articles] == [TEXT]
    assert "a task without a text is left out, first in x.json, task 1" in listed(found)
    with pytest.raises(BadInput, match=r"x\.json has no text .* export it with its texts"):
        read(stored(tmp_path / "x.json", [picture]))


def test_a_flat_export_of_label_studio(tmp_path: Path) -> None:
    place = {"start": 0, "end": 5, "text": "Vogel"}
    flat = {
        "id": 7,
        "body": TEXT,
        "ner": [
            {**place, "labels": ["WHO"]},
            {"start": 11, "end": 15, "text": "Oslo", "labels": ["WHERE"]},
        ],
        "sure": [{**place, "choices": ["yes"]}],
        "topic": "talks",
        "annotator": 3,
        "annotation_id": 12,
        "created_at": "2024-01-01T00:00:00Z",
        "lead_time": 4.5,
    }
    name, found = read(stored(tmp_path / "x.json", [flat]))
    assert name == "label-studio"
    assert sorted(quotes(found.bundle)) == [
        ("user 3", "where", "Oslo"),
        ("user 3", "who", "Vogel"),
    ]
    fields = {m.quote: m.fields for part in found.bundle.articles for m in part.marks}
    assert fields == {"Vogel": {"sure": "yes"}, "Oslo": {}}
    assert listed(found) == "other data of tasks is left out, first in x.json, task 1, topic"


def test_who_annotated_by_the_name_that_old_exports_have(tmp_path: Path) -> None:
    one = task(html(**NODE, htmllabels=["WHO"]))
    one["completions"] = one.pop("annotations")
    one["completions"][0]["created_username"] = "kim"
    _, found = read(stored(tmp_path / "x.json", [one]))
    assert quotes(found.bundle) == [("kim", "who", "Vogel")]


def test_who_speaks_in_a_dialogue_is_listed(tmp_path: Path) -> None:
    turns = [{"author": "Vogel", "text": "No."}, {"author": "Oslo", "text": "Yes."}]
    _, found = read(stored(tmp_path / "x.json", [task(data={"dialogue": turns})]))
    assert [part.text for part in found.bundle.articles] == ["No.\nYes.\n"]
    assert listed(found) == (
        "who speaks in a dialogue is left out (2 times), first in x.json, task 1"
    )


# Columns


@pytest.mark.parametrize("name", ["x.train", "x.txt", "x.tsv"])
def test_columns_are_seen_whatever_the_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("Vogel\tB-PER\nsaid\tO\nno\tO\n.\tO\n", encoding="utf-8")
    assert read(path)[0] == "conll"
    path.write_text("Vogel said O\nthis is a poem O\nof three lines\nand no more O\n", "utf-8")
    assert FORMATS.of(path) is None


def test_columns_of_tags_that_are_not_read_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("#\tx [2009]\n1\tOslo\tB-ORG\tB-LOC\n2\tBank\tI-ORG\tO\n\n" * 2, "utf-8")
    name, found = read(path)
    assert (name, {quote for *_, quote in quotes(found.bundle)}) == ("conll", {"Oslo"})
    assert "columns of tags before the last are left out" in listed(found)
    _, found = read(path, columns="all")
    assert "columns of tags" not in listed(found)


# REFI-QDA

REFI = """<Project xmlns="urn:QDA-XML:project:1.0" name="x">
<CodeBook><Codes><Code guid="c1" name="Who"/><Code guid="c2" name="Where"/></Codes></CodeBook>
<Sources><TextSource guid="s" name="x" plainTextPath="internal://Sources/x.txt">
<PlainTextSelection guid="p" startPosition="0" endPosition="5"><CodeRef targetGUID="c1"/>
<CodeRef targetGUID="c2"/></PlainTextSelection></TextSource></Sources></Project>"""


def test_a_project_with_codes_without_coding_and_a_path_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "x.qdpx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("project.qde", REFI)
        packed.writestr("Sources/x.txt", TEXT)
    _, found = read(path)
    assert sorted(quotes(found.bundle)) == [("x", "where", "Vogel"), ("x", "who", "Vogel")]


# Files in other encodings, and files that only look like one


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("x.jsonl", '{"text": "Müller", "label": [[0, 2, "A"]]}\n'),
        ("x.jsonl", '{"text": "Müller", "spans": [], "_input_hash": 1}\n'),
        ("x.train", "Müller O\n" * 4),
    ],
)
def test_what_is_not_utf_8_is_refused_and_not_read_without_its_labels(
    encoding: str, name: str, line: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(line, encoding=encoding)
    with pytest.raises(BadInput, match=r"is not UTF-8.*save it as UTF-8"):
        read(path)


def test_label_studio_in_utf_16_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([task()]), encoding="utf-16")
    with pytest.raises(BadInput, match="save it as UTF-8"):
        read(path)


@pytest.mark.parametrize("name", ["x.conll", "x.xmi", "x.qdpx", "x.qdc", "x.dna"])
def test_a_file_with_the_ending_of_one_format_is_of_that_format(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("These are the words\nof an article.\n", encoding="utf-8")
    with pytest.raises(BadInput, match=name):
        read(path)


@pytest.mark.parametrize("format", ["xmi", "cas-json", "refi-qda", "dna", "conll", "doccano"])
def test_a_folder_where_a_file_is_expected_is_a_sentence(format: str, tmp_path: Path) -> None:
    asked = FORMATS.named(format)
    folder = tmp_path / "x.any"
    folder.mkdir()
    assert asked.read is not None
    with pytest.raises(BadInput, match=r"x\.any cannot be read: "):
        asked.read(folder, asked.asked())
