"""A project in which two analysts use the codebook."""

from __future__ import annotations

from pathlib import Path

from annotator.core import marking
from annotator.core.codebook import issue_id
from annotator.core.model import FieldValue, Mark, Statement
from annotator.core.page import Page
from annotator.workspace import Workspace
from tests.workshop import mark, small_project

SUMMIT, NATO, MEETINGS = (str(issue_id(key)) for key in ("summit", "nato", "meetings"))


class Scene:
    """Ada's and Bo's layers: a claim of Ada's with speaker and position, a via and claim of Bo's."""

    def __init__(self, path: Path) -> None:
        self.ada = small_project(path)
        self.claim = mark(self.ada, "claim", (0, 23))
        (at_hand,) = self.page.statements
        self.speaker = mark(self.ada, "speaker", (24, 30), hand=at_hand)
        self.position = mark(self.ada, "position", (4, 21), hand=at_hand)
        self.statement = self.page.statement(at_hand)
        with Workspace.open(path, "Bo") as bo:
            self.via = mark(bo, "via", (24, 30))
            made = mark(bo, "claim", (0, 23))
            self.bo_layer = made.layer

    @property
    def page(self) -> Page:
        return self.ada.page(self.ada.articles()[0].id)

    def now(self, thing: Mark) -> Mark:
        found = self.ada.record("mark", thing.id)
        assert isinstance(found, Mark)
        return found

    def fill_in(self, thing: Mark | Statement, field: str, value: FieldValue) -> None:
        kind = "mark" if isinstance(thing, Mark) else "statement"
        found = self.ada.record(kind, thing.id)
        assert isinstance(found, Mark | Statement)
        self.ada.do(marking.set_field(found, self.ada.codebook, field, value))

    def roles(self, thing: Mark) -> list[str]:
        held = self.ada.page(thing.article, thing.layer).holders(thing.id)
        return [m.role for statement in held for m in statement.members if m.mark == thing.id]
