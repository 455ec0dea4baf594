"""What near copies are told by: a sample of each article's text in ``sampled``, beside the rows.

Taking it costs a tenth of a millisecond, reading it back some microseconds. Written with the
article; a project that was made before there was such a table is gone through bit by bit, and so
is one whose samples were taken in another way. ``meta`` says in which way they were, and how far
that has come.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Iterable, Iterator, Sequence

from annotator.core.model import Article, Id
from annotator.core.text.copies import SAMPLING, Signature, signature, signature_of
from annotator.store.driver import Connection

SAMPLED = "sampled"
"""The key in ``meta``: the way of sampling and, as long as not all are there, the last id seen."""
_WAY = str(SAMPLING)
_SLICE = 50
"""Texts sampled between two looks at the clock."""
_AT_ONCE = 500
_PUT = "INSERT OR REPLACE INTO sampled (article, runs) VALUES (?, ?)"


def begin(connection: Connection) -> None:
    """Forget all samples there are, to take them anew; of no articles they are complete."""
    connection.execute("DELETE FROM sampled")
    (none,) = connection.execute("SELECT NOT EXISTS (SELECT 1 FROM article)").fetchone()
    _set_state(connection, _WAY if none else f"{_WAY} -1")


def add(connection: Connection, articles: Iterable[Article]) -> None:
    """Write the samples of articles whose texts are in the project now."""
    if not is_begun(connection):
        return

    def sample(digest: str) -> bytes:
        return packed(signature_of(digest, lambda: _text(connection, digest)))

    connection.executemany(_PUT, [(article.id, sample(article.sha256)) for article in articles])


def forget(connection: Connection, articles: Iterable[Id]) -> None:
    connection.executemany("DELETE FROM sampled WHERE article = ?", ((id,) for id in articles))


def signatures(connection: Connection, articles: Sequence[Id]) -> dict[Id, Signature]:
    """What is there of these articles; of the others the texts have to be sampled."""
    if not is_begun(connection):
        return {}
    found: dict[Id, Signature] = {}
    for first in range(0, len(articles), _AT_ONCE):
        some = articles[first : first + _AT_ONCE]
        places = ",".join("?" * len(some))
        rows = connection.execute(
            f"SELECT article, runs FROM sampled WHERE article IN ({places})", some
        )
        found.update((article, unpacked(runs)) for article, runs in rows)
    return found


def packed(sample: Signature) -> bytes:
    """In order, four bytes each, the lowest first; the same wherever it is written."""
    return struct.pack(f"<{len(sample)}I", *sorted(sample))


def unpacked(data: bytes) -> Signature:
    """Of what is no sample, as much as looks like one: it is only told by it where to look."""
    count = len(data) // 4
    return frozenset(struct.unpack(f"<{count}I", data[: count * 4]))


def _text(connection: Connection, digest: str) -> str:
    row = connection.execute("SELECT body FROM text WHERE sha256 = ?", (digest,)).fetchone()
    return row[0] if row else ""


def _state(connection: Connection) -> tuple[str, str]:
    """The way of sampling, and the last id gone through; that is empty when all are there."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (SAMPLED,)).fetchone()
    way, _, last = (row[0] if row else "").partition(" ")
    return way, last


def _set_state(connection: Connection, state: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (SAMPLED, state))


def is_begun(connection: Connection) -> bool:
    """Whether what is there was sampled as it is now."""
    return _state(connection)[0] == _WAY


def is_complete(connection: Connection) -> bool:
    """Whether every article has its sample."""
    return _state(connection) == (_WAY, "")


def catch_up(connection: Connection, seconds: float) -> bool:
    """Go on for about so long; True when all articles are sampled. Inside a transaction."""
    if is_complete(connection):
        return True
    if not is_begun(connection):
        begin(connection)
    last = int(_state(connection)[1] or -1)
    end = time.monotonic() + seconds
    while True:
        ids = _after(connection, last)
        if not ids:
            _set_state(connection, _WAY)
            return True
        _fill(connection, last, ids[-1])
        last = ids[-1]
        if time.monotonic() > end:
            _set_state(connection, f"{_WAY} {last}")
            return False


def _after(connection: Connection, last: Id) -> list[Id]:
    found = connection.execute(
        "SELECT id FROM article WHERE id > ? ORDER BY id LIMIT ?", (last, _SLICE)
    )
    return [id for (id,) in found]


def _fill(connection: Connection, after: Id, last: Id) -> None:
    """Sample the articles in a range of ids that have none yet."""
    missing = connection.execute(
        "SELECT article.id, text.body FROM article JOIN text USING (sha256)"
        " WHERE article.id > ? AND article.id <= ?"
        " AND article.id NOT IN (SELECT article FROM sampled)",
        (after, last),
    )
    connection.executemany(_PUT, [(id, packed(signature(body))) for id, body in missing.fetchall()])


def rebuild(connection: Connection) -> None:
    """All samples from the texts, whatever they say now; inside a transaction."""
    begin(connection)
    catch_up(connection, float("inf"))


def agree(connection: Connection) -> bool:
    """Whether the samples there are those of the texts; when all should be there, all are."""
    if not is_begun(connection):
        return True
    there = dict(connection.execute("SELECT article, runs FROM sampled"))
    for id, body in _texts(connection):
        runs = there.pop(id, None)
        if runs != packed(signature(body)) and (runs is not None or is_complete(connection)):
            return False
    return not there


def _texts(connection: Connection) -> Iterator[tuple[Id, str]]:
    return connection.execute(
        "SELECT article.id, text.body FROM article JOIN text USING (sha256) ORDER BY article.id"
    )
