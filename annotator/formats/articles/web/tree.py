"""A web page as a tree, made such that an extraction by rules loses none of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.core.errors import BadInput

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CAPTION = "\ue0ca\ue0b7"
"""What a caption is known by on its way through the extraction; no page has it (private use)."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What a page can hold by number and lxml refuses to put into one."""
_HOLDERS = ("div", "article", "section", "main", "body", "td")
_WITHIN_LINES = frozenset(
    "a abbr acronym b bdi bdo big br cite code dfn em font i ins kbd mark q s small span strike"
    " strong sub sup time tt u var wbr".split()
)
_WORDS_ALONE = _WITHIN_LINES - {"br", "wbr"}
_MANY = 5_000
"""From so many elements within lines on, paragraphs are made plain."""
LOOSE = 60
"""Words that stand beside paragraphs and not in one are one from this length, in code points."""


def parsed(text: str, where: str) -> HtmlElement:
    """The page of a text; :class:`BadInput` when there is none, or it is nested without end."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    data = text.replace("\0", "").encode(errors="ignore")
    try:
        page = document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise BadInput(f"{where} is an empty web page; choose one with an article.") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise BadInput(
            f"{where} is nested too deeply to be read whole; open it in a browser and copy the"
            " article."
        )
    return page


def prepare(page: HtmlElement) -> None:
    """Make paragraphs of what would be dropped: captions, and words beside paragraphs."""
    for caption in page.iter("figcaption"):
        _keep_caption(caption)
    for holder in list(page.iter(*_HOLDERS)):
        # Not where nothing is one: beside a single paragraph an extraction leaves divisions out.
        if any(child.tag == "p" for child in holder):
            for run in list(_loose(holder)):
                _wrap(holder, run)
    # An extraction compares every piece of text with every other: a book takes minutes so.
    if sum(1 for _ in page.iter(*_WITHIN_LINES)) > _MANY:
        for paragraph in page.iter("p"):
            _make_plain(paragraph)


def words(element: HtmlElement) -> str:
    """What an element says, on one line."""
    return " ".join("".join(element.itertext()).split())


def _keep_caption(caption: HtmlElement) -> None:
    """Make a caption a paragraph in a plain division: figures are dropped with what is in them."""
    said = _NOT_IN_XML.sub("", words(caption))
    for child in list(caption):
        caption.remove(child)
    caption.tag = "p"
    caption.text = f"{CAPTION}{said}" if said else ""
    figure = caption.getparent()
    if figure is not None and figure.tag == "figure":
        figure.tag = "div"


def _make_plain(paragraph: HtmlElement) -> None:
    """Leave nothing but words in a paragraph that has more of them than links, and no other parts."""
    run = _Run(None, paragraph.text or "")
    run.rest = list(paragraph)
    inside = {one.tag for one in paragraph.iterdescendants()}
    if run.rest and inside <= _WORDS_ALONE and run.is_paragraph():
        said = "".join(paragraph.itertext())
        for child in run.rest:
            paragraph.remove(child)
        paragraph.text = said


class _Run:
    """Words and elements within lines that stand side by side; before the first the words."""

    def __init__(self, after: HtmlElement | None, first: str) -> None:
        self.after = after
        """The element they follow; None when they begin their holder."""
        self.first = first
        self.rest: list[HtmlElement] = []

    def is_paragraph(self) -> bool:
        """Whether it says enough beside its links, of which menus consist."""
        own = self.first + "".join(
            ("" if one.tag == "a" else words(one)) + (one.tail or "") for one in self.rest
        )
        return len(" ".join(own.split())) >= LOOSE


def _loose(holder: HtmlElement) -> Iterator[_Run]:
    """What stands in a holder beside its paragraphs."""
    run = _Run(None, holder.text or "")
    for child in holder:
        if child.tag in _WITHIN_LINES:
            run.rest.append(child)
            continue
        if run.is_paragraph():
            yield run
        run = _Run(child, child.tail or "")
    if run.is_paragraph():
        yield run


def _wrap(holder: HtmlElement, run: _Run) -> None:
    """Put a run into a paragraph of its own, where it stands."""
    paragraph = holder.makeelement("p")
    if run.after is None:
        holder.text = None
        holder.insert(0, paragraph)
    else:
        run.after.tail = None
        run.after.addnext(paragraph)
    paragraph.text = _NOT_IN_XML.sub("", run.first)
    paragraph.extend(run.rest)
