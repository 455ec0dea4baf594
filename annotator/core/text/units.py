"""What a key press can select: characters, words, quotations, sentences, lines.

All offsets are code points. Texts must be clean (see :mod:`annotator.core.text.cleaning`). No function
returns an offset inside what a reader sees as one character: an accent stays with its letter, a
family emoji with its members, a flag with its other half. That is what Unicode calls a grapheme
cluster, and here simply a cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import Literal

import regex

from annotator.core.text.offsets import Offsets
from annotator.core.text.quotations import quotations
from annotator.core.text.sentences import after_dateline, sentences

Unit = Literal["character", "word", "sentence", "line"]
Direction = Literal[-1, 1]

# Every alternative eats whole clusters, so that a word never ends inside one.
_LETTER = r"(?=\p{L})\X"
_SIGN = r"(?=[\p{L}\p{N}_])\X"
_DOT = r"(?=\.)\X"
_INSIDE = rf"(?=['’‘.\-‐‑\u00ad])\X(?={_SIGN})|(?<=\p{{N}})(?=[,:])\X(?=\p{{N}})"
_WORD = (
    rf"{_LETTER}(?:{_DOT}{_LETTER})+{_DOT}(?![\p{{L}}\p{{N}}])(?:(?=[-‐‑])\X(?:{_SIGN})+)*"  # U.S.-led
    rf"|(?:{_SIGN})+(?:(?:{_INSIDE})(?:{_SIGN})+)*"  # don’t, Putin-Zelensky, RadarOnline.com, 5:40
)
_TOKEN = regex.compile(rf"(?P<word>{_WORD})|\X")
_CLUSTER = regex.compile(r"\X")
_SEEN = regex.compile(r"\S+")
_PLAIN = regex.compile(r"\p{Grapheme_Cluster_Break=Other}")


def cluster_at(text: str, pos: int) -> Offsets:
    """The character that begins at ``pos`` or has it inside; empty at the end of the text."""
    for match in _CLUSTER.finditer(text, _cluster_start(text, pos)):
        if match.end() > pos:
            return match.span()
    return len(text), len(text)


def snap(text: str, start: int, end: int) -> Offsets:
    """The range grown so that it cuts no character in two."""
    left, right = cluster_at(text, start), cluster_at(text, end)
    return left[0], end if right[0] == end else right[1]


def word_at(text: str, pos: int) -> Offsets:
    """The word that has ``pos`` inside or at an end of it; otherwise the empty range at ``pos``.

    Between two words that touch it is the second. Writing without spaces is one word up to the
    next punctuation mark.
    """
    return _touching(_words(text, _restart(text, pos - 1)), text, pos)


def sentence_at(text: str, pos: int) -> Offsets:
    """The sentence at ``pos``, without surrounding space; otherwise the empty range at ``pos``.

    A line end always ends a sentence. Between two sentences that touch it is the second.
    """
    return _touching(_sentences(text, *_line_bounds(text, pos)), text, pos)


def line_at(text: str, pos: int) -> Offsets:
    """The line at ``pos``, which is a paragraph, without surrounding space or its line end."""
    return _touching(_line(text, *_line_bounds(text, pos)), text, pos)


def quotation_at(text: str, pos: int) -> Offsets | None:
    """The innermost quotation that has ``pos`` inside or at an end, with both its marks."""
    return _smallest_around(text, pos, pos)


def trim(text: str, start: int, end: int) -> Offsets:
    """The range without white space at its ends; a blank range becomes empty at its start."""
    piece = text[start:end]
    left, right = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    if left < right:
        return snap(text, left, right)
    at = cluster_at(text, start)[0]
    return at, at


def move(text: str, pos: int, unit: Unit, direction: Direction) -> int:
    """The end of the unit in hand or the next, or with ``-1`` the start of it or the one before.

    Where there is none left, the end or the start of the text. It always moves, except there.
    """
    if unit == "character":
        return cluster_at(text, pos)[1] if direction > 0 else cluster_at(text, max(pos - 1, 0))[0]
    return _next_end(text, pos, unit) if direction > 0 else _last_start(text, pos, unit)


def expand(text: str, start: int, end: int) -> Offsets:
    """The next larger selection: words, quotation, outer quotation, sentences, lines.

    A step that would not grow the selection is left out; after the last it stays as it is.
    How to shrink again is known to the caller, who keeps what was selected before.
    """
    start, end = snap(text, start, end)
    steps = (
        _grown(text, start, end, word_at),
        _smallest_around(text, start, end),
        _grown(text, start, end, sentence_at),
        _grown(text, start, end, line_at),
    )
    return next((wider for wider in steps if wider and wider != (start, end)), (start, end))


def tokens(text: str) -> Iterator[Offsets]:
    """All that can be seen in the text: each word, and between words each character of its own."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup or not match.group().isspace():
            # A cluster can begin with a space that carries an accent; no token holds white space.
            yield from (piece.span() for piece in _SEEN.finditer(text, start, end))


def _cluster_start(text: str, pos: int) -> int:
    """A place at or before ``pos`` where a cluster surely begins: between two plain characters."""
    at = pos
    while at > 0 and not (_PLAIN.match(text, at) and _PLAIN.match(text, at - 1)):
        at -= 1
    return at


def _restart(text: str, pos: int) -> int:
    """A place at or before ``pos`` where no word is under way: a white space, or the beginning."""
    return max(text.rfind(" ", 0, pos + 1), text.rfind("\n", 0, pos + 1), 0)


def _words(text: str, start: int) -> Iterator[Offsets]:
    """The words from a place where a token begins."""
    return (match.span() for match in _TOKEN.finditer(text, start) if match.lastgroup)


def _sentences(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The sentences of a line, and the place and agency before the first as one of their own."""
    begin = after_dateline(text, start, end)
    if begin > start:
        yield trim(text, start, begin)
    yield from (snap(text, *one) for one in sentences(text, begin, end))


def _line(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The line itself, unless it is blank."""
    left, right = trim(text, start, end)
    if left < right:
        yield left, right


def _line_bounds(text: str, pos: int) -> Offsets:
    """The line around ``pos`` without its line end."""
    end = text.find("\n", pos)
    return text.rfind("\n", 0, pos) + 1, len(text) if end < 0 else end


def _touching(places: Iterable[Offsets], text: str, pos: int) -> Offsets:
    """Of ordered places the last that touches ``pos``; failing that, ``pos`` itself, snapped."""
    found = None
    for start, end in places:
        if start > pos:
            break
        if end >= pos:
            found = (start, end)
    return found or snap(text, pos, pos)


def _smallest_around(text: str, start: int, end: int) -> Offsets | None:
    """The smallest quotation that is larger than a range and holds it."""
    found = (snap(text, *one) for one in quotations(text, *_line_bounds(text, start)))
    around = [one for one in found if one[0] <= start and end <= one[1] and one != (start, end)]
    return min(around, key=lambda one: one[1] - one[0], default=None)


def _grown(text: str, start: int, end: int, at: Callable[[str, int], Offsets]) -> Offsets:
    """The range with the units it cuts into made whole; a caret becomes the unit it touches."""
    if start == end:
        return at(text, start)
    first, last = at(text, start), at(text, end)
    return first[0] if first[1] > start else start, last[1] if last[0] < end else end


def _next_end(text: str, pos: int, unit: Unit) -> int:
    start = _restart(text, pos) if unit == "word" else _line_bounds(text, pos)[0]
    return next((end for _, end in _units(text, start, unit) if end > pos), len(text))


def _last_start(text: str, pos: int, unit: Unit) -> int:
    low = pos
    while low > 0:
        low = _stretch_start(text, _skip_space_back(text, low), unit)
        before = takewhile(lambda start: start < pos, (one[0] for one in _units(text, low, unit)))
        if found := list(before):
            return found[-1]
    return 0


def _stretch_start(text: str, pos: int, unit: Unit) -> int:
    """Where the line that ends at or around ``pos``, or for words a piece of it, begins."""
    if unit == "word":
        return _restart(text, pos - 1)
    return text.rfind("\n", 0, pos) + 1


def _units(text: str, start: int, unit: Unit) -> Iterator[Offsets]:
    """Words, sentences or lines from the start of one on."""
    if unit == "word":
        yield from _words(text, start)
        return
    in_line = _sentences if unit == "sentence" else _line
    while start <= len(text):
        low, high = _line_bounds(text, start)
        yield from in_line(text, low, high)
        start = high + 1


def _skip_space_back(text: str, pos: int) -> int:
    while pos > 0 and text[pos - 1].isspace():
        pos -= 1
    return pos
