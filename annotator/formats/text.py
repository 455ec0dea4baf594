"""Plain text in: from a file in whatever encoding, or pasted."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from annotator.core.errors import BadInput
from annotator.core.model import Block
from annotator.core.text.blocks import propose_blocks
from annotator.core.text.cleaning import clean
from annotator.core.text.metadata import propose_metadata

LIMIT = 20_000_000
"""The largest text taken in: bytes of a file, characters of a paste. A long book has 2 million."""

_SAMPLE = 64 * 1024
"""How many bytes the encoding is guessed from, and how many tell text from other files."""

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
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
# Without their mark these fit nearly every short text, so they would win by accident.
_UNMARKED = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]

# Quotation marks, dashes and the like, which all Windows encodings have in the same places.
_WINDOWS_PUNCTUATION = bytes.fromhex("82 84 85 91 92 93 94 95 96 97 a0 ab bb")
# Euro, pound, section, degree; accented letters but for ÐÒÓÕ, the quotes of old Macs.
_WESTERN = bytes.fromhex("80 a3 a7 b0") + bytes(set(range(0xC0, 0x100)) - set(b"\xd0\xd2\xd3\xd5"))
_LETTERS_IN_A_ROW = re.compile(rb"[\xc0-\xff]{3}")


@dataclass(frozen=True, slots=True)
class TextIn:
    """A clean text, what it seems to be, and what was noticed on the way."""

    title: str
    outlet: str
    author: str
    published: str
    """An ISO 8601 date; empty, like the three above it, when the text does not say."""
    file: str
    """The name of the file without its folder, or what the paste was called."""
    text: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    """Plain phrases for what was dropped or guessed."""
    encoding: str
    """Python's name of the file's encoding; empty for a paste."""


def read_text_file(path: Path) -> TextIn:
    """Read an article from a file; :class:`BadInput` says why it cannot be one."""
    name = _writable(path.name)
    where = f"{name} in {_writable(str(path.absolute().parent))}"
    text, encoding, notes = _decoded(_bytes(path, where), where)
    return _text_in(text, name, where, encoding, notes)


def read_text(raw: str, name: str = "") -> TextIn:
    """Take a pasted text in; :class:`BadInput` when it is blank or too long."""
    where = name or "The pasted text"
    if len(raw) > LIMIT:
        raise BadInput(
            f"{where} has {len(raw):,} characters; the limit is {LIMIT:,}, so divide it into articles."
        )
    return _text_in(raw, name, where, "", ())


def _text_in(raw: str, name: str, where: str, encoding: str, notes: tuple[str, ...]) -> TextIn:
    text, dropped = clean(raw)
    if not text.strip():
        raise BadInput(f"{where} has no text in it; choose or copy something with words.")
    blocks = propose_blocks(text)
    found = propose_metadata(text, blocks, name)
    return TextIn(
        title=found.title,
        outlet=found.outlet,
        author=found.author,
        published=found.published,
        file=name,
        text=text,
        blocks=blocks,
        notes=notes + dropped,
        encoding=encoding,
    )


def _writable(name: str) -> str:
    """A file name with ``?`` for the bytes that no encoding explains; they cannot be stored."""
    return name.encode(errors="replace").decode()


def _bytes(path: Path, where: str) -> bytes:
    """All of a file of ordinary kind and size."""
    try:
        _refuse_other_than_file(path, where)
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
        size = path.stat().st_size
    except OSError as error:
        raise BadInput(
            f"{where} cannot be read ({error.strerror}); check that you may open it."
        ) from error
    if len(data) > LIMIT:
        raise BadInput(
            f"{where} has {size:,} bytes; the limit is {LIMIT:,}, so divide it into one file for"
            " each article."
        )
    return data


def _refuse_other_than_file(path: Path, where: str) -> None:
    if path.is_dir():
        raise BadInput(f"{where} is a folder; choose the text files inside it.")
    if not path.exists():
        raise BadInput(f"{where} is not there; check whether it was moved or renamed.")
    if not path.is_file():
        raise BadInput(f"{where} is not an ordinary file; choose a text file.")


def _decoded(data: bytes, where: str) -> tuple[str, str, tuple[str, ...]]:
    """Text, encoding and notes."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, where), encoding, ()
    _refuse_other_than_text(data, where)
    try:
        return data.decode(), "utf-8", ()
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _guessed(data, where)


def _refuse_other_than_text(data: bytes, where: str) -> None:
    kind = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if not kind and controls * 20 > len(sample):
        kind = "not plain text"
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


def _damaged_utf8(data: bytes) -> tuple[str, str, tuple[str, ...]] | None:
    """UTF-8 with a few broken bytes, as a cut download or a careless program leaves it.

    Other encodings look like valid UTF-8 only by rare accident, so most of what is not ASCII must.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if beyond_ascii - broken < 4 * broken:
        return None
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    places = "1 place" if broken == 1 else f"{broken} places"
    note = f"not valid UTF-8 in {places}, shown as \ufffd, the first in line {line}"
    return text, "utf-8", (note,)


def _guessed(data: bytes, where: str) -> tuple[str, str, tuple[str, ...]]:
    encoding = _guess(_telling_lines(data))
    if encoding is None:
        raise BadInput(
            f"{where} is not UTF-8 and its encoding cannot be told; open it in a text editor and"
            " save it as UTF-8."
        )
    note = f"read as {_plain_name(encoding)}, a guess; check quotation marks and accents"
    return _strictly(data, encoding, where), encoding, (note,)


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
