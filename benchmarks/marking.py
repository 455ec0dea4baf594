"""Marking without the window: one gesture, opening an article, export.

    python -m benchmarks.marking

A gesture is a verb, :meth:`Workspace.do` and the page taking it over: what happens between the
key and the repaint. Beside it, in turn with it, bare sqlite3 writes the same rows into a copy of
the project with the same settings; the ratio is what our rules, journal and records cost.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotator import paths
from annotator.core import marking
from annotator.core.articles import new_article
from annotator.core.codebook import Start, parse
from annotator.core.model import Block, Fragment, Id, Mark, Member, Statement
from annotator.core.page import Page
from annotator.core.revision import Change, Edit, Revision
from annotator.formats import annotator_json
from annotator.formats.articles.text import read_text_file
from annotator.formats.atomic import write_whole
from annotator.store.driver import Connection, connect
from annotator.store.project import ProjectFile
from annotator.workspace import Workspace

GESTURES = 200
ROUNDS = 5
SENTENCE = "“We’re going to find out,” the minister said on Tuesday 😀. "


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{'one gesture':44}{'p50 ms':>9}{'p95 ms':>9}{'bare p50':>10}{'ratio':>7}")
        for marks, length in ((0, 1_000), (1_000, 100_000), (100_000, 1_000_000)):
            path = folder / f"{marks}.annotator"
            make_project(path, length, marks)
            print_gestures(path, f"{length:,} characters, {marks:,} marks")
        print(f"\n{'open and export':44}{'p50 ms':>9}")
        for marks in (1_000, 100_000):
            print_opening(folder / f"{marks}.annotator", f"{marks:,} marks")
        make_seeds(folder / "seeds.annotator")
        print_export(folder / "seeds.annotator", "both seeds")
        print_export(folder / "1000.annotator", "100,000 characters, 1,000 marks")
        print_check(folder / "1000.annotator", "100,000 characters, 1,000 marks")


def start() -> Start:
    path = paths.resources() / "codebooks" / "statements.toml"
    return parse(path.read_text(encoding="utf-8"), path.name)


def make_seeds(path: Path) -> None:
    texts = [read_text_file(seed) for seed in sorted(paths.seeds().iterdir())]
    Workspace.create(path, start(), "bench", texts).close()


def make_project(path: Path, length: int, marks: int) -> None:
    """A project of one article with marks all over it, each in a statement of its own."""
    text = (SENTENCE * (length // len(SENTENCE) + 1))[:length]
    edit, article = new_article(text, title="Long", blocks=(Block(0, length, "body"),))
    with Workspace.create(path, start(), "bench") as workspace:
        workspace.do(edit)
        changes: list[Change] = []
        for n in range(marks):
            at = n * 997 % (length - 30)
            id, layer = workspace.new_id(), workspace.analyst.id
            piece = Fragment(at, at + 20, text[at : at + 20])
            mark = Mark(id=id, article=article.id, layer=layer, kind="claim", fragments=(piece,))
            statement = Statement(
                id=workspace.new_id(),
                article=article.id,
                layer=layer,
                members=(Member("claim", id),),
            )
            changes += [Change(None, mark), Change(None, statement)]
        workspace.do(Edit("Marks", tuple(changes)))


def print_gestures(path: Path, what: str) -> None:
    copy = path.with_name(f"copy-{path.name}")
    copy.write_bytes(path.read_bytes())
    ours, bare = [], []
    with Workspace.open(path, "bench") as workspace:
        page = workspace.page(workspace.articles()[0].id)
        reading, writing = connect(path), connect(copy)
        workspace.subscribe(lambda revision: take_over(page, workspace, revision))
        for n in range(GESTURES):
            before = time.perf_counter()
            revision = gesture(workspace, page, n)
            ours.append(time.perf_counter() - before)
            rows = written(reading, revision)
            before = time.perf_counter()
            write(writing, rows)
            bare.append(time.perf_counter() - before)
        reading.close()
        writing.close()
    p50, floor = statistics.median(ours), statistics.median(bare)
    p95 = statistics.quantiles(ours, n=20)[-1]
    print(f"{what:44}{p50 * 1e3:9.2f}{p95 * 1e3:9.2f}{floor * 1e3:10.2f}{p50 / floor:7.1f}")


def gesture(workspace: Workspace, page: Page, n: int) -> Revision:
    at = n * 3 % (len(page.text) - 10)
    edit, _, _ = marking.mark(page, workspace.codebook, "claim", [(at, at + 9)], workspace.new_id)
    revision = workspace.do(edit)
    assert revision is not None
    return revision


def take_over(page: Page, workspace: Workspace, revision: Revision) -> None:
    for entry in revision.entries:
        page.refresh(entry.kind, entry.id, workspace.record(entry.kind, entry.id))


Rows = list[tuple[str, tuple[object, ...]]]


def written(connection: Connection, revision: Revision) -> Rows:
    """The rows that a revision wrote, by table."""
    made: dict[str, Id] = {entry.kind: entry.id for entry in revision.entries}
    found: Rows = []
    for table, column, id in (
        ("revision", "id", revision.id),
        ("change", "revision", revision.id),
        ("mark", "id", made["mark"]),
        ("statement", "id", made["statement"]),
        ("member", "statement", made["statement"]),
    ):
        rows = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (id,)).fetchall()
        found += [(table, row) for row in rows]
    return found


def write(connection: Connection, rows: Rows) -> None:
    """The same rows in one transaction, and nothing else."""
    connection.execute("BEGIN IMMEDIATE")
    for table, row in rows:
        places = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} VALUES ({places})", row)
    connection.execute("COMMIT")


def print_median(what: str, work: Callable[[], object]) -> None:
    times = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    print(f"{what:44}{statistics.median(times) * 1e3:9.1f}")


def print_opening(path: Path, what: str) -> None:
    def opened() -> None:
        ProjectFile.open(path).close()

    print_median(f"open the project, {what}", opened)
    with Workspace.open(path, "bench") as workspace:
        article = workspace.articles()[0].id
        print_median(f"open the article, {what}", lambda: workspace.page(article))


def print_export(path: Path, what: str) -> None:
    with Workspace.open(path) as workspace:

        def export() -> None:
            write_whole(path.with_suffix(".json"), annotator_json.encode(workspace.bundle()))

        print_median(f"export {what}", export)
    data = path.with_suffix(".json").read_bytes()
    print_median(f"read it back, {len(data):,} bytes", lambda: annotator_json.decode(data, "it"))


def print_check(path: Path, what: str) -> None:
    with Workspace.open(path) as workspace:
        print_median(f"check {what}", workspace.check)


if __name__ == "__main__":
    main()
