"""Tables of CSV and of Excel: what goes out comes back."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import replace
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import given, settings

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import BadInput
from annotator.core.model import article_id
from annotator.core.text.cleaning import sha256
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from annotator.formats.exchange.tables.formats import TABLES, XLSX
from tests.formats.bundles import small_bundle
from tests.formats.exchange.making import WORDS, bundles
from tests.formats.exchange.meaning import meaning, there_and_back, written_to
from tests.formats.exchange.tabled import ANY, both, change_cells, plain

GOLDEN = Path(__file__).with_name("samples") / "tables"


@both
@given(bundle=bundles(notes=WORDS | ANY))
@settings(max_examples=60)
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
    for what in ("assignments", "comments", "verdicts", "whether analysts are done"):
        assert what in listed
    recognised = catalogue().of(tmp_path / name)
    assert recognised is format


@both
def test_a_retired_actor_stays_retired(format: Format, name: str, tmp_path: Path) -> None:
    bundle = small_bundle()
    actors = tuple(msgspec.structs.replace(actor, retired=True) for actor in bundle.actors)
    _, found = there_and_back(format, replace(bundle, actors=actors), tmp_path / name)
    assert found.bundle.actors == actors


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


def test_what_was_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """One that leaves out columns that only repeat others, and says TRUE."""
    written_to(TABLES, small_bundle(), tmp_path / "x")
    change_cells(tmp_path / "x", "marks", {"flagged": "TRUE"})
    assert TABLES.read is not None
    found = TABLES.read(tmp_path / "x", TABLES.asked())
    assert meaning(found.bundle) == meaning(small_bundle())


def test_lists_of_earlier_files_are_read(tmp_path: Path) -> None:
    written_to(TABLES, small_bundle(), tmp_path / "x")
    change_cells(tmp_path / "x", "actors", {"aliases": '["a; b", "c"]'})
    assert TABLES.read is not None
    found = TABLES.read(tmp_path / "x", TABLES.asked())
    assert found.bundle.actors[0].aliases == ("a; b", "c")


def test_tables_from_before_actors_could_be_retired_are_read(tmp_path: Path) -> None:
    written_to(TABLES, small_bundle(), tmp_path / "x")
    path = tmp_path / "x" / "actors.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    assert rows[0].pop() == "retired"
    older = io.StringIO(newline="")
    csv.writer(older).writerows([rows[0], *(row[:-1] for row in rows[1:])])
    path.write_text(older.getvalue(), encoding="utf-8", newline="")
    assert TABLES.read is not None
    read = TABLES.read(tmp_path / "x", TABLES.asked()).bundle
    assert read.actors == small_bundle().actors
