"""Starting other programs on a project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def start_writer(project: Path, analyst: str, number: int) -> subprocess.Popen[str]:
    """A writer (``writer.py``) that is ready to begin."""
    return _start("ready", "tests.store.writer", str(project), analyst, str(number))


def start_holder(project: Path, seconds: float | None = None) -> subprocess.Popen[str]:
    """A program that holds the lock (``holder.py``), for some seconds or until told to go on."""
    given = [] if seconds is None else [str(seconds)]
    return _start("held", "tests.store.holder", str(project), *given)


def _start(says: str, module: str, *words: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert line(process) == says
    return process


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def saved(process: subprocess.Popen[str]) -> list[int]:
    """The revisions that a writer says it saved, until it is done."""
    return [int(word) for word in iter(lambda: line(process), "done")]
