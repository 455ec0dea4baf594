"""A codebook of foreign labels meets ours: which key means which, and what is added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import STATEMENT, Codebook, Field, Kind, Role
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import LEAVE_OUT, LabelMapping


@dataclass(frozen=True, slots=True)
class Used:
    """The labels that a file not only declares: keys of its kinds, roles and fields."""

    kinds: frozenset[str]
    roles: frozenset[str]
    fields: frozenset[str]


def used(articles: Iterable[ArticleBundle]) -> Used:
    """What the marks and statements of the articles have."""
    kinds: set[str] = set()
    roles: set[str] = set()
    fields: set[str] = set()
    for part in articles:
        for mark in part.marks:
            kinds.add(mark.kind)
            fields.update(mark.fields)
        for statement in part.statements:
            roles.update(member.role for member in statement.members)
            fields.update(statement.fields)
    return Used(frozenset(kinds), frozenset(roles), frozenset(fields))


class Meeting:
    """Which of our keys each of their labels means, and our codebook with what was added."""

    def __init__(self, theirs: Codebook, used: Used, mapping: LabelMapping, ours: Codebook) -> None:
        self.theirs = theirs
        self._used = used
        self.mapping = mapping
        self.after = ours
        self.kinds: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        self.fields: dict[str, str] = {}

    def meet(self) -> None:
        """Match every table; what matches nothing is added or refused."""
        ours, told = self.after, self.mapping
        self.kinds, new_kinds = _matched("kind", self.theirs.kinds, told.kinds, ours.kinds)
        self.roles, new_roles = _matched("role", self.theirs.roles, told.roles, ours.roles)
        self.fields, new_fields = _matched("field", self.theirs.fields, told.fields, ours.fields)
        if told.add:
            self._add(new_kinds, new_roles, new_fields)
            return
        unknown = [
            *(f"the kind {self.theirs.kinds[k].name}" for k in new_kinds if k in self._used.kinds),
            *(f"the role {self.theirs.roles[k].name}" for k in new_roles if k in self._used.roles),
            *(
                f"the field {self.theirs.fields[k].name}"
                for k in new_fields
                if k in self._used.fields
            ),
        ]
        if unknown:
            raise BadInput(
                f"The codebook of the project has not {', '.join(unknown)}; say in a mapping what"
                " they mean, or have them added."
            )

    def _add(self, kinds: list[str], roles: list[str], fields: list[str]) -> None:
        ours, theirs = self.after, self.theirs
        taken = {kind.key.upper() for kind in ours.kinds.values()}
        added: dict[str, Kind] = {}
        for key in kinds:
            kind = theirs.kinds[key]
            free = (c for c in (kind.key, *_LETTERS) if c.upper() not in taken)
            letter = next(free, chr(0x2460 + len(taken)))
            taken.add(letter.upper())
            added[key] = msgspec.structs.replace(kind, key=letter)
            self.kinds[key] = key
        book = msgspec.structs.replace(ours, kinds={**ours.kinds, **added})
        more_roles = {k: role for k in roles if (role := self._role(theirs.roles[k])).kinds}
        more_fields = {k: field for k in fields if (field := self._field(theirs.fields[k])).on}
        self.roles.update({k: k if k in more_roles else LEAVE_OUT for k in roles})
        self.fields.update({k: k if k in more_fields else LEAVE_OUT for k in fields})
        scale = {**theirs.stances, **ours.stances}
        stances = {value: scale[value] for value in sorted(scale, key=int)}
        book = msgspec.structs.replace(
            book,
            roles=self._widened({**book.roles, **more_roles}),
            fields=self._laid_on({**book.fields, **more_fields}),
            stances=stances,
        )
        if book != ours:
            self.after = book

    def _role(self, role: Role) -> Role:
        kinds = tuple(dict.fromkeys(self.kinds[k] for k in role.kinds if self.kinds.get(k)))
        return msgspec.structs.replace(role, kinds=kinds)

    def _field(self, field: Field) -> Field:
        on = tuple(
            dict.fromkeys(
                STATEMENT if thing == STATEMENT else self.kinds[thing]
                for thing in field.on
                if thing == STATEMENT or self.kinds.get(thing)
            )
        )
        return msgspec.structs.replace(field, on=on)

    def _widened(self, roles: dict[str, Role]) -> dict[str, Role]:
        """Roles also for the kinds that were added, when they played them in the file."""
        for key, role in self.theirs.roles.items():
            ours = self.roles.get(key)
            if ours and ours in roles:
                more = self._role(role).kinds
                kinds = tuple(dict.fromkeys((*roles[ours].kinds, *more)))
                roles[ours] = msgspec.structs.replace(roles[ours], kinds=kinds)
        return roles

    def _laid_on(self, fields: dict[str, Field]) -> dict[str, Field]:
        """Fields also on the kinds that have them in the file, and with its choices."""
        for key, field in self.theirs.fields.items():
            ours = self.fields.get(key)
            if ours and ours in fields:
                on = tuple(dict.fromkeys((*fields[ours].on, *self._field(field).on)))
                names = {choice.name.casefold() for choice in fields[ours].choices.values()}
                choices = {
                    value: choice
                    for value, choice in field.choices.items()
                    if choice.name.casefold() not in names
                }
                own = fields[ours].choices
                choices = {**choices, **own} if fields[ours].type == "choice" else own
                fields[ours] = msgspec.structs.replace(fields[ours], on=on, choices=choices)
        return fields


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def _matched(
    what: str,
    theirs: Mapping[str, Kind | Role | Field],
    told: Mapping[str, str],
    ours: Mapping[str, Kind | Role | Field],
) -> tuple[dict[str, str], list[str]]:
    """Our key for each of theirs, and those that match nothing."""
    found: dict[str, str] = {}
    new: list[str] = []
    for key, match in matches(theirs, told, ours).items():
        if match is None:
            new.append(key)
            continue
        if match != LEAVE_OUT and match not in ours:
            raise BadInput(
                f"The mapping makes {theirs[key].name} the {what} {match}, which the codebook has"
                f" not; it has {', '.join(ours)}."
            )
        found[key] = match
    return found, new


def matches(
    theirs: Mapping[str, Kind | Role | Field],
    told: Mapping[str, str],
    ours: Mapping[str, Kind | Role | Field],
) -> dict[str, str | None]:
    """What each of their keys means: as told, else ours of the same key or name; None for nothing.

    What is told is not looked at; it may be no key of ours.
    """
    by_name = {one.name.casefold(): key for key, one in ours.items()}
    said = {key.casefold(): value for key, value in told.items()}
    found: dict[str, str | None] = {}
    for key, one in theirs.items():
        named = said.get(one.name.casefold(), said.get(key.casefold()))
        candidates = (one.name, key, by_name.get(one.name.casefold(), ""))
        match = named if named is not None else next((c for c in candidates if c in ours), None)
        found[key] = match
    return found
