"""A statement as rows for people: one for each actor, issue and stance that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from annotator.core.bundle import Bundle
from annotator.core.codebook import STATEMENT, Codebook
from annotator.core.meaning import meaning
from annotator.core.model import Actor, Fragment, Id, Member, several
from annotator.formats.exchange.tables.cells import Cell, joined

Values = Mapping[str, Any]
"""Values of fields by their keys, as the project stores them."""


class Marked(NamedTuple):
    """What a row has to know of a mark."""

    quote: str
    pieces: list[Fragment]
    fields: Values


_NONE = Marked("", [], {})
Held = list[tuple[str, Marked]]
"""Marks with their roles."""


class Side(NamedTuple):
    """That somebody takes a side; what is not said is empty, a stance None."""

    actor: str
    issue: str
    stance: int | None
    marks: Held
    """Those that say so; the statement may have others in the same roles."""


def side_fields(book: Codebook) -> list[str]:
    """What is said of a side beside its issue and stance, such as its condition."""
    kinds = {kind for role in meaning(book).sides for kind in book.roles[role].kinds}
    return [
        key
        for key, one in book.fields.items()
        if kinds.intersection(one.on)
        and STATEMENT not in one.on
        and one.type not in ("actor", "issue", "stance")
    ]


class Sides:
    """Takes statements apart; what the codebook means is read off it once."""

    def __init__(self, project: Bundle) -> None:
        book = project.codebook
        self._means = meaning(book)
        self._typed = {
            type: [key for key, one in book.fields.items() if one.type == type]
            for type in ("actor", "issue", "stance")
        }
        self._about = side_fields(book)
        self._actors = {str(actor.id): actor for actor in project.actors}
        self._issues = {str(issue.id): issue for issue in project.issues}
        self._stances = {int(value): one.name for value, one in book.stances.items()}
        self._known: dict[tuple[str, str, int | None, str], list[Cell]] = {}
        """Cells that were made, for the same sides are taken again and again."""

    def of(self, members: list[Member], marks: Mapping[Id, Marked], said: Values) -> Iterator[Side]:
        """Every actor takes every side, once; a statement without either has a row as well."""
        held = [(member.role, marks.get(member.mark, _NONE)) for member in members]
        speakers = self._speakers(held) or {"": []}
        positions = self._positions(held, said) or {("", None): []}
        for (actor, naming), (side, saying) in product(speakers.items(), positions.items()):
            issue, stance = side
            yield Side(actor, issue, stance, [*naming, *saying])

    def cells(self, side: Side, published: str) -> list[Cell]:
        """Those of :data:`~annotator.formats.exchange.tables.layout.TAKEN`."""
        place = side.actor, side.issue, side.stance, published[:10]
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = self._cells(side, published[:10])
        return found

    def _cells(self, side: Side, day: str) -> list[Cell]:
        actor, issue = self._actors.get(side.actor), self._issues.get(side.issue)
        ids, names = self._affiliation(actor, day) if actor else ("", "")
        return [
            *(side.actor, actor.name if actor else "", actor.type if actor else "", ids, names),
            *(side.issue, issue.key if issue else "", issue.name if issue else ""),
            *(side.stance, "" if side.stance is None else self._stances.get(side.stance, "")),
        ]

    def about(self, side: Side) -> list[Any]:
        """The values of :func:`side_fields`, of the first mark that has one."""
        fields = [mark.fields for _, mark in side.marks if mark.fields]
        return [
            next((one[key] for one in fields if key in one), None) if fields else None
            for key in self._about
        ]

    def _speakers(self, held: Held) -> dict[str, Held]:
        """The marks of who says it, by the actor that they stand for."""
        found: dict[str, Held] = {}
        for role, mark in held:
            if role == self._means.who:
                for actor in self._ids("actor", mark.fields) or [""]:
                    found.setdefault(actor, []).append((role, mark))
        return found

    def _positions(self, held: Held, said: Values) -> dict[tuple[str, int | None], Held]:
        """The marks that take a side, by issue and stance; what the statement says has none."""
        found: dict[tuple[str, int | None], Held] = {}
        of_all = self._stance(said)
        for role, mark in held:
            issues = self._ids("issue", mark.fields)
            if issues or role in self._means.sides:
                stance = self._stance(mark.fields)
                for issue in issues or [""]:
                    place = issue, of_all if stance is None else stance
                    found.setdefault(place, []).append((role, mark))
        for issue in self._ids("issue", said):
            found.setdefault((issue, of_all), [])
        if not found and of_all is not None:
            found["", of_all] = []
        return found

    def _ids(self, type: str, fields: Values) -> list[str]:
        """All that the fields of a type name, each once."""
        if not fields:
            return []
        keys = [key for key in self._typed[type] if key in fields]
        return list(dict.fromkeys([str(one) for key in keys for one in several(fields[key])]))

    def _stance(self, fields: Values) -> int | None:
        for key in self._typed["stance"] if fields else ():
            value = fields.get(key)
            if isinstance(value, int):
                return value
        return None

    def _affiliation(self, actor: Actor, day: str) -> tuple[str, str]:
        """Ids and names of what an actor belongs to on a day."""
        held = (one for one in actor.affiliations if is_within(day, one.since, one.until))
        there = [str(one.actor) for one in held]
        names = [self._actors[id].name for id in there if id in self._actors]
        return joined(there), joined(names)


def is_within(day: str, since: str, until: str) -> bool:
    """Whether a day is between two others, as far as all three say; open ends reach all days.

    Without a day only what never began nor ended holds.
    """
    if not day:
        return not since and not until
    begun = since[: len(day)] <= day[: len(since)]
    return begun and (not until or day[: len(until)] <= until[: len(day)])
