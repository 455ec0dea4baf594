"""The list of a large project: filtering, sorting, searching; the first page of each.

    python -m benchmarks.articles [ARTICLES [MARKS [FILE]]]

Fifty different questions of each sort, the median and the 95th percentile in milliseconds.
Beside them, in turn with them, bare sqlite3 is asked for the same: the same tables and index,
ids only, by SQL written for the one question. Bare search fetches what a page needs and no more:
article, title and a snippet made by FTS5; ours also tells every place in code points. FILE is
made when it is not there, and kept. What scrolling costs is in the last lines.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from annotator.store.driver import Connection, connect
from annotator.store.finding.listing import Wanted
from annotator.store.finding.reader import Reader
from annotator.ui.articles.list import ArticleList
from annotator.ui.desk import Desk
from annotator.ui.look.theme import load_theme
from annotator.workspace import Workspace
from benchmarks.press import SEED, Press
from benchmarks.projects import make

QUERIES = 50
PAGE = 50
FRAMES = 200
Ask = Callable[[], object]


def main(articles: int = 100_000, marks: int = 1_000_000, file: str = "") -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(file) if file else Path(folder) / "large.annotator"
        if not path.exists():
            start = time.perf_counter()
            make(path, articles, marks)
            print(f"made in {time.perf_counter() - start:.0f} s")
        print(f"{articles:,} articles, {marks:,} marks, {path.stat().st_size / 1e6:,.0f} MB\n")
        start = time.perf_counter()
        with Workspace.open(path, "bench") as workspace:
            print(f"{'open the project':44}{_ms(time.perf_counter() - start):>9}")
            bare = connect(path)
            _questions(workspace.lists, bare)
            bare.close()
            _scrolling(workspace)


def _orders(reader: Reader, bare: Connection) -> None:
    """All ids of the project, beside one query that sorts them."""
    mine = "SELECT listed.article FROM listed LEFT JOIN {0} ON {0}.article = listed.article AND +{0}.layer = {1}"
    me = reader.who.id
    latest = "(SELECT article, max(changed_at) AS at FROM tally GROUP BY article) AS latest"
    for name, wanted, query in (
        ("titles", Wanted(), "SELECT article FROM listed ORDER BY words"),
        (
            "status, grouped",
            Wanted(group="status"),
            f"{mine.format('status', me)} ORDER BY progress, words",
        ),
        (
            "number of statements",
            Wanted(sort="statements"),
            f"{mine.format('tally', me)} ORDER BY statements DESC, words",
        ),
        (
            "last change",
            Wanted(sort="changed"),
            f"SELECT listed.article FROM listed LEFT JOIN {latest}"  # noqa: ISC004
            " ON latest.article = listed.article ORDER BY at DESC, words",
        ),
    ):
        _compare(
            f"all ids by {name}",
            [partial(reader.find, wanted)] * 3,
            [partial(_fetch, bare, query, ())] * 3,
        )


def _questions(reader: Reader, bare: Connection) -> None:
    press = Press(SEED + 1)
    outlets = [outlet for outlet, _ in reader.outlets()]
    words = press.words
    rare = [words[2_000 + 97 * n] for n in range(QUERIES)]
    parts = [word[:3] for word in words[60 : 60 + QUERIES]]
    days = [f"{2020 + n % 5}-{n % 12 + 1:02}" for n in range(QUERIES)]
    print(f"\n{'first page':44}{'p50 ms':>9}{'p95 ms':>9}{'bare p50':>10}{'ratio':>7}")
    _compare(
        "part of a title typed",
        [partial(reader.first_page, Wanted(typed=t), PAGE) for t in parts],
        [
            partial(
                _fetch,
                bare,
                "SELECT article FROM listed WHERE instr(words, ?) > 0 ORDER BY words LIMIT 50",
                (t,),
            )
            for t in parts
        ],
    )
    _compare(
        "an outlet, the newest first",
        [partial(reader.first_page, Wanted(outlet=o, sort="date"), PAGE) for o in _around(outlets)],
        [
            partial(
                _fetch,
                bare,
                "SELECT article FROM listed WHERE outlet = ? ORDER BY number DESC LIMIT 50",
                (o,),
            )
            for o in _around(outlets)
        ],
    )
    _compare(
        "from a month on, and done, by title",
        [partial(reader.first_page, Wanted(since=d, until=d, stage="done"), PAGE) for d in days],
        [
            partial(
                _fetch,
                bare,
                "SELECT listed.article FROM listed JOIN status ON status.article = listed.article"
                " WHERE published >= ? AND published <= ? AND layer = ? AND progress = 'done'"
                " ORDER BY words LIMIT 50",
                (d, d + "~", reader.who.id),
            )
            for d in days
        ],
    )
    _orders(reader, bare)
    print(
        f"\n{'search, first page with snippets and count':44}{'p50 ms':>9}{'p95 ms':>9}{'bare p50':>10}{'ratio':>7}"
    )
    for name, asked in (
        ("a rare word", rare),
        ("a common word", words[20 : 20 + QUERIES]),
        ("two words", [f"{a} {b}" for a, b in zip(rare, words[20:], strict=False)]),
        ("a phrase", [f'"{a} {b}"' for a, b in zip(words[5:55], words[9:], strict=False)]),
        ("the beginning of a word", [f"{word[:4]}*" for word in rare]),
    ):
        _compare(
            name,
            [partial(reader.search, q) for q in asked],
            [partial(_bare_search, bare, q) for q in asked],
        )


def _fetch(bare: Connection, sql: str, values: tuple[object, ...]) -> object:
    return bare.execute(sql, values).fetchall()


def _around(outlets: Sequence[str]) -> list[str]:
    return [outlets[n % len(outlets)] for n in range(QUERIES)]


def _bare_search(bare: Connection, typed: str) -> object:
    """The newest hits with snippets, and how many there are up to 2001."""
    words = [f'"{w}"*' if star else f'"{w}"' for w, star in _bare_words(typed)]
    match = " ".join(words)
    page = bare.execute(
        "SELECT listed.article, title, snippet(article_words, 1, '[', ']', '…', 20)"
        " FROM article_words JOIN listed ON listed.number = article_words.rowid"
        " WHERE article_words MATCH ? ORDER BY article_words.rowid DESC LIMIT 50",
        (match,),
    ).fetchall()
    count = bare.execute(
        "SELECT count(*) FROM (SELECT 1 FROM article_words WHERE article_words MATCH ? LIMIT 2001)",
        (match,),
    ).fetchone()
    marks = bare.execute(
        "SELECT rowid FROM said_words WHERE said_words MATCH ? ORDER BY rowid DESC LIMIT 50",
        (match,),
    ).fetchall()
    return page, count, marks


def _bare_words(typed: str) -> list[tuple[str, bool]]:
    if typed.startswith('"'):
        return [(typed.strip('"'), False)]
    return [(word.rstrip("*"), word.endswith("*")) for word in typed.split()]


def _compare(name: str, ours: Sequence[Ask], bare: Sequence[Ask]) -> None:
    ours[0](), bare[0]()
    ours_s, bare_s = [], []
    for one, other in zip(ours, bare, strict=True):
        ours_s.append(_timed(one))
        bare_s.append(_timed(other))
    mine, theirs = statistics.median(ours_s), statistics.median(bare_s)
    tail = sorted(ours_s)[int(len(ours_s) * 0.95)]
    print(f"{name:44}{_ms(mine):>9}{_ms(tail):>9}{_ms(theirs):>10}{mine / theirs:>7.1f}")


def _scrolling(workspace: Workspace) -> None:
    """Frames of the list, drawn whole: by the wheel, and jumping to rows not seen before."""
    app = QApplication.instance() or QApplication([])
    theme = load_theme("light")
    desk = Desk(workspace)
    pane = ArticleList(desk, theme)
    pane.asking.is_small = True
    pane.asking.ask("list", lambda reader: reader.find(Wanted()), pane._show_listing)
    pane.resize(260, 900)
    pane.show()
    app.processEvents()
    bar, view = pane.list.verticalScrollBar(), pane.list.viewport()
    steps = max(1, bar.maximum() // FRAMES)
    print(f"\n{'a frame of the list':44}{'p50 ms':>9}{'p95 ms':>9}")
    for name, values in (
        ("wheel", [bar.maximum() // 2 + 50 * n for n in range(FRAMES)]),
        ("jump", [steps * n for n in range(FRAMES)]),
    ):
        taken = []
        for value in values:
            start = time.perf_counter()
            bar.setValue(value)
            view.repaint()
            taken.append(time.perf_counter() - start)
        tail = sorted(taken)[int(FRAMES * 0.95)]
        print(f"{name:44}{_ms(statistics.median(taken)):>9}{_ms(tail):>9}")
    pane.close_down()


def _timed(ask: Ask) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}"


if __name__ == "__main__":
    given = sys.argv[1:]
    articles, marks = (int(word) for word in (*given, "100000", "1000000")[:2])
    main(articles, marks, "".join(given[2:]))
