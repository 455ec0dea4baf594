"""The words of a mark in a cell or a line. No Qt."""

from __future__ import annotations

from annotator.core.model import Mark

_LONGEST = 240


def quoted(mark: Mark) -> str:
    """A mark's words in a cell; of very long ones the middle is left out, for the ends count."""
    if not mark.fragments:
        return "implied, not said"
    words = " ".join(mark.quote.split())
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST // 2].rstrip()} […] {words[-_LONGEST // 2 :].lstrip()}"
    return words if words[:1] in _QUOTES else f"“{words}”"


_QUOTES = tuple('“”"«„')
