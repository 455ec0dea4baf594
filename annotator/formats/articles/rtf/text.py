"""What an RTF document says, paragraph by paragraph: its groups and control words gone through once."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from annotator.core.errors import BadInput
from annotator.formats.articles.office.looked_through import type_of_style
from annotator.formats.articles.rtf import words as rtf_words
from annotator.formats.articles.text_in import Part

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z']))|([{}])|([^\\{}]+)",
    re.DOTALL,
)
_WORD, _NUMBER, _HEX, _SYMBOL, _BRACE = range(1, 6)
_DEEPEST = 1_000
_NO_OUTLINE = 9
_LONGEST_NAME = 1_000
"""Of a style, a title or an author: characters that are kept."""
_LINE_ENDS = b"\r\n"

_Into = Literal["text", "nothing", "fonts", "styles", "info", "title", "author"]
_TABLES: dict[str, _Into] = {"fonttbl": "fonts", "stylesheet": "styles", "info": "info"}
_HEADS: dict[str, _Into] = {"title": "title", "author": "author"}


@dataclass(slots=True)
class _Group:
    """What holds until a brace is closed."""

    into: _Into = "text"
    codec: str = ""
    """Python's name of the encoding of its font; empty for that of the document."""
    stands_for: int = 1
    """How many characters stand in for one that old programs do not have."""
    style: int = 0
    outline: int = _NO_OUTLINE
    hidden: bool = False

    def inner(self) -> _Group:
        """What holds in a group within it, until something else is said there."""
        return _Group(self.into, self.codec, self.stands_for, self.style, self.outline, self.hidden)


@dataclass(slots=True)
class Rtf:
    """A document that is gone through; afterwards it has its paragraphs and what it says of itself."""

    where: str
    parts: list[Part] = field(default_factory=list)
    title: str = ""
    author: str = ""
    left_out: Counter[str] = field(default_factory=Counter)
    """How often which thing was."""
    _group: _Group = field(default_factory=_Group)
    _outer: list[_Group] = field(default_factory=list)
    _starred: bool = False
    _stand_ins: int = 0
    """Characters still to be passed over."""
    _bytes: bytearray = field(default_factory=bytearray)
    """What waits to be decoded: a letter can be two bytes of which each is written in its way."""
    _pieces: list[str] = field(default_factory=list)
    _codec: str = "cp1252"
    _font: int = 0
    _fonts: dict[int, str] = field(default_factory=dict)
    _default_font: int | None = None
    _style: int = 0
    _styles: dict[int, str] = field(default_factory=dict)

    def go_through(self, data: bytes) -> None:
        """Read it; :class:`BadInput` says when it is nested without end or breaks off."""
        at, end = 0, len(data)
        is_utf8 = _is_utf8(data)
        while at < end:
            token = _TOKEN.match(data, at)
            if token is None:
                at += 1  # a backslash before nothing that there is
                continue
            at = token.end()
            kind = token.lastindex
            if kind in (_WORD, _NUMBER):
                word, number = token[_WORD].decode(), token[_NUMBER]
                self._word(word, None if number is None else int(number))
                if word == "bin" and number is not None:
                    at += max(0, int(number))
            elif kind == _BRACE:
                self._brace(token[_BRACE])
                if not self._outer:
                    break
            elif kind == _HEX:
                self._plain(bytes.fromhex(token[_HEX].decode()))
            elif kind == _SYMBOL:
                self._symbol(token[_SYMBOL])
            else:
                self._text(token[0], is_utf8)
        if self._outer:
            raise BadInput(f"{self.where} is an RTF document that breaks off; get or save it anew.")
        self._end_paragraph()

    def _brace(self, brace: bytes) -> None:
        self._decode()
        self._stand_ins = 0
        self._starred = False
        if brace == b"{":
            self._outer.append(self._group)
            self._group = self._group.inner()
            self._style = 0  # in the style sheet, of which one need not have a number
            if len(self._outer) > _DEEPEST:
                raise BadInput(
                    f"{self.where} is an RTF document nested too deeply to be read; open it in its"
                    " own program and save it anew."
                )
        elif self._outer:
            self._group = self._outer.pop()

    def _symbol(self, symbol: bytes) -> None:
        if symbol in b"{}\\":  # perhaps the second half of a letter
            self._plain(symbol)
            return
        self._decode()
        self._stand_ins = 0
        character = symbol.decode("latin-1")
        if character == "*":
            self._starred = True
        elif character in "\r\n":
            self._end_paragraph_here()
        elif character in rtf_words.SYMBOLS:
            self._say(rtf_words.SYMBOLS[character])

    def _text(self, data: bytes, is_utf8: bool) -> None:
        if self._group.into == "nothing":
            return
        data = data.translate(None, _LINE_ENDS)
        if is_utf8 and not data.isascii():
            self._decode()
            text = data.decode(errors="replace")
            self._say(text[self._stand_ins :])
            self._stand_ins = max(0, self._stand_ins - len(text))
        else:
            self._plain(data)

    def _plain(self, data: bytes) -> None:
        """Take bytes that are in the encoding of their font."""
        passed = min(self._stand_ins, len(data))
        self._stand_ins -= passed
        if self._group.into != "nothing":
            self._bytes += data[passed:]

    def _decode(self) -> None:
        if self._bytes:
            codec = self._group.codec or self._fonts.get(self._default_font or 0) or self._codec
            self._say(self._bytes.decode(codec, "replace"))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        match self._group.into:
            case "text" if not self._group.hidden:
                self._pieces.append(text)
            case "styles":
                self._styles[self._style] = _longer(self._styles.get(self._style, ""), text)
            case "title":
                self.title = _longer(self.title, text)
            case "author":
                self.author = _longer(self.author, text)

    def _word(self, word: str, number: int | None) -> None:
        self._decode()
        self._stand_ins = 0
        starred, self._starred = self._starred, False
        group = self._group
        if group.into == "nothing":
            return
        if word in rtf_words.LEFT_OUT or (starred and word not in rtf_words.STARRED):
            if word in rtf_words.NOTED:
                self.left_out[rtf_words.NOTED[word]] += 1
            group.into = "nothing"
        elif word in _TABLES:
            group.into = _TABLES[word]
        elif word in _HEADS and group.into == "info":
            group.into = _HEADS[word]
        elif word == "u" and number is not None:
            self._say(chr(number & 0xFFFF))
            self._stand_ins = group.stands_for
        elif word in rtf_words.CHARACTERS:
            self._say(rtf_words.CHARACTERS[word])
        elif word in rtf_words.PARAGRAPH_ENDS:
            self._end_paragraph_here()
        else:
            self._setting(group, word, number)

    def _setting(self, group: _Group, word: str, number: int | None) -> None:
        """What holds from here on."""
        if word == "uc":
            group.stands_for = min(max(0, number or 0), 16)
        elif word in ("v", "deleted"):
            group.hidden = number != 0
        elif word == "plain":
            group.hidden, group.codec = False, ""
        elif word == "pard":
            group.style, group.outline = 0, _NO_OUTLINE
        elif word == "outlinelevel" and number is not None:
            group.outline = number
        elif word == "s" and number is not None:
            self._style = group.style = number
        elif word in ("f", "af") and number is not None:
            self._font = number
            group.codec = self._fonts.get(number, "")
        elif word in rtf_words.DOCUMENTS:
            self._codec = rtf_words.DOCUMENTS[word]
        else:
            self._encoding(word, number)

    def _encoding(self, word: str, number: int | None) -> None:
        if word == "ansicpg" and number is not None:
            self._codec = _page(number) or self._codec
        elif word == "deff":
            self._default_font = number
        elif self._group.into == "fonts" and number is not None:
            if word == "fcharset":
                self._fonts[self._font] = rtf_words.CHARSETS.get(number, "")
            elif word == "cpg":
                self._fonts[self._font] = _page(number)

    def _end_paragraph_here(self) -> None:
        if self._group.into == "text":
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        if text:
            is_heading = self._group.outline < _NO_OUTLINE
            name = self._styles.get(self._group.style, "") if self._group.style else ""
            style = type_of_style(name.strip(" ;").lower())
            self.parts.append(Part(text, style or ("heading" if is_heading else None)))


def _longer(name: str, text: str) -> str:
    """A name and what is said next of it; one without end is cut, or each piece would cost all."""
    return f"{name}{text}"[:_LONGEST_NAME]


def _page(number: int) -> str:
    """Python's name of a code page; empty when there is none."""
    name = rtf_words.PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _is_utf8(data: bytes) -> bool:
    """Whether its bytes beyond ASCII, of which it should have none, are UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
