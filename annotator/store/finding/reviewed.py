"""How far the review of articles is, as the list of articles filters by it and says it.

It is for those who review, and asked of small tables with each question: nothing is kept. Where
work is blind, a reviewer who marks an article too hears nothing of it before they are done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.core.model import Id
from annotator.store.driver import Connection

Stand = Literal["ready", "in review", "decided"]
"""How far the review of an article is: two or more are done with it, something is decided, all
is. There is nothing to compare before."""
Asked = Literal["ready", "undecided", "decided"]
"""What the list is filtered by; ``undecided`` is ready or in review."""

# The plus keeps SQLite from looking up each status by the index of articles.
_COMPARABLE = """SELECT article FROM status WHERE progress = 'done'
    GROUP BY +article HAVING count(*) > 1"""
_REVIEWED = "SELECT article FROM review WHERE state = '{}'"
_COMMENTED = "SELECT article FROM comment WHERE answer_to IS NULL AND NOT resolved"
_MINE_TO_MARK = """SELECT article FROM tally WHERE layer = {0} AND marks + statements > 0
    UNION SELECT article FROM status WHERE layer = {0}
    UNION SELECT article FROM assignment WHERE analyst = {0}
    EXCEPT SELECT article FROM status WHERE layer = {0} AND progress IN ('done', 'reopened')"""


@dataclass(frozen=True, slots=True)
class Overview:
    """What a reviewer is told of an article in the list."""

    stand: Stand | None = None
    """None where there is nothing to compare yet."""
    comments: int = 0
    """Threads that are not resolved."""
    marks: int = 0
    """Of all layers: how long it would take to compare them."""


def wanted_by_review(review: Asked | None, commented: bool, me: Id, blind: bool) -> Iterator[str]:
    """Conditions on ``listed.article``, each to be met."""
    if review is None and not commented:
        return
    if blind:
        yield f"listed.article NOT IN ({_MINE_TO_MARK.format(me)})"
    if commented:
        yield f"listed.article IN ({_COMMENTED})"
    decided, begun = _REVIEWED.format("decided"), _REVIEWED.format("in review")
    if review == "decided":
        yield f"listed.article IN ({decided})"
    elif review is not None:
        left_out = decided if review == "undecided" else f"{decided} UNION {begun}"
        yield f"listed.article IN ({_COMPARABLE})" + (
            f" OR listed.article IN ({begun})" if review == "undecided" else ""
        )
        yield f"listed.article NOT IN ({left_out})"


def overviews(connection: Connection, ids: str, me: Id, blind: bool) -> dict[Id, Overview]:
    """What is to be told of some articles, a JSON list of ids; nothing where it may not be."""
    told = f"AND value NOT IN ({_MINE_TO_MARK.format(me)})" if blind else ""
    found = connection.execute(_OVERVIEWS.format(told), (ids,)).fetchall()
    return {
        id: Overview(_stand(state, done), comments, marks)
        for id, state, done, comments, marks in found
    }


def _stand(state: str | None, done: int) -> Stand | None:
    if state == "decided":
        return "decided"
    if state == "in review":
        return "in review"
    return "ready" if done > 1 else None


_OVERVIEWS = """
SELECT value, (SELECT state FROM review WHERE review.article = value),
    (SELECT count(*) FROM status WHERE status.article = value AND +progress = 'done'),
    (SELECT count(DISTINCT made_at || ' ' || made_by || ' ' || text) FROM comment
        WHERE comment.article = value AND answer_to IS NULL AND NOT resolved),
    (SELECT coalesce(sum(marks), 0) FROM tally WHERE tally.article = value)
FROM json_each(?) WHERE TRUE {}
"""
