"""Labelled spans with relations between them, as several formats have them, out and in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.core.bundle import ArticleBundle
from annotator.core.model import FieldValue, Id, Mark
from annotator.core.text.offsets import Offsets
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.gathering import ArticleGathering, Gathering
from annotator.formats.exchange.relations import CONTINUES, Said, gather, relations, wholes
from annotator.formats.exchange.words import in_order


@dataclass(frozen=True, slots=True)
class Piece:
    """A fragment of a mark, as a span of its own; the first piece speaks for the mark."""

    number: int
    start: int
    end: int
    mark: Mark
    is_first: bool


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer says of an article: spans, and relations between them by number."""

    pieces: list[Piece]
    relations: list[tuple[int, str, int]]


def layer_of(
    part: ArticleBundle, layer: Id | None, losses: Losses, *, has_fields: bool = False
) -> Layer:
    """One layer as contiguous spans, numbered from 1, and relations; the rest is listed."""
    where = left_behind.name_of(part.article)
    marks = {m.id: m for m in in_order(part.marks) if m.layer == layer}
    pieces: list[Piece] = []
    firsts: dict[Id, int] = {}
    found: list[tuple[int, str, int]] = []
    for mark in marks.values():
        if not mark.fragments:
            losses.add("a mark that the article only implies is left out", where)
            continue
        if mark.fields and not has_fields:
            losses.add("field values are left out", where, len(mark.fields))
        firsts[mark.id] = len(pieces) + 1
        for place, one in enumerate(mark.fragments):
            number = len(pieces) + 1
            pieces.append(Piece(number, one.start, one.end, mark, not place))
            if place:
                found.append((number - 1, CONTINUES, number))
    written = {id: mark for id, mark in marks.items() if id in firsts}
    statements = [s for s in part.statements if s.layer == layer]
    stars = relations(statements, written, losses, where)
    found += ((firsts[r.head], r.role, firsts[r.child]) for r in stars)
    return Layer(pieces, found)


@dataclass(frozen=True, slots=True)
class SpanIn:
    """A span of a file, in code points of the cleaned text, and what is said of it."""

    label: str
    place: Offsets
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    note: str = ""


def gather_spans(
    spans: Mapping[str, SpanIn],
    given: Iterable[Said],
    gathering: Gathering,
    article: ArticleGathering,
    layer: Id,
) -> None:
    """Marks and statements of one layer from spans by what the file calls them."""
    labels = {id: span.label for id, span in spans.items()}
    firsts, rest = wholes(given, labels)
    places: dict[str, list[Offsets]] = defaultdict(list)
    for id, span in spans.items():
        places[firsts[id]].append(span.place)
    marks: dict[str, Mark] = {}
    for id, span in spans.items():
        if firsts[id] != id:
            _lose_of_piece(span, gathering, id)
            continue
        made = _mark(id, span, places[id], gathering, article, layer)
        if made is not None:
            marks[id] = made
    kinds = {gathering.kind(label): label for label in dict.fromkeys(labels.values())}
    gather(rest, marks, gathering, article, layer, kinds)


def _lose_of_piece(span: SpanIn, gathering: Gathering, id: str) -> None:
    if span.fields or span.note:
        gathering.losses.add("what is said of a piece of a mark is left out", id)


def _mark(
    id: str,
    span: SpanIn,
    places: Sequence[Offsets],
    gathering: Gathering,
    article: ArticleGathering,
    layer: Id,
) -> Mark | None:
    kind = gathering.kind(span.label)
    return article.mark(id, layer, kind, places, span.fields, span.note)
