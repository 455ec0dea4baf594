"""Tables: what goes out comes back, no cell is a formula, and damage is told with its place."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.analysis.stances_taken import takings
from annotator.core import linking, marking
from annotator.core.articles import describe
from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import BadInput
from annotator.core.model import Actor, Affiliation, Mark, article_id
from annotator.core.revision import Change, Edit
from annotator.core.text.cleaning import sha256
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from annotator.formats.exchange.tables import cells
from annotator.formats.exchange.tables.formats import TABLES, XLSX
from annotator.formats.exchange.tables.layout import TAKEN
from annotator.formats.exchange.tables.sides import is_within
from annotator.workspace import Workspace
from tests.formats.bundles import small_bundle
from tests.formats.exchange.making import WORDS, bundles
from tests.formats.exchange.meaning import meaning, there_and_back, written_to
from tests.workshop import mark, small_project

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


CELLS = st.none() | ANY | st.text(st.sampled_from('",\r\n;x')) | st.integers() | st.floats()


@given(st.lists(CELLS, min_size=1), st.none() | st.integers())
def test_a_line_is_as_the_csv_module_has_it(found: list[cells.Cell], number: int | None) -> None:
    expected = io.StringIO()
    csv.writer(expected).writerow(["7-9", *cells.in_csv(found), number])
    row: cells.Row = [cells.Plain("7-9"), cells.Together(*found), number]
    assert cells.csv_line(row) == expected.getvalue()
    assert cells.flat(row)[1:-1] == found


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


# Statements as a table for people


def _statements(folder: Path) -> list[dict[str, str]]:
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@given(bundle=bundles())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_rows_are_what_networks_count(bundle: Bundle) -> None:
    """Every actor, issue and stance of a statement once, as in the networks of the same project."""
    with tempfile.TemporaryDirectory() as folder:
        written_to(TABLES, bundle, Path(folder) / "x")
        with (Path(folder) / "x" / "statements.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
    # By their places: a statement may have fields of these names.
    place = head.index("row", 5)
    actor, issue, stance = (place + 3 + TAKEN.index(n) for n in ("actor", "issue", "stance"))
    counted = Counter(
        (str(one.actor), str(one.issue), "" if one.stance is None else str(one.stance))
        for part in bundle.articles
        for layer in {statement.layer for statement in part.statements}
        for one in takings(part, bundle.codebook, {layer}).taken
    )
    told = Counter((row[actor], row[issue], row[stance]) for row in rows)
    assert Counter({key: n for key, n in told.items() if key[0] and key[1]}) == counted
    assert {row[0] for row in rows} == {str(s.id) for p in bundle.articles for s in p.statements}


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Workspace]:
    """Trump, named twice, and Lavrov say one thing that takes sides on two issues."""
    with small_project(tmp_path / "p.annotator") as workspace:
        article = workspace.articles()[0]
        workspace.do(describe(article, outlet="The Example", published="2025-08-26"))
        lavrov = mark(workspace, "speaker", (24, 30))
        (statement,) = workspace.page(article.id).statements
        other, again = (mark(workspace, "speaker", place) for place in ((37, 39), (48, 56)))
        for one in (other, again):
            page = workspace.page(article.id)
            (alone,) = page.holders(one.id)
            workspace.do(linking.move(page, one.id, alone.id, statement))
        mark(workspace, "claim", (0, 23), hand=statement)
        sides = [mark(workspace, "position", place, hand=statement) for place in ((1, 7), (8, 11))]
        actors = {actor.name: actor for actor in workspace.actors()}
        names = sorted(actors)
        first, second, group = (actors[name] for name in names[:3])
        belongs = (
            Affiliation(actor=group.id, since="2024", until="2025-08-26"),
            Affiliation(actor=second.id, since="2025-09"),
        )
        workspace.do(
            Edit("Belongs", (Change(first, msgspec.structs.replace(first, affiliations=belongs)),))
        )
        issues = workspace.issues()

        def fill(one: Mark, **fields: str | int) -> None:
            for name, value in fields.items():
                now = workspace.page(article.id).mark(one.id)
                workspace.do(marking.set_field(now, workspace.codebook, name, value))

        fill(lavrov, actor=str(first.id))
        fill(other, actor=str(second.id))
        fill(again, actor=str(second.id))
        fill(sides[0], issue=str(issues[0].id), stance=1, condition="when ready; or so")
        fill(sides[1], issue=str(issues[1].id), stance=-2)
        yield workspace


def test_a_statement_is_a_row_for_each_actor_issue_and_stance(
    talks: Workspace, tmp_path: Path
) -> None:
    with written(TABLES, talks.outgoing(), tmp_path / "x") as waiting:
        waiting.keep()
    rows = _statements(tmp_path / "x")
    names = sorted(actor.name for actor in talks.actors())
    issues = talks.issues()
    assert [(r["row"], r["actor_name"], r["issue_key"], r["stance"]) for r in rows] == [
        ("1", names[0], issues[0].key, "1"),
        ("2", names[0], issues[1].key, "-2"),
        ("3", names[1], issues[0].key, "1"),
        ("4", names[1], issues[1].key, "-2"),
    ]
    assert len({row["id"] for row in rows}) == 1
    assert [r["speaker_words"] for r in rows] == ["Lavrov"] * 2 + ["He | Zelensky"] * 2
    assert [(r["speaker_start"], r["speaker_end"]) for r in rows[1:3]] == [
        ("24", "30"),
        ("37", "56"),
    ]
    assert [r["position_words"] for r in rows[:2]] == ["It was", "not"]
    assert {r["claim_words"] for r in rows} == {"“It was not discussed,”"}
    first = rows[0]
    assert (first["outlet"], first["published"]) == ("The Example", "2025-08-26")
    assert (first["analyst"], first["condition"]) == ("Ada", "when ready; or so")
    assert first["issue_name"] == issues[0].name
    assert first["stance_name"] == talks.codebook.stances["1"].name
    assert first["affiliation_name"] == names[2]
    assert rows[2]["affiliation_name"] == ";".join(
        names_of(talks, next(a for a in talks.actors() if a.name == names[1]))
    )
    assert {r["told"] for r in rows} == {""}


def names_of(workspace: Workspace, actor: Actor) -> list[str]:
    by_id = {one.id: one.name for one in workspace.actors()}
    return [by_id[one.actor] for one in actor.affiliations]


@both
def test_a_statement_of_many_rows_comes_back_as_one(
    talks: Workspace, format: Format, name: str, tmp_path: Path
) -> None:
    bundle = talks.bundle()
    _, found = there_and_back(format, bundle, tmp_path / name)
    assert plain(found.bundle) == plain(bundle)


def test_rows_of_a_statement_that_contradict_each_other_are_refused(
    talks: Workspace, tmp_path: Path
) -> None:
    written_to(TABLES, talks.bundle(), tmp_path / "x")
    _csv(tmp_path / "x", "statements", {"note": "no!"}, 3)
    assert TABLES.read is not None
    with pytest.raises(BadInput, match=r"statements.csv, line 4, .*something else in a row above"):
        TABLES.read(tmp_path / "x", TABLES.asked())


@pytest.mark.parametrize(
    ("day", "since", "until", "holds"),
    [
        ("2025-08-26", "", "", True),
        ("2025-08-26", "2025-08-26", "2025-08-26", True),
        ("2025-08-26", "2025", "2025", True),
        ("2025-08-26", "2025-09", "", False),
        ("2025-08-26", "", "2025-07", False),
        ("2025", "2025-09", "", True),
        ("2024", "2025-09", "", False),
        ("", "", "", True),
        ("", "2025", "", False),
    ],
)
def test_an_affiliation_holds_from_day_to_day(
    day: str, since: str, until: str, holds: bool
) -> None:
    assert is_within(day, since, until) is holds


@given(st.lists(ANY | st.text(st.sampled_from("\\;[e]"))))
def test_lists_have_one_way_to_stand_in_a_cell(texts: list[str]) -> None:
    assert cells.apart(cells.joined(texts)) == texts


def test_lists_of_earlier_files_are_read(tmp_path: Path) -> None:
    written_to(TABLES, small_bundle(), tmp_path / "x")
    _csv(tmp_path / "x", "actors", {"aliases": '["a; b", "c"]'})
    assert TABLES.read is not None
    found = TABLES.read(tmp_path / "x", TABLES.asked())
    assert found.bundle.actors[0].aliases == ("a; b", "c")


def test_ids_are_text_in_a_workbook(talks: Workspace, tmp_path: Path) -> None:
    written_to(XLSX, talks.bundle(), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    for name in ("statements", "marks", "actors", "issues", "articles"):
        head, *rows = book[name].iter_rows()
        columns = [cell.value for cell in head]
        for column in {"id", "article", "layer", "actor", "issue", "made_by"} & set(columns):
            found = {type(row[columns.index(column)].value) for row in rows}
            assert found <= {str, type(None)}, (name, column)


def test_statements_are_rows_of_parquet_too(talks: Workspace, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs pyarrow")
    format = catalogue().named("parquet")
    to = tmp_path / "x.parquet"
    with written(format, talks.outgoing(), to, {"rows": "statements"}) as waiting:
        waiting.keep()
        assert any("text of articles" in loss.what for loss in waiting.losses)
    table = parquet.read_table(to).to_pylist()
    written_to(TABLES, talks.bundle(), tmp_path / "x")
    for row, cells_of in zip(table, _statements(tmp_path / "x"), strict=True):
        assert list(row) == list(cells_of)
        assert {k: "" if v is None else str(v) for k, v in row.items() if k != "flagged"} == {
            k: v for k, v in cells_of.items() if k != "flagged"
        }
    assert [(row["row"], row["stance"], row["flagged"]) for row in table[:2]] == [
        (1, 1, False),
        (2, -2, False),
    ]


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
