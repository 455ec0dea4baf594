"""The list of articles: which, in what order, under which headings, and what each line says.

Only ids are read for all articles; what their lines say is read for those that are looked at.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from annotator.core.model import GOLD, Id
from annotator.core.text.folding import fold
from annotator.store.driver import Connection
from annotator.store.finding.reviewed import Asked, Overview, overviews, wanted_by_review
from annotator.store.finding.words import understand

Sort = Literal["title", "outlet", "date", "status", "changed", "statements"]
Group = Literal["", "outlet", "status", "month", "analyst"]
Stage = Literal["new", "in progress", "done", "reopened"]
NOTHING_TOLD = Overview()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, and whose work they may hear of; None is everybody's."""

    id: Id
    layers: frozenset[Id] | None = None
    reviews: bool = False
    """Whether they hear how far the review of articles is."""

    @property
    def seen(self) -> str:
        """A condition on ``layer``."""
        if self.layers is None:
            return "TRUE"
        return f"layer IN ({','.join(map(str, sorted(self.layers)))})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which articles, and in what order. What is empty lets everything through."""

    typed: str = ""
    """Words that title and outlet must have, or parts of words, as in a search."""
    stage: Stage | None = None
    """How far the analyst who asks is."""
    outlet: str | None = None
    since: str = ""
    until: str = ""
    """ISO 8601 dates, months or years, both included."""
    analyst: Id | None = None
    """Who has marked something in it."""
    assigned: Id | None = None
    flagged: bool = False
    """Whether something in it is for the reviewer to look at."""
    review: Asked | None = None
    """How far its review is; whoever does not review finds nothing."""
    commented: bool = False
    """Whether a comment on something in it is not resolved; for reviewers as well."""
    among: tuple[Id, ...] | None = None
    """Only these articles."""
    actor: Id | None = None
    """Something in it is filed under this actor."""
    sort: Sort = "title"
    group: Group = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above so many articles."""

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Article ids in order. Grouped by analyst, an article is there once for each."""

    ids: array[int]
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What the line of an article says."""

    id: Id
    title: str
    outlet: str
    published: str
    copy_of: Id | None
    stage: Stage
    statements: int
    marks: int
    """Statements and marks of the analyst who asks."""
    flagged: int
    others: int
    """Analysts besides who have marked something."""
    assigned: tuple[Id, ...]
    overview: Overview = NOTHING_TOLD
    """Of its review, for reviewers."""


def conditions(wanted: Wanted, who: Viewer) -> tuple[str, tuple[object, ...]]:
    """The filter as a condition on ``listed``, empty when it lets everything through."""
    parts = [*_by_line(wanted), *_by_work(wanted, who)]
    sql = " AND ".join(f"({condition})" for condition, _ in parts)
    return sql, tuple(value for _, values in parts for value in values)


_Condition = tuple[str, tuple[object, ...]]


def _by_line(wanted: Wanted) -> Iterator[_Condition]:
    """What the line of an article itself says."""
    query = understand(wanted.typed)
    for choices in query.wanted:
        words = tuple(fold(term.text) for term in choices)
        yield " OR ".join(["instr(listed.words, ?) > 0"] * len(words)), words
    for term in query.unwanted:
        yield "instr(listed.words, ?) = 0", (fold(term.text),)
    if wanted.outlet is not None:
        yield "listed.outlet = ?", (wanted.outlet,)
    if wanted.since:
        yield "listed.published >= ?", (wanted.since,)
    if wanted.until:
        # A day has hours, a month days: what begins so is still in it.
        yield "listed.published <> '' AND listed.published <= ?", (f"{wanted.until}~",)
    if wanted.among is not None:
        yield _IN.format("SELECT value FROM json_each(?)"), (_as_json(wanted.among),)


def _by_work(wanted: Wanted, who: Viewer) -> Iterator[_Condition]:
    """What people have done and are to do with an article."""
    if wanted.stage == "new":
        yield "NOT " + _IN.format("SELECT article FROM status WHERE layer = ?"), (who.id,)
    elif wanted.stage is not None:
        stage = "SELECT article FROM status WHERE layer = ? AND progress = ?"
        yield _IN.format(stage), (who.id, wanted.stage)
    if wanted.analyst is not None:
        yield (
            _IN.format(f"SELECT article FROM tally WHERE layer = ? AND {who.seen}"),
            (wanted.analyst,),
        )
    if wanted.assigned is not None:
        yield _IN.format("SELECT article FROM assignment WHERE analyst = ?"), (wanted.assigned,)
    if wanted.flagged:
        yield _IN.format(f"SELECT article FROM tally WHERE flagged > 0 AND {who.seen}"), ()
    if who.reviews:
        blind = who.layers is not None
        for condition in wanted_by_review(wanted.review, wanted.commented, who.id, blind):
            yield condition, ()
    elif wanted.review is not None or wanted.commented:
        yield "FALSE", ()
    if wanted.actor is not None:
        filed = f'field : ("{wanted.actor}")'
        yield _IN.format(_FILED), (filed, filed)


def _as_json(ids: Iterable[Id]) -> str:
    return f"[{','.join(map(str, ids))}]"


_IN = "listed.article IN ({})"
_FILED = """
SELECT article FROM mark WHERE id IN (SELECT rowid FROM said_words WHERE said_words MATCH ?)
UNION SELECT article FROM statement
    WHERE id IN (SELECT rowid FROM said_words WHERE said_words MATCH ?)
"""

# The plus keeps SQLite from going through all statuses of an analyst for each article.
# Each takes the analyst who asks once where it has a question mark.
_STAGES = "CASE {}.progress WHEN 'reopened' THEN 0 WHEN 'in progress' THEN 1 WHEN 'done' THEN 3 ELSE 2 END"
_LATEST = """LEFT JOIN (SELECT article, max(changed_at) AS at FROM tally WHERE SEEN
    GROUP BY article) AS latest ON latest.article = listed.article"""
_WORK = """LEFT JOIN (SELECT article, layer AS who FROM tally WHERE SEEN
        UNION SELECT article, analyst FROM assignment) AS work ON work.article = listed.article
    LEFT JOIN analyst ON analyst.id = work.who"""
_SORTS: dict[Sort, tuple[str, str]] = {
    "title": ("", "listed.words, listed.article"),
    "outlet": ("", "listed.outlet = '', listed.outlet COLLATE NOCASE, listed.number DESC"),
    "date": ("", "listed.number DESC"),
    "status": (
        "LEFT JOIN status AS mine ON mine.article = listed.article AND +mine.layer = ?",
        f"{_STAGES.format('mine')}, listed.words, listed.article",
    ),
    "changed": (
        _LATEST,
        "latest.at DESC NULLS LAST, listed.words, listed.article",
    ),
    "statements": (
        "LEFT JOIN tally AS own ON own.article = listed.article AND own.layer = ?",
        "own.statements DESC NULLS LAST, listed.words, listed.article",
    ),
}
_UNNUMBERED = 2
"""Where an article without a line of its own comes: it is new, and has no statements."""
_STAGES_BY_NUMBER: dict[int, Stage] = {0: "reopened", 1: "in progress", 2: "new", 3: "done"}
_STAGED = f"SELECT article, {_STAGES.format('status')} FROM status WHERE layer = ?"
_PILED: dict[Sort, str] = {
    "status": _STAGED,
    "statements": "SELECT article, -statements FROM tally WHERE layer = ?",
}
"""The orders that come of few numbers; the lowest is first."""
_GROUPS: dict[Group, tuple[str, str, str]] = {
    "": ("", "''", ""),
    "outlet": (
        "",
        "listed.outlet",
        "listed.outlet = '', listed.outlet COLLATE NOCASE, listed.outlet",
    ),
    "month": ("", "substr(listed.published, 1, 7)", "substr(listed.published, 1, 7) DESC"),
    "status": (
        "LEFT JOIN status AS stage ON stage.article = listed.article AND +stage.layer = ?",
        "coalesce(stage.progress, 'new')",
        _STAGES.format("stage"),
    ),
    "analyst": (
        _WORK,
        "coalesce(analyst.name, CASE WHEN work.who IS NULL THEN '' ELSE 'gold' END)",
        "work.who IS NULL, analyst.name COLLATE NOCASE, work.who",
    ),
}


def find(connection: Connection, wanted: Wanted, who: Viewer) -> Listing:
    """The ids of all articles that are wanted, in their order, with their headings."""
    if wanted.group == "status" or (wanted.sort in _PILED and not wanted.group):
        return _by_piles(connection, wanted, who)
    where, values = conditions(wanted, who)
    clause = f"WHERE {where}" if where else ""
    sorting, order = (part.replace("SEEN", who.seen) for part in _SORTS[wanted.sort])
    grouping, key, first = (part.replace("SEEN", who.seen) for part in _GROUPS[wanted.group])
    asks = (who.id,) * (grouping + sorting).count("?")
    orders = f"{first}, {order}" if first else order
    found = connection.execute(
        f"SELECT listed.article FROM {_all(wanted)} {grouping} {sorting} {clause} ORDER BY {orders}",
        (*asks, *values),
    )
    ids = array("q", chain.from_iterable(found))  # which never holds a million rows
    if not wanted.group:
        return Listing(ids)
    headings = connection.execute(
        f"SELECT {key} AS key, count(*) FROM listed {grouping} {clause}"
        f" GROUP BY {first.removesuffix(' DESC')} ORDER BY {first}",
        ((who.id,) * grouping.count("?") + values),
    ).fetchall()
    return Listing(ids, tuple(Heading(key, count) for key, count in headings))


def _by_piles(connection: Connection, wanted: Wanted, who: Viewer) -> Listing:
    """The same where few numbers decide: all in the order within, then put on a pile each.

    SQLite would sort the long lines of all articles, and look for each one's number by itself;
    in the order of titles it has them already.
    """
    if wanted.group:
        within, by = replace(wanted, group=""), _STAGED
    else:
        within, by = replace(wanted, sort="title"), _PILED[wanted.sort]
    numbers = dict(connection.execute(by, (who.id,)))
    piles: dict[int, array[int]] = {}
    for id in find(connection, within, who).ids:
        number = numbers.get(id, _UNNUMBERED)
        if number not in piles:
            piles[number] = array("q")
        piles[number].append(id)
    ordered = sorted(piles.items())
    ids = array("q")
    for _, pile in ordered:
        ids.extend(pile)
    headings = (Heading(_STAGES_BY_NUMBER[number], len(pile)) for number, pile in ordered)
    return Listing(ids, tuple(headings) if wanted.group else ())


def _all(wanted: Wanted) -> str:
    """The list, to be gone through for all that is wanted.

    For an outlet or dates it is faster to read it as it lies and sort what is left than to read
    it in the order of an index, a line here and a line there.
    """
    by_line = wanted.outlet is not None or wanted.since or wanted.until
    return "listed NOT INDEXED" if by_line and wanted.among is None else "listed"


def first_page(connection: Connection, wanted: Wanted, who: Viewer, most: int) -> list[Id]:
    """The first articles that are wanted, in their order, whatever they are grouped by."""
    where, values = conditions(wanted, who)
    join, order = (part.replace("SEEN", who.seen) for part in _SORTS[wanted.sort])
    found = connection.execute(
        f"SELECT listed.article FROM listed {join} {'WHERE ' + where if where else ''}"
        f" ORDER BY {order} LIMIT ?",
        (*(who.id,) * join.count("?"), *values, most),
    ).fetchall()
    return [id for (id,) in found]


def count(connection: Connection, wanted: Wanted, who: Viewer) -> int:
    """How many articles are wanted."""
    where, values = conditions(wanted, who)
    clause = f"WHERE {where}" if where else ""
    (number,) = connection.execute(f"SELECT count(*) FROM listed {clause}", values).fetchone()
    return int(number)


def is_fewer(connection: Connection, number: int) -> bool:
    """Whether there are fewer articles than that; no more of them are counted."""
    (there,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM listed LIMIT ?)", (number,)
    ).fetchone()
    return int(there) < number


def is_in_order(wanted: Wanted) -> bool:
    """Whether an index has what is wanted in its order, so that the first are found at once."""
    by_line = wanted.outlet is not None or wanted.since or wanted.until
    return wanted.sort in ("title", "date") and not wanted.group and not by_line


def copies_of(connection: Connection, ids: Iterable[Id]) -> list[Id]:
    """The articles that are said to repeat one of these."""
    found = connection.execute(
        "SELECT id FROM article WHERE copy_of IN (SELECT value FROM json_each(?))",
        (_as_json(ids),),
    ).fetchall()
    return [id for (id,) in found]


def begun(connection: Connection, who: Viewer) -> list[Id]:
    """The articles in which an analyst has statements."""
    found = connection.execute(
        "SELECT article FROM tally WHERE layer = ? AND statements > 0", (who.id,)
    ).fetchall()
    return [id for (id,) in found]


def outlets(connection: Connection) -> list[tuple[str, int]]:
    """Every outlet with the number of its articles, the largest first."""
    # SQLite would sort a million names to count them.
    found = Counter(chain.from_iterable(connection.execute("SELECT outlet FROM listed")))
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def entries(connection: Connection, ids: Iterable[Id], who: Viewer) -> dict[Id, Entry]:
    """What the lines of some articles say."""
    wanted = _as_json(ids)
    found = connection.execute(
        _ENTRIES.replace("SEEN", who.seen), (*[who.id] * 4, wanted)
    ).fetchall()
    given: dict[Id, list[Id]] = {}
    for article, analyst in connection.execute(_ASSIGNED, (wanted,)).fetchall():
        given.setdefault(article, []).append(analyst)
    told = overviews(connection, wanted, who.id, who.layers is not None) if who.reviews else {}
    lines = ((*row, tuple(given.get(row[0], ())), told.get(row[0], NOTHING_TOLD)) for row in found)
    return {line[0]: Entry(*line) for line in lines}


_ENTRIES = f"""
SELECT article.id, article.title, article.outlet, article.published, article.copy_of,
    coalesce((SELECT progress FROM status WHERE status.article = article.id AND +layer = ?), 'new'),
    coalesce((SELECT statements FROM tally WHERE tally.article = article.id AND layer = ?), 0),
    coalesce((SELECT marks FROM tally WHERE tally.article = article.id AND layer = ?), 0),
    coalesce((SELECT sum(flagged) FROM tally WHERE tally.article = article.id AND SEEN), 0),
    (SELECT count(*) FROM tally
        WHERE tally.article = article.id AND layer NOT IN (?, {GOLD}) AND SEEN)
FROM article WHERE article.id IN (SELECT value FROM json_each(?))
"""
_ASSIGNED = """
SELECT article, analyst FROM assignment WHERE article IN (SELECT value FROM json_each(?))
"""
