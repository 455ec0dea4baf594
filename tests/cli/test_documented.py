"""The commands of the documents do what the documents say, one after the other as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from annotator import paths
from annotator.cli import main
from annotator.commands import entering
from annotator.core import articles
from annotator.workspace import Workspace
from tests.store.teams import claim_by, the_article
from tests.workshop import add_article, start

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WITH_QT = {"picture", "demo", "open", "seeds"}


def commands_of(document: str) -> list[list[str]]:
    """The words of each command that needs no window, with names of files spelled out."""
    text = "\n".join(_BLOCK.findall((ROOT / document).read_text(encoding="utf-8")))
    found = []
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["annotator"] and len(words) > 1 and words[1] not in _WITH_QT:
            found.append(words[1:])
    return [words for words in found if not words[0].endswith(".annotator")]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(paths.seeds(), tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config"))
    return tmp_path


def run(words: list[str], captured: pytest.CaptureFixture[str]) -> str:
    spelled = [
        name
        for word in words
        for name in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
    ]
    code, (out, err) = main(spelled), captured.readouterr()
    assert code == 0, (words, err)
    assert "Nothing found" not in out, words
    return err


def test_the_readme(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in commands_of("README.md"):
        if words[0] == "merge":  # what Bo did in the meantime
            with Workspace.open(folder / words[2], "Bo") as bo:
                claim_by(bo, 0, 9)
        run(words, capsys)
    assert {path.name for path in folder.iterdir()} > {"summit.xlsx", "gold.json", "round.html"}


def test_a_round_of_review(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/review.md, by whoever made the project; it is blind from the second command on."""
    monkeypatch.setattr(entering, "me", lambda: "rita")
    with Workspace.create(folder / "summit.annotator", start(), "rita") as rita:
        for number in range(4):
            add_article(rita, f"“Not now,” she said {number} times.\n", f"Talks {number}")
    for words in commands_of("docs/review.md"):
        if words[0] == "merge" and "--dry-run" in words:
            with Workspace.open(folder / "ben.annotator", "Ben") as ben:
                claim_by(ben, 0, 9)
                now = the_article(ben)
                ben.do(articles.set_progress(now, ben.analyst.id, None, "done"))
        assert "blind" not in run(words, capsys)
    with Workspace.open(folder / "summit.annotator", "rita") as rita:
        assert {a.name for a in rita.analysts()} == {"Ada", "Ben", "rita"}
        assert rita.count("mark")
