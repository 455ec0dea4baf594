"""The schema of a project file is what the golden file says, and its journal cannot be altered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store.driver import sqlite3
from annotator.store.file.opening import VERSION
from annotator.store.project import ProjectFile
from tests.workshop import mark, small_project

GOLDEN = Path(__file__).with_name("schema.sql")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    mark(workspace, "claim", (0, 5))
    workspace.close()
    project = ProjectFile.open(path)
    yield project
    project.close()


def schema(project: ProjectFile) -> str:
    """Every table, index and trigger as SQLite has it, sorted."""
    found = project.connection.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
    ).fetchall()
    return "\n\n".join(f"{sql};" for (sql,) in found) + "\n"


def test_tables_indexes_and_triggers_are_those_of_the_golden_file(project: ProjectFile) -> None:
    assert schema(project) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("table", ["revision", "change", "text"])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_what_was_written_is_never_altered(
    project: ProjectFile, table: str, statement: str
) -> None:
    before = project.connection.execute(f"SELECT * FROM {table}").fetchall()
    (column, *_) = [row[1] for row in project.connection.execute(f"PRAGMA table_info({table})")]
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|never changes"):
        project.connection.execute(statement.format(table, column))
    assert project.connection.execute(f"SELECT * FROM {table}").fetchall() == before != []


def test_the_file_says_what_it_is(project: ProjectFile) -> None:
    assert project.connection.execute("PRAGMA application_id").fetchone() == (0x416E6E6F,)
    assert project.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_what_is_saved_is_on_disk(project: ProjectFile) -> None:
    assert project.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert project.connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
