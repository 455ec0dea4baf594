"""Hints at what may have gone wrong: read off the text and the statements, never certain.

A quotation nobody marked, quotation marks that do not balance, a direct quote without quotation
marks, one thing marked twice. Each may be right as it is, so the analyst can wave it away.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from annotator.core.codebook import Codebook
from annotator.core.meaning import Meaning, told_directly
from annotator.core.model import Fragment, Mark, Statement
from annotator.core.page import Page
from annotator.core.text.offsets import Offsets
from annotator.core.text.quotations import quotations, unpaired

TWICE = 0.8
"""Claims that share this much of the shorter one are taken for the same."""


def lines(text: str) -> Iterator[Offsets]:
    """Each line without its newline; quotation marks pair up within a line."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def outer_quotations(text: str) -> list[Offsets]:
    """The quotations that stand in no other, in the order of the text."""
    found: list[Offsets] = []
    for start, end in lines(text):
        reach = start
        for quotation in sorted(quotations(text, start, end), key=lambda q: (q[0], -q[1])):
            if quotation[0] >= reach:
                found.append(quotation)
                reach = quotation[1]
    return found


def stray_marks(text: str) -> list[int]:
    """Where quotation marks stand that neither open nor close a quotation.

    A quotation of several paragraphs opens each of them anew and is closed once, so a mark that
    opens is no stray when the next line with words begins with the same.
    """
    every = [line for line in lines(text) if not text[slice(*line)].isspace() and line[0] < line[1]]
    followers = [*(text[start:end].lstrip()[:1] for start, end in every[1:]), ""]
    return [
        at
        for (start, end), follower in zip(every, followers, strict=False)
        for at in unpaired(text, start, end)
        if text[at] != follower or text[at] not in '“„«»"'
    ]


def shared(one: Iterable[Fragment], other: Iterable[Fragment]) -> float:
    """How much of the shorter of two marks both have, from 0 to 1."""
    mine, theirs = list(one), list(other)
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in mine for b in theirs)
    shorter = min(sum(f.end - f.start for f in fragments) for fragments in (mine, theirs))
    return both / shorter if shorter else 0.0


def said_twice(page: Page, about: Meaning, one: Statement, other: Statement) -> float:
    """How much two statements' claims overlap when the same actor makes them; else 0."""
    if about.what is None or not _same_speaker(page, about, one, other):
        return 0.0
    pairs = (
        shared(a.fragments, b.fragments)
        for a in page.members(one, about.what)
        for b in page.members(other, about.what)
    )
    return max(pairs, default=0.0)


def _same_speaker(page: Page, about: Meaning, one: Statement, other: Statement) -> bool:
    """Whether both have one speaker or actor in common, or neither has any."""
    mine, theirs = (_speakers(page, about, statement) for statement in (one, other))
    return bool(mine & theirs) or not (mine or theirs)


def _speakers(page: Page, about: Meaning, statement: Statement) -> set[object]:
    """Whom a statement is said by: the marks, and the actors they stand for."""
    if about.who is None:
        return set()
    marks = page.members(statement, about.who)
    actors = (m.fields.get(about.actor) for m in marks) if about.actor else ()
    named = {str(value) for value in actors if value}
    return named | {mark.id for mark in marks}


def unquoted(
    page: Page, book: Codebook, about: Meaning, statement: Statement, quoted: Sequence[Offsets]
) -> Mark | None:
    """The claim of a statement told as a direct quote that no quotation marks go with."""
    if about.what is None or not told_directly(book, statement):
        return None
    said = [mark for mark in page.members(statement, about.what) if mark.fragments]
    if not said or any(touching(quoted, f.start, f.end) for mark in said for f in mark.fragments):
        return None
    return said[0]


def touching(places: Sequence[Offsets], start: int, end: int) -> range:
    """Which of some places, in order and apart from each other, share a character with another."""
    low = bisect_right(places, start, key=lambda r: r[1])
    high = bisect_left(places, end, key=lambda r: r[0])
    return range(low, max(low, high))
