"""spaCy's training data as pairs of a text and what is in it, made the tasks of Prodigy.

It is what the documentation of spaCy 2 shows, and what pages for labelling in a browser write. The
offsets are Python's or JavaScript's, which nothing in such a file tells apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.formats.exchange import json_lines
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.json_lines import Object, as_list, as_object, as_text

BEGINNINGS = (b"[", b'{"classes"', b'{"id"', b"{\n", b"{\r", b"{ ")
"""How such a file begins, so that others need not be looked into."""
_LIST = re.compile(rb'\s*\[\s*\[\s*"')
_CLASSES = re.compile(rb'\s*\{\s*"classes"\s*:\s*\[[^\[\]{}]*\]\s*,\s*"annotations"\s*:\s*\[')
_LINE = re.compile(rb'\s*\[\s*"')
_VERSION_2 = re.compile(rb'\s*\[?\s*\{[^\[]{0,200}"paragraphs"\s*:\s*\[\s*\{')
_LOOKED_AT = 1_000_000
"""Bytes in which the entities of a first article are."""


def recognised(path: Path) -> bool:
    """Whether a file is one, or is spaCy's own JSON of before."""
    try:
        head = json_lines.beginning(path, _LOOKED_AT)
    except BadInput:
        return False  # reading it says what is wrong
    if _VERSION_2.match(head):
        return b'"orth"' in head
    shapes = (_LIST, _CLASSES, _LINE)
    return b'"entities"' in head and any(shape.match(head) for shape in shapes)


def tasks_in(path: Path, unit: str, losses: Losses) -> Iterator[tuple[str, Object]]:
    """Each text with its spans as Prodigy has them, and its place in the file."""
    head = json_lines.beginning(path, _LOOKED_AT)
    if _VERSION_2.match(head):
        raise BadInput(
            f"{path.name} is training data of spaCy version 2 with tokens; make it a .spacy file"
            " with “spacy convert”, or export it with offsets."
        )
    for where, found in _pairs(path, head):
        if found is None:
            losses.add("an entry without a text is left out", where)
        else:
            yield where, _task(found, where, unit, losses)


def _pairs(path: Path, head: bytes) -> Iterator[tuple[str, Any]]:
    if _LINE.match(head):
        for where, line in json_lines.lines(path):
            yield where, json_lines.decoded(line, where)
        return
    told = json_lines.read_json(path)
    found = told.get("annotations") if isinstance(told, dict) else told
    for number, one in enumerate(as_list(found, path.name), 1):
        yield f"{path.name}, item {number},", one


def _task(found: Any, where: str, unit: str, losses: Losses) -> Object:
    pair = as_list(found, where)
    if len(pair) != 2:
        raise BadInput(f"{where} is not a text and what is in it.")
    text, said = as_text(pair[0], f"{where} the text"), as_object(pair[1], where)
    spans = [_span(one, where) for one in as_list(said.get("entities"), f"{where} “entities”")]
    if spans and not unit and max(text, default="") > "\uffff":
        raise BadInput(
            f"{where} has characters such as {max(text)!r}, which some programs count as two and"
            " others as one, and nothing in the file tells which; give the option unit=utf-16 or"
            " unit=code points."
        )
    for name in said:
        if name != "entities" and said[name]:
            losses.add(f"what “{name}” says is left out", where.rstrip(","))
    return {"text": text, "spans": spans}


def _span(found: Any, where: str) -> Object:
    if not isinstance(found, list) or len(found) < 3:
        raise BadInput(f"{where} “entities” has what is not start, end and label.")
    return dict(zip(("start", "end", "label"), found, strict=False))
