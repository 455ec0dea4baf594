"""A page without a project behind it: verbs are done on it as the workspace would do them."""

from __future__ import annotations

from itertools import count

import msgspec

from annotator.core import marking
from annotator.core.articles import new_article
from annotator.core.meaning import meaning
from annotator.core.model import Block, Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.revision import Edit
from annotator.core.text.offsets import Offsets
from tests.workshop import start

TEXT = "“We’re going to find out,” Trump said. “It’s possible 😀.” He waited. Moscow agreed."
START = start()
BOOK = START.codebook
WITHOUT_CUES = msgspec.structs.replace(
    BOOK, roles={key: role for key, role in BOOK.roles.items() if key != "cue"}
)
"""Marks of the kind are left, and no role for them."""
LAYER = 5


class Desk:
    """One analyst's page and the ids for what is made on it."""

    def __init__(self, text: str = TEXT) -> None:
        _, article = new_article(text, title="A", blocks=(Block(0, len(text), "body"),))
        self.page = Page(article, text, LAYER, what=meaning(BOOK).what)
        self.ids = count(100)

    def new_id(self) -> Id:
        return next(self.ids)

    def do(self, edit: Edit) -> None:
        for change in edit.changes:
            assert self.page.refresh(change.kind, change.id, change.after) or change.kind == "actor"

    def mark(self, kind: str, *words: str, hand: Statement | None = None) -> Mark:
        """Mark words of the text, each where it first stands."""
        return self.mark_places(kind, *map(self.place, words), hand=hand)

    def mark_places(self, kind: str, *places: Offsets, hand: Statement | None = None) -> Mark:
        edit, made, _ = marking.mark(
            self.page, BOOK, kind, places, self.new_id, None if hand is None else hand.id
        )
        self.do(edit)
        return made

    def place(self, words: str) -> Offsets:
        at = self.page.text.index(words)
        return at, at + len(words)

    def now(self, mark: Mark) -> Mark:
        return self.page.mark(mark.id)

    def holder(self, mark: Mark) -> Statement:
        (statement,) = self.page.holders(mark.id)
        return statement
