"""The keys that work just now, in a line at the foot of a window."""

from __future__ import annotations

from collections.abc import Iterable

_SPACE = "\u00a0"
"""Where a line is not broken."""


def hint_line(hints: Iterable[str]) -> str:
    """Hints in a line that is broken between them only; each dot goes with what follows it."""
    whole = [hint.replace(" ", _SPACE) for hint in hints]
    return f" ·{_SPACE}".join(whole)
