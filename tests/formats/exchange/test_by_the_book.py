"""Files written by hand from the formats' descriptions, and what hostile ones come to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput
from annotator.core.model import GOLD, Mark
from annotator.formats.exchange import doccano
from annotator.formats.exchange.brat import format as brat
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.format import Format, Incoming
from annotator.formats.exchange.label_studio import format as label_studio
from annotator.formats.exchange.spacy import jsonl as spacy_jsonl

TEXT = "Ok 😊 Lavrov said “no”.\nTrump disagreed.\n"
"""Lavrov is at 5 in code points, at 6 in UTF-16, at 8 in bytes."""


def read(format: Format, path: Path, **options: str) -> Incoming:
    assert format.read is not None
    return format.read(path, format.asked(options))


def quotes(bundle: Bundle) -> list[tuple[str, list[str]]]:
    """Kind and fragments of each mark, in the order of the text."""
    marks = [m for part in bundle.articles for m in part.marks]
    marks.sort(key=lambda m: (m.start is None, m.start or 0, m.kind))
    return [(m.kind, [f.quote for f in m.fragments]) for m in marks]


def statements(bundle: Bundle) -> list[list[tuple[str, str]]]:
    found = []
    for part in bundle.articles:
        by_id = {m.id: m for m in part.marks}
        found += [[(m.role, by_id[m.mark].quote) for m in s.members] for s in part.statements]
    return found


def listed(found: Incoming) -> str:
    return "\n".join(map(str, found.losses))


def mark(bundle: Bundle, kind: str) -> Mark:
    return next(m for part in bundle.articles for m in part.marks if m.kind == kind)


# brat

ANN = """T1	Speaker 5 11	Lavrov
T2	Claim 18 20	no
T3	Attribution 12 16	said
T4	Claim 0 2;5 11	Ok Lavrov
T5	Speaker 23 28	Trump
E1	Attribution:T3 Source:T1 Content:T2
R1	Opposes Arg1:T5 Arg2:T2
A1	Stance T2 Against
A2	Indirect E1
N1	Reference T1 Wikidata:Q0	placeholder
*	Equiv T1 T5
#1	AnnotatorNotes T2				free text note
"""


def corpus(folder: Path, ann: str = ANN, text: str = TEXT) -> Path:
    (folder / "corpus").mkdir()
    (folder / "corpus" / "doc.txt").write_bytes(text.encode())
    (folder / "corpus" / "doc.ann").write_bytes(ann.encode())
    return folder / "corpus"


def test_brat(tmp_path: Path) -> None:
    found = read(brat.FORMAT, corpus(tmp_path))
    bundle = found.bundle
    assert quotes(bundle) == [
        ("claim", ["Ok", "Lavrov"]),
        ("speaker", ["Lavrov"]),
        ("attribution", ["said"]),
        ("claim", ["no"]),
        ("speaker", ["Trump"]),
    ]
    assert statements(bundle) == [
        [("attribution", "said"), ("source", "Lavrov"), ("content", "no")],
        [("arg1", "Trump"), ("arg2", "no")],
    ]
    claim = next(m for m in bundle.articles[0].marks if m.quote == "no")
    assert (claim.fields, claim.note) == ({"stance": "against"}, "free text note")
    assert bundle.articles[0].statements[0].fields == {"indirect": True}
    assert mark(bundle, "speaker").fields == {"wikidata": "placeholder"}
    assert "Equiv" in listed(found)
    assert "numbers of references" in listed(found)


def test_a_trigger_on_a_members_words_only_holds_the_event(tmp_path: Path) -> None:
    ann = "T1\tSource 5 11\tLavrov\nT2\tAttribution 5 11\tLavrov\nE1\tAttribution:T2 Source:T1\n"
    bundle = read(brat.FORMAT, corpus(tmp_path, ann)).bundle
    assert quotes(bundle) == [("source", ["Lavrov"])]
    assert statements(bundle) == [[("source", "Lavrov")]]


def test_brat_as_programs_that_count_utf_16_write_it(tmp_path: Path) -> None:
    bundle = read(brat.FORMAT, corpus(tmp_path, "T1\tSpeaker 6 12\tLavrov\n")).bundle
    assert quotes(bundle) == [("speaker", ["Lavrov"])]


def test_brat_over_line_ends(tmp_path: Path) -> None:
    """Split at them as brat has it, or with the line end in the quote as others do."""
    split = "T1\tA 18 22;23 28\tno”. Trump\n"
    assert quotes(read(brat.FORMAT, corpus(tmp_path, split)).bundle) == [("a", ["no”.\nTrump"])]
    (tmp_path / "b").mkdir()
    whole = "T1\tA 18 28\tno”.\nTrump\nT2\tB 5 11\tLavrov\n"
    bundle = read(brat.FORMAT, corpus(tmp_path / "b", whole)).bundle
    assert quotes(bundle) == [("b", ["Lavrov"]), ("a", ["no”.\nTrump"])]


def test_repeated_roles_are_numbered(tmp_path: Path) -> None:
    ann = "T1\tA 5 11\tLavrov\nT2\tB 23 28\tTrump\nT3\tE 0 2\tOk\nE1\tE:T3 Who:T1 Who2:T2\n"
    bundle = read(brat.FORMAT, corpus(tmp_path, ann)).bundle
    assert statements(bundle) == [[("e", "Ok"), ("who", "Lavrov"), ("who", "Trump")]]


@pytest.mark.parametrize(
    ("ann", "said"),
    [
        ("T1\tA 5 11\tTrump\n", "does not stand at 5 to 11"),
        ("T1\tA 11 5\tLavrov\n", "does not stand at 11 to 5"),
        ("T1\tA -2 1\tOk\n", "does not stand at -2"),
        ("T1\tA 5 99\tLavrov\n", "fit in no unit"),
        ("T1\tA five 11\tLavrov\n", "line 1, cannot be understood"),
        ("T1\tA 5 11\tLavrov\nT1\tB 0 2\tOk\n", "line 2, cannot be understood"),
        ("E1\tA:T1 Source\n", "line 1, cannot be understood"),
        ("A1\tStance\n", "line 1, cannot be understood"),
        ("T1\tA " + "9" * 5000 + " 11\tLavrov\n", "line 1, cannot be understood"),
    ],
)
def test_brat_that_is_wrong(tmp_path: Path, ann: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(brat.FORMAT, corpus(tmp_path, ann))


@pytest.mark.parametrize(
    ("ann", "said"),
    [
        ("T1\tA 0 2;5 11\tOk Trump\n", "in pieces that are not its words"),
        ("T1\tA 5 5\t\n", "of no characters"),
        ("T1\tA 5 99\t\n", "not within the text"),
        ("T1\tA 0 2\tOk\nT2\tB 5 11\tLavrov\nE1\tB:T2 X:T9 Y:T1\n", "is not there"),
        ("E1\tA:T9\n", "is not there"),
        ("hello\n", "not brat's"),
    ],
)
def test_brat_of_which_something_is_listed(tmp_path: Path, ann: str, said: str) -> None:
    assert said in listed(read(brat.FORMAT, corpus(tmp_path, ann)))


def test_folders_are_analysts_when_they_share_files(tmp_path: Path) -> None:
    for name in ("Ada", "Bo"):
        (tmp_path / "c" / name).mkdir(parents=True)
        (tmp_path / "c" / name / "doc.txt").write_bytes(TEXT.encode())
        (tmp_path / "c" / name / "doc.ann").write_bytes(b"T1\tA 0 2\tOk\n")
    bundle = read(brat.FORMAT, tmp_path / "c").bundle
    assert [a.name for a in bundle.analysts] == ["Ada", "Bo"]
    assert len(bundle.articles) == 1
    unsigned = read(brat.FORMAT, tmp_path / "c", folders="parts").bundle
    assert len(unsigned.analysts) == 1


# doccano

LINES: list[tuple[dict[str, Any], bool]] = [
    ({"text": TEXT, "label": [[6, 12, "Speaker"], [19, 21, "Claim"]], "Comments": []}, False),
    ({"data": TEXT, "label": [[6, 12, "Speaker"], [19, 21, "Claim"]]}, False),
    ({"text": TEXT, "labels": [[6, 12, "Speaker"], [19, 21, "Claim"]]}, False),
    (
        {
            "id": 7,
            "text": TEXT,
            "entities": [
                {"id": 1, "label": "Claim", "start_offset": 19, "end_offset": 21},
                {"id": 2, "label": "Speaker", "start_offset": 6, "end_offset": 12},
            ],
            "relations": [{"id": 1, "from_id": 1, "to_id": 2, "type": "said_by"}],
        },
        True,
    ),
]


def lines(folder: Path, *found: Any) -> Path:
    path = folder / "x.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in found), encoding="utf-8")
    return path


@pytest.mark.parametrize(("line", "related"), LINES)
def test_doccano(tmp_path: Path, line: dict[str, Any], related: bool) -> None:
    path = lines(tmp_path, line)
    assert catalogue().of(path) is doccano.FORMAT
    bundle = read(doccano.FORMAT, path, unit="utf-16").bundle
    assert quotes(bundle) == [("speaker", ["Lavrov"]), ("claim", ["no"])]
    assert statements(bundle) == ([[("claim", "no"), ("said_by", "Lavrov")]] if related else [])


def test_doccano_with_emoji_has_to_be_told_its_unit(tmp_path: Path) -> None:
    path = lines(tmp_path, LINES[0][0])
    with pytest.raises(BadInput, match="unit=utf-16 for a file from doccano itself"):
        read(doccano.FORMAT, path)
    assert quotes(
        read(doccano.FORMAT, lines(tmp_path, {"text": "ab", "label": [[0, 1, "A"]]})).bundle
    )


def test_a_table_of_articles_with_a_category_is_no_doccano(tmp_path: Path) -> None:
    assert catalogue().of(lines(tmp_path, {"text": "Words.", "label": "politics"})) is None


# Label Studio


def task(*results: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    done = {"id": 10, "completed_by": 1, "was_cancelled": False, "result": list(results)}
    return [{"id": 1, "data": {"text": TEXT}, "annotations": [done | more], "predictions": []}]


def region(id: str, start: Any, end: Any, quote: str, type: str, what: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": quote, type: [what]}
    return {"id": id, "from_name": "span", "to_name": "text", "type": type, "value": value}


RESULTS = (
    region("s1", 5, 11, "Lavrov", "labels", "Speaker"),
    region("c1", 18, 20, "no", "labels", "Claim"),
    region("c1", 18, 20, "no", "choices", "against") | {"from_name": "stance"},
    {"type": "relation", "from_id": "c1", "to_id": "s1", "direction": "right", "labels": ["by"]},
    {"id": "d1", "from_name": "topic", "type": "choices", "value": {"choices": ["diplomacy"]}},
)


def studio(folder: Path, found: Any) -> Path:
    path = folder / "x.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def test_label_studio(tmp_path: Path) -> None:
    path = studio(tmp_path, task(*RESULTS))
    assert catalogue().of(path) is label_studio.FORMAT
    found = read(label_studio.FORMAT, path)
    assert quotes(found.bundle) == [("speaker", ["Lavrov"]), ("claim", ["no"])]
    assert statements(found.bundle) == [[("claim", "no"), ("by", "Lavrov")]]
    assert mark(found.bundle, "claim").fields == {"stance": "against"}
    assert [a.name for a in found.bundle.analysts] == ["user 1"]
    assert listed(found).startswith("what is said of a text as a whole is left out")


def test_label_studio_before_2021_counted_utf_16(tmp_path: Path) -> None:
    old = task(region("s1", 6, 12, "Lavrov", "labels", "Speaker"))
    assert quotes(read(label_studio.FORMAT, studio(tmp_path, old)).bundle) == [
        ("speaker", ["Lavrov"])
    ]


def test_what_was_skipped_drafted_or_predicted(tmp_path: Path) -> None:
    skipped = task(RESULTS[0], was_cancelled=True)
    skipped[0]["drafts"] = [{"result": []}]
    skipped[0]["predictions"] = [{"model_version": "m1", "result": [RESULTS[1]]}]
    path = studio(tmp_path, skipped)
    found = read(label_studio.FORMAT, path)
    assert quotes(found.bundle) == []
    for what in ("skipped", "drafts", "predictions=layer"):
        assert what in listed(found)
    taken = read(label_studio.FORMAT, path, predictions="layer").bundle
    assert [a.name for a in taken.analysts] == ["m1"]


def test_ground_truth_is_gold(tmp_path: Path) -> None:
    bundle = read(label_studio.FORMAT, studio(tmp_path, task(RESULTS[0], ground_truth=True))).bundle
    assert mark(bundle, "speaker").layer == GOLD


def test_paragraphs_of_a_dialogue(tmp_path: Path) -> None:
    turns = [{"author": "A", "text": "Ok 😊"}, {"author": "B", "text": "Lavrov said"}]
    value = {"start": "1", "end": "1", "startOffset": 0, "endOffset": 6}
    value |= {"text": "Lavrov", "paragraphlabels": ["Speaker"]}
    found = task({"id": "p", "type": "paragraphlabels", "value": value})
    found[0]["data"] = {"dialogue": turns}
    bundle = read(label_studio.FORMAT, studio(tmp_path, found)).bundle
    assert bundle.articles[0].text == "Ok 😊\nLavrov said\n"
    assert quotes(bundle) == [("speaker", ["Lavrov"])]


# Prodigy

PRODIGY = {
    "text": TEXT,
    "tokens": [
        {"text": "Lavrov", "start": 5, "end": 11, "id": 2, "ws": True},
        {"text": "no", "start": 18, "end": 20, "id": 5, "ws": False},
    ],
    "spans": [
        {"start": 5, "end": 11, "token_start": 2, "token_end": 2, "label": "Speaker"},
        {"start": 18, "end": 20, "token_start": 5, "token_end": 5, "label": "Claim"},
    ],
    "relations": [{"head": 5, "child": 2, "label": "said_by"}],
    "answer": "accept",
    "_session_id": "ann1",
    "_view_id": "relations",
}


def test_prodigy(tmp_path: Path) -> None:
    path = lines(tmp_path, PRODIGY, {**PRODIGY, "text": "Other.", "answer": "reject"})
    assert catalogue().of(path) is spacy_jsonl.FORMAT
    found = read(spacy_jsonl.FORMAT, path)
    assert quotes(found.bundle) == [("speaker", ["Lavrov"]), ("claim", ["no"])]
    assert statements(found.bundle) == [[("claim", "no"), ("said_by", "Lavrov")]]
    assert [a.name for a in found.bundle.analysts] == ["ann1"]
    assert "answered “reject”" in listed(found)


# Hostile


def deep(levels: int) -> str:
    return '{"text": ' + "[" * levels + "]" * levels + "}"


@pytest.mark.parametrize("format", [doccano.FORMAT, spacy_jsonl.FORMAT], ids=lambda f: f.name)
@pytest.mark.parametrize(
    "line",
    [
        '{"text": "a", "text": "b"}',
        '{"text": NaN}',
        '{"text": "\\ud800"}',
        '{"text": "a", "spans": 5, "label": 5}',
        '{"text": "a", "spans": [5], "label": [5]}',
        '{"text": "a", "spans": [{"start": 0.5, "end": 1, "label": "A"}], "label": [[0.5, 1, "A"]]}',
        '{"text": "a", "spans": [{"start": "0", "end": 1, "label": "A"}], "label": [["0", 1, "A"]]}',
        '{"text": "a", "spans": [{"start": 0, "end": 1}], "label": [[0, 1]]}',
        '{"text": "", "label": []}',
        '{"text": 5}',
        "[]",
        "{",
        deep(100_000),
    ],
)
def test_lines_that_are_wrong(tmp_path: Path, format: Format, line: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"x\.jsonl"):
        read(format, path)


@pytest.mark.parametrize("format", [doccano.FORMAT, spacy_jsonl.FORMAT], ids=lambda f: f.name)
@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 99), (1, 1), (10**30, 10**30)])
def test_spans_that_are_nowhere_are_listed(
    tmp_path: Path, format: Format, start: int, end: int
) -> None:
    spans = [{"start": start, "end": end, "label": "A"}]
    line = {"text": "ab", "spans": spans} if format is spacy_jsonl.FORMAT else None
    path = lines(tmp_path, line or {"text": "ab", "label": [[start, end, "A"]]})
    found = read(format, path)
    assert quotes(found.bundle) == []
    assert "not within the text" in listed(found)


@pytest.mark.parametrize(
    "found",
    [
        [5],
        [{}],
        [{"data": {}}],
        [{"data": {"text": "a"}, "annotations": 5}],
        [{"data": {"text": "a"}, "annotations": [{"result": 5}]}],
        [{"data": {"text": "a"}, "annotations": [{"result": [5]}]}],
        task(region("a", 0.5, 1, "O", "labels", "A")),
        task({"id": "a", "type": "labels", "value": 5}),
        task({"id": "a", "type": "labels", "value": {"start": 0, "end": 1, "labels": [5]}}),
    ],
)
def test_tasks_that_are_wrong(tmp_path: Path, found: Any) -> None:
    with pytest.raises(BadInput, match=r"x\.json"):
        read(label_studio.FORMAT, studio(tmp_path, found))


@pytest.mark.parametrize("place", [(-1, 2), (2, 1), (0, 99), (1, 1), ("/p[1]", "/p[1]")])
def test_regions_that_are_nowhere_are_listed(tmp_path: Path, place: tuple[Any, Any]) -> None:
    found = task(region("a", *place, "", "labels", "A"))
    found[0]["data"]["text"] = "ab"
    assert "not within the text" in listed(read(label_studio.FORMAT, studio(tmp_path, found)))
