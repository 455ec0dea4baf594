"""What goes out of a project and comes in: records and texts, without their history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from annotator.core.codebook import Codebook
from annotator.core.model import (
    GOLD,
    Actor,
    Analyst,
    Article,
    Assignment,
    Id,
    Issue,
    Mark,
    Statement,
    Status,
    several,
)
from annotator.core.page import Page
from annotator.core.review.records import Comment, Procedure, Review, Verdict

Thing = TypeVar("Thing", Actor, Issue)


@dataclass(frozen=True, slots=True)
class ArticleBundle:
    """An article with its text and all that the layers say about it."""

    article: Article
    text: str
    marks: Sequence[Mark] = ()
    statements: Sequence[Statement] = ()
    statuses: Sequence[Status] = ()
    assignments: Sequence[Assignment] = ()
    verdicts: Sequence[Verdict] = ()
    comments: Sequence[Comment] = ()
    review: Review | None = None

    @property
    def said(self) -> tuple[Mark | Statement, ...]:
        """Marks and statements together."""
        return (*self.marks, *self.statements)

    def whole(self) -> Page:
        """All layers at once, where to look what an id of the article says."""
        return Page(self.article, self.text, GOLD, self.marks, self.statements)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A project, or part of one. ``project`` is the id of the project it comes from."""

    project: str
    codebook: Codebook
    issues: tuple[Issue, ...]
    actors: tuple[Actor, ...]
    analysts: tuple[Analyst, ...]
    articles: tuple[ArticleBundle, ...]
    procedure: Procedure | None = None


def only_used(bundle: Bundle) -> Bundle:
    """The bundle without actors, issues and analysts that its articles do not need.

    An actor brings its affiliations along, an issue the issues above it.
    """
    return Bundle(
        bundle.project,
        bundle.codebook,
        _with_above(
            bundle.issues,
            _referred(bundle, "issue"),
            lambda i: [] if i.parent is None else [i.parent],
        ),
        _with_above(
            bundle.actors, _referred(bundle, "actor"), lambda a: [g.actor for g in a.affiliations]
        ),
        working(bundle.analysts, bundle.articles),
        bundle.articles,
        bundle.procedure,
    )


def working(analysts: Iterable[Analyst], articles: Iterable[ArticleBundle]) -> tuple[Analyst, ...]:
    """The analysts who own a layer of the articles or changed something in one."""
    named: set[Id] = set()
    for part in articles:
        reviews = () if part.review is None else (part.review,)
        for record in (*part.said, *part.verdicts, *part.comments, *reviews):
            named |= {record.made_by, record.changed_by}
        named |= {record.layer for record in (*part.said, *part.comments)}
        named |= {source.layer for verdict in part.verdicts for source in verdict.sources}
        named |= {status.layer for status in part.statuses}
        named |= {given.analyst for given in part.assignments}
    return tuple(a for a in analysts if a.id in named)


def _referred(bundle: Bundle, type: str) -> set[Id]:
    fields = [key for key, field in bundle.codebook.fields.items() if field.type == type]
    return {
        int(str(value))
        for part in bundle.articles
        for record in part.said
        for key in fields
        if key in record.fields
        for value in several(record.fields[key])
    }


def _with_above(
    things: tuple[Thing, ...], named: set[Id], above: Callable[[Thing], Iterable[Id]]
) -> tuple[Thing, ...]:
    by_id = {thing.id: thing for thing in things}
    wanted: set[Id] = set()
    waiting = list(named)
    while waiting:
        id = waiting.pop()
        if id in by_id and id not in wanted:
            wanted.add(id)
            waiting += above(by_id[id])
    return tuple(thing for thing in things if thing.id in wanted)
