"""The window: cold start, key press to repaint, opening an article.

    QT_QPA_PLATFORM=offscreen python -m benchmarks.window

Each start is a fresh process, Annotator and a bare PySide6 window in turn; the clock is the
parent's, from spawning the process to its first complete paint. The rest is measured in one
process, from a real key event to the end of the repaint that shows it, with the mark on disk
in between.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from annotator import paths
from annotator.core.codebook import parse
from annotator.formats.articles.text import read_text_file
from annotator.workspace import Workspace

ROUNDS = 9
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QTextEdit())
window.resize(1400, 880)
window.show()
app.processEvents()
window.grab()
print("painted", flush=True)
"""
OURS = """
import sys
from pathlib import Path
from annotator.ui.application import application
from annotator.ui.start import Desktop
from annotator.ui.settings import Settings
from annotator.workspace import Workspace
app = application()
desktop = Desktop("bench", None, Settings())
window = desktop.show(Workspace.open(Path(sys.argv[1]), "bench"))
app.processEvents()
window.grab()
print("painted", flush=True)
"""


def main() -> None:
    """Print the figures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANNOTATOR_DATA"] = os.environ["ANNOTATOR_CONFIG"] = folder
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        print_start(Path(folder))
        print_gestures(Path(folder))


def print_start(folder: Path) -> None:
    """Cold start of the program and of a bare window, in turn."""

    book = parse((paths.resources() / "codebooks" / "statements.toml").read_text("utf-8"), "")
    texts = [read_text_file(file) for file in sorted(paths.seeds().glob("*.txt"))]
    project = folder / "start.annotator"
    Workspace.create(project, book, "bench", texts).close()
    bare: list[float] = []
    ours: list[float] = []
    for code in (BARE, OURS):
        seconds_to_paint(code, str(project))  # compiles the modules, as an installed program's are
    for _ in range(ROUNDS):
        bare.append(seconds_to_paint(BARE))
        ours.append(seconds_to_paint(OURS, str(project)))
    print(f"cold start to first paint, fresh processes, median of {ROUNDS}")
    print(f"  bare PySide6 window     {statistics.median(bare) * 1000:7.0f} ms")
    print(
        f"  Annotator on the seeds  {statistics.median(ours) * 1000:7.0f} ms"
        f"   {statistics.median(ours) / statistics.median(bare):.2f} × the bare window"
    )


def seconds_to_paint(code: str, *arguments: str) -> float:
    """Wall seconds from spawning a process to its word that it has painted."""
    begin = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        taken = time.perf_counter() - begin
    if said.strip() != b"painted":
        raise SystemExit("a window did not paint")
    return taken


def print_gestures(folder: Path) -> None:
    """Key press to repaint and opening, on a seed and on a long article."""
    # After the environment says where settings are and that no screen is needed.
    from annotator.ui.mishaps import log_qt_messages
    from benchmarks.bench_window import BenchWindow

    log_qt_messages()

    bench = BenchWindow(folder / "gestures.annotator")
    for name, article, words in bench.cases():
        opening = [milliseconds(partial(bench.open, article)) for _ in range(7)]
        presses = bench.presses(words, 30)
        undone = bench.undo(30)
        print(f"{name}")
        print(f"  open the article, to complete paint   {statistics.median(opening):7.1f} ms")
        for what, times in (
            ("key press to repaint, one new mark", presses),
            ("undo, the same", undone),
        ):
            ordered = sorted(times)
            print(
                f"  {what:<36}  {statistics.median(ordered):7.1f} ms median,"
                f" {ordered[int(len(ordered) * 0.95)]:.1f} ms p95"
            )
    bench.close()


def milliseconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()
