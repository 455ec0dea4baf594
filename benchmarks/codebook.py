"""Changing the codebook of a project with 100,000 marks.

    python -m benchmarks.codebook

Counting what uses a kind, a field's value and a role, and merging a kind that all marks have,
with taking it back. Beside the counts the same question is asked of bare sqlite3 without JSON;
beside the merge bare sqlite3 updates the same rows in one transaction, without journal and rules.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotator.core.articles import new_article
from annotator.core.book import merging
from annotator.core.book.parts import Part, count
from annotator.core.book.uses import Use
from annotator.core.model import Block, FieldValue, Fragment, Mark, Member, Statement
from annotator.core.revision import Change, Edit
from annotator.store.driver import connect
from annotator.workspace import Workspace
from benchmarks.marking import start

MARKS = 100_000
ARTICLES = 100
ROUNDS = 5
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
    edit = plan.make()
    made = time.perf_counter()
    print(f"{'make its edit':36}{(made - planned) * 1e3:9.1f}   {len(edit.changes):,} changes")
    workspace.do(edit)
    took = (time.perf_counter() - made) * 1e3
    floor = update_bare(path, copy)
    print(f"{'do it':36}{took:9.1f}{floor:9.1f}{took / floor:7.1f}")
    before = time.perf_counter()
    workspace.undo()
    print(f"{'take it back':36}{(time.perf_counter() - before) * 1e3:9.1f}")


def update_bare(path: Path, copy: Path) -> float:
    """Milliseconds to change as many rows, one by one, in one transaction."""
    with Workspace.open(path) as workspace:
        marks = workspace.using([Use(kind="claim")])
    copy.touch()
    connection = connect(copy)
    connection.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, kind TEXT, rest TEXT)")
    connection.executemany(
        "INSERT INTO mark VALUES (?, 'position', ?)", [(m.id, "x" * 150) for m in marks]
    )
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
