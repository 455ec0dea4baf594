"""LexisNexis and Nexis as they were until about 2020: “1 of 50 DOCUMENTS” above each article.

Below it stand the outlet, the date and perhaps the edition, then the headline, then lines such as
“BYLINE: …”, of which “LENGTH: …” is the last before the text. “LOAD-DATE: …” and others end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.formats.articles.press.piece import Piece, body, date_of, first_date, names_in

_BEGINS = re.compile(
    r"[ \t]*(?:(\d{1,6}) of (\d{1,6}) DOCUMENTS?|Dokument (\d{1,6}) von (\d{1,6})"
    r"|Document (\d{1,6}) de (\d{1,6}))[ \t]*"
)
_TAG = re.compile(r"([A-ZÄÖÜ][A-ZÄÖÜ-]{2,30}):(?:\s+|$)")
_LENGTH = ("LENGTH", "LÄNGE", "LONGUEUR")
_AUTHOR = ("BYLINE", "AUTOR", "AUTEUR")
_ABOVE = frozenset(
    "LENGTH LÄNGE LONGUEUR BYLINE AUTOR AUTEUR SECTION RUBRIK RUBRIQUE DATELINE HIGHLIGHT ENCART"
    " SERIES TYPE".split()
)
"""What stands above the text; in capitals and with a colon a town begins many an article too."""
_CLOSES = re.compile(r"(?:LOAD-DATE|CORRECTION-DATE|PUBLICATION-TYPE|JOURNAL-CODE):")
_ENDS = re.compile(
    r"(?:LOAD-DATE|CORRECTION-DATE|LANGUAGE|SPRACHE|LANGUE|PUBLICATION-TYPE|JOURNAL-CODE|GRAPHIC"
    r"|GRAFIK):|UPDATE:.{0,40}\d{4}\s*$"
)
"""Of these some may begin a paragraph of the article."""
_RIGHTS = re.compile(r"\s*(?:Copyright\b|©|All Rights Reserved\b|Alle Rechte vorbehalten\b)", re.I)
_EDITION = re.compile(r" {4}|\t|.{0,60}\b(?:Edition|Ausgabe|Édition)\b")


def split(text: str) -> list[Piece]:
    """The articles of a file in this layout; none when it is in another."""
    lines = text.split("\n")
    begins = [n for n, line in enumerate(lines) if _BEGINS.fullmatch(line)]
    if not begins or not _are_counted([lines[n] for n in begins]):
        return []
    ends = [*begins[1:], len(lines)]
    found = [_piece(lines[a + 1 : b]) for a, b in zip(begins, ends, strict=True)]
    pieces = [piece for piece in found if piece is not None]
    return pieces if len(pieces) == len(found) else []


def _are_counted(lines: list[str]) -> bool:
    """Whether they count up by one, all with the same total, as nothing in an article does."""
    counts = [
        tuple(int(number) for number in match.groups() if number)
        for line in lines
        if (match := _BEGINS.fullmatch(line))
    ]
    first, total = counts[0]
    return counts == [(first + n, total) for n in range(len(counts))]


def _piece(lines: list[str]) -> Piece | None:
    """One of them; None when it has neither a length nor a date."""
    length = next((n for n, line in enumerate(lines) if _tag(line) in _LENGTH), None)
    said = [n for n, line in enumerate(lines[:length]) if line.strip() and not _RIGHTS.match(line)]
    dated = first_date([lines[n].strip() for n in said])
    if not dated or dated > 3:  # the outlet comes first, perhaps with its place
        return None
    after = said[dated] + 1
    while after < len(lines) and _EDITION.match(lines[after]):
        after += 1
    tags = dict(_tags(lines[after : length or after]))
    return Piece(
        title=_headline(lines[after : length or after]),
        outlet=lines[said[0]].strip(),
        author=names_in(next((tags[name] for name in _AUTHOR if name in tags), "")),
        published=date_of(lines[said[dated]].strip()),
        text=_text(lines[after if length is None else length + 1 :]),
    )


def _tag(line: str) -> str:
    match = _TAG.match(line)
    return match[1] if match else ""


def _headline(lines: list[str]) -> str:
    """What stands above the first tag, in one line; it may itself begin like one."""
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    above = next(
        (n for n, line in enumerate(lines) if _tag(line) and (n > first or _tag(line) in _ABOVE)),
        len(lines),
    )
    return " ".join(" ".join(lines[:above]).split())


def _tags(lines: list[str]) -> Iterator[tuple[str, str]]:
    """What each tag says; it goes on to the next blank line."""
    name, said = "", [""]
    for line in [*lines, ""]:
        found = _tag(line)
        if name and (found or not line.strip()):
            yield name, " ".join(said)
            name = ""
        if found:
            name, said = found, [_TAG.sub("", line, count=1).strip()]
        elif name:
            said.append(line.strip())


def _text(lines: list[str]) -> str:
    """What stands between the tags above it and those below it."""
    at = 0
    while at < len(lines) and (not lines[at].strip() or _tag(lines[at]) in _ABOVE):
        at += 1
    end = _end(lines, at)
    while end > at and (not lines[end - 1].strip() or _RIGHTS.match(lines[end - 1])):
        end -= 1
    return body(lines[at:end])


def _end(lines: list[str], at: int) -> int:
    """Where the tags below the text begin: after them come other tags and rights, and no words."""
    end = next((n for n in range(at, len(lines)) if _CLOSES.match(lines[n])), len(lines))
    has_gaps = not all(line.strip() for line in lines[at:end])
    for n in range(end - 1, at - 1, -1):
        begins = n == at or not has_gaps or not lines[n - 1].strip()
        if _ENDS.match(lines[n]):
            end = n
        elif begins and lines[n].strip() and not (_tag(lines[n]) or _RIGHTS.match(lines[n])):
            break
    return end
