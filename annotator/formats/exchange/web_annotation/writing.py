"""A project as one collection of Web Annotations, an annotation a line."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import SEVERAL as SEVERAL_TYPES
from annotator.core.model import Fragment, Id, Mark, Statement
from annotator.formats.annotator_values import time_text
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.format import Asked, Losses, Outgoing
from annotator.formats.exchange.web_annotation import terms
from annotator.formats.exchange.words import Words, in_order

Object = dict[str, Any]

_IN_MEMORY = 16_000_000
_CARRIED = ("title", "outlet", "author", "published", "url", "note", "flag", "times")


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    """One AnnotationCollection with all articles, of which one is in memory."""
    losses = Losses()
    left_behind.of_project(outgoing.project, losses)
    words = Words(outgoing.project)
    people = {analyst.id: analyst.name for analyst in outgoing.project.analysts}
    types: dict[str, str] = {actor.name: actor.type for actor in outgoing.project.actors}
    total = 0
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as items:
        for part in outgoing.articles:
            left_behind.of_article(part, losses, _CARRIED)
            for item in _Article(part, words, people, types).items():
                items.write((b",\n" if total else b"\n") + msgspec.json.encode(item))
                total += 1
        items.seek(0)
        with to.open("wb") as file:
            _wrap(file, items, total, outgoing.project.project, outgoing.project.codebook.name)
    return losses


def _wrap(to: IO[bytes], items: Any, total: int, project: str, label: str) -> None:
    collection = f"{terms.URN}project:{project}"
    head = {
        "@context": terms.CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": label,
        "total": total,
        "first": {"id": f"{collection}:page", "type": "AnnotationPage", "startIndex": 0},
    }
    to.write(msgspec.json.encode(head).removesuffix(b"}}") + b',"items":[')
    while piece := items.read(1 << 20):
        to.write(piece)
    to.write(b"\n]}}\n")


class _Article:
    """The annotations of one article: its text, its marks, its statements."""

    def __init__(
        self, part: ArticleBundle, words: Words, people: dict[Id, str], types: dict[str, str]
    ) -> None:
        self._part = part
        self._words = words
        self._people = people
        self._types = types
        self._source = terms.article_iri(part.article.sha256)

    def items(self) -> Iterator[Object]:
        yield self._text()
        for mark in in_order(self._part.marks):
            yield self._mark(mark)
        for statement in sorted(self._part.statements, key=lambda s: s.id):
            yield self._statement(statement)

    def _text(self) -> Object:
        article = self._part.article
        told = {name: getattr(article, name) for name in (*terms.KNOWN, "file")}
        return {
            "id": f"{self._source}:text",
            "type": "Annotation",
            "motivation": "describing",
            "body": {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "value": self._part.text,
            },
            terms.ABOUT: {name: value for name, value in told.items() if value},
            "target": self._source,
        }

    def _mark(self, mark: Mark) -> Object:
        kind = {"type": "TextualBody", "purpose": "classifying", "value": mark.kind}
        return {
            "id": terms.mark_iri(mark.id),
            "type": "Annotation",
            "motivation": "classifying",
            **self._made(mark, mark.layer),
            "body": [kind, *self._said(mark)],
            "target": self._target(mark) if mark.fragments else self._source,
        }

    def _statement(self, statement: Statement) -> Object:
        members = [
            {
                "type": "SpecificResource",
                "purpose": "linking",
                "source": terms.mark_iri(member.mark),
                terms.ROLE: member.role,
            }
            for member in statement.members
        ]
        return {
            "id": f"{terms.STATEMENT}{statement.id}",
            "type": "Annotation",
            "motivation": "linking",
            **self._made(statement, statement.layer),
            "body": [*members, *self._said(statement)],
            "target": self._source,
        }

    def _made(self, said: Mark | Statement, layer: Id) -> Object:
        """Who made it and when, as far as it is known."""
        made: Object = {}
        author = said.made_by or layer
        if author in self._people:
            made["creator"] = {
                "id": f"{terms.ANALYST}{author}",
                "type": "Person",
                "name": self._words.layer(author),
            }
        if said.made_at:
            made["created"] = time_text(said.made_at)
        if said.changed_at:
            made["modified"] = time_text(said.changed_at)
        if said.changed_by not in (0, author):
            made[terms.CHANGED_BY] = self._words.layer(said.changed_by)
        if said.flagged:
            made[terms.FLAGGED] = True
        return {**made, terms.LAYER: self._words.layer(layer)}

    def _said(self, said: Mark | Statement) -> Iterator[Object]:
        """Field values and the note as bodies."""
        for key, texts in self._words.fields(said).items():
            field = self._words.book.fields[key]
            for text in texts:
                body: Object = {
                    "type": "TextualBody",
                    "purpose": "identifying" if field.type == "actor" else "tagging",
                    "value": text,
                    terms.FIELD: key,
                    terms.TYPE: field.type,
                }
                if field.many and field.type in SEVERAL_TYPES:
                    body[terms.SEVERAL] = True
                if field.type == "actor" and text in self._types:
                    body[terms.ACTOR_TYPE] = self._types[text]
                yield body
        if said.note:
            yield {"type": "TextualBody", "purpose": "commenting", "value": said.note}

    def _target(self, mark: Mark) -> Object:
        first, last = mark.fragments[0], mark.fragments[-1]
        target: Object = {
            "source": self._source,
            "selector": self._selectors(first.start, last.end),
            "state": {
                "type": "TimeState",
                "cached": f"urn:sha256:{self._part.article.sha256}",
            },
        }
        if len(mark.fragments) > 1:
            target[terms.FRAGMENTS] = [self._fragment(one) for one in mark.fragments]
        return target

    def _selectors(self, start: int, end: int) -> list[Object]:
        return [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", **self._quote(start, end)},
        ]

    def _fragment(self, fragment: Fragment) -> Object:
        return {
            "start": fragment.start,
            "end": fragment.end,
            **self._quote(fragment.start, fragment.end),
        }

    def _quote(self, start: int, end: int) -> Object:
        text = self._part.text
        around = {
            "prefix": text[max(0, start - terms.AROUND) : start],
            "suffix": text[end : end + terms.AROUND],
        }
        return {"exact": text[start:end], **{k: v for k, v in around.items() if v}}
