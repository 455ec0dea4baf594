"""What lies before a reviewer: the layers of one article, gold, and the verdicts so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import msgspec

from annotator.core.codebook import Codebook
from annotator.core.errors import NotAllowed
from annotator.core.model import GOLD, Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.review.records import Source, Verdict

Said = Mark | Statement
Group = tuple[Id, ...]
"""Ids of statements, or of marks that are in none, that speak of the same thing."""


@dataclass(frozen=True, slots=True)
class Docket:
    """One article as verbs of reviewing look at it; ``pages`` has the analysts' layers by id."""

    pages: Mapping[Id, Page]
    gold: Page
    verdicts: tuple[Verdict, ...] = ()
    aside: frozenset[Id] = frozenset()
    """Layers that are not looked at now: of what they say nothing is known here."""
    book: Codebook | None = None
    """By which statements are united; without it each stays one of its own."""

    def find(self, id: Id) -> tuple[Page, Said]:
        """A mark or statement of an analyst, with the page that it is on."""
        for page in self.pages.values():
            said = page.statements.get(id) or page.marks.get(id)
            if said is not None:
                return page, said
        raise NotAllowed("What is to be judged is not there any more.")

    def whole(self) -> Page:
        """What all layers say, on one page."""
        pages = self.pages.values()
        marks = chain.from_iterable(page.marks.values() for page in pages)
        statements = chain.from_iterable(page.statements.values() for page in pages)
        return Page(self.gold.article, self.gold.text, GOLD, marks, statements)

    def source(self, id: Id) -> Source:
        """The thing as a verdict names it."""
        page, said = self.find(id)
        return Source(layer=said.layer, kind=sort_of(said), id=id, digest=digest(said, page))

    def on(self, ids: Iterable[Id]) -> list[Verdict]:
        """The verdicts on any of these sources."""
        wanted = set(ids)
        return [v for v in self.verdicts if any(s.id in wanted for s in v.sources)]


def sort_of(said: Said) -> Literal["mark", "statement"]:
    """Which of the two it is, as verdicts and comments name it."""
    return "mark" if isinstance(said, Mark) else "statement"


def digest(said: Said, page: Page) -> str:
    """Of what a mark or statement says: not who said it, when, or with which ids and notes."""
    if isinstance(said, Mark):
        content: object = _content(said)
    else:
        members = [
            (m.role, _content(page.marks[m.mark])) for m in said.members if m.mark in page.marks
        ]
        content = (sorted(members, key=msgspec.json.encode), sorted(said.fields.items()))
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:16]


def _content(mark: Mark) -> object:
    pieces = [(f.start, f.end) for f in mark.fragments]
    return mark.kind, pieces, sorted(mark.fields.items())


def roots(page: Page, ids: Iterable[Id] | None = None) -> list[Said]:
    """The statements of a page, and the marks that none of them holds; all, or of these ids."""
    wanted = None if ids is None else set(ids)
    statements: list[Said] = [s for s in page.in_order() if wanted is None or s.id in wanted]
    marks = (m for m in page.marks_in_order() if wanted is None or m.id in wanted)
    return statements + [m for m in marks if not page.holders(m.id)]


def remaining(groups: Iterable[Sequence[Id]], verdicts: Iterable[Verdict]) -> list[Group]:
    """The groups in which something has not been judged, in the order given.

    A group that grew since it was judged is among them; its decision stands until judged anew.
    """
    judged = {source.id for verdict in verdicts for source in verdict.sources}
    return [tuple(group) for group in groups if not judged.issuperset(group)]


def changed_since(docket: Docket, verdict: Verdict) -> list[Source]:
    """The sources that are gone, or say something else than when they were judged."""
    found = []
    for source in verdict.sources:
        if source.layer in docket.aside:
            continue
        page = docket.pages.get(source.layer)
        said = page and (page.statements.get(source.id) or page.marks.get(source.id))
        if not page or not said or digest(said, page) != source.digest:
            found.append(source)
    return found
