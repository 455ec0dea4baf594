"""Verbs on articles: bring in, describe, divide into blocks, remove, call done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from annotator.core.errors import NotAllowed
from annotator.core.model import (
    Article,
    Assignment,
    Block,
    Id,
    Mark,
    Progress,
    Record,
    Status,
    article_id,
    assignment_id,
    status_id,
)
from annotator.core.revision import Change, Edit
from annotator.core.text.cleaning import counted, sha256

DESCRIBED = ("title", "outlet", "author", "published", "url")
"""What can be said about an article by hand."""


def new_article(
    text: str,
    *,
    title: str,
    blocks: tuple[Block, ...],
    outlet: str = "",
    author: str = "",
    published: str = "",
    url: str = "",
    file: str = "",
) -> tuple[Edit, Article]:
    """Bring in a cleaned text; the same text is always the same article."""
    digest = sha256(text)
    made = Article(
        id=article_id(digest),
        title=title,
        outlet=outlet,
        author=author,
        published=published,
        url=url,
        file=file,
        sha256=digest,
        length=len(text),
        blocks=blocks,
    )
    return Edit(f"Import {title}", (Change(None, made),), (text,)), made


def describe(old: Article, **values: str) -> Edit:
    """Change title, outlet, author, published date or url."""
    unknown = values.keys() - set(DESCRIBED)
    if unknown:
        raise NotAllowed(f"An article has no {', '.join(sorted(unknown))} to set.")
    if not values.get("title", old.title).strip():
        raise NotAllowed("An article needs a title, so that it can be found again.")
    new = msgspec.structs.replace(old, **{k: v.strip() for k, v in values.items()})
    return Edit(f"Describe {new.title}", (Change(old, new),) if new != old else ())


def divide(old: Article, blocks: tuple[Block, ...]) -> Edit:
    """Give the article other blocks."""
    new = msgspec.structs.replace(old, blocks=blocks)
    return Edit(f"Blocks of {old.title}", (Change(old, new),) if new != old else ())


def remove(gone: Iterable[Article], parts: Iterable[Record], copies: Iterable[Article]) -> Edit:
    """Take articles out, with all that was said about them in any layer; undo brings it back.

    ``parts`` are the marks, statements, statuses and assignments; ``copies`` the articles that
    stay and are said to repeat one that goes.
    """
    out = tuple(gone)
    names = f"“{out[0].title}”" if len(out) == 1 else counted(len(out), "article")
    said = sorted(parts, key=lambda part: isinstance(part, Mark))  # statements refer to marks
    return Edit(
        f"Remove {names}",
        (
            *(Change(copy, msgspec.structs.replace(copy, copy_of=None)) for copy in copies),
            *(Change(part, None) for part in said),
            *(Change(article, None) for article in out),
        ),
        foreign="all",
    )


def assign(article: Id, analyst: Id) -> Edit:
    """Give an article to an analyst to mark."""
    made = Assignment(id=assignment_id(article, analyst), article=article, analyst=analyst)
    return Edit("Assign", (Change(None, made),))


def begin(edit: Edit, article: Id, layer: Id, old: Status | None) -> Edit:
    """The edit and, if it makes a layer's first marks, that the article is in progress now."""
    begins = old is None and any(
        change.before is None
        and isinstance(change.after, Mark)
        and (change.after.article, change.after.layer) == (article, layer)
        for change in edit.changes
    )
    if not begins:
        return edit
    began = set_progress(article, layer, None, "in progress")
    return replace(edit, changes=(*edit.changes, *began.changes))


def set_progress(article: Id, layer: Id, old: Status | None, progress: Progress | None) -> Edit:
    """Say how far a layer is on an article; None is new."""
    new = (
        Status(id=status_id(article, layer), article=article, layer=layer, progress=progress)
        if progress
        else None
    )
    if new == old:
        return Edit("", ())
    return Edit(f"Article {progress or 'new'}", (Change(old, new),))
