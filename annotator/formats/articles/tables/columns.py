"""Guessing which column of a table is which, by its name and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from annotator.core.errors import BadInput
from annotator.formats.articles.published import iso
from annotator.formats.articles.tables.preset import COLUMNS, Mapping
from annotator.formats.articles.web.cell import is_html

_NAMES = {
    "text": "text body content fulltext articletext articlebody maintext storytext article story"
    " contents fullarticle cleantext plaintext bodytext artikel volltext inhalt texte contenu"
    " texto contenido cuerpo текст",
    "title": "title headline heading articletitle head subject name titel überschrift titre título"
    " titular webtitle заголовок",
    "outlet": "outlet source publication publisher newspaper sourcename sitename medium media"
    " site journal publicationname quelle zeitung fuente diario источник",
    "author": "author byline authors writer creator journalist reporter autor auteur автор",
    "published": "published date publishedat publicationdate pubdate datepublished publisheddate"
    " publishdate datepublish publishedon webpublicationdate datetime created createdat timestamp"
    " time year datum fecha дата",
    "url": "url link href permalink articleurl weburl address sourceurl canonicalurl uri",
}
_ALIASES = {field: names.split() for field, names in _NAMES.items()}
_NO_LETTERS = re.compile(r"[\W_]+")
_NAME_PARTS = ("name", "title")
_OF_THE_COPY = re.compile("download|crawl|modif|updat|access|retriev|fetch|scrap|image", re.I)
"""What tells a date or an address that is not the article's own."""
_ARTICLE = 200
"""A column of texts has longer values than this, in code points, half of them at least."""

Sample = Sequence[dict[str, str]]


def is_header(cells: Sequence[str]) -> bool:
    """Whether a line names columns, of which one is the text: what tells a table from prose."""
    plain = [_plain(cell) for cell in cells]
    known = [any(name in names for names in _ALIASES.values()) for name in plain]
    return len(plain) >= 2 and sum(known) >= 2 and any(n in _ALIASES["text"] for n in plain)


def is_text(name: str) -> bool:
    """Whether a column of this name holds the texts of articles."""
    return _plain(name) in _ALIASES["text"]


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
        longest = max(header, key=lambda column: _length(column, sample), default="body")
        raise BadInput(
            f"{where} has no column that looks like the text of articles; say which it is, for"
            f" example “text={longest}”. It has {listed(header)}."
        )
    return Mapping(**chosen)


def _existing(name: str, header: Sequence[str], where: str) -> str:
    for same in (lambda a: a == name, lambda a: _plain(a) == _plain(name)):
        for column in header:
            if same(column):
                return column
    raise BadInput(f"{where} has no column “{name}”; it has {listed(header)}.")


def _guess(field: str, free: Sequence[str], sample: Sample) -> str:
    named = _named(field, free)
    if field == "text":
        # Of several that could be it, such as “content” and “text”, the one with the articles.
        plain = [c for c in named if not _mostly(is_html, c, sample)]
        longest = max(plain or named or free, key=lambda c: _length(c, sample), default="")
        return longest if named or _length(longest, sample) > _ARTICLE else ""
    if named:
        return named[0]
    if field in ("published", "url"):
        looks = _is_date if field == "published" else _is_address
        fitting = (column for column in free if not _OF_THE_COPY.search(column))
        return next((column for column in fitting if _mostly(looks, column, sample)), "")
    return ""


def _named(field: str, free: Sequence[str]) -> list[str]:
    """The columns that are called so, the likeliest first; those of objects after all others.

    Of an object that is called so the name comes first: ``source.name``, ``source.id``; in one
    that is called otherwise the column itself counts: ``fields.headline``, not ``source.title``.
    """
    aliases = _ALIASES[field]
    own = [column for alias in aliases for column in free if _plain(column) == alias]
    parts = [(column, *map(_plain, column.partition(".")[::2])) for column in free if "." in column]
    outer = [
        column
        for alias in aliases
        for column, object, part in sorted(parts, key=lambda one: one[2] not in _NAME_PARTS)
        if object == alias
    ]
    inner = [
        column
        for alias in aliases
        for column, object, part in parts
        if part == alias and not any(object in known for known in _ALIASES.values())
    ]
    return list(dict.fromkeys([*own, *outer, *inner]))


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
