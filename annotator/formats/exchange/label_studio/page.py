"""Regions of Label Studio on a page with tags, found in the words of the page.

An article has these words with a line for each block of the page. Label Studio counts what stands
in the page's texts one after the other, and a line break as one character; each place is proven by
the words of the region, and where they stand elsewhere they are searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from annotator.core.text.offsets import Offsets
from annotator.formats.exchange.places import UNITS, Places

_TAG = re.compile(r"<[A-Za-z!/][^<>]*>")
_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot"
    " th thead title tr ul".split()
)
_UNSEEN = ("script", "style")


def has_tags(text: str) -> bool:
    return bool(_TAG.search(text))


class Page:
    """The words of a page: ``text`` as an article has them."""

    def __init__(self, html: str) -> None:
        reader = _Reader()
        reader.feed(html)
        reader.close()
        self._flat = Places("".join(reader.flat))
        self.text = "".join(reader.text).rstrip() + "\n"
        self._to_text = [*reader.to_text, len(self.text)]
        seen = [(at, sign) for at, sign in enumerate("".join(reader.flat)) if not sign.isspace()]
        self._seen_at = [at for at, _ in seen]
        self._seen = "".join(sign for _, sign in seen)

    def place(self, value: dict[str, Any]) -> Offsets | None:
        """Where a region is in ``text``, in code points; None when its words prove no place."""
        words = value.get("text")
        wanted = "".join(words.split()) if isinstance(words, str) else ""
        for span in self._told(value.get("globalOffsets")) if wanted else ():
            if "".join(self._flat.raw[slice(*span)].split()) == wanted:
                return self._in_text(*span)
        at = self._seen.find(wanted) if wanted else -1
        if at < 0 or self._seen.find(wanted, at + 1) >= 0:
            return None
        return self._in_text(self._seen_at[at], self._seen_at[at + len(wanted) - 1] + 1)

    def _told(self, offsets: Any) -> Iterator[Offsets]:
        """What offsets mean if they are code points, and if they are JavaScript's."""
        told = offsets if isinstance(offsets, dict) else {}
        start, end = told.get("start"), told.get("end")
        if type(start) is int and type(end) is int:
            found = (self._flat.span(start, end, unit) for unit in UNITS[:2])
            yield from (span for span in found if span is not None)

    def _in_text(self, start: int, end: int) -> Offsets:
        """From the first to the last character that is seen."""
        raw = self._flat.raw
        while start < end and raw[start].isspace():
            start += 1
        while start < end and raw[end - 1].isspace():
            end -= 1
        return self._to_text[start], self._to_text[end - 1] + 1


class _Reader(HTMLParser):
    """Goes through a page and writes down its texts twice: as they are, and as they are read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.flat: list[str] = []
        self.text: list[str] = []
        self.to_text: list[int] = []
        """Of each character of ``flat``, where it stands in ``text``."""
        self._length = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, _attrs: Any) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self.flat.append("\n")
            self.to_text.append(self._length)
            self._break()
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self.flat.append(data)
        for sign in data:
            self.to_text.append(self._length)
            if not sign.isspace():
                self._write(sign)
            elif self.text and not self.text[-1].isspace():
                self._write(" ")

    def _break(self) -> None:
        """A new line, unless one begins already."""
        if self.text and self.text[-1] == " ":
            self.text[-1] = "\n"
        elif self.text and self.text[-1] != "\n":
            self._write("\n")

    def _write(self, sign: str) -> None:
        self.text.append(sign)
        self._length += 1
