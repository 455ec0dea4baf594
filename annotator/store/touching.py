"""Which records a very long step touched, asked of the file: nothing of it is kept in memory.

A window that hears of a million changes wants to know which kinds they are of, and which of its
own few records are among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from math import inf
from time import monotonic

import msgspec

from annotator.core.model import Id
from annotator.core.touched import Touched
from annotator.store.driver import Connection

_AT_ONCE = 20_000
"""Changes looked at before the clock is: a few milliseconds."""
_ON_ARTICLE = ("mark", "statement", "status", "assignment", "verdict", "comment", "review")
"""Kinds whose rows name their article; their tables are called like them."""


class TouchedInFile(Touched):
    """The same answers as of :class:`~annotator.core.touched.Touched`."""

    def __init__(self, connection: Connection, revision: int) -> None:
        self._connection = connection
        self._revision = revision
        self._found: set[tuple[str, int]] = set()
        """Each kind that was met, and whether something of it went."""
        self._looked: int | None = 0
        """How many changes were looked at; None when all were."""
        self._went: dict[tuple[str, Id], set[Id]] = {}

    def look(self, until: float = inf) -> bool:
        """Look which kinds there are, up to a moment of ``monotonic()``; whether it is known now."""
        while self._looked is not None:
            some = (self._revision, self._looked, self._looked + _AT_ONCE)
            found = self._connection.execute(
                "SELECT DISTINCT kind, after IS NULL FROM change"
                " WHERE revision = ? AND ordinal >= ? AND ordinal < ?",
                some,
            ).fetchall()
            self._found |= set(found)
            self._looked = some[2] if found else None
            if monotonic() > until:
                break
        return self._looked is None

    @cached_property
    def kinds(self) -> frozenset[str]:
        self.look()
        return frozenset(kind for kind, _ in self._found)

    @cached_property
    def _gone(self) -> set[str]:
        self.look()
        return {kind for kind, is_gone in self._found if is_gone}

    def ids(self, kind: str) -> Set[Id]:
        if kind not in self.kinds:
            return frozenset()
        return _Ids(self._connection, self._revision, kind)

    def coming_or_going(self, kind: str, article: Id) -> Set[Id]:
        if kind not in self.kinds or kind not in _ON_ARTICLE:
            return frozenset()
        came = self._connection.execute(
            f"SELECT id FROM {kind} AS r WHERE article = ? AND EXISTS ("
            "SELECT 1 FROM change WHERE id = r.id AND revision = ? AND kind = ?)",
            (article, self._revision, kind),
        ).fetchall()
        return {id for (id,) in came} | self._going(kind, article)

    def _going(self, kind: str, article: Id) -> set[Id]:
        """Those of an article that were deleted; all deletions are gone through, once."""
        if kind not in self._gone:
            return set()
        known = self._went.get((kind, article))
        if known is None:
            rows = self._connection.execute(
                "SELECT id, before FROM change WHERE revision = ? AND kind = ? AND after IS NULL",
                (self._revision, kind),
            )
            known = {id for id, before in rows if _article(before) == article}
            self._went[kind, article] = known
        return known


class _Ids(Set[Id]):
    """The ids of the records of one kind."""

    def __init__(self, connection: Connection, revision: int, kind: str) -> None:
        self._connection = connection
        self._where = (revision, kind)

    @classmethod
    def _from_iterable(cls, it: Iterable[Id]) -> set[Id]:  # type: ignore[override]
        return set(it)

    def __contains__(self, id: object) -> bool:
        revision, kind = self._where
        found = self._connection.execute(
            "SELECT 1 FROM change WHERE id = ? AND revision = ? AND kind = ?", (id, revision, kind)
        )
        return found.fetchone() is not None

    def __iter__(self) -> Iterator[Id]:
        rows = self._connection.execute(
            "SELECT id FROM change WHERE revision = ? AND kind = ?", self._where
        )
        return (id for (id,) in rows)

    def __len__(self) -> int:
        (count,) = self._connection.execute(
            "SELECT count(*) FROM change WHERE revision = ? AND kind = ?", self._where
        ).fetchone()
        return int(count)


def _article(flat: str) -> Id | None:
    found = msgspec.json.decode(flat).get("article")
    return found if isinstance(found, int) else None
