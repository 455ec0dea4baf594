"""Zip files that are formats: bombs, paths that lead out, entries that are missing or damaged."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange.cas.format import XMI_FORMAT
from annotator.formats.exchange.format import Format
from annotator.formats.exchange.packed import opened
from annotator.formats.exchange.refi.format import CODEBOOK, PROJECT
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import written_to

HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="x">'
SOURCE = (
    '<Sources><TextSource guid="1" name="A" plainTextPath="internal://{}"/></Sources></Project>'
)


def packed(to: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as found:
        for name, data in entries.items():
            found.writestr(name, data)
    return to


def refused(format: Format, path: Path, match: str) -> None:
    assert format.read is not None
    with pytest.raises(BadInput, match=match):
        format.read(path, format.asked())


def project(folder: Path, text: str, **more: bytes) -> Path:
    xml = (HEAD + SOURCE.format(text)).encode()
    return packed(folder / "x.qdpx", {"project.qde": xml, **more})


def test_a_bomb_is_not_taken_out(tmp_path: Path) -> None:
    path = project(tmp_path, "a.txt", **{"sources/a.txt": b"\0" * 50_000_000})
    refused(PROJECT, path, "times smaller than it is")


@pytest.mark.parametrize("name", ["../secret.txt", "..\\secret.txt", "a/../../secret.txt"])
def test_a_path_leads_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    refused(PROJECT, project(tmp_path, name), "has no sources/|leads out")
    path = project(tmp_path, name, **{f"sources/{name}": b"words"})
    refused(PROJECT, path, "leads out of its folder|has no")


@pytest.mark.parametrize(
    ("xml", "match"),
    [
        (b"", "not valid XML"),
        (b"<a/>", "no REFI-QDA project"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares a document type"),
        (b"<a>" * 50_000 + b"</a>" * 50_000, "nested|not valid XML"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "not valid XML"),
    ],
)
def test_a_project_that_is_none_is_refused(tmp_path: Path, xml: bytes, match: str) -> None:
    refused(PROJECT, packed(tmp_path / "x.qdpx", {"project.qde": xml}), match)
    (tmp_path / "x.qdc").write_bytes(xml)
    refused(CODEBOOK, tmp_path / "x.qdc", match.replace("project", "codebook"))


def test_a_text_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    refused(PROJECT, project(tmp_path, "a.txt", **{"sources/a.txt": b"\xff\xfe\x00"}), "not UTF-8")


@pytest.mark.parametrize("format", [PROJECT, XMI_FORMAT], ids=["refi-qda", "xmi"])
def test_a_damaged_zip_file_is_refused(tmp_path: Path, format: Format) -> None:
    path = tmp_path / "x.zip"
    written_to(format, small_bundle(), path)
    data = path.read_bytes()
    assert format.read is not None
    for start in range(0, len(data), 97):
        path.write_bytes(data[:start] + b"\xff\x00" * 4 + data[start + 8 :])
        try:
            format.read(path, format.asked())
        except BadInput as error:
            assert "x.zip" in str(error) or "Talks" in str(error)  # noqa: PT017  (or it is read)
    path.write_bytes(data[: len(data) // 2])
    refused(format, path, r"x\.zip is a damaged zip file")


def test_an_entry_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"a": b""})
    with opened(path) as found, pytest.raises(BadInput, match=r"x\.zip has no b"):
        found.data("b")
    refused(PROJECT, path, "has 0 files")
    refused(XMI_FORMAT, path, "has no UIMA CAS")
