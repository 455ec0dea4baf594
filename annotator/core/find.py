"""Finding words in a text: plain words, whole words, patterns."""

from __future__ import annotations

import regex

from annotator.core.errors import BadInput

Span = tuple[int, int]
"""Code point offsets, half-open."""

PATIENCE = 0.5
"""How long a pattern may take on a text, in seconds. Some would take years: ``(a|a)*b``."""
_MOST = 2000
"""Characters of a pattern; longer ones take too long to compile."""


def find(
    text: str,
    query: str,
    *,
    regex: bool = False,  # noqa: F811 - the word the analyst knows
    whole_word: bool = False,
    case: bool = False,
) -> list[Span]:
    """Where ``query`` occurs, from left to right; no two overlap and none is empty.

    ``regex`` reads the query as a regular expression; ``whole_word`` wants no letter, digit or
    underscore right before or after; without ``case`` capitals do not matter. :class:`BadInput`
    when the expression is wrong or takes longer than ``PATIENCE``.
    """
    if not query:
        return []
    pattern = _expression(query, whole_word, case) if regex else _words(query, whole_word, case)
    try:
        matches = pattern.finditer(text, timeout=PATIENCE if regex else None)
        return [match.span() for match in matches if match.start() < match.end()]
    except TimeoutError as error:
        raise BadInput("This pattern takes too long on this text; make it simpler.") from error


def _words(query: str, whole_word: bool, case: bool) -> regex.Pattern[str]:
    return _compiled(_bounded(regex.escape(query), whole_word), case)


def _expression(query: str, whole_word: bool, case: bool) -> regex.Pattern[str]:
    if len(query) > _MOST:
        raise BadInput(f"This pattern is too long; {_MOST} characters are the most.")
    pattern = _compiled(query, case)
    if not whole_word:
        return pattern
    # A comment in a verbose pattern ends with its line, or it would take our bracket along.
    end = "\n" if pattern.flags & regex.VERBOSE else ""
    return _compiled(_bounded(query + end, whole_word), case)


def _bounded(pattern: str, whole_word: bool) -> str:
    return rf"(?<!\w)(?:{pattern})(?!\w)" if whole_word else pattern


def _compiled(pattern: str, case: bool) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern, regex.MULTILINE | (0 if case else regex.IGNORECASE))
    except regex.error as error:
        raise BadInput(f"This pattern is not a regular expression: {error}.") from error
    except (RecursionError, OverflowError, ValueError) as error:
        raise BadInput("This pattern is too deep to be read; make it simpler.") from error
