"""What a project knows beside marks and statements, for the list of what a format cannot carry."""

from __future__ import annotations

from collections.abc import Container, Iterator

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.model import Article
from annotator.formats.exchange.format import Losses

_KNOWN = {
    "title": "title",
    "outlet": "outlet",
    "author": "author",
    "published": "date",
    "url": "address",
}
"""What an article's fields are called in a list of losses."""


def of_project(project: Bundle, losses: Losses, carried: Container[str] = ()) -> None:
    """List what is said of the project; ``carried`` names what the format has a place for."""
    book = project.codebook
    whole = book.name or "the codebook"
    if "codebook" not in carried:
        losses.add("definitions and rules of the codebook are left out", whole)
    if "actors" not in carried:
        for actor in project.actors:
            known = (actor.aliases, actor.affiliations, actor.note, actor.wikidata, actor.retired)
            if any(known):
                losses.add("what is known of actors beside their names is left out", actor.name)
    if "issues" not in carried:
        for issue in project.issues:
            if issue.proposition != issue.name or issue.parent is not None:
                losses.add("what is known of issues beside their names is left out", issue.name)
    if "procedure" not in carried and project.procedure is not None:
        losses.add("the procedure (blind, letters for names, order) is left out", whole)


def of_article(part: ArticleBundle, losses: Losses, carried: Container[str] = ()) -> None:
    """List what is said of an article and has no place in the format.

    ``carried`` can be: the names of the article's fields, ``blocks``, ``progress``, ``note``,
    ``flag``, ``times``.
    """
    where = name_of(part.article)
    for what, count in _found(part, carried):
        if count:
            losses.add(what, where, count)


def _found(part: ArticleBundle, carried: Container[str]) -> Iterator[tuple[str, int]]:
    article = part.article
    for name, called in _KNOWN.items():
        if name not in carried:
            yield f"the {called} of articles is left out", int(bool(getattr(article, name)))
    if "blocks" not in carried:
        yield "the division into blocks is left out", int(len(article.blocks) > 1)
    if "copy_of" not in carried:
        yield "which article is a copy of which is left out", int(article.copy_of is not None)
    if "progress" not in carried:
        yield "whether analysts are done with an article is left out", len(part.statuses)
    if "note" not in carried:
        yield "notes are left out", sum(bool(one.note) for one in part.said)
    if "flag" not in carried:
        yield "questions to the reviewer are left out", sum(one.flagged for one in part.said)
    if "times" not in carried:
        yield (
            "when and by whom marks and statements were made is left out",
            sum(one.made_at > 0 for one in part.said),
        )
    yield "assignments are left out", len(part.assignments)
    yield "verdicts are left out", len(part.verdicts)
    yield "comments are left out", len(part.comments)
    yield "whether an article is decided is left out", int(part.review is not None)


def name_of(article: Article) -> str:
    """What an article is called in a list of losses."""
    return article.file or article.title
