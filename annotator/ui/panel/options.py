"""What a field can be filled with, as type-ahead offers it. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from annotator.core.codebook import Codebook, Field
from annotator.core.model import (
    ACTOR_TYPES,
    Actor,
    ActorType,
    FieldValue,
    Id,
    Issue,
    Mark,
    Statement,
    several,
)
from annotator.core.page import Page
from annotator.core.people import propose
from annotator.core.people.filed import Filed, Filings
from annotator.core.people.index import ActorIndex, Hit
from annotator.core.people.names import begins, is_pronoun
from annotator.core.text.nearness import is_near

MOST = 8
"""Options shown at once; typing on narrows them."""
_ALSO = 3
"""Aliases that are shown beside a name."""
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class NewActor:
    """An actor to be made under a name."""

    name: str
    type: ActorType


@dataclass(frozen=True, slots=True)
class NewIssue:
    """An issue to be made, worded as a proposition."""

    proposition: str


Value = FieldValue | NewActor | NewIssue
_UNSET = "0"
"""The key that sets no stance, in the text and in the line."""


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a type-ahead: what it stands for, what it says, and why or what it means."""

    value: Value | None
    """None unsets the field."""
    text: str
    detail: str = ""
    proposed: bool = False
    """Whether the article itself speaks for it."""
    key: str = ""
    """The key that sets it from the text, which does so in the line as well."""
    also: str = ""
    """Other words that find it."""

    @property
    def is_new(self) -> bool:
        """Whether it would add something to what everybody chooses from."""
        return isinstance(self.value, NewActor | NewIssue)


@dataclass(frozen=True)
class Known:
    """What options are made from."""

    book: Codebook
    actors: Iterable[Actor]
    """Best the project's :class:`ActorIndex`; from others one is made when it is needed."""
    issues: tuple[Issue, ...]
    page: Page
    filed: Filings = field(default_factory=Filed)
    """Whom words were filed under in the project so far."""

    @cached_property
    def people(self) -> ActorIndex:
        """The actors, to be found by name."""
        return self.actors if isinstance(self.actors, ActorIndex) else ActorIndex(self.actors)

    def actor(self, value: FieldValue) -> Actor | None:
        """The actor that a field's value names."""
        if isinstance(self.actors, ActorIndex):
            return self.actors.get(str(value))
        return self._by_id.get(str(value))

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {str(actor.id): actor for actor in self.actors}


def options(
    known: Known, field: str, thing: Mark | Statement, query: str, most: int = MOST
) -> list[Option]:
    """What may be meant by the words typed so far; proposals first while there are none."""
    words = query.strip()
    found: Iterable[Option]
    match known.book.fields[field].type:
        case "actor":
            found = _actors(known, field, thing, words)
        case "issue":
            found = _issues(known, field, words)
        case "stance":
            found = _stances(known.book, words)
        case "choice":
            found = _choices(known.book.fields[field], words)
        case "flag":
            found = _filtered(words, [Option(True, "yes"), Option(False, "no")])
        case _:
            return []
    return list(found)[:most]


def shown(known: Known, field: str, value: FieldValue | None) -> str:
    """A field's value in words."""
    if value is None:
        return ""
    match known.book.fields[field].type:
        case "actor":
            actor = known.actor(value)
            return actor.name if actor else "?"
        case "issue":
            return _name(known.issues, value)
        case "stance":
            return stance_text(known.book, value)
        case "choice":
            choice = known.book.fields[field].choices.get(str(value))
            return choice.name if choice else str(value)
        case "flag":
            return "yes" if value else "no"
        case _:
            return str(value)


def shown_values(known: Known, name: str, thing: Mark | Statement) -> str:
    """A field of a thing in words, several values one after the other; empty when unset."""
    value = thing.fields.get(name)
    return "" if value is None else ", ".join(shown(known, name, one) for one in several(value))


def stance_text(book: Codebook, value: FieldValue) -> str:
    """A stance as its signed number and its name."""
    stance = book.stances.get(str(value))
    return f"{signed(value)} {stance.name}" if stance else signed(value)


def signed(value: FieldValue) -> str:
    """A number with a plus or a real minus sign, zero with neither."""
    text = str(value)
    return _MINUS + text[1:] if text.startswith("-") else text if text == "0" else f"+{text}"


def _name(things: Iterable[Issue], value: FieldValue) -> str:
    return next((t.name for t in things if str(t.id) == value), "?")


def _actors(known: Known, field: str, thing: Mark | Statement, words: str) -> Iterator[Option]:
    people, filed = known.people, known.filed
    proposed = propose(known.page, people, thing, field, filed) if isinstance(thing, Mark) else []
    given: set[Id] = set()
    for proposal in proposed:
        if any(begins(words, name) for name in proposal.actor.names):
            given.add(proposal.actor.id)
            yield Option(
                str(proposal.actor.id), proposal.actor.name, proposal.reason, proposed=True
            )
    made = list(_new_actors(people, thing, words))
    if not words:
        yield from made[:1]  # whom nobody has named yet is no more to be typed than the others
    hits = people.search(words, MOST + len(given), filed.counts, people.retired)
    room = MOST - len(given) - len(made[:1])
    for hit in [hit for hit in hits if hit.actor.id not in given][: max(room, 0)]:
        yield Option(str(hit.actor.id), hit.actor.name, _about(hit))
    yield from made if words else made[1:]


def _new_actors(people: ActorIndex, thing: Mark | Statement, words: str) -> Iterator[Option]:
    """Who could be added: of the name typed, or else of the words marked; likeliest type first."""
    quote = thing.quote if isinstance(thing, Mark) else ""
    name = words or ("" if is_pronoun(quote) else quote)
    if name and not any(name.casefold() == a.name.casefold() for a in people.named(name)):
        likely = _likely_type(name)
        for type in (likely, *(t for t in ACTOR_TYPES if t != likely)):
            yield Option(NewActor(name, type), f"New {type} “{name}”")


def _about(hit: Hit) -> str:
    """What tells an actor from others, and by what they were found if that is not seen."""
    actor = hit.actor
    if hit.how == "like":
        return f"{actor.type}, spelled nearly like {hit.name}"
    if hit.how == "spelling":
        return f"{actor.type}, another spelling of {hit.name}"
    if hit.name in actor.aliases[_ALSO:]:
        return f"{actor.type}, also {hit.name}"
    also = ", ".join(actor.aliases[:_ALSO])
    return f"{actor.type}, also {also}" if also else actor.type


def _likely_type(name: str) -> ActorType:
    """What a new name probably is: an abbreviation, several people, or a person."""
    last = name.rsplit(maxsplit=1)[-1]
    if last.isupper() and len(last) > 1 and "." not in last:
        return "organisation"
    return "group" if last.islower() and last.endswith("s") else "person"


def _issues(known: Known, field: str, words: str) -> Iterator[Option]:
    """Those that fit; the ones the article was filed under come first, the latest at the top."""
    live = [i for i in known.issues if not i.retired and _fits(words, (i.name, i.proposition))]
    ranked = sorted(live, key=lambda i: _rank(words, (i.name, i.proposition))) if words else live
    filed = _last_filed(known.page, field)
    for issue in sorted(ranked, key=lambda i: -filed.get(str(i.id), 0)):
        yield Option(str(issue.id), issue.name, issue.proposition)
    if words and not ranked:
        for issue in (i for i in known.issues if not i.retired and is_near(words, i.name)):
            yield Option(str(issue.id), issue.name, issue.proposition)
    if words and not any(words.casefold() == i.name.casefold() for i in known.issues):
        yield Option(NewIssue(words), f"New issue “{words}”", "word it as a proposition")


def _last_filed(page: Page, field: str) -> dict[str, int]:
    """When something on the page was last filed under each value of a field, in milliseconds."""
    last: dict[str, int] = {}
    for mark in page.marks.values():
        if field in mark.fields:
            for value in several(mark.fields[field]):
                last[str(value)] = max(last.get(str(value), 0), mark.changed_at)
    return last


def _stances(book: Codebook, words: str) -> Iterator[Option]:
    """A bare digit is the key that it is in the text; a signed number is the value."""
    keys = book.stance_keys()
    if words == _UNSET:
        yield Option(None, "unset", "no stance is recorded", key=_UNSET)
    for value, key in keys.items():
        if _is_meant(words, value, keys) or _fits(words, (book.stances[value].name,)):
            said = stance_text(book, int(value))
            yield Option(int(value), said, book.stances[value].definition, key=key)


def _is_meant(words: str, value: str, keys: Mapping[str, str]) -> bool:
    """Whether a number, or the beginning of one, means this value."""
    typed = words.replace(_MINUS, "-")
    if typed in ("+", "-"):
        return int(value) > 0 if typed == "+" else int(value) < 0
    if typed in keys.values():
        return keys[value] == typed
    return typed.lstrip("+-").isdecimal() and len(typed) < 9 and int(value) == int(typed)


def _choices(field: Field, words: str) -> list[Option]:
    offered = ((key, choice) for key, choice in field.choices.items() if not choice.retired)
    every = [Option(key, choice.name, choice.definition) for key, choice in offered]
    return _filtered(words, every)


def _filtered(words: str, every: list[Option]) -> list[Option]:
    return [option for option in every if _fits(words, (option.text,))]


def _fits(words: str, names: Iterable[str]) -> bool:
    """Whether every word typed begins a word of one of the names."""
    typed = words.casefold().split()
    if not typed:
        return True
    return any(
        all(
            any(part.startswith(t) for part in name.casefold().replace("–", " ").split())
            for t in typed
        )
        or name.casefold().startswith(words.casefold())
        for name in names
    )


def _rank(words: str, names: Iterable[str]) -> tuple[int, str]:
    """Those whose name begins with what was typed come first, then those that have it in it."""
    first = next(iter(names))
    begins = first.casefold().startswith(words.casefold())
    return 0 if begins else 1 if _fits(words, (first,)) else 2, first.casefold()
