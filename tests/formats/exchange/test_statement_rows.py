"""Statements as a table for people: a row for each actor, issue and stance."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import given, settings

from annotator.analysis.stances_taken import takings
from annotator.core import linking, marking
from annotator.core.articles import describe
from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput
from annotator.core.model import Actor, Affiliation, Mark
from annotator.core.revision import Change, Edit
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format
from annotator.formats.exchange.tables.formats import TABLES, XLSX
from annotator.formats.exchange.tables.layout import TAKEN
from annotator.formats.exchange.tables.sides import is_within
from annotator.workspace import Workspace
from tests.formats.exchange.making import bundles
from tests.formats.exchange.meaning import there_and_back, written_to
from tests.formats.exchange.tabled import both, change_cells, plain
from tests.workshop import mark, small_project


def _statements(folder: Path) -> list[dict[str, str]]:
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@given(bundle=bundles())
@settings(max_examples=40)
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
    change_cells(tmp_path / "x", "statements", {"note": "no!"}, 3)
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
