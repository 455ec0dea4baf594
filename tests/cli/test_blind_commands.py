"""A blind project on the command line: no answer is empty without a word of why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.commands import entering
from annotator.core import articles
from annotator.core.review import commenting, judging
from annotator.core.review.procedure import set_procedure
from annotator.workspace import Workspace
from tests.store.teams import claim_by, team_project, the_article

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ada and Bo are done, Rita has decided; whoever uses this computer has not joined."""
    monkeypatch.setattr(entering, "me", lambda: "somebody")
    path = tmp_path / "p.annotator"
    rita = team_project(path, "Ada", "Bo", "Cid")
    article = the_article(rita)
    for name in ("Ada", "Bo"):
        with rita.as_analyst(name) as analyst:
            said = claim_by(analyst, 0, 23)
            analyst.do(articles.set_progress(article, analyst.analyst.id, None, "done"))
    rita.do(judging.take(rita.docket(article), [said.id], [said.id], rita.new_id))
    rita.do(set_procedure(rita.procedure(), blind=True))
    rita.close()
    return path


def run(captured: Captured, *words: object, code: int = 0) -> tuple[str, str]:
    assert main([str(word) for word in words]) == code
    out, err = captured.readouterr()
    return out, err


EVERY = [
    ("info",),
    ("agreement", "--no-intervals"),
    ("report", "-o", "round.csv"),
    ("search", "discussed"),
    ("history",),
]
EXPORTS = [("-o", "-"), ("-o", "-", "--format", "doccano"), ("-o", "x.jsonl"), ()]


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_what_is_hidden_is_said(
    project: Path,
    words: tuple[str, ...],
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(project.parent)
    command, *more = words
    _, err = run(capsys, command, project, *more)
    assert "p.annotator is blind: marks, statements, progress, comments, gold and" in err
    assert "say who is looking with --analyst NAME" in err
    _, err = run(capsys, command, project, *more, "--analyst", "Rita")
    assert "is blind:" not in err
    _, err = run(capsys, command, project, *more, "--analyst", "Cid")
    assert "on articles that Cid has not called done, what others did, gold and" in err


@pytest.mark.parametrize("words", EXPORTS, ids=" ".join)
def test_nothing_is_exported_for_nobody(
    project: Path,
    words: tuple[str, ...],
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file that looks like one of a project without work would be taken for one."""
    monkeypatch.chdir(project.parent)
    there = sorted(project.parent.iterdir())
    out, err = run(capsys, "export", project, *words, code=1)
    assert out == ""
    assert "p.annotator is blind: marks, statements, progress, comments, gold and" in err
    assert "say who is looking with --analyst NAME. There are Ada, Bo, Cid, Rita." in err
    assert sorted(project.parent.iterdir()) == there
    _, err = run(capsys, "export", project, *words, "--analyst", "Rita")
    assert "is blind:" not in err
    _, err = run(capsys, "export", project, *words, "--analyst", "Cid")
    assert "on articles that Cid has not called done, what others did, gold and" in err


def test_a_check_says_only_what_it_found(project: Path, capsys: Captured) -> None:
    out, err = run(capsys, "check", project)
    assert out.endswith("p.annotator: sound\n")
    assert err == ""


def test_what_stays_behind_with_other_layers_is_told(project: Path, capsys: Captured) -> None:
    with Workspace.open(project, "Rita") as rita:
        docket = rita.docket(the_article(rita))
        for page in docket.pages.values():
            (about,) = page.statements.values()
            rita.do(commenting.comment(about, "Is this right?", rita.new_id())[0])
    chosen = ("export", project, "-o", "-", "--layer", "gold", "--analyst", "Rita")
    _, err = run(capsys, *chosen)
    assert "as one layer was asked for: 2 comments on other layers; 1 thing of other layers," in err
    _, err = run(capsys, *chosen, "--format", "doccano")
    assert "as one layer was asked for: 2 comments on other layers\n" in err
    _, err = run(capsys, "export", project, "-o", "-", "--analyst", "Rita")
    assert err == ""


@pytest.mark.parametrize(
    "words",
    [
        ("export", "-o", "-", "--layer", "gold"),
        ("export", "-o", "-", "--layer", "Ada"),
        ("agreement", "--layers", "Ada,gold"),
        ("report", "-o", "round.csv", "--layers", "Ada,Bo"),
    ],
    ids=" ".join,
)
def test_a_layer_of_which_nothing_is_shown_is_refused(
    project: Path, words: tuple[str, ...], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    command, *more = words
    out, err = run(capsys, command, project, *more, code=1)
    assert out == ""
    assert "p.annotator is blind" in err
    assert ("Nothing was written" if command == "export" else "can be shown") in err
    _, err = run(capsys, command, project, *more, "--analyst", "Cid", code=1)
    assert "can be shown: p.annotator is blind" in err
    run(capsys, command, project, *more, "--analyst", "Ada")


def test_who_uses_the_computer_is_meant_if_they_have_joined(
    project: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entering, "me", lambda: "Rita")
    out, err = run(capsys, "export", project, "-o", "-", "--layer", "gold")
    (article,) = json.loads(out)["articles"]
    assert [layer["layer"] for layer in article["layers"]] == ["gold"]
    assert "is blind" not in err
    with Workspace.open(project, "Rita") as rita:
        rita.set_passphrase("", "sesame")
    out, err = run(capsys, "info", project)
    assert "until you say who is looking" in err
    monkeypatch.setenv(entering.PASSPHRASE, "sesame")
    out, err = run(capsys, "info", project)
    assert err == ""
    assert "gold: 1 statement" in out


def test_an_open_project_is_told_nothing_of(
    project: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entering, "me", lambda: "Rita")
    with Workspace.open(project, "Rita") as rita:
        rita.do(set_procedure(rita.procedure(), blind=False))
    out, err = run(capsys, "info", project)
    assert err == ""
    assert "gold: 1 statement" in out
