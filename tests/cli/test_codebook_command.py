"""``annotator codebook``: out as a file, and a changed file back in."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.cli import main
from annotator.core.codebook import parse
from annotator.workspace import Workspace
from tests.workshop import mark, small_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "a.annotator"
    with small_project(path) as workspace:
        mark(workspace, "claim", (0, 23))
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_out_and_in_changes_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "book.toml"
    assert main(["codebook", str(project), "-o", str(file)]) == 0
    assert lines(capsys) == [str(file)]
    text = file.read_text(encoding="utf-8")
    assert "[actors" not in text
    assert parse(text, "it").codebook.name == "Statements in the news"
    assert main(["codebook", str(project), "--apply", str(file), "--analyst", "Ada"]) == 0
    assert lines(capsys) == [f"{project}: nothing to change"]
    assert main(["codebook", str(project), "--actors"]) == 0
    assert "[actors.vladimir_putin]" in capsys.readouterr().out


def test_a_changed_file_is_told_then_done_then_undone(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "book.toml"
    main(["codebook", str(project), "-o", str(file)])
    text = file.read_text(encoding="utf-8").replace('name = "Claim"\nkey', 'name = "Said"\nkey')
    file.write_text(text, encoding="utf-8")
    capsys.readouterr()
    told = "kind “Claim” (claim): renamed “Said”, used by 1 mark in 1 article"
    before = project.read_bytes()
    assert main(["codebook", str(project), "--apply", str(file), "--dry-run"]) == 0
    assert lines(capsys) == [told, "Nothing was changed."]
    assert project.read_bytes() == before
    assert main(["codebook", str(project), "--apply", str(file), "--analyst", "Ada"]) == 0
    assert lines(capsys) == [told, f"{project}: one step, which can be undone"]
    with Workspace.open(project, "Ada") as workspace:
        assert workspace.codebook.kinds["claim"].name == "Said"
        assert workspace.next_undo() == "Codebook from book.toml"
        workspace.undo()
        assert workspace.codebook.kinds["claim"].name == "Claim"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--dry-run"], "--dry-run belongs to --apply FILE."),
        (["--apply", "nowhere.toml"], "The codebook nowhere.toml cannot be read"),
        (["--apply", "x.toml", "--actors"], "Choose one."),
    ],
)
def test_what_cannot_be_is_said(
    project: Path, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["codebook", str(project), *words]) == 1
    assert says in capsys.readouterr().err


def test_a_file_that_marks_stand_against_changes_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "book.toml"
    main(["codebook", str(project), "-o", str(file)])
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('kinds = ["claim"]', 'kinds = ["cue"]'), encoding="utf-8")
    capsys.readouterr()
    assert main(["codebook", str(project), "--apply", str(file), "--analyst", "Ada"]) == 1
    assert capsys.readouterr().err == (
        "annotator: book.toml: Statements still hold a claim as their claim:"
        " 1 statement in 1 article needs it.\n"
    )
