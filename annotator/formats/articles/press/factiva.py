"""Factiva: “Document”, a code with the date in it, below each article; with and without tags.

With tags, “HD” stands before the headline, “LP” and “TD” before the text, alone in a line or in the
cell before it. Without, the headline comes first, then names, “355 words”, the date, the outlet and
its code, the language, the rights, and then the text.
"""

from __future__ import annotations

import re

from annotator.formats.articles.press.piece import Piece, body, date_of, is_byline, names_in

_END = re.compile(r"(?:AN\s+)?Do[ck]ument [A-Za-z0-9]{4,12}(?:19|20)\d{6}[A-Za-z0-9]{6,12}")
_AFTER_ALL = re.compile(r"Search Summary\b|©|\(c\)|Factiva\b", re.IGNORECASE)
_TAGS = (
    "CLM SE HD BY CR WC PD ET SN SC NGC GC ED PG VOL LA CY LP TD CT RF ART CO IN NS RE IPC IPD PUB"
    " AN".split()
)
_ORDER = {tag: number for number, tag in enumerate(_TAGS)}
_TAG = re.compile(rf"({'|'.join(_TAGS)})(?:[ \u00a0]*\t(.*))?")
_WORDS = re.compile(r"\d[\d.,\s]{0,9} ?(?:words|mots|Wörter)")
_TIME = re.compile(r"\d{1,2}:\d\d(?: [A-Z]{2,5})?")
_RIGHTS = re.compile(r"\(c\)|©|Copyright\b", re.IGNORECASE)
_LANGUAGES = ("English", "Français", "Anglais", "Deutsch", "Englisch")
_NAMES = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:[ ,;&]+(?:and |et |und )?[^\W\d_a-z][\w'’.-]*){1,5}")
_HEAD = 12
"""How many lines at most stand between the length and the text."""


def split(text: str) -> list[Piece]:
    """The articles of a file in this layout; none when it is in another."""
    lines = [line.strip() for line in text.split("\n")]
    ends = [n for n, line in enumerate(lines) if _END.fullmatch(line)]
    rest = [line for line in lines[ends[-1] + 1 :] if line] if ends else []
    if not ends or (rest and not _AFTER_ALL.match(rest[0])):
        return []
    begins = [0, *(n + 1 for n in ends[:-1])]
    found = [_piece(lines[a:b]) for a, b in zip(begins, ends, strict=True)]
    pieces = [piece for piece in found if piece is not None]
    return pieces if len(pieces) == len(found) else []


def _piece(lines: list[str]) -> Piece | None:
    tagged = _tagged(lines)
    return _of_tags(tagged) if "HD" in tagged else _untagged(lines)


def _tagged(lines: list[str]) -> dict[str, list[str]]:
    """What stands behind each tag; these come in their order, so that no word passes for one."""
    found: dict[str, list[str]] = {}
    last = ""
    for line in lines:
        match = _TAG.fullmatch(line)
        if match and (not last or _ORDER[match[1]] > _ORDER[last]):
            last = match[1]
            found[last] = [match[2].strip()] if match[2] else []
        elif last:
            found[last].append(line)
    return found


def _of_tags(tagged: dict[str, list[str]]) -> Piece | None:
    if not {"HD", "PD", "SN"} <= tagged.keys() or not tagged.keys() & {"LP", "TD"}:
        return None
    said = {tag: " ".join(" ".join(lines).split()) for tag, lines in tagged.items()}
    parts = (body(tagged[tag]) for tag in ("LP", "TD") if tag in tagged)
    return Piece(
        title=said["HD"],
        outlet=said["SN"],
        author=names_in(said.get("BY", "")),
        published=date_of(said["PD"]),
        text="\n\n".join(part for part in parts if part),
    )


def _untagged(lines: list[str]) -> Piece | None:
    filled = [n for n, line in enumerate(lines) if line]
    said = [lines[n] for n in filled]
    words = next((n for n, line in enumerate(said[:_HEAD]) if _WORDS.fullmatch(line)), None)
    if not words or words + 3 >= len(said) or not date_of(said[words + 1]):
        return None
    outlet = words + 2 + bool(_TIME.fullmatch(said[words + 2]))
    rights = _rights(said, outlet + 1)
    if rights is None:
        return None
    title, author = _above(said[:words])
    text = body(lines[filled[rights] + 1 :])
    return Piece(title, said[outlet], author, date_of(said[words + 1]), text)


def _rights(said: list[str], start: int) -> int | None:
    """Which line is the last before the text: whose it is, or what comes after the language."""
    head = range(start, min(start + _HEAD, len(said)))
    rights = next((n for n in head if _RIGHTS.match(said[n])), None)
    if rights is not None:
        return rights
    return next((n + 1 for n in head if said[n] in _LANGUAGES and n + 1 < len(said)), None)


def _above(said: list[str]) -> tuple[str, str]:
    """Headline and names, of the lines above the length: a section may come before both."""
    *above, last = said
    if above and (is_byline(last) or (_NAMES.fullmatch(last) and len(above[-1]) > len(last))):
        return above[-1], names_in(last)
    return last, ""
