"""What is not a project is refused in one sentence and left as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core.codebook import Start
from annotator.core.errors import AnnotatorError, NotAllowed, ProjectFault
from annotator.store.driver import connect, sqlite3
from annotator.store.file import opening
from annotator.store.project import ProjectFile
from annotator.workspace import Workspace
from tests.workshop import SEED_000, mark, seed, small_project, start


def foreign_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()


def newer_project(path: Path) -> None:
    small_project(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def interrupted_project(path: Path) -> None:
    """As creation leaves it when it is killed before there is a schema."""
    path.touch()
    connection = connect(path)
    connection.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def cut_project(path: Path) -> None:
    small_project(path).close()
    path.write_bytes(path.read_bytes()[:5000])


def text_file(path: Path) -> None:
    path.write_text("Lavrov said no.\n" * 100, encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (foreign_database, "is a database of another program, not an Annotator project."),
        (text_file, "is not an Annotator project."),
        (Path.touch, "is an empty file, not an Annotator project."),
        (newer_project, "was made by a newer Annotator (format 99"),
        (interrupted_project, "was not made completely; delete it and make it anew."),
        (cut_project, ""),
    ],
)
def test_what_is_no_project_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], says: str
) -> None:
    path = tmp_path / "p.annotator"
    make(path)
    before = path.read_bytes()
    with pytest.raises(ProjectFault) as caught:
        Workspace.open(path, "Ada")
    assert says in str(caught.value)
    assert "p.annotator" in str(caught.value)
    assert str(caught.value).endswith(".")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_project_without_a_codebook_was_not_made_completely(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    ProjectFile.create(path).close()
    for analyst in ("Ada", None):
        with pytest.raises(ProjectFault, match="was not made completely"):
            Workspace.open(path, analyst)
    assert [file.name for file in tmp_path.iterdir()] == ["p.annotator"]


def test_a_missing_file_is_not_made_by_opening_it(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    with pytest.raises(ProjectFault, match="does not exist; make it with “annotator new"):
        Workspace.open(path, "Ada")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_a_project(tmp_path: Path) -> None:
    with pytest.raises(ProjectFault, match="is a folder"):
        Workspace.open(tmp_path, "Ada")


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    text_file(path)
    before = path.read_bytes()
    with pytest.raises(ProjectFault, match="exists already"):
        Workspace.create(path, start(), "Ada")
    assert path.read_bytes() == before


def test_a_folder_that_is_missing_or_none(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for folder in (tmp_path / "missing", file):
        with pytest.raises(ProjectFault, match="cannot be created: N"):
            Workspace.create(folder / "p.annotator", start(), "Ada")


@pytest.mark.parametrize("fails", ["schema", "records"])
def test_what_could_not_be_made_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    expected: type[AnnotatorError] = NotAllowed
    if fails == "schema":
        expected = ProjectFault
        monkeypatch.setattr("annotator.store.file.migrations._START", "CREATE NONSENSE")
    with pytest.raises(expected):
        Workspace.create(tmp_path / "p.annotator", start(), "Ada", [seed(SEED_000)] * 2)
    assert list(tmp_path.iterdir()) == []


def test_a_project_of_an_older_schema_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    now = opening.VERSION
    monkeypatch.setattr(opening, "VERSION", now + 1)
    workspace = Workspace.open(path, "Ada")
    mark(workspace, "claim", (0, 3))
    workspace.close()
    monkeypatch.setattr(opening, "VERSION", now)
    with pytest.raises(ProjectFault, match=f"format {now + 1}, this program knows {now}"):
        Workspace.open(path)


def test_two_programs_make_one_project_once(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    first = ProjectFile.create(path)
    with pytest.raises(ProjectFault, match="exists already"):
        ProjectFile.create(path)
    first.close()


def test_a_start_without_actors_and_issues_is_a_start(tmp_path: Path) -> None:
    bare = Start(start().codebook, (), ())
    workspace = Workspace.create(tmp_path / "p.annotator", bare, "Ada")
    assert (workspace.actors(), workspace.issues(), workspace.check()) == ([], [], [])
    workspace.close()


def test_an_awkward_name_is_only_a_name(tmp_path: Path) -> None:
    path = tmp_path / "50% of ünicode? #1 & more.annotator"
    small_project(path).close()
    workspace = Workspace.open(path, "Ada")
    assert len(workspace.articles()) == 1
    workspace.close()
    assert list(tmp_path.iterdir()) == [path]
