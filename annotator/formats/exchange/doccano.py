"""doccano JSON Lines, in the field layouts of all its versions.

doccano counts what JavaScript does, which is UTF-16, and with grapheme mode what a reader sees;
its files do not say which and quote nothing. So for a text with characters beyond the first
65,536, such as emoji, the unit has to be told. What we write is for doccano.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.core.bundle import ArticleBundle
from annotator.core.errors import BadInput
from annotator.core.model import Id
from annotator.formats.exchange import json_lines, left_behind
from annotator.formats.exchange.format import Asked, Format, Incoming, Losses, Option, Outgoing
from annotator.formats.exchange.gathering import Gathering
from annotator.formats.exchange.json_lines import Object, as_list, as_object, as_offset, as_text
from annotator.formats.exchange.places import UNITS, Places, Unit
from annotator.formats.exchange.spans import Layer, SpanIn, gather_spans, layer_of
from annotator.formats.exchange.words import Words, by_layer

_TEXT = ("text", "data")
_SPANS = ("label", "labels", "entities", "annotations")
_USER = re.compile(rb'"user"\s*:\s*([0-9]+)')
_ANALYST = "annotator"
_OURS = ("title", "outlet", "author", "published", "url")
_CARRIED = (*_OURS, "file")


# In


def read(path: Path, asked: Asked) -> Incoming:
    json_lines.check_marks_in(path, _SPANS)
    gathering = Gathering("doccano", path.name)
    several = len(_users(path)) > 1
    for number, (where, found) in enumerate(json_lines.read_lines(path), 1):
        _Line(found, where, number, gathering, asked.value("unit"), several).gather()
    return Incoming(gathering.bundle(), gathering.losses)


def _users(path: Path) -> set[bytes]:
    """The numbers of those who labelled, where a file has no names; one alone tells nobody apart."""
    return {number for _, line in json_lines.lines(path) for number in _USER.findall(line)}


class _Line:
    """One document with the labels of one analyst."""

    def __init__(
        self,
        found: Object,
        where: str,
        number: int,
        gathering: Gathering,
        unit: str,
        several_users: bool,
    ) -> None:
        self._found = found
        self._several_users = several_users
        self._where = where
        self._gathering = gathering
        text = next((found[name] for name in _TEXT if isinstance(found.get(name), str)), None)
        if text is None:
            raise BadInput(
                f"{where} has no text, neither in “text” nor in “data”; take the line out, or export"
                " it again with its text."
            )
        self._places = Places(text)
        known = {name: found[name] for name in _OURS if isinstance(found.get(name), str)}
        self._name = str(found.get("file") or f"{gathering.source} {number}")
        self._article = gathering.article(self._places.text, self._name, **known)
        self._unit: Unit = self._told(text, unit)

    def _told(self, text: str, asked: str) -> Unit:
        known = next((unit for unit in UNITS if unit == asked), None)
        if known is not None or text <= "" or max(text) <= "\uffff":
            return known or "code points"
        if not any(self._found.get(name) for name in _SPANS):
            return "code points"
        raise BadInput(
            f"{self._where} has characters such as {max(text)!r}, which doccano counts as two and"
            " other programs as one, and nothing in the file tells which; give the option"
            " unit=utf-16 for a file from doccano itself, or unit=code points."
        )

    def gather(self) -> None:
        by_user: dict[str, dict[str, SpanIn]] = {}
        for id, start, end, label, user in self._spans():
            place = self._places.span(start, end, self._unit)
            if place is None or place[0] == place[1]:
                self._lose("a label that is not within the text is left out", f"{start} to {end}")
                continue
            spans = by_user.setdefault(user, {})
            spans[id if id not in spans else f"{id} {len(spans)}"] = SpanIn(label, place)
        name = self._found.get(_ANALYST)
        related = list(self._relations())
        if related and not by_user:
            self._lose("a relation of no mark is left out", "")
        for user, spans in by_user.items():
            layer = self._gathering.layer(name if isinstance(name, str) else user)
            gather_spans(spans, related, self._gathering, self._article, layer)
        for other in ("cats", "Comments", "comments"):
            if self._found.get(other):
                self._lose(f"what “{other}” says is left out", "")
        if isinstance(self._found.get("label"), str):
            self._lose("a category of a whole text is left out", "")

    def _spans(self) -> Iterator[tuple[str, int, int, str, str]]:
        """Id, start, end, label and whose it is of each, whichever way they are written."""
        for name in _SPANS:
            found = self._found.get(name)
            where = f"{self._where} “{name}”"
            for place, one in enumerate(
                as_list(found, where) if not isinstance(found, str) else ()
            ):
                if isinstance(one, str):
                    self._lose("a category of a whole text is left out", one)
                    continue
                yield self._span(one, f"{name} {place + 1}", f"{where} {place + 1}")

    def _span(self, one: Any, id: str, where: str) -> tuple[str, int, int, str, str]:
        user = ""
        if isinstance(one, list):
            if len(one) != 3:
                raise BadInput(f"{where} is not start, end and label.")
            start, end, label = one
        else:
            found = as_object(one, where)
            start, end, label = (found.get(k) for k in ("start_offset", "end_offset", "label"))
            if "id" in found:
                id = str(found["id"])
            if isinstance(label, int) and not isinstance(label, bool):
                label = found.get("label_name") or f"label {label}"
            user = str(found.get("user_name") or "")
            if not user and self._several_users and "user" in found:
                user = f"user {found['user']}"
            if end is None:
                raise BadInput(f"{where} has no end_offset; export it as labels on the text.")
        return id, as_offset(start, where), as_offset(end, where), as_text(label, where), user

    def _relations(self) -> Iterator[tuple[str, str, str]]:
        where = f"{self._where} “relations”"
        for one in as_list(self._found.get("relations"), where):
            found = as_object(one, where)
            label = as_text(found.get("type"), where)
            yield str(found.get("from_id")), label, str(found.get("to_id"))

    def _lose(self, what: str, at: str) -> None:
        self._gathering.losses.add(what, f"{self._name} {at}".strip())


# Out


def write(outgoing: Outgoing, to: Path, asked: Asked) -> Losses:
    losses, words = Losses(), Words(outgoing.project)
    left_behind.of_project(outgoing.project, losses)
    told: Unit | None = next((unit for unit in UNITS if unit == asked.value("unit")), None)
    with to.open("wb") as file:
        for number, part in enumerate(outgoing.articles, 1):
            left_behind.of_article(part, losses, _CARRIED)
            places = Places(part.text)
            if told is None and part.marks and max(part.text) > "\uffff":
                what = "offsets after emoji count UTF-16, as doccano does, and no reader can tell"
                losses.add(f"{what} (say unit=…)", left_behind.name_of(part.article))
            layers: list[Id | None] = [*by_layer(part.said)]
            for layer in layers or [None]:
                found = _object(part, layer_of(part, layer, losses), places, told or "utf-16")
                owner = {} if layer is None else {_ANALYST: words.layer(layer)}
                file.write(json_lines.line({"id": number, **found, **owner}))
    return losses


def _object(part: ArticleBundle, layer: Layer, places: Places, unit: Unit) -> Object:
    known = {name: getattr(part.article, name) for name in (*_OURS, "file")}
    return {
        "text": part.text,
        "entities": [
            {
                "id": piece.number,
                "label": piece.mark.kind,
                "start_offset": places.to_unit(piece.start, unit),
                "end_offset": places.to_unit(piece.end, unit),
            }
            for piece in layer.pieces
        ],
        "relations": [
            {"id": place, "from_id": head, "to_id": child, "type": label}
            for place, (head, label, child) in enumerate(layer.relations, 1)
        ],
        "Comments": [],
        **{name: value for name, value in known.items() if value},
    }


def _recognises(path: Path, head: bytes) -> bool:
    found = json_lines.first_object(path, head)
    if not any(isinstance(found.get(name), str) for name in _TEXT) or "_input_hash" in found:
        return False
    return any(_is_spans(found.get(name)) for name in _SPANS)


def _is_spans(found: Any) -> bool:
    if not isinstance(found, list):
        return False
    return all(
        (isinstance(one, dict) and "start_offset" in one)
        or (isinstance(one, list) and [type(part) for part in one] == [int, int, str])
        for one in found
    )


FORMAT = Format(
    name="doccano",
    title="doccano JSONL",
    suffixes=(".jsonl",),
    read=read,
    write=write,
    recognises=_recognises,
    options={"unit": Option("what offsets count", ("unsaid", *UNITS))},
)
