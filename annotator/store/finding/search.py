"""Searching the project: texts and titles, what was marked and noted, and who is named.

Hits come page by page, the best first when there are few, else the newest date first: ranking
all hits of a common word would take seconds. Where the words are is told in code points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.core.model import Id, Mark, Record, Statement
from annotator.core.text.offsets import Offsets
from annotator.store import rows
from annotator.store.driver import Connection
from annotator.store.finding import indexing
from annotator.store.finding.indexing import add_said, said
from annotator.store.finding.listing import Viewer, Wanted, conditions
from annotator.store.finding.words import Query, understand

PAGE = 50
"""Hits on a page."""
COUNTED = 500
"""So many hits are counted; beyond that it is told that there are more.

In a million articles it takes four times as long to count to 2,000 in a phrase of common words.
"""
RANKED = 500
"""Up to so many hits the best come first."""
_BEFORE, _AROUND = 24, 180
"""Characters of a snippet before its first hit, and in all."""
_OPEN, _SHUT = "\ufdd0", "\ufdd1"
"""What FTS5 puts around a hit; cleaned texts have neither."""
_MARKED = re.compile(f"{_OPEN}([^{_OPEN}{_SHUT}]*){_SHUT}")

Where = Literal["text", "title", "quote", "note", "field", "actor"]
_COLUMNS: tuple[Where, ...] = ("quote", "note", "actor", "field")
_IN_ORDER = (0, 2, 1, 3)
"""Of the columns, in which to show a record that has the words in several."""
_NOTHING = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of what was found, on one line; ``hits`` are the words looked for, within it."""

    text: str
    hits: tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: in which article (an actor is in none), where, and the words around it."""

    where: Where
    article: Id | None
    snippet: Snippet
    at: tuple[Offsets, ...] = ()
    """All places in the article's text, when it was found there."""
    record: Id | None = None
    """The mark, statement or actor it is said of."""


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits. ``total`` is how many there are, or with ``more`` how many at least."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The first page of everything a search finds."""

    texts: Hits = Hits()
    said: Hits = Hits()
    actors: Hits = Hits()
    complete: bool = True
    """Whether all of the project is indexed; if not, there may be more to find."""
    possible: bool = True
    """Whether this SQLite can search texts at all."""


def search(connection: Connection, typed: str, wanted: Wanted, who: Viewer) -> Found:
    """The first page of each sort of hits, in the articles that the filter lets through.

    Quotes and notes are found in the layers that may be seen.
    """
    if not indexing.has_fts5():
        return Found(possible=False)
    query = understand(typed)
    return Found(
        in_texts(connection, query, wanted, who),
        in_said(connection, query, wanted, who),
        actors(connection, query),
        indexing.is_complete(connection),
    )


def in_texts(
    connection: Connection, query: Query, wanted: Wanted, who: Viewer, skip: int = 0
) -> Hits:
    """Articles whose title and text have the words."""
    match = query.match()
    if match is None or not indexing.is_begun(connection):
        return Hits()
    where, values = conditions(wanted, who)
    source = "FROM article_words WHERE article_words MATCH ?"
    if where:
        # Asked of each hit: going through the whole list first takes longer than many hits do.
        line = "SELECT 1 FROM listed WHERE listed.number = article_words.rowid"
        source += f" AND EXISTS ({line} AND {where})"
    total, more = _count(connection, source, (match, *values))
    order = "rank" if total <= RANKED and not more else "rowid DESC"
    # One table and its own order: so FTS5 looks for the places in the page's rows alone.
    found = connection.execute(
        "SELECT rowid, title, body, highlight(article_words, 0, ?, ?),"
        f" highlight(article_words, 1, ?, ?) {source} ORDER BY {order} LIMIT ? OFFSET ?",
        (*(_OPEN, _SHUT) * 2, match, *values, PAGE, skip),
    ).fetchall()
    return Hits(tuple(_in_text(connection, *row) for row in found), total, more)


def _in_text(
    connection: Connection, number: int, title: str, body: str, titled: str, texted: str
) -> Hit:
    (article,) = connection.execute(
        "SELECT article FROM listed WHERE number = ?", (number,)
    ).fetchone()
    at = _places(body, texted)
    if at:
        return Hit("text", article, snippet(body, at), at)
    return Hit("title", article, snippet(title, _places(title, titled)))


def in_said(
    connection: Connection,
    query: Query,
    wanted: Wanted,
    who: Viewer,
    skip: int = 0,
) -> Hits:
    """Marks and statements whose quote, note or fields have the words, the newest first."""
    match = query.match("quote note field")
    if match is None or not indexing.is_begun(connection):
        return Hits()
    inside, values = _inside(wanted, who)
    source = f"FROM said_words WHERE said_words MATCH ? AND {inside}"
    asked = (match, *values)
    total, more = _count(connection, source, asked)
    order = "rank" if total <= RANKED and not more else "rowid DESC"
    ids = connection.execute(
        f"SELECT rowid {source} ORDER BY {order} LIMIT ? OFFSET ?", (*asked, PAGE, skip)
    ).fetchall()
    found = [
        rows.read(connection, "mark", id) or rows.read(connection, "statement", id) for (id,) in ids
    ]
    return Hits(_said_hits(connection, match, found), total, more)


def _inside(wanted: Wanted, who: Viewer) -> tuple[str, tuple[object, ...]]:
    """That a row of ``said_words`` is a mark or statement of these articles and layers."""
    where, values = conditions(wanted, who)
    line = "AND EXISTS (SELECT 1 FROM listed WHERE listed.article = {0}.article AND {1})"
    either = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE id = said_words.rowid AND {who.seen}"
        f" {line.format(table, where) if where else ''})"
        for table in ("mark", "statement")
    )
    return f"({either})", (*values, *values)


def actors(connection: Connection, query: Query) -> Hits:
    """Actors of whom a name or the note has the words."""
    match = query.match("name")
    if match is None or not indexing.is_begun(connection):
        return Hits()
    source = "FROM said_words WHERE said_words MATCH ?"
    total, more = _count(connection, source, (match,))
    ids = connection.execute(
        f"SELECT rowid {source} ORDER BY rank LIMIT ?", (match, PAGE)
    ).fetchall()
    found = [rows.read(connection, "actor", id) for (id,) in ids]
    return Hits(_said_hits(connection, match, found), total, more)


def places(connection: Connection, typed: str, article: Id) -> tuple[Offsets, ...]:
    """Where an article's text has the words, in code points; the window jumps to the first."""
    match = understand(typed).match()
    if match is None or not indexing.is_begun(connection):
        return ()
    row = connection.execute(
        "SELECT body, highlight(article_words, 1, ?, ?)"
        " FROM article_words JOIN listed ON listed.number = article_words.rowid"
        " WHERE article_words MATCH ? AND listed.article = ?",
        (_OPEN, _SHUT, match, article),
    ).fetchone()
    return _places(*row) if row else ()


def _count(connection: Connection, source: str, values: tuple[object, ...]) -> tuple[int, bool]:
    (number,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {source} LIMIT ?)", (*values, COUNTED + 1)
    ).fetchone()
    return min(number, COUNTED), number > COUNTED


def _said_hits(
    connection: Connection, match: str, found: Sequence[Record | None]
) -> tuple[Hit, ...]:
    """Where in each record the words are: what it says is indexed once more, to be told."""
    run = connection.execute
    run(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.lens USING fts5("
        "quote, note, name, field, tokenize = 'unicode61 remove_diacritics 2')"
    )
    run("DELETE FROM temp.lens")
    words = ((number, *(said(record) or _NOTHING)) for number, record in enumerate(found))
    add_said(connection, "temp.lens", words)
    columns = ", ".join(f"highlight(lens, {n}, ?, ?)" for n in range(len(_COLUMNS)))
    shown = run(
        f"SELECT rowid, {columns} FROM temp.lens WHERE lens MATCH ? ORDER BY rowid",
        (*(_OPEN, _SHUT) * len(_COLUMNS), match),
    ).fetchall()
    records = ((found[number], tuple(texts)) for number, *texts in shown)
    return tuple(_said_hit(record, texts) for record, texts in records if record is not None)


def _said_hit(record: Record, shown: tuple[str, ...]) -> Hit:
    words = said(record) or _NOTHING
    column = next((n for n in _IN_ORDER if _OPEN in shown[n]), 0)
    cut = snippet(words[column], _places(words[column], shown[column]))
    if isinstance(record, Mark | Statement):
        return Hit(_COLUMNS[column], record.article, cut, record=record.id)
    return Hit("actor", None, cut, record=record.id)


def _places(text: str, shown: str) -> tuple[Offsets, ...]:
    """Where the hits are, from the text with signs around them."""
    if len(text) + shown.count(_OPEN) + shown.count(_SHUT) != len(shown):
        return ()
    hits = enumerate(_MARKED.finditer(shown))
    return tuple((m.start() - 2 * n, m.end() - 2 * n - 2) for n, m in hits)


def snippet(text: str, at: tuple[Offsets, ...]) -> Snippet:
    """A line of text around the first hit, begun and ended between words, with its hits."""
    first = at[0][0] if at else 0
    start = max(0, first - _BEFORE)
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), max(start + _AROUND, at[0][1] if at else 0))
    if end < len(text):
        space = text.rfind(" ", max(start, at[0][1] if at else 0), end)
        end = space if space > start else end
    before, after = "…" if start else "", "…" if end < len(text) else ""
    line = "".join(" " if c.isspace() else c for c in text[start:end])
    shift = len(before) - start
    hits = tuple((a + shift, b + shift) for a, b in at if start <= a and b <= end)
    return Snippet(f"{before}{line}{after}", hits)
