"""What people type to search, as an FTS5 expression that cannot be wrong.

Words must all occur; ``"a phrase"`` occurs as it is; ``word*`` begins so; ``-word`` must not
occur; ``this OR that``. Everything else is literal text: what FTS5 would read as its own syntax
stands in quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_MOST = 40
"""Words; more than anyone types, and few enough for FTS5."""
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
_PIECE = re.compile(r'(?P<no>-?)(?:"(?P<phrase>[^"]*)"?(?P<begins>\*?)|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, as typed; quotation marks end it, so it never has one inside."""

    text: str
    begins: bool = False
    """Whether its last word may go on."""

    @property
    def match(self) -> str:
        return f'"{self.text}"{" *" if self.begins else ""}'


@dataclass(frozen=True, slots=True)
class Query:
    """What must occur, each as one or more choices, and what must not."""

    wanted: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()

    def match(self, columns: str = "") -> str | None:
        """The FTS5 expression, in some columns or in all; None when nothing is asked for."""
        if not self.wanted:
            return None
        inside = f"{{{columns}}} : " if columns else ""
        parts = (_either(choices, inside) for choices in self.wanted)
        whole = " AND ".join(parts)
        return f"({whole}) NOT {_either(self.unwanted, inside)}" if self.unwanted else whole


def _either(terms: tuple[Term, ...], inside: str) -> str:
    return f"{inside}({' OR '.join(term.match for term in terms)})"


def understand(typed: str) -> Query:
    """Read what was typed; any text has a meaning, if perhaps none that finds anything."""
    wanted: list[list[Term]] = []
    unwanted: list[Term] = []
    joins = False
    for piece in list(_PIECE.finditer(_UNREADABLE.sub(" ", typed).translate(_QUOTES)))[:_MOST]:
        word = piece["word"]
        if word == "OR" and not piece["no"] and wanted and not joins:
            joins = True
            continue
        term = _term(piece)
        if not _has_letters(term.text):
            continue
        if piece["no"]:
            unwanted.append(term)
        elif joins:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        joins = False
    if joins:
        wanted.append([Term("OR")])
    return Query(tuple(map(tuple, wanted)), tuple(unwanted))


def _term(piece: re.Match[str]) -> Term:
    word = piece["word"]
    if word is None:
        return Term(piece["phrase"], bool(piece["begins"]))
    stripped = word.rstrip("*")
    return Term(stripped, stripped != word)


def _has_letters(text: str) -> bool:
    """Whether FTS5 finds a word in it; where it finds none, nothing would match."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)
