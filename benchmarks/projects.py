"""Large projects to measure with, the same each time.

    python -m benchmarks.projects FILE ARTICLES MARKS

The records are those that verbs would make, and everything is as it would be had analysts done
it, so ``annotator check`` finds such a project sound. They are written past the rules and in
bulk: rows with ``executemany`` in the order of their ids, indexes once all rows are there, the
index of texts by a second process meanwhile, and nothing is waited for on its way to the disk.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from annotator import paths
from annotator.core.codebook import parse
from annotator.core.model import (
    Analyst,
    Article,
    Id,
    Mark,
    Progress,
    Record,
    Statement,
    Status,
    status_id,
)
from annotator.core.revision import kind_of
from annotator.store import journal, rows
from annotator.store.driver import Connection, connect
from annotator.store.file.opening import VERSION, discard
from annotator.store.finding import indexing, listed, sampled
from annotator.workspace import Workspace
from benchmarks.press import SEED, Hand, Press, kinds

ANALYSTS = 4
ACTORS = 500
_BATCH = 500
"""Articles a revision that brings them in; what is prepared before it is written."""
_PROGRESS: tuple[Progress, ...] = ("in progress", "done")
_BEGAN_MS = 1_756_166_400_000
"""When the work begins; a second passes between two steps."""
_FAST = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -2000000",
)
"""Only for a file that is thrown away when anything goes wrong."""
_OF_TEXTS = ("article_words_data", "article_words_idx", "article_words_docsize", "sampled")
"""What follows from the texts alone: the tables of their index, and their samples."""


class Bulk:
    """Steps on their way into a new project, with the journal that tells of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        found = "SELECT id, sequence, counter FROM replica"
        ((self._replica, self._sequence, self._counter),) = connection.execute(found).fetchall()
        (self.first,) = connection.execute("SELECT min(author) FROM revision").fetchone()
        """Who made the project."""
        self._tops: dict[Id, int | None] = {}
        self._records: list[Record] = []
        self._texts: list[tuple[str, str]] = []
        self._revisions: list[tuple[object, ...]] = []
        self._changes: list[tuple[object, ...]] = []
        self._about: list[tuple[Id, int]] = []
        self._counts: list[tuple[object, ...]] = []

    def ids(self) -> Iterator[Id]:
        """New ids, one after the other."""
        while True:
            self._counter += 1
            yield self._replica << 32 | self._counter

    @property
    def now_ms(self) -> int:
        """When the next step is done."""
        return _BEGAN_MS + 1000 * int(self._sequence)

    def step(self, author: Id, label: str, records: Sequence[Record], *about: Id) -> None:
        """A revision that makes these records, about some articles."""
        clock = self.now_ms << 15
        self._sequence += 1
        id = self._replica << 32 | self._sequence
        if author not in self._tops:
            self._tops[author] = journal.stack(self._connection, author).undo
        self._revisions.append((id, clock, author, label, id, self._tops[author]))
        self._tops[author] = id
        self._changes += [
            (id, ordinal, kind_of(record), record.id, _flat(record))
            for ordinal, record in enumerate(records)
        ]
        self._about += [(article, id) for article in about]
        self._records += records

    def text(self, digest: str, text: str) -> None:
        """The text of an article."""
        self._texts.append((digest, text))

    def count(self, article: Id, layer: Id, records: Sequence[Record], changed_at: int) -> None:
        """What a layer has in an article."""
        marks = sum(isinstance(record, Mark) for record in records)
        statements = [record for record in records if isinstance(record, Statement)]
        asked = sum(statement.flagged for statement in statements)
        self._counts.append((article, layer, marks, len(statements), asked, changed_at))

    def write(self) -> None:
        """Write what has been gathered, in one transaction."""
        run, many = self._connection.execute, self._connection.executemany
        run("BEGIN IMMEDIATE")
        many("INSERT INTO text (sha256, body) VALUES (?, ?)", self._texts)
        many(
            "INSERT INTO revision (id, clock, author, label, action, undo_top, below)"
            " VALUES (?, ?, ?, ?, 'do', ?, ?)",
            self._revisions,
        )
        many(
            "INSERT INTO change (revision, ordinal, kind, id, after) VALUES (?, ?, ?, ?, ?)",
            self._changes,
        )
        many("INSERT INTO article_revision (article, revision) VALUES (?, ?)", self._about)
        rows.write_all(self._connection, self._records)
        articles = (record for record in self._records if isinstance(record, Article))
        listed.enlist(self._connection, map(listed.line, articles))
        many(
            "INSERT INTO said_words (rowid, quote, note, name, field) VALUES (?, ?, ?, ?, ?)",
            ((record.id, *words) for record in self._records if (words := indexing.said(record))),
        )
        many(
            "INSERT INTO tally (article, layer, marks, statements, flagged, changed_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            self._counts,
        )
        run(
            "UPDATE replica SET sequence = ?, counter = ? WHERE id = ?",
            (self._sequence, self._counter, self._replica),
        )
        run("COMMIT")
        for gathered in (self._texts, self._revisions, self._changes, self._about):
            gathered.clear()
        self._records.clear()
        self._counts.clear()


def _flat(record: Record) -> str:
    """What the journal has of a record that is made, see :func:`annotator.core.revision.flatten`."""
    flat = msgspec.structs.asdict(record)
    del flat["id"]
    if isinstance(record, Mark | Statement):
        flat |= {f"fields.{key}": value for key, value in flat.pop("fields").items()}
    return msgspec.json.encode(flat).decode()


def make(path: Path, articles: int, marks: int, seed: int = SEED) -> None:
    """A project with so many articles and marks, two marks a statement, by four analysts."""
    book = parse(
        (paths.resources() / "codebooks" / "statements.toml").read_text(encoding="utf-8"), "it"
    )
    other = path.with_suffix(".texts")
    Workspace.create(path, book, "bench").close()
    press = Press(seed)
    try:
        with _quickly(path) as connection:
            indexes = _take_off_indexes(connection)
            bulk = Bulk(connection)
            _bring_in(bulk, press, articles)
        shutil.copy(path, other)
        indexing_texts = get_context("spawn").Process(target=_index_texts, args=(other,))
        indexing_texts.start()
        with _quickly(path) as connection:
            bulk = Bulk(connection)
            _mark_all(bulk, connection, press, articles, marks)
            for sql in indexes:
                connection.execute(sql)
            indexing_texts.join()
            _take_over(connection, other)
        with closing(connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        discard(path)
        raise
    finally:
        discard(other)


def cached(articles: int, marks: int) -> Path:
    """Such a project among the temporary files, made when it is not there; it may be worked in."""
    folder = Path(tempfile.gettempdir()) / "large-projects"
    folder.mkdir(exist_ok=True)
    path = folder / f"{articles}-{marks}-{SEED}-{VERSION}.annotator"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        discard(unfinished)
        start = time.perf_counter()
        make(unfinished, articles, marks)
        unfinished.rename(path)
        seconds, size = time.perf_counter() - start, path.stat().st_size
        print(
            f"made {articles:,} articles, {marks:,} marks, {size / 1e6:,.0f} MB in {seconds:.0f} s"
        )
    return path


@contextmanager
def _quickly(path: Path) -> Iterator[Connection]:
    with closing(connect(path)) as connection:
        for setting in _FAST:
            connection.execute(setting)
        yield connection


def _take_off_indexes(connection: Connection) -> list[str]:
    """Drop the indexes, to be made when all rows are there; returns how."""
    found = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql <> ''"
    indexes = connection.execute(found).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _, sql in indexes]


def _bring_in(bulk: Bulk, press: Press, articles: int) -> None:
    ids = bulk.ids()
    more = [Analyst(id=next(ids), name=f"Analyst {n}") for n in range(1, ANALYSTS)]
    bulk.step(bulk.first, "Make a large project", [*more, *press.actors(ids, ACTORS)])
    for start in range(0, articles, _BATCH):
        made = []
        for number in range(start, min(start + _BATCH, articles)):
            edit, article = press.article(number)
            bulk.text(article.sha256, edit.texts[0])
            made.append(article)
        bulk.step(bulk.first, f"Import {len(made)} files", made, *(one.id for one in made))
        bulk.write()


def _mark_all(bulk: Bulk, connection: Connection, press: Press, articles: int, marks: int) -> None:
    analysts, actors, issues = (
        [id for (id,) in connection.execute(f"SELECT id FROM {kind} ORDER BY id")]
        for kind in ("analyst", "actor", "issue")
    )
    hand = Hand(press, bulk.ids(), actors, issues)
    brought = connection.execute(
        "SELECT article.id, body FROM text JOIN article USING (sha256) ORDER BY text.rowid"
    )
    for number, (article, text) in enumerate(brought):
        wanted = marks * (number + 1) // articles - marks * number // articles
        layer = analysts[hand.random.randrange(len(analysts))]
        if wanted:
            _mark(bulk, hand, article, text, layer, wanted)
        if number % _BATCH == 0:
            bulk.write()
    bulk.write()


def _mark(bulk: Bulk, hand: Hand, article: Id, text: str, layer: Id, marks: int) -> None:
    """A layer of an article: its statements, a step each, and how far it is."""
    own: dict[str, Any] = {"article": article, "layer": layer}
    own |= {"made_by": layer, "changed_by": layer}
    everything: list[Record] = []
    for number in range((marks + 1) // 2):
        own["made_at"] = own["changed_at"] = bulk.now_ms
        made = hand.statement(text, kinds(number, marks), own)
        everything += made
        if not number:
            where = status_id(article, layer)
            progress = hand.random.choice(_PROGRESS)
            made.append(Status(id=where, article=article, layer=layer, progress=progress))
        bulk.step(layer, "Mark", made, article)
    bulk.count(article, layer, everything, own["changed_at"])


def _index_texts(path: Path) -> None:
    """In a copy that has the articles alone, which nobody else works on."""
    with _quickly(path) as connection:
        connection.execute("INSERT INTO article_words (article_words) VALUES ('rebuild')")
        connection.execute("BEGIN")
        sampled.rebuild(connection)
        connection.execute("COMMIT")


def _take_over(connection: Connection, other: Path) -> None:
    """The index of texts, and what near copies are told by, that were made in a copy."""
    connection.execute("ATTACH ? AS other", (str(other),))
    connection.execute("BEGIN")
    for table in _OF_TEXTS:
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {table} SELECT * FROM other.{table}")
    connection.execute("COMMIT")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
