"""How tags say where a mark begins and ends.

``O`` is outside. Before the label stands ``B`` for the first token of a mark and ``I`` for another
one; IOB1 has ``B`` only where two marks of a label touch, IOE2 has ``E`` for the last token instead,
IOBES adds ``E`` and ``S`` for a mark of one token, which BILOU calls ``L`` and ``U``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, get_args

Scheme = Literal["iob2", "iob1", "ioe2", "iobes", "bilou"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

OUTSIDE = "O"
TAG = re.compile(r"[BIESLUMW][-_]\S+")
TAG_AFTER = re.compile(r"[^\W\d_][\w-]*[-_][BIESLUMW]")
"""The same with the label before it."""
_ALSO = {"M": "I", "W": "S"}
"""What BMES and BMEWO call a token within a mark, and one that is a mark by itself."""
_LETTERS: dict[Scheme, str] = {
    "iob2": "BI",
    "iob1": "BI",
    "ioe2": "IE",
    "iobes": "BIES",
    "bilou": "BILU",
}

Chunk = tuple[int, int, str]
"""The first token, the one after the last, and the label."""


def encoded(chunks: Iterable[Chunk], count: int, scheme: Scheme) -> list[str]:
    """The tags of so many tokens; chunks are in order and do not overlap."""
    tags = [OUTSIDE] * count
    last: Chunk = (0, -1, "")
    for start, end, label in chunks:
        touches = last[1] == start and last[2] == label
        for place in range(start, end):
            letter = _letter(place == start, place == end - 1, touches, scheme)
            tags[place] = f"{letter}-{label}"
        last = start, end, label
    return tags


def _letter(first: bool, final: bool, touches: bool, scheme: Scheme) -> str:
    match scheme:
        case "iob1":
            return "B" if first and touches else "I"
        case "iob2":
            return "B" if first else "I"
        case "ioe2":
            return "E" if final else "I"
        case "iobes" | "bilou":
            alone, end = ("S", "E") if scheme == "iobes" else ("U", "L")
            return alone if first and final else "B" if first else end if final else "I"


def is_tag(tag: str) -> bool:
    """Whether it is a tag in any of the ways that they are written."""
    return tag == OUTSIDE or bool(TAG.fullmatch(tag) or TAG_AFTER.fullmatch(tag))


def usual(tag: str) -> str:
    """A tag as we write it, whatever stands between its parts and in whichever order they are."""
    if tag == OUTSIDE:
        return tag
    letter, label = (tag[0], tag[2:]) if TAG.fullmatch(tag) else (tag[-1], tag[:-2])
    return f"{_ALSO.get(letter, letter)}-{label}"


def decoded(tags: Sequence[str]) -> Iterator[Chunk]:
    """The marks that tags mean, in whichever of the schemes they are.

    One rule reads them all: a label that changes begins a mark, and so do B, S and U; E, L, S and
    U end it.
    """
    start, label = 0, ""
    for place, tag in enumerate((*tags, OUTSIDE)):
        letter, _, found = tag.partition("-") if tag != OUTSIDE else ("", "", "")
        if label and (found != label or letter in "BSU"):
            yield start, place, label
            label = ""
        if found and not label:
            start, label = place, found
        if label and letter in ("E", "L", "S", "U"):
            yield start, place + 1, label
            label = ""


def scheme_of(tags: Iterable[Sequence[str]]) -> Scheme | None:
    """The scheme that tags of sentences follow; None when they mix several."""
    letters: set[str] = set()
    begun_by_i = begun_by_b = False
    for sentence in tags:
        before = ""
        for tag in sentence:
            letter, _, label = tag.partition("-") if tag != OUTSIDE else ("", "", "")
            letters.add(letter)
            begun_by_i |= letter == "I" and label != before
            begun_by_b |= letter == "B" and label != before
            before = label
    letters.discard("")
    if letters <= set("BI"):
        mixed = begun_by_i and begun_by_b
        return None if mixed else "iob1" if begun_by_i else "iob2"
    fitting: tuple[Scheme, ...] = ("ioe2", "iobes", "bilou")
    return next((scheme for scheme in fitting if letters <= set(_LETTERS[scheme])), None)


def in_scheme(tag: str, scheme: Scheme) -> bool:
    return tag == OUTSIDE or tag[0] in _LETTERS[scheme]
