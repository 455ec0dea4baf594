"""What every format costs to write and to read, and what streaming ones hold in memory.

    python -m benchmarks.formats [ARTICLES MARKS]

Writing stands beside the floor: fetching the same rows with sqlite3 and doing nothing with them.
Reading stands beside a bare ``executemany`` of the same rows, those of the journal included, into
the same indexed tables. Memory is the peak of a process of its own, in which articles are made
as they are asked for, so that nothing but the writer can hold them.
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
from benchmarks.projects import Press, make

_ROUNDS = 3
_SLOW = 10.0
"""Seconds after which one round is enough."""
_SAID = ("article", "text", "mark", "statement", "status", "assignment", "verdict", "comment")
_JOURNAL = ("revision", "change")
_STREAMING = ("annotator-json", "annotator-jsonl", "tables", "conll", "html", "graphml", "xlsx")
_TARGETS = {"annotator-json": 2.0, "annotator-jsonl": 2.0, "tables": 1.2}
_PER_ARTICLE = 100


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?", type=int, default=1_000)
    parser.add_argument("marks", nargs="?", type=int, default=100_000)
    parser.add_argument("--memory", nargs=2, metavar=("FORMAT", "MARKS"))
    parser.add_argument("--no-memory", action="store_true")
    given = parser.parse_args()
    if given.memory:
        _hold(given.memory[0], int(given.memory[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        _costs(Path(folder), given.articles, given.marks)
    if not given.no_memory:
        _memory()


def _costs(folder: Path, articles: int, marks: int) -> None:
    project = folder / "whole.annotator"
    make(project, articles, marks)
    floor = _best(lambda: _fetch(project))
    print(
        f"{articles:,} articles, {marks:,} marks; writing beside {floor:.2f} s of fetching the rows"
    )
    with Workspace.open(project, "bench") as workspace:
        alone = _best(lambda: deque(workspace.outgoing().articles, maxlen=0))
        print(f"  {'records alone':16} {alone:6.2f} s  {alone / floor:6.2f} × the floor")
        for format in catalogue().written.values():
            _writing(format, workspace, folder, floor)
    print(f"reading {articles:,} articles, {marks:,} marks, and taking them in")
    _reading(folder)


def _writing(format: Format, workspace: Workspace, folder: Path, floor: float) -> None:
    to = _place(format, folder)

    def once() -> None:
        shutil.rmtree(to, ignore_errors=True)
        with written(format, workspace.outgoing(), to) as waiting:
            waiting.keep()

    try:
        seconds = _best(once)
    except Exception as error:  # noqa: BLE001  (one format that fails leaves the others)
        print(f"  {format.name:16}  {error!r:.80}")
        return
    wanted = _TARGETS.get(format.name)
    target = f"   wanted ≤ {wanted}" if wanted else ""
    print(f"  {format.name:16} {seconds:6.2f} s  {seconds / floor:6.2f} × the floor{target}")


def _reading(folder: Path) -> None:
    bare = 0.0
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
        if format.name == "annotator-json":
            bare = _executemany(into, folder / "bare.annotator")
            print(f"  bare executemany {bare:6.2f} s")
        ratio = bare / (parsed + taken) if bare else 0.0
        wanted = "   wanted ≥ 0.25" if format.own else ""
        print(
            f"  {format.name:16} {parsed:6.2f} s read {taken:7.2f} s taken in"
            f"  {ratio:5.2f} of the bare speed{wanted}"
        )


def _best(work: Callable[[], object]) -> float:
    found = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
        if found[-1] > _SLOW:
            break
    return min(found)


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
        found = [_peak(name, marks) for marks in (10_000, 1_000_000)]
        if None in found:
            print(f"  {name:16} failed")
            continue
        less, more = (mb or 0.0 for mb in found)
        print(f"  {name:16} {less:6.0f} MB {more:6.0f} MB   {more - less:+6.0f} MB")


def _peak(name: str, marks: int) -> float | None:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.formats", "--memory", name, str(marks)],
        capture_output=True,
        text=True,
        check=False,
    )
    return float(ran.stdout) if ran.returncode == 0 else None


def _hold(name: str, marks: int) -> None:
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
        with written(format, stream, _place(format, Path(folder))) as waiting:
            waiting.keep()
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
