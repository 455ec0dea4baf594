"""The words of a mark in a cell or a line. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from annotator.core.model import Mark

_LONGEST = 240


def quoted(mark: Mark) -> str:
    """A mark's words in a line, in quotation marks if they have none of their own."""
    words = bare(mark)
    return words if words[:1] in _QUOTES or not mark.fragments else f"“{words}”"


def bare(mark: Mark) -> str:
    """A mark's words as they are; of very long ones the middle is left out, for the ends count.

    Nothing is put around them: a quotation mark that is seen is one that was marked.
    """
    if not mark.fragments:
        return "implied, not said"
    words = " ".join(mark.quote.split())
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST // 2].rstrip()} […] {words[-_LONGEST // 2 :].lstrip()}"
    return words


def differing(words: str, others: Sequence[str]) -> list[tuple[int, int]]:
    """From where to where words differ from those of any other, for words of a cell's length."""
    apart: set[int] = set()
    for other in others:
        matcher = SequenceMatcher(None, words, other, autojunk=False)
        for tag, start, end, _, _ in matcher.get_opcodes():
            if tag != "equal":
                apart.update(range(start, end))
    ranges: list[tuple[int, int]] = []
    for at in sorted(apart):
        if ranges and ranges[-1][1] == at:
            ranges[-1] = (ranges[-1][0], at + 1)
        else:
            ranges.append((at, at + 1))
    return ranges


_QUOTES = tuple('“”"«„')
