"""The codebook: which kinds, roles, fields and stances a project knows, and what they mean.

The codebook is one record, so changing it is an edit like any other; its issues and actors are
records of their own because analysts add to them all day. On disk it is TOML
(``resources/codebooks``); see :func:`parse`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Literal, TypeVar

import msgspec

from annotator.core.errors import BadInput
from annotator.core.model import (
    CODEBOOK,
    Actor,
    ActorType,
    Affiliation,
    Id,
    Issue,
    Record,
    Value,
    named_id,
)

Pattern = Literal["solid", "dashed", "dotted", "dash-dot", "hairline"]
FieldType = Literal["actor", "issue", "stance", "choice", "flag", "number", "date", "text"]

SEVERAL = ("actor", "issue", "choice")
"""Types of field that can hold several values."""

STATEMENT = "statement"
"""Where a field of the statement itself is declared, beside the kinds of marks."""


class Kind(Value, frozen=True, kw_only=True):
    """What a mark can be, how it is made and how it is drawn."""

    name: str
    key: str
    """The single key that marks the selection as this kind."""
    colour: str
    """Colour role of the theme, such as ``kind.1``."""
    pattern: Pattern
    width: int = 2
    """Of its line, in pixels."""
    tint: bool = False
    definition: str = ""
    rule: str = ""
    """Where its boundaries are."""
    examples: tuple[str, ...] = ()
    retired: bool = False
    """No longer offered; what has it stays readable."""


class Role(Value, frozen=True, kw_only=True):
    """The part a mark plays in a statement."""

    name: str
    kinds: tuple[str, ...]
    """Kinds of mark that can play it; the first plays it unless told otherwise."""
    many: bool = False
    """Whether one statement usually has several; if not, a second one begins a new statement."""
    expected: bool = False
    """Whether a statement without it is unfinished."""
    definition: str = ""
    retired: bool = False
    """No longer offered; what has it stays readable."""


class Choice(Value, frozen=True, kw_only=True):
    """One of the values of a choice field."""

    name: str
    definition: str = ""
    examples: tuple[str, ...] = ()
    retired: bool = False
    """No longer offered; what has it stays readable."""


class Field(Value, frozen=True, kw_only=True):
    """Something recorded about a mark or a statement."""

    name: str
    type: FieldType
    on: tuple[str, ...]
    """Kinds of mark, or ``statement``."""
    expected: bool = False
    many: bool = False
    """Whether it holds several values, as a list; actors, issues and choices can."""
    definition: str = ""
    examples: tuple[str, ...] = ()
    choices: dict[str, Choice] = {}
    retired: bool = False
    """No longer offered; what has it stays readable."""


class Stance(Value, frozen=True, kw_only=True):
    """One step of the scale. Unset is not a step: it is the absence of the field."""

    name: str
    definition: str = ""
    examples: tuple[str, ...] = ()
    retired: bool = False
    """No longer offered; what has it stays readable."""


class Codebook(Record, frozen=True, kw_only=True):
    """Everything but actors and issues; the order of each table is its order on screen."""

    name: str
    guidelines: str = ""
    kinds: dict[str, Kind]
    roles: dict[str, Role]
    fields: dict[str, Field]
    stances: dict[str, Stance]
    """By value: ``"-2"`` … ``"2"``."""

    def fields_on(self, thing: str) -> dict[str, Field]:
        """The fields of a kind of mark, or of the statement, the retired ones too."""
        return {key: field for key, field in self.fields.items() if thing in field.on}

    def fields_shown(self, thing: str, filled: Container[str] = ()) -> dict[str, Field]:
        """The fields to be offered there: all but the retired ones that nobody filled in."""
        fields = self.fields_on(thing).items()
        return {key: field for key, field in fields if not field.retired or key in filled}

    def kinds_offered(self) -> dict[str, Kind]:
        """The kinds that new marks can be."""
        return {key: kind for key, kind in self.kinds.items() if not kind.retired}

    def stance_keys(self) -> dict[str, str]:
        """The values that new positions can have, lowest first, with the digit that sets each.

        The tenth and those after it have an empty key.
        """
        offered = (value for value, stance in self.stances.items() if not stance.retired)
        numbered = enumerate(sorted(offered, key=int), 1)
        return {value: str(number) if number <= 9 else "" for number, value in numbered}

    def usual_role(self, kind: str) -> str | None:
        """The role a new mark of this kind takes: the one that names it earliest."""
        live = [r for r in self.roles_for(kind) if not self.roles[r].retired]
        return min(live, key=lambda r: self.roles[r].kinds.index(kind), default=None)

    def roles_for(self, kind: str) -> tuple[str, ...]:
        return tuple(key for key, role in self.roles.items() if kind in role.kinds)


class Start(msgspec.Struct, frozen=True):
    """What a new project begins with."""

    codebook: Codebook
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]


class _Belonging(Value, frozen=True, kw_only=True):
    actor: str
    since: str = ""
    until: str = ""


class _Person(Value, frozen=True, kw_only=True):
    name: str
    type: ActorType = "person"
    aliases: tuple[str, ...] = ()
    affiliations: tuple[_Belonging, ...] = ()
    note: str = ""
    wikidata: str = ""
    retired: bool = False
    id: str = ""
    """Only when it is not the one that follows from the key."""


class _Proposition(Value, frozen=True, kw_only=True):
    name: str
    proposition: str = ""
    parent: str = ""
    definition: str = ""
    examples: tuple[str, ...] = ()
    retired: bool = False
    id: str = ""


_Ids = dict[str, Id]


class _File(Value, frozen=True, kw_only=True):
    name: str
    guidelines: str = ""
    kinds: dict[str, Kind]
    roles: dict[str, Role]
    fields: dict[str, Field]
    stances: dict[str, Stance]
    actors: dict[str, _Person] = {}
    issues: dict[str, _Proposition] = {}


def parse(toml: str, source: str) -> Start:
    """A codebook file as records; :class:`BadInput` names ``source`` and the place."""
    try:
        data = msgspec.convert(tomllib.loads(toml), _File)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{source} is not valid TOML: {error}.") from error
    except RecursionError as error:
        raise BadInput(f"{source} is nested too deeply for a codebook.") from error
    except msgspec.ValidationError as error:
        raise BadInput(f"{source} is not a codebook: {error}.") from error
    book = Codebook(
        id=CODEBOOK,
        name=data.name,
        guidelines=data.guidelines,
        kinds=data.kinds,
        roles=data.roles,
        fields=data.fields,
        stances=data.stances,
    )
    for fault in faults(book):
        raise BadInput(f"{source}: {fault}")
    return Start(book, _actors(data, source), _issues(data, source))


def faults(book: Codebook) -> list[str]:
    """What does not fit together, one sentence each."""
    found = [*_misnamed(book), *_kinds_at_fault(book.kinds)]
    for name, role in book.roles.items():
        found += [
            f"Role {name} names the kind {kind}, which kinds does not define."
            for kind in role.kinds
            if kind not in book.kinds
        ]
        if not role.kinds:
            found.append(f"Role {name} names no kind that could play it.")
    for name, field in book.fields.items():
        found += [
            f"Field {name} is on {thing}, which is neither a kind nor {STATEMENT}."
            for thing in field.on
            if thing != STATEMENT and thing not in book.kinds
        ]
        if field.type == "choice" and not field.choices:
            found.append(f"Field {name} is a choice without choices.")
        if field.many and field.type not in SEVERAL:
            found.append(f"Field {name} cannot hold several values; a {field.type} is one.")
    found += [
        f"Stance {value!r:.20} is not a whole number."
        for value in book.stances
        if not _INTEGER.fullmatch(value)
    ]
    return found


_NAME = re.compile(r"[\w-]{1,60}")
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,5}")


def _misnamed(book: Codebook) -> Iterator[str]:
    """Names that could not be parts of other names, as they are in the journal."""
    tables = {"Kind": tuple(book.kinds), "Role": tuple(book.roles), "Field": tuple(book.fields)}
    for what, names in tables.items():
        for name in names:
            if not _NAME.fullmatch(name):
                yield f"{what} {name!r:.60} needs a name of letters, digits, - and _ alone."


def _kinds_at_fault(kinds: dict[str, Kind]) -> Iterator[str]:
    if STATEMENT in kinds:
        yield f"No kind can be called {STATEMENT}; fields would not know which is meant."
    keys: dict[str, str] = {}
    for name, kind in kinds.items():
        if len(kind.key) != 1:
            yield f"Kind {name} has the key {kind.key!r:.20}; a key is one character."
        other = name if kind.retired else keys.setdefault(kind.key.upper(), name)
        if other != name:
            yield f"Kinds {other} and {name} share the key {kind.key}; give one another."


def actor_id(key: str) -> Id:
    """Of an actor that a codebook brings along."""
    return named_id("actor", key)


def issue_id(key: str) -> Id:
    """Of an issue, by its key."""
    return named_id("issue", key)


_ID = re.compile(r"[1-9][0-9]{0,18}")


def _ids(
    table: Mapping[str, _Person | _Proposition], usual: Callable[[str], Id], source: str
) -> _Ids:
    """The id of each entry: the one it states, else the one that follows from its key."""
    found: _Ids = {}
    for key, entry in table.items():
        if entry.id and not (_ID.fullmatch(entry.id) and int(entry.id) < 1 << 63):
            raise BadInput(f"{source}: {entry.id!r:.30} is not an id; leave the id of {key} out.")
        found[key] = int(entry.id) if entry.id else usual(key)
    if len(set(found.values())) < len(found):
        raise BadInput(f"{source}: an id is given twice; every actor and issue has its own.")
    return found


def _actors(data: _File, source: str) -> tuple[Actor, ...]:
    ids = _ids(data.actors, actor_id, source)
    above = {key: [one.actor for one in p.affiliations] for key, p in data.actors.items()}
    for key, groups in above.items():
        for group in groups:
            if group not in data.actors:
                raise BadInput(
                    f"{source}: actor {key} is affiliated with {group},"
                    " which actors does not define."
                )
        if is_above_itself(key, above):
            raise BadInput(f"{source}: actor {key} is affiliated with itself.")
    return tuple(
        Actor(
            id=ids[key],
            name=person.name,
            type=person.type,
            aliases=person.aliases,
            affiliations=tuple(
                Affiliation(actor=ids[one.actor], since=one.since, until=one.until)
                for one in person.affiliations
            ),
            note=person.note,
            wikidata=person.wikidata,
            retired=person.retired,
        )
        for key, person in data.actors.items()
    )


def _issues(data: _File, source: str) -> tuple[Issue, ...]:
    ids = _ids(data.issues, issue_id, source)
    above = {key: [topic.parent] if topic.parent else [] for key, topic in data.issues.items()}
    for key, topic in data.issues.items():
        if topic.parent and topic.parent not in data.issues:
            raise BadInput(
                f"{source}: issue {key} is under {topic.parent}, which issues does not define."
            )
        if is_above_itself(key, above):
            raise BadInput(f"{source}: issue {key} is under itself.")
    return tuple(
        Issue(
            id=ids[key],
            key=key,
            name=topic.name,
            proposition=topic.proposition,
            parent=ids[topic.parent] if topic.parent else None,
            retired=topic.retired,
            definition=topic.definition,
            examples=topic.examples,
        )
        for key, topic in data.issues.items()
    )


Node = TypeVar("Node", str, int)


def is_above_itself(start: Node, above: Mapping[Node, Iterable[Node]]) -> bool:
    """Whether one comes back to the start by going up."""
    seen: set[Node] = set()
    waiting = list(above.get(start, ()))
    while waiting:
        at = waiting.pop()
        if at == start:
            return True
        if at not in seen:
            seen.add(at)
            waiting += above.get(at, ())
    return False
