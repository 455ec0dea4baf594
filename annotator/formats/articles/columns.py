"""Guessing which column of a table is which, by its name and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from annotator.core.errors import BadInput
from annotator.formats.articles.preset import COLUMNS, Mapping
from annotator.formats.articles.published import iso

_NAMES = {
    "text": "text body content fulltext articletext articlebody maintext storytext article story"
    " contents fullarticle cleantext plaintext bodytext artikel volltext inhalt texte contenu"
    " texto contenido cuerpo текст",
    "title": "title headline heading articletitle head subject name titel überschrift titre título"
    " titular заголовок",
    "outlet": "outlet source publication publisher newspaper sourcename sitename medium media"
    " site journal publicationname quelle zeitung fuente diario источник",
    "author": "author byline authors writer creator journalist reporter autor auteur автор",
    "published": "published date publishedat publicationdate pubdate datepublished publisheddate"
    " publishdate publishedon datetime created createdat timestamp time year datum fecha дата",
    "url": "url link href uri permalink articleurl weburl address sourceurl canonicalurl",
}
_ALIASES = {field: names.split() for field, names in _NAMES.items()}
_NO_LETTERS = re.compile(r"[\W_]+")
_ARTICLE = 200
"""A column of texts has longer values than this, in code points, half of them at least."""

Sample = Sequence[dict[str, str]]


def is_header(cells: Sequence[str]) -> bool:
    """Whether a line names columns, of which one is the text: what tells a table from prose."""
    plain = [_plain(cell) for cell in cells]
    known = [any(name in names for names in _ALIASES.values()) for name in plain]
    return len(plain) >= 2 and sum(known) >= 2 and any(n in _ALIASES["text"] for n in plain)


def complete(mapping: Mapping, header: Sequence[str], sample: Sample, where: str) -> Mapping:
    """The mapping with its guesses filled in; :class:`BadInput` when no column is the text."""
    chosen = {
        field: _existing(name, header, where) if name else name
        for field in COLUMNS
        if (name := getattr(mapping, field)) is not None
    }
    for field in COLUMNS:
        if field not in chosen:
            free = [name for name in header if name not in chosen.values()]
            chosen[field] = _guess(field, free, sample)
    if not chosen["text"]:
        raise BadInput(
            f"{where} has no column that looks like the text of articles; say which it is, for"
            f" example “text={header[0] if header else 'body'}”. It has {listed(header)}."
        )
    return Mapping(**chosen)


def _existing(name: str, header: Sequence[str], where: str) -> str:
    for same in (lambda a: a == name, lambda a: _plain(a) == _plain(name)):
        for column in header:
            if same(column):
                return column
    raise BadInput(f"{where} has no column “{name}”; it has {listed(header)}.")


def _guess(field: str, free: Sequence[str], sample: Sample) -> str:
    named = [column for alias in _ALIASES[field] for column in free if _last(column, alias)]
    if field == "text":
        # Of several that could be it, such as “content” and “text”, the one with the articles.
        longest = max(named or free, key=lambda c: _length(c, sample), default="")
        return longest if named or _length(longest, sample) > _ARTICLE else ""
    if named:
        return named[0]
    if field in ("published", "url"):
        looks = _is_date if field == "published" else _is_address
        return next((column for column in free if _mostly(looks, column, sample)), "")
    return ""


def _last(column: str, alias: str) -> bool:
    """Whether a column is called so, or a part of one of an object is: ``source.name``."""
    return alias in (_plain(column), _plain(column.partition(".")[0]))


def _plain(name: str) -> str:
    return _NO_LETTERS.sub("", name).casefold()


def _length(column: str, sample: Sample) -> float:
    lengths = [len(row.get(column, "")) for row in sample]
    return median(lengths) if lengths else 0


def _mostly(looks: object, column: str, sample: Sample) -> bool:
    values = [value for row in sample if (value := row.get(column, "").strip())]
    fitting = sum(map(looks, values)) if callable(looks) else 0
    return bool(values) and fitting * 5 >= len(values) * 4


def _is_date(value: str) -> bool:
    return len(value) <= 40 and not value.isdigit() and bool(iso(value, day_first=True))


def _is_address(value: str) -> bool:
    return value.startswith(("http://", "https://"))


def listed(header: Sequence[str]) -> str:
    """The names of the first columns, and how many more there are."""
    names = ", ".join(f"“{name[:40]}”" for name in header[:12])
    return f"{names} and {len(header) - 12} more" if len(header) > 12 else names or "none"
