"""Finding actors by what was typed or what an article calls them, among tens of thousands.

Built once and kept up actor by actor. Beginnings of words are found in a sorted vocabulary,
other spellings by what the spellings share, slips of the finger by a comparison of the words
typed with the vocabulary, which is done only when little else was found.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from typing import Literal, TypeVar

from rapidfuzz import fuzz, process

from annotator.core.model import Actor, Id
from annotator.core.people.names import TITLES, initials, key, spelling, tokens

How = Literal["name", "begins", "part", "alias", "initials", "spelling", "like"]
"""The name itself, its beginning, one of its words, another name, its initials, the same sound,
nearly the same letters."""

FEW = 8
"""With fewer found by their letters, also what is spelled nearly so is looked for."""
_ALIKE = 78
"""Of 100, from which on two words are nearly the same."""
_SHORTEST_SLIP = 3
_MOST_ALIKE = 12
"""Words of the vocabulary that one typed word may have meant."""
_LAST = "\U0010ffff"
"""Sorts after all that can follow a beginning."""
Sortable = TypeVar("Sortable", tuple[str, int], str)
Counts = Mapping[Id, int]
Numbers = set[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """An actor that was found, by which of the names and how."""

    actor: Actor
    name: str
    how: How


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of one actor."""

    actor: Id
    name: str
    key: str
    words: tuple[str, ...]


class ActorIndex:
    """Actors by their names. Iterating gives them in the order of their names."""

    def __init__(self, actors: Iterable[Actor] = ()) -> None:
        self._actors: dict[Id, Actor] = {}
        self.retired: set[Id] = set()
        """Those who are offered no longer."""
        self._order: list[tuple[str, Id]] = []
        self._sort: dict[Id, tuple[str, Id]] = {}
        self._names: dict[int, _Name] = {}
        self._owner: dict[int, Id] = {}
        self._main: Numbers = set()
        self._main_keys: list[tuple[str, int]] = []
        self._numbers: dict[Id, list[int]] = {}
        self._next = 0
        self._by_key: dict[str, Numbers] = {}
        self._by_word: dict[str, Numbers] = {}
        self._by_sound: dict[str, set[str]] = {}
        self._by_initials: dict[str, Numbers] = {}
        self._of_group: dict[Id, set[Id]] = {}
        self._vocabulary: list[str] = []
        self._alike: dict[str, tuple[str, ...]] = {}
        for actor in actors:
            self._enter(actor)
        self._order.sort()
        self._main_keys.sort()
        self._vocabulary = sorted(self._by_word)
        self._built = True

    _built = False

    def __iter__(self) -> Iterator[Actor]:
        return (self._actors[id] for _, id in self._order)

    def __len__(self) -> int:
        return len(self._actors)

    def get(self, id: Id | str) -> Actor | None:
        """The actor with an id, also as a field holds it."""
        if isinstance(id, str):
            return self._actors.get(int(id)) if id.isdecimal() else None
        return self._actors.get(id)

    def put(self, actor: Actor) -> None:
        """Know an actor as they are now."""
        self.drop(actor.id)
        self._enter(actor)

    def drop(self, id: Id) -> None:
        """Know an actor no longer."""
        old = self._actors.pop(id, None)
        if old is None:
            return
        self.retired.discard(id)
        del self._order[bisect_left(self._order, self._sort.pop(id))]
        first = self._numbers[id][0]
        self._main.discard(first)
        del self._main_keys[bisect_left(self._main_keys, (self._names[first].key, first))]
        for group in old.affiliations:
            self._of_group[group.actor].discard(id)
        for number in self._numbers.pop(id):
            name = self._names.pop(number)
            del self._owner[number]
            _take(self._by_key, name.key, number)
            _take(self._by_initials, initials(name.name), number)
            for word in set(name.words):
                if _take(self._by_word, word, number):
                    del self._vocabulary[bisect_left(self._vocabulary, word)]
                    self._by_sound.get(spelling(word), set()).discard(word)
        self._alike.clear()

    def named(self, words: str) -> list[Actor]:
        """Those who have these words as a name, but for case, diacritics and article."""
        return self._of(self._by_key.get(key(words), ()))

    def abbreviated(self, letters: str) -> list[Actor]:
        """Those with a name that has these initials."""
        return self._of(self._by_initials.get(key(letters), ()))

    def with_word(self, word: str) -> list[tuple[Actor, str]]:
        """Those with a name that has this folded word in it, and that name."""
        return self._with_words((word,))

    def sounding(self, word: str) -> list[tuple[Actor, str]]:
        """Those with a name that has another spelling of this folded word in it, and that name."""
        others = self._by_sound.get(spelling(word), set()) - {word} if spelling(word) else set()
        return self._with_words(sorted(others))

    def resembling(self, word: str) -> list[tuple[Actor, str]]:
        """Those with a name that has nearly this folded word in it, and that name."""
        return self._with_words(w for w in self._slips(word) if w != word)

    def members(self, group: Id) -> list[Actor]:
        """Those who are or were affiliated with an actor, in the order of their names."""
        found = (self._actors[id] for id in self._of_group.get(group, ()))
        return sorted(found, key=_place)

    def search(
        self,
        typed: str,
        most: int | None = FEW,
        counts: Counts | None = None,
        but: Set[Id] = frozenset(),
    ) -> list[Hit]:
        """Whom typed words may mean, the likeliest first.

        Every word typed begins a word of the name. Those called exactly so come first, then those
        whose name begins so, has it in it, who are also called so, have these initials, are
        spelled otherwise, and when few were found those spelled nearly so. Among equals those
        with the higher of ``counts`` come first, then the order of names. Nobody is found who
        is among ``but``.
        """
        words = tokens(typed)
        weights = counts or {}
        if not words:
            return [Hit(a, a.name, "name") for a in self._everyone(most, weights, but)]
        found: dict[Id, Hit] = {}
        for how, numbers in self._ways(words, found):
            owners = {self._owner[n] for n in numbers} - found.keys() - but
            left = None if most is None else most - len(found)
            for id in self._first(owners, left, weights):
                number = next(n for n in self._numbers[id] if n in numbers)
                found[id] = Hit(self._actors[id], self._names[number].name, how)
            if most is not None and len(found) >= most:
                break
        return list(found.values())

    # Inside

    def _enter(self, actor: Actor) -> None:
        self._actors[actor.id] = actor
        if actor.retired:
            self.retired.add(actor.id)
        numbers = self._numbers[actor.id] = []
        self._sort[actor.id] = _place(actor)
        for position, name in enumerate(actor.names):
            number, self._next = self._next, self._next + 1
            numbers.append(number)
            entry = _Name(actor.id, name, key(name), tokens(name))
            self._names[number] = entry
            self._owner[number] = actor.id
            if position == 0:
                self._main.add(number)
                self._put(self._main_keys, (entry.key, number))
            self._by_key.setdefault(entry.key, set()).add(number)
            for word in entry.words:
                if word not in self._by_word:
                    self._by_word[word] = set()
                    self._learn(word)
                self._by_word[word].add(number)
            if letters := initials(name):
                self._by_initials.setdefault(letters, set()).add(number)
        for group in actor.affiliations:
            self._of_group.setdefault(group.actor, set()).add(actor.id)
        self._put(self._order, _place(actor))

    def _put(self, listed: list[Sortable], entry: Sortable) -> None:
        """Into a sorted list; while building, that is sorted at the end."""
        if self._built:
            insort(listed, entry)
        else:
            listed.append(entry)

    def _learn(self, word: str) -> None:
        """Take a word into the vocabulary; while building, that is sorted at the end."""
        if sound := spelling(word):
            self._by_sound.setdefault(sound, set()).add(word)
        if self._built:
            insort(self._vocabulary, word)
        self._alike.clear()

    def _of(self, numbers: Iterable[int]) -> list[Actor]:
        ids = {self._names[number].actor for number in numbers}
        return sorted((self._actors[id] for id in ids), key=_place)

    def _with_words(self, words: Iterable[str]) -> list[tuple[Actor, str]]:
        names = (self._names[n] for word in words for n in sorted(self._by_word.get(word, ())))
        return [(self._actors[name.actor], name.name) for name in names]

    def _everyone(self, most: int | None, counts: Counts, but: Set[Id]) -> list[Actor]:
        there = {id for id in counts if id in self._actors} - but
        often = self._first(there, most, counts)
        known = but | set(often)
        rest = (id for _, id in self._order if id not in known)
        left = None if most is None else most - len(often)
        return [self._actors[id] for id in (*often, *islice(rest, left))]

    def _first(self, ids: set[Id], most: int | None, counts: Counts) -> list[Id]:
        """Those that count most, then by their names; only as many as are wanted are sorted."""
        often = [id for id in ids if counts.get(id)]
        if most is None:
            ranked = sorted(ids, key=self._sort.__getitem__)
            return sorted(ranked, key=lambda id: -counts.get(id, 0)) if often else ranked
        first = nsmallest(most, often, key=lambda id: (-counts[id], self._sort[id]))
        if len(first) < most and len(often) < len(ids):
            rest = ids.difference(often)
            first += nsmallest(most - len(first), rest, key=self._sort.__getitem__)
        return first

    def _ways(
        self, words: tuple[str, ...], found: Mapping[Id, Hit]
    ) -> Iterator[tuple[How, Numbers]]:
        """The names that may be meant, by how they were found; the later ways only if asked."""
        typed = " ".join(words)
        yield "name", self._by_key.get(typed, set())
        yield "begins", self._main_names(typed)
        beginning = self._each(words, self._starting)
        yield "part", beginning & self._main
        yield "alias", beginning
        yield "initials", self._by_initials.get("".join(words), set())
        if len(found) < FEW:
            yield "spelling", self._each(words, self._sounds)
        if not found:
            yield "like", self._each(words, self._meant)

    def _main_names(self, typed: str) -> Numbers:
        """The names of actors, aliases apart, that begin with what was typed."""
        first = bisect_left(self._main_keys, (typed, -1))
        last = bisect_left(self._main_keys, (typed + _LAST, -1), first)
        return {number for _, number in self._main_keys[first:last]}

    def _each(self, words: tuple[str, ...], meant: Callable[[str], Iterable[str]]) -> Numbers:
        """The names in which each word typed, or one that it may mean, is found."""
        found: Numbers | None = None
        for word in sorted(words, key=len, reverse=True):
            numbers = set().union(*map(self._by_word.__getitem__, meant(word)))
            found = numbers if found is None else found & numbers
            if not found:
                return set()
        return found or set()

    def _starting(self, word: str) -> list[str]:
        first = bisect_left(self._vocabulary, word)
        last = bisect_left(self._vocabulary, word + _LAST, first)
        return self._vocabulary[first:last]

    def _sounds(self, word: str) -> list[str]:
        same = self._by_sound.get(spelling(word), ()) if spelling(word) else ()
        return [*self._starting(word), *same]

    def _meant(self, word: str) -> Iterable[str]:
        """What a word begins or sounds like; if nothing, what it resembles."""
        return self._sounds(word) or self._slips(word)

    def _slips(self, word: str) -> tuple[str, ...]:
        """Words of the vocabulary with nearly these letters, the nearest first."""
        if len(word) < _SHORTEST_SLIP or word in TITLES:
            return ()
        if word not in self._alike:
            near = process.extract(
                word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST_ALIKE
            )
            self._alike[word] = tuple(found for found, _, _ in near)
        return self._alike[word]


def _place(actor: Actor) -> tuple[str, Id]:
    return actor.name.casefold(), actor.id


def _take(table: dict[str, Numbers], word: str, number: int) -> bool:
    """Take a number out of a table; whether nothing is left under the word."""
    numbers = table.get(word)
    if numbers is None:
        return False
    numbers.discard(number)
    if numbers:
        return False
    del table[word]
    return True
