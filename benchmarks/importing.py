"""Importing 1,000 text files, beside plain Python and sqlite3 reading and inserting the same.

    python -m benchmarks.importing

Plain is the least that has the same texts in a database afterwards: read, decode, hash, one
``INSERT`` each, committed as often as we commit and with the same settings. Ours also finds out
what each file is, cleans, divides into blocks, proposes metadata, compares with every other text,
keeps the rules, writes the journal, the list of articles and an index of words. That index alone
costs several times what plain does, so there is a second plain that makes the same one. Time by
the clock has waiting for the disk in it, and for others on the machine; so the time in which a
processor was busy is printed beside it.

Then: what looking for copies costs in a project of 10,000 articles.
"""

from __future__ import annotations

import hashlib
import random
import statistics
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import NamedTuple

from annotator import paths
from annotator.arrivals import Arrivals
from annotator.core.codebook import Start, parse
from annotator.core.text.copies import Signatures, signature
from annotator.formats.articles.reading import read_articles
from annotator.formats.articles.text import read_text
from annotator.importing import BATCH
from annotator.store.driver import connect
from annotator.workspace import Workspace

FILES = 1_000
ROUNDS = 5
MANY = 10_000


class Spent(NamedTuple):
    """Seconds by the clock, and those in which a processor was busy with it."""

    seconds: float
    busy: float

    def __sub__(self, earlier: Spent) -> Spent:
        return Spent(self.seconds - earlier.seconds, self.busy - earlier.busy)


def now() -> Spent:
    return Spent(time.perf_counter(), time.process_time())


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print_import(folder)
        texts = folder / "texts"
        write_files(texts, FILES, 1)
        print_reading(texts)
        print_copies(folder)


def articles(number: int, seed: int) -> list[str]:
    """Articles as long as the seeds, each of sentences of its own."""
    chance = random.Random(seed)
    words = " ".join(p.read_text(encoding="utf-8") for p in sorted(paths.seeds().iterdir())).split()
    found = []
    for n in range(number):
        lines = [
            f"Report {n} on the Summit of Two Presidents",
            f"Aug. {n % 28 + 1} 2025, Published {n % 12 + 1}:{n % 60:02} p.m. ET",
        ]
        lines += [" ".join(chance.choices(words, k=45)).rstrip(".,") + "." for _ in range(12)]
        found.append("\n\n".join(lines) + "\n")
    return found


def write_files(folder: Path, number: int, seed: int) -> None:
    folder.mkdir()
    for n, text in enumerate(articles(number, seed)):
        (folder / f"{n:05}.txt").write_text(text, encoding="utf-8")


def start() -> Start:
    path = paths.resources() / "codebooks" / "statements.toml"
    return parse(path.read_text(encoding="utf-8"), path.name)


def plain(texts: Path, to: Path, *, indexed: bool = False) -> Spent:
    """Seconds of reading and inserting, in commits of as many as ours, perhaps with its index."""
    began = now()
    to.touch()
    connection = connect(to)
    connection.execute("CREATE TABLE text (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL)")
    connection.execute("CREATE TABLE article (id INTEGER PRIMARY KEY, file TEXT, sha256 TEXT)")
    if indexed:
        connection.execute(_INDEX)
    files = sorted(texts.iterdir())
    for first in range(0, len(files), BATCH):
        connection.execute("BEGIN IMMEDIATE")
        for path in files[first : first + BATCH]:
            text = path.read_text(encoding="utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            connection.execute("INSERT INTO text VALUES (?, ?)", (digest, text))
            made = connection.execute(
                "INSERT INTO article (file, sha256) VALUES (?, ?)", (path.name, digest)
            )
            if indexed:
                connection.execute(
                    "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
                    (made.lastrowid, path.name, text),
                )
        connection.execute("COMMIT")
    connection.close()
    return now() - began


_INDEX = """CREATE VIRTUAL TABLE words USING fts5(
    title, body, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
)"""


def one_by_one(texts: Path, to: Path) -> Spent:
    """Seconds of the same with a commit for each file, as autocommit has it."""
    began = now()
    to.touch()
    connection = connect(to)
    connection.execute("CREATE TABLE text (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL)")
    for path in sorted(texts.iterdir()):
        text = path.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        connection.execute("INSERT INTO text VALUES (?, ?)", (digest, text))
    connection.close()
    return now() - began


def ours(texts: Path, to: Path) -> Spent:
    """Seconds of what ``annotator import`` does."""
    with Workspace.create(to, start(), "bench") as workspace:
        began = now()
        report = workspace.bring_in(step.found for step in read_articles([texts]))
        taken = now() - began
        assert len(report.made) == FILES, report.summary()
    return taken


def print_import(folder: Path) -> None:
    """Each round has texts of its own, because some of what was told of a text is remembered."""
    rounds: list[tuple[Spent, ...]] = []
    for n in range(ROUNDS + 1):
        texts = folder / f"texts-{n}"
        write_files(texts, FILES, 10 + n)
        whats = ("plain", "indexed", "single", "ours")
        named = [folder / f"{what}-{n}.annotator" for what in whats]
        rounds.append(
            (
                plain(texts, named[0]),
                plain(texts, named[1], indexed=True),
                one_by_one(texts, named[2]),
                ours(texts, named[3]),
            )
        )
    size = sum(path.stat().st_size for path in texts.iterdir())
    print(f"import {FILES:,} text files, {size / 1e6:.1f} MB, median of {ROUNDS}")
    of_all = list(zip(*rounds[1:], strict=True))
    _print_ratios("time", [statistics.median(s.seconds for s in some) for some in of_all])
    _print_ratios("of a processor", [statistics.median(s.busy for s in some) for some in of_all])


def _print_ratios(what: str, medians: list[float]) -> None:
    batched, indexed, single, our = medians
    print(f"  {what}")
    print(f"  plain Python and sqlite3, {BATCH} a commit   {batched * 1e3:7.0f} ms")
    print(f"  the same with an index of words          {indexed * 1e3:7.0f} ms")
    print(f"  plain Python and sqlite3, 1 a commit     {single * 1e3:7.0f} ms")
    print(f"  Annotator, {BATCH} a step                    {our * 1e3:7.0f} ms", end="")
    print(
        f"   {our / batched:.2f} × plain, {our / indexed:.2f} × plain with the index,"
        f" {our / single:.2f} × plain with 1 a commit"
    )


def print_reading(texts: Path) -> None:
    began = time.perf_counter()
    reads = [step.found for step in read_articles([texts])]
    print(
        f"  of which reading                         {(time.perf_counter() - began) * 1e3:7.0f} ms"
    )
    began = time.perf_counter()
    for path in sorted(texts.iterdir()):
        signature(path.read_text(encoding="utf-8"))
    print(
        f"  of which signatures                      {(time.perf_counter() - began) * 1e3:7.0f} ms"
    )
    assert len(reads) == FILES


def print_copies(folder: Path) -> None:
    """What the first import of a session costs in a large project, and each article after it."""
    with Workspace.create(folder / "many.annotator", start(), "bench") as workspace:
        workspace.bring_in(read_text(text, f"{n}") for n, text in enumerate(articles(MANY, 2)))
    with Workspace.open(folder / "many.annotator", "bench") as workspace:
        arrivals = Arrivals(workspace)
        began = time.perf_counter()
        arrivals.look()
        looked = time.perf_counter() - began
        began = time.perf_counter()
        _sampled_anew(workspace)
        anew = time.perf_counter() - began
        reads = [read_text(text, "new") for text in articles(200, 3)]
        began = time.perf_counter()
        for read in reads:
            arrivals.propose(read)
        each = (time.perf_counter() - began) / len(reads)
        sampled = [signature(workspace.text(article)) for article in workspace.articles()]
    tracemalloc.start()
    index = Signatures()
    for id, one in enumerate(sampled):
        index.add(id, one)
    print(f"copies in a project of {MANY:,} articles")
    print(f"  reading their samples, once a session            {looked * 1e3:7.0f} ms")
    print(f"  if the texts had to be read and sampled for it   {anew * 1e3:7.0f} ms")
    print(
        f"  memory of the index                              {tracemalloc.get_traced_memory()[0] / 1e6:7.0f} MB"
    )
    print(f"  looking for copies of one more                   {each * 1e3:7.2f} ms")


def _sampled_anew(workspace: Workspace) -> None:
    index = Signatures()
    for article in workspace.articles():
        index.add(article.id, signature(workspace.text(article)))


if __name__ == "__main__":
    main()
