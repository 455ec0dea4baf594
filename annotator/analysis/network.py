"""Networks of actors and issues, after Leifeld's discourse network analysis.

Let X[a, b, q] be how often actor a takes the stance q on issue b (Leifeld 2016, *Policy Debates as
Dynamic Networks*; Leifeld 2017, in *The Oxford Handbook of Political Networks*). Sums run over
issues b and over stances q and q'; r is the range of the scale, t[a, b] the sum of X[a, b, q] over q.

- affiliation: Σ t[a, b] · t[a', b]
- congruence: Σ X[a, b, q] · X[a', b, q'] · (1 − |q − q'| / r)
- conflict: Σ X[a, b, q] · X[a', b, q'] · |q − q'| / r
- subtract: congruence − conflict

Divided by, with t[a] the sum of t[a, b] over b:

- average: (t[a] + t[a']) / 2
- jaccard: the counts of what only one of them says, and the products of what both say, where the
  same is said when issue and stance are the same (in affiliation: the issue)
- cosine: √(c[a, a] · c[a', a']), where c is congruence (in affiliation: affiliation itself)

Of actors and issues: t[a, b], or with subtract Σ q · X[a, b, q] / max |q|, divided by the actor's
total (activity) or the issue's (prominence).

Where the Discourse Network Analyzer is known to compute otherwise, we do not follow it: a week or
month is one of a year (ISO 8601), not of every year; stances are compared by value; and cosine
divides by the lengths of the vectors, where it divides by the product of the totals, which no actor
would have as a similarity of 1 to itself.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from annotator.core.model import Id

Tie = Literal["affiliation", "congruence", "conflict", "subtract"]
OneModeNorm = Literal["none", "average", "jaccard", "cosine"]
TwoModeNorm = Literal["none", "activity", "prominence"]
Period = Literal["document", "week", "month", "year", "none"]
"""Within which the same said again by the same actor does not count again; ``none``: it always
counts."""


@dataclass(frozen=True, slots=True)
class Taken:
    """That an actor takes a stance on an issue; None when the stance was not chosen."""

    actor: Id
    issue: Id
    stance: int | None
    article: Id
    published: str
    """ISO 8601, a date or the beginning of one, or with a time."""


Vector = dict[int | None, int]
"""How often each stance was taken."""


class Counts:
    """X, after what is said again was taken out. ``scale`` are the values of all stances."""

    def __init__(self, scale: Iterable[int]) -> None:
        steps = sorted(scale)
        self.range = steps[-1] - steps[0] if steps else 0
        self.largest = max((abs(step) for step in steps), default=0)
        self.of: dict[Id, dict[Id, Vector]] = defaultdict(lambda: defaultdict(dict))
        """By actor, issue and stance."""

    def add(self, taken: Taken) -> None:
        vector = self.of[taken.actor][taken.issue]
        vector[taken.stance] = vector.get(taken.stance, 0) + 1

    def total(self, actor: Id) -> int:
        return sum(sum(vector.values()) for vector in self.of[actor].values())

    def totals_of_issues(self) -> dict[Id, int]:
        found: dict[Id, int] = defaultdict(int)
        for issues in self.of.values():
            for issue, vector in issues.items():
                found[issue] += sum(vector.values())
        return dict(sorted(found.items()))

    @property
    def actors(self) -> list[Id]:
        return sorted(self.of)


def without_repetition(taken: Iterable[Taken], period: Period, by_stance: bool) -> Iterator[Taken]:
    """The first of what an actor says on an issue within a period.

    ``by_stance``: with another stance it is something else. What has no date for its period
    counts once for its article.
    """
    seen: set[tuple[Id, Id, int | None, object]] = set()
    for one in taken:
        if period == "none":
            yield one
            continue
        within = period_of(one.published, period)
        key = (
            one.actor,
            one.issue,
            one.stance if by_stance else None,
            ("article", one.article) if within is None else within,
        )
        if key not in seen:
            seen.add(key)
            yield one


def period_of(published: str, period: Period) -> tuple[int, ...] | None:
    """The ISO week with its ISO year, the month with its year, or the year; None when unknown."""
    parts = published[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        day = datetime.date(*[*numbers, 1, 1][:3]) if published else None
    except (ValueError, TypeError):
        return None
    if day is None or len(parts) < {"week": 3, "month": 2, "year": 1}.get(period, 4):
        return None
    if period == "week":
        return tuple(day.isocalendar()[:2])
    return (day.year, day.month) if period == "month" else (day.year,)


@dataclass(frozen=True, slots=True)
class Between:
    """Two actors and what ties them."""

    first: Id
    second: Id
    weight: float
    congruence: float
    conflict: float
    issues: int
    """On how many both speak."""


def one_mode(
    counts: Counts, tie: Tie, norm: OneModeNorm, said: Counts | None = None
) -> Iterator[Between]:
    """The ties between actors who speak on an issue both; those of nothing at all are left out.

    ``said`` has every stance that was taken, where ``counts`` count an issue once whatever the
    stance; congruence and conflict are of these.
    """
    said = said or counts
    own = {a: _self(counts, a, tie) for a in counts.actors} if norm == "cosine" else {}
    for first, second in combinations(counts.actors, 2):
        ours, theirs = counts.of[first], counts.of[second]
        shared = sorted(ours.keys() & theirs.keys())
        if not shared:
            continue
        same, other, together = _compared(ours, theirs, shared, counts.range)
        if said is not counts:
            same, other, _ = _compared(said.of[first], said.of[second], shared, counts.range)
        raw = {
            "affiliation": together,
            "congruence": same,
            "conflict": other,
            "subtract": same - other,
        }[tie]
        if not (raw or (tie == "subtract" and same)):
            continue
        match norm:
            case "none":
                divisor = 1.0
            case "average":
                divisor = (counts.total(first) + counts.total(second)) / 2
            case "jaccard":
                divisor = float(_jaccard(ours, theirs, by_stance=tie != "affiliation"))
            case "cosine":
                divisor = math.sqrt(own[first] * own[second])
        weight = raw / divisor if divisor else 0.0
        yield Between(first, second, weight, same, other, len(shared))


def _compared(
    ours: Mapping[Id, Vector], theirs: Mapping[Id, Vector], shared: Iterable[Id], range: int
) -> tuple[float, float, float]:
    """Congruence, conflict and affiliation of two actors. Who has no stance has no conflict."""
    same = other = together = 0.0
    for issue in shared:
        for q, count in _steps(ours[issue]):
            for p, times in _steps(theirs[issue]):
                product = count * times
                together += product
                if q is not None and p is not None:
                    apart = abs(q - p) / range if range else 0.0
                    same += product * (1 - apart)
                    other += product * apart
    return same, other, together


def _self(counts: Counts, actor: Id, tie: Tie) -> float:
    issues = counts.of[actor]
    same, _, together = _compared(issues, issues, sorted(issues), counts.range)
    return together if tie == "affiliation" else same


def _jaccard(ours: Mapping[Id, Vector], theirs: Mapping[Id, Vector], by_stance: bool) -> int:
    mine, yours = _flat(ours, by_stance), _flat(theirs, by_stance)
    both = sum(mine[key] * yours[key] for key in mine.keys() & yours.keys())
    return both + sum(
        found[key]
        for found, against in ((mine, yours), (yours, mine))
        for key in found.keys() - against.keys()
    )


def _flat(issues: Mapping[Id, Vector], by_stance: bool) -> dict[tuple[Id, int | None], int]:
    found: dict[tuple[Id, int | None], int] = defaultdict(int)
    for issue, vector in issues.items():
        for stance, count in vector.items():
            if not by_stance:
                found[issue, None] += count
            elif stance is not None:
                found[issue, stance] += count
    return found


@dataclass(frozen=True, slots=True)
class On:
    """An actor, an issue, and how the one speaks on the other."""

    actor: Id
    issue: Id
    weight: float
    count: int
    mean: float | None
    """Of the stances; None when none was chosen."""
    stances: dict[int | None, int]


def two_mode(
    counts: Counts, subtract: bool, norm: TwoModeNorm, said: Counts | None = None
) -> Iterator[On]:
    """Actors and the issues they speak on; their stances are those of ``said``, as above."""
    said = said or counts
    totals = counts.totals_of_issues()
    for actor in counts.actors:
        whole = counts.total(actor)
        for issue, vector in sorted(counts.of[actor].items()):
            count = sum(vector.values())
            stances = dict(_steps(said.of[actor][issue]))
            chosen = sum(n for q, n in stances.items() if q is not None)
            signed = sum(q * n for q, n in stances.items() if q is not None)
            value = signed / counts.largest if subtract and counts.largest else float(count)
            divisor = {"none": 1, "activity": whole, "prominence": totals[issue]}[norm]
            mean = signed / chosen if chosen else None
            yield On(actor, issue, value / divisor, count, mean, stances)


def _steps(vector: Vector) -> list[tuple[int | None, int]]:
    return sorted(vector.items(), key=lambda step: (step[0] is None, step[0] or 0))
