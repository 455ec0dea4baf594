"""The list of articles beside their rows: ``listed`` and ``tally``, written with the rows.

``listed`` has a narrow line for each article, numbered so that the newest date comes last;
``tally`` counts what each layer has in each article.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from annotator.core.model import Article, Id, Mark, Statement
from annotator.core.text.folding import fold
from annotator.store.driver import Connection

_PER_DAY = 24
"""Bits for the articles of one day."""


Line = tuple[Id, str, str, str]
"""What the list has of an article: id, title, outlet, date."""


def line(article: Article) -> Line:
    return article.id, article.title, article.outlet, article.published


def enlist(connection: Connection, lines: Iterable[Line]) -> list[int]:
    """Write articles' lines; returns their numbers, which grow with the date."""
    free: dict[int, int] = {}
    rows: list[tuple[int, Id, str, str, str]] = []
    for id, title, outlet, published in lines:
        day = _day(published)
        number = free[day] if day in free else _first_free(connection, day)
        free[day] = number + 1
        rows.append((number, id, _words(title, outlet), outlet, published))
    connection.executemany(
        "INSERT INTO listed (number, article, words, outlet, published) VALUES (?, ?, ?, ?, ?)",
        rows,
    )
    return [row[0] for row in rows]


def _first_free(connection: Connection, day: int) -> int:
    """The number after those of a day."""
    low = day << _PER_DAY
    (last,) = connection.execute(
        "SELECT max(number) FROM listed WHERE number >= ? AND number < ?",
        (low, low + (1 << _PER_DAY)),
    ).fetchone()
    return low if last is None else int(last) + 1


def _words(title: str, outlet: str) -> str:
    """What typing is compared with, and what titles are sorted by."""
    return f"{fold(title)}\n{fold(outlet)}"


def unlist(connection: Connection, number: int) -> None:
    connection.execute("DELETE FROM listed WHERE number = ?", (number,))


def number_of(connection: Connection, article: Id) -> int:
    """An article's number, which is also its row in the index of words."""
    (number,) = connection.execute(
        "SELECT number FROM listed WHERE article = ?", (article,)
    ).fetchone()
    return int(number)


def _day(published: str) -> int:
    """The day of an ISO 8601 date, of a month or year its first; 0 when unknown."""
    parts = (published[:4], published[5:7] or "01", published[8:10] or "01")
    try:
        return date(*map(int, parts)).toordinal()
    except ValueError:
        return 0


@dataclass(slots=True)
class Count:
    """What a revision adds to a layer's line of ``tally``."""

    marks: int = 0
    statements: int = 0
    flagged: int = 0
    changed_at: int = 0

    def add(self, record: Mark | Statement, sign: int) -> None:
        if isinstance(record, Mark):
            self.marks += sign
        else:
            self.statements += sign
        self.flagged += sign * record.flagged
        self.changed_at = max(self.changed_at, record.changed_at)


def add_count(connection: Connection, article: Id, layer: Id, count: Count) -> None:
    """Add what a revision did; a layer without marks and statements has no line."""
    connection.execute(
        "INSERT INTO tally (article, layer, marks, statements, flagged, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " marks = marks + excluded.marks, statements = statements + excluded.statements,"
        " flagged = flagged + excluded.flagged,"
        " changed_at = max(changed_at, excluded.changed_at)",
        (article, layer, count.marks, count.statements, count.flagged, count.changed_at),
    )
    if count.marks <= 0 and count.statements <= 0:
        connection.execute(
            "DELETE FROM tally WHERE article = ? AND layer = ? AND marks = 0 AND statements = 0",
            (article, layer),
        )


_LINES = "SELECT id, title, outlet, published FROM article ORDER BY id"
_COUNTED = """
SELECT article, layer, sum(marks), sum(statements), sum(flagged), max(changed_at) FROM (
    SELECT article, layer, 1 AS marks, 0 AS statements, flagged, changed_at FROM mark
    UNION ALL SELECT article, layer, 0, 1, flagged, changed_at FROM statement
) GROUP BY article, layer
"""


def rebuild(connection: Connection) -> None:
    """All lines and counts from the rows."""
    connection.execute("DELETE FROM listed")
    connection.execute("DELETE FROM tally")
    enlist(connection, connection.execute(_LINES).fetchall())
    connection.execute(f"INSERT INTO tally {_COUNTED}")


def lines_agree(connection: Connection) -> bool:
    """Whether each article has its line, with a number of its day."""
    lines = {
        article: tuple(said)
        for article, *said in connection.execute(
            "SELECT article, words, outlet, published, number >> ? FROM listed", (_PER_DAY,)
        )
    }
    for id, title, outlet, published in connection.execute(_LINES):
        wanted = (_words(title, outlet), outlet, published, _day(published))
        if lines.pop(id, None) != wanted:
            return False
    return not lines


def counts_agree(connection: Connection) -> bool:
    """Whether the counts are those of the rows; when things last changed only ever grows."""
    told = {tuple(row[:5]): row[5] for row in connection.execute("SELECT * FROM tally")}
    counted = {tuple(row[:5]): row[5] for row in connection.execute(_COUNTED)}
    return told.keys() == counted.keys() and all(told[k] >= counted[k] for k in counted)
