"""Files of each format with one mark at a place that is asked for, and what may come of reading them."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
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


def lines_of(*found: object) -> str:
    return "".join(f"{json.dumps(one)}\n" for one in found)


def doccano(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.jsonl"
    path.write_text(lines_of({"text": TEXT, "label": [[start, end, "X"], [4, 10, "Y"]]}))
    return path


def doccano_relations(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.jsonl"
    entities = [
        {"id": 1, "label": "X", "start_offset": start, "end_offset": end},
        {"id": 2, "label": "Y", "start_offset": 4, "end_offset": 10},
    ]
    path.write_text(lines_of({"text": TEXT, "entities": entities, "relations": []}))
    return path


def spacy_jsonl(folder: Path, start: int, end: int) -> Path:
    path = folder / "x.jsonl"
    spans = [{"start": start, "end": end, "label": "X"}, {"start": 4, "end": 10, "label": "Y"}]
    path.write_text(lines_of({"text": TEXT, "spans": spans}))
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
