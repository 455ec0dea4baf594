"""The words of a table's cell that holds a piece of a web page, as databases of articles do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = r"p|div|a|b|i|em|strong|span|h[1-6]|ul|ol|li|blockquote"
_OPENS = re.compile(rf"<({_NAMES})\b[^<>]{{0,2000}}>", re.IGNORECASE)
_CLOSES = re.compile(rf"</({_NAMES})>", re.IGNORECASE)
_ALONE = re.compile(r"<(?:p|br)\s*/?>", re.I)
BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5"
    " h6 header hr li main ol p pre section table td th tr ul".split()
)
NO_WORDS = frozenset("script style noscript template iframe head".split())


def is_html(text: str) -> bool:
    """Whether a text has tags in pairs or ends lines as web pages do, and is none without them."""
    if "<" not in text:
        return False
    return _ALONE.search(text) is not None or not _names(_OPENS, text).isdisjoint(
        _names(_CLOSES, text)
    )


def _names(tags: re.Pattern[str], text: str) -> set[str]:
    return {name.lower() for name in tags.findall(text)}


def words_of_html(text: str) -> str:
    """What a browser would show of it, a line for each paragraph."""
    # Here, because most days no such table is imported and every day the program is started.
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    data = f"<body>{text}</body>".replace("\0", "").encode(errors="ignore")
    try:
        page = document_fromstring(data, parser=parser)
    except (LxmlError, ValueError):
        return text
    return words_of(page)


def words_of(element: HtmlElement) -> str:
    """The same of an element of a page."""
    lines = "".join(_words(element)).split("\n")
    return "\n".join(line for one in lines if (line := " ".join(one.split())))


def _words(page: HtmlElement) -> Iterator[str]:
    """Its words, with a line end around every block; without going deep, as tags may."""
    from lxml.etree import iterwalk

    hidden = 0
    for event, element in iterwalk(page, events=("start", "end")):
        begins = event == "start"
        if element.tag in NO_WORDS:
            hidden += 1 if begins else -1
        if element.tag in BLOCKS:
            yield "\n"
        said = element.text if begins else element.tail
        if said and not hidden:
            yield said.replace("\n", " ")
