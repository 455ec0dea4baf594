"""Where a mark's boundary may go: word edges, and what its own fragments leave room for."""

from __future__ import annotations

import re

from msgspec.structs import replace

from annotator.ui.article.geometry.drawn import Drawn, Side

_WORD = re.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]+")
_NEAR = 200
"""How far words are looked for on either side of an offset, in code points."""


def snap(text: str, offset: int, side: Side) -> int:
    """The nearest offset where a word starts (or ends, for the end of a fragment).

    Punctuation counts as a word of its own, so that quotation marks can be left out.
    """
    first = max(0, offset - _NEAR)
    words = _WORD.finditer(text, first, min(len(text), offset + _NEAR))
    edges = [match.start() if side == "start" else match.end() for match in words]
    return min(edges, key=lambda edge: abs(edge - offset), default=offset)


def within(mark: Drawn, fragment: int, side: Side, offset: int, length: int) -> int:
    """The offset, held so that the fragment keeps a character and stays clear of the next ones."""
    start, end = mark.fragments[fragment]
    if side == "start":
        low = mark.fragments[fragment - 1][1] if fragment else 0
        return max(low, min(offset, end - 1))
    last = fragment + 1 == len(mark.fragments)
    high = length if last else mark.fragments[fragment + 1][0]
    return max(start + 1, min(offset, high))


def moved(mark: Drawn, fragment: int, side: Side, offset: int) -> Drawn:
    """The mark with one boundary elsewhere."""
    fragments = list(mark.fragments)
    start, end = fragments[fragment]
    fragments[fragment] = (offset, end) if side == "start" else (start, offset)
    return replace(mark, fragments=tuple(fragments))
