"""Two windows or two programs on one project: nothing is lost, each sees what the other does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.store import journal
from annotator.workspace import Workspace
from tests.store.processes import go_on, line, saved, start_writer
from tests.workshop import mark, small_project

MARKS = 200


def listen(workspace: Workspace) -> list[int]:
    heard: list[int] = []
    workspace.subscribe(lambda revision: heard.append(revision.id))
    return heard


def sequences(workspace: Workspace) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for revision in workspace.history():
        found.setdefault(revision.replica, []).append(revision.sequence)
    return {replica: sorted(numbers) for replica, numbers in found.items()}


def test_two_programs_at_full_speed_lose_nothing_and_hear_each_other(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    writers = [start_writer(path, name, MARKS) for name in ("Bo", "Cy")]
    for writer in writers:
        go_on(writer)
    acknowledged = [saved(writer) for writer in writers]
    for writer in writers:
        go_on(writer)
    heard = [json.loads(line(writer)) for writer in writers]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    for writer in writers:
        assert writer.stdin
        assert writer.stdout
        writer.stdin.close()
        writer.stdout.close()

    assert [len(ids) for ids in acknowledged] == [MARKS, MARKS]
    workspace = Workspace.open(path)
    joined = {revision.id for revision in workspace.history() if revision.action == "start"}
    for ids in heard:
        assert sorted({*ids} - joined) == sorted(acknowledged[0] + acknowledged[1])
        assert len(set(ids)) == len(ids)
    there = {revision.id for revision in workspace.history()}
    assert there >= {*acknowledged[0], *acknowledged[1]}
    for numbers in sequences(workspace).values():
        assert numbers == list(range(1, len(numbers) + 1))
    page = [workspace.page(workspace.articles()[0].id, a.id) for a in workspace.analysts()]
    assert sorted(len(p.marks) for p in page) == [0, MARKS, MARKS]
    assert workspace.check() == []
    workspace.close()


def test_two_windows_hear_each_other_exactly_once(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    ada, bo = small_project(path), Workspace.open(path, "Bo")
    ada.poll()
    told = listen(ada), listen(bo)
    made: list[int] = []
    rhythm = [ada, bo, bo, ada, ada, bo, ada, bo, bo, bo, ada]
    for n, workspace in enumerate(rhythm * 6):
        made.append(mark(workspace, "claim", (n % 50, n % 50 + 1)).id)
        if n % 5 == 0:
            ada.poll()
        if n % 7 == 0:
            bo.poll()
    ada.poll()
    bo.poll()
    assert (ada.poll(), bo.poll()) == (0, 0)
    newest = sorted(revision.id for revision in ada.history(len(made)))
    assert sorted(told[0]) == newest
    assert sorted(told[1]) == newest
    assert ada.check() == []
    ada.close()
    bo.close()


def test_what_is_written_while_listening_is_heard_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.annotator"
    ada, bo = small_project(path), Workspace.open(path, "Bo")
    ada.poll()
    told = listen(ada)
    mark(bo, "claim", (0, 3))

    def since_and_then_some(*arguments: object, **more: object) -> object:
        found = since(*arguments, **more)  # type: ignore[arg-type]
        monkeypatch.undo()
        mark(bo, "claim", (3, 6))
        return found

    since = journal.since
    monkeypatch.setattr(journal, "since", since_and_then_some)
    ada.poll()
    ada.poll()
    assert sorted(told) == sorted(revision.id for revision in ada.history(2))
    ada.close()
    bo.close()


def test_what_is_written_while_opening_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.annotator"
    bo = small_project(path, "Bo")
    known = journal.known

    def known_and_then_some(*arguments: object) -> object:
        found = known(*arguments)  # type: ignore[arg-type]
        monkeypatch.undo()
        mark(bo, "claim", (0, 3))
        return found

    monkeypatch.setattr(journal, "known", known_and_then_some)
    ada = Workspace.open(path)
    assert ada.poll() == 1
    ada.close()
    bo.close()


def test_own_work_is_not_kept_in_mind(tmp_path: Path) -> None:
    """A day's work alone must not make the first look at someone else's slow."""
    workspace = small_project(tmp_path / "p.annotator")
    for n in range(5):
        mark(workspace, "claim", (n, n + 1))
    assert workspace._file._own == set()
    workspace.close()


SECOND_WINDOW = """
import subprocess, sys
sys.modules["pysqlite3"] = None  # the standard library's SQLite, which depends on the lock most
from pathlib import Path
from annotator.workspace import Workspace
from tests.workshop import mark

path = Path(sys.argv[1])
if sys.argv[2] == "other":
    other = Workspace.open(path, "Bo")
    mark(other, "claim", (0, 3))
    other.close()
else:
    first = Workspace.open(path, "Ada")
    mark(first, "claim", (0, 3))
    Workspace.open(path, "Ada").close()
    subprocess.run([sys.executable, __file__, sys.argv[1], "other"], check=True)
    mark(first, "claim", (3, 6))
    subprocess.run([sys.executable, __file__, sys.argv[1], "other"], check=True)
    mark(first, "claim", (6, 9))
    first.close()
"""


def test_a_second_window_does_not_drop_the_first_ones_lock(tmp_path: Path) -> None:
    """Closing any handle of a file drops all of a process's locks on it (POSIX).

    Another program then takes itself for the last one, removes the write-ahead log at its end,
    and what the first window writes after that is lost.
    """
    path = tmp_path / "p.annotator"
    small_project(path).close()
    script = tmp_path / "second_window.py"
    script.write_text(SECOND_WINDOW, encoding="utf-8")
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""}
    subprocess.run([sys.executable, str(script), str(path), "first"], check=True, env=environment)
    workspace = Workspace.open(path)
    marks = [
        len(workspace.page(workspace.articles()[0].id, a.id).marks) for a in workspace.analysts()
    ]
    assert sorted(marks) == [2, 3]
    workspace.close()
