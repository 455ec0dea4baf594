"""Large projects to measure with, the same each time.

    python -m benchmarks.projects FILE ARTICLES MARKS

Written past the rules, by the functions that write rows, journal and lists; everything is as it
would be had analysts done it, so ``annotator check`` finds such a project sound.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.core.articles import new_article
from annotator.core.codebook import parse
from annotator.core.model import (
    Analyst,
    Article,
    Block,
    Fragment,
    Id,
    Mark,
    Member,
    Progress,
    Record,
    Statement,
    Status,
    status_id,
)
from annotator.core.revision import Change, Edit, Revision, entry, tick
from annotator.store import derived, journal, rows
from annotator.store.driver import Connection
from annotator.store.project import ProjectFile
from annotator.workspace import Workspace

ANALYSTS = 4
LENGTH = 2_000
"""Of a text, about, in code points."""
SEED = 20250826
_BATCH = 500
"""Articles a revision."""
_OUTLETS = 40
_DAYS = 2_000
_WORDS = 30_000
_SOUNDS = "ba be bi bo da de du fa fi ga go ka ke ki la le li lo ma me mi mo na ne ni no pa po ra re ri ro sa se si so ta te ti to va ve vi vo za zé zü ša".split()  # fmt: skip


class Press:
    """Writes articles; rare and common words are as far apart as in a language."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = random.Random(seed)
        make = self.random
        self.words = ["".join(make.choices(_SOUNDS, k=make.randint(1, 5))) for _ in range(_WORDS)]
        self._weights = [1 / (n + 3) for n in range(_WORDS)]
        total = 0.0
        self._cumulative = [total := total + weight for weight in self._weights]

    def some(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self._cumulative, k=count)

    def text(self, number: int) -> str:
        """Paragraphs that no other article has."""
        words = self.some(LENGTH // 6)
        lines = [" ".join(words[at : at + 40]).capitalize() for at in range(0, len(words), 40)]
        return f"“{lines[0]},” said {words[3]} on day {number}.\n\n" + ".\n\n".join(lines) + ".\n"

    def article(self, number: int) -> tuple[Edit, Article]:
        text = self.text(number)
        day = self.random.randrange(_DAYS)
        year, rest = 2020 + day // 360, day % 360
        return new_article(
            text,
            title=" ".join(self.some(9)).capitalize() + f" {number}",
            blocks=(Block(0, len(text), "body"),),
            outlet=f"The {self.words[400 + self.random.randrange(_OUTLETS)].capitalize()}",
            published=f"{year}-{rest // 30 + 1:02}-{rest % 30 + 1:02}",
            file=f"{number}.txt",
        )


def make(path: Path, articles: int, marks: int, seed: int = SEED) -> None:
    """A project with so many articles and marks, two marks a statement, by four analysts."""
    book = parse(
        (paths.resources() / "codebooks" / "statements.toml").read_text(encoding="utf-8"), "it"
    )
    Workspace.create(path, book, "bench").close()
    file = ProjectFile.open(path)
    press = Press(seed)
    analysts = [record.id for record in file.records("analyst")]
    more = [Analyst(id=file.new_id(), name=f"Analyst {n}") for n in range(1, ANALYSTS)]
    _write(file, analysts[0], more, [])
    analysts += [analyst.id for analyst in more]
    for first in range(0, articles, _BATCH):
        numbers = range(first, min(first + _BATCH, articles))
        made = [press.article(number) for number in numbers]
        _write(file, analysts[0], [a for _, a in made], [t for edit, _ in made for t in edit.texts])
        for number, (edit, article) in zip(numbers, made, strict=True):
            wanted = marks * (number + 1) // articles - marks * number // articles
            if wanted:
                layer = analysts[press.random.randrange(ANALYSTS)]
                said = list(_work(file, press, article, edit.texts[0], layer, wanted))
                _write(file, layer, said, [])
    file.close()


def _work(
    file: ProjectFile, press: Press, article: Article, text: str, layer: Id, marks: int
) -> Iterator[Record]:
    """A layer of an article: marks in statements of two, and how far it is."""
    own: dict[str, Any] = {"article": article.id, "layer": layer, "made_at": 1, "made_by": layer}
    pending: list[Member] = []
    for number in range(marks):
        start = press.random.randrange(len(text) - 60)
        end = start + press.random.randrange(10, 60)
        kind = ("claim", "cue")[number % 2]
        piece = Fragment(start, end, text[start:end])
        mark = Mark(id=file.new_id(), kind=kind, fragments=(piece,), **own)
        pending.append(Member(kind, mark.id))
        yield mark
        if len(pending) == 2 or number == marks - 1:
            flagged = press.random.random() < 0.02
            yield Statement(id=file.new_id(), members=tuple(pending), flagged=flagged, **own)
            pending = []
    progress: Progress = press.random.choice(("in progress", "done"))
    where = status_id(article.id, layer)
    yield Status(id=where, article=article.id, layer=layer, progress=progress)


def _write(file: ProjectFile, author: Id, records: Sequence[Record], texts: list[str]) -> None:
    """One revision that makes these records."""
    connection = file.connection
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT OR IGNORE INTO text (sha256, body) VALUES (?, ?)",
        [(record.sha256, text) for record, text in zip(records, texts, strict=False)
         if isinstance(record, Article)],
    )  # fmt: skip
    changes = [Change(None, record) for record in records]
    journal.append(connection, _revision(connection, author, changes))
    for record in records:
        rows.write(connection, record)
    derived.follow(connection, changes)
    connection.execute("COMMIT")


def _revision(connection: Connection, author: Id, changes: list[Change]) -> Revision:
    known = journal.known(connection)
    (replica,) = connection.execute("SELECT max(id) FROM replica").fetchone()
    clock = tick(journal.last_clock(connection), time.time_ns() // 1_000_000)
    entries = tuple(entry(change, known) for change in changes)
    id = replica << 32 | known.get(replica, 0) + 1
    return Revision(id, clock, author, "Make a large project", "do", None, entries)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
