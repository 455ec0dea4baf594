"""An exception from anywhere is said in a window, written down, and work goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.guard import guarded
from annotator.ui.mishaps import Mishaps


@pytest.fixture
def mishaps(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mishaps]:
    """Listening; what was there before listens again afterwards."""
    for module, hook in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, hook, getattr(module, hook))
    before = list(logging.getLogger().handlers)
    made = Mishaps(tmp_path / "annotator.log")
    made.listen()
    yield made
    if made.box is not None:
        made.box.close()
    QApplication.processEvents()
    for handler in set(logging.getLogger().handlers) - set(before):
        logging.getLogger().removeHandler(handler)
        handler.close()


def told(qtbot: QtBot, mishaps: Mishaps) -> str:
    """What the window says; it is closed with its button, as a user does."""
    qtbot.waitUntil(lambda: mishaps.box is not None and mishaps.box.isVisible())
    box = mishaps.box
    assert box is not None
    assert str(mishaps.file) in box.informativeText()
    assert "Your work up to here is saved" in box.text()
    said = f"{box.informativeText()}\n{box.detailedText()}"
    box.button(box.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: mishaps.box is None)
    return said


@pytest.mark.qt_no_exception_capture
def test_from_a_slot(qtbot: QtBot, mishaps: Mishaps) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(lambda: 1 // 0)
    button.click()
    said = told(qtbot, mishaps)
    assert "ZeroDivisionError" in said
    assert "Traceback" in said
    assert "ZeroDivisionError" in mishaps.file.read_text(encoding="utf-8")


@pytest.mark.qt_no_exception_capture
def test_from_a_timer(qtbot: QtBot, mishaps: Mishaps) -> None:
    QTimer.singleShot(0, lambda: "words".index("none"))
    assert "ValueError" in told(qtbot, mishaps)


@pytest.mark.qt_no_exception_capture
def test_from_painting_it_is_said_once_and_not_inside_the_paint_event(
    qtbot: QtBot, mishaps: Mishaps
) -> None:
    class Faulty(QWidget):
        painted = 0
        said_inside = False

        @guarded
        def paintEvent(self, event: QPaintEvent) -> None:
            self.painted += 1
            self.said_inside |= mishaps.box is not None and self.painted == 1
            raise KeyError("colour")

    widget = Faulty()
    qtbot.addWidget(widget)
    widget.show()
    assert "KeyError" in told(qtbot, mishaps)
    before = widget.painted
    widget.update()
    qtbot.waitUntil(lambda: widget.painted > before)
    QApplication.processEvents()
    assert mishaps.box is None
    assert not widget.said_inside
    log = mishaps.file.read_text(encoding="utf-8")
    assert log.count("KeyError: 'colour'") == widget.painted


@pytest.mark.qt_no_exception_capture
def test_from_a_thread(qtbot: QtBot, mishaps: Mishaps) -> None:
    def fail() -> None:
        raise OSError("gone")

    thread = threading.Thread(target=fail, name="reading")
    thread.start()
    thread.join()
    said = told(qtbot, mishaps)
    assert "OSError: gone" in said
    assert "In the thread “reading”" in said


@pytest.mark.qt_no_exception_capture
def test_from_where_nobody_can_catch_it(qtbot: QtBot, mishaps: Mishaps) -> None:
    class Leaving:
        def __del__(self) -> None:
            raise RuntimeError("at the end")

    thing = Leaving()
    del thing
    assert "RuntimeError: at the end" in told(qtbot, mishaps)


def test_the_log_does_not_grow_for_ever(mishaps: Mishaps) -> None:
    for n in range(60):
        logging.getLogger("annotator").error("%s", f"{n} " + "x" * 100_000)
    files = list(mishaps.file.parent.glob("annotator.log*"))
    assert 2 <= len(files) <= 4
    assert sum(file.stat().st_size for file in files) < 4_500_000
