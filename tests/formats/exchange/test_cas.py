"""UIMA CAS by hand: INCEpTION's conventions, UTF-16 on disk, and files made to do harm."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.core.model import GOLD
from annotator.formats.exchange.cas.format import JSON_FORMAT, XMI_FORMAT
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.format import Incoming
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import meaning, written_to

SAMPLES = Path(__file__).parent / "samples"


def read(path: Path) -> Incoming:
    assert XMI_FORMAT.read is not None
    return XMI_FORMAT.read(path, XMI_FORMAT.asked())


def marks(found: Incoming) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (mark.kind, mark.quote, dict(mark.fields))
        for part in found.bundle.articles
        for mark in part.marks
    ]


def sample(**changes: Any) -> dict[str, Any]:
    """The sample of CAS JSON with other values in its claim."""
    found: dict[str, Any] = json.loads((SAMPLES / "cas.json").read_bytes())
    found["%FEATURE_STRUCTURES"][2].update(changes)
    return found


def test_slots_become_statements(tmp_path: Path) -> None:
    found = read(Path(shutil.copy(SAMPLES / "cas.json", tmp_path)))
    assert marks(found) == [
        ("speaker", "Lavrov", {"name": "person"}),
        ("claim", "no", {"mode": "direct", "sure": True}),
    ]
    (part,) = found.bundle.articles
    by_id = {mark.id: mark.kind for mark in part.marks}
    (statement,) = part.statements
    told = [(member.role, by_id[member.mark]) for member in statement.members]
    assert told == [("claim", "claim"), ("speaker", "speaker")]
    assert not list(found.losses)


def test_relations_and_document_metadata_and_tokens() -> None:
    found = read(SAMPLES / "ada.xmi")
    assert sorted(marks(found)) == [
        ("claim", "no", {}),
        ("genre", "", {"value": "news"}),
        ("speaker", "Lavrov", {"name": "person"}),
    ]
    (statement,) = found.bundle.articles[0].statements
    assert [member.role for member in statement.members] == ["governor", "dependent"]
    assert statement.fields == {"relation": "saidby", "how": "direct"}
    assert [str(loss) for loss in found.losses] == [
        "tokens, sentences and what else a machine found are left out (2 times), first in ada"
    ]


def test_a_project_of_inception_has_a_file_for_each_analyst(tmp_path: Path) -> None:
    def inner(name: str) -> bytes:
        room = io.BytesIO()
        with zipfile.ZipFile(room, "w") as packed:
            packed.write(SAMPLES / "ada.xmi", f"{name}.xmi")
            packed.write(SAMPLES / "TypeSystem.xml", "TypeSystem.xml")
        return room.getvalue()

    path = tmp_path / "project.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("exportedproject123.json", "{}")
        packed.writestr("source/talks.txt", "x")
        for name in ("ada", "bo", "INITIAL_CAS"):
            packed.writestr(f"annotation/talks.txt/{name}.zip", inner(name))
        packed.writestr("curation/talks.txt/CURATION_USER.zip", inner("CURATION_USER"))
    kind = catalogue().of(path)
    assert kind is not None
    assert kind.name == "xmi"
    found = read(path)
    (part,) = found.bundle.articles
    names = {GOLD: "gold"} | {a.id: a.name for a in found.bundle.analysts}
    assert {names[mark.layer] for mark in part.marks} == {"ada", "bo", "gold"}
    assert part.article.file == "talks.txt"
    assert len(part.statements) == 3


def test_offsets_on_disk_are_utf_16_and_names_of_entries_are_inceptions(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    written_to(JSON_FORMAT, small_bundle(), path)
    with zipfile.ZipFile(path) as packed:
        assert packed.namelist() == [
            "annotation/talks/Ada.json",
            "annotation/talks/Bo.json",
            "curation/talks/CURATION_USER.json",
        ]
        ada = json.loads(packed.read("annotation/talks/Ada.json"))
    text = small_bundle().articles[0].text.encode("utf-16-le")
    claims = [f for f in ada["%FEATURE_STRUCTURES"] if f["%TYPE"] == "webanno.custom.Claim"]
    words = [text[2 * f["begin"] : 2 * f["end"]].decode("utf-16-le") for f in claims]
    assert words == ["“Not now,”", "“Maybe later.”"]
    assert len({f["annotator_mark"] for f in claims}) == 1


def test_one_layer_can_be_a_bare_file(tmp_path: Path) -> None:
    whole = small_bundle()
    ada = whole.analysts[0].id
    part = whole.articles[0]
    alone = type(part)(
        part.article,
        part.text,
        tuple(m for m in part.marks if m.layer == ada),
        tuple(s for s in part.statements if s.layer == ada),
    )
    one = type(whole)(
        whole.project, whole.codebook, whole.issues, whole.actors, whole.analysts, (alone,)
    )
    for format, name in ((XMI_FORMAT, "x.xmi"), (JSON_FORMAT, "x.json")):
        written_to(format, one, tmp_path / name)
        assert meaning(read(tmp_path / name).bundle) == meaning(one)
    assert (tmp_path / "x.TypeSystem.xml").exists()
    with pytest.raises(BadInput, match=r"there are 3; name a \.zip"):
        written_to(XMI_FORMAT, whole, tmp_path / "y.xmi")
    assert not (tmp_path / "y.xmi").exists()


def test_ours_is_recognised_among_all_formats(tmp_path: Path) -> None:
    for format in (XMI_FORMAT, JSON_FORMAT):
        written_to(format, small_bundle(), tmp_path / "x.zip")
        found = catalogue().of(tmp_path / "x.zip")
        assert found is not None
        assert found.name == format.name
    assert catalogue().of(SAMPLES / "ada.xmi") is catalogue_format("xmi")
    assert catalogue().of(SAMPLES / "cas.json") is catalogue_format("cas-json")


def catalogue_format(name: str) -> object:
    return catalogue().named(name)


@pytest.mark.parametrize(
    ("begin", "end"), [(-5, 3), (4, 6), (0, 999), ("0", 3), (3, "x"), (0.5, 2)]
)
def test_what_is_no_place_in_utf_16_is_refused(tmp_path: Path, begin: Any, end: Any) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(sample(begin=begin, end=end)), encoding="utf-8")
    with pytest.raises(BadInput, match=r"x\.json"):
        read(path)


@pytest.mark.parametrize(("begin", "end"), [(21, 19), (None, 3), (3, None)])
def test_what_is_no_place_at_all_is_listed(tmp_path: Path, begin: Any, end: Any) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(sample(begin=begin, end=end)), encoding="utf-8")
    found = read(path)
    assert [kind for kind, _, _ in marks(found)] == ["speaker"]
    assert "an annotation that is no place of its text is left out" in {
        x.what for x in found.losses
    }


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b'{"%TYPES": 1}',
        b'{"%TYPES": {}, "%FEATURE_STRUCTURES": [1]}',
        b'{"%TYPES": {"a": {"%SUPER_TYPE": "a"}}, "%FEATURE_STRUCTURES": [], "%VIEWS": {}}',
        b'{"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "no"}], "%VIEWS": {}}',
        b"[" * 100_000,
        b'{"%TYPES": {}, "x": NaN}',
        b'{"%TYPES": {}, "%TYPES": {}}',
        b'{"%TYPES": {}, "x": "\\ud83d"}',
        b"\xff\xfe{",
    ],
)
def test_json_that_is_no_cas_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.json").write_bytes(data)
    with pytest.raises(BadInput, match=r"x\.json"):
        read(tmp_path / "x.json")


def test_a_type_system_is_needed(tmp_path: Path) -> None:
    path = Path(shutil.copy(SAMPLES / "ada.xmi", tmp_path))
    with pytest.raises(BadInput, match=r"put TypeSystem\.xml beside it"):
        read(path)


_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("which", ["ada.xmi", "TypeSystem.xml"])
def test_entities_are_refused_wherever_they_are(tmp_path: Path, which: str, encoding: str) -> None:
    for name in ("ada.xmi", "TypeSystem.xml"):
        text = (SAMPLES / name).read_text(encoding="utf-8")
        if name == which:
            text = _BOMB + text.partition("?>")[2].replace("no", "&c;&f;")
            (tmp_path / name).write_bytes(text.encode(encoding))
        else:
            (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="declares a document type or entities"):
        read(tmp_path / "ada.xmi")


def test_the_files_are_as_they_were(tmp_path: Path) -> None:
    """Their bytes are an agreement with whoever reads them."""
    found: dict[str, bytes] = {}
    for format in (XMI_FORMAT, JSON_FORMAT):
        written_to(format, small_bundle(), tmp_path / "x.zip")
        with zipfile.ZipFile(tmp_path / "x.zip") as packed:
            assert all(one.date_time == (1980, 1, 1, 0, 0, 0) for one in packed.infolist())
            found |= {Path(name).name: packed.read(name) for name in packed.namelist()}
    for name in ("TypeSystem.xml", "Ada.xmi", "Ada.json"):
        assert found[name] == (SAMPLES / "small" / name).read_bytes()
