"""Which words were filed under whom so far, in all layers of a project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from annotator.core.model import Id
from annotator.core.people.names import key


@dataclass(frozen=True, slots=True)
class Filing:
    """A mark that says who is meant: its words, whom it was filed under, and when."""

    mark: Id
    words: str
    actors: tuple[Id, ...]
    time_ms: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What analysts meant by words before."""

    actor: Id
    times: int
    last_ms: int


class Filings(Protocol):
    """What is asked about filed marks, wherever they are."""

    @property
    def counts(self) -> Mapping[Id, int]:
        """How many are filed under each actor; those without any may be absent."""
        ...

    def choices(self, words: str, but: Id | None = None) -> list[Choice]:
        """Whom these words were filed under, the last choice first, then the more frequent.

        ``but`` is a mark that does not count: the one being filed.
        """
        ...


class Filed:
    """A tally of filed marks in memory, kept up mark by mark."""

    def __init__(self, filings: Iterable[Filing] = ()) -> None:
        self._of_mark: dict[Id, Filing] = {}
        self._of_actor: dict[Id, set[Id]] = {}
        self._of_words: dict[str, set[Id]] = {}
        self._counts: dict[Id, int] = {}
        for filing in filings:
            self.put(filing)

    def put(self, filing: Filing) -> None:
        """Count a mark as it is filed now."""
        self.drop(filing.mark)
        if not filing.actors:
            return
        self._of_mark[filing.mark] = filing
        self._of_words.setdefault(key(filing.words), set()).add(filing.mark)
        for actor in filing.actors:
            self._of_actor.setdefault(actor, set()).add(filing.mark)
            self._counts[actor] = self._counts.get(actor, 0) + 1

    def drop(self, mark: Id) -> None:
        """Count a mark no longer."""
        old = self._of_mark.pop(mark, None)
        if old is None:
            return
        self._of_words[key(old.words)].discard(mark)
        for actor in old.actors:
            self._of_actor[actor].discard(mark)
            self._counts[actor] -= 1

    def actors(self, mark: Id) -> tuple[Id, ...]:
        """Whom a mark is filed under."""
        filing = self._of_mark.get(mark)
        return filing.actors if filing else ()

    def marks(self, actor: Id) -> frozenset[Id]:
        """The marks filed under an actor."""
        return frozenset(self._of_actor.get(actor, ()))

    def count(self, actor: Id) -> int:
        """How many marks are filed under an actor."""
        return self._counts.get(actor, 0)

    @property
    def counts(self) -> Mapping[Id, int]:
        """How many marks are filed under each actor; those without any may be absent."""
        return self._counts

    def choices(self, words: str, but: Id | None = None) -> list[Choice]:
        """See :meth:`Filings.choices`."""
        same = key(words)
        marks = self._of_words.get(same, ()) if same else ()
        return choices_of(self._of_mark[mark] for mark in marks if mark != but)


def choices_of(filings: Iterable[Filing]) -> list[Choice]:
    """Whom the same words were filed under, the last choice first, then the more frequent."""
    found: dict[Id, tuple[int, int]] = {}
    for filing in filings:
        for actor in filing.actors:
            times, last = found.get(actor, (0, 0))
            found[actor] = (times + 1, max(last, filing.time_ms))
    every = [Choice(actor, times, last) for actor, (times, last) in found.items()]
    every.sort(key=lambda c: (-c.times, -c.last_ms, c.actor))
    latest = max((c.last_ms for c in every), default=0)
    every.sort(key=lambda c: c.last_ms != latest)
    return every
