"""The program as others start it: exit codes, streams, encodings, and no Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workshop import mark, seeds_project, small_project

ROOT = Path(__file__).parents[2]
WITHOUT_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"{name} is not here", name=name)

sys.meta_path.insert(0, NoQt())
from annotator.cli import main
code = main(sys.argv[1:])
assert not {"PySide6", "shiboken6"} & {name.partition(".")[0] for name in sys.modules}
sys.exit(code)
"""
START = {"program": ["-m", "annotator"], "without Qt": ["-c", WITHOUT_QT]}
ALL_BUT_QT = """
import sys
from annotator.cli import main
code = main(sys.argv[1:])
assert not {"PySide6", "shiboken6"} & {name.partition(".")[0] for name in sys.modules}
sys.exit(code)
"""


def run(*words: str, start: list[str] | None = None, **variables: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *(start or START["program"]), *words],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.mark.parametrize("start", [*START.values(), ["-c", ALL_BUT_QT]], ids=[*START, "unloaded"])
def test_a_days_work(tmp_path: Path, start: list[str]) -> None:
    project, file = str(tmp_path / "p.annotator"), str(tmp_path / "out.json")
    seeds = sorted(str(seed) for seed in (ROOT / "seeds").iterdir())
    for words in (
        ["new", project, "--analyst", "Ada"],
        ["import", project, *seeds, "--analyst", "Ada"],
        ["info", project],
        ["history", project],
        ["check", project],
        ["export", project, "-o", file],
        ["export", project, "-o", "-"],
    ):
        code, out, err = run(*words, start=start)
        assert (code, err) == (0, "")
        assert out
    assert out == Path(file).read_text(encoding="utf-8")
    code, out, err = run("info", file, start=start)
    assert (code, out) == (1, "")
    assert err.startswith(f"annotator: {file} is not an Annotator project. ")
    assert err.count("\n") == 1
    code, out, err = run("nonsense", start=start)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("annotator: error: ")


def test_what_needs_qt_says_so_when_there_is_none(tmp_path: Path) -> None:
    small_project(tmp_path / "p.annotator").close()
    for words in (
        ["picture", str(tmp_path / "p.annotator"), "An article", "-o", str(tmp_path / "p.png")],
        ["open", str(tmp_path / "p.annotator")],
        ["demo"],
    ):
        code, out, err = run(*words, start=START["without Qt"])
        assert (code, out) == (1, "")
        assert err.startswith("annotator: this needs Qt, which cannot be loaded: PySide6")
        assert err.count("\n") == 1


def test_a_terminal_that_knows_no_curly_quotes(tmp_path: Path) -> None:
    with small_project(tmp_path / "p.annotator") as workspace:
        mark(workspace, "claim", (0, 3))
    project = str(tmp_path / "p.annotator")
    code, out, err = run("history", project, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (code, err) == (0, "")
    assert "\\u201c" in out
    code, _, err = run("info", str(tmp_path / "ł.annotator"), PYTHONIOENCODING="ascii")
    assert (code, err.isascii()) == (1, True)


def test_a_reader_who_has_seen_enough(tmp_path: Path) -> None:
    seeds_project(tmp_path).close()
    process = subprocess.Popen(
        [sys.executable, "-m", "annotator", "export", str(tmp_path / "seeds.annotator"), "-o", "-"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0
    process.stderr.close()


def test_a_project_that_is_not_there_is_told_where_it_was_typed(tmp_path: Path) -> None:
    missing = str(tmp_path / "nothing.annotator")
    folder = str(tmp_path)
    code, out, told = run(
        missing, QT_QPA_PLATFORM="offscreen", ANNOTATOR_DATA=folder, ANNOTATOR_CONFIG=folder
    )
    assert (code, out) == (1, "")
    assert told == f"annotator: {missing} does not exist; make it with “annotator new {missing}”.\n"
