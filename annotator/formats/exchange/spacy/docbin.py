"""spaCy's DocBin (``.spacy``): documents with groups of spans; needs ``annotator[spacy]``.

Spans stand on tokens, so a mark that begins or ends within one grows to its edges, and is listed.
The first piece of a mark has the mark's id as its ``span_id``. What has no place in spaCy,
statements and whose work it is, is in ``Doc.user_data["annotator"]``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotator.core.bundle import ArticleBundle
from annotator.core.errors import BadInput
from annotator.core.model import Id
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.carried import key_of
from annotator.formats.exchange.format import Asked, Format, Incoming, Losses, Option, Outgoing
from annotator.formats.exchange.gathering import Gathering
from annotator.formats.exchange.places import Places
from annotator.formats.exchange.relations import Said
from annotator.formats.exchange.spans import Layer, Piece, SpanIn, gather_spans, layer_of
from annotator.formats.exchange.words import Words, by_layer

_OURS = "annotator"
_GROUP = "sc"
"""The group that spaCy's own components use."""
_META = ("title", "outlet", "author", "published", "url", "file")
_START = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
"""How what zlib packs begins."""


def _spacy() -> Any:
    try:
        import spacy
        import spacy.tokens
    except ImportError as error:
        raise BadInput("DocBin needs spaCy: pip install 'annotator[spacy]'.") from error
    return spacy


# Out


def write(outgoing: Outgoing, to: Path, asked: Asked) -> Losses:
    spacy = _spacy()
    losses, words = Losses(), Words(outgoing.project)
    left_behind.of_project(outgoing.project, losses)
    blank = spacy.blank(asked.value("language") or "xx")
    blank.max_length = 100_000_000
    found = spacy.tokens.DocBin(store_user_data=True)
    for part in outgoing.articles:
        left_behind.of_article(part, losses, _META)
        layers: list[Id | None] = [*by_layer(part.said)]
        for layer in layers or [None]:
            owner = None if layer is None else words.layer(layer)
            doc = blank.make_doc(part.text)
            _put(
                doc,
                part,
                layer_of(part, layer, losses),
                owner,
                asked.value("group") or _GROUP,
                losses,
            )
            found.add(doc)
    to.write_bytes(found.to_bytes())
    return losses


def _put(
    doc: Any, part: ArticleBundle, layer: Layer, owner: str | None, group: str, losses: Losses
) -> None:
    where = left_behind.name_of(part.article)
    spans = []
    for piece in layer.pieces:
        span = doc.char_span(
            piece.start,
            piece.end,
            label=piece.mark.kind,
            span_id=_name(piece),
            alignment_mode="expand",
        )
        if (span.start_char, span.end_char) != (piece.start, piece.end):
            losses.add("a mark grows to the tokens it begins and ends in", where)
        spans.append(span)
    doc.spans[group] = spans
    meta = {name: getattr(part.article, name) for name in _META}
    names = {piece.number: _name(piece) for piece in layer.pieces}
    related = [(names[head], label, names[child]) for head, label, child in layer.relations]
    told = {"owner": owner, "relations": related, **meta}
    doc.user_data[_OURS] = json.dumps(told, ensure_ascii=False)


def _name(piece: Piece) -> str:
    """The first piece has the mark's id."""
    return key_of(piece.mark.id) if piece.is_first else str(piece.number)


# In


def read(path: Path, asked: Asked) -> Incoming:
    spacy = _spacy()
    gathering = Gathering("docbin", path.name)
    blank = spacy.blank("xx")
    try:
        docs = list(spacy.tokens.DocBin().from_disk(path).get_docs(blank.vocab))
    except Exception as error:
        raise BadInput(f"{path.name} is no DocBin that spaCy can read: {error!r:.200}.") from error
    for number, doc in enumerate(docs, 1):
        _gather(doc, f"{path.name} {number}", gathering, asked.value("group") or _GROUP)
    return Incoming(gathering.bundle(), gathering.losses)


def _gather(doc: Any, where: str, gathering: Gathering, group: str) -> None:
    told = _told(doc)
    places = Places(doc.text)
    known = {k: v for k, v in told.items() if k in _META and isinstance(v, str)}
    article = gathering.article(places.text, known.pop("file", "") or where, **known)
    found = list(doc.spans[group]) if group in doc.spans else []
    others = [name for name in doc.spans if name != group]
    if others:
        gathering.losses.add(
            f"other groups than {group} are left out (group=…)", where, len(others)
        )
    if doc.ents and not found:
        found = list(doc.ents)
    elif doc.ents:
        gathering.losses.add("entities beside the group are left out", where, len(doc.ents))
    spans: dict[str, SpanIn] = {}
    for number, span in enumerate(found, 1):
        place = places.span(span.start_char, span.end_char, "code points")
        if place is None or place[0] == place[1]:
            gathering.losses.add("a span of no characters is left out", where)
            continue
        spans[span.id_ or f"{number}"] = SpanIn(span.label_ or "span", place)
    owner = told.get("owner")
    layer = gathering.layer(owner if isinstance(owner, str) else "") if spans else 0
    gather_spans(spans, _relations(told), gathering, article, layer)


def _told(doc: Any) -> dict[str, Any]:
    try:
        found = json.loads(doc.user_data.get(_OURS, "{}"))
    except (ValueError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _relations(told: dict[str, Any]) -> list[Said]:
    found = told.get("relations")
    lists = [one for one in found if isinstance(one, list)] if isinstance(found, list) else []
    return [(str(one[0]), str(one[1]), str(one[2])) for one in lists if len(one) == 3]


def _recognises(path: Path, head: bytes) -> bool:
    return head.startswith(_START) and path.suffix.lower() == ".spacy"


FORMAT = Format(
    name="docbin",
    title="spaCy DocBin",
    suffixes=(".spacy",),
    read=read,
    write=write,
    recognises=_recognises,
    options={
        "group": Option("the group of spans"),
        "language": Option("whose rules make the tokens, such as en; usually those of none"),
    },
)
