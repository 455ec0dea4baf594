"""Tables: what goes out comes back, no cell is a formula, and damage is told with its place."""

from __future__ import annotations

import csv
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import BadInput
from annotator.core.model import article_id
from annotator.core.text.cleaning import sha256
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from annotator.formats.exchange.tables import cells
from annotator.formats.exchange.tables.formats import TABLES, XLSX
from tests.formats.bundles import small_bundle
from tests.formats.exchange.making import WORDS, bundles
from tests.formats.exchange.meaning import meaning, there_and_back, written_to

GOLDEN = Path(__file__).with_name("samples") / "tables"
FORMATS = [(TABLES, "x"), (XLSX, "x.xlsx")]
ANY = st.text(
    st.sampled_from("=+-@'\t\r\n_x0041a1.e＝ ") | st.characters(exclude_categories=["Cs"])
)
both = pytest.mark.parametrize(("format", "name"), FORMATS, ids=["csv", "xlsx"])


def plain(bundle: Bundle) -> Bundle:
    """The bundle without what tables have no place for."""
    parts = tuple(
        ArticleBundle(
            part.article,
            part.text,
            tuple(sorted(part.marks, key=lambda m: m.id)),
            tuple(sorted(part.statements, key=lambda s: s.id)),
        )
        for part in bundle.articles
    )
    return replace(bundle, project="", procedure=None, articles=parts)


@given(ANY)
def test_a_cell_gives_back_the_text_and_is_no_formula(text: str) -> None:
    assert cells.as_written(cells.harmless(text)) == text
    assert cells.from_workbook(str(cells.in_workbook(text) or "")) == text
    (written,) = cells.in_csv([text])
    assert isinstance(written, str)
    if written[:1] in ("=", "+", "-", "@", "\t", "\r"):
        assert float(written) is not None


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1"])
def test_formulas_are_neutralised(text: str) -> None:
    assert cells.in_csv([text]) == [f"'{text}"]


@pytest.mark.parametrize("text", ["-1", "+1.5", "-2e-3", "a=b", "'tis", "’"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert cells.in_csv([text]) == [text]
    assert cells.as_written(text) == text


@both
@given(bundle=bundles(notes=WORDS | ANY))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_goes_out_comes_back_equal(format: Format, name: str, bundle: Bundle) -> None:
    with tempfile.TemporaryDirectory() as folder:
        losses, found = there_and_back(format, bundle, Path(folder) / name)
    if "an empty text or list is as no value" in {loss.what for loss in losses}:
        return
    everybody = {a.id: a for a in found.bundle.analysts}
    assert all(a == everybody.get(a.id, a) for a in bundle.analysts)
    back = replace(found.bundle, analysts=bundle.analysts)
    assert plain(back) == plain(bundle)


@both
def test_ids_times_and_the_codebook_come_back(format: Format, name: str, tmp_path: Path) -> None:
    losses, found = there_and_back(format, small_bundle(), tmp_path / name)
    assert plain(found.bundle) == plain(small_bundle())
    listed = " ".join(map(str, losses))
    for what in ("assignments", "comments", "verdicts", "how far layers are"):
        assert what in listed
    recognised = catalogue().of(tmp_path / name)
    assert recognised is format


@both
def test_the_same_project_gives_the_same_bytes(format: Format, name: str, tmp_path: Path) -> None:
    written_to(format, small_bundle(), tmp_path / "a" / name)
    written_to(format, small_bundle(), tmp_path / "b" / name)
    assert _bytes(tmp_path / "a" / name) == _bytes(tmp_path / "b" / name)


def test_the_tables_are_as_they_were(tmp_path: Path) -> None:
    written_to(TABLES, small_bundle(), tmp_path / "tables")
    assert _bytes(tmp_path / "tables") == _bytes(GOLDEN)


def test_excel_tells_utf_8_by_a_mark(tmp_path: Path) -> None:
    with written(TABLES, Outgoing.of(small_bundle()), tmp_path / "x", {"bom": "yes"}) as waiting:
        waiting.keep()
    assert (tmp_path / "x" / "marks.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert TABLES.read is not None
    assert plain(TABLES.read(tmp_path / "x", TABLES.asked()).bundle) == plain(small_bundle())


def _bytes(path: Path) -> dict[str, bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


def _long(text: str) -> Bundle:
    part = small_bundle().articles[0]
    article = msgspec.structs.replace(
        part.article,
        id=article_id(sha256(text)),
        sha256=sha256(text),
        length=len(text),
        blocks=(),
    )
    return replace(small_bundle(), articles=(ArticleBundle(article, text),))


def test_a_long_text_is_whole_in_csv_and_a_listed_loss_in_excel(tmp_path: Path) -> None:
    bundle = _long("😊" * 20_000 + "\n")
    losses, found = there_and_back(TABLES, bundle, tmp_path / "x")
    assert found.bundle.articles[0].text == bundle.articles[0].text
    assert "32,767" not in " ".join(map(str, losses))
    listed = written_to(XLSX, bundle, tmp_path / "x.xlsx")
    assert any("32,767" in loss.what and loss.first == "articles row 2, text" for loss in listed)
    assert XLSX.read is not None
    with pytest.raises(BadInput, match="CSV keeps it whole"):
        XLSX.read(tmp_path / "x.xlsx", XLSX.asked())


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    part = small_bundle().articles[0]
    named = msgspec.structs.replace(part.article, title="=HYPERLINK(1)", outlet="#N/A")
    bundle = replace(small_bundle(), articles=(replace(part, article=named),))
    _, found = there_and_back(XLSX, bundle, tmp_path / "x.xlsx")
    assert plain(found.bundle) == plain(bundle)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}


def _csv(folder: Path, table: str, change: dict[str, str], row: int = 1) -> None:
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for column, value in change.items():
        rows[row][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


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
    _csv(tmp_path / "x", table, change, alone)
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


def test_what_was_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """One that leaves out columns that only repeat others, and says TRUE."""
    written_to(TABLES, small_bundle(), tmp_path / "x")
    _csv(tmp_path / "x", "marks", {"flagged": "TRUE"})
    assert TABLES.read is not None
    found = TABLES.read(tmp_path / "x", TABLES.asked())
    assert meaning(found.bundle) == meaning(small_bundle())
