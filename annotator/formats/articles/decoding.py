"""Bytes as text, in whatever encoding; a guess is always told."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from charset_normalizer import from_bytes

from annotator.core.errors import BadInput
from annotator.core.text.cleaning import is_harmless

_SAMPLE = 64 * 1024
"""How many bytes the encoding is guessed from, and how many tell text from other files."""

_LONG_SAMPLE = 1 << 20
"""How many bytes of a long file are held at once."""

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "a database"),
)
_JAPANESE = re.compile(rb"\x1b\$[@B]")
"""How ISO-2022-JP, which is of ASCII's bytes alone, goes over to Japanese."""
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
# Without their mark these fit nearly every short text, so they would win by accident.
_UNMARKED = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]

# Quotation marks, dashes and the like, which all Windows encodings have in the same places.
_WINDOWS_PUNCTUATION = bytes.fromhex("82 84 85 91 92 93 94 95 96 97 a0 ab bb")
# Euro, pound, section, degree; accented letters but for ÐÒÓÕ, the quotes of old Macs.
_WESTERN = bytes.fromhex("80 a3 a7 b0") + bytes(set(range(0xC0, 0x100)) - set(b"\xd0\xd2\xd3\xd5"))
_LETTERS_IN_A_ROW = re.compile(rb"[\xc0-\xff]{3}")


class Decoded(NamedTuple):
    """A text, Python's name of its encoding, and what was noticed."""

    text: str
    encoding: str
    notes: tuple[str, ...]
    harmless: bool = False
    """Whether its bytes are UTF-8 of which cleaning has nothing to drop."""


class Encoding(NamedTuple):
    """How a long file is to be read, and what to tell about it."""

    name: str
    errors: str
    notes: tuple[str, ...]


def decoded(data: bytes, where: str) -> Decoded:
    """The text that bytes stand for; :class:`BadInput` when they stand for none."""
    if encoding := _marked(data):
        return Decoded(_strictly(data, encoding, where), encoding, ())
    harmless = is_harmless(data)
    refuse_other_than_text(data, where, harmless=harmless)
    if not harmless and _JAPANESE.search(data):
        with suppress(UnicodeDecodeError):
            return Decoded(data.decode("iso2022_jp"), "iso2022_jp", ())
    try:
        return Decoded(data.decode(), "utf-8", (), harmless)
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _guessed(data, where)


def encoding_of(stream: BinaryIO, where: str) -> Encoding:
    """How to read a stream that may be too long for the memory; leaves it at its start.

    Whether it is UTF-8 is asked of all of it, what else it could be of its beginning.
    """
    start = stream.read(_LONG_SAMPLE)
    if marked := _marked(start):
        stream.seek(0)
        return Encoding(marked, "surrogatepass" if marked == "utf-16" else "strict", ())
    refuse_other_than_text(start, where)
    stream.seek(0)
    sound = _is_utf8(stream)
    stream.seek(0)
    if sound:
        return Encoding("utf-8", "strict", ())
    # The sample may end within a character; its last line is not looked at unless it is the only.
    sample = start[: start.rfind(b"\n") + 1] or start
    guess = _damaged_utf8(sample) or _guessed(sample, where)
    notes = guess.notes or ("not valid UTF-8 in some places, shown as \ufffd",)
    return Encoding(guess.encoding, "replace", notes)


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _is_utf8(stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(_LONG_SAMPLE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def refuse_other_than_text(data: bytes, where: str, *, harmless: bool = False) -> None:
    """Raise :class:`BadInput` that says what it is, when the beginning of it is not text.

    What is ``harmless`` has no control characters, so they need not be counted.
    """
    kind = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
    if not kind and not harmless:
        sample = data[:_SAMPLE]
        controls = len(sample) - len(sample.translate(None, _CONTROLS))
        kind = "not plain text" if controls * 20 > len(sample) else ""
    if kind:
        raise BadInput(
            f"{where} is {kind}; open it in its own program and copy the article, or save it as"
            " plain text in UTF-8."
        )


def _strictly(data: bytes, encoding: str, where: str) -> str:
    """Decode all of it; halves of UTF-16 characters are left to the cleaning, which notes them."""
    errors = "surrogatepass" if encoding == "utf-16" else "strict"
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{where} is not valid {_plain_name(encoding)} at byte {error.start:,}; open it in a"
            " text editor and save it as UTF-8."
        ) from error


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes, as a cut download or a careless program leaves it.

    Other encodings look like valid UTF-8 only by rare accident, so most of what is not ASCII must.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken:
        return Decoded(text, "utf-8", ())
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if beyond_ascii - broken < 4 * broken:
        return None
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    places = "1 place" if broken == 1 else f"{broken} places"
    note = f"not valid UTF-8 in {places}, shown as \ufffd, the first in line {line}"
    return Decoded(text, "utf-8", (note,))


def _guessed(data: bytes, where: str) -> Decoded:
    encoding = _guess(_telling_lines(data))
    if encoding is None:
        raise BadInput(
            f"{where} is not UTF-8 and its encoding cannot be told; open it in a text editor and"
            " save it as UTF-8."
        )
    note = f"read as {_plain_name(encoding)}, a guess; check quotation marks and accents"
    return Decoded(_strictly(data, encoding, where), encoding, (note,))


def _guess(sample: bytes) -> str | None:
    """The likeliest encoding; of several that read the sample alike, Windows-1252 if it is one."""
    if _is_western(sample):
        return "cp1252"
    best = from_bytes(sample, cp_exclusion=_UNMARKED).best()
    if best is None:
        return None
    return "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding


def _is_western(sample: bytes) -> bool:
    """English with curly quotes and a few accents, of which there is too little for statistics."""
    letters = bytes(b for b in sample if b > 0x7F).translate(None, _WINDOWS_PUNCTUATION)
    return (
        not letters.translate(None, _WESTERN)
        and len(letters) * 20 <= len(sample)
        and not _LETTERS_IN_A_ROW.search(sample)
    )


def _telling_lines(data: bytes) -> bytes:
    """The first lines that are not ASCII: all that an encoding can be told by."""
    lines = []
    room = _SAMPLE
    for line in data.splitlines():
        if room <= 0:
            break
        if not line.isascii():
            lines.append(line[:room])
            room -= len(line)
    return b"\n".join(lines)


def _plain_name(encoding: str) -> str:
    if encoding.startswith("cp125"):
        return f"Windows-{encoding[2:]}"
    return encoding.removesuffix("-sig").replace("_", "-").upper()
