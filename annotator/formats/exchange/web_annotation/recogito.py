"""Recogito's text annotator: what it keeps itself, as the Web Annotations that it also writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.formats.exchange.json_lines import as_object
from annotator.formats.exchange.web_annotation import terms
from annotator.formats.exchange.web_annotation.bodies import one_or_many

Object = dict[str, Any]

_BODIES = re.compile(rb'"bodies"\s*:\s*\[')
_QUOTE = re.compile(rb'"quote"\s*:\s*"')


def recognised(head: bytes) -> bool:
    """Whether a file that begins like this is one: it calls bodies and quotes otherwise."""
    return bool(_BODIES.search(head) and _QUOTE.search(head)) and b'"selector"' in head


def is_one(found: Any) -> bool:
    """Whether a JSON value is what Recogito keeps."""
    first = found[0] if isinstance(found, list) and found else None
    return isinstance(first, dict) and "bodies" in first and isinstance(first.get("target"), dict)


def as_annotations(found: list[Any], where: str) -> Iterator[Object]:
    """Its annotations in the words of the W3C."""
    for number, one in enumerate(found, 1):
        at = f"{where}, item {number},"
        item = as_object(one, at)
        target = as_object(item.get("target"), f"{at} target,")
        yield {
            "type": "Annotation",
            "id": item.get("id"),
            "body": [{"type": "TextualBody", **b} for b in item["bodies"] if isinstance(b, dict)]
            if isinstance(item.get("bodies"), list)
            else [],
            "creator": target.get("creator"),
            "created": target.get("created"),
            "modified": target.get("updated"),
            "target": _target(target),
        }


def _target(target: Object) -> Object:
    """Its selectors are the pieces of a mark, where those of the W3C all mean the same place."""
    pieces = [one for one in one_or_many(target.get("selector")) if isinstance(one, dict)]
    source = {"source": target["source"]} if "source" in target else {}
    if len(pieces) == 1:
        quote = {"type": "TextQuoteSelector", "exact": pieces[0].get("quote")}
        position = {"type": "TextPositionSelector", **_place(pieces[0])}
        return {**source, "selector": [quote, position]}
    return {
        **source,
        terms.FRAGMENTS: [{"exact": one.get("quote"), **_place(one)} for one in pieces],
    }


def _place(piece: Object) -> Object:
    return {name: piece.get(name) for name in ("start", "end")}
