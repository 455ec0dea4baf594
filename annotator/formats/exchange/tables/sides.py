"""A statement as rows for people: one for each actor, issue and stance that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any

import msgspec

from annotator.core.bundle import Bundle
from annotator.core.codebook import STATEMENT, Codebook
from annotator.core.meaning import meaning
from annotator.core.model import Actor, Id, Member, several
from annotator.formats.exchange.tables.cells import Together, joined

_KEPT = 1 << 12
Values = Mapping[str, Any]
"""Values of fields by their keys, as the project stores them."""


class Said(msgspec.Struct, frozen=True, gc=False):
    """What the fields of a mark or statement say, and of that who takes which side."""

    values: Values
    actors: Sequence[str] = ()
    issues: Sequence[str] = ()
    stance: int | None = None
    about: bool = False
    """Whether there is a value of :func:`side_fields` among them."""


class Marked(msgspec.Struct, frozen=True, gc=False):
    """What a row has to know of a mark; one that the article implies stands nowhere."""

    quote: Together
    start: int | None
    end: int | None
    said: Said


NO_TEXT = Together("")
_NONE = Marked(NO_TEXT, None, None, Said({}))
Held = list[tuple[str, Marked]]
"""Marks with their roles."""


class Side(msgspec.Struct, frozen=True, gc=False):
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
        self._who = lru_cache(_KEPT)(self._cells_of_actor)
        self._which = lru_cache(_KEPT)(self._cells_of_side)

    def said(self, values: Values) -> Said:
        """What is said by the values of fields."""
        if not values:
            return Said(values)
        return Said(
            values,
            self._ids("actor", values),
            self._ids("issue", values),
            self._stance(values),
            not values.keys().isdisjoint(self._about),
        )

    def of(self, members: list[Member], marks: Mapping[Id, Marked], said: Said) -> Iterator[Side]:
        """Every actor takes every side, once; a statement without either has a row as well."""
        held = [(member.role, marks.get(member.mark, _NONE)) for member in members]
        speakers = self._speakers(held) or {"": []}
        positions = self._positions(held, said) or {("", None): []}
        for (actor, naming), (side, saying) in product(speakers.items(), positions.items()):
            issue, stance = side
            yield Side(actor, issue, stance, [*naming, *saying])

    def cells(self, side: Side, published: str) -> list[Together]:
        """Those of :data:`~annotator.formats.exchange.tables.layout.TAKEN`."""
        actor = self._actors.get(side.actor)
        day = published[:10] if actor and actor.affiliations else ""
        return [self._who(side.actor, day), self._which(side.issue, side.stance)]

    def about(self, side: Side) -> list[Any]:
        """The values of :func:`side_fields`, of the first mark that has one; empty for none."""
        said = [mark.said for _, mark in side.marks if mark.said.about]
        if not said:
            return []
        return [
            next((one.values[key] for one in said if key in one.values), None)
            for key in self._about
        ]

    def _cells_of_actor(self, id: str, day: str) -> Together:
        actor = self._actors.get(id)
        if actor is None:
            return Together(id, "", "", "", "")
        return Together(id, actor.name, actor.type, *self._affiliation(actor, day))

    def _cells_of_side(self, id: str, stance: int | None) -> Together:
        issue = self._issues.get(id)
        return Together(
            *(id, issue.key if issue else "", issue.name if issue else ""),
            *(stance, "" if stance is None else self._stances.get(stance, "")),
        )

    def _speakers(self, held: Held) -> dict[str, Held]:
        """The marks of who says it, by the actor that they stand for."""
        found: dict[str, Held] = {}
        for role, mark in held:
            if role == self._means.who:
                for actor in mark.said.actors or [""]:
                    found.setdefault(actor, []).append((role, mark))
        return found

    def _positions(self, held: Held, said: Said) -> dict[tuple[str, int | None], Held]:
        """The marks that take a side, by issue and stance; what the statement says has none."""
        found: dict[tuple[str, int | None], Held] = {}
        of_all = said.stance
        for role, mark in held:
            issues, stance = mark.said.issues, mark.said.stance
            if issues or role in self._means.sides:
                for issue in issues or [""]:
                    place = issue, of_all if stance is None else stance
                    found.setdefault(place, []).append((role, mark))
        for issue in said.issues:
            found.setdefault((issue, of_all), [])
        if not found and of_all is not None:
            found["", of_all] = []
        return found

    def _ids(self, type: str, fields: Values) -> list[str]:
        """All that the fields of a type name, each once."""
        keys = [key for key in self._typed[type] if key in fields]
        return list(dict.fromkeys([str(one) for key in keys for one in several(fields[key])]))

    def _stance(self, fields: Values) -> int | None:
        for key in self._typed["stance"]:
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
