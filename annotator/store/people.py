"""Who is meant and who speaks, read from all layers at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from annotator.core.model import Id
from annotator.core.people.filed import Filing
from annotator.store.driver import Connection


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement somebody makes, and where."""

    statement: Id
    article: Id
    layer: Id


def filings(connection: Connection, fields: Iterable[str]) -> Iterator[Filing]:
    """Every mark with an actor in one of these fields, with its words if they are in one piece."""
    names = list(fields)
    if not names:
        return
    paths = ", ".join(["json_extract(fields, ?)"] * len(names))
    named = " OR ".join(["instr(fields, ?)"] * len(names))
    found = connection.execute(
        "SELECT id, changed_at, CASE json_array_length(fragments) WHEN 1"
        f" THEN json_extract(fragments, '$[0].quote') ELSE '' END, {paths}"
        f" FROM mark WHERE {named}",
        (*(f'$."{name}"' for name in names), *(f'"{name}":' for name in names)),
    )
    for id, changed_at, quote, *values in found:
        actors = tuple(dict.fromkeys(actor for value in values for actor in _ids(value)))
        if actors:
            yield Filing(id, " ".join(quote.split()), actors, changed_at)


def _ids(value: object) -> list[Id]:
    """The ids that a field holds: one, or as a list several."""
    if not isinstance(value, str):
        return []
    several = msgspec.json.decode(value, type=list[str]) if value.startswith("[") else [value]
    return [int(one) for one in several if one.isdecimal()]


def speakers(connection: Connection, role: str) -> Iterator[tuple[Id, Id]]:
    """Each mark in a role, with its statement."""
    yield from connection.execute("SELECT mark, statement FROM member WHERE role = ?", (role,))


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
            yield from ((statement, str(one)) for one in _ids(value))
