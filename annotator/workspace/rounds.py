"""Putting together what a report of a round of review says, as far as it may be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from annotator.analysis.differences import Difference, differences
from annotator.analysis.loose import loose_differences
from annotator.core.model import GOLD, Id
from annotator.formats.review_round.content import Decided, Flat, Names, Round, Told
from annotator.formats.review_round.telling import Teller
from annotator.workspace.comparing import Comparison
from annotator.workspace.reading import Reading


def names_of(project: Reading) -> Names:
    """What everything in a project is called."""
    return Names(
        project.path.stem,
        project.codebook,
        {**{a.id: a.name for a in project.analysts()}, GOLD: "gold"},
        {a.id: a.title for a in project.articles()},
    )


def teller(project: Reading) -> Teller:
    """Who tells of a project in words."""
    called = {str(actor.id): actor.name for actor in project.actors()}
    called |= {str(issue.id): issue.name for issue in project.issues()}
    return Teller(project.codebook, called)


def differences_of(comparison: Comparison, article: Id) -> list[Difference]:
    """All on one article, in reading order; none where fewer than two are done."""
    sheet = comparison.sheet(article)
    if sheet is None:
        return []
    return [
        *differences(sheet, comparison.scheme),
        *loose_differences(sheet, comparison.scheme),
    ]


def round_of(
    project: Reading, comparison: Comparison, progress: Callable[[float], None] | None = None
) -> Round:
    """Everything about a comparison whose steps are done; ``progress`` is told shares of 1."""
    tells = teller(project)
    articles = comparison.sample.articles
    told: list[Told] = []
    decided: list[Decided] = []
    gold: list[Flat] = []
    reviewed = {"unreviewed": 0, "in review": 0, "decided": 0}
    for number, article in enumerate(articles):
        if progress is not None:
            progress(number / len(articles))
        told += _told(project, comparison, article, tells)
        review = project.review(article)
        reviewed[review.state if review else "unreviewed"] += 1
        if project.sees(article, GOLD):
            decided += _decided(project, article, tells)
            page = project.page(article, GOLD)
            gold += [tells.flat(statement, page) for statement in page.in_order()]
    return Round(
        names_of(project),
        comparison.report(),
        datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        tuple(told),
        tuple(decided),
        tuple(gold),
        reviewed,
    )


def _told(project: Reading, comparison: Comparison, article: Id, tells: Teller) -> Iterator[Told]:
    found = differences_of(comparison, article)
    record = project.article(article)
    if found and record is not None:
        text = project.text(record)
        for one in found:
            yield tells.difference(one, text)


def _decided(project: Reading, article: Id, tells: Teller) -> Iterator[Decided]:
    verdicts = project.verdicts(article)
    if verdicts:
        names = {analyst.id: analyst.name for analyst in project.analysts()}
        layers = {one.layer for verdict in verdicts for one in verdict.sources}
        pages = {
            layer: project.page(article, layer) for layer in layers if project.sees(article, layer)
        }
        gold = project.page(article, GOLD)
        for verdict in verdicts:
            by = names.get(verdict.changed_by, str(verdict.changed_by))
            yield tells.decided(verdict, pages, gold, by)
