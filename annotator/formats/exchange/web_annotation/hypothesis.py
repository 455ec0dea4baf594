"""Hypothesis: what its search and its export give, as the Web Annotations that they nearly are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.json_lines import as_list, as_object
from annotator.formats.exchange.web_annotation.bodies import one_or_many, text_of

Object = dict[str, Any]

_LISTS = ("rows", "annotations")
"""Where its search has them, and its export."""
_BEGINS = re.compile(rb'"(?:rows|annotations)"\s*:\s*\[')
_ACCOUNT = re.compile(r"acct:([^@]+)(?:@.*)?")


def recognised(head: bytes) -> bool:
    """Whether a file that begins like this is one: its people are accounts."""
    return bool(_BEGINS.search(head)) and b'"acct:' in head


def is_one(found: Any) -> bool:
    """Whether a JSON value is what Hypothesis gives."""
    return isinstance(found, dict) and "type" not in found and any(k in found for k in _LISTS)


def as_annotations(found: Object, where: str, losses: Losses) -> Iterator[Object]:
    """Its annotations in the words of the W3C; answers to others are listed."""
    name = next(key for key in _LISTS if key in found)
    for number, one in enumerate(as_list(found[name], f"{where}, “{name}”,"), 1):
        item = as_object(one, f"{where}, item {number},")
        if item.get("references"):
            losses.add("answers to annotations are left out", f"{where}, {text_of(item.get('id'))}")
        else:
            yield _in_words_of_w3c(item)


def _in_words_of_w3c(item: Object) -> Object:
    text = text_of(item.get("text"))
    comment = [{"value": text, "purpose": "commenting"}] if text else []
    tags = [text_of(tag) for tag in one_or_many(item.get("tags"))]
    return {
        "type": "Annotation",
        "id": text_of(item.get("id")),
        "motivation": "commenting" if text else "highlighting",
        "creator": _person(item),
        "created": item.get("created"),
        "modified": item.get("updated"),
        "body": [*comment, *({"value": tag, "purpose": "tagging"} for tag in tags)],
        "target": item.get("target") or item.get("uri"),
    }


def _person(item: Object) -> str:
    info = item.get("user_info")
    shown = text_of(info.get("display_name")) if isinstance(info, dict) else ""
    user = text_of(item.get("user"))
    account = _ACCOUNT.fullmatch(user)
    return shown or (account[1] if account else user)
