"""The words of a mark in a cell or a line. No Qt."""

from __future__ import annotations

import re
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
    """From where to where words differ from those of any other, for words of a cell's length.

    Whole words and signs differ or do not. What has little in common with another is not held
    against it: single words that both happen to have say nothing.
    """
    tokens = [match.span() for match in _TOKEN.finditer(words)]
    own = [words[start:end] for start, end in tokens]
    apart: set[int] = set()
    for other in others:
        matcher = SequenceMatcher(None, own, _TOKEN.findall(other), autojunk=False)
        if matcher.ratio() >= _ALIKE:
            for tag, start, end, _, _ in matcher.get_opcodes():
                if tag != "equal":
                    apart.update(range(start, end))
    ranges: list[tuple[int, int]] = []
    for number in sorted(apart):
        start, end = tokens[number]
        if ranges and ranges[-1][1] == start:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return ranges


_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.5
"""What part of two cells' words and signs is the same, from 0 to 1, when they are compared."""
_QUOTES = tuple('“”"«„')
