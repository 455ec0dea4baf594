"""A copy of a project goes its own way under its own replica id; a moved project stays itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator.core.errors import ProjectFault
from annotator.workspace import Workspace
from tests.workshop import mark, small_project


def replicas(workspace: Workspace) -> set[int]:
    return {revision.replica for revision in workspace.history()}


def test_a_copy_takes_a_new_replica_and_no_ids_collide(tmp_path: Path) -> None:
    path, copy = tmp_path / "p.annotator", tmp_path / "copy.annotator"
    workspace = small_project(path)
    mark(workspace, "claim", (0, 3))
    before = {revision.id for revision in workspace.history()}
    workspace.close()
    shutil.copy2(path, copy)

    first, second = Workspace.open(path, "Ada"), Workspace.open(copy, "Ada")
    ids = [{mark(w, "claim", (n, n + 2)).id for n in range(20)} for w in (first, second)]
    assert not ids[0] & ids[1]
    done = [{revision.id for revision in w.history()} - before for w in (first, second)]
    assert len(done[0]) == len(done[1]) == 20
    assert not done[0] & done[1]
    assert len(replicas(first)) == 1
    assert len(replicas(second)) == 2
    assert first.check() == second.check() == []
    first.close()
    second.close()


def test_a_moved_file_stays_the_same_replica(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "p.annotator", tmp_path / "folder" / "q.annotator"
    small_project(path).close()
    elsewhere.parent.mkdir()
    path.rename(elsewhere)
    workspace = Workspace.open(elsewhere, "Ada")
    mark(workspace, "claim", (0, 3))
    assert len(replicas(workspace)) == 1
    assert workspace.check() == []
    workspace.close()


@pytest.mark.parametrize("what", ["deleted", "moved", "replaced"])
def test_nothing_is_written_to_a_file_that_is_gone(tmp_path: Path, what: str) -> None:
    """SQLite would go on writing to a file that nobody will ever open again."""
    path, other = tmp_path / "p.annotator", tmp_path / "other.annotator"
    small_project(other).close()
    workspace = small_project(path)
    mark(workspace, "claim", (0, 3))
    match what:
        case "deleted":
            path.unlink()
        case "moved":
            path.rename(tmp_path / "q.annotator")
        case "replaced":
            other.replace(path)
    for _ in range(2):
        with pytest.raises(ProjectFault, match=r"Not saved: .* was moved, replaced or deleted"):
            mark(workspace, "claim", (3, 6))
    workspace.close()


def test_one_file_remains_when_the_last_window_closes(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    first = small_project(path)
    second = Workspace.open(path, "Bo")
    mark(second, "claim", (0, 3))
    mark(first, "claim", (0, 3))
    first.close()
    second.close()
    assert [file.name for file in tmp_path.iterdir()] == ["p.annotator"]
