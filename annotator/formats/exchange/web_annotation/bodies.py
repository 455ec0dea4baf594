"""What the bodies of a Web Annotation say: a kind, field values, a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotator.core.codebook import FieldType
from annotator.formats.exchange.gathering import Gathering
from annotator.formats.exchange.typed import actor_type_named, type_named
from annotator.formats.exchange.web_annotation import terms

Told = tuple[str, FieldType, bool, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Said:
    """One annotation's bodies: ``kind`` is a label, ``fields`` are as :class:`Typed` takes them."""

    kind: str
    fields: list[Told]
    note: str


class Bodies:
    """Reads bodies; lists what they have that is none of these."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering

    def said(self, item: dict[str, Any], where: str) -> Said:
        """A body's purpose decides what it is; without one, the annotation's motivation."""
        kinds: list[str] = []
        tags: list[str] = []
        notes: list[str] = []
        fields: dict[str, tuple[FieldType, bool, list[str]]] = {}
        motivation = text_of((one_or_many(item.get("motivation")) or [""])[0])
        for body in self._textual(item, where):
            purpose = text_of(body.get("purpose")) or motivation
            value = text_of(body.get("value"))
            if terms.FIELD in body:
                label = text_of(body[terms.FIELD])
                type = type_named(body.get(terms.TYPE))
                several = body.get(terms.SEVERAL) is True
                fields.setdefault(label, (type, several, []))[2].append(value)
                if type == "actor" and value.strip():
                    self._gathering.actor(value, actor_type_named(body.get(terms.ACTOR_TYPE)))
            elif purpose == "classifying":
                kinds.append(value)
            elif purpose in ("tagging", "identifying"):
                tags.append(value)
            else:
                notes.append(value)
        if not kinds and tags:
            kinds, tags = tags[:1], tags[1:]
        told: list[Told] = [(label, *rest) for label, rest in fields.items()]
        if kinds[1:] + tags:
            told.append(("tag", "choice", True, kinds[1:] + tags))
        kind = (kinds or [motivation])[0].strip() or "annotation"
        return Said(kind, told, "\n".join(notes))

    def _textual(self, item: dict[str, Any], where: str) -> list[dict[str, Any]]:
        found = (
            [{"value": item["bodyValue"], "purpose": "commenting"}] if "bodyValue" in item else []
        )
        for body in one_or_many(item.get("body")):
            if isinstance(body, dict) and isinstance(body.get("value"), str):
                found.append(body)
            elif "linking" not in one_or_many(item.get("motivation")):
                self._gathering.losses.add("a body that is no text is left out", where)
        return found


def one_or_many(found: Any) -> list[Any]:
    """JSON-LD writes one thing of a list as the thing itself."""
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def text_of(found: Any) -> str:
    return found if isinstance(found, str) else ""
