"""What files are made to do harm with, format by format: refused in a sentence, or listed as lost."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange import json_lines, limits
from annotator.formats.exchange.catalogue import OURS
from annotator.formats.exchange.format import Format, Incoming
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import written_to

SAMPLES = Path(__file__).parent / "samples"
TEXT = "Ok, Lavrov said no.\n"
BY_NAME = {format.name: format for format in OURS}
UNIT = {"doccano": {"unit": "code points"}}


def read(format: Format, path: Path) -> Incoming:
    assert format.read is not None
    return format.read(path, format.asked(UNIT.get(format.name, {})))


def refused(format: Format, path: Path) -> str:
    """The sentence; it names the file, or what is in it."""
    with pytest.raises(BadInput) as caught:
        read(format, path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 500
    return sentence


def sound(found: Incoming) -> None:
    """Whatever came in stands where it says."""
    for part in found.bundle.articles:
        for mark in part.marks:
            for one in mark.fragments:
                assert 0 <= one.start < one.end <= len(part.text)
                assert one.quote == part.text[one.start : one.end]


# Places that are none. Each writes a file with one mark from ``start`` to ``end`` and another, sound one.


def _lines(*found: object) -> str:
    return "".join(f"{json.dumps(one)}\n" for one in found)


def doccano(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.jsonl"
    path.write_text(_lines({"text": TEXT, "label": [[start, end, "X"], [4, 10, "Y"]]}))
    return path


def doccano_relations(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.jsonl"
    entities = [
        {"id": 1, "label": "X", "start_offset": start, "end_offset": end},
        {"id": 2, "label": "Y", "start_offset": 4, "end_offset": 10},
    ]
    path.write_text(_lines({"text": TEXT, "entities": entities, "relations": []}))
    return path


def spacy_jsonl(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.jsonl"
    spans = [{"start": start, "end": end, "label": "X"}, {"start": 4, "end": 10, "label": "Y"}]
    path.write_text(_lines({"text": TEXT, "spans": spans}))
    return path


def label_studio(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.json"
    result = [
        {
            "id": str(n),
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": a, "end": b, "labels": [label]},
        }
        for n, (a, b, label) in enumerate([(start, end, "X"), (4, 10, "Y")])
    ]
    path.write_text(json.dumps([{"data": {"text": TEXT}, "annotations": [{"result": result}]}]))
    return path


def brat(folder: Path, start: int, end: int) -> Path:
    (folder / "x").mkdir()
    (folder / "x" / "a.txt").write_text(TEXT)
    quote = TEXT[start:end] if 0 <= start < end <= len(TEXT) else "word"
    (folder / "x" / "a.ann").write_text(f"T1\tX {start} {end}\t{quote}\nT2\tY 4 10\tLavrov\n")
    return folder / "x"


def web_annotation(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.jsonld"
    (folder / "a.txt").write_text(TEXT)
    found = [
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": f"urn:x:{n}",
            "type": "Annotation",
            "body": {"type": "TextualBody", "value": label, "purpose": "classifying"},
            "target": {
                "source": "https://example.org/a.txt",
                "selector": {"type": "TextPositionSelector", "start": a, "end": b},
            },
        }
        for n, (a, b, label) in enumerate([(start, end, "X"), (4, 10, "Y")])
    ]
    path.write_text(json.dumps(found))
    return path


def cas_json(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.json"
    type = {"%NAME": "custom.X", "%SUPER_TYPE": "uima.tcas.Annotation"}
    sofa = {
        "%ID": 1,
        "%TYPE": "uima.cas.Sofa",
        "sofaNum": 1,
        "sofaID": "_InitialView",
        "mimeType": "text/plain",
        "sofaString": TEXT,
    }
    marks = [
        {"%ID": n, "%TYPE": "custom.X", "@sofa": 1, "begin": a, "end": b}
        for n, (a, b) in enumerate([(start, end), (4, 10)], 2)
    ]
    views = {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3]}}
    found = {"%TYPES": {"custom.X": type}, "%FEATURE_STRUCTURES": [sofa, *marks], "%VIEWS": views}
    path.write_text(json.dumps(found))
    return path


def xmi(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.xmi"
    (folder / "TypeSystem.xml").write_text(
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>'
        "<typeDescription><name>custom.X</name>"
        "<supertypeName>uima.tcas.Annotation</supertypeName></typeDescription></types>"
        "</typeSystemDescription>"
    )
    marks = "".join(
        f'<custom:X xmi:id="{n}" sofa="1" begin="{a}" end="{b}"/>'
        for n, (a, b) in enumerate([(start, end), (4, 10)], 2)
    )
    path.write_text(
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
        ' xmlns:custom="http:///custom.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>'
        f'{marks}<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text/plain"'
        f' sofaString="{TEXT.replace(chr(10), "&#10;")}"/><cas:View sofa="1" members="2 3"/></xmi:XMI>'
    )
    return path


def refi(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.qdpx"
    marks = "".join(
        f'<PlainTextSelection guid="s{n}" name="{quote}" startPosition="{a}" endPosition="{b}">'
        f'<Coding guid="c{n}"><CodeRef targetGUID="k"/></Coding></PlainTextSelection>'
        for n, (a, b, quote) in enumerate([(start, end, ""), (4, 10, "Lavrov")])
    )
    project = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes>'
        '<Code guid="k" name="X" isCodable="true"/></Codes></CodeBook><Sources>'
        f'<TextSource guid="1" name="A" plainTextPath="internal://a.txt">{marks}</TextSource>'
        "</Sources></Project>"
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("project.qde", project)
        packed.writestr("sources/a.txt", TEXT)
    return path


def tables(folder: Path, start: int, end: int) -> Path:
    """Of ours the first fragment of the first mark."""
    path = folder / "x"
    written_to(BY_NAME["tables"], small_bundle(), path)
    marks = path / "marks.csv"
    rows = list(csv.DictReader(StringIO(marks.read_bytes().decode(), newline="")))
    rows[0].update(fragments=f"{start}-{end};41-55")
    with marks.open("w", encoding="utf-8", newline="") as file:
        made = csv.DictWriter(file, rows[0])
        made.writeheader()
        made.writerows(rows)
    return path


def dna(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.dna"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SAMPLES / "dna.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA ignore_check_constraints = on")
        connection.execute(
            "UPDATE STATEMENTS SET Start = ?, Stop = ? WHERE ID = (SELECT min(ID) FROM STATEMENTS)",
            (start, min(end, 2**62)),
        )
        connection.commit()
    return path


def annotator_json(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.json"
    written_to(BY_NAME["annotator-json"], small_bundle(), path)
    found = json.loads(path.read_bytes())
    found["articles"][0]["layers"][0]["marks"][0]["fragments"][0].update(start=start, end=end)
    path.write_text(json.dumps(found))
    return path


Maker = Callable[[Path, int, int], Path]
MAKERS: dict[str, tuple[str, Maker]] = {
    "doccano": ("doccano", doccano),
    "doccano with relations": ("doccano", doccano_relations),
    "spaCy lines": ("spacy-jsonl", spacy_jsonl),
    "Label Studio": ("label-studio", label_studio),
    "brat": ("brat", brat),
    "Web Annotation": ("web-annotation", web_annotation),
    "CAS JSON": ("cas-json", cas_json),
    "XMI": ("xmi", xmi),
    "REFI-QDA": ("refi-qda", refi),
    "tables": ("tables", tables),
    "DNA": ("dna", dna),
}
PLACES = {
    "below 0": (-3, 2),
    "all below 0": (-5, -3),
    "reversed": (10, 4),
    "past the end": (4, 900),
    "begins past the end": (900, 910),
    "without end": (0, 10**30),
    "of no length": (4, 4),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("maker", MAKERS)
def test_a_place_that_is_none(maker: str, place: str, tmp_path: Path) -> None:
    name, make = MAKERS[maker]
    path = make(tmp_path, *PLACES[place])
    format = BY_NAME[name]
    try:
        found = read(format, path)
    except BadInput:
        refused(format, path)
        return
    sound(found)
    assert list(found.losses), "a mark went without a word"
    assert any(part.marks for part in found.bundle.articles)


@pytest.mark.parametrize("maker", MAKERS)
def test_the_same_with_a_place(maker: str, tmp_path: Path) -> None:
    """So the refusals above are not for something else."""
    name, make = MAKERS[maker]
    end = 18 if name == "tables" else 10
    start = 8 if name == "tables" else 4
    found = read(BY_NAME[name], make(tmp_path, start, end))
    sound(found)
    assert sum(len(part.marks) for part in found.bundle.articles) >= 2


# JSON that is none


def _ours(format: str, folder: Path) -> Path:
    path = folder / f"x{BY_NAME[format].suffixes[0]}"
    written_to(BY_NAME[format], small_bundle(), path)
    return path


def _bare_cas(folder: Path) -> Path:
    return cas_json(folder, 4, 10)


JSON: dict[str, Callable[[Path], Path]] = {
    "annotator-json": lambda folder: _ours("annotator-json", folder),
    "annotator-jsonl": lambda folder: _ours("annotator-jsonl", folder),
    "web-annotation": lambda folder: _ours("web-annotation", folder),
    "label-studio": lambda folder: _ours("label-studio", folder),
    "doccano": lambda folder: doccano(folder, 0, 2),
    "spacy-jsonl": lambda folder: spacy_jsonl(folder, 0, 2),
    "cas-json": _bare_cas,
}


def _first_value(data: bytes, value: bytes) -> bytes:
    """A new key before all others, with this value."""
    at = data.index(b"{") + 1
    return data[:at] + b'"odd": ' + value + b", " + data[at:]


BENT: dict[str, Callable[[bytes], bytes]] = {
    "NaN": lambda data: _first_value(data, b"NaN"),
    "infinity": lambda data: _first_value(data, b"-Infinity"),
    "a number without end": lambda data: _first_value(data, b"9" * 100_000),
    "a key twice": lambda data: _first_value(_first_value(data, b"1"), b"2"),
    "half a character": lambda data: _first_value(data, rb'"\ud800"'),
    "the other half": lambda data: _first_value(data, rb'"\udc00x"'),
    "deep lists": lambda data: _first_value(data, b"[" * 100_000 + b"]" * 100_000),
    "deep objects": lambda data: _first_value(data, b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "cut off": lambda data: data[: len(data) // 2],
    "not UTF-8": lambda data: _first_value(data, b'"\xff\xfe"'),
    "half a character in UTF-8": lambda data: _first_value(data, b'"\xed\xa0\x80"'),
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "nothing but zeros": lambda _data: bytes(10_000),
}


@pytest.mark.parametrize("how", BENT)
@pytest.mark.parametrize("format", JSON)
def test_json_that_is_none(format: str, how: str, tmp_path: Path) -> None:
    path = JSON[format](tmp_path)
    read(BY_NAME[format], path)
    path.write_bytes(BENT[how](path.read_bytes()))
    assert path.name in refused(BY_NAME[format], path)


# XML that is made to do harm

DOCTYPES = {
    "a bomb": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    "a file of this machine": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "a document elsewhere": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    "a parameter": '<!DOCTYPE x [<!ENTITY % a "b"> %a;]>',
}


def _xmi(folder: Path, before: str, inside: str) -> Path:
    path = xmi(folder, 4, 10)
    content = path.read_text().replace("</xmi:XMI>", f"{inside}</xmi:XMI>")
    path.write_text(f"{before}{content}")
    return path


def _types(folder: Path, before: str, inside: str) -> Path:
    path = xmi(folder, 4, 10)
    types = folder / "TypeSystem.xml"
    content = types.read_text().replace("</types>", f"</types>{inside}")
    types.write_text(f"{before}{content}")
    return path


def _qdpx(folder: Path, before: str, inside: str) -> Path:
    path = refi(folder, 4, 10)
    with zipfile.ZipFile(path) as packed:
        content = packed.read("project.qde").decode().replace("</Project>", f"{inside}</Project>")
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("project.qde", f"{before}{content}")
        packed.writestr("sources/a.txt", TEXT)
    return path


def _qdc(folder: Path, before: str, inside: str) -> Path:
    path = folder / "x.qdc"
    written_to(BY_NAME["refi-codebook"], small_bundle(), path)
    _, _, content = path.read_text(encoding="utf-8").partition("?>")
    content = content.replace("</CodeBook>", f"{inside}</CodeBook>")
    path.write_text(f"{before}{content.lstrip()}", encoding="utf-8")
    return path


def _xlsx(folder: Path, before: str, inside: str) -> Path:
    path = folder / "x.xlsx"
    written_to(BY_NAME["xlsx"], small_bundle(), path)
    with zipfile.ZipFile(path) as packed:
        entries = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in entries.items():
            if name.endswith("sheet1.xml"):
                content = data.decode()
                content = content.replace("</sheetData>", f"</sheetData>{inside}")
                begins = content.index("<worksheet")
                packed.writestr(name, f"{before}{content[begins:]}")
            else:
                packed.writestr(name, data)
    return path


XML: dict[str, tuple[str, Callable[[Path, str, str], Path]]] = {
    "XMI": ("xmi", _xmi),
    "its type system": ("xmi", _types),
    "REFI-QDA": ("refi-qda", _qdpx),
    "a REFI-QDA codebook": ("refi-codebook", _qdc),
    "Excel": ("xlsx", _xlsx),
}


@pytest.mark.parametrize("how", DOCTYPES)
@pytest.mark.parametrize("where", XML)
def test_xml_that_declares(where: str, how: str, tmp_path: Path) -> None:
    name, make = XML[where]
    read(BY_NAME[name], make(tmp_path, "", ""))
    refused(BY_NAME[name], make(tmp_path, DOCTYPES[how], ""))


@pytest.mark.parametrize("where", XML)
def test_deep_xml(where: str, tmp_path: Path) -> None:
    name, make = XML[where]
    path = make(tmp_path, "", "<a>" * 100_000 + "</a>" * 100_000)
    try:
        sound(read(BY_NAME[name], path))
    except BadInput:
        refused(BY_NAME[name], path)


# Columns and tables


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00bad", b"EU\x00 B-ORG\n", b"one\n" * 3, b"EU B-ORG\nrejects O extra O\n\n\xff"],
)
def test_columns_that_are_none(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.conll"
    path.write_bytes(data)
    try:
        sound(read(BY_NAME["conll"], path))
    except BadInput:
        assert "x.conll" in refused(BY_NAME["conll"], path)


@pytest.mark.parametrize("table", ["articles", "marks", "codebook"])
@pytest.mark.parametrize(
    "data", [b"\xff\xfe\xfd", b"", b"a,b\n1,2\n", b'id\n"never closed', b"id\n" + b"9" * 200_000]
)
def test_tables_that_are_none(table: str, data: bytes, tmp_path: Path) -> None:
    written_to(BY_NAME["tables"], small_bundle(), tmp_path / "x")
    (tmp_path / "x" / f"{table}.csv").write_bytes(data)
    refused(BY_NAME["tables"], tmp_path / "x")


# More than fits


HOLDING = (
    "annotator-jsonl",
    "doccano",
    "tables",
    "xlsx",
    "brat",
    "label-studio",
    "refi-qda",
    "xmi",
    "conll",
)


@pytest.mark.parametrize("name", HOLDING)
def test_more_marks_than_fit(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    format = BY_NAME[name]
    path = tmp_path / f"x{'' if format.folder else format.suffixes[0]}"
    written_to(format, small_bundle(), path)
    monkeypatch.setattr(limits, "MOST_MARKS", 1)
    assert "more than 1 marks; divide it" in refused(format, path)


@pytest.mark.parametrize("name", ["annotator-json", "label-studio", "web-annotation"])
def test_a_file_too_long_to_be_read_as_a_whole(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"x{BY_NAME[name].suffixes[0]}"
    written_to(BY_NAME[name], small_bundle(), path)
    monkeypatch.setattr(limits, "LONGEST", 100)
    assert "the limit is 100, so divide it" in refused(BY_NAME[name], path)


def test_a_line_too_long_is_not_read_to_see_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "_LONGEST_LINE", 1000)
    path = tmp_path / "x.jsonl"
    path.write_text(_lines({"text": TEXT * 1000, "label": []}))
    assert json_lines.first_object(path, path.read_bytes()[:8192]) == {}
    assert "more than 1,000 bytes" in refused(BY_NAME["doccano"], path)
