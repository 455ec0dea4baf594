"""Which statements of an article are shown: conditions, and those that can be chosen. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from annotator.core.model import FieldValue, Id, Mark, Statement, several
from annotator.core.page import Page
from annotator.ui.panel.options import MOST, Known, Option, shown
from annotator.ui.panel.summary import summary

Sort = Literal["unfinished", "asked", "noted", "kind", "field", "words"]
_TYPES = ("actor", "issue", "stance", "choice", "flag")
"""Of fields, whose values can be chosen among."""
_PLAIN: dict[Sort, str] = {
    "unfinished": "unfinished",
    "asked": "reviewer asked",
    "noted": "with a note",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a statement or one of its marks must be like; a value is given as its text."""

    sort: Sort
    key: str = ""
    """The kind or field."""
    value: FieldValue | None = None

    def text(self, known: Known) -> str:
        """In words."""
        if self.sort == "kind":
            return f"with {known.book.kinds[self.key].name.lower()}"
        if self.sort == "field":
            said = shown(known, self.key, self.value)
            return f"{known.book.fields[self.key].name.lower()} {said}"
        return f"“{self.value}”" if self.sort == "words" else _PLAIN[self.sort]


class Filter:
    """Conditions on the statements of a page; those on one field are alternatives."""

    def __init__(self) -> None:
        self.conditions: list[Condition] = []
        self.words = ""
        """What is being typed: it counts while it is."""

    def __bool__(self) -> bool:
        return bool(self.conditions or self.words.strip())

    def clear(self) -> None:
        self.conditions, self.words = [], ""

    def add(self, condition: Condition) -> None:
        if condition not in self.conditions:
            self.conditions.append(condition)

    def fits(self, known: Known, statement: Statement, unfinished: Set[Id]) -> bool:
        """Whether a statement is to be shown."""
        alike = sorted(self.conditions, key=_alternatives)
        chosen = (
            any(_fits(known, c, statement, unfinished) for c in group)
            for _, group in groupby(alike, key=_alternatives)
        )
        typed = Condition("words", value=self.words)
        return all(chosen) and _fits(known, typed, statement, unfinished)

    def text(self, known: Known) -> str:
        """All conditions in words."""
        return ", ".join(condition.text(known) for condition in self.conditions)


def _alternatives(condition: Condition) -> tuple[str, str]:
    """Conditions of which one is enough have this in common."""
    return condition.sort, str(condition.value) if condition.sort == "words" else condition.key


def _fits(known: Known, condition: Condition, statement: Statement, unfinished: Set[Id]) -> bool:
    things = _things(known.page, statement)
    match condition.sort:
        case "unfinished":
            return statement.id in unfinished
        case "asked":
            return any(thing.flagged for thing in things)
        case "noted":
            return any(thing.note for thing in things)
        case "kind":
            return any(isinstance(t, Mark) and t.kind == condition.key for t in things)
        case "field":
            return any(
                condition.value in several(thing.fields[condition.key])
                for thing in things
                if condition.key in thing.fields
            )
        case "words":
            said = summary(known, statement).as_text().casefold()
            return all(word in said for word in str(condition.value).casefold().split())


def _marks(page: Page, statement: Statement) -> list[Mark]:
    return [page.marks[id] for id in statement.marks() if id in page.marks]


def _things(page: Page, statement: Statement) -> list[Mark | Statement]:
    return [statement, *_marks(page, statement)]


def possible(known: Known, unfinished: Set[Id]) -> list[tuple[Condition, int]]:
    """Every condition that some statement of the page fits, and how many do."""
    found: Counter[Condition] = Counter()
    for statement in known.page.in_order():
        found.update(_of(known, statement, unfinished))
    places = {sort: place for place, sort in enumerate([*_PLAIN, "field", "kind"])}
    fields = list(known.book.fields)
    kinds = list(known.book.kinds)

    def place(pair: tuple[Condition, int]) -> tuple[int, int, int]:
        condition, count = pair
        order = fields if condition.sort == "field" else kinds if condition.key else []
        return places[condition.sort], order.index(condition.key) if order else 0, -count

    return sorted(found.items(), key=place)


def _of(known: Known, statement: Statement, unfinished: Set[Id]) -> set[Condition]:
    """The conditions a statement fits."""
    marks = _marks(known.page, statement)
    plain: tuple[Sort, ...] = ("unfinished", "asked", "noted")
    found = {Condition(s) for s in plain if _fits(known, Condition(s), statement, unfinished)}
    found |= {Condition("kind", mark.kind) for mark in marks if mark.kind in known.book.kinds}
    for thing in _things(known.page, statement):
        for key, value in thing.fields.items():
            if key in known.book.fields and known.book.fields[key].type in _TYPES:
                found |= {Condition("field", key, one) for one in several(value)}
    return found


def offered(
    known: Known, listed: Iterable[tuple[Condition, int]], taken: Sequence[Condition], words: str
) -> list[tuple[Condition, Option]]:
    """The conditions to choose among, narrowed by the words typed so far."""
    typed = words.casefold().split()
    found: list[tuple[Condition, Option]] = []
    for condition, count in listed:
        if condition in taken:
            continue
        text = condition.text(known)
        if all(any(p.startswith(w) for p in text.casefold().split()) for w in typed):
            found.append((condition, Option(str(len(found)), text, str(count))))
            if len(found) == MOST:
                break
    return found
