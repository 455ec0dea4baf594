"""Offsets as other programs count them, turned into code points of the cleaned text.

Done once, at the edge of a format, and proven by the quote: a place whose words are not the ones
said to be there is never guessed at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Literal

from annotator.core.errors import BadInput
from annotator.core.text.cleaning import clean

Unit = Literal["code points", "utf-16", "bytes"]
UNITS: tuple[Unit, ...] = ("code points", "utf-16", "bytes")

Quoted = tuple[int, int, str]
"""Start and end in a unit, and the words that are said to stand there."""


class Places:
    """The places of one foreign text. ``raw`` as it stands in the file, ``text`` cleaned."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = clean(raw).text
        self._to_text = None if raw == self.text else _aligned(raw, self.text)
        self._prefix: dict[Unit, list[int] | None] = {}

    def span(self, start: int, end: int, unit: Unit) -> tuple[int, int] | None:
        """The same place in code points of the cleaned text.

        None for what is no place of this text: reversed, negative, past the end, inside a
        character. An end that is before the start after cleaning, because all of it was dropped,
        is none either.
        """
        at = self._point(start, unit), self._point(end, unit)
        if start > end or at[0] is None or at[1] is None:
            return None
        first, last = self._cleaned(at[0]), self._cleaned(at[1])
        return (first, last) if first <= last else None

    def to_unit(self, at: int, unit: Unit) -> int:
        """A code point of the cleaned text in another unit; for writers, whose text is clean."""
        prefix = self._prefix_of(unit)
        return at if prefix is None else prefix[at]

    def fitting(self, quoted: Sequence[Quoted]) -> list[Unit]:
        """The units in which every place holds the words it is said to hold."""
        return [unit for unit in UNITS if all(self.holds(q, unit) for q in quoted)]

    def holds(self, quoted: Quoted, unit: Unit) -> bool:
        """Whether the words stand at the place; line ends and runs of spaces count as one."""
        start, end, words = quoted
        at = self._point(start, unit), self._point(end, unit)
        if at[0] is None or at[1] is None or start > end:
            return False
        there = self.raw[at[0] : at[1]]
        return there == words or _plain(there) == _plain(words)

    def _point(self, at: int, unit: Unit) -> int | None:
        """A place in a unit as an index of the raw text."""
        prefix = self._prefix_of(unit)
        if prefix is None:
            return at if 0 <= at <= len(self.raw) else None
        index = bisect_left(prefix, at)
        return index if index < len(prefix) and prefix[index] == at else None

    def _prefix_of(self, unit: Unit) -> list[int] | None:
        """How far each character is from the start in a unit; None where it is the index."""
        if unit not in self._prefix:
            self._prefix[unit] = _prefix(self.raw, unit)
        return self._prefix[unit]

    def _cleaned(self, at: int) -> int:
        return at if self._to_text is None else self._to_text[at]


def agreed_unit(
    found: Iterable[tuple[str, Places, Sequence[Quoted]]],
    asked: str,
    usual: Unit,
    astray: float = 0.0,
) -> Unit:
    """The unit that a file counts in: the one asked for, else the one that its quotes prove.

    ``found`` are the articles of the file by name. Where several units fit, as in plain ASCII,
    the ``usual`` one is as good as any. ``astray`` is the share of quotes that need not fit, from
    0 to 1, for a reader that looks at each once more. :class:`BadInput` names the first article
    whose quotes do not fit, and the unit that would fit if there is one.
    """
    articles = [(name, places, list(quoted)) for name, places, quoted in found]
    wanted: list[Unit] = [unit for unit in UNITS if unit == asked] or [
        usual,
        *(unit for unit in UNITS if unit != usual),
    ]
    for unit in wanted:
        if all(places.holds(q, unit) for _, places, quoted in articles for q in quoted):
            return unit
    most, held = _best(articles, wanted)
    total = sum(len(quoted) for _, _, quoted in articles)
    if total - held <= astray * total:
        return most
    for name, places, quoted in articles:
        wrong = next((q for q in quoted if not places.holds(q, wanted[0])), None)
        if wrong is not None:
            others = [unit for unit in places.fitting(quoted) if unit != wanted[0]]
            remedy = (
                f"counted in {others[0]} the quotes of this article fit: ask for that unit."
                if others
                else "they fit in no unit, so the text or the offsets were changed since; export"
                " the file again."
            )
            raise BadInput(
                f"{name}: “{wrong[2]:.60}” does not stand at {wrong[0]} to {wrong[1]} in"
                f" {wanted[0]}; {remedy}"
            )
    raise BadInput("The quotes of the articles fit in different units; import them one by one.")


def _best(
    articles: Sequence[tuple[str, Places, Sequence[Quoted]]], wanted: Sequence[Unit]
) -> tuple[Unit, int]:
    """The unit in which the most quotes fit, the first of several, and how many."""
    held = {
        unit: sum(places.holds(q, unit) for _, places, quoted in articles for q in quoted)
        for unit in wanted
    }
    most = max(wanted, key=lambda unit: held[unit])
    return most, held[most]


def _plain(words: str) -> str:
    return " ".join(words.split())


def _prefix(raw: str, unit: Unit) -> list[int] | None:
    if unit == "code points" or raw.isascii() or (unit == "utf-16" and max(raw) <= "\uffff"):
        return None
    prefix, at = [0], 0
    for character in raw:
        if unit == "utf-16":
            at += 2 if character > "\uffff" else 1
        else:
            at += len(character.encode("utf-8", "surrogatepass"))
        prefix.append(at)
    return prefix


def _aligned(raw: str, text: str) -> list[int]:
    """For each index of the raw text the index of the cleaned one that it becomes.

    Cleaning drops characters, makes ``\\n`` of line ends and joins surrogate pairs; what it
    keeps it keeps in order, so going through both side by side finds every character again.
    """
    found: list[int] = []
    at, after_return = 0, False
    joined = False
    for index, character in enumerate(raw):
        found.append(at)
        if joined:
            joined = False
        elif character == "\n" and after_return:
            after_return = False
        elif at < len(text) and character == text[at]:
            at, after_return = at + 1, False
        elif at < len(text) and text[at] == "\n" and character in "\r\v\f\u2028\u2029":
            at, after_return = at + 1, character == "\r"
        elif at < len(text) and _is_pair(raw[index : index + 2], text[at]):
            at, after_return, joined = at + 1, False, True
    return [*found, at]


def _is_pair(two: str, one: str) -> bool:
    """Whether two surrogates are how UTF-16 writes one character."""
    return two.encode("utf-16-le", "surrogatepass") == one.encode("utf-16-le") and len(two) > 1
