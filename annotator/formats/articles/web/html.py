"""Web pages in: the article without what stands around it, its headings and captions kept."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from annotator.core.errors import BadInput
from annotator.formats.articles.decoding import Decoded, decoded
from annotator.formats.articles.source import Source
from annotator.formats.articles.text_in import Known, Part, TextIn, text_of_parts
from annotator.formats.articles.web import parts as html_parts
from annotator.formats.articles.web import said as html_said
from annotator.formats.articles.web.tree import LOOSE, parsed, prepare, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096
_AS_BROWSERS = {
    **dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    "big5": "big5hkscs",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
}
"""What browsers read in place of what pages say, and so what those who write pages use."""
_OF_ASCII = ("iso-2022", "iso2022", "hz")
"""Encodings that are ASCII's bytes alone, and so always look like UTF-8."""
_NO_LETTERS = re.compile(r"[\W_]+")
_STANDFIRST = 40
"""How many letters tell a standfirst from a slogan, and from what stands in the text."""


def read(source: Source) -> TextIn:
    """The article of a page; :class:`BadInput` when none can be made out.

    Nothing is fetched: what is not in the file is not known.
    """
    # Here, because importing them would add a quarter to the start of the program.
    from lxml import etree
    from trafilatura import bare_extraction

    text, encoding, notes, _ = decoded_page(source.whole(), source.where)
    page = parsed(text, source.where)
    prepare(page)
    shown = _Shown(page)
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
    if found is None or found.body is None or _is_button(found.body):
        raise BadInput(_no_article(source.where))
    title = " ".join((found.title or "").split())
    outlet = found.sitename or ""
    headline = html_said.headline(title, shown.first, shown.second, outlet)
    parts = _whole(list(html_parts.parts(found.body)), shown, headline, title)
    if lead := shown.standfirst(found.description or ""):
        parts = _with_standfirst(parts, lead)
    known = Known(
        headline or html_said.without_outlet(title, outlet),
        outlet,
        html_said.authors(found.author or "", outlet, urlsplit(_url(found)).netloc),
        found.date or "",
        _url(found),
    )
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


def decoded_page(data: bytes, where: str) -> Decoded:
    """As the page says it is encoded, unless it is not.

    What is UTF-8 is read as that whatever it says: browsers save pages so and leave what they say.
    """
    stated = _CHARSET.search(data[:_HEAD])
    if stated and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = stated[1].decode().lower()
        name = _AS_BROWSERS.get(name, name)
        # Of what can be read as a statement in ASCII the rest is not in two bytes a letter.
        names = (name,) if name.startswith(_OF_ASCII) else ("utf-8", name)
        for one in names:
            with suppress(UnicodeDecodeError, LookupError):
                if not one.startswith(("utf-16", "utf-32", "ucs")):
                    return Decoded(data.decode(one), one, ())
    return decoded(data, where)


def _is_button(body: Any) -> bool:
    """Whether an extraction came upon nothing but a few words of a menu."""
    return len(body) == 0 and len((body.text or "").strip()) < LOOSE


class _Shown:
    """What a page shows before an extraction takes it apart: its headings and its lines."""

    def __init__(self, page: HtmlElement) -> None:
        self.first = {words(one) for one in page.iter("h1")}
        self.second = {words(one) for one in page.iter("h2")}
        self._lines = [words(one) for one in page.iter("p", "h2", "h3", "h4")]

    def standfirst(self, description: str) -> str:
        """The paragraph that the page gives as its description, if it shows it."""
        cut = description.strip().endswith(("…", "..."))
        said = _letters(description)
        if len(said) < _STANDFIRST:
            return ""
        lines = ((line, _letters(line)) for line in self._lines)
        return next((n for n, own in lines if own == said or (cut and own.startswith(said))), "")


def _whole(body: list[Part], shown: _Shown, headline: str, title: str) -> list[Part]:
    """The article with its headline first, if the page shows one: in a tab alone it is no text."""
    if not body:
        return []
    if not headline and body[0].text in {title, *shown.first}:
        headline = body[0].text
    if headline:  # a page of few words comes as one part, its headline among them
        body = [Part(_after(headline, body[0].text), body[0].type), *body[1:]]
    rest = [part for part in body if part.text not in {title, headline, ""}]
    return [Part(headline, "headline"), *rest] if headline else rest


def _after(line: str, text: str) -> str:
    """A text without a line of it that stands at its beginning, before others."""
    first, end, rest = text.partition("\n")
    return rest if end and first.strip() == line else text


def _with_standfirst(parts: list[Part], lead: str) -> list[Part]:
    """The same with what the page shows above the article, unless it is there already."""
    begins = _letters(lead)[:_STANDFIRST]
    if any(begins in _letters(part.text) for part in parts):
        return parts
    headlines = 1 if parts and parts[0].type == "headline" else 0
    return [*parts[:headlines], Part(lead, "body"), *parts[headlines:]]


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()


def _url(found: Any) -> str:
    """The address the page gives itself, if it is one."""
    url = str(found.url or "")
    return url if urlsplit(url).scheme in ("http", "https") else ""
