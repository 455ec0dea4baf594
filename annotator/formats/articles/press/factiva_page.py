"""Factiva's web pages: a division of the class “article” for each article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.formats.articles.press import factiva
from annotator.formats.articles.press.piece import Piece
from annotator.formats.articles.web.cell import words_of
from annotator.formats.articles.web.tree import parsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HINTS = (b"Factiva", b"articleParagraph")


def may_be(data: bytes) -> bool:
    """Whether a page names what all of these do."""
    return all(hint in data for hint in _HINTS)


def split(text: str, where: str) -> list[Piece]:
    """The articles of such a page; none when it is another."""
    divisions = parsed(text, where).iter("div")
    articles = (one for one in divisions if _is_article(one) and not _is_within(one))
    return factiva.split("\n".join(map(words_of, articles)))


def _is_article(division: HtmlElement) -> bool:
    return "article" in division.get("class", "").split()


def _is_within(division: HtmlElement) -> bool:
    """Whether it is in another, as it never is; what is said there would be gone through again."""
    return any(map(_is_article, division.iterancestors("div")))
