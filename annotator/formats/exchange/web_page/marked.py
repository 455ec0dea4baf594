"""An article's text with its marks drawn, as HTML whose text is the article's."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import Codebook
from annotator.core.model import Mark
from annotator.formats.exchange.web_page import safe
from annotator.formats.exchange.web_page.look import classes
from annotator.formats.exchange.words import in_order

LANES = 6


@dataclass(frozen=True, slots=True)
class _Piece:
    """A fragment and the lane below the text in which it is drawn."""

    start: int
    end: int
    lane: int
    mark: Mark
    first: bool
    """Whether the mark begins with it."""
    last: bool


def marked_text(part: ArticleBundle, marks: Sequence[Mark], book: Codebook) -> Iterator[str]:
    """Line by line, each a paragraph in the style of its block."""
    waiting = sorted(_pieces(marks), key=lambda piece: (piece.start, piece.end), reverse=True)
    open_: list[_Piece] = []
    at = 0
    blocks = sorted(part.article.blocks, key=lambda block: block.start)
    for line in part.text.split("\n"):
        end = at + len(line)
        while waiting and waiting[-1].start <= end:
            open_.append(waiting.pop())
        open_ = [piece for piece in open_ if piece.end > at]
        inside = "".join(_segments(part.text, at, end, open_, book))
        type = next((b.type for b in blocks if b.start <= at < b.end), "body")
        yield f'<p class="{safe.text(type)}">{inside}</p>' if line else ""
        yield "\n"
        at = end + 1


def _segments(
    text: str, start: int, end: int, pieces: Sequence[_Piece], book: Codebook
) -> Iterator[str]:
    """The line cut wherever a mark begins or ends; the deepest lane encloses the others."""
    cuts = {start, end}
    for piece in pieces:
        cuts |= {max(piece.start, start), min(piece.end, end)}
    places = sorted(cut for cut in cuts if start <= cut <= end)
    for left, right in pairwise(places):
        around = [piece for piece in pieces if piece.start < right and piece.end > left]
        around.sort(key=lambda piece: (-piece.lane, piece.start, piece.mark.id))
        opening = "".join(_opening(piece, left, right, book) for piece in around)
        yield opening + safe.text(text[left:right]) + "</mark>" * len(around)


def _opening(piece: _Piece, left: int, right: int, book: Codebook) -> str:
    mark = piece.mark
    kind = book.kinds[mark.kind].name if mark.kind in book.kinds else mark.kind
    begins, ends = piece.start == left, piece.end == right
    ours = classes(book, mark.kind, piece.lane) + " b" * begins + " e" * ends
    id = f' id="m{mark.id}" tabindex="-1"' if begins and piece.first else ""
    name = safe.text(kind)
    return f'<mark class="{ours}" data-of="{mark.id}" data-kind="{name}" title="{name}"{id}>'


def _pieces(marks: Sequence[Mark]) -> Iterator[_Piece]:
    """Short marks nearest to the text, as in the program."""
    lanes: list[list[tuple[int, int]]] = [[] for _ in range(LANES)]
    found = [(m, f) for m in in_order(tuple(marks)) for f in m.fragments]
    found.sort(key=lambda one: (one[1].end - one[1].start, one[1].start, one[0].id))
    for mark, fragment in found:
        span = fragment.start, fragment.end
        lane = next((n for n, taken in enumerate(lanes) if _is_free(taken, span)), LANES - 1)
        insort(lanes[lane], span)
        first, last = fragment == mark.fragments[0], fragment == mark.fragments[-1]
        yield _Piece(*span, lane, mark, first, last)


def _is_free(taken: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether nothing in a lane, in which nothing overlaps, is in the way."""
    place = bisect_left(taken, span)
    after = taken[place][0] if place < len(taken) else span[1]
    before = taken[place - 1][1] if place else span[0]
    return before <= span[0] and span[1] <= after
