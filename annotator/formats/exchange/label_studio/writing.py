"""Writing Label Studio tasks and the labelling configuration for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import STATEMENT, Codebook, Field
from annotator.core.model import GOLD, Id
from annotator.formats.exchange import json_lines, left_behind
from annotator.formats.exchange.carried import key_of
from annotator.formats.exchange.format import Asked, Losses, Outgoing
from annotator.formats.exchange.json_lines import Object
from annotator.formats.exchange.relations import CONTINUES
from annotator.formats.exchange.spans import Layer, Piece, layer_of
from annotator.formats.exchange.words import Words, by_layer

LABELS, TEXT = "label", "text"
META = ("title", "outlet", "author", "published", "url", "file")
_CONTROLS = {
    "choice": "choices",
    "stance": "choices",
    "flag": "choices",
    "number": "number",
    "date": "datetime",
}
"""By type of field; any other is a text."""


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    losses, words = Losses(), Words(outgoing.project)
    left_behind.of_project(outgoing.project, losses)
    number = 0
    with to.open("wb") as file:
        for number, part in enumerate(outgoing.articles, 1):
            left_behind.of_article(part, losses, (*META, "note"))
            task = _task(part, number, words, losses)
            file.write((b"[\n" if number == 1 else b",\n") + json_lines.line(task)[:-1])
        file.write(b"\n]\n" if number else b"[]\n")
    tree = ET.ElementTree(_config(words.book))
    ET.indent(tree)
    tree.write(to.with_name(f"{to.stem}-config.xml"), encoding="utf-8")
    return losses


def _task(part: ArticleBundle, number: int, words: Words, losses: Losses) -> Object:
    meta = {name: getattr(part.article, name) for name in META}
    return {
        "id": number,
        "data": {TEXT: part.text, **{name: value for name, value in meta.items() if value}},
        "annotations": [
            _annotation(part, layer, number * 1000 + place, words, losses)
            for place, layer in enumerate(by_layer(part.said), 1)
        ],
        "predictions": [],
    }


def _annotation(
    part: ArticleBundle, layer: Id, number: int, words: Words, losses: Losses
) -> Object:
    found = layer_of(part, layer, losses, has_fields=True)
    name = words.layer(layer)
    return {
        "id": number,
        "completed_by": {"id": number % 1000, "email": name, "first_name": name, "last_name": ""},
        "was_cancelled": False,
        "ground_truth": layer == GOLD,
        "result": [*_regions(part, found, words, losses), *_relations(found)],
    }


def _regions(part: ArticleBundle, layer: Layer, words: Words, losses: Losses) -> Iterator[Object]:
    names = _names(layer)
    for piece in layer.pieces:
        place: Object = {
            "start": piece.start,
            "end": piece.end,
            "text": part.text[piece.start : piece.end],
        }
        region: Object = {"id": names[piece.number], "to_name": TEXT, "origin": "manual"}
        note = piece.mark.note if piece.is_first else ""
        yield {
            **region,
            "from_name": LABELS,
            "type": "labels",
            "value": {**place, "labels": [piece.mark.kind]},
            **({"meta": {"text": [note]}} if note else {}),
        }
        if piece.is_first:
            where = left_behind.name_of(part.article)
            yield from _controls(piece, region, place, words, losses, where)


def _controls(
    piece: Piece, region: Object, place: Object, words: Words, losses: Losses, where: str
) -> Iterator[Object]:
    for key, values in words.fields(piece.mark).items():
        if not values:
            losses.add("an empty list is as no value", where)
            continue
        control = _CONTROLS.get(words.book.fields[key].type, "textarea")
        said: object = values
        if control == "number":
            said = piece.mark.fields[key]
        elif control == "datetime":
            said = values[0]
        slot = "text" if control == "textarea" else control
        value = {**place, slot: said}
        yield {**region, "from_name": control_name(key), "type": control, "value": value}


def control_name(key: str) -> str:
    """What the control of a field is called; two names are taken."""
    return f"{key} field" if key in (LABELS, TEXT) else key


def _names(layer: Layer) -> dict[int, str]:
    """What regions are called, by the numbers of pieces; the first of a mark has the mark's id."""
    return {
        piece.number: key_of(piece.mark.id) if piece.is_first else f"m{piece.number}"
        for piece in layer.pieces
    }


def _relations(layer: Layer) -> Iterator[Object]:
    names = _names(layer)
    for head, label, child in layer.relations:
        yield {
            "type": "relation",
            "from_id": names[head],
            "to_id": names[child],
            "direction": "right",
            "labels": [label],
        }


def _config(book: Codebook) -> ET.Element:
    """The configuration of a Label Studio project for these tasks."""
    view = ET.Element("View")
    labels = ET.SubElement(view, "Labels", name=LABELS, toName=TEXT)
    for key, kind in book.kinds.items():
        ET.SubElement(labels, "Label", value=key, hotkey=kind.key.lower(), title=kind.name)
    for key, field in book.fields.items():
        kinds = [thing for thing in field.on if thing != STATEMENT]
        if kinds:
            view.append(_control(key, field, kinds, book))
    named = ET.SubElement(view, "Relations")
    for role in (*book.roles, CONTINUES):
        ET.SubElement(named, "Relation", value=role)
    ET.SubElement(view, "Text", name=TEXT, value=f"${TEXT}")
    return view


def _control(key: str, field: Field, kinds: list[str], book: Codebook) -> ET.Element:
    control = _CONTROLS.get(field.type, "textarea")
    tag = {"choices": "Choices", "number": "Number", "datetime": "DateTime"}.get(
        control, "TextArea"
    )
    made = ET.Element(
        tag,
        name=control_name(key),
        toName=TEXT,
        perRegion="true",
        whenTagName=LABELS,
        whenLabelValue=",".join(kinds),
    )
    if control == "choices":
        made.set("choice", "multiple" if field.many else "single")
        values = {
            "choice": {value: choice.name for value, choice in field.choices.items()},
            "stance": {value: stance.name for value, stance in book.stances.items()},
            "flag": {"true": "yes", "false": "no"},
        }[field.type]
        for value, name in values.items():
            ET.SubElement(made, "Choice", value=value, hint=name)
    return made
