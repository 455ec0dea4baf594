"""JSON Lines as Prodigy and spaCy's tools write them: a text with spans and relations a line.

Offsets are code points. Relations go from token to token; what they mean is the spans that end
with these tokens, and where a relation repeats its spans, as Prodigy does, these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.core.bundle import ArticleBundle
from annotator.core.model import Id
from annotator.formats.exchange import json_lines, left_behind
from annotator.formats.exchange.format import Asked, Format, Incoming, Losses, Option, Outgoing
from annotator.formats.exchange.gathering import Gathering
from annotator.formats.exchange.json_lines import Object, as_list, as_object, as_offset, as_text
from annotator.formats.exchange.places import UNITS, Places, Quoted, agreed_unit
from annotator.formats.exchange.relations import Said
from annotator.formats.exchange.spacy import pairs as spacy_pairs
from annotator.formats.exchange.spans import Layer, SpanIn, gather_spans, layer_of
from annotator.formats.exchange.words import Words, by_layer

_TOKEN = re.compile(r"\w+|[^\w\s]")
_META = ("title", "outlet", "author", "published", "url", "file")


# In


def read(path: Path, asked: Asked) -> Incoming:
    gathering = Gathering("spacy", path.name)
    for number, (where, found) in enumerate(_tasks(path, asked, gathering.losses), 1):
        answer = found.get("answer", "accept")
        if answer != "accept":
            gathering.losses.add(f"a text that was answered “{answer}” is left out", where)
            continue
        if "versions" in found:
            gathering.losses.add("the versions that a review compared are left out", where)
        _Task(found, where, number, gathering).gather(asked.value("unit"))
    return Incoming(gathering.bundle(), gathering.losses)


def _tasks(path: Path, asked: Asked, losses: Losses) -> Iterator[tuple[str, Object]]:
    if not spacy_pairs.recognised(path):
        return json_lines.read_lines(path)
    unit = asked.value("unit")
    return spacy_pairs.tasks_in(path, "" if unit == "detect" else unit, losses)


class _Task:
    """One text with its spans."""

    def __init__(self, found: Object, where: str, number: int, gathering: Gathering) -> None:
        self._found = found
        self._where = where
        self._name = f"{gathering.source} {number}"
        self._gathering = gathering
        self._places = Places(as_text(found.get("text"), f"{where} “text”"))
        self._tokens: dict[int, Quoted] = {}
        for place, one in enumerate(as_list(found.get("tokens"), f"{where} “tokens”")):
            at = f"{where} token {place}"
            token = as_object(one, at)
            start, end = (as_offset(token.get(name), at) for name in ("start", "end"))
            id = as_offset(token.get("id", place), at)
            self._tokens[id] = start, end, as_text(token.get("text"), at)

    def gather(self, asked: str) -> None:
        places, gathering = self._places, self._gathering
        meta = self._found.get("meta")
        known = {k: v for k, v in (meta if isinstance(meta, dict) else {}).items() if k in _META}
        known = {name: value for name, value in known.items() if isinstance(value, str)}
        name = known.pop("file", "") or self._name
        article = gathering.article(places.text, name, **known)
        spans = list(self._spans())
        if isinstance(self._found.get("label"), str) or self._found.get("accept"):
            what = "a category of a whole text is left out"
            gathering.losses.add(what, self._where)
        quoted = [(self._where, places, list(self._tokens.values()))]
        unit = agreed_unit(quoted, asked, "code points")
        analyst = self._found.get("_session_id") or self._found.get("_annotator_id")
        layer = gathering.layer(analyst if isinstance(analyst, str) else "") if spans else 0
        found: dict[str, SpanIn] = {}
        for start, end, label in spans:
            place = places.span(start, end, unit)
            if place is None or place[0] == place[1]:
                gathering.losses.add("a span that is not within the text is left out", self._where)
            elif _id(start, end, label) in found:
                gathering.losses.add("a span that is there twice is left out", self._where)
            else:
                found[_id(start, end, label)] = SpanIn(label, place)
        gather_spans(found, self._relations(spans), gathering, article, layer)

    def _spans(self) -> Iterator[tuple[int, int, str]]:
        found = self._found.get("spans")
        groups = found.values() if isinstance(found, dict) else [found]
        for group in groups:
            for place, one in enumerate(as_list(group, f"{self._where} “spans”"), 1):
                yield _span(one, f"{self._where} span {place}")

    def _relations(self, spans: list[tuple[int, int, str]]) -> Iterator[Said]:
        where = f"{self._where} “relations”"
        for one in as_list(self._found.get("relations"), where):
            found = as_object(one, where)
            ends = [self._end(found, which, where, spans) for which in ("head", "child")]
            if ends[0] is None or ends[1] is None:
                self._gathering.losses.add("a relation between no spans is left out", self._where)
            else:
                yield ends[0], as_text(found.get("label"), where), ends[1]

    def _end(
        self, relation: Object, which: str, where: str, spans: list[tuple[int, int, str]]
    ) -> str | None:
        """The span that an end of a relation means."""
        named = relation.get(f"{which}_span")
        if isinstance(named, dict) and named.get("label") is not None:
            return _id(*_span(named, where))
        token = self._tokens.get(as_offset(relation.get(which), where))
        ends = [span for span in spans if token is not None and span[1] == token[1]]
        return _id(*ends[0]) if len(ends) == 1 else None


def _span(one: Any, where: str) -> tuple[int, int, str]:
    span = as_object(one, where)
    start, end = (as_offset(span.get(name), where) for name in ("start", "end"))
    return start, end, as_text(span.get("label"), where)


def _id(start: int, end: int, label: str) -> str:
    return f"{start} {end} {label}"


# Out


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    losses, words = Losses(), Words(outgoing.project)
    left_behind.of_project(outgoing.project, losses)
    with to.open("wb") as file:
        for part in outgoing.articles:
            left_behind.of_article(part, losses, _META)
            tokens = _tokens(part.text)
            layers: list[Id | None] = [*by_layer(part.said)]
            for layer in layers or [None]:
                found = _object(part, layer_of(part, layer, losses), tokens, losses)
                owner = {} if layer is None else {"_session_id": words.layer(layer)}
                file.write(json_lines.line(found | owner))
    return losses


def _tokens(text: str) -> list[Object]:
    """Words and single signs, as Prodigy wants them beside spans."""
    return [
        {
            "text": found.group(),
            "start": found.start(),
            "end": found.end(),
            "id": id,
            "ws": text[found.end() : found.end() + 1] == " ",
        }
        for id, found in enumerate(_TOKEN.finditer(text))
    ]


def _object(part: ArticleBundle, layer: Layer, tokens: list[Object], losses: Losses) -> Object:
    where = left_behind.name_of(part.article)
    starts = {token["start"]: token["id"] for token in tokens}
    ends = {token["end"]: token["id"] for token in tokens}
    spans: dict[int, Object] = {}
    taken: set[str] = set()
    for piece in layer.pieces:
        span: Object = {"start": piece.start, "end": piece.end, "label": piece.mark.kind}
        if piece.start in starts and piece.end in ends:
            span |= {"token_start": starts[piece.start], "token_end": ends[piece.end]}
        else:
            losses.add("a mark that begins or ends within a word has no tokens", where)
        if _id(piece.start, piece.end, piece.mark.kind) in taken:
            losses.add("of marks of the same words and kind all but one are left out", where)
            continue
        taken.add(_id(piece.start, piece.end, piece.mark.kind))
        spans[piece.number] = span
    related = [(h, label, c) for h, label, c in layer.relations if h in spans and c in spans]
    if len(related) < len(layer.relations):
        losses.add("relations of a mark that is left out are left out", where)
    meta = {name: getattr(part.article, name) for name in _META}
    return {
        "text": part.text,
        "meta": {name: value for name, value in meta.items() if value},
        "tokens": tokens,
        "spans": list(spans.values()),
        "relations": [
            {
                "head": _last_token(spans[head], tokens),
                "child": _last_token(spans[child], tokens),
                "label": label,
                "head_span": spans[head],
                "child_span": spans[child],
            }
            for head, label, child in related
        ],
        "answer": "accept",
    }


def _last_token(span: Object, tokens: list[Object]) -> int:
    """The token a relation holds on to; for a span within a word, that word."""
    return int(next((t["id"] for t in tokens if t["end"] >= span["end"]), max(0, len(tokens) - 1)))


def _recognises(path: Path, head: bytes) -> bool:
    if head.lstrip().startswith(spacy_pairs.BEGINNINGS) and spacy_pairs.recognised(path):
        return True
    found = json_lines.first_object(path, head)
    if not isinstance(found.get("text"), str) or "offset_unit" in found:
        return False  # with that key, a row of ours for Hugging Face
    if "_input_hash" in found or "_view_id" in found:
        return True
    spans = found.get("spans")
    return isinstance(spans, list) and all(
        isinstance(one, dict) and {"start", "end", "label"} <= one.keys() for one in spans
    )


FORMAT = Format(
    name="spacy-jsonl",
    title="spaCy and Prodigy JSONL",
    suffixes=(".jsonl",),
    read=read,
    write=write,
    recognises=_recognises,
    options={"unit": Option("what offsets count", ("detect", *UNITS))},
)
