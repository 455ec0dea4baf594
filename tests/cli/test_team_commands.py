"""The commands of a team: who marks what, files that go out, files that come back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.commands import entering, team
from annotator.commands.entering import PASSPHRASE
from annotator.core import articles
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


def test_who_looks_need_not_say_who_they_are(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entering, "me", lambda: "somebody")
    monkeypatch.setattr(team, "me", lambda: "somebody")
    out = said(capsys, "team", project)
    assert "Rita, reviewer: 0 assigned" in out
    assert "somebody" not in out
    said(capsys, "team", project, "--analyst", "Rita", "--blind", "on")
    assert "how far others are is hidden here" in said(capsys, "team", project)
    assert "hidden here" not in said(capsys, "team", project, "--analyst", "Rita")


def test_numbers_that_are_hidden_are_not_made_up(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entering, "me", lambda: "somebody")
    monkeypatch.setattr(team, "me", lambda: "somebody")
    by = ("--analyst", "Rita")
    said(capsys, "team", project, "--blind", "on", "--assign", "Ada", "Bo", *by)
    is_done(project, "Ada")
    whole = said(capsys, "team", project, *by)
    assert "Ada: 1 assigned, 0 new, 0 in progress, 1 done, 0 reopened" in whole
    nobody, bo = said(capsys, "team", project), said(capsys, "team", project, "--analyst", "Bo")
    assert "Ada: 1 assigned, hidden\nBo: 1 assigned, hidden\n" in nobody
    assert "Ada: 1 assigned, hidden\nBo: 1 assigned, 1 new" in bo
    own = tmp_path / "bo.annotator"
    said(capsys, "handoff", project, "--to", "Bo", "-o", own, *by)
    is_done(own, "Bo")
    handed = said(capsys, "team", own, "--analyst", "Bo")
    assert "how far others are is not in this file" in handed
    assert "Ada: 1 assigned, hidden\nBo: 1 assigned, 0 new, 0 in progress, 1 done" in handed
    is_done(project, "Bo")
    assert "Ada: 1 assigned, 0 new" in said(capsys, "team", project, "--analyst", "Bo")


def is_done(project: Path, name: str) -> None:
    with Workspace.open(project, name) as analyst:
        article = the_article(analyst)
        analyst.do(articles.set_progress(article, analyst.analyst.id, None, "done"))


def test_the_only_reviewer_is_meant_when_nobody_is_named(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entering, "me", lambda: "somebody")
    said(capsys, "team", project, "--assign", "Bo")
    said(capsys, "handoff", project, "--to", "Bo", "-o", tmp_path / "bo.annotator")
    said(capsys, "merge", project, tmp_path / "bo.annotator", "--dry-run")
    with Workspace.open(project, "Rita") as rita:
        assert rita.next_undo() == "Assign 1 article"
        assert {a.name for a in rita.analysts()} == {"Ada", "Bo", "Rita"}
    said(capsys, "team", project, "--reviewer", "Bo")
    told = said(capsys, "team", project, "--blind", "on", code=1)
    assert "Nobody in p.annotator is called somebody" in told
    assert "Ada, Bo, Rita" in told
    monkeypatch.setattr(entering, "me", lambda: "Bo")
    assert said(capsys, "team", project, "--blind", "on").startswith("p.annotator: blind")


def test_a_number_to_assign_to_needs_names(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "named with --assign" in said(capsys, "team", project, "--each", "2", code=1)


def steps(project: Path) -> int:
    with Workspace.open(project) as workspace:
        return len(list(workspace.history()))


@pytest.mark.parametrize(
    "words",
    [
        ("--assign", "Zed"),
        ("--assign", "Ada", "Zed", "--add", "Cid"),
        ("--assign", "Ada", "--each", "2"),
        ("--reviewer", "Zed"),
        ("--no-reviewer", "Rita", "--add", "Cid"),
        ("--add", "Cid", "Ada"),
        ("--add", "Cid", "Cid"),
        ("--add", "gold"),
        ("--clear-passphrase", "Zed"),
    ],
)
def test_what_fails_changes_nothing(
    project: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    before = steps(project)
    said(capsys, "team", project, "--blind", "on", *words, "--analyst", "Rita", code=1)
    assert steps(project) == before


def test_all_that_is_asked_for_is_one_step(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = steps(project)
    words = ("--blind", "on", "--add", "Cid", "Dee", "--assign", "Cid", "Ada", "--reviewer", "Dee")
    out = said(capsys, "team", project, *words, "--analyst", "Rita")
    assert steps(project) == before + 1
    assert out.startswith("p.annotator: blind\n")
    assert "Cid: 1 assigned" in out
    assert "Dee, reviewer: 0 assigned" in out
    with Workspace.open(project, "Rita") as rita:
        joined = {a.name for a in rita.analysts()}
        rita.undo()
        assert {a.name for a in rita.analysts()} == joined - {"Cid", "Dee"}
        assert rita.check() == []


def test_a_passphrase_is_taken_away_in_a_step_of_its_own(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reviewer cannot give it back, so an undo passes that step over."""
    with Workspace.open(project, "Ada") as ada:
        ada.set_passphrase("", "lost")
    before = steps(project)
    words = ("--clear-passphrase", "Ada", "--add", "Cid", "--analyst", "Rita")
    said(capsys, "team", project, *words)
    assert steps(project) == before + 2
    with Workspace.open(project, "Rita") as rita:
        assert not any(rita.has_passphrase(a.id) for a in rita.analysts())
        rita.undo()
        rita.undo()
        assert "Cid" not in {a.name for a in rita.analysts()}
        assert not any(rita.has_passphrase(a.id) for a in rita.analysts())


def test_analysts_are_listed_by_name(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "team", project, "--add", "zoe", "Abe", "Cid", "--analyst", "Rita")
    first, *lines = out.splitlines()
    assert first == "p.annotator: not blind"
    assert [line.split(":")[0].split(",")[0] for line in lines] == [
        *("Abe", "Ada", "Bo", "Cid", "Rita", "zoe")
    ]


def test_who_is_added_is_the_same_on_every_copy(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.annotator"
    shutil.copyfile(project, copy)
    said(capsys, "team", project, "--add", "Cid", "--analyst", "Rita")
    with Workspace.open(copy, "Cid") as cid:
        claim_by(cid, 0, 23)
    assert "1 new mark" in said(capsys, "merge", project, copy, "--analyst", "Rita")
    assert said(capsys, "team", project, "--analyst", "Rita").count("Cid") == 1


def test_a_name_that_nobody_has_is_told_with_what_helps(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    err = said(capsys, "team", project, "--assign", "Zed Z", "--analyst", "Rita", code=1)
    assert "No analyst is called Zed Z; there are" in err
    assert f"annotator team {project} --add 'Zed Z'" in err


def test_who_joins_by_an_import_is_told_so(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("A new text.\n")
    for told in (True, False):
        main(["import", str(project), str(tmp_path / "a.txt"), "--analyst", "Dora"])
        err = capsys.readouterr().err
        assert ("annotator: Dora is a new analyst of p.annotator." in err) == told
