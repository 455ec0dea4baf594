"""What was acknowledged is on disk, and what cannot be written is not half written."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.errors import NotAllowed, ProjectFault
from annotator.core.marking import set_note
from annotator.workspace import Workspace
from tests.store.processes import ROOT, go_on, line, start_writer
from tests.workshop import add_article, mark, small_project

KILLS = 5


def test_killing_the_program_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    acknowledged: list[int] = []
    for _ in range(KILLS):
        writer = start_writer(path, "Bo", 10_000)
        go_on(writer)
        acknowledged += [int(line(writer)) for _ in range(random.randint(45, 90))]
        writer.kill()
        remaining, _ = writer.communicate()
        # The last line may be cut in the middle.
        acknowledged += [int(whole) for whole in remaining.split("\n")[:-1]]
    assert len(acknowledged) >= 200
    workspace = Workspace.open(path)
    assert {revision.id for revision in workspace.history()} >= set(acknowledged)
    assert workspace.check() == []
    workspace.close()


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    workspace = small_project(path)
    connection = workspace._file.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    before: list[int] = []

    def fill_the_disk() -> None:
        for n in range(1000):
            before[:] = [revision.id for revision in workspace.history()]
            mark(workspace, "claim", (n % 50, n % 50 + 1))

    with pytest.raises(ProjectFault, match=r"Not saved: the disk that p\.annotator is on is full"):
        fill_the_disk()
    assert [revision.id for revision in workspace.history()] == before
    assert workspace.check() == []
    connection.execute("PRAGMA max_page_count = 1000000")
    mark(workspace, "claim", (0, 3))
    assert len(list(workspace.history())) == len(before) + 1
    assert workspace.check() == []
    workspace.close()


def test_an_article_that_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    connection = workspace._file.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(ProjectFault, match="Not saved"):
        add_article(workspace, "A long text. " * 100_000)
    assert len(workspace.articles()) == 1
    assert connection.execute("SELECT count(*) FROM text").fetchone() == (1,)
    workspace.close()


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    """What a text field can hand over when an emoji was cut in two."""
    workspace = small_project(tmp_path / "p.annotator")
    made = mark(workspace, "claim", (0, 3))
    now = workspace.page(made.article).mark(made.id)
    before = [revision.id for revision in workspace.history()]
    with pytest.raises(NotAllowed, match="Half a character"):
        workspace.do(set_note(now, "\ud83d"))
    assert [revision.id for revision in workspace.history()] == before
    workspace.close()


def test_a_damaged_row_is_said_in_words(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    made = mark(workspace, "claim", (0, 3))
    workspace._file.connection.execute("UPDATE mark SET fragments = 'no JSON'")
    with pytest.raises(ProjectFault, match="“annotator check” says where"):
        workspace.page(made.article)
    workspace.close()


WITHOUT_PYSQLITE = """
import sys
sys.modules["pysqlite3"] = None
from pathlib import Path
from annotator.store.driver import sqlite3
from annotator.workspace import Workspace
from tests.workshop import mark, small_project

assert sqlite3.__name__ == "sqlite3"
path = Path(sys.argv[1])
workspace = small_project(path)
made = mark(workspace, "claim", (0, 3))
workspace.undo()
workspace.redo()
workspace.remove(workspace.articles()[:1])
workspace.undo()
workspace.close()
workspace = Workspace.open(path, "Ada")
print(len(workspace.page(made.article).marks), workspace.check())
workspace.close()
"""


def test_pythons_own_sqlite_serves_where_there_is_no_pysqlite(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT_PYSQLITE, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr) == ("1 []\n", "")
    workspace = Workspace.open(path)  # and the other library reads it
    assert workspace.check() == []
    workspace.close()
