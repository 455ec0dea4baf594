"""Web pages in: the article without what stands around it, its headings and captions kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from annotator.core.errors import BadInput
from annotator.formats.articles.decoding import Decoded, decoded
from annotator.formats.articles.source import Source
from annotator.formats.articles.text_in import Known, Part, TextIn, text_of_parts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What a page can hold by number and lxml refuses to put into one."""
_CAPTION = "\ue0ca\ue0b7"
"""What a caption is known by on its way through the extraction; no page has it (private use)."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096


def read(source: Source) -> TextIn:
    """The article of a page; :class:`BadInput` when none can be made out.

    Nothing is fetched: what is not in the file is not known.
    """
    # Here, because importing them would add a quarter to the start of the program.
    from lxml import etree
    from trafilatura import bare_extraction

    text, encoding, notes = _decoded(source.whole(), source.where)
    page = _parsed(text, source.where)
    for caption in page.iter("figcaption"):
        _keep_caption(caption)
    titles = {_words(heading) for heading in page.iter("h1")}
    try:
        found: Any = bare_extraction(
            page,
            include_comments=False,
            with_metadata=True,
            # A date is taken from where the page states it, not from anything that looks like one.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (etree.LxmlError, RecursionError, ValueError, TypeError, AttributeError) as error:
        # What an extraction by rules meets in a broken page is not foreseeable by anyone.
        raise BadInput(_no_article(source.where)) from error
    if found is None or found.body is None:
        raise BadInput(_no_article(source.where))
    title = " ".join((found.title or "").split())
    parts = list(_with_headline(list(_parts(found.body)), title, titles))
    known = Known(title, found.sitename or "", found.author or "", found.date or "", _url(found))
    if not any(part.text.strip() for part in parts):
        raise BadInput(_no_article(source.where))
    return text_of_parts(
        parts, source.name, source.where, encoding=encoding, notes=notes, known=known
    )


def _no_article(where: str) -> str:
    return (
        f"{where} is a web page in which no article can be made out; open it in a browser and copy"
        " the article."
    )


def _decoded(data: bytes, where: str) -> Decoded:
    """As the page says it is encoded, unless it is not."""
    stated = _CHARSET.search(data[:_HEAD])
    if stated and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = stated[1].decode().lower()
        # Browsers read Latin-1 and ASCII as Windows-1252, and so does who writes the pages.
        name = "cp1252" if name in ("iso-8859-1", "latin1", "ascii", "us-ascii") else name
        try:
            return Decoded(data.decode(name), name, ())
        except (UnicodeDecodeError, LookupError):
            pass  # it says so and is not; found out like any other text
    return decoded(data, where)


def _parsed(text: str, where: str) -> HtmlElement:
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


def _keep_caption(caption: HtmlElement) -> None:
    """Make a caption a paragraph in a plain division: figures are dropped with what is in them."""
    words = _NOT_IN_XML.sub("", _words(caption))
    for child in list(caption):
        caption.remove(child)
    caption.tag = "p"
    caption.text = f"{_CAPTION}{words}" if words else ""
    figure = caption.getparent()
    if figure is not None and figure.tag == "figure":
        figure.tag = "div"


def _words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _with_headline(parts: list[Part], title: str, shown: set[str]) -> Iterator[Part]:
    """The headline first, when the page shows it; a title that only the tab has is no text."""
    if title and title in shown and parts and parts[0].text != title:
        yield Part(title, "headline")
    for number, part in enumerate(parts):
        if number == 0 and part.text in {title, *shown}:
            yield Part(part.text, "headline")
        elif part.type == "headline" or part.text != title:
            yield part


def _parts(body: Any) -> Iterator[Part]:
    """The paragraphs of an extraction, in order."""
    for element in body:
        if element.tag in ("list", "quote", "table", "div") and len(element):
            yield from _inside(element)
        elif text := _text(element):
            yield _part(element.tag, text)


def _inside(element: Any) -> Iterator[Part]:
    """What a list, a quotation or a table consists of, else what it says."""
    rows = [child for child in element if child.tag in ("row", "item", "p", "quote", "list")]
    if not rows or (element.text or "").strip():
        if text := _text(element):
            yield _part("p", text)
        return
    for row in element:
        if row.tag == "row":
            cells = [" ".join(_text(cell).split()) for cell in row]
            yield Part("\t".join(cells), "body")
        elif row.tag in ("list", "quote"):
            yield from _inside(row)
        elif text := _text(row):
            yield _part(row.tag, text)


def _part(tag: str, text: str) -> Part:
    if text.startswith(_CAPTION):
        return Part(text.removeprefix(_CAPTION).strip(), "caption")
    return Part(text.replace(_CAPTION, ""), "heading" if tag == "head" else None)


def _text(element: Any) -> str:
    """All its words; a line break within it ends a line."""
    return "".join(_in_order(element)).strip()


def _in_order(element: Any) -> Iterator[str]:
    if element.tag == "lb":
        yield "\n"
    yield element.text or ""
    for child in element:
        yield from _in_order(child)
        yield child.tail or ""


def _url(found: Any) -> str:
    """The address the page gives itself, if it is one."""
    url = str(found.url or "")
    return url if urlsplit(url).scheme in ("http", "https") else ""
