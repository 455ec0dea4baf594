"""What is measured at one size, in a process of its own; prints JSON for :mod:`benchmarks.scale`.

QT_QPA_PLATFORM=offscreen python -m benchmarks.scale_measures FILE
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from annotator.core import marking
from annotator.core.articles import new_article
from annotator.core.model import Block, Id
from annotator.store.driver import Connection, connect
from annotator.store.finding.listing import Wanted
from annotator.store.finding.search import COUNTED
from annotator.ui.application import application
from annotator.ui.backups.keeper import Keeper
from annotator.ui.mishaps import log_qt_messages
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.window import Window
from annotator.workspace import Workspace
from benchmarks.marking import start, write, written
from benchmarks.press import SEED, Press

QUERIES = 50
GESTURES = 40
FRAMES = 200
_PATIENCE_S = 60.0
Figures = dict[str, list[float]]
"""By what was measured, in milliseconds: median, 95th percentile, median of processor time."""
Times = list[tuple[float, float]]
"""By the clock and of the processor."""


def main(path: Path) -> None:
    """Measure, and print what was found."""
    log_qt_messages()
    found: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANNOTATOR_DATA"] = os.environ["ANNOTATOR_CONFIG"] = folder
        bare = connect(path)
        bare.execute("PRAGMA cache_size = -2000")
        _doors(found, path, Path(folder), bare)
        _searches(found, path, bare)
        _window(found, path, bare)
        bare.close()
    found["memory"] = [_peak_mb(), _peak_mb(), 0.0]
    print(json.dumps(found))


def _times(work: Sequence[Callable[[], object]]) -> Times:
    return [_timed(one) for one in work]


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    begin, busy = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - begin) * 1000, (time.process_time() - busy) * 1000


def _figures(taken: Times) -> list[float]:
    clock = sorted(one for one, _ in taken)
    busy = statistics.median(busy for _, busy in taken)
    return [statistics.median(clock), clock[int(len(clock) * 0.95)], busy]


def _peak_mb() -> float:
    """The most memory this process had at once."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


# Through the door


def _doors(found: Figures, path: Path, folder: Path, bare: Connection) -> None:
    """One mark and its undo, in turn with the same in an empty project and in bare sqlite3."""
    empty = folder / "empty.annotator"
    with Workspace.create(empty, start(), "bench") as small:
        (text,) = bare.execute("SELECT body FROM text LIMIT 1").fetchone()
        small.do(new_article(text, title="One", blocks=(Block(0, len(text), "body"),))[0])
    copy = folder / "bare.annotator"
    copy.write_bytes(empty.read_bytes())
    writing = connect(copy)
    chance = random.Random(SEED)
    articles = _some_articles(bare, 10)
    ours: Times = []
    theirs: Times = []
    floor: Times = []
    undone: Times = []
    undone_there: Times = []
    with Workspace.open(path, "bench") as large, Workspace.open(empty, "bench") as small:
        only = small.articles()[0].id
        for number in range(GESTURES):
            at = chance.randrange(900)
            ours += _times([partial(_mark, large, articles[number % 10], at)])
            theirs += _times([partial(_mark, small, only, at)])
            revision = next(iter(large.history(1)))
            floor += _times([partial(write, writing, written(bare, revision))])
        undone += _times([large.undo] * GESTURES)
        undone_there += _times([small.undo] * GESTURES)
    writing.close()
    found["mark, door"], found["mark, door: bare"] = _figures(ours), _figures(floor)
    found["mark, door: empty project"] = _figures(theirs)
    found["undo, door"] = _figures(undone)
    found["undo, door: empty project"] = _figures(undone_there)


def _mark(workspace: Workspace, article: Id, at: int) -> None:
    page = workspace.page(article)
    span = (at, at + 9)
    edit, _, _ = marking.mark(page, workspace.codebook, "claim", [span], workspace.new_id)
    workspace.do(edit)


def _some_articles(bare: Connection, count: int) -> list[Id]:
    """Articles in which the analyst has marked, from all over the project."""
    (me,) = bare.execute("SELECT id FROM analyst WHERE name = 'bench'").fetchone()
    (low, high) = bare.execute("SELECT min(article), max(article) FROM tally").fetchone()
    chance = random.Random(SEED)
    sql = "SELECT article FROM tally WHERE layer = ? AND article >= ? ORDER BY article LIMIT 1"
    places = (chance.randrange(low, high) for _ in range(4 * count))
    found = (bare.execute(sql, (me, place)).fetchone() for place in places)
    return [row[0] for row in found if row is not None][:count]


# Searching


def questions() -> dict[str, list[str]]:
    """Fifty of each sort; the same words for every size."""
    words = Press(SEED).words
    rare = [words[2_000 + 97 * n] for n in range(QUERIES)]
    return {
        "a rare word": rare,
        "a common word": words[20 : 20 + QUERIES],
        "two words": [f"{a} {b}" for a, b in zip(rare, words[20:], strict=False)],
        "a phrase": [f'"{a} {b}"' for a, b in zip(words[5:55], words[9:], strict=False)],
        "a beginning": [f"{word[:4]}*" for word in rare],
    }


def _searches(found: Figures, path: Path, bare: Connection) -> None:
    every: Times = []
    bare_every: Times = []
    with Workspace.open(path, "bench") as workspace:
        lists = workspace.lists
        for name, asked in questions().items():
            ours: Times = []
            theirs: Times = []
            for typed in asked:
                ours += _times([partial(lists.search, typed)])
                theirs += _times([partial(_bare_search, bare, typed)])
            found[f"search, {name}"], found[f"search, {name}: bare"] = map(_figures, (ours, theirs))
            every += ours[::5]
            bare_every += theirs[::5]
    found["search"], found["search: bare"] = _figures(every), _figures(bare_every)


def _bare_search(bare: Connection, typed: str) -> None:
    """The newest hits with snippets, and how many there are up to a bound."""
    phrases = [typed.strip('"')] if typed.startswith('"') else typed.split()
    match = " ".join(f'"{p.rstrip("*")}"{"*" if p.endswith("*") else ""}' for p in phrases)
    bare.execute(
        "SELECT listed.article, title, snippet(article_words, 1, '[', ']', '…', 20)"
        " FROM article_words JOIN listed ON listed.number = article_words.rowid"
        " WHERE article_words MATCH ? ORDER BY article_words.rowid DESC LIMIT 50",
        (match,),
    ).fetchall()
    for table in ("article_words", "said_words"):
        bare.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)",
            (match, COUNTED + 1),
        ).fetchone()


# In the window


def _window(found: Figures, path: Path, bare: Connection) -> None:
    app = application()
    begin, busy = time.perf_counter(), time.process_time()
    window = Desktop("bench", start(), Settings()).show(Workspace.open(path, "bench"))
    for keeper in window.findChildren(Keeper):
        keeper.close()  # a backup of all this would be measured with the rest
    QTest.qWaitForWindowActive(window)
    _wait(lambda: window.articles.model.rowCount() > 0)
    first = _since(begin, busy)
    pause = _wait(lambda: "Articles  " in window.articles.heading.text())
    found["first rows, window"] = _figures([first])
    found["whole list, window"] = _figures([_since(begin, busy)])
    found["whole list, longest pause"] = _figures([pause])
    articles = _some_articles(bare, QUERIES)
    found["open article"] = _figures(_times([partial(_open, window, id) for id in articles]))
    found["open article: bare"] = _figures(
        _times([partial(_bare_open, bare, id) for id in articles])
    )
    _frames(found, window)
    _filters(found, window, bare)
    _open(window, articles[0])
    found["mark, window"] = _figures(list(_presses(window)))
    found["undo, window"] = _figures(_times([partial(_undo, window)] * GESTURES))
    window.close()
    app.processEvents()


def _since(begin: float, busy: float) -> tuple[float, float]:
    return (time.perf_counter() - begin) * 1000, (time.process_time() - busy) * 1000


def _wait(done: Callable[[], bool]) -> tuple[float, float]:
    """Handle events until something is so; the longest pause between two, by clock and thread."""
    longest, end = (0.0, 0.0), time.perf_counter() + _PATIENCE_S
    while not done():
        longest = max(longest, _paused(QCoreApplication.processEvents))
        if time.perf_counter() > end:
            raise SystemExit("it did not come about")
        time.sleep(0.0005)
    return longest


def _paused(work: Callable[[], object]) -> tuple[float, float]:
    """How long the window did nothing else: by the clock, and of its thread alone."""
    begin, busy = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - begin) * 1000, (time.thread_time() - busy) * 1000


def _open(window: Window, article: Id) -> None:
    window.desk.open(article)
    window.to_text()
    QCoreApplication.processEvents()
    window.pane.view.viewport().repaint()


def _bare_open(bare: Connection, article: Id) -> None:
    run = bare.execute
    (digest,) = run("SELECT sha256 FROM article WHERE id = ?", (article,)).fetchone()
    run("SELECT body FROM text WHERE sha256 = ?", (digest,)).fetchone()
    (me,) = run("SELECT id FROM analyst WHERE name = 'bench'").fetchone()
    for table in ("mark", "statement"):
        sql = f"SELECT * FROM {table} WHERE article = ? AND layer = ?"
        run(sql, (article, me)).fetchall()


def _presses(window: Window) -> Iterator[tuple[float, float]]:
    """From the key event to the end of the repaint that shows a new mark."""
    view = window.pane.view

    def press() -> None:
        QTest.keyClick(view, Qt.Key.Key_C)
        QCoreApplication.processEvents()

    for number in range(GESTURES):
        window.desk.take(None)
        view.select(300 + 30 * number, 312 + 30 * number)
        QCoreApplication.processEvents()
        yield _timed(press)


def _undo(window: Window) -> None:
    QTest.keyClick(window.pane.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QCoreApplication.processEvents()


def _frames(found: Figures, window: Window) -> None:
    """Frames of the list, by the wheel, and jumping to rows not seen before."""
    bar, view = window.articles.list.verticalScrollBar(), window.articles.list.viewport()

    def frame(value: int) -> None:
        bar.setValue(value)
        view.repaint()

    steps = max(1, bar.maximum() // FRAMES)
    wheel = [partial(frame, bar.maximum() // 2 + 50 * n) for n in range(FRAMES)]
    jump = [partial(frame, steps * n) for n in range(FRAMES)]
    found["list, wheel frame"] = _figures(_times(wheel))
    found["list, jump frame"] = _figures(_times(jump))


def _filters(found: Figures, window: Window, bare: Connection) -> None:
    """Another outlet each time: until its first rows are there, and the longest pause until all."""
    pane = window.articles
    outlets = [name for (name,) in bare.execute("SELECT DISTINCT outlet FROM listed LIMIT 20")]
    first: Times = []
    whole: Times = []
    pauses: Times = []
    floor: Times = []
    for outlet in outlets:
        begin, busy = time.perf_counter(), time.process_time()
        before = pane.model.rows
        pause = _paused(partial(pane.want, Wanted(outlet=outlet)))
        pause = max(pause, _wait(partial(_is_other, window, before)))
        first.append(_since(begin, busy))
        pause = max(pause, _wait(lambda: "Articles  " in pane.heading.text()))
        whole.append(_since(begin, busy))
        pauses.append(pause)
        floor += _times([partial(_bare_filter, bare, outlet)])
    found["filter, first rows"], found["filter, first rows: bare"] = map(_figures, (first, floor))
    found["filter, all rows"], found["filter, longest pause"] = map(_figures, (whole, pauses))


def _is_other(window: Window, before: object) -> bool:
    return window.articles.model.rows is not before


def _bare_filter(bare: Connection, outlet: str) -> None:
    bare.execute(
        "SELECT article FROM listed WHERE outlet = ? ORDER BY words LIMIT 50", (outlet,)
    ).fetchall()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
