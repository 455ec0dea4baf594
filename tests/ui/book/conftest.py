"""The codebook's window on the seeds, opened by its key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.book.parts import Part
from annotator.core.codebook import Codebook
from annotator.core.marking import mark_all
from annotator.ui.book.guidelines import GuidelinesWindow
from annotator.ui.book.window import BookWindow
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import SEED_002

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Reading:
    """Hands on the codebook's window."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.press, self.type = hands.press, hands.type
        hands.press(Qt.Key.Key_B, modifier=CONTROL)
        self.window = self._shown()

    def _shown(self) -> BookWindow:
        window = self.hands.window.findChild(BookWindow)
        assert isinstance(window, BookWindow)
        self.hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        return window

    @property
    def workspace(self) -> Workspace:
        return self.hands.window.desk.workspace

    @property
    def book(self) -> Codebook:
        return self.workspace.codebook

    @property
    def asking(self) -> str:
        """What the strip says, empty when it is closed."""
        strip = self.window.asking
        return "" if strip.isHidden() else f"{strip.says.text()} {strip.more.text()}".strip()

    @property
    def wrong(self) -> str:
        return self.window.asking.wrong.text()

    @property
    def message(self) -> str:
        return self.window._message.text()

    def find(self, words: str) -> None:
        """Filter by words and go to the first entry that is left."""
        self.press(Qt.Key.Key_F, modifier=CONTROL)
        self.type(words)
        self.press(Qt.Key.Key_Down)

    def take(self, part: Part | str) -> None:
        """Look at an entry without typing."""
        self.window.look_at(part)
        QApplication.processEvents()

    def clear(self) -> None:
        """All selected text gone."""
        self.press(Qt.Key.Key_A, modifier=CONTROL)
        self.press(Qt.Key.Key_Delete)

    def fault(self, name: str) -> str:
        """What is wrong with a value of the form."""
        return self.window.form._faults[name].text()

    def to(self, name: str) -> None:
        """Walk to a value of the form with Tab."""
        wanted: QWidget = self.window.form.editors[name]
        for _ in range(40):
            focus = QApplication.focusWidget()
            if focus is wanted or (focus and wanted.isAncestorOf(focus)):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {name}")


@pytest.fixture
def marked(hands: Hands) -> Hands:
    """A window with nine speakers and two vias marked."""
    hands.open(SEED_002)
    page, desk = hands.window.desk.page, hands.window.desk
    assert page is not None
    for kind, words, most in (("speaker", "Putin", 9), ("via", "the BBC", 2)):
        places = [n for n in range(len(page.text)) if page.text.startswith(words, n)][:most]
        spans = [(at, at + len(words)) for at in places]
        desk.do(mark_all(page, desk.book, kind, spans, desk.workspace.new_id)[0])
    return hands


@pytest.fixture
def book(marked: Hands) -> Reading:
    return Reading(marked)


def guidelines(hands: Hands) -> GuidelinesWindow:
    hands.press(Qt.Key.Key_F1, modifier=SHIFT)
    window = hands.window.findChild(GuidelinesWindow)
    assert isinstance(window, GuidelinesWindow)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def count(book: Reading, kind: str) -> int:
    page = book.hands.window.desk.page
    assert page is not None
    return sum(mark.kind == kind for mark in page.marks.values())


def retired(book: Reading, kind: str) -> bool:
    return book.book.kinds[kind].retired


def steps(book: Reading) -> list[str]:
    return [revision.label for revision in book.workspace.history()]
