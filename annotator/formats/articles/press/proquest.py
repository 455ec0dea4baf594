"""ProQuest's texts: lines of underscores between articles, each with “Full text: …” and other fields."""

from __future__ import annotations

import re
from itertools import groupby

from annotator.formats.articles.press.piece import Piece, body, date_of

_HINT = "ProQuest document ID: "
_BETWEEN = re.compile(r"_{40,}")
_FIELD = re.compile(
    r"(Author|Title|Publication title|Publication date|Full [Tt]ext|Subject|Location|People"
    r"|Company / organization|Business indexing term|Narrow subject|Broad subject|Credit"
    r"|Identifier / keyword|URL):\s*"
)
_NEEDED = {"Title", "Publication title", "Publication date"}
_FULL_TEXT = "Full text"


def split(text: str) -> list[Piece]:
    """The articles of a file in this layout; none when it is in another."""
    if _HINT not in text:
        return []
    lines = text.split("\n")
    groups = groupby(lines, lambda line: _BETWEEN.fullmatch(line.strip()) is not None)
    parts = [list(part) for between, part in groups if not between]
    # Before the first there may be a list of all, and after the last how to reach the database.
    held = [part for part in parts if any(line.startswith((_HINT, _FULL_TEXT)) for line in part)]
    found = [_piece(part) for part in held]
    pieces = [piece for piece in found if piece is not None]
    return pieces if len(parts) > 1 and len(pieces) == len(found) else []


def _piece(lines: list[str]) -> Piece | None:
    """One of them; without text if only an abstract came along. None when it is none."""
    begins = next((n for n, line in enumerate(lines) if _name(line) == _FULL_TEXT), None)
    ends = _end(lines)
    above = lines[:begins] if begins is not None else []
    said = {
        name: _FIELD.sub("", line, count=1).strip()
        for line in (*above, *lines[ends:])
        if (name := _name(line))
    }
    if not said.keys() >= _NEEDED:
        return None
    text = lines[begins:ends] if begins is not None else []
    return Piece(
        title=said["Title"],
        outlet=said["Publication title"],
        author=said.get("Author", ""),
        published=date_of(said["Publication date"]),
        text=body([_FIELD.sub("", text[0], count=1), *text[1:]]) if text else "",
    )


def _end(lines: list[str]) -> int:
    """Where the fields below the text begin: with the last title, or with others just above it."""
    at = max((n for n, line in enumerate(lines) if _name(line) == "Title"), default=len(lines))
    while at and (not lines[at - 1].strip() or _name(lines[at - 1]) not in ("", _FULL_TEXT)):
        at -= 1
    return at


def _name(line: str) -> str:
    match = _FIELD.match(line)
    return match[1].capitalize() if match else ""
