"""The commands of a team: who marks what, files that go out, files that come back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.commands.entering import PASSPHRASE
from annotator.workspace import Workspace
from tests.store.teams import claim_by, team_project, the_article


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "p.annotator"
    team_project(path, "Ada", "Bo").close()
    return path


def said(capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> str:
    assert main([str(word) for word in words]) == code
    out, err = capsys.readouterr()
    return err if code else out


def test_a_hand_off_goes_out_and_comes_back(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by = ("--analyst", "Rita")
    said(capsys, "team", project, "--assign", "Bo", *by)
    bo_file = tmp_path / "bo.annotator"
    assert "1 article for Bo" in said(capsys, "handoff", project, "--to", "Bo", "-o", bo_file, *by)
    with Workspace.open(bo_file, "Bo") as bo:
        claim_by(bo, 0, 23)
    dry = said(capsys, "merge", project, bo_file, "--dry-run", *by)
    assert "would bring in 1 step, 1 new statement, 1 new mark" in dry
    assert "bo.annotator: 1 step, 1 new statement, 1 new mark" in said(
        capsys, "merge", project, bo_file, *by
    )
    assert "nothing new" in said(capsys, "merge", project, bo_file, *by)
    assert "sound" in said(capsys, "check", project)
    assert "exists already" in said(
        capsys, "handoff", project, "--to", "Bo", "-o", bo_file, *by, code=1
    )


def test_a_merge_is_told_as_json_and_goes_on_after_a_file_that_cannot_be(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, none = tmp_path / "other.annotator", tmp_path / "none.annotator"
    shutil.copyfile(project, other)
    with Workspace.open(other, "Cid") as cid:
        claim_by(cid, 0, 23)
    assert main(["merge", str(project), str(none), str(other), "--json", "--analyst", "Rita"]) == 1
    out, err = capsys.readouterr()
    assert "does not exist" in err
    (report,) = json.loads(out)
    assert (report["file"], report["analysts"], report["new"]["mark"]) == (
        "other.annotator",
        ["Cid"],
        1,
    )


def test_the_state_of_a_team_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("team", project, "--analyst", "Rita")
    out = said(capsys, *words, "--blind", "on", "--assign", "Ada", "Bo", "--each", "1")
    assert out.startswith("p.annotator: blind\n")
    assert "Rita, reviewer: 0 assigned" in out
    assert out.count("1 assigned, 1 new") == 1
    assert "Bo, reviewer" in said(capsys, *words, "--reviewer", "Bo")
    assert "Bo, reviewer" not in said(capsys, *words, "--no-reviewer", "Bo")
    assert "only reviewer" in said(capsys, *words, "--no-reviewer", "Rita", code=1)
    assert "Reviewers assign" in said(
        capsys, "team", project, "--analyst", "Bo", "--assign", "Ada", "Bo", code=1
    )


def test_a_passphrase_comes_from_the_environment(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(project, "Bo") as bo:
        bo.set_passphrase("", "open sesame")
        claim_by(bo, 0, 23)
        article = the_article(bo)
    export = ("export", project, "-o", "-", "--analyst", "Bo")
    assert "passphrase of Bo is needed" in said(capsys, *export, code=1)
    monkeypatch.setenv(PASSPHRASE, "open sesame")
    assert str(article) in said(capsys, *export)
    assert "scrypt" not in said(capsys, *export)
