"""The index of words: two FTS5 tables, kept in the transaction that writes the rows.

``article_words`` has titles and texts, its rows numbered as in ``listed``; ``said_words`` has
the quotes, notes, names and field values of marks, statements and actors, under their ids. What
they say follows from the rows, so it is not journalled and can be made anew at any time. A
SQLite without FTS5 leaves them alone and marks them as stale; a project that was made before
there was an index is gone through bit by bit.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter

from annotator.core.model import Actor, Article, FieldValue, Id, Mark, Record, Statement, several
from annotator.core.revision import kind_of
from annotator.store import rows
from annotator.store.driver import Connection, sqlite3
from annotator.store.finding.listed import number_of

INDEXED = "indexed"
"""The key in ``meta`` that says how far the index is: a kind's number and an id."""
_KINDS = ("article", "actor", "statement", "mark")
_WHOLE = (len(_KINDS), 0)
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
    if record is None:
        return None
    if isinstance(record, Mark):
        words = (record.quote, record.note, "", _values(record.fields))
    elif isinstance(record, Statement):
        words = ("", record.note, "", _values(record.fields))
    elif isinstance(record, Actor):
        words = ("", record.note, " · ".join(record.names), "")
    else:
        return None
    return words if any(words) else None


def says_the_same(one: Record | None, other: Record | None) -> bool:
    """Whether what can be found of a record stayed, as is told without looking at its words."""
    if isinstance(one, Mark) and isinstance(other, Mark):
        if one.fragments is not other.fragments:
            return False
    elif not (isinstance(one, Statement) and isinstance(other, Statement)):
        return False
    return one.fields is other.fields and one.note == other.note


def _values(fields: Mapping[str, FieldValue]) -> str:
    """The words in fields; an actor or issue is its id, so what is filed under it can be found."""
    if not fields:
        return ""
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

    def replace(self, changes: Iterable[tuple[str, Id, Record | None, Record | None]]) -> None:
        """What is said of marks, statements and actors now; of other kinds nothing is.

        Of each its kind and id, and the record before and after.
        """
        differ = [
            (id, old, new)
            for kind, id, before, after in changes
            if kind in _KINDS and self._has(kind, id)
            if (old := said(before)) != (new := said(after))
        ]
        if not differ:
            return  # and without FTS5 there are no tables
        differ.sort(key=itemgetter(0))  # FTS5 writes a segment when a number is lower
        # A table without content is told what it forgets.
        self.connection.executemany(
            "INSERT INTO said_words (said_words, rowid, quote, note, name, field)"
            " VALUES ('delete', ?, ?, ?, ?, ?)",
            ((id, *old) for id, old, _ in differ if old is not None),
        )
        add_said(
            self.connection, "said_words", ((id, *new) for id, _, new in differ if new is not None)
        )

    def add(self, made: Iterable[Mark | Statement]) -> None:
        """What is said of marks and statements of which nothing was said before."""
        whole = self.reached >= _WHOLE
        there = made if whole else [one for one in made if self._has(kind_of(one), one.id)]
        new = [(one.id, *words) for one in there if (words := said(one))]
        if new:
            new.sort(key=itemgetter(0))  # as above
            add_said(self.connection, "said_words", new)

    def add_articles(self, numbers: Iterable[tuple[int, Id]]) -> None:
        """Add articles, by their numbers in the list and their ids, that are in the rows now."""
        wanted = sorted(number for number, id in numbers if self._has("article", id))
        if wanted:
            # In one statement, and in order: FTS5 writes a segment when a number is lower.
            self.connection.execute(
                "INSERT INTO article_words (rowid, title, body) SELECT number, title, body"
                " FROM listed_text WHERE number IN (SELECT value FROM json_each(?))"
                " ORDER BY number",
                (json.dumps(wanted),),
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


def add_said(
    connection: Connection, table: str, words: Iterable[tuple[Id, str, str, str, str]]
) -> None:
    connection.executemany(
        f"INSERT INTO {table} (rowid, quote, note, name, field) VALUES (?, ?, ?, ?, ?)", words
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
    tune(connection)
    _set_state(connection, _DONE if is_new else "0 0")


def tune(connection: Connection) -> None:
    """Have the index of articles merged half as often: an import is a quarter shorter for it.

    A search then goes through some fifteen segments and not eight, and takes as long.
    """
    for setting, value in (("automerge", 8), ("hashsize", 4 << 20)):
        connection.execute(
            "INSERT INTO article_words (article_words, rank) VALUES (?, ?)", (setting, value)
        )


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
    articles = [record.id for record in found if isinstance(record, Article)]
    index.add_articles((number_of(connection, id), id) for id in articles)
    index.replace((kind_of(record), record.id, None, record) for record in found)


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
                    add_said(connection, "temp.said_again", [(record.id, *words)])
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
