"""REFI-QDA by hand: what others write, however they count; and what ours must be like."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Format, Incoming
from annotator.formats.exchange.refi.format import CODEBOOK, PROJECT
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import written_to

SAMPLES = Path(__file__).parent / "samples"
LF = "Ok 😊 Lavrov said “no”.\nMore.\nTrump disagreed.\n"
NAME = "sources/960cfc96-bc32-46de-a792-0d17067fed72.txt"
NS = "{urn:QDA-XML:project:1.0}"


def read(path: Path, format: Format = PROJECT) -> Incoming:
    assert format.read is not None
    return format.read(path, format.asked())


def project(to: Path, text: str, unit: str = "code points", counted: str | None = None) -> Path:
    """The sample with positions counted in a unit of a text."""
    base = counted or text

    def at(words: str, end: bool) -> str:
        before = base[: base.index(words) + (len(words) if end else 0)]
        size = len(before.encode("utf-16-le")) // 2 if unit == "utf-16" else len(before)
        return str(size)

    xml = (SAMPLES / "project.qde").read_text(encoding="utf-8")
    for name, words in (("lavrov", "Lavrov"), ("trump", "Trump disagreed.")):
        xml = xml.replace(f"{{{name}0}}", at(words, False)).replace(f"{{{name}1}}", at(words, True))
    return packed(to, {"project.qde": xml.encode(), NAME: text.encode()})


def packed(to: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as found:
        for name, data in entries.items():
            found.writestr(name, data)
    return to


CRLF = LF.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "unit", "counted"),
    [
        (LF, "code points", None),
        (LF, "utf-16", None),
        (CRLF, "code points", LF),
        (CRLF, "code points", CRLF),
        (CRLF, "utf-16", CRLF),
        ("\ufeff" + LF, "code points", LF),
    ],
)
def test_a_project_by_the_specification_however_it_counts(
    tmp_path: Path, text: str, unit: str, counted: str | None
) -> None:
    found = read(project(tmp_path / "x.qdpx", text, unit, counted))
    (part,) = found.bundle.articles
    assert (part.text, part.article.outlet) == (LF, "The Example")
    assert part.article.published == "2025-08-24"
    names = {analyst.id: analyst.name for analyst in found.bundle.analysts}
    marks = {(m.kind, m.quote, names[m.layer], m.note) for m in part.marks}
    assert marks == {
        ("speaker", "Lavrov", "Ben", ""),
        ("issue_talks_against", "Trump disagreed.", "Ben", "Which way?\nAsk Ana."),
        ("issue_peace_against", "Trump disagreed.", "Ana", "Which way?\nAsk Ana."),
    }
    assert [actor.name for actor in found.bundle.actors] == ["Sergei Lavrov"]
    (statement,) = part.statements
    assert statement.fields == {"link": "contradicts"}
    assert [member.role for member in statement.members] == ["from", "to"]
    assert {loss.what for loss in found.losses} == {
        "pictures, PDF files, sound and video are left out",
        "sets are left out",
        "variables of sources are left out",
        "notes on no selection are left out",
    }


def test_names_that_fit_no_one_way_of_counting_are_refused(tmp_path: Path) -> None:
    path = project(tmp_path / "x.qdpx", LF, "utf-16")
    with zipfile.ZipFile(path) as found:
        xml = found.read("project.qde").decode()
    mixed = xml.replace('startPosition="6" endPosition="12"', 'startPosition="5" endPosition="11"')
    packed(path, {"project.qde": mixed.encode(), NAME: LF.encode()})
    with pytest.raises(BadInput, match="in no one way"):
        read(path)


@pytest.mark.parametrize(("start", "end"), [("-1", "3"), ("9", "2"), ("0", "999"), ("x", "2")])
def test_what_is_no_position_is_listed(tmp_path: Path, start: str, end: str) -> None:
    xml = (SAMPLES / "project.qde").read_text(encoding="utf-8")
    for name, value in (("lavrov0", start), ("lavrov1", end), ("trump0", "29"), ("trump1", "45")):
        xml = xml.replace(f"{{{name}}}", value)
    found = read(packed(tmp_path / "x.qdpx", {"project.qde": xml.encode(), NAME: LF.encode()}))
    assert "a selection of no words of its text is left out" in {x.what for x in found.losses}
    assert len(found.bundle.articles[0].marks) == 2


def test_the_children_of_our_project_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    written_to(PROJECT, small_bundle(), tmp_path / "x.qdpx")
    with zipfile.ZipFile(tmp_path / "x.qdpx") as found:
        assert all(one.date_time == (1980, 1, 1, 0, 0, 0) for one in found.infolist())
        xml = found.read("project.qde")
        texts = [name for name in found.namelist() if name != "project.qde"]
        assert found.read(texts[0]).decode() == small_bundle().articles[0].text
    root = ElementTree.fromstring(xml)
    order = "Users CodeBook Variables Cases Sources Notes Links".split()
    assert [child.tag.removeprefix(NS) for child in root] == order
    inner = {
        "TextSource": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
        "Note": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
        "PlainTextSelection": "Description Coding NoteRef",
        "Case": "Description CodeRef VariableValue SourceRef SelectionRef",
        "Code": "Description NoteRef Code",
    }
    for name, allowed in inner.items():
        ranks = {f"{NS}{one}": place for place, one in enumerate(allowed.split())}
        for element in root.iter(f"{NS}{name}"):
            assert [ranks[c.tag] for c in element] == sorted(ranks[c.tag] for c in element)
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(set(guids)) == len(guids)
    referred = {element.get("targetGUID") for element in root.iter() if element.get("targetGUID")}
    assert referred <= set(guids)


def test_the_project_is_as_it_was(tmp_path: Path) -> None:
    """Its bytes are an agreement with whoever reads it."""
    written_to(PROJECT, small_bundle(), tmp_path / "x.qdpx")
    with zipfile.ZipFile(tmp_path / "x.qdpx") as found:
        assert found.read("project.qde") == (SAMPLES / "small.qde").read_bytes()


def test_a_codebook_comes_back_with_its_definitions_and_tree(tmp_path: Path) -> None:
    losses = written_to(CODEBOOK, small_bundle(), tmp_path / "x.qdc")
    assert "a codebook has no articles" in {loss.what for loss in losses}
    found = read(tmp_path / "x.qdc", CODEBOOK).bundle
    assert list(found.codebook.kinds) == list(small_bundle().codebook.kinds)
    by_id = {issue.id: issue for issue in found.issues}
    assert [(i.name, i.parent and by_id[i.parent].name) for i in found.issues] == [
        ("Peace", None),
        ("Talks", "Peace"),
    ]


def test_the_codebook_is_as_it_was(tmp_path: Path) -> None:
    written_to(CODEBOOK, small_bundle(), tmp_path / "x.qdc")
    assert (tmp_path / "x.qdc").read_bytes() == (SAMPLES / "small.qdc").read_bytes()


def test_a_codebook_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "x.qdc"
    path.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Some Program"><Codes>'
        '<Code guid="1" name="Group" isCodable="false"><Code guid="2" name="Cue" isCodable="true">'
        "<Description>The verb.</Description></Code></Code></Codes></CodeBook>",
        encoding="utf-8",
    )
    found = read(path, CODEBOOK)
    assert {k: v.definition for k, v in found.bundle.codebook.kinds.items()} == {"cue": "The verb."}
    assert len(list(found.losses)) == 2


def test_a_reader_of_the_schema_takes_ours(tmp_path: Path) -> None:
    """pyrefiqda holds the whole schema as classes."""
    pyrefiqda = pytest.importorskip("pyrefiqda")
    written_to(PROJECT, small_bundle(), tmp_path / "x.qdpx")
    written_to(CODEBOOK, small_bundle(), tmp_path / "x.qdc")
    found = pyrefiqda.RefiProject.load(tmp_path / "x.qdpx", str(tmp_path / "unpacked"))
    assert len(found.sources.text_source[0].plain_text_selection) == 4
    codes = pyrefiqda.RefiCodebook.load(tmp_path / "x.qdc")
    assert codes.codes.code[0].name == "Kinds of marks"
