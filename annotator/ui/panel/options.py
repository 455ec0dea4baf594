"""What a field can be filled with, as type-ahead offers it. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
)
from annotator.core.page import Page
from annotator.core.people import PRONOUNS, propose

MOST = 8
"""Options shown at once; typing on narrows them."""
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


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a type-ahead: what it stands for, what it says, and why or what it means."""

    value: Value
    text: str
    detail: str = ""
    proposed: bool = False
    """Whether the article itself speaks for it."""


@dataclass(frozen=True)
class Known:
    """What options are made from."""

    book: Codebook
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    page: Page


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
            found = _issues(known.issues, words)
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
            return _name(known.actors, value)
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


def stance_text(book: Codebook, value: FieldValue) -> str:
    """A stance as its signed number and its name."""
    stance = book.stances.get(str(value))
    return f"{signed(value)} {stance.name}" if stance else signed(value)


def signed(value: FieldValue) -> str:
    """A number with a plus or a real minus sign, zero with neither."""
    text = str(value)
    return _MINUS + text[1:] if text.startswith("-") else text if text == "0" else f"+{text}"


def _name(things: Iterable[Actor | Issue], value: FieldValue) -> str:
    return next((t.name for t in things if str(t.id) == value), "?")


def _actors(known: Known, field: str, thing: Mark | Statement, words: str) -> Iterator[Option]:
    proposed = propose(known.page, known.actors, thing, field) if isinstance(thing, Mark) else []
    given: set[Id] = set()
    for proposal in proposed:
        if _fits(words, proposal.actor.names):
            given.add(proposal.actor.id)
            yield Option(
                str(proposal.actor.id), proposal.actor.name, proposal.reason, proposed=True
            )
    rest = (a for a in known.actors if a.id not in given and _fits(words, a.names))
    for actor in sorted(rest, key=lambda a: _rank(words, a.names)):
        also = ", ".join(actor.aliases[:3])
        yield Option(
            str(actor.id), actor.name, f"{actor.type}, also {also}" if also else actor.type
        )
    quote = thing.quote if isinstance(thing, Mark) else ""
    name = words or ("" if quote.casefold() in PRONOUNS else quote)
    if name and not any(name.casefold() == a.name.casefold() for a in known.actors):
        likely = _likely_type(name)
        for type in (likely, *(t for t in ACTOR_TYPES if t != likely)):
            yield Option(NewActor(name, type), f"New {type} “{name}”")


def _likely_type(name: str) -> ActorType:
    """What a new name probably is: an abbreviation, several people, or a person."""
    last = name.rsplit(maxsplit=1)[-1]
    if last.isupper() and len(last) > 1 and "." not in last:
        return "organisation"
    return "group" if last.islower() and last.endswith("s") else "person"


def _issues(issues: tuple[Issue, ...], words: str) -> Iterator[Option]:
    live = [i for i in issues if not i.retired and _fits(words, (i.name, i.proposition))]
    ranked = sorted(live, key=lambda i: _rank(words, (i.name, i.proposition))) if words else live
    for issue in ranked:
        yield Option(str(issue.id), issue.name, issue.proposition)
    if words and not any(words.casefold() == i.name.casefold() for i in issues):
        yield Option(NewIssue(words), f"New issue “{words}”", "word it as a proposition")


def _stances(book: Codebook, words: str) -> Iterator[Option]:
    plain = words.replace(_MINUS, "-").removeprefix("+")
    for value in sorted(book.stances, key=int):
        stance = book.stances[value]
        if plain.lstrip("-").isdecimal() or plain == "-":
            if not (value == plain or (plain == "-" and value.startswith("-"))):
                continue
        elif not _fits(words, (stance.name,)):
            continue
        yield Option(int(value), stance_text(book, int(value)), stance.definition)


def _choices(field: Field, words: str) -> list[Option]:
    every = [Option(key, choice.name, choice.definition) for key, choice in field.choices.items()]
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
