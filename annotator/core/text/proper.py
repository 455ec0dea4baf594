"""The name around a word: the run of capitalised words that it stands in.

“Mayor Kai Wegner” is one run, “Ministry of Defence” as well, since small words may stand between
two that are capitalised. Scripts without capital letters have no such runs.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from annotator.core.text.offsets import Offsets
from annotator.core.text.sentences import STARTERS
from annotator.core.text.units import trim

_BETWEEN = frozenset(
    "of the de la le les du des da do dos del di von van der den zu zum zur al el bin ibn und y e".split()
)
"""Small words inside a name."""
_SEEN = regex.compile(r"[^\s]+")
_POSSESSIVE = regex.compile(r"(?:['’]s|(?<=s)['’])\Z")
_ABBREVIATED = regex.compile(r"(?:\p{Lu}|\p{Lu}\p{L}{1,4})\Z")
_MARKS = "“”„‘’«»‹›\"'()[]{},;:!?…—–"


def name_around(text: str, start: int, end: int) -> Offsets | None:
    """The name that holds a piece of one line, or None where nothing there is capitalised.

    It begins and ends with a capitalised word, without a possessive, a word that is capitalised
    only because it opens the sentence, or marks around it.
    """
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    for run in _runs(text, line, len(text) if stop < 0 else stop):
        first, last = run[0][0], run[-1][1]
        if first <= start and start < last and end <= last:
            left, right = trim(text, first, last)
            right -= len(m.group()) if (m := _POSSESSIVE.search(text[left:right])) else 0
            return (left, right) if left < right else None
    return None


def _runs(text: str, start: int, end: int) -> Iterator[list[Offsets]]:
    """The runs of capitalised words in a line, each as its words."""
    run: list[Offsets] = []
    for piece in (found.span() for found in _SEEN.finditer(text, start, end)):
        word = _bare(text, *piece)
        small = word is not None and text[slice(*word)] in _BETWEEN
        part = word is not None and (small or _is_capitalised(text, *word))
        if run and not (part and _goes_on(text, run[-1], piece)):
            yield _ended(text, run)
            run = []
        if word is not None and part and (run or not (small or _only_opens(text, start, word))):
            run.append(word)
    if run:
        yield _ended(text, run)


def _bare(text: str, start: int, end: int) -> Offsets | None:
    """What is between spaces, without the marks around it; None if it is only marks."""
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip(_MARKS))
    right = end - (len(piece) - len(piece.rstrip(_MARKS)))
    if right > left and text[right - 1] == "." and not _is_abbreviated(text, left, right - 1):
        right -= 1
    return (left, right) if left < right else None


def _goes_on(text: str, before: Offsets, piece: Offsets) -> bool:
    """Whether nothing but space stands between a word of a name and what follows."""
    return text[before[1] : piece[0]].isspace() and text[piece[0]] not in _MARKS


def _is_abbreviated(text: str, start: int, end: int) -> bool:
    """Whether a full stop after this is that of an initial or a title, as in “Gen. Kellogg”."""
    bare = text[start:end]
    return "." in bare or _ABBREVIATED.match(bare) is not None


def _is_capitalised(text: str, start: int, end: int) -> bool:
    return any(part[:1].isupper() for part in text[start:end].split("-"))


def _only_opens(text: str, line: int, word: Offsets) -> bool:
    """Whether a word is capitalised because a sentence begins with it."""
    if text[slice(*word)].lower() not in STARTERS:
        return False
    before = text[line : word[0]].rstrip(_MARKS.replace("…", "") + " ")
    return not before or before[-1] in ".!?…" or text[word[0] - 1] in "“\"„«‘'"


def _ended(text: str, run: list[Offsets]) -> list[Offsets]:
    """A run without small words at its end."""
    while run and text[slice(*run[-1])] in _BETWEEN:
        run = run[:-1]
    return run
