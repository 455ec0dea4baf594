"""What ``annotator check`` finds: every way in which a file can be wrong, one test each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store.keeping.check import check
from annotator.store.project import ProjectFile
from tests.workshop import mark, small_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    """Two marks of one statement, a deletion, an undo; the fixture's teardown frees the file."""
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    mark(workspace, "claim", (0, 23))
    mark(workspace, "speaker", (24, 30))
    workspace.undo()
    workspace.close()
    project = ProjectFile.open(path)
    assert check(project) == []
    yield project
    project.close()


def found(project: ProjectFile) -> str:
    return "\n".join(map(str, check(project)))


def tamper(project: ProjectFile, sql: str, *without: str) -> None:
    """Change the file behind the program's back, the named triggers out of the way."""
    for trigger in without:
        project.connection.execute(f"DROP TRIGGER {trigger}")
    changed = project.connection.execute(sql).rowcount
    assert changed > 0


def test_a_row_that_the_journal_does_not_explain(project: ProjectFile) -> None:
    tamper(project, "UPDATE mark SET changed_at = 5")
    assert "the row is not what the journal says" in found(project)


def test_a_row_too_many(project: ProjectFile) -> None:
    tamper(project, "INSERT INTO analyst (id, name) VALUES (5, 'Mallory')")
    assert found(project) == "analyst 5: the row is not what the journal says."


def test_a_row_too_few(project: ProjectFile) -> None:
    tamper(project, "DELETE FROM actor WHERE id = (SELECT min(id) FROM actor)")
    assert "the row is not what the journal says" in found(project)


def test_a_quote_that_is_not_the_text(project: ProjectFile) -> None:
    tamper(project, "UPDATE mark SET fragments = replace(fragments, 'discussed', 'mentioned')")
    assert "does not stand at 0 to 23" in found(project)


def test_a_text_that_was_altered(project: ProjectFile) -> None:
    tamper(project, "UPDATE text SET body = replace(body, 'waited', 'smiled')", "text_update")
    assert "its text is not the one that was imported" in found(project)


def test_a_text_that_is_gone(project: ProjectFile) -> None:
    tamper(project, "DELETE FROM text", "text_delete")
    assert "is missing" in found(project)


def test_an_index_of_members_that_is_wrong(project: ProjectFile) -> None:
    tamper(project, "DELETE FROM member")
    assert found(project).startswith("member: the index of statements' marks")


def test_a_revision_that_is_gone(project: ProjectFile) -> None:
    last = "(SELECT max(id) FROM revision)"
    tamper(project, f"DELETE FROM revision WHERE id = {last}", "revision_delete")
    assert "revisions were made" in found(project)


def test_a_revision_of_a_replica_nobody_knows(project: ProjectFile) -> None:
    tamper(project, "DELETE FROM replica")
    assert "replica" in found(project)


def test_a_change_that_was_altered(project: ProjectFile) -> None:
    tamper(project, "UPDATE change SET after = replace(after, 'Ada', 'Eve')", "change_update")
    assert "the row is not what the journal says" in found(project)


@pytest.mark.parametrize("value", ["'no JSON'", "'[{\"start\":1}]'"])
def test_a_row_that_cannot_be_read(project: ProjectFile, value: str) -> None:
    tamper(project, f"UPDATE mark SET fragments = {value}")
    assert "mark " in found(project)


@pytest.mark.parametrize("value", ["'no JSON'", "'{\"name\":5}'"])
def test_a_change_that_cannot_be_read(project: ProjectFile, value: str) -> None:
    tamper(project, f"UPDATE change SET after = {value} WHERE kind = 'actor'", "change_update")
    assert "journal" in found(project)


def test_a_damaged_page_of_the_file(project: ProjectFile) -> None:
    project.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = project.connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'change_id'"
    ).fetchone()
    (size,) = project.connection.execute("PRAGMA page_size").fetchone()
    project.close()
    with project.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    damaged = ProjectFile.open(project.path)
    assert "SQLite: " in found(damaged)
    damaged.close()
