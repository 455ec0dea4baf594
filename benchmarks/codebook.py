"""Changing the codebook of a project with 100,000 marks.

    QT_QPA_PLATFORM=offscreen python -m benchmarks.codebook

Counting what uses a kind, a field's value and a role, and merging a kind that all marks have,
with taking it back. Beside the counts the same question is asked of bare sqlite3 without JSON;
beside the merge bare sqlite3 updates the same rows in one transaction, without journal and rules.
Then the same in a window with an article open, where a timer tells how long nothing else went on.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.core.articles import new_article
from annotator.core.book import merging, splitting
from annotator.core.book.parts import Part, count
from annotator.core.book.plan import Plan
from annotator.core.book.uses import Use
from annotator.core.model import Block, FieldValue, Fragment, Mark, Member, Statement
from annotator.core.revision import Change, Edit
from annotator.store.driver import connect
from annotator.ui.application import application
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.workspace import Workspace
from benchmarks.marking import start

MARKS = 100_000
ARTICLES = 100
ROUNDS = 5
TICK_MS, AFTER_S = 5, 1.0
"""How often the window is looked in on, and for how long after a step."""
WORDS = "Nobody knows what was said there. "


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "codebook.annotator"
        make_project(path)
        print(f"{MARKS:,} marks in {ARTICLES} articles")
        print(f"{'':36}{'p50 ms':>9}{'bare ms':>9}{'ratio':>7}")
        with Workspace.open(path, "bench") as workspace:
            print_counts(workspace, path)
            print_merge(workspace, path)
        print_pauses(path)


def make_project(path: Path) -> None:
    """Positions with a stance and an issue, each in a statement of its own."""
    text = WORDS * 300
    with Workspace.create(path, start(), "bench") as workspace:
        issue = str(workspace.issues()[0].id)
        for number in range(ARTICLES):
            own = f"{number} {text}"
            edit, article = new_article(
                own, title=str(number), blocks=(Block(0, len(own), "body"),)
            )
            workspace.do(edit)
            changes: list[Change] = []
            for n in range(MARKS // ARTICLES):
                at = n * 9 % (len(own) - 30)
                values: dict[str, FieldValue] = {"stance": n % 5 - 2, "issue": issue}
                mark = Mark(
                    id=workspace.new_id(),
                    article=article.id,
                    layer=workspace.analyst.id,
                    kind="position",
                    fragments=(Fragment(at, at + 20, own[at : at + 20]),),
                    fields=values,
                )
                statement = Statement(
                    id=workspace.new_id(),
                    article=article.id,
                    layer=workspace.analyst.id,
                    members=(Member("position", mark.id),),
                )
                changes += [Change(None, mark), Change(None, statement)]
            workspace.do(Edit("Marks", tuple(changes)))


def print_counts(workspace: Workspace, path: Path) -> None:
    bare = connect(path)
    query = "SELECT count(*), count(DISTINCT article) FROM mark WHERE kind = 'position'"
    floor = median(lambda: bare.execute(query).fetchone())
    for what, part in (
        ("count a kind", Part("kind", "position")),
        ("count a step of the scale", Part("stance", "-2")),
        ("count an issue", Part("issue", str(workspace.issues()[0].id))),
        ("count a role", Part("role", "position")),
    ):
        took = median(lambda part=part: count(workspace, part))  # type: ignore[misc]
        print(f"{what:36}{took:9.1f}{floor:9.1f}{took / floor:7.1f}")
    took = median(lambda: workspace.using([Use(kind="position")]))
    read = median(lambda: bare.execute("SELECT * FROM mark WHERE kind = 'position'").fetchall())
    print(f"{'read them':36}{took:9.1f}{read:9.1f}{took / read:7.1f}")
    bare.close()


def print_merge(workspace: Workspace, path: Path) -> None:
    copy = path.with_name("copy.annotator")
    before = time.perf_counter()
    plan = merging.merge(workspace, Part("kind", "position"), Part("kind", "claim"))
    planned = time.perf_counter()
    print(f"{'say what a merge touches':36}{(planned - before) * 1e3:9.1f}")
    done = workspace.do(plan.make)
    took = (time.perf_counter() - planned) * 1e3
    changes = len(done.entries) if done else 0
    floor = update_bare(path, copy)
    print(f"{'do it':36}{took:9.1f}{floor:9.1f}{took / floor:7.1f}   {changes:,} changes")
    del done
    before = time.perf_counter()
    workspace.undo()
    print(f"{'take it back':36}{(time.perf_counter() - before) * 1e3:9.1f}")


class Pauses:
    """How long the window did nothing else, at its longest."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)
        self._last = time.perf_counter()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def during(self, work: Callable[[], object]) -> tuple[float, float]:
        """What the work took, and the longest pause in it and shortly after, in milliseconds."""
        self._last, self.longest = time.perf_counter(), 0.0
        begin = self._last
        work()
        took = time.perf_counter() - begin
        end = time.perf_counter() + AFTER_S
        while time.perf_counter() < end:
            QApplication.processEvents()
        return took * 1e3, self.longest * 1e3


def print_pauses(path: Path) -> None:
    """Operations as the window does them, from the count that is told first to the last repaint."""
    app = application()
    workspace = Workspace.open(path, "bench")
    window = Desktop("bench", start(), Settings()).show(workspace)
    desk, pauses = window.desk, Pauses()
    desk.open(workspace.articles()[0].id)
    app.processEvents()

    def do(planned: Callable[[Workspace], Plan]) -> None:
        plan = planned(workspace)
        desk.do_long(plan.says, plan.size, lambda now: now.do(lambda: planned(now).make()))

    part, into = Part("kind", "position"), Part("kind", "claim")
    every = frozenset(thing.id for thing in workspace.using([Use(kind="position")]))
    new = workspace.new_id()
    operations: dict[str, Callable[[], object]] = {
        "merge a kind": lambda: do(lambda now: merging.merge(now, part, into)),
        "take it back": desk.undo,
        "give a field another key": lambda: do(
            lambda now: merging.rekey(now, Part("field", "stance"), "side")
        ),
        "split a kind, all go over": lambda: do(
            lambda now: splitting.split(now, part, "Other", every, new)[0]
        ),
    }
    print(f"{'in the window':36}{'ms':>9}{'pause':>9}")
    for what, work in operations.items():
        took, longest = pauses.during(work)
        print(f"{what:36}{took:9.1f}{longest:9.1f}")
    window.close()


def update_bare(path: Path, copy: Path) -> float:
    """Milliseconds to change as many rows, one by one, in one transaction."""
    with Workspace.open(path) as workspace:
        marks = workspace.using([Use(kind="claim")])
    copy.touch()
    connection = connect(copy)
    connection.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, kind TEXT, rest TEXT)")
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO mark VALUES (?, 'position', ?)", [(m.id, "x" * 150) for m in marks]
    )
    connection.execute("COMMIT")
    before = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("UPDATE mark SET kind = 'claim' WHERE id = ?", [(m.id,) for m in marks])
    connection.execute("COMMIT")
    took = (time.perf_counter() - before) * 1e3
    connection.close()
    return took


def median(work: Callable[[], object]) -> float:
    """Of some rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    return statistics.median(times) * 1e3


if __name__ == "__main__":
    main()
