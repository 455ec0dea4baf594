"""``annotator backup``, ``restore`` and ``repair``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.workspace import Workspace
from tests.workshop import mark, small_project

OLD = Path(__file__).parents[1] / "store" / "projects" / "version-1.annotator"


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(words) == code
    out, err = capsys.readouterr()
    return err if code and not out else out


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "p.annotator"
    with small_project(path) as workspace:
        mark(workspace, "claim", (0, 3))
    return path


def marks(path: Path) -> int:
    with Workspace.open(path) as workspace:
        return sum(workspace.count("mark").values())


def test_a_backup_is_made_listed_and_brought_back(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "There are no backups in" in said(capsys, "backup", str(project), "--list")
    assert "looked through and sound" in said(capsys, "backup", str(project))
    assert "the newest backup has everything" in said(capsys, "backup", str(project))
    with Workspace.open(project, "Ada") as workspace:
        mark(workspace, "claim", (3, 6))
    listed = said(capsys, "backup", str(project), "--list")
    assert "1 step since" in listed
    backup = listed.split("since  ")[1].strip()
    told = said(capsys, "restore", str(project), backup)
    aside = Path(told.split("What was there is now ")[1].strip().removesuffix("."))
    assert (marks(project), marks(aside)) == (1, 2)


def test_a_backup_goes_where_it_is_told_and_overwrites_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "mine.annotator"
    said(capsys, "backup", str(project), "-o", str(to))
    assert marks(to) == 1
    assert "exists already" in said(capsys, "backup", str(project), "-o", str(to), code=1)
    assert "does not exist" in said(capsys, "backup", str(tmp_path / "none.annotator"), code=1)


def test_a_repair_says_what_is_missing_and_takes_it_from_the_backup(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup", str(project))
    whole = project.read_bytes()
    project.write_bytes(whole[: len(whole) * 3 // 4])
    new, alone = str(tmp_path / "new.annotator"), str(tmp_path / "alone.annotator")
    assert "came from the backup" in said(capsys, "repair", str(project), "-o", new)
    assert marks(Path(new)) == 1
    main(["repair", str(project), "-o", alone, "--no-backup"])
    assert "came from" not in capsys.readouterr().out
    assert project.read_bytes() == whole[: len(whole) * 3 // 4]
    words = ("repair", str(project), "-o", alone, "--no-backup", "--backup", new)
    assert "Say either" in said(capsys, *words, code=1)


def test_an_old_project_is_kept_as_it_was_and_that_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.annotator"
    shutil.copyfile(OLD, path)
    assert main(["info", str(path)]) == 0
    told = capsys.readouterr().err
    assert "has been brought up to date; as it was it is kept as" in told
    assert str(tmp_path / "p backups" / "p in format 1, ") in told
    assert main(["info", str(path)]) == 0
    assert capsys.readouterr().err == ""
