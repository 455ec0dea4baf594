"""How everything grows with the project, from 10,000 marks to 10,000,000.

    python -m benchmarks.scale [MARKS ...]

Makes projects of so many marks in a tenth as many articles, where there are none yet (minutes
for the largest, which takes some 20 GB among the temporary files), measures each in a process of
its own, prints the table, and draws ``docs/scale.svg``. Beside each figure the same is asked of
bare sqlite3, in turn with it. The projects are marked in, and what was marked is undone.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.projects import cached
from benchmarks.scale_measures import Figures
from benchmarks.scale_plot import draw
from benchmarks.window import seconds_to_paint

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
STARTS = 5
ROWS = (
    ("start the program, to a usable window", "start", "start: bare"),
    ("window: first rows of the list", "first rows, window", ""),
    ("window: whole list", "whole list, window", ""),
    ("longest pause meanwhile", "whole list, longest pause", ""),
    ("open an article, to painted", "open article", "open article: bare"),
    ("one mark, through the door", "mark, door", "mark, door: bare"),
    ("the same in an empty project", "mark, door: empty project", ""),
    ("one mark, key press to painted", "mark, window", ""),
    ("undo, through the door", "undo, door", ""),
    ("undo, key press to painted", "undo, window", ""),
    ("search, first page, mixed", "search", "search: bare"),
    ("  a rare word", "search, a rare word", "search, a rare word: bare"),
    ("  a common word", "search, a common word", "search, a common word: bare"),
    ("  two words", "search, two words", "search, two words: bare"),
    ("  a phrase", "search, a phrase", "search, a phrase: bare"),
    ("  the beginning of a word", "search, a beginning", "search, a beginning: bare"),
    ("list: a step of the wheel", "list, wheel frame", ""),
    ("list: jump", "list, jump frame", ""),
    ("another filter: first rows", "filter, first rows", "filter, first rows: bare"),
    ("another filter: longest pause", "filter, longest pause", ""),
    ("another filter: all rows", "filter, all rows", ""),
    ("most memory, MB", "memory", ""),
)
_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
from annotator.store.driver import sqlite3
app = QApplication(sys.argv)
window = QMainWindow()
view = QTextEdit()
window.setCentralWidget(view)
project = sqlite3.connect(sys.argv[1])
rows = project.execute("SELECT article, words FROM listed ORDER BY words LIMIT 50").fetchall()
view.setPlainText(project.execute("SELECT body FROM article JOIN text USING (sha256)"
    " WHERE article.id = ?", rows[0][:1]).fetchone()[0])
window.resize(1400, 880)
window.show()
app.processEvents()
window.grab()
print("painted", flush=True)
"""
_OURS = """
import sys
from pathlib import Path
from annotator.ui.settings import Settings
from annotator.ui.application import application
from annotator.ui.start import Desktop
from annotator.workspace import Workspace
app = application()
window = Desktop("bench", None, Settings()).show(Workspace.open(Path(sys.argv[1]), "bench"))
while not window.articles.model.rowCount():
    app.processEvents()
window.grab()
app.processEvents()
print("painted", flush=True)
"""


def main(sizes: tuple[int, ...]) -> None:
    """Print the figures of these sizes, and draw them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = {}
    for marks in sizes:
        path = cached(marks // 10, marks)
        found[marks] = measured(path)
    print_table(found)
    draw(found, Path(__file__).parent.parent / "docs" / "scale.svg")


def measured(path: Path) -> Figures:
    """All figures of one project."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANNOTATOR_DATA"] = os.environ["ANNOTATOR_CONFIG"] = folder
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        starts: Figures = {}
        for name, code in (("start", _OURS), ("start: bare", _BARE)):
            _started(code, path)  # compiles the modules, as an installed program's are
            taken = [_started(code, path) for _ in range(STARTS)]
            clock, busy = zip(*taken, strict=True)
            starts[name] = [statistics.median(clock), max(clock), statistics.median(busy)]
        said = subprocess.run(
            [sys.executable, "-m", "benchmarks.scale_measures", str(path)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    rest: Figures = json.loads(said.stdout.splitlines()[-1])
    return starts | rest


def _started(code: str, path: Path) -> tuple[float, float]:
    """Milliseconds from starting a process to its word, by the clock and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = seconds_to_paint(code, str(path))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds * 1000, busy * 1000


def print_table(found: dict[int, Figures]) -> None:
    """The medians of each size; of the largest also the 95th percentile, bare and processor time."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"medians in milliseconds, the last three of the largest project; load {load}\n")
    heads = [*(_short(marks) for marks in found), "p95", "bare", "cpu"]
    print(f"{'':44}" + "".join(f"{head:>9}" for head in heads))
    largest = found[max(found)]
    for name, ours, bare in ROWS:
        _, tail, busy = largest[ours]
        beside = f"{largest[bare][0]:,.1f}" if bare else ""
        medians = (f"{figures[ours][0]:,.1f}" for figures in found.values())
        cells = (*medians, f"{tail:,.1f}", beside, f"{busy:,.1f}" if busy else "")
        print(f"{name:44}" + "".join(f"{cell:>9}" for cell in cells))


def _short(marks: int) -> str:
    return f"{marks // 1000}k" if marks < 1_000_000 else f"{marks // 1_000_000}M"


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
