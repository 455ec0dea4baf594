"""Agreement of three analysts on a thousand articles: marks, statements, and one changed article.

Run with ``python -m benchmarks.agreement``; it makes a project file of 188,000 marks with a fixed
seed in a temporary folder, and takes about half a minute. Times are CPU seconds of the whole
process, all threads; imports are not counted, but told.

The straightforward version spells out every character of an article and counts in plain Python.
It computes one value of each figure on few articles and is scaled up; it draws no resamples.
"""

from __future__ import annotations

import gc
import sqlite3
import tempfile
import time
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

from annotator.analysis.agreement.counts import count, keep, read_kept  # noqa: E402
from annotator.analysis.agreement.mark_figures import mark_figures  # noqa: E402
from annotator.analysis.agreement.sample import Pieces, Sample  # noqa: E402
from annotator.analysis.agreement.statement_counts import count_statements  # noqa: E402
from annotator.analysis.agreement.statement_figures import statement_figures  # noqa: E402
from annotator.analysis.alignment import align  # noqa: E402
from annotator.analysis.differences import differences  # noqa: E402
from annotator.analysis.sheet import Sheet, scheme, sheet_of  # noqa: E402
from annotator.core import marking  # noqa: E402
from annotator.store import rows  # noqa: E402
from annotator.workspace import Workspace  # noqa: E402
from annotator.workspace.comparing import Comparison  # noqa: E402
from benchmarks.agreement_plainly import plainly  # noqa: E402
from benchmarks.agreement_project import ARTICLES, BOOK, LAYERS, LENGTH, make, populate  # noqa: E402

CHUNK = 25
"""Articles aligned at once, so that progress can be shown."""
FEW = 20
"""Articles for the straightforward version."""

SCHEME = scheme(BOOK)


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
