"""Europresse's web pages: an ``article`` for each, whose parts have classes of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.formats.articles.press.piece import Piece, names_in
from annotator.formats.articles.published import iso
from annotator.formats.articles.web.cell import words_of
from annotator.formats.articles.web.tree import parsed, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OUTLET, _DATE = "DocPublicationName", "DocHeader"
_HINTS = (b"<article", _OUTLET.encode(), _DATE.encode())
_TITLE = ("titreArticle", "titreArticleVisu")
_AUTHOR = ("docAuthors", "sm-margin-bottomNews")
_SUBTITLE = ("rdp__subtitle",)
_TEXT = ("docOcurrContainer", "DocText")
_LONGEST_NAMES = 150


def may_be(data: bytes) -> bool:
    """Whether a page names what all of these do."""
    return all(hint in data for hint in _HINTS)


def split(text: str, where: str) -> list[Piece]:
    """The articles of such a page; none when it is another."""
    articles = parsed(text, where).iter("article")
    # One is never in another, whose words would be gone through again.
    outermost = (one for one in articles if next(one.iterancestors("article"), None) is None)
    found = [_piece(one) for one in outermost]
    pieces = [piece for piece in found if piece is not None]
    return pieces if len(pieces) == len(found) else []


def _piece(article: HtmlElement) -> Piece | None:
    """One of them; None when it does not say its outlet, its date and its title."""
    outlet, published = _outlet(_of(article, (_OUTLET,))), iso(_said(article, (_DATE,)))
    title = _said(article, _TITLE)
    if not (outlet and published and title):
        return None
    names = _said(article, _AUTHOR)
    body = _of(article, _TEXT)
    lines = [_said(article, _SUBTITLE), "" if body is None else words_of(body)]
    return Piece(
        title=title,
        outlet=outlet,
        author=names_in(names) if len(names) <= _LONGEST_NAMES else "",
        published=published,
        text="\n".join(line for line in lines if line) if lines[1] else "",
    )


def _of(article: HtmlElement, classes: tuple[str, ...]) -> HtmlElement | None:
    """The first part that has the first of these classes that any has."""
    for name in classes:
        for one in article.iter():
            if name in one.get("class", "").split():
                return one
    return None


def _said(article: HtmlElement, classes: tuple[str, ...]) -> str:
    part = _of(article, classes)
    return "" if part is None else words(part)


def _outlet(part: HtmlElement | None) -> str:
    """Its name, before the number of the issue."""
    first = (
        "" if part is None else next((said for one in part.itertext() if (said := one.strip())), "")
    )
    return " ".join(first.partition(",")[0].split())
