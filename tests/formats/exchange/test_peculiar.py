"""What files of real programs do that their descriptions do not tell; each made here after the like."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator.core.bundle import Bundle
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.format import Incoming
from annotator.formats.exchange.label_studio import format as label_studio
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import written_to

FORMATS = catalogue()


def read(path: Path, **options: str) -> tuple[str, Incoming]:
    """The format that it is taken for, and what it says."""
    format = FORMATS.of(path)
    assert format is not None
    assert format.read is not None
    return format.name, format.read(path, format.asked(options))


def quotes(bundle: Bundle) -> list[tuple[str, str, str]]:
    """Analyst, kind and words of each mark."""
    names = {analyst.id: analyst.name for analyst in bundle.analysts}
    return [(names[m.layer], m.kind, m.quote) for part in bundle.articles for m in part.marks]


def listed(found: Incoming) -> str:
    return "\n".join(map(str, found.losses))


def lines(path: Path, *found: dict[str, Any]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in found), encoding="utf-8")
    return path


def test_doccano_before_1_3_names_labels_and_users_beside_numbers(tmp_path: Path) -> None:
    spans: list[dict[str, Any]] = [
        {"id": 4, "label": 2, "label_name": "Speaker", "start_offset": 0, "end_offset": 5},
        {"id": 5, "label": 3, "label_name": "Cue", "start_offset": 6, "end_offset": 10},
        {"id": 6, "label": 9, "start_offset": 11, "end_offset": 14},
    ]
    for span, user in zip(spans, ("kim", "lee", "kim"), strict=True):
        span |= {"user": 1, "user_name": user}
    path = lines(
        tmp_path / "x.jsonl",
        {"id": 1, "text": "Vogel says yes.", "annotations": spans, "annotation_approver": "kim"},
    )
    name, found = read(path)
    assert name == "doccano"
    assert sorted(quotes(found.bundle)) == [
        ("kim", "label_9", "yes"),
        ("kim", "speaker", "Vogel"),
        ("lee", "cue", "says"),
    ]


def test_an_intent_project_of_doccano(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "x.jsonl",
        {"text": "No talks.", "entities": [[0, 2, "Claim"]], "cats": ["news"]},
        {"text": "Nothing here."},
    )
    _, found = read(path)
    assert [quote for *_, quote in quotes(found.bundle)] == ["No"]
    assert "what “cats” says" in listed(found)
    assert len(found.bundle.articles) == 2


@pytest.mark.parametrize("key", ["completions", "annotations"])
def test_a_task_of_label_studio_that_is_a_file_by_itself(key: str, tmp_path: Path) -> None:
    region = {
        "id": "a-1_Z",
        "from_name": "ner",
        "source": "$text",
        "to_name": "text",
        "type": "labels",
        "value": {"start": 4, "end": 9, "labels": ["Speaker"], "text": "Vogel"},
    }
    task = {
        key: [{"id": 9001, "lead_time": 1.5, "result": [region]}],
        "data": {"text": "But Vogel."},
    }
    path = tmp_path / "9.json"
    path.write_text(json.dumps({**task, "id": 9}), encoding="utf-8")
    name, found = read(path)
    assert name == "label-studio"
    assert quotes(found.bundle) == [("9", "speaker", "Vogel")]


def test_other_json_is_no_task(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for other in ('{"data": [], "annotations": []}', '{"annotations": [{"id": 1}], "data": {}}'):
        path.write_text(other, encoding="utf-8")
        assert FORMATS.of(path) is None


def test_a_category_of_prodigy_is_listed(tmp_path: Path) -> None:
    head = {"text": "No talks.", "_input_hash": 1, "_task_hash": 2, "answer": "accept"}
    for said in ({"label": "NEWS"}, {"accept": ["NEWS"], "options": [{"id": "NEWS"}]}):
        _, found = read(lines(tmp_path / "x.jsonl", {**head, **said}))
        assert "a category of a whole text is left out" in listed(found)


UNIVERSAL = """# sent_id = 1
# text = Vogel cannot say.
1\tVogel\tVogel\tPROPN\t_\tB-PER
2-3\tcannot\t_\t_\t_\tO
2\tcan\tcan\tAUX\t_\tO
3\tnot\tnot\tPART\t_\tO
3.1\tsay\tsay\tVERB\t_\tO
4\tsay\tsay\tVERB\t_\tO

1\tOslo\tOslo\tPROPN\t_\tB-LOC
"""
NESTED = (
    "#\thttp://example.org [2009-01-01]\n1\tOslo\tB-ORG\tB-LOC\n2\tBank\tI-ORG\tO\n3\t#\tO\tO\n"
)


def test_columns_that_begin_with_the_number_of_the_token(tmp_path: Path) -> None:
    path = tmp_path / "x.conll"
    path.write_text(UNIVERSAL, encoding="utf-8")
    _, found = read(path)
    assert [part.text for part in found.bundle.articles] == ["Vogel can not say\nOslo\n"]
    assert [quote for *_, quote in quotes(found.bundle)] == ["Vogel", "Oslo"]
    path.write_text(NESTED, encoding="utf-8")
    _, found = read(path, columns="all")
    assert [part.text for part in found.bundle.articles] == ["Oslo Bank #\n"]
    assert sorted(quotes(found.bundle)) == [("x", "loc", "Oslo"), ("x", "org", "Oslo Bank")]


def test_tokens_that_are_numbers_stay(tmp_path: Path) -> None:
    path = tmp_path / "x.conll"
    path.write_text("1 O\n2 B-NUM\n\n2 B-NUM\n", encoding="utf-8")
    _, found = read(path)
    assert [part.text for part in found.bundle.articles] == ["1 2\n2\n"]


def test_brat_with_what_others_write_into_it(tmp_path: Path) -> None:
    """Line ends of Windows, relations that end in a tab, gaps, several tabs before a note."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"grey models of a mouse\r\nSecond line\r\n")
    (folder / "a.ann").write_bytes(
        b"T1\tKey 0 11;17 22\tgrey models mouse\nT2\tEntity 24 30\tSecond\nR1\tUses Arg1:T1 Arg2:T2\t\n"
        b"E1\tEntity:T2 \nM1\tNegation E1\nnot of brat\n#1\tAnnotatorNotes T1\t\t\tnote\n"
    )
    (folder / "b.txt").write_text("Nobody marked this.\n", encoding="utf-8")
    (folder / "b.ann").write_bytes(b"")
    name, found = read(folder)
    assert name == "brat"
    first, second = found.bundle.articles
    assert first.text == "grey models of a mouse\nSecond line\n"
    assert {(m.kind, m.quote) for m in first.marks} == {
        ("key", "grey models … mouse"),
        ("entity", "Second"),
    }
    assert [mark.note for mark in first.marks if mark.note] == ["note"]
    assert second.marks == ()
    assert "lines that are not brat's" in listed(found)


def cas(folder: Path, *found: dict[str, Any], **sofa: Any) -> Path:
    base = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", **sofa}
    views = {"_InitialView": {"%SOFA": 1, "%MEMBERS": [one["%ID"] for one in found]}}
    whole = {"%TYPES": {}, "%FEATURE_STRUCTURES": [base, *found], "%VIEWS": views}
    path = folder / "x.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def test_a_cas_whose_text_is_elsewhere_is_listed(tmp_path: Path) -> None:
    name, found = read(cas(tmp_path, sofaURI="classpath:/x.txt", mimeType="text/plain"))
    assert name == "cas-json"
    assert "a document without text is left out" in listed(found)


def test_a_cas_of_plain_annotations_is_listed(tmp_path: Path) -> None:
    plain = {"%ID": 2, "%TYPE": "uima.tcas.Annotation", "@sofa": 1, "begin": 0, "end": 2}
    _, found = read(cas(tmp_path, plain, sofaString="😊 yes\n", mimeType="text"))
    assert [part.text for part in found.bundle.articles] == ["😊 yes\n"]
    assert "what else a machine found" in listed(found)


def test_fields_called_as_the_controls_of_label_studio(tmp_path: Path) -> None:
    """Its names have to be different from each other."""
    small = small_bundle()
    book = small.codebook
    fields = {"label": book.fields["note"], "text": book.fields["weight"], **book.fields}
    (part,) = small.articles
    claim = msgspec.structs.replace(part.marks[0], fields={"label": "one", "text": 2})
    changed = replace(
        small,
        codebook=msgspec.structs.replace(book, fields=fields),
        articles=(replace(part, marks=(claim,), statements=()),),
    )
    written_to(label_studio.FORMAT, changed, tmp_path / "x.json")
    config = (tmp_path / "x-config.xml").read_text(encoding="utf-8")
    names = re.findall(r' name="([^"]*)"', config)
    assert len(set(names)) == len(names)
    _, found = read(tmp_path / "x.json")
    assert [mark.fields for part in found.bundle.articles for mark in part.marks] == [
        {"label": "one", "text": 2}
    ]
