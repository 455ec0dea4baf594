"""What every format costs to write and to read, and what streaming ones hold in memory.

    python -m benchmarks.formats [ARTICLES MARKS] [--only FORMAT …] [--out FORMAT …]
                                 [--in FORMAT …] [--memory FORMAT …]

Writing stands beside the floor: fetching the same rows with sqlite3 and doing nothing with them,
done in turn with it; seconds are medians, and so is the ratio, of those of the rounds. Tables
also stand beside fetching their own rows, from a database that has them as they are. Reading
stands beside a bare ``executemany`` of the same rows, those of the journal included, into the
same indexed tables, done right after it, and beside one that also fills what is kept beside the
rows: the two indexes of words, the list of articles and its counts, the samples, and which
articles a step concerns. Memory is the peak of a
process of its own, in which articles are made as they are asked for, so that nothing but the
writer can hold them, and of another one that reads what was written and takes it in. ``--out``,
``--in`` and ``--memory`` ask for these parts alone, of some formats.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median

from annotator import paths
from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import Start, parse
from annotator.core.foreign.labels import LabelMapping
from annotator.core.model import Analyst, Fragment, Mark, Member, Statement
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from annotator.formats.exchange.labelled import Labelled
from annotator.store.driver import sqlite3
from annotator.store.finding import indexing
from annotator.store.project import ProjectFile
from annotator.workspace import Workspace
from benchmarks.press import Press
from benchmarks.projects import make

_ROUNDS = 5
_SLOW = 10.0
"""Seconds after which one round is enough."""
_SAID = ("article", "text", "mark", "statement", "status", "assignment", "verdict", "comment")
_JOURNAL = ("revision", "change")
_BESIDE = ("listed", "tally", "sampled", "article_revision")
_ALL_WORDS = (
    "INSERT INTO article_words (rowid, title, body)"
    " SELECT number, title, body FROM listed_text ORDER BY number"
)
_STREAMING = ("annotator-json", "annotator-jsonl", "tables", "conll", "html", "graphml", "xlsx")
_TARGETS = {"annotator-json": 2.0, "annotator-jsonl": 2.0, "tables": 1.2}
_TAKEN_IN = ("annotator-json", "annotator-jsonl", "tables")
_PER_ARTICLE = 100
_SIZES = (10_000, 1_000_000)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?", type=int, default=1_000)
    parser.add_argument("marks", nargs="?", type=int, default=100_000)
    parser.add_argument("--out", nargs="+", metavar="FORMAT")
    parser.add_argument("--in", nargs="+", metavar="FORMAT", dest="reads")
    parser.add_argument("--memory", nargs="+", metavar="FORMAT")
    parser.add_argument("--only", nargs="+", metavar="FORMAT", default=list(catalogue().formats))
    parser.add_argument("--no-memory", action="store_true")
    parser.add_argument("--hold", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--take", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.hold:
        _hold(given.hold[0], int(given.hold[1]), Path(given.hold[2]))
    elif given.take:
        _take(given.take[0], Path(given.take[1]))
    elif given.out or given.reads or given.memory:
        with tempfile.TemporaryDirectory() as folder:
            if given.out:
                _writes(Path(folder), given.articles, given.marks, given.out)
            _reads(Path(folder), given.articles, given.marks, given.reads or [])
        _memory(given.memory or [])
    else:
        with tempfile.TemporaryDirectory() as folder:
            _costs(Path(folder), given.articles, given.marks, given.only)
        _memory([] if given.no_memory else _STREAMING)


def _costs(folder: Path, articles: int, marks: int, only: list[str]) -> None:
    _writes(folder, articles, marks, only)
    print(f"reading {articles:,} articles, {marks:,} marks, and taking them in")
    _reading(folder)


def _writes(folder: Path, articles: int, marks: int, names: list[str]) -> None:
    """What it costs to write these formats."""
    project = folder / "whole.annotator"
    make(project, articles, marks)
    print(f"{articles:,} articles, {marks:,} marks; writing beside fetching the rows")
    with Workspace.open(project, "bench") as workspace:
        _beside("rows alone", project, lambda: deque(workspace.outgoing().articles, maxlen=0), None)
        for format in map(catalogue().named, names):
            if format.write is not None:
                _writing(format, workspace, folder)


def _reads(folder: Path, articles: int, marks: int, names: list[str]) -> None:
    """What it costs to read these formats, without timing how they are written."""
    if not names:
        return
    project = folder / "whole.annotator"
    if not project.exists():
        make(project, articles, marks)
    with Workspace.open(project, "bench") as workspace:
        for format in map(catalogue().named, names):
            shutil.rmtree(_place(format, folder), ignore_errors=True)
            with written(format, workspace.outgoing(), _place(format, folder)) as waiting:
                waiting.keep()
    print(f"reading {articles:,} articles, {marks:,} marks, and taking them in")
    _reading(folder)


def _writing(format: Format, workspace: Workspace, folder: Path) -> None:
    to = _place(format, folder)

    def once() -> None:
        shutil.rmtree(to, ignore_errors=True)
        with written(format, workspace.outgoing(), to) as waiting:
            waiting.keep()

    try:
        took = _beside(format.name, workspace.path, once, _TARGETS.get(format.name))
        if format.name == "tables":
            _beside_their_rows(to, took)
    except Exception as error:  # noqa: BLE001  (one format that fails leaves the others)
        print(f"  {format.name:16}  {error!r:.80}")


def _beside(name: str, project: Path, work: Callable[[], object], wanted: float | None) -> float:
    """The median seconds of some rounds, in each of which the rows are fetched first."""
    took: list[float] = []
    floors: list[float] = []
    for _ in range(_ROUNDS):
        floors.append(_seconds(lambda: _fetch(project)))
        took.append(_seconds(work))
        if took[-1] > _SLOW:
            break
    ratio = median(each / floor for each, floor in zip(took, floors, strict=True))
    target = f"   wanted ≤ {wanted}" if wanted else ""
    print(f"  {name:16} {median(took):6.2f} s  {ratio:6.2f} × {median(floors):.2f} s{target}")
    return median(took)


def _beside_their_rows(tables: Path, took: float) -> None:
    """The other floor of tables: had SQLite their rows as they are, what fetching them takes."""
    database = tables.with_name("tables.db")
    names = [path.stem for path in sorted(tables.iterdir())]
    with closing(sqlite3.connect(database)) as connection:
        for name in names:
            with (tables / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                lines = csv.reader(file)
                head = [f'"{column}"' for column in next(lines)]
                connection.execute(f'CREATE TABLE "{name}" ({", ".join(head)})')
                places = ", ".join("?" * len(head))
                connection.executemany(f'INSERT INTO "{name}" VALUES ({places})', lines)
        connection.commit()
    floor = median(_seconds(lambda: _fetch(database, names)) for _ in range(_ROUNDS))
    print(f"  {'… their own rows':16} {took:6.2f} s  {took / floor:6.2f} × {floor:.2f} s")


def _reading(folder: Path) -> None:
    for format in catalogue().read.values():
        at = _place(format, folder)
        if not at.exists() or format.read is None:
            continue
        into = folder / f"into-{format.name}.annotator"
        os.sync()  # what others wrote is not to be waited for here
        try:
            parsed, taken = _brought(format, at, into)
        except Exception as error:  # noqa: BLE001
            print(f"  {format.name:16}  {error!r:.80}")
            continue
        bare, whole = (
            _executemany(into, folder / f"{name}-{format.name}.annotator", beside)
            for name, beside in (("bare", False), ("whole", True))
        )
        read = f"{parsed:6.2f} s read" if parsed else "read and".rjust(13)
        both = parsed + taken
        print(
            f"  {format.name:16} {read} {taken:7.2f} s taken in"
            f"  {bare / both:5.2f} of bare rows in {bare:.2f} s,"
            f" {whole / both:5.2f} of these with words and lists in {whole:.2f} s"
            "   wanted ≥ 0.25 of bare rows",
            flush=True,
        )


def _brought(format: Format, at: Path, into: Path) -> tuple[float, float]:
    """Seconds to read and to take in, or 0 and both together, as the command line does it."""
    with Workspace.create(into, _start(), "bench") as workspace:
        started = time.perf_counter()
        if format.own and format.stream is not None:
            workspace.take_in_parts(format.stream(at, format.asked()), at.name)
            return 0.0, time.perf_counter() - started
        found = Labelled(format=format.name).read(format, at).bundle
        parsed = time.perf_counter()
        workspace.take_in(found, at.name, None if format.own else LabelMapping(add=True))
        return parsed - started, time.perf_counter() - parsed


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _place(format: Format, folder: Path) -> Path:
    suffix = "" if format.folder or not format.suffixes else format.suffixes[0]
    return folder / f"out-{format.name}{suffix}"


def _fetch(project: Path, tables: Iterable[str] = _SAID) -> None:
    connection = sqlite3.connect(project)
    for table in tables:
        connection.execute(f'SELECT * FROM "{table}"').fetchall()
    connection.close()


def _executemany(filled: Path, bare: Path, beside: bool) -> float:
    """Seconds to put the rows of a project into the tables of an empty one.

    With what is kept ``beside`` them, made as plainly: a statement a table.
    """
    Workspace.create(bare, _start(), "bench").close()
    source = ProjectFile.open(filled)
    into = ProjectFile.open(bare)
    tables = (*_JOURNAL, *_SAID, "member", *(_BESIDE if beside else ()))
    rows = {t: source.connection.execute(f'SELECT * FROM "{t}"').fetchall() for t in tables}
    words = list(_words(source)) if beside else []
    source.close()
    os.sync()  # what was written until now is not to be waited for
    started = time.perf_counter()
    into.connection.execute("BEGIN IMMEDIATE")
    for table in tables:
        if rows[table]:
            places = ", ".join("?" * len(rows[table][0]))
            into.connection.executemany(
                f'INSERT OR IGNORE INTO "{table}" VALUES ({places})', rows[table]
            )
    if beside:
        into.connection.execute(_ALL_WORDS)
        indexing.add_said(into.connection, "said_words", words)
    into.connection.execute("COMMIT")
    seconds = time.perf_counter() - started
    into.close()
    return seconds


def _words(project: ProjectFile) -> Iterator[tuple[int, str, str, str, str]]:
    """What can be found of marks and statements, in the order of their ids."""
    said = [record for kind in ("mark", "statement") for record in project.records(kind)]
    for record in sorted(said, key=lambda one: one.id):
        if (found := indexing.said(record)) is not None:
            yield record.id, *found


def _start() -> Start:
    book = paths.resources() / "codebooks" / "statements.toml"
    return parse(book.read_text(encoding="utf-8"), "it")


# Memory


def _memory(names: Iterable[str]) -> None:
    wanted = [name for name in names if name in catalogue().written]
    if not wanted:
        return
    print("peak memory, 10,000 marks and 1,000,000 marks; wanted: ≤ 50 MB more")
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            places = [_place(catalogue().named(name), Path(folder, str(n))) for n in _SIZES]
            for place in places:
                place.parent.mkdir()
            sizes = zip(_SIZES, places, strict=True)
            _growth(name, "written", [_peak("--hold", name, str(n), str(to)) for n, to in sizes])
            if name in _TAKEN_IN:
                _growth(name, "taken in", [_peak("--take", name, str(to)) for to in places])


def _growth(name: str, what: str, found: list[float | None]) -> None:
    less, more = found
    if less is None or more is None:
        print(f"  {name:16} {what:9} failed")
        return
    print(
        f"  {name:16} {what:9} {less:6.0f} MB {more:6.0f} MB   {more - less:+6.0f} MB", flush=True
    )


def _peak(*what: str) -> float | None:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.formats", *what],
        capture_output=True,
        text=True,
        check=False,
    )
    return float(ran.stdout) if ran.returncode == 0 else None


def peak_mb() -> float:
    """The megabytes that this process had at most.

    Not as ``getrusage`` has them: a child begins there with what its parent had.
    """
    said = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in said if line.startswith("VmHWM"))


def _hold(name: str, marks: int, to: Path) -> None:
    """Write so many marks."""
    format = catalogue().named(name)
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.create(Path(folder) / "p.annotator", _start(), "bench") as workspace,
    ):
        outgoing = workspace.outgoing()
        analyst = workspace.analyst
        project = replace(outgoing.project, analysts=(analyst,))
        stream = Outgoing(project, _articles(marks // _PER_ARTICLE, analyst))
        with written(format, stream, to) as waiting:
            waiting.keep()
    print(peak_mb())


def _take(name: str, given: Path) -> None:
    """Read what was written and take it in."""
    with tempfile.TemporaryDirectory() as folder:
        _brought(catalogue().named(name), given, Path(folder) / "p.annotator")
        print(peak_mb())


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
