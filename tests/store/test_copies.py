"""A copy of a project goes its own way under its own replica id; a moved project stays itself."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import run

import pytest

from annotator.core.articles import describe
from annotator.core.errors import ProjectFault
from annotator.store.keeping.backup import back_up
from annotator.workspace import Workspace
from tests.workshop import add_article, mark, small_project

COPY = "import shutil, sys; shutil.copyfile(*sys.argv[1:])"
"""Another program: in this one it would drop SQLite's locks."""
BEGUN = """
import os, pathlib, struct, sys
path = pathlib.Path(sys.argv[1])
log = path.with_name(path.name + "-wal").read_bytes()
size = struct.unpack(">I", log[8:12])[0]
for at in range(32, len(log), 24 + size):
    if struct.unpack(">I", log[at : at + 4])[0] == 1:
        page = log[at + 24 : at + 24 + size]
with path.open("r+b") as file:
    file.write(page)
"""
"""Brings the first page of the log into the file and no other, as SQLite begins."""
SAME = "import filecmp, sys; sys.exit(not filecmp.cmp(*sys.argv[1:], shallow=False))"


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
        with pytest.raises(ProjectFault, match=r"Not saved: .* was (moved|replaced) .* open"):
            mark(workspace, "claim", (3, 6))
    workspace.save_copy(tmp_path / "copy.annotator")
    workspace.close()
    # What was saved lay in a log that is found by the file's name.
    marks = {"moved": {"q": 1}, "replaced": {"p": 0}, "deleted": {}}[what] | {"copy": 1}
    for name, number in marks.items():
        with Workspace.open(tmp_path / f"{name}.annotator") as left:
            assert left.check() == []
            assert sum(left.count("mark").values()) == number
    with pytest.raises(ProjectFault, match="exists already"):
        Workspace.open(tmp_path / "copy.annotator").save_copy(tmp_path / "copy.annotator")


def _another_project(path: Path, other: Path) -> None:
    small_project(other).close()


def _an_older_backup(path: Path, other: Path) -> None:
    made = back_up(path, datetime.now(UTC) + timedelta(hours=1))
    assert made is not None
    made.path.rename(other)


def _a_copy_that_was_worked_on(path: Path, other: Path) -> None:
    run([sys.executable, "-c", COPY, str(path), str(other)], check=True)
    with Workspace.open(other, "Ada") as workspace:
        mark(workspace, "claim", (6, 9))


def _a_copy_with_the_same_work_after_it(path: Path, other: Path) -> None:
    """As many steps as the window will have, and none of them the same."""
    _a_copy_that_was_worked_on(path, other)
    with Workspace.open(other, "Ada") as workspace:
        for _ in range(20):
            mark(workspace, "claim", (6, 9))


def _no_project(path: Path, other: Path) -> None:
    other.write_text("Dear diary, " * 10_000)


def _nothing(path: Path, other: Path) -> None:
    other.touch()


@pytest.mark.parametrize(
    "make",
    [
        _another_project,
        _an_older_backup,
        _a_copy_that_was_worked_on,
        _a_copy_with_the_same_work_after_it,
        _no_project,
        _nothing,
    ],
)
def test_a_file_that_is_written_over_in_place_is_noticed_and_left_alone(
    tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    """SQLite would bring its log into what is there now, or read the one with the other."""
    path, other = tmp_path / "p.annotator", tmp_path / "other.annotator"
    workspace = small_project(path)
    mark(workspace, "claim", (0, 3))
    workspace.settle()
    make(path, other)
    assert back_up(path, datetime.now(UTC)) is not None
    for _ in range(5):
        mark(workspace, "claim", (0, 3))
    workspace.settle()
    assert workspace.astray == ""
    for _ in range(5):
        mark(workspace, "claim", (0, 3))
    article = workspace.articles()[0]
    run([sys.executable, "-c", COPY, str(other), str(path)], check=True)
    for _ in range(2):
        with pytest.raises(ProjectFault, match=r"Not saved: .* was written over .* “Save a copy"):
            workspace.do(describe(article, title="Another title"))
    workspace.settle()
    assert "written over" in workspace.astray
    assert workspace.save_copy(tmp_path / "copy.annotator") == []
    with Workspace.open(tmp_path / "copy.annotator") as saved:
        assert saved.check() == []
        assert sum(saved.count("mark").values()) == 11
    workspace.close()
    # Also whoever opens it next finds no log that would be brought into it.
    run([sys.executable, "-c", SAME, str(other), str(path)], check=True)
    if make in (_no_project, _nothing):
        return
    with Workspace.open(path) as left:
        assert left.check() == []


def test_a_file_written_over_is_left_alone_when_the_window_only_closes(tmp_path: Path) -> None:
    path, other = tmp_path / "p.annotator", tmp_path / "other.annotator"
    small_project(other).close()
    workspace = small_project(path)
    mark(workspace, "claim", (0, 3))
    run([sys.executable, "-c", COPY, str(other), str(path)], check=True)
    workspace.close()
    assert path.read_bytes() == other.read_bytes()
    with Workspace.open(path) as left:
        assert left.check() == []


def test_what_others_bring_into_the_file_is_not_taken_for_a_file_written_over(
    tmp_path: Path,
) -> None:
    path = tmp_path / "p.annotator"
    first = small_project(path)
    second = Workspace.open(path, "Bo")
    for _ in range(300):  # more than the log holds before it is brought in
        mark(second, "claim", (0, 3))
    assert first.astray == ""
    mark(first, "claim", (0, 3))
    second.close()
    assert first.astray == ""
    first.close()
    assert path.stat().st_size > 0


def test_a_log_of_which_a_part_is_in_the_file_is_not_taken_for_a_file_written_over(
    tmp_path: Path,
) -> None:
    """While another program brings it in, or when it was killed at that: the file is too short."""
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    workspace.settle()
    assert workspace.astray == ""
    add_article(workspace, "Many words. " * 20_000)
    size = path.stat().st_size
    run([sys.executable, "-c", BEGUN, str(path)], check=True)
    assert path.stat().st_size == size
    assert workspace.astray == ""
    mark(workspace, "claim", (0, 3))
    assert workspace.check() == []
    workspace.settle()
    assert path.stat().st_size > size
    assert workspace.astray == ""
    workspace.close()


def test_a_file_moved_under_a_program_that_was_killed_is_told_from_one_that_never_was(
    tmp_path: Path,
) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    mark(workspace, "claim", (0, 3))
    path.rename(tmp_path / "q.annotator")
    with pytest.raises(ProjectFault, match="Give the file its old name and place again"):
        Workspace.open(path)
    (tmp_path / "q.annotator").rename(path)
    assert workspace.astray == ""
    mark(workspace, "claim", (3, 6))
    with Workspace.open(path) as again:
        assert sum(again.count("mark").values()) == 2
    workspace.close()


def test_the_file_alone_has_everything_once_nothing_is_done_for_a_while(tmp_path: Path) -> None:
    """Whoever copies a project with a file manager copies the file and not the log."""
    path, copy = tmp_path / "p.annotator", tmp_path / "copy.annotator"
    workspace = small_project(path)
    mark(workspace, "claim", (0, 3))
    workspace.settle()
    run([sys.executable, "-c", COPY, str(path), str(copy)], check=True)
    with Workspace.open(copy) as copied:
        assert sum(copied.count("mark").values()) == 1
        assert copied.check() == []
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
