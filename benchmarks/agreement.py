"""Agreement of three analysts on a thousand articles: marks, statements, and one changed article.

Run with ``python -m benchmarks.agreement``; it makes a project file of 189,000 marks with a fixed
seed in a temporary folder, and takes about half a minute. Times are CPU seconds of the whole
process, all threads; imports are not counted, but told.

The straightforward version spells out every character of an article and counts in plain Python.
It computes one value of each figure on few articles and is scaled up; it draws no resamples.
"""

from __future__ import annotations

import gc
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

BEGIN = time.process_time()
import numpy as np  # noqa: E402
import scipy.optimize  # noqa: E402
import scipy.sparse.csgraph  # noqa: E402, F401

IMPORTED = time.process_time() - BEGIN

import msgspec  # noqa: E402

from annotator import paths  # noqa: E402
from annotator.analysis.agreement.counts import count, keep, read_kept  # noqa: E402
from annotator.analysis.agreement.mark_figures import mark_figures  # noqa: E402
from annotator.analysis.agreement.sample import Pieces, Sample  # noqa: E402
from annotator.analysis.agreement.statement_counts import count_statements  # noqa: E402
from annotator.analysis.agreement.statement_figures import statement_figures  # noqa: E402
from annotator.analysis.alignment import align  # noqa: E402
from annotator.analysis.differences import differences  # noqa: E402
from annotator.analysis.sheet import Sheet, scheme, sheet_of  # noqa: E402
from annotator.core import marking  # noqa: E402
from annotator.core.codebook import parse  # noqa: E402
from annotator.core.model import (  # noqa: E402
    Analyst,
    Article,
    Block,
    Fragment,
    Mark,
    Member,
    Statement,
    Status,
    status_id,
)
from annotator.store import rows  # noqa: E402
from annotator.store.migrations import migrate  # noqa: E402
from annotator.store.opening import VERSION  # noqa: E402
from annotator.workspace import Workspace  # noqa: E402
from annotator.workspace.comparing import Comparison  # noqa: E402

ARTICLES, LENGTH, STATEMENTS = 1000, 4400, 21
LAYERS = (1, 2, 3)
CHUNK = 25
"""Articles aligned at once, so that progress can be shown."""
FEW = 20
"""Articles for the straightforward version."""

_path = paths.resources() / "codebooks" / "statements.toml"
BOOK = parse(_path.read_text(encoding="utf-8"), _path.name).codebook
SCHEME = scheme(BOOK)


def layer_of(
    article: int, layer: int, said: list[dict[str, Any]], draw: random.Random
) -> tuple[list[Mark], list[Statement]]:
    """One analyst's account of what an article says: a tenth is missed, a third of boundaries
    differ a little, and so does a fifth of stances."""
    marks: list[Mark] = []
    statements: list[Statement] = []
    first = (article * len(LAYERS) + layer) * 1000
    for one in said:
        if draw.random() < 0.05:
            continue
        members = []
        for role in ("speaker", "cue", "claim"):
            start, end = one[role]
            if draw.random() < 1 / 3:
                end = max(start + 1, end + draw.randint(-3, 3))
            fields = {"actor": one["actor"]} if role == "speaker" else {}
            piece = Fragment(start, end, "x" * (end - start))
            mark = Mark(
                id=first + len(marks) + 1,
                article=article,
                layer=layer,
                kind=role,
                fragments=(piece,),
                fields=fields,
            )
            marks.append(mark)
            members.append(Member(role, mark.id))
        statements.append(
            Statement(
                id=first + 500 + len(statements),
                article=article,
                layer=layer,
                members=tuple(members),
                fields={"told": one["told"]},
            )
        )
    return marks, statements


def said_in(draw: random.Random) -> list[dict[str, Any]]:
    found = []
    for number in range(STATEMENTS + 1):
        start = number * 195 + draw.randrange(30)
        end = start + 18 + draw.randint(40, 120)
        found.append(
            {
                "speaker": (start, start + 12),
                "cue": (start + 13, start + 17),
                "claim": (start + 18, end),
                "actor": str(draw.randrange(1, 40)),
                "told": draw.choice(["direct", "partial", "reported"]),
            }
        )
    return found


def make(path: Path) -> None:
    """The project file; only what agreement reads."""
    draw = random.Random(2011)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection, VERSION)
        for article in range(1, ARTICLES + 1):
            said = said_in(draw)
            for layer in LAYERS:
                marks, statements = layer_of(article, layer, said, draw)
                for record in (*marks, *statements):
                    rows.write(connection, record)
        connection.execute("COMMIT")


class Piece(msgspec.Struct, gc=False):
    """A fragment without its quote."""

    start: int
    end: int


def read(path: Path) -> tuple[Sample, Pieces]:
    """The marks as columns, straight from the file.

    Each column comes as one text: 190,000 rows as tuples would cost three times as much. The
    collector of garbage would look through all the decoded lists again and again, so it waits.
    """
    columns = ", ".join(
        f"group_concat({name})" for name in ("article", "layer", "kind", "fragments")
    )
    with closing(sqlite3.connect(path)) as connection:
        articles, layers, kinds, fragments = connection.execute(
            f"SELECT {columns} FROM mark"
        ).fetchone()
    gc.disable()
    decoded = msgspec.json.decode(f"[{fragments}]", type=list[list[Piece]])
    times = np.fromiter(map(len, decoded), dtype=np.int64, count=len(decoded))
    start = np.fromiter((piece.start for mark in decoded for piece in mark), np.int64)
    end = np.fromiter((piece.end for mark in decoded for piece in mark), np.int64)
    del decoded
    gc.enable()
    ids, article = np.unique(np.fromstring(articles, np.int64, sep=","), return_inverse=True)
    layer = np.searchsorted(np.array(LAYERS), np.fromstring(layers, np.int64, sep=","))
    places = {kind: index for index, kind in enumerate(BOOK.kinds)}
    kind = np.fromiter((places[kind] for kind in kinds.split(",")), np.int64, len(times))
    sample = Sample(
        tuple(ids.tolist()),
        np.full(len(ids), LENGTH),
        LAYERS,
        tuple(BOOK.kinds),
        np.ones((len(ids), len(LAYERS)), dtype=np.bool_),
    )
    mark = np.arange(len(times))
    pieces = Pieces(
        np.repeat(article, times),
        np.repeat(layer, times),
        np.repeat(kind, times),
        np.repeat(mark, times),
        start,
        end,
    )
    return sample, pieces


def sheets(path: Path, few: int = ARTICLES) -> list[Sheet]:
    """The records of each article."""
    found = []
    with closing(sqlite3.connect(path)) as connection:
        for article in range(1, few + 1):
            marks = rows.select(connection, "mark", "article = ?", article)
            statements = rows.select(connection, "statement", "article = ?", article)
            found.append(sheet_of(article, LAYERS, marks, statements))  # type: ignore[arg-type]
    return found


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.process_time()
    found = work()
    return time.process_time() - begin, found


def plainly(sample: Sample, pieces: Pieces) -> None:
    """Alpha by kind and on sets, character F1, and span F1, one after the other."""
    spelled: dict[tuple[int, int], list[set[int]]] = {}
    spans: dict[tuple[int, int, int], set[tuple[int, int]]] = {}
    for article in range(len(sample.articles)):
        for layer in range(len(LAYERS)):
            spelled[article, layer] = [set() for _ in range(LENGTH)]
    columns = (pieces.article, pieces.layer, pieces.kind, pieces.start, pieces.end)
    for article, layer, kind, start, end in zip(*(c.tolist() for c in columns), strict=True):
        spans.setdefault((article, layer, kind), set()).add((start, end))
        for at in range(start, end):
            spelled[article, layer][at].add(kind)
    for kind in range(len(sample.kinds)):
        _plain_alpha(spelled, len(sample.articles), partial(_has, kind))
        _plain_spans(spans, len(sample.articles), kind)
    _plain_alpha(spelled, len(sample.articles), frozenset)


def _has(kind: int, judged: set[int]) -> bool:
    return kind in judged


def _plain_alpha(
    spelled: dict[tuple[int, int], list[set[int]]], articles: int, value: Callable[[Any], Any]
) -> float:
    coincidences: Counter[tuple[Any, Any]] = Counter()
    for article in range(articles):
        for at in range(LENGTH):
            judged = [value(spelled[article, layer][at]) for layer in range(len(LAYERS))]
            for one, other in combinations(judged, 2):
                coincidences[one, other] += 1
                coincidences[other, one] += 1
    totals: Counter[Any] = Counter()
    for (one, _), times in coincidences.items():
        totals[one] += times
    n = sum(totals.values())
    apart = sum(times for (one, other), times in coincidences.items() if one != other)
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    return 1 - (n - 1) * apart / expected if expected else float("nan")


def _plain_spans(
    spans: dict[tuple[int, int, int], set[tuple[int, int]]], articles: int, kind: int
) -> int:
    both = 0
    for article in range(articles):
        for a, b in combinations(range(len(LAYERS)), 2):
            others = sorted(spans.get((article, b, kind), ()))
            for start, end in sorted(spans.get((article, a, kind), ())):
                met = next((o for o in others if o[0] < end and start < o[1]), None)
                if met is not None:
                    others.remove(met)
                    both += 1
    return both


def on_marks(path: Path) -> None:
    reading, (sample, pieces) = cpu(lambda: read(path))
    counting, counts = cpu(lambda: count(sample, pieces))
    figuring, figures = cpu(lambda: mark_figures(sample, counts))
    total = reading + counting + figuring
    few = pieces.where(pieces.article < FEW)
    plain, _ = cpu(lambda: plainly(sample.only(range(FEW)), few))
    print(f"figures on {len(pieces):,} marks, {len(sample.articles):,} articles, 3 layers")
    print(f"  read from SQLite                     {reading:6.2f} s")
    print(f"  count by article                     {counting:6.2f} s")
    print(f"  {len(figures)} figures, 1,000 resamples        {figuring:6.2f} s")
    print(f"  together                             {total:6.2f} s")
    scaled = plain * ARTICLES / FEW
    print(f"  straightforward, without resamples   {scaled:6.2f} s   {scaled / total:.0f} ×")
    kept = list(keep(counts))
    again, _ = cpu(lambda: read_kept(kept, len(LAYERS), len(sample.kinds)))
    print(
        f"  read back what was kept              {again:6.2f} s, {len(kept[0]):,} bytes an article"
    )
    one_article(sample, pieces, counts)


def one_article(sample: Sample, pieces: Pieces, counts: Any) -> None:
    row = 7
    alone = sample.only([row])
    mine = pieces.where(pieces.article == row)
    mine = Pieces(
        np.zeros_like(mine.article), mine.layer, mine.kind, mine.mark, mine.start, mine.end
    )
    times = []
    for _ in range(20):
        counting, one = cpu(lambda: count(alone, mine))
        putting, whole = cpu(partial(counts.replaced, row, one))
        valuing, _ = cpu(partial(mark_figures, sample, whole, resamples=0))
        times.append((counting, putting, valuing))
    counting, putting, valuing = (
        1000 * float(np.median(column)) for column in zip(*times, strict=True)
    )
    spread, _ = cpu(lambda: mark_figures(sample, counts))
    print("one changed article, marks (median of 20)")
    print(f"  count it, put it in its place        {counting + putting:6.1f} ms")
    print(
        f"  all figures of all articles          {valuing:6.1f} ms, with intervals {1000 * spread:.0f} ms"
    )


def chunks(all_: list[Sheet]) -> Iterator[list[Sheet]]:
    for at in range(0, len(all_), CHUNK):
        yield all_[at : at + CHUNK]


def on_statements(path: Path) -> None:
    reading, found = cpu(lambda: sheets(path))
    aligning, _ = cpu(lambda: [align(some, SCHEME) for some in chunks(found)])
    counting, counts = cpu(
        lambda: [one for some in chunks(found) for one in count_statements(some, SCHEME)]
    )
    figuring, figures = cpu(lambda: statement_figures(LAYERS, counts, SCHEME))
    one, _ = cpu(lambda: [count_statements([sheet], SCHEME) for sheet in found[:50]])
    telling, _ = cpu(lambda: [differences(sheet, SCHEME) for sheet in found[:50]])
    pairs = len(found) * len(list(combinations(LAYERS, 2)))
    print(f"statements, {pairs:,} pairs of layers on an article")
    print(f"  read the records from SQLite         {reading:6.2f} s")
    print(
        f"  align alone                          {aligning:6.2f} s, {1000 * aligning / pairs:.2f} ms a pair"
    )
    print(f"  align and count                      {counting:6.2f} s")
    print(f"  {len(figures)} figures, 1,000 resamples         {figuring:6.2f} s")
    print(f"one changed article, statements        {1000 * one / 50:6.1f} ms")
    print(f"  its differences, listed              {1000 * telling / 50:6.1f} ms")


def through_the_door(path: Path) -> None:
    """What the command and the window pay: everything, reading and keeping included."""
    populate(path)
    with Workspace.open(path, "Analyst 1") as workspace:
        first, comparison = cpu(lambda: counted(workspace))
        plain, _ = cpu(partial(comparison.report, resamples=0))
        whole, report = cpu(comparison.report)
        again, _ = cpu(lambda: counted(workspace))
        print("through the door: read, count and keep everything")
        print(f"  the first time                       {first:6.2f} s")
        print(f"  once it is kept                      {again:6.2f} s   {first / again:.0f} ×")
        print(f"  {len(report.figures)} figures without intervals        {1000 * plain:6.1f} ms")
        print(f"  with intervals                       {1000 * whole:6.1f} ms")
        changed(workspace, comparison, whole)


def changed(workspace: Workspace, comparison: Comparison, whole: float) -> None:
    """An article in which a claim has just been marked, forty times over."""
    times = []
    for article in range(1, 41):
        mark_one(workspace, article)
        refreshing, _ = cpu(partial(comparison.refresh, [article]))
        plain, _ = cpu(partial(comparison.report, resamples=0))
        spread, _ = cpu(comparison.report)
        times.append((refreshing, plain, spread))
    typical = [1000 * float(np.median(column)) for column in zip(*times, strict=True)]
    least = [1000 * min(column) for column in zip(*times, strict=True)]
    print("one changed article, through the door          median of 40, least")
    told = ("read it, count it, keep it", "every figure and the worst articles", "… with intervals")
    for what, usual, quickest in zip(told, typical, least, strict=True):
        print(f"  {what:36} {usual:6.1f} ms {quickest:6.1f} ms")
    print(
        f"  read to last figure                  {sum(typical[:2]):6.1f} ms {sum(least[:2]):6.1f} ms"
    )
    print(f"  intervals, if all are added up anew  {1000 * whole:6.1f} ms")


def mark_one(workspace: Workspace, article: int) -> None:
    """The analyst marks one more claim; not counted, it is paid for on the key press."""
    page, book = workspace.page(article), workspace.codebook
    edit, _, _ = marking.mark(page, book, "claim", [(5, 25)], workspace.new_id, None)
    workspace.do(edit)


def counted(workspace: Workspace) -> Comparison:
    comparison = workspace.comparison()
    for _ in comparison.steps():
        pass
    return comparison


def populate(path: Path) -> None:
    """Articles, analysts and progress, so that the file is a project."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA application_id = 0x416E6E6F")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        rows.write(connection, BOOK)
        for layer in LAYERS:
            rows.write(connection, Analyst(id=layer, name=f"Analyst {layer}"))
        for article in range(1, ARTICLES + 1):
            digest = f"{article:064d}"
            connection.execute("INSERT INTO text VALUES (?, ?)", (digest, "x" * LENGTH))
            rows.write(
                connection,
                Article(
                    id=article,
                    title=f"Article {article}",
                    sha256=digest,
                    length=LENGTH,
                    blocks=(Block(0, LENGTH, "body"),),
                ),
            )
            for layer in LAYERS:
                id = status_id(article, layer)
                rows.write(connection, Status(id=id, article=article, layer=layer, progress="done"))
        connection.executemany(
            "INSERT INTO article_revision VALUES (?, ?)",
            ((a, a * 1000 + n) for a in range(1, ARTICLES + 1) for n in range(3 * 60)),
        )
        connection.execute("COMMIT")


def main() -> None:
    print(f"import numpy and what is used of scipy  {IMPORTED:5.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "agreement.annotator"
        make(path)
        on_marks(path)
        on_statements(path)
        through_the_door(path)


if __name__ == "__main__":
    main()
