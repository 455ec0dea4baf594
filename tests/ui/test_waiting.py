"""A window whose gesture waits for another program: alive, said, and in order."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from annotator.ui.waiting import TOLD
from tests.store.processes import go_on, start_holder
from tests.ui.acting import message
from tests.ui.conftest import Hands
from tests.workshop import SEED_000

_BREATHS = 3


class Painted(QObject):
    """How often something was painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.times = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def holder(hands: Hands) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the lock, until it is told to go on."""
    hands.open(SEED_000)
    hands.select("Lavrov told")
    process = start_holder(hands.window.desk.workspace.path)
    yield process
    if process.poll() is None:
        go_on(process)
    process.communicate()


def marks(hands: Hands) -> list[str]:
    page = hands.window.desk.page
    assert page is not None
    return sorted(mark.kind for mark in page.marks.values())


def press_later(hands: Hands, key: Qt.Key, text: str) -> None:
    """As the window system does: it is there, and is done when the program gets round to it."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        QApplication.postEvent(hands.window.pane.view, event)


def meanwhile(hands: Hands, do: Callable[[int], object]) -> None:
    """Have something happen after each breath that the window takes."""
    turns = hands.window.desk.workspace._file.turns
    breathe, taken = turns.on_wait, 0

    def then() -> None:
        nonlocal taken
        assert breathe is not None
        breathe()
        taken += 1
        do(taken)

    turns.on_wait = then


def test_the_window_is_painted_and_says_that_it_waits(
    hands: Hands, holder: subprocess.Popen[str]
) -> None:
    told: list[str] = []
    label = Painted(hands.window._message)
    tick = QTimer()
    ticked: list[int] = []
    painted: list[int] = []
    tick.timeout.connect(lambda: ticked.append(1))
    tick.start(0)

    def look(breaths: int) -> None:
        told.append(message(hands))
        assert hands.window._saved.text() == "NOT SAVED"
        painted.append(label.times)
        hands.window.pane.view.viewport().update()
        if breaths == _BREATHS:
            go_on(holder)

    meanwhile(hands, look)
    before = label.times
    hands.window.desk.mark_as("claim", [(0, 9)])
    assert ticked == []  # nothing is done in the middle of a gesture
    assert set(told) == {TOLD}
    assert painted[0] > before
    assert marks(hands) == ["claim"]
    assert message(hands) == "The other program is done; it is saved."
    assert hands.window._saved.text() == "All saved"


def test_what_is_pressed_meanwhile_is_done_afterwards(
    hands: Hands, holder: subprocess.Popen[str]
) -> None:
    def press(breaths: int) -> None:
        if breaths == _BREATHS:
            press_later(hands, Qt.Key.Key_S, "s")
            go_on(holder)
            holder.wait()

    meanwhile(hands, press)
    hands.press("c")
    QApplication.processEvents()
    assert marks(hands) == ["claim", "speaker"]


def test_what_is_pressed_before_a_gesture_is_refused_is_not_done(
    hands: Hands, holder: subprocess.Popen[str]
) -> None:
    hands.window.desk.workspace._file.turns.patience_ms = 600
    meanwhile(hands, lambda _: press_later(hands, Qt.Key.Key_S, "s"))
    hands.press("c")
    QApplication.processEvents()
    assert "Not saved: another program has been writing" in message(hands)
    assert marks(hands) == []
    go_on(holder)
    holder.wait()
    hands.press("c")
    assert marks(hands) == ["claim"]
    assert hands.window._saved.text() == "All saved"
