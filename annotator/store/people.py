"""Who is meant and who speaks, read from all layers; what was filed under whom is never all read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from annotator.core.model import Id, Mark
from annotator.core.people.filed import Choice, Filing, choices_of
from annotator.core.people.names import key
from annotator.core.people.register import filing
from annotator.core.revision import Entry, Flat
from annotator.store import rows
from annotator.store.driver import Connection
from annotator.store.finding import indexing

Sees = Callable[[Id, Id], bool]
"""Whether a layer of an article may be seen."""
_NEWEST = 500
"""Marks that begin with some words, of which the newest are looked at."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement somebody makes, and where."""

    statement: Id
    article: Id
    layer: Id


class FiledMarks:
    """The marks that say who is meant, looked up in the index of words when somebody asks.

    With millions of them none is kept in memory but how many there are of each actor. Of words
    that very many marks begin with the newest count. Without an index nothing is proposed.
    """

    def __init__(
        self, connection: Connection, fields: Iterable[str], sees: Callable[[], Sees | None]
    ) -> None:
        """``sees`` gives what tells which layers may be seen now, None when all may."""
        self._connection = connection
        self._fields = tuple(fields)
        self._sees = sees
        self._counts: dict[Id, int] | None = None
        self._last: dict[str, list[Filing]] = {}
        """What the words were filed under that were asked for last."""

    def actors(self, mark: Id) -> tuple[Id, ...]:
        """Whom a mark is filed under; nobody while it is hidden."""
        found = rows.read(self._connection, "mark", mark)
        shown = self._shown([found] if isinstance(found, Mark) else [])
        return next((filing(one, self._fields).actors for one in shown), ())

    def marks(self, actor: Id) -> frozenset[Id]:
        """The marks filed under an actor."""
        if not indexing.is_begun(self._connection):
            return frozenset()
        found = self._read(f'field : "{actor}"', -1)
        return frozenset(one.id for one in found if actor in filing(one, self._fields).actors)

    def count(self, actor: Id) -> int:
        """How many marks and statements have an actor in a field."""
        return self.counts.get(actor, 0)

    @property
    def counts(self) -> Mapping[Id, int]:
        """The same of every actor, counted once; of none in a project where layers are hidden."""
        if self._sees() is not None or not indexing.is_begun(self._connection):
            return {}
        if self._counts is None:
            self._counts = dict(_counted(self._connection))
        return self._counts

    def choices(self, words: str, but: Id | None = None) -> list[Choice]:
        """See :meth:`annotator.core.people.filed.Filings.choices`."""
        same = key(words)
        if not same or not indexing.is_begun(self._connection):
            return []
        if words not in self._last:  # it is asked again with every letter typed
            beginnings = dict.fromkeys((same, f"the {same}", words.replace('"', " ")))
            match = " OR ".join(f'(quote : ^ "{beginning}")' for beginning in beginnings)
            filings = (filing(one, self._fields) for one in self._read(match, _NEWEST))
            self._last = {words: [found for found in filings if key(found.words) == same]}
        return choices_of(found for found in self._last[words] if found.mark != but)

    def follow(self, entry: Entry) -> None:
        """Count what a change of a mark or statement files, and what no longer."""
        self._last = {}
        if self._counts is None or entry.kind not in ("mark", "statement"):
            return
        for flat, sign in ((entry.before, -1), (entry.after, 1)):
            for actor in self._named(flat or {}):
                self._counts[actor] = self._counts.get(actor, 0) + sign

    def _named(self, flat: Flat) -> set[Id]:
        values = (flat.get(f"fields.{name}") for name in self._fields)
        return {id for value in values if value is not None for id in _ids(value)}

    def _read(self, match: str, most: int) -> Iterator[Mark]:
        """Marks that the index has, the newest first, as far as they may be seen."""
        found = self._connection.execute(
            "SELECT rowid FROM said_words WHERE said_words MATCH ? ORDER BY rowid DESC LIMIT ?",
            (match, most),
        ).fetchall()
        there = rows.these(self._connection, "mark", (id for (id,) in found))
        return self._shown(one for one in there.values() if isinstance(one, Mark))

    def _shown(self, marks: Iterable[Mark]) -> Iterator[Mark]:
        sees = self._sees()
        return (one for one in marks if sees is None or sees(one.article, one.layer))


def _counted(connection: Connection) -> Iterator[tuple[Id, int]]:
    """How many records have each number in a field; those of actors are their ids."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.said_terms"
        " USING fts5vocab('main', 'said_words', 'col')"
    )
    found = connection.execute(
        "SELECT term, doc FROM temp.said_terms WHERE term >= '0' AND term < ':' AND col = 'field'"
    )
    return ((int(term), count) for term, count in found if term.isdecimal())


def _ids(value: object) -> list[Id]:
    """The ids that a field holds: one, or as a list several."""
    several = value if isinstance(value, list) else [value]
    return [int(one) for one in several if isinstance(one, str) and one.isdecimal()]


def _extracted(value: object) -> list[Id]:
    """The same of what SQLite took out of JSON, where a list is text again."""
    if isinstance(value, str) and value.startswith("["):
        return _ids(msgspec.json.decode(value))
    return _ids(value)


def speakers(
    connection: Connection, role: str, fields: Iterable[str]
) -> Iterator[tuple[Id, Id, Id, frozenset[Id]]]:
    """Statement, article, layer and the actors of each mark in a role, statement by statement."""
    names = list(fields)
    if not names:
        return
    paths = ", ".join(["json_extract(mark.fields, ?)"] * len(names))
    found = connection.execute(
        f"SELECT member.statement, mark.article, mark.layer, {paths}"
        " FROM member JOIN mark ON mark.id = member.mark"
        " WHERE member.role = ? ORDER BY member.statement",
        (*(f'$."{name}"' for name in names), role),
    )
    for statement, article, layer, *values in found:
        actors = frozenset(actor for value in values for actor in _extracted(value))
        yield statement, article, layer, actors


def spoken(connection: Connection, marks: Iterable[Id], role: str) -> list[Spoken]:
    """The statements in which these marks have a role: the newest article first, in it as they were made."""
    given = msgspec.json.encode(list(marks)).decode()
    found = connection.execute(
        "SELECT DISTINCT s.id, s.article, s.layer, a.published, a.title"
        " FROM json_each(?) AS given JOIN member ON member.mark = given.value"
        " JOIN statement AS s ON s.id = member.statement"
        " JOIN article AS a ON a.id = s.article"
        " WHERE member.role = ? ORDER BY a.published DESC, a.title, a.id, s.id",
        (given, role),
    )
    return [Spoken(*row[:3]) for row in found]


def filled_in(
    connection: Connection, statements: Iterable[Id], fields: Iterable[str]
) -> Iterator[tuple[Id, str]]:
    """Each value that a mark of these statements has in one of the fields, with its statement."""
    given = msgspec.json.encode(list(statements)).decode()
    for name in fields:
        for statement, value in connection.execute(
            "SELECT DISTINCT member.statement, json_extract(mark.fields, ?)"
            " FROM json_each(?) AS given JOIN member ON member.statement = given.value"
            " JOIN mark ON mark.id = member.mark WHERE instr(mark.fields, ?)",
            (f'$."{name}"', given, f'"{name}":'),
        ):
            yield from ((statement, str(one)) for one in _extracted(value))
