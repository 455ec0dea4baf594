"""Importing a project's file through the window: memory, seconds, and the longest pause meanwhile.

    python -m benchmarks.window_import [FORMAT] [MARKS …]

Each size is a process of its own: a window on a project with one article, the file given to the
import window, Enter once all of it was looked through. Memory is the process's peak (``VmHWM``)
before anything is read, once it was looked through and once it was taken in;
a pause is the time between two turns of the event loop. Beside the seconds stands what the same
file takes from the command line's way, in the same process afterwards.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from annotator import paths
from annotator.formats.articles.text import read_text_file
from annotator.formats.exchange.catalogue import catalogue
from annotator.ui.application import application
from annotator.ui.intake.window import open_intake
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.workspace import Workspace
from benchmarks.codebook import Pauses
from benchmarks.formats import peak_mb
from benchmarks.marking import start

_SIZES = (10_000, 300_000)
_LOOK_MS = 20


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("format", nargs="?", default="annotator-json")
    parser.add_argument("marks", nargs="*", type=int, default=_SIZES)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        _measure(given.format, given.one)
        return
    print(
        f"{given.format:16} MB before  looked  taken   looked s   longest ms   taken in s   longest ms   plain s"
    )
    for marks in given.marks:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, f"large{''.join(catalogue().named(given.format).suffixes[:1])}")
            _run("benchmarks.formats", "--hold", given.format, str(marks), str(file))
            said = _run("benchmarks.window_import", given.format, "--one", str(file))
        print(f"{marks:10,} marks {said}", flush=True)


def _run(module: str, *what: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", module, *what],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return ran.stdout.strip() if ran.returncode == 0 else f"failed: {ran.stderr[-300:]}"


def _measure(name: str, file: Path) -> None:
    """One line of figures."""
    application()
    with tempfile.TemporaryDirectory() as folder:
        text = read_text_file(min(paths.seeds().glob("*.txt")))
        workspace = Workspace.create(Path(folder, "w.annotator"), start(), "bench", [text])
        window = Desktop("bench", start(), Settings()).show(workspace)
        QTest.qWaitForWindowActive(window)
        pauses = Pauses()
        intake = open_intake(window)
        work = intake.work

        def until_read() -> None:
            _run_until(lambda: not (work.reader.is_busy or work.is_comparing or work.still_to_look))

        def until_in() -> None:
            QTest.keyClick(intake.list, Qt.Key.Key_Return)
            _run_until(lambda: work.state == "over")

        intake.add([file])
        shown = peak_mb()
        looked, first = pauses.during(until_read)
        seen = peak_mb()
        taken, second = pauses.during(until_in)
        peak = peak_mb()
        window.close()
        plain = _plain(name, file, Path(folder, "p.annotator"))
    print(
        f"{shown:7.0f} {seen:7.0f} {peak:7.0f} {looked / 1000:10.1f} {first:12.0f} {taken / 1000:12.1f} {second:12.0f}"
        f" {plain:9.1f}"
    )


def _run_until(is_over: Callable[[], bool]) -> None:
    """Run the event loop as the program does; ``QTest.qWait`` would keep other threads waiting."""
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if is_over() else None)
    timer.start(_LOOK_MS)
    loop.exec()


def _plain(name: str, file: Path, into: Path) -> float:
    """Seconds that the command line's way takes, without a window."""
    format = catalogue().named(name)
    assert format.stream is not None
    with Workspace.create(into, start(), "bench") as workspace:
        began = time.perf_counter()
        workspace.take_in_parts(format.stream(file, format.asked()), file.name)
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
