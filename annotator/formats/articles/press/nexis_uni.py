"""Nexis Uni and Nexis Advance: “End of Document” below each article, “Body” above its text.

Above “Body” stand the headline, the outlet and the date, then rights and lines such as
“Byline: …”; before the first article there may be a cover with a list of all.
"""

from __future__ import annotations

import re

from annotator.formats.articles.press.piece import Piece, body, date_of, names_in

_END = "End of Document"
_BODY = ("Body", "Text")
_TAG = re.compile(
    r"(?:Section|Length|Byline|Author|Dateline|Highlight|Load-Date|Copyright|©)\b", re.I
)
_AUTHOR = re.compile(r"(?:Byline|Author):\s*", re.IGNORECASE)
_AFTER = re.compile(r"Load-Date:|(?:Classification|Graphic)$")


def split(text: str) -> list[Piece]:
    """The articles of a file in this layout; none when it is in another."""
    if _END not in text:
        return []
    lines = [line.strip() for line in text.split("\n")]  # also no-break spaces
    ends = [n for n, line in enumerate(lines) if line == _END]
    if not ends or any(lines[ends[-1] + 1 :]):
        return []
    begins = [0, *(n + 1 for n in ends)]
    raw = text.split("\n")
    found = [
        _piece(lines[a:b], raw[a:b], is_first=not a) for a, b in zip(begins, ends, strict=False)
    ]
    pieces = [piece for piece in found if piece is not None]
    return pieces if len(pieces) == len(found) and any(one.text for one in pieces) else []


def _piece(lines: list[str], raw: list[str], *, is_first: bool) -> Piece | None:
    """One of them; without text if it has none, as a picture has. None when it is none."""
    above = _body_at(lines)
    head = [line for line in lines[: above if above is not None else len(lines)] if line]
    dated = _dated(head)
    if dated is None:
        return None
    author = next((_AUTHOR.sub("", s) for s in head[dated:] if _AUTHOR.match(s)), "")
    first = dated - 2 if is_first else 0  # the cover is above it
    return Piece(
        title=" ".join(head[first : dated - 1]),
        outlet=head[dated - 1],
        author=names_in(author),
        published=date_of(head[dated]),
        text="" if above is None else _text(lines[above + 1 :], raw[above + 1 :]),
    )


def _body_at(lines: list[str]) -> int | None:
    """Where the word stands that is above the text; headline, outlet and date come before it."""
    filled, is_dated = 0, False
    for at, line in enumerate(lines):
        if is_dated and line in _BODY:
            return at
        is_dated = is_dated or (filled > 1 and _is_date(line))
        filled += bool(line)
    return None


def _dated(head: list[str]) -> int | None:
    """Which line of a head is the date: the last but for what is said after it."""
    for at in range(len(head) - 1, 1, -1):
        if _is_date(head[at]):
            return at
    return None


def _is_date(line: str) -> bool:
    return not _TAG.match(line) and bool(date_of(line))


def _text(lines: list[str], raw: list[str]) -> str:
    end = next((n for n, line in enumerate(lines) if _AFTER.match(line)), len(lines))
    return body(raw[:end])
