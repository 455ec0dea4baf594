"""Names by which actors, issues and analysts are told apart where a file has no ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from annotator.core.model import Actor, Analyst, Id, Issue

Named = TypeVar("Named", Actor, Issue, Analyst)


def distinct_names(things: Iterable[Named], taken: Iterable[str] = ()) -> dict[Id, str]:
    """A name for each that no other has: its own, and with its id where two share one."""
    found = list(things)
    counts = Counter(thing.name.casefold() for thing in found)
    counts.update(name.casefold() for name in taken)
    return {
        thing.id: thing.name if counts[thing.name.casefold()] == 1 else f"{thing.name} #{thing.id}"
        for thing in found
    }


def by_name(things: Iterable[Named]) -> dict[str, Named]:
    """Each by its distinct name in small letters and, if nobody else has it, by its own."""
    found = list(things)
    names = distinct_names(found)
    distinct = {names[thing.id].casefold(): thing for thing in found}
    return {thing.name.casefold(): thing for thing in reversed(found)} | distinct
