"""An article as a reader hands it on: a clean text with blocks, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import LabelMapping
from annotator.core.model import Block, BlockType
from annotator.core.text.block_rules import byline, is_date, is_photo_credit
from annotator.core.text.blocks import propose_blocks
from annotator.core.text.cleaning import clean
from annotator.core.text.metadata import propose_metadata
from annotator.formats.exchange.format import Outgoing

LIMIT = 20_000_000
"""The largest text taken in: bytes of a file, characters of an article. A long book has 2 million."""


@dataclass(frozen=True, slots=True)
class TextIn:
    """A clean text, what it seems to be, and what was noticed on the way."""

    title: str
    outlet: str
    author: str
    published: str
    """An ISO 8601 date or date and time; empty, like the three above it, when nobody says."""
    file: str
    """The name of the file without its folder, or what the paste was called."""
    text: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    """Plain phrases for what was dropped or guessed."""
    encoding: str
    """Python's name of the file's encoding; empty where the format leaves no choice."""
    url: str = ""
    place: str = ""
    """Where in the file, such as ``row 17``; empty when it is the whole file."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read, in a sentence that names it and says what to do."""

    file: str
    place: str
    """Where in the file, such as ``row 17`` or the name of a zip's entry; empty for all of it."""
    reason: str


@dataclass(frozen=True, slots=True)
class BundleIn:
    """Articles with what was said about them, taken in as a whole."""

    file: str
    bundle: Bundle
    mapping: LabelMapping | None = None
    """What its labels mean here; None when they are a project's own, as in Annotator JSON."""
    losses: tuple[str, ...] = ()
    """What could not be read of it, a phrase each."""


@dataclass(frozen=True, slots=True)
class PartsIn:
    """The same in our own labels, whose articles are read while they are taken in."""

    file: str
    begin: Callable[[], Outgoing]
    """Begins to read it, each time anew; :class:`BadInput` says what is wrong with the file."""
    stays: bool = True
    """Whether it can still be read when the next thing has been asked for."""
    place: str = ""


Found = TextIn | BundleIn | PartsIn | Failure
"""What comes of looking into a file."""


class Known(NamedTuple):
    """What a source says of its article beside the text; the text is asked for the rest."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    url: str = ""


class Part(NamedTuple):
    """A paragraph of a source that has paragraphs; None when it does not say which type."""

    text: str
    type: BlockType | None = None


def text_in(
    raw: str,
    name: str,
    where: str,
    *,
    encoding: str = "",
    notes: tuple[str, ...] = (),
    known: Known = Known(),  # noqa: B008  (immutable)
    place: str = "",
    headline: str = "",
    harmless: bool = False,
) -> TextIn:
    """Clean a text and propose what is not known; ``where`` begins the sentence of a refusal.

    A ``headline`` is put before the text, unless it is its first line already. For ``harmless``
    see :func:`~annotator.core.text.cleaning.clean`.
    """
    _refuse_endless(len(raw) + len(headline), where)
    text, dropped = clean(raw, harmless=harmless)
    first = _one_line(headline)
    begins = _first_line(text, first) if first and text.strip() else None
    if first and text.strip() and begins is None:
        text, begins = f"{first}\n\n{text}", 0
    blocks = propose_blocks(text, {} if begins is None else {begins: "headline"})
    return _made(text, blocks, name, where, encoding, notes + dropped, known, place)


def text_of_parts(
    parts: Iterable[Part],
    name: str,
    where: str,
    *,
    encoding: str = "",
    notes: tuple[str, ...] = (),
    known: Known = Known(),  # noqa: B008  (immutable)
) -> TextIn:
    """The same for a source that has paragraphs: each becomes a line with the type it has."""
    given = [part for part in parts if part.text.strip()]
    _refuse_endless(sum(len(part.text) + 1 for part in given), where)
    told = any(part.type == "heading" for part in given)
    lines: list[str] = []
    types: dict[int, BlockType] = {}
    at = 0
    for part in given:
        for line in clean(part.text).text.split("\n"):
            kept = line.strip()
            block_type = part.type or _plain_type(kept, told)
            if kept and block_type:
                types[at] = block_type
            if kept:
                lines.append(kept)
                at += len(kept) + 1
    text = "".join(f"{line}\n" for line in lines)
    dropped = clean("\n".join(part.text for part in given)).notes
    blocks = propose_blocks(text, types)
    return _made(text, blocks, name, where, encoding, notes + dropped, known, "")


def _plain_type(line: str, told: bool) -> BlockType | None:
    """A source that marks its headings has told that its other paragraphs are none."""
    if not told or is_date(line) or byline(line) or is_photo_credit(line):
        return None
    return "body"


def _made(
    text: str,
    blocks: tuple[Block, ...],
    name: str,
    where: str,
    encoding: str,
    notes: tuple[str, ...],
    known: Known,
    place: str,
) -> TextIn:
    if not text.strip():
        raise BadInput(f"{where} has no text in it; choose or copy something with words.")
    found = propose_metadata(text, blocks, name)
    return TextIn(
        title=_one_line(known.title) or found.title,
        outlet=_one_line(known.outlet) or found.outlet,
        author=_one_line(known.author) or found.author,
        published=_one_line(known.published) or found.published,
        file=name,
        text=text,
        blocks=blocks,
        notes=notes,
        encoding=encoding,
        url=_one_line(known.url),
        place=place,
    )


def _first_line(text: str, headline: str) -> int | None:
    """Where the first line that is not blank begins, if it is the headline."""
    start = len(text) - len(text.lstrip())
    line = text[start:].partition("\n")[0]
    start = text.rfind("\n", 0, start) + 1
    return start if " ".join(line.split()).casefold() == headline.casefold() else None


def _one_line(value: str) -> str:
    return value and " ".join(clean(value).text.split())


def _refuse_endless(length: int, where: str) -> None:
    if length > LIMIT:
        raise BadInput(
            f"{where} has {length:,} characters; the limit is {LIMIT:,}, so divide it into articles."
        )
