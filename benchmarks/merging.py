"""Merging a colleague's file: 1,000 articles with 100,000 marks that the project does not have.

    python -m benchmarks.merging

Beside it, in the same run, the least that could be done: SQLite copies the other file's tables of
records and its journal into the project, without folding, rules, list, counts or index of words.
The ratio is what these cost.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotator import paths
from annotator.core.articles import new_article
from annotator.core.codebook import parse
from annotator.core.model import Block, Fragment, Mark, Member, Statement
from annotator.core.revision import Change, Edit
from annotator.store.driver import connect
from annotator.workspace import Workspace

ARTICLES, MARKS = 1_000, 100
SENTENCE = "“We’re going to find out,” the minister said on Tuesday. "
TABLES = ("revision", "change", "text", "article", "analyst", "mark", "statement", "member")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project, other = folder / "project.annotator", folder / "other.annotator"
        start = parse(
            (paths.resources() / "codebooks" / "statements.toml").read_text(encoding="utf-8"), ""
        )
        Workspace.create(project, start, "Rita").close()
        shutil.copyfile(project, other)
        with Workspace.open(other, "Ada") as ada:
            for number in range(ARTICLES):
                fill(ada, number)
        bare = folder / "bare.annotator"
        shutil.copyfile(project, bare)
        size = other.stat().st_size / 1e6
        print(f"{ARTICLES:,} articles, {ARTICLES * MARKS:,} marks, {size:.0f} MB")
        floor = timed(lambda: copy_tables(bare, other))
        print(f"{'the tables alone, by SQLite':40}{floor:8.2f} s")
        with Workspace.open(project, "Rita") as rita:
            for what, dry_run in (("dry run", True), ("merge", False), ("once more", False)):
                seconds = timed(lambda dry_run=dry_run: rita.merge(other, dry_run))  # type: ignore[misc]
                print(f"{what:40}{seconds:8.2f} s{seconds / floor:8.1f} ×")


def fill(workspace: Workspace, number: int) -> None:
    """An article with marks, two to a statement, as one step."""
    text = f"Article {number}.\n" + SENTENCE * MARKS
    edit, article = new_article(
        text, title=f"Article {number}", blocks=(Block(0, len(text), "body"),)
    )
    layer = workspace.analyst.id
    at = text.index("“")
    changes = list(edit.changes)
    for place in range(MARKS // 2):
        begin = at + place * len(SENTENCE)
        marks = []
        for kind, start, end in (("claim", begin, begin + 25), ("speaker", begin + 26, begin + 38)):
            piece = Fragment(start, end, text[start:end])
            marks.append(
                Mark(
                    id=workspace.new_id(),
                    article=article.id,
                    layer=layer,
                    kind=kind,
                    fragments=(piece,),
                )
            )
        members = tuple(Member(mark.kind, mark.id) for mark in marks)
        statement = Statement(
            id=workspace.new_id(), article=article.id, layer=layer, members=members
        )
        changes += (Change(None, record) for record in (*marks, statement))
    workspace.do(Edit("Fill", tuple(changes), edit.texts))


def copy_tables(into: Path, other: Path) -> None:
    connection = connect(into)
    connection.execute("ATTACH DATABASE ? AS other", (str(other),))
    connection.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        connection.execute(f"INSERT OR IGNORE INTO main.{table} SELECT * FROM other.{table}")
    connection.execute("COMMIT")
    connection.close()


def timed(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
