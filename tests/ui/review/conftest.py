"""A reviewer's window on the article that two analysts marked differently."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.review.drafting import DraftView
from annotator.ui.review.window import ReviewWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.review.scene import article_of, team


@pytest.fixture
def reviewing(qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]) -> Reviewer:
    """Rita with the window of the review open, and the keyboard in it."""
    return Reviewer(qtbot, open_window(team(tmp_path)))


class Reviewer(Hands):
    """A reviewer's hands."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        super().__init__(qtbot, window)
        window.desk.open(article_of(window.desk.workspace))
        window.actions_by_id["review"].trigger()
        found = window.findChild(ReviewWindow)
        assert isinstance(found, ReviewWindow)
        self.review = found
        qtbot.waitUntil(lambda: QApplication.activeWindow() is found)

    def tab_to(self, kind: str) -> DraftView:
        """Take the next mark of a kind in hand in what is edited, by Tab; the view it is in."""
        draft = self.review.draft
        assert draft is not None
        while draft.desk.current_mark is None or draft.desk.current_mark.kind != kind:
            self.press(Qt.Key.Key_Tab)
        return draft

    @property
    def states(self) -> list[str]:
        return [case.state for case in self.review.bench.cases]

    @property
    def asked(self) -> bool:
        """Whether a strip is open."""
        return self.review.strip is not None

    @property
    def said(self) -> str:
        return self.review._message.text()
