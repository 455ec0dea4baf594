"""Where quotation marks pair up.

Each family of marks is paired for itself, so that a stray mark of one does not unsettle another,
and only within a line: one forgotten mark must not turn the rest of the article into a quotation.
"""

from __future__ import annotations

import regex

from annotator.core.text.offsets import Offsets

CLOSERS_OF = {
    "“": "”",
    "„": "“”",
    "‘": "’",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    '"': '"',
    "'": "'",
}
"""Each mark that can open a quotation, and those that can close it."""

_OPENERS_OF = {
    closer: tuple(opener for opener, closers in CLOSERS_OF.items() if closer in closers)
    for closer in "".join(CLOSERS_OF.values())
}
# An apostrophe between letters is part of a word: “Russia’s”, “don't”.
_MARK = regex.compile(r"[“”„«»‹›\"‚]|(?<![\p{L}\p{N}])[‘’']|[‘’'](?![\p{L}\p{N}])")
# A single straight mark opens only where a word begins; '90s is a decade.
_OPENS_SINGLE = regex.compile(r"(?<![^\s([“\"—–-])'(?=\p{L})")


def quotations(text: str, start: int, end: int) -> list[Offsets]:
    """The quotations in ``text[start:end]``, both marks included, in the order of their ends."""
    return _paired(text, start, end)[0]


def unpaired(text: str, start: int, end: int) -> list[int]:
    """Where double quotation marks stand in ``text[start:end]`` without one to go with them.

    Single marks are left out: most that stand alone are apostrophes.
    """
    _, alone = _paired(text, start, end)
    return [at for at in sorted(alone) if text[at] not in "'‘’‚‹›"]


def _paired(text: str, start: int, end: int) -> tuple[list[Offsets], list[int]]:
    """The quotations, and the marks that belong to none."""
    waiting: dict[str, list[int]] = {opener: [] for opener in CLOSERS_OF}
    found: list[Offsets] = []
    alone: list[int] = []
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        opener = _waiting_for(mark, waiting)
        if opener and _can_close(text, at):
            found.append((waiting[opener].pop(), at + 1))
        elif _can_open(text, at):
            waiting[mark].append(at)
        else:
            alone.append(at)
    return found, alone + [at for places in waiting.values() for at in places]


def toggle_quotes(text: str, start: int, end: int) -> Offsets:
    """The piece without the quotation marks at its ends, or with those just outside them.

    The same piece where there is no such pair. The blank a French mark keeps from its words goes
    and comes with it.
    """
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    for pair in quotations(text, low, len(text) if high < 0 else high):
        inside = _inside(text, *pair)
        if inside[0] < inside[1]:
            if pair == (start, end):
                return inside
            if inside == (start, end):
                return pair
    return start, end


def _inside(text: str, start: int, end: int) -> Offsets:
    """What a quotation holds, without its marks and the space next to them."""
    words = text[start + 1 : end - 1]
    left = start + 1 + len(words) - len(words.lstrip())
    return left, left + len(words.strip())


def _waiting_for(mark: str, waiting: dict[str, list[int]]) -> str | None:
    """The opener this mark closes: of those still waiting, the one that stands nearest."""
    candidates = [opener for opener in _OPENERS_OF.get(mark, ()) if waiting[opener]]
    return max(candidates, key=lambda opener: waiting[opener][-1], default=None)


def _can_close(text: str, at: int) -> bool:
    """Of the marks that open as well as close, these open when a space stands before them.

    French puts a space before its closing mark, and a straight ``"`` goes by turns.
    """
    return text[at] not in "'“‘" or not text[at - 1].isspace()


def _can_open(text: str, at: int) -> bool:
    if text[at] == "'":
        return _OPENS_SINGLE.match(text, at) is not None
    return text[at] in CLOSERS_OF
