"""What every format costs to write and to read, and what streaming ones hold in memory.

    python -m benchmarks.formats [ARTICLES MARKS] [--only FORMAT …]

Writing stands beside the floor: fetching the same rows with sqlite3 and doing nothing with them,
done in turn with it. Reading stands beside a bare ``executemany`` of the same rows, those of the
journal included, into the same indexed tables, done right after it. Memory is the peak of a
process of its own, in which articles are made as they are asked for, so that nothing but the
writer can hold them, and of one that reads what was written and takes it in.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from annotator import paths
from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import Start, parse
from annotator.core.foreign.labels import LabelMapping
from annotator.core.model import Analyst, Fragment, Mark, Member, Statement
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from annotator.store.driver import sqlite3
from annotator.store.project import ProjectFile
from annotator.workspace import Workspace
from benchmarks.press import Press
from benchmarks.projects import make

_ROUNDS = 3
_SLOW = 10.0
"""Seconds after which one round is enough."""
_SAID = ("article", "text", "mark", "statement", "status", "assignment", "verdict", "comment")
_JOURNAL = ("revision", "change")
_STREAMING = ("annotator-json", "annotator-jsonl", "tables", "conll", "html", "graphml", "xlsx")
_TARGETS = {"annotator-json": 2.0, "annotator-jsonl": 2.0, "tables": 1.2}
_READ_BACK = "annotator-jsonl"
_PER_ARTICLE = 100


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?", type=int, default=1_000)
    parser.add_argument("marks", nargs="?", type=int, default=100_000)
    parser.add_argument("--memory", nargs=2, metavar=("FORMAT", "MARKS"))
    parser.add_argument("--only", nargs="+", metavar="FORMAT", default=list(catalogue().formats))
    parser.add_argument("--taken-in", action="store_true")
    parser.add_argument("--no-memory", action="store_true")
    given = parser.parse_args()
    if given.memory:
        _hold(given.memory[0], int(given.memory[1]), given.taken_in)
        return
    with tempfile.TemporaryDirectory() as folder:
        _costs(Path(folder), given.articles, given.marks, given.only)
    if not given.no_memory:
        _memory()


def _costs(folder: Path, articles: int, marks: int, only: list[str]) -> None:
    project = folder / "whole.annotator"
    make(project, articles, marks)
    print(f"{articles:,} articles, {marks:,} marks; writing beside fetching the rows")
    with Workspace.open(project, "bench") as workspace:
        _beside("rows alone", project, lambda: deque(workspace.outgoing().articles, maxlen=0), None)
        for name in only:
            if name in catalogue().written:
                _writing(catalogue().named(name), workspace, folder)
    print(f"reading {articles:,} articles, {marks:,} marks, and taking them in")
    _reading(folder)


def _writing(format: Format, workspace: Workspace, folder: Path) -> None:
    to = _place(format, folder)

    def once() -> None:
        shutil.rmtree(to, ignore_errors=True)
        with written(format, workspace.outgoing(), to) as waiting:
            waiting.keep()

    try:
        _beside(format.name, workspace.path, once, _TARGETS.get(format.name))
    except Exception as error:  # noqa: BLE001  (one format that fails leaves the others)
        print(f"  {format.name:16}  {error!r:.80}")


def _beside(name: str, project: Path, work: Callable[[], object], wanted: float | None) -> None:
    """The best of some rounds, in each of which the rows are fetched first."""
    took, floors = [], []
    for _ in range(_ROUNDS):
        floors.append(_seconds(lambda: _fetch(project)))
        took.append(_seconds(work))
        if took[-1] > _SLOW:
            break
    best, floor = min(took), min(floors)
    target = f"   wanted ≤ {wanted}" if wanted else ""
    print(f"  {name:16} {best:6.2f} s  {best / floor:6.2f} × {floor:.2f} s{target}")


def _reading(folder: Path) -> None:
    for format in catalogue().read.values():
        at = _place(format, folder)
        if not at.exists() or format.read is None:
            continue
        into = folder / f"into-{format.name}.annotator"
        Workspace.create(into, _start(), "bench").close()
        try:
            started = time.perf_counter()
            found = format.read(at, format.asked()).bundle
            parsed = time.perf_counter() - started
            with Workspace.open(into, "bench") as workspace:
                started = time.perf_counter()
                workspace.take_in(found, at.name, None if format.own else LabelMapping(add=True))
                taken = time.perf_counter() - started
        except Exception as error:  # noqa: BLE001
            print(f"  {format.name:16}  {error!r:.80}")
            continue
        bare = _executemany(into, folder / f"bare-{format.name}.annotator")
        wanted = "   wanted ≥ 0.25" if format.own else ""
        print(
            f"  {format.name:16} {parsed:6.2f} s read {taken:7.2f} s taken in"
            f"  {bare / (parsed + taken):5.2f} of bare rows in {bare:.2f} s{wanted}"
        )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _place(format: Format, folder: Path) -> Path:
    suffix = "" if format.folder or not format.suffixes else format.suffixes[0]
    return folder / f"out-{format.name}{suffix}"


def _fetch(project: Path) -> None:
    connection = sqlite3.connect(project)
    for table in _SAID:
        connection.execute(f'SELECT * FROM "{table}"').fetchall()
    connection.close()


def _executemany(filled: Path, bare: Path) -> float:
    """Seconds to put the rows of a project into the tables of an empty one."""
    Workspace.create(bare, _start(), "bench").close()
    source = ProjectFile.open(filled)
    into = ProjectFile.open(bare)
    tables = [*_SAID, "member", *_JOURNAL]
    rows = {t: source.connection.execute(f'SELECT * FROM "{t}"').fetchall() for t in tables}
    source.close()
    started = time.perf_counter()
    into.connection.execute("BEGIN IMMEDIATE")
    for table in (*_JOURNAL, "text", *(t for t in tables if t not in (*_JOURNAL, "text"))):
        if rows[table]:
            places = ", ".join("?" * len(rows[table][0]))
            into.connection.executemany(
                f'INSERT OR IGNORE INTO "{table}" VALUES ({places})', rows[table]
            )
    into.connection.execute("COMMIT")
    seconds = time.perf_counter() - started
    into.close()
    return seconds


def _start() -> Start:
    book = paths.resources() / "codebooks" / "statements.toml"
    return parse(book.read_text(encoding="utf-8"), "it")


# Memory


def _memory() -> None:
    print("peak memory, 10,000 marks and 1,000,000 marks; wanted: ≤ 50 MB more")
    for name in _STREAMING:
        if name not in catalogue().written:
            continue
        _growth(name)
    print("the same, and what was written read and taken in")
    _growth(_READ_BACK, "--taken-in")


def _growth(name: str, *more_than_that: str) -> None:
    found = [_peak(name, marks, *more_than_that) for marks in (10_000, 1_000_000)]
    if None in found:
        print(f"  {name:16} failed")
        return
    less, more = (mb or 0.0 for mb in found)
    print(f"  {name:16} {less:6.0f} MB {more:6.0f} MB   {more - less:+6.0f} MB")


def _peak(name: str, marks: int, *more: str) -> float | None:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.formats", "--memory", name, str(marks), *more],
        capture_output=True,
        text=True,
        check=False,
    )
    return float(ran.stdout) if ran.returncode == 0 else None


def _hold(name: str, marks: int, taken_in: bool) -> None:
    """Write so many marks, and print the megabytes that this process had at most."""
    format = catalogue().named(name)
    start = _start()
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.create(Path(folder) / "p.annotator", start, "bench") as workspace,
    ):
        outgoing = workspace.outgoing()
        analyst = workspace.analyst
        project = replace(outgoing.project, analysts=(analyst,))
        stream = Outgoing(project, _articles(marks // _PER_ARTICLE, analyst))
        to = _place(format, Path(folder))
        with written(format, stream, to) as waiting:
            waiting.keep()
        if taken_in and format.read is not None:
            workspace.take_in(format.read(to, format.asked()).bundle, to.name)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _articles(count: int, analyst: Analyst) -> Iterator[ArticleBundle]:
    """Articles of which none is kept."""
    press = Press()
    for number in range(count):
        edit, article = press.article(number)
        text = edit.texts[0]
        marks, statements = [], []
        for place in range(_PER_ARTICLE):
            id = number * 1_000 + place
            start = place * (len(text) - 60) // _PER_ARTICLE
            end = start + press.random.randrange(10, 60)
            kind = ("claim", "cue")[place % 2]
            piece = Fragment(start, end, text[start:end])
            mark = Mark(id=id, article=article.id, layer=analyst.id, kind=kind, fragments=(piece,))
            marks.append(mark)
            if place % 2:
                members = (Member("claim", id - 1), Member("cue", id))
                statements.append(
                    Statement(id=id + 500, article=article.id, layer=analyst.id, members=members)
                )
        yield ArticleBundle(article, text, tuple(marks), tuple(statements))


if __name__ == "__main__":
    main()
