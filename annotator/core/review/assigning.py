"""Giving articles to analysts: to all, to some at random, by hand, and back."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.core.errors import NotAllowed
from annotator.core.model import Assignment, Id, Status, assignment_id
from annotator.core.revision import Change, Edit
from annotator.core.text.cleaning import counted


def give(articles: Iterable[Id], analysts: Sequence[Id], now: Iterable[Assignment]) -> Edit:
    """Give each of the articles to each of the analysts; what they have they keep."""
    return _edit([(article, who) for article in articles for who in analysts], now)


def give_at_random(
    articles: Iterable[Id],
    analysts: Sequence[Id],
    each: int,
    seed: int,
    now: Iterable[Assignment],
) -> Edit:
    """Give each article to ``each`` of the analysts, so that all get equally many.

    Those who have an article already count. The same seed and state give the same result.
    """
    if not 1 <= each <= len(set(analysts)):
        raise NotAllowed(f"An article can be given to 1 to {len(set(analysts))} of them.")
    there = list(now)
    holders: dict[Id, set[Id]] = {}
    for given in there:
        holders.setdefault(given.article, set()).add(given.analyst)
    load = Counter(given.analyst for given in there)
    chance = random.Random(seed)
    order = sorted(set(articles))
    chance.shuffle(order)
    pairs = []
    for article in order:
        free = sorted(set(analysts) - holders.get(article, set()))
        chance.shuffle(free)
        free.sort(key=lambda who: load[who])
        wanted = each - len(holders.get(article, set()) & set(analysts))
        for who in free[: max(0, wanted)]:
            load[who] += 1
            pairs.append((article, who))
    return _edit(pairs, there)


def take_back(given: Iterable[Assignment]) -> Edit:
    """Analysts no longer are to mark these articles; what they marked stays."""
    changes = tuple(Change(one, None) for one in given)
    return Edit(f"Take back {counted(len(changes), 'assignment')}", changes)


def _edit(pairs: list[tuple[Id, Id]], now: Iterable[Assignment]) -> Edit:
    there = {(given.article, given.analyst) for given in now}
    new = [pair for pair in dict.fromkeys(pairs) if pair not in there]
    made = [Assignment(id=assignment_id(a, who), article=a, analyst=who) for a, who in new]
    label = f"Assign {counted(len({article for article, _ in new}), 'article')}"
    return Edit(label, tuple(Change(None, one) for one in made))


@dataclass(frozen=True, slots=True)
class Load:
    """How many articles an analyst was given, and how far they are on those and on what else they
    took up."""

    analyst: Id
    assigned: int = 0
    new: int = 0
    in_progress: int = 0
    done: int = 0
    reopened: int = 0


def load(
    analysts: Iterable[Id], given: Iterable[Assignment], statuses: Iterable[Status]
) -> list[Load]:
    """The load of each analyst, in the order given."""
    progress = {(s.article, s.layer): s.progress for s in statuses}
    assigned = {(g.article, g.analyst) for g in given}
    places = assigned | progress.keys()
    count = Counter((place[1], progress.get(place, "new")) for place in places)
    number = Counter(analyst for _, analyst in assigned)
    return [
        Load(
            who,
            number[who],
            count[who, "new"],
            count[who, "in progress"],
            count[who, "done"],
            count[who, "reopened"],
        )
        for who in analysts
    ]
