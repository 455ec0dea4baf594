"""A row for each layer of each article, as Hugging Face datasets and Parquet files have them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from annotator.core.bundle import ArticleBundle
from annotator.core.foreign.people import unused
from annotator.core.model import FieldValue, Id, Mark, Statement, Status
from annotator.formats.annotator_values import layer_text, time_text
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.format import Losses, Outgoing
from annotator.formats.exchange.json_lines import Object
from annotator.formats.exchange.words import Words, by_layer, in_order

_CARRIED = tuple("title outlet author published url copy_of progress note flag times".split())
_NAMED = ("actor", "issue")
"""Types of fields whose values are written by name, with the id beside."""


def rows(outgoing: Outgoing, losses: Losses) -> Iterator[Object]:
    """Every row has the same keys; lists are empty and texts are, never null.

    An article that nobody has marked has one row, of the analyst ``""``.
    """
    words = Words(outgoing.project)
    left_behind.of_project(outgoing.project, losses)
    for part in outgoing.articles:
        left_behind.of_article(part, losses, _CARRIED)
        status = {s.layer: s for s in part.statuses}
        layers: list[Id | None] = [*sorted({*by_layer(part.said), *status})]
        for layer in layers or [None]:
            yield _row(part, layer, status.get(layer) if layer else None, words)


def _row(part: ArticleBundle, layer: Id | None, status: Status | None, words: Words) -> Object:
    article = part.article
    return {
        "id": str(article.id),
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published,
        "url": article.url,
        "file": article.file,
        "copy_of": "" if article.copy_of is None else str(article.copy_of),
        "text": part.text,
        "text_sha256": article.sha256,
        "offset_unit": "codepoint",
        "layer": "" if layer is None else layer_text(layer),
        "analyst": "" if layer is None else words.layer(layer),
        "status": "" if status is None else status.progress,
        "spans": [_span(m, words) for m in in_order(part.marks) if m.layer == layer],
        "statements": [
            _statement(s, words)
            for s in sorted(part.statements, key=lambda s: s.id)
            if s.layer == layer
        ],
    }


def _span(mark: Mark, words: Words) -> Object:
    return {
        "id": str(mark.id),
        "label": mark.kind,
        "fragments": [{"start": f.start, "end": f.end} for f in mark.fragments],
        "text": mark.quote,
        **_said(mark, words),
    }


def _statement(statement: Statement, words: Words) -> Object:
    return {
        "id": str(statement.id),
        "members": [{"role": m.role, "span": str(m.mark)} for m in statement.members],
        **_said(statement, words),
    }


def _said(record: Mark | Statement, words: Words) -> Object:
    """Field values as JSON in a text, since a typed column cannot hold keys that vary."""
    values: dict[str, FieldValue] = {}
    for key, said in words.fields(record).items():
        field, value = words.book.fields[key], record.fields[key]
        is_named = field.type in _NAMED
        values[key] = (said if isinstance(value, list) else said[0]) if is_named else value
        if is_named:
            values[unused(f"{key}_id", words.book.fields)] = value
    return {
        "attributes_json": msgspec.json.encode(values).decode(),
        "note": record.note,
        "flagged": record.flagged,
        "made_at": time_text(record.made_at) if record.made_at else "",
        "changed_at": time_text(record.changed_at) if record.changed_at else "",
    }
