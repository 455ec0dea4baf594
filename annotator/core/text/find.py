"""Finding words in a text: plain words, whole words, patterns.

An analyst may type any pattern, so none may hold the program up: what would need endless time is
stopped, and what would need endless memory is refused before it is tried.
"""

from __future__ import annotations

from math import prod

import regex as patterns

from annotator.core.errors import BadInput
from annotator.core.text.offsets import Offsets

PATIENCE = 0.5
"""How long a pattern may take on a text, in seconds. Some would take years."""
_MOST_STEPS = 200_000
"""How long a pattern may be once its counted repeats are written out; ``(a{9999}){9999}`` is not."""
_COUNT = patterns.compile(r"\{(\d+)")
_PRINTED = {"'": "['‘’‚‛ʼ]", '"': '["“”„‟«»]', "-": "[-‐‑–—−]", " ": r"[ \u00a0\u2009\u202f]"}
"""What a key of the keyboard stands for in print; a sign that no key has is looked for as it is."""
_RECURSION = patterns.compile(r"\(\?(?:R|&|P>|[-+]?\d)")


def find(
    text: str,
    query: str,
    *,
    regex: bool = False,
    whole_word: bool = False,
    case: bool = False,
) -> list[Offsets]:
    """Where ``query`` occurs, from left to right; no two overlap and none is empty.

    Straight quotation marks, hyphens and spaces of plain words find curly ones, dashes and spaces
    that do not break. ``regex`` reads the query as a regular expression; ``whole_word`` wants no
    letter, digit or underscore right before or after; without ``case`` capitals do not matter.
    :class:`BadInput` when the expression is wrong, or takes longer than ``PATIENCE``.
    """
    if not query:
        return []
    pattern = _expression(query, whole_word, case) if regex else _words(query, whole_word, case)
    try:
        matches = pattern.finditer(text, timeout=PATIENCE if regex else None)
        return [match.span() for match in matches if match.start() < match.end()]
    except TimeoutError as error:
        raise BadInput("This pattern takes too long on this text; make it simpler.") from error
    except MemoryError as error:
        raise BadInput("This pattern needs too much memory; make it simpler.") from error


def _words(query: str, whole_word: bool, case: bool) -> patterns.Pattern[str]:
    words = "".join(_PRINTED.get(sign) or patterns.escape(sign) for sign in query)
    return _compiled(_bounded(words, whole_word), case)


def _expression(query: str, whole_word: bool, case: bool) -> patterns.Pattern[str]:
    # Repeats of repeats multiply; the digits are cut so that multiplying them is quick.
    steps = len(query) * prod(max(1, int(count[:9])) for count in _COUNT.findall(query))
    if steps > _MOST_STEPS:
        raise BadInput("This pattern repeats too much; use smaller numbers in braces.")
    if _RECURSION.search(query):
        raise BadInput("A pattern cannot call itself or another group here.")
    pattern = _compiled(query, case)
    if not whole_word:
        return pattern
    # A comment in a verbose pattern ends with its line, or it would take our bracket along.
    end = "\n" if pattern.flags & patterns.VERBOSE else ""
    return _compiled(_bounded(query + end, whole_word), case)


def _bounded(pattern: str, whole_word: bool) -> str:
    return rf"(?<!\w)(?:{pattern})(?!\w)" if whole_word else pattern


def _compiled(pattern: str, case: bool) -> patterns.Pattern[str]:
    flags = patterns.MULTILINE | (0 if case else patterns.IGNORECASE)
    try:
        return patterns.compile(pattern, flags)
    except patterns.error as error:
        raise BadInput(f"This is not a regular expression: {error}.") from error
    except (RecursionError, ValueError) as error:
        raise BadInput("This pattern cannot be read; make it simpler.") from error
