"""A round of review as tables: differences, figures, decisions, or the statements of gold.

Cells that a spreadsheet would take for a formula begin with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from annotator.formats.review_round.content import Round
from annotator.formats.review_round.telling import Teller

Row = Iterable[object]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def encode(content: Round, table: str) -> bytes:
    """One of :data:`TABLES` as CSV: UTF-8 with a mark that spreadsheets know it by."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in TABLES[table](content):
        writer.writerow([_cell(value) for value in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    return "'" + text if isinstance(value, str) and text.startswith(_FORMULA) else text


def _differences(content: Round) -> Iterator[Row]:
    names = content.names
    tells = Teller(names.book, {})
    layers = content.agreement.layers
    about = ("article", "title", "type", "role", "field", "in words", "start", "end", "quote")
    yield [*about, *(names.layer(layer) for layer in layers)]
    for one in content.differences:
        type, role, field = one.name
        words = tells.type(one.name)
        place = (one.start, one.end, one.quote)
        readings = (one.readings.get(layer) for layer in layers)
        title = names.article(one.article)
        yield [str(one.article), title, type, role, field, words, *place, *readings]


def _figures(content: Round) -> Iterator[Row]:
    names = content.names
    yield [
        *("measure", "of", "layers", "value", "low", "high", "resamples", "units", "unit"),
        *("articles", "undefined", "left out"),
    ]
    for one in content.agreement.figures:
        spread = one.interval
        yield [
            one.measure,
            one.of,
            " | ".join(names.layer(layer) for layer in one.layers),
            _round(one.value),
            _round(spread.low) if spread else None,
            _round(spread.high) if spread else None,
            spread.resamples if spread else None,
            one.units,
            one.unit,
            one.articles,
            one.undefined,
            "; ".join(f"{left.count} {left.what}: {left.why}" for left in one.excluded),
        ]


def _decisions(content: Round) -> Iterator[Row]:
    names = content.names
    about = ("article", "title", "decision", "reason", "note", "guideline gap", "by")
    yield [*about, "judged", "gold"]
    for one in content.decisions:
        yield [
            str(one.article),
            names.article(one.article),
            one.decision,
            one.reason,
            one.note,
            "yes" if one.gap else "no",
            one.by,
            " | ".join(f"{names.layer(layer)}: {words}" for layer, words in one.sources),
            " | ".join(one.gold),
        ]


def _gold(content: Round) -> Iterator[Row]:
    names = content.names
    roles = list(names.book.roles)
    fields = sorted({of for one in content.gold for of in one.fields})
    yield ["article", "title", "statement", *roles, *fields]
    for one in content.gold:
        yield [
            str(one.article),
            names.article(one.article),
            str(one.statement),
            *(one.quotes.get(role) for role in roles),
            *(one.fields.get(of) for of in fields),
        ]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


TABLES: dict[str, Callable[[Round], Iterator[Row]]] = {
    "differences": _differences,
    "figures": _figures,
    "decisions": _decisions,
    "gold": _gold,
}
