"""The records of reviewing: verdicts, comments, how far the review is, and the procedure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from annotator.core.model import Authored, Id, Record, Value, named_id

Said = Literal["mark", "statement"]
"""What a layer consists of, and what a verdict or a comment is about."""

Decision = Literal["accepted", "corrected", "rejected"]
"""Gold says what a source says, or something else, or nothing."""

REASONS: dict[str, str] = {
    "outside": "outside the guidelines",
    "boundary": "wrong boundary",
    "speaker": "wrong speaker",
    "kind": "wrong kind",
    "actor": "wrong actor",
    "issue": "wrong issue",
    "stance": "wrong stance",
    "link": "wrongly linked",
    "duplicate": "a duplicate",
    "absent": "not in the text",
    "other": "another reason",
}
"""Why something was rejected or corrected: what the file keeps, and how it is worded."""


class Source(Value, frozen=True, kw_only=True):
    """A mark or statement that was judged."""

    layer: Id
    kind: Said
    id: Id
    digest: str
    """Of what it said when it was judged, so that a later change can be told."""


class Verdict(Authored, frozen=True, kw_only=True):
    """A reviewer's decision about what analysts said at one place of an article.

    Without sources: the reviewer added something that no analyst had. ``gold`` are the marks and
    statements that the decision put into the layer of decisions; none means that nothing is right.
    """

    article: Id
    sources: tuple[Source, ...] = ()
    decision: Decision
    reason: str = ""
    """A key of :data:`REASONS`; a rejection has one."""
    note: str = ""
    gap: bool = False
    """Whether the guidelines do not say what is right here."""
    gold: tuple[Id, ...] = ()


class Comment(Authored, frozen=True, kw_only=True):
    """Something said about a mark or statement, or in answer to another comment."""

    article: Id
    layer: Id
    """Of the thing it is about; who may see that may see this."""
    kind: Said
    about: Id
    text: str
    answer_to: Id | None = None
    resolved: bool = False


ReviewState = Literal["in review", "decided"]


class Review(Authored, frozen=True, kw_only=True):
    """How far the review of an article is; none yet means unreviewed."""

    article: Id
    state: ReviewState


class Procedure(Record, frozen=True, kw_only=True):
    """How the project is worked on."""

    blind: bool = False
    """Whether analysts see others' work on an article only once they have called it done."""
    names_hidden: bool = False
    """Whether reviewers see letters in place of analysts' names."""
    shuffled: bool = False
    """Whether layers are shown in an order that differs from article to article."""
    seed: int = 0
    """Of the letters and of the order."""


PROCEDURE: Id = named_id("procedure", "")
"""A project has one procedure."""


def verdict_id(article: Id, named: Iterable[Id]) -> Id:
    """Of the verdict on these sources, or, without any, on this gold.

    Two reviewers who judge the same on two copies mean one verdict; the later one counts.
    """
    return named_id("verdict", f"{article}/{'/'.join(map(str, sorted(named)))}")


def review_id(article: Id) -> Id:
    return named_id("review", str(article))
