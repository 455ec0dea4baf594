"""Words that are spelled nearly alike, as after a slip of the fingers."""

from __future__ import annotations

from rapidfuzz.fuzz import ratio

from annotator.core.text.folding import fold

_NEAR = 78
"""How much of two words is the same, in percent, for one to be a slip for the other."""
_SHORTEST = 4
"""Shorter words are too easily like others."""


def is_near(typed: str, name: str) -> bool:
    """Whether each word typed is nearly a word of the name, or nearly the beginning of one."""
    words = [w for w in fold(typed).split() if w]
    parts = fold(name).replace("–", " ").replace("-", " ").split()
    return bool(words) and all(any(_alike(word, part) for part in parts) for word in words)


def _alike(word: str, part: str) -> bool:
    if part.startswith(word):
        return True
    if len(word) < _SHORTEST:
        return False
    beginning = part[: len(word) + 1]
    return any(ratio(word, other) >= _NEAR for other in (part, beginning))
