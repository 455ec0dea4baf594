"""What follows from the rows and is kept beside them: the list of articles, the index of words.

Written in the transaction that writes the rows, never journalled, and made anew where it differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.model import Article, Id, Mark, Record, Statement
from annotator.core.revision import Change
from annotator.store import indexing, listed
from annotator.store.driver import Connection
from annotator.store.indexing import Index
from annotator.store.listed import Count


def follow(connection: Connection, changes: Iterable[Change]) -> None:
    """Bring list, counts and index to where the rows are now; inside their transaction."""
    counts: dict[tuple[Id, Id], Count] = {}
    index = Index(connection)
    for change in changes:
        if change.kind == "article":
            _follow_article(connection, index, change.before, change.after)
            continue
        index.replace(change.kind, change.id, change.before, change.after)
        for record, sign in ((change.before, -1), (change.after, 1)):
            if isinstance(record, Mark | Statement):
                key = (record.article, record.layer)
                counts.setdefault(key, Count()).add(record, sign)
    for (article, layer), count in counts.items():
        listed.add_count(connection, article, layer, count)


def _follow_article(
    connection: Connection, index: Index, before: Record | None, after: Record | None
) -> None:
    old = before if isinstance(before, Article) else None
    new = after if isinstance(after, Article) else None
    if old is not None and new is not None and listed.line(old) == listed.line(new):
        return
    if old is not None:
        number = listed.number_of(connection, old.id)
        index.forget_article(number, old)
        listed.unlist(connection, number)
    if new is not None:
        index.add_article(listed.enlist(connection, new.id, *listed.line(new)), new)


def rebuild(connection: Connection) -> None:
    """List, counts and index from the rows, whatever they say now; inside a transaction."""
    listed.rebuild(connection)
    indexing.begin(connection)
    indexing.catch_up(connection, float("inf"))


def differences(connection: Connection) -> Iterator[str]:
    """What is not as the rows say, in words that go before “is not what the rows say”."""
    if not listed.lines_agree(connection):
        yield "the list of articles"
    if not listed.counts_agree(connection):
        yield "the count of marks and statements"
    if not indexing.agrees(connection):
        yield "the index of words"
