"""Cleaning a text once, on import, so that every offset counted later means the same character."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

# Vertical tab (Word's manual line break) and form feed (a page break) end a line, as Unicode
# has it; a space in their place would join two paragraphs into one.
_LINE_END = re.compile("[\r\v\f\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Code points Unicode promises never to assign. Qt takes some of them for paragraph ends and a
# leading U+FFFE for the wrong byte order; XML refuses others.
_PLANE_ENDS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_NONCHARACTER = re.compile(f"[\ufdd0-\ufdef{_PLANE_ENDS}]")
# Bytes of UTF-8 without which cleaning finds nothing: ASCII's controls, and what a noncharacter
# begins with. The line ends U+2028 and U+2029 begin like quotation marks, so they are looked for.
_HARMLESS = bytes({*range(256)} - {*range(9), *range(11, 32), 0x7F, 0xEF, *range(0xF0, 0xF5)})


class Cleaned(NamedTuple):
    """A text fit to be stored, and one phrase for each kind of thing that was taken out of it."""

    text: str
    notes: tuple[str, ...]


def is_harmless(data: bytes) -> bool:
    """Whether cleaning a text has nothing to drop, by its UTF-8; not told of every such text."""
    return not data.translate(None, _HARMLESS)


def clean(raw: str, *, harmless: bool = False) -> Cleaned:
    """Line ends become ``\\n``; byte-order marks, controls and broken characters go.

    Cleaning a clean text changes nothing. Line ends and the byte-order mark are not noted: they
    belong to the file, not to what it says. Everything else, including the no-break space, the
    soft hyphen and the C1 controls (which tell of a wrongly guessed encoding), stays. ``harmless``
    is what :func:`is_harmless` said, for who has the UTF-8 at hand.
    """
    if _is_clean(raw, harmless):
        return Cleaned(raw, ())
    # Controls first: what they kept apart, such as \r and \n, must be seen side by side.
    text, controls = _CONTROL.subn("", raw)
    text = _LINE_END.sub("\n", text.replace("\r\n", "\n"))
    text = _SURROGATE_PAIR.sub(_joined, text)
    text, surrogates = _LONE_SURROGATE.subn("", text)
    text, noncharacters = _NONCHARACTER.subn("", text)
    dropped = (
        (controls, "control character"),
        (surrogates, "broken character"),
        (noncharacters, "invalid character"),
    )
    return Cleaned(text.lstrip("\ufeff"), tuple(_phrase(n, what) for n, what in dropped if n))


def _is_clean(raw: str, harmless: bool) -> bool:
    """Whether cleaning would change nothing, told quickly; not of every clean text."""
    try:
        harmless = harmless or is_harmless(raw.encode())
    except UnicodeEncodeError:
        return False
    return harmless and "\u2028" not in raw and "\u2029" not in raw


def sha256(text: str) -> str:
    """The SHA-256 of the text's UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def counted(number: int, thing: str) -> str:
    """A number of things in English, such as ``1 mark`` or ``3 marks``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _joined(pair: re.Match[str]) -> str:
    """The character that two surrogates stand for."""
    return pair.group().encode("utf-16", "surrogatepass").decode("utf-16")


def _phrase(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'} dropped"
