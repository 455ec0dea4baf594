"""What agreement is computed from, straight from the rows: no record is made of a mark.

And what was computed, kept by article until a revision touches it. That is no part of the data: it
is never journalled, and a file that cannot be written to is read all the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np

from annotator.analysis.agreement.sample import Bools, Ints, Pieces
from annotator.core.columns import Row
from annotator.core.errors import ProjectFault
from annotator.core.model import GOLD, FieldValue, Fragment, Id, Mark, Member, Statement
from annotator.store.contents import readable, unreadable
from annotator.store.driver import FAULTS, Connection
from annotator.store.file.turns import Turns
from annotator.store.writing import uncollected

_MOST_KEPT = 4
"""How many choices of layers are kept; the one unused for longest goes."""
_BETWEEN = "\x1f"


class _Place(msgspec.Struct, gc=False):
    """A fragment without its quote."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """The marks of some articles, as columns, and how many there are."""

    pieces: Pieces
    numbers: Ints
    """[article, layer, kind + 1]: marks with words by kind, and last those that are implied."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was computed of an article, and the state it was in."""

    stamp: str
    data: bytes


class AgreementRows:
    """Reads one project; every question raises :class:`ProjectFault` when it has no answer."""

    def __init__(self, path: Path, connection: Connection, turns: Turns) -> None:
        self._path = path
        self._connection = connection
        self._turns = turns

    def lengths(self, articles: Iterable[Id] | None = None) -> dict[Id, int]:
        """Code points of the text, by article, in the order of the ids; of all or of some."""
        where, values = _among("id", articles)
        found = self._asked(f"SELECT id, length FROM article {where} ORDER BY id", *values)
        return dict(found)

    def done(self, articles: Iterable[Id] | None = None) -> set[tuple[Id, Id]]:
        """Which layer is done on which article; gold is when its review is decided."""
        where, values = _among("article", articles, "AND")
        layers = f"SELECT article, layer FROM status WHERE progress = 'done' {where}"
        gold = f"SELECT article, {GOLD} FROM review WHERE state = 'decided' {where}"
        return set(self._asked(f"{layers} UNION {gold}", *values, *values))

    def marked(
        self,
        articles: Sequence[Id],
        layers: Sequence[Id],
        kinds: Sequence[str],
        visible: Bools,
    ) -> Marked:
        """Marks on these articles in these layers, as far as ``visible`` [article, layer] says.

        Each column comes as one text: rows as tuples would cost three times as much. The collector
        of garbage would look through all the decoded lists again and again, so it waits.
        """
        columns = ", ".join(f"group_concat({name}, '{_BETWEEN}')" for name in _COLUMNS)
        where, values = _among("article", articles)
        only = f"layer IN ({', '.join(map(str, layers))})"
        ((ids, owners, names, fragments),) = self._asked(
            f"SELECT {columns}, group_concat(fragments) FROM mark {where} AND {only}", *values
        )
        if ids is None:
            none = np.zeros(0, dtype=np.int64)
            numbers = np.zeros((*visible.shape, len(kinds) + 1), dtype=np.int64)
            return Marked(Pieces(none, none, none, none, none, none), numbers)
        with uncollected(), self._reading():
            decoded = msgspec.json.decode(f"[{fragments}]", type=list[list[_Place]])
            times = np.fromiter(map(len, decoded), dtype=np.int64, count=len(decoded))
            start = np.fromiter((place.start for mark in decoded for place in mark), np.int64)
            end = np.fromiter((place.end for mark in decoded for place in mark), np.int64)
            del decoded
        article = _codes(ids, articles)
        layer = _codes(owners, layers)
        places = {kind: index for index, kind in enumerate(kinds)}
        kind = np.fromiter(
            (places.get(name, -1) for name in names.split(_BETWEEN)), np.int64, len(times)
        )
        chosen = (kind >= 0) & visible[article, layer]
        of = np.where(times > 0, kind, len(kinds))
        key = ((article * len(layers) + layer) * (len(kinds) + 1) + of)[chosen]
        shape = (*visible.shape, len(kinds) + 1)
        numbers = np.bincount(key, minlength=int(np.prod(shape))).reshape(shape)
        repeated = [
            np.repeat(column, times) for column in (article, layer, kind, np.arange(len(times)))
        ]
        pieces = Pieces(repeated[0], repeated[1], repeated[2], repeated[3], start, end)
        return Marked(pieces if chosen.all() else pieces.where(np.repeat(chosen, times)), numbers)

    def said(self, article: Id, layers: Sequence[Id]) -> tuple[list[Mark], list[Statement]]:
        """What some layers say of an article, as far as it is compared: neither notes nor who
        wrote what when. What is nested is read for all at once."""
        only = f"article = ? AND layer IN ({', '.join(map(str, layers))}) ORDER BY id"
        marks = self._asked(
            f"SELECT id, layer, kind, fragments, fields FROM mark WHERE {only}", article
        )
        statements = self._asked(
            f"SELECT id, layer, members, fields FROM statement WHERE {only}", article
        )
        with self._reading():
            words = _nested(marks, 3, _FRAGMENTS)
            held = _nested(marks, 4, _FIELDS)
            members = _nested(statements, 2, _MEMBERS)
            told = _nested(statements, 3, _FIELDS)
        return (
            [
                Mark(id=id, article=article, layer=layer, kind=kind, fragments=at, fields=fields)
                for (id, layer, kind, _, _), at, fields in zip(marks, words, held, strict=True)
            ],
            [
                Statement(id=id, article=article, layer=layer, members=of, fields=fields)
                for (id, layer, _, _), of, fields in zip(statements, members, told, strict=True)
            ],
        )

    # What is kept

    def stamps(self, articles: Iterable[Id] | None = None) -> dict[Id, str]:
        """By article, what changes whenever a revision touches it.

        A revision of which a part was left out may be filled in later, under its old id; so its
        changes are counted.
        """
        where, values = _among("article", articles)
        found = {
            article: f"{number}.{last}"
            for article, number, last in self._asked(
                f"SELECT article, count(*), max(revision) FROM article_revision {where}"
                " GROUP BY article",
                *values,
            )
        }
        where, values = _among("article", articles, "AND")
        for article, revision, changes in self._asked(
            "SELECT article, revision,"
            " (SELECT count(*) FROM change WHERE change.revision = article_revision.revision)"
            " FROM article_revision"
            f" WHERE revision IN (SELECT id FROM revision WHERE partial = 1) {where}",
            *values,
        ):
            found[article] += f".{revision}.{changes}"
        return found

    def kept(self, digest: str) -> dict[Id, Kept]:
        """What was kept of articles, under what it was computed by."""
        found = self._asked("SELECT article, stamp, data FROM kept WHERE digest = ?", digest)
        return {article: Kept(stamp, data) for article, stamp, data in found}

    def keep(self, digest: str, found: Mapping[Id, Kept], used: int) -> bool:
        """Keep what was computed; whether it could be. ``used`` is now, in milliseconds.

        Nobody waits for the disk: what a power cut takes is computed again.
        """
        try:
            self._connection.execute("PRAGMA synchronous = NORMAL")
            with self._turns.writing(wait=False):
                self._keep(digest, found, used)
        except (ProjectFault, *FAULTS):
            return False
        finally:
            self._connection.execute("PRAGMA synchronous = FULL")
        return True

    def _keep(self, digest: str, found: Mapping[Id, Kept], used: int) -> None:
        self._connection.execute(
            "INSERT INTO kept_for (digest, used) VALUES (?, ?)"
            " ON CONFLICT (digest) DO UPDATE SET used = excluded.used",
            (digest, used),
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO kept (digest, article, stamp, data) VALUES (?, ?, ?, ?)",
            ((digest, article, one.stamp, one.data) for article, one in found.items()),
        )
        gone = self._connection.execute(
            "SELECT digest FROM kept_for ORDER BY used DESC LIMIT -1 OFFSET ?", (_MOST_KEPT,)
        ).fetchall()
        for table in ("kept", "kept_for") if gone else ():
            self._connection.executemany(f"DELETE FROM {table} WHERE digest = ?", gone)

    # Asking

    def _asked(self, question: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with self._reading():
            return self._connection.execute(question, values).fetchall()

    def _reading(self) -> AbstractContextManager[None]:
        return readable(partial(unreadable, self._path))


_COLUMNS = ("article", "layer", "kind")


_FRAGMENTS = msgspec.json.Decoder(list[tuple[Fragment, ...]])
_FIELDS = msgspec.json.Decoder(list[dict[str, FieldValue]])
_MEMBERS = msgspec.json.Decoder(list[tuple[Member, ...]])
_Nested = TypeVar("_Nested")


def _nested(rows: Iterable[Row], place: int, decoder: msgspec.json.Decoder[_Nested]) -> _Nested:
    """A column of JSON, of all rows at once."""
    return decoder.decode(f"[{','.join([row[place] for row in rows])}]")


def digest_of(*parts: object) -> str:
    """Under which something is kept: what it was computed by."""
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:32]


def _among(
    column: str, articles: Iterable[Id] | None, word: str = "WHERE"
) -> tuple[str, tuple[str, ...]]:
    """A condition that lets some articles through, and its value."""
    if articles is None:
        return "", ()
    return f"{word} {column} IN (SELECT value FROM json_each(?))", (json.dumps(list(articles)),)


def _codes(text: str, ids: Sequence[Id]) -> Ints:
    """Where each of the ids in a text stands among these."""
    found = np.fromstring(text, np.int64, sep=_BETWEEN)
    order = np.argsort(np.array(ids, dtype=np.int64))
    places = np.searchsorted(np.array(ids, dtype=np.int64), found, sorter=order)
    return np.asarray(order[places], dtype=np.int64)
