"""Tables that somebody damaged: told with the place, nothing taken in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.tables.formats import TABLES, XLSX
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import written_to
from tests.formats.exchange.tabled import change_cells

HOSTILE = [
    ("marks", {"fragments": "5-99999"}, "marks.csv, line 2, .*is no place"),
    ("marks", {"fragments": "12-5"}, "is no place"),
    ("marks", {"fragments": "-4-5"}, "is no place"),
    ("marks", {"fragments": "8-18;10-20"}, "is no place"),
    ("marks", {"fragments": "12-Aug"}, "spreadsheets make dates"),
    ("marks", {"quote": "other words"}, "does not stand where it says"),
    ("marks", {"article": "5"}, "there is no article 5"),
    ("marks", {"id": "x"}, "marks.csv, line 2,"),
    ("marks", {"id": "9" * 19}, "larger than any id"),
    ("marks", {"id": "30064771083"}, "there twice"),
    ("marks", {"stance": "much"}, "stance is a stance"),
    ("marks", {"weight": "nan"}, "weight is a number"),
    ("marks", {"flagged": "perhaps"}, "flagged is true or false"),
    ("marks", {"made_at": "2025"}, "marks.csv, line 2,"),
    ("marks", {"layer": "somebody"}, "the layer “somebody” is neither"),
    ("statements", {"members": "claim 4"}, "there is no mark 4"),
    ("articles", {"text": "another"}, "SHA-256"),
    ("articles", {"blocks": "x-4 body"}, "articles.csv, line 2,"),
    ("codebook", {"part": "song"}, "“song” is no part of a codebook"),
    ("actors", {"type": "robot"}, "actors.csv, line 2,"),
    ("actors", {"aliases": "[" * 10_000}, "aliases is no list"),
]


@pytest.mark.parametrize(("table", "change", "said"), HOSTILE)
def test_damage_is_told_with_its_place(
    table: str, change: dict[str, str], said: str, tmp_path: Path
) -> None:
    written_to(TABLES, small_bundle(), tmp_path / "x")
    alone = 3 if said == "larger than any id" else 1  # a mark that no statement has
    change_cells(tmp_path / "x", table, change, alone)
    assert TABLES.read is not None
    with pytest.raises(BadInput, match=said):
        TABLES.read(tmp_path / "x", TABLES.asked())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has no column"),
        (b"id\xff\n", "not UTF-8"),
        (b'id,"art\n', "quotation marks"),
        (b"id,id\n", "two columns"),
    ],
)
def test_files_that_are_no_tables_are_refused(content: bytes, said: str, tmp_path: Path) -> None:
    written_to(TABLES, small_bundle(), tmp_path / "x")
    (tmp_path / "x" / "marks.csv").write_bytes(content)
    assert TABLES.read is not None
    with pytest.raises(BadInput, match=said):
        TABLES.read(tmp_path / "x", TABLES.asked())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"<xml/>"])
def test_what_is_no_workbook_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    assert XLSX.read is not None
    with pytest.raises(BadInput):
        XLSX.read(tmp_path / "x.xlsx", XLSX.asked())
    assert catalogue().of(tmp_path / "x.xlsx") is not XLSX


def test_a_workbook_with_entities_is_refused(tmp_path: Path) -> None:
    written_to(XLSX, small_bundle(), tmp_path / "good.xlsx")
    bad = tmp_path / "x.xlsx"
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good, zipfile.ZipFile(bad, "w") as made:
        for name in good.namelist():
            data = good.read(name)
            bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
            made.writestr(name, bomb + data if name == "xl/workbook.xml" else data)
    assert XLSX.read is not None
    with pytest.raises(BadInput, match="declares entities"):
        XLSX.read(bad, XLSX.asked())
