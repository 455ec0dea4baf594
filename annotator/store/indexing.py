"""The index of words: two FTS5 tables, kept in the transaction that writes the rows.

``article_words`` has titles and texts, its rows numbered as in ``listed``; ``said_words`` has
the quotes, notes, names and field values of marks, statements and actors, under their ids. What
they say follows from the rows, so it is not journalled and can be made anew at any time. A
SQLite without FTS5 leaves them alone and marks them as stale; a project that was made before
there was an index is gone through bit by bit.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache

from annotator.core.model import Actor, Article, FieldValue, Id, Mark, Record, Statement, several
from annotator.core.revision import kind_of
from annotator.store import rows
from annotator.store.driver import Connection, sqlite3
from annotator.store.listed import number_of

INDEXED = "indexed"
"""The key in ``meta`` that says how far the index is: a kind's number and an id."""
_KINDS = ("article", "actor", "statement", "mark")
_DONE = str(len(_KINDS))
_STALE = "stale"
_SLICE = 50
"""Records read between two looks at the clock."""

_ARTICLE_WORDS = """CREATE VIRTUAL TABLE article_words USING fts5(
    title, body, content = 'listed_text', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
)"""
_SAID_WORDS = """CREATE VIRTUAL TABLE {} USING fts5(
    quote, note, name, field, content = '', tokenize = 'unicode61 remove_diacritics 2'
)"""

Said = tuple[str, str, str, str]
"""Quote, note, names, and the values of fields."""


@cache
def has_fts5() -> bool:
    """Whether this SQLite can search texts."""
    with closing(sqlite3.connect(":memory:")) as connection:
        found = connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
        return found.fetchone() is not None


def said(record: Record | None) -> Said | None:
    """What can be found of a record; None when that is nothing."""
    match record:
        case Mark():
            words = (record.quote, record.note, "", _values(record.fields))
        case Statement():
            words = ("", record.note, "", _values(record.fields))
        case Actor():
            words = ("", record.note, " · ".join(record.names), "")
        case _:
            return None
    return words if any(words) else None


def _values(fields: Mapping[str, FieldValue]) -> str:
    """The words in fields; an actor or issue is its id, so what is filed under it can be found."""
    return "\n".join(v for value in fields.values() for v in several(value) if isinstance(v, str))


@dataclass(slots=True)
class Index:
    """The two tables, as far as they have come; records beyond that are left for later."""

    connection: Connection
    reached: tuple[int, Id] = field(init=False)
    """The kind being gone through, and the last id of it that is in."""

    def __post_init__(self) -> None:
        state = _state(self.connection)
        if state != _STALE and not has_fts5():
            _set_state(self.connection, _STALE)
            state = _STALE
        self.reached = (-1, 0) if state == _STALE else _position(state)

    def _has(self, kind: str, id: Id) -> bool:
        return (_KINDS.index(kind), id) <= self.reached

    def replace(self, kind: str, id: Id, before: Record | None, after: Record | None) -> None:
        """What is said of a mark, statement or actor now; of other kinds nothing is."""
        if kind not in _KINDS or not self._has(kind, id):
            return
        old, new = said(before), said(after)
        if old == new:
            return
        if old is not None:
            # A table without content is told what it forgets.
            self.connection.execute(
                "INSERT INTO said_words (said_words, rowid, quote, note, name, field)"
                " VALUES ('delete', ?, ?, ?, ?, ?)",
                (id, *old),
            )
        if new is not None:
            add_said(self.connection, "said_words", id, new)

    def add_article(self, number: int, article: Article) -> None:
        if self._has("article", article.id):
            self.connection.execute(
                "INSERT INTO article_words (rowid, title, body) VALUES (?, ?, ?)",
                (number, article.title, self._text(article)),
            )

    def forget_article(self, number: int, article: Article) -> None:
        if self._has("article", article.id):
            self.connection.execute(
                "INSERT INTO article_words (article_words, rowid, title, body)"
                " VALUES ('delete', ?, ?, ?)",
                (number, article.title, self._text(article)),
            )

    def _text(self, article: Article) -> str:
        row = self.connection.execute(
            "SELECT body FROM text WHERE sha256 = ?", (article.sha256,)
        ).fetchone()
        return row[0] if row else ""


def add_said(connection: Connection, table: str, id: Id, words: Said) -> None:
    connection.execute(
        f"INSERT INTO {table} (rowid, quote, note, name, field) VALUES (?, ?, ?, ?, ?)",
        (id, *words),
    )


def _state(connection: Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (INDEXED,)).fetchone()
    return row[0] if row else _STALE


def _set_state(connection: Connection, state: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (INDEXED, state))


def _position(state: str) -> tuple[int, Id]:
    kind, _, id = state.partition(" ")
    return int(kind), int(id or 0)


# Beginning, and catching up


def begin(connection: Connection, *, is_new: bool = False) -> None:
    """Empty tables in place of those there are; in an empty project they are complete."""
    if not has_fts5():
        _set_state(connection, _STALE)
        return
    for table in ("article_words", "said_words"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute(_ARTICLE_WORDS)
    connection.execute(_SAID_WORDS.format("said_words"))
    _set_state(connection, _DONE if is_new else "0 0")


def is_begun(connection: Connection) -> bool:
    """Whether there is anything to search."""
    return has_fts5() and _state(connection) != _STALE


def is_complete(connection: Connection) -> bool:
    """Whether every record is in the index."""
    return _state(connection) == _DONE


def catch_up(connection: Connection, seconds: float) -> bool:
    """Go on for about so long; True when the index is complete. Inside a transaction."""
    state = _state(connection)
    if state == _DONE or not has_fts5():
        return state == _DONE
    if state == _STALE:
        begin(connection)
        state = "0 0"
    kind, last = _position(state)
    end = time.monotonic() + seconds
    while kind < len(_KINDS):
        found = rows.after(connection, _KINDS[kind], last, _SLICE)
        _add(connection, found)
        kind, last = (kind, found[-1].id) if found else (kind + 1, 0)
        if time.monotonic() > end:
            break
    _set_state(connection, _DONE if kind == len(_KINDS) else f"{kind} {last}")
    return kind == len(_KINDS)


def _add(connection: Connection, found: list[Record]) -> None:
    index = Index(connection)
    index.reached = (len(_KINDS), 0)
    for record in found:
        if isinstance(record, Article):
            index.add_article(number_of(connection, record.id), record)
        else:
            index.replace(kind_of(record), record.id, None, record)


# Compared with the rows


def agrees(connection: Connection) -> bool:
    """Whether the index, if complete, has the words of the rows and no others."""
    if not is_complete(connection) or not has_fts5():
        return True
    return _articles_agree(connection) and _said_agrees(connection)


def _articles_agree(connection: Connection) -> bool:
    try:
        connection.execute(
            "INSERT INTO article_words (article_words, rank) VALUES ('integrity-check', 1)"
        )
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise
        return False
    return True


def _said_agrees(connection: Connection) -> bool:
    """Compared with an index made for the purpose, word by word."""
    run = connection.execute
    run(_SAID_WORDS.format("temp.said_again"))
    try:
        for kind in _KINDS[1:]:
            for record in rows.every(connection, kind):
                words = said(record)
                if words is not None:
                    add_said(connection, "temp.said_again", record.id, words)
        run("CREATE VIRTUAL TABLE temp.there USING fts5vocab('main', 'said_words', 'instance')")
        run("CREATE VIRTUAL TABLE temp.again USING fts5vocab('temp', 'said_again', 'instance')")
        (differs,) = run(
            "SELECT EXISTS (SELECT * FROM temp.there EXCEPT SELECT * FROM temp.again)"
            " OR EXISTS (SELECT * FROM temp.again EXCEPT SELECT * FROM temp.there)"
        ).fetchone()
    finally:
        for table in ("there", "again", "said_again"):
            run(f"DROP TABLE IF EXISTS temp.{table}")
    return not differs
