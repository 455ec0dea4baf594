"""Articles alike but for their numbers, to be given away or taken in one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from annotator.core.bundle import ArticleBundle
from annotator.core.model import (
    Article,
    Block,
    Fragment,
    Id,
    Mark,
    Member,
    Statement,
    Status,
    article_id,
    status_id,
)
from annotator.core.text.cleaning import sha256
from annotator.formats.exchange.format import Outgoing
from tests.formats.bundles import small_bundle

ARTICLES = 7


def article(number: int, copy_of: Id | None = None) -> ArticleBundle:
    """Two marks in a statement, by the first analyst of the small project."""
    layer = small_bundle().analysts[0].id
    text = f"“Not now,” she said on day {number}.\n"
    digest = sha256(text)
    made = Article(
        id=article_id(digest),
        title=f"Day {number}",
        sha256=digest,
        length=len(text),
        blocks=(Block(0, len(text), "body"),),
        copy_of=copy_of,
    )
    own: dict[str, Any] = {
        "article": made.id,
        "layer": layer,
        "made_by": layer,
        "changed_by": layer,
    }
    own |= {"made_at": 1_756_209_600_000, "changed_at": 1_756_209_600_000}
    id = (number + 1) * 10
    pieces = [Fragment(1, 8, text[1:8]), Fragment(11, 14, text[11:14])]
    kinds = ("claim", "speaker")
    marks = [
        Mark(id=id + n, kind=kind, fragments=(piece,), **own)
        for n, (kind, piece) in enumerate(zip(kinds, pieces, strict=True))
    ]
    members = tuple(Member(mark.kind, mark.id) for mark in marks)
    statement = Statement(id=id + 2, members=members, note="“é”", **own)
    done = Status(id=status_id(made.id, layer), article=made.id, layer=layer, progress="done")
    return ArticleBundle(made, text, tuple(marks), (statement,), (done,))


def given(articles: Iterable[ArticleBundle]) -> Outgoing:
    return Outgoing(replace(small_bundle(), articles=()), articles)


def some() -> list[ArticleBundle]:
    return [article(number) for number in range(ARTICLES)]
