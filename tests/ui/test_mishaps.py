"""An exception from anywhere is said in a window, written down, and work goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.errors import ProjectFault
from annotator.formats.articles.tables.preset import Preset
from annotator.store.keeping import backup
from annotator.ui.articles.asking import Asking
from annotator.ui.backups import repairing
from annotator.ui.backups.keeper import Keeper
from annotator.ui.guard import guarded
from annotator.ui.intake import reader as intake
from annotator.ui.mishaps import Mishaps
from annotator.workspace import Workspace
from tests.workshop import small_project


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


def told(qtbot: QtBot, mishaps: Mishaps, *, over: bool = True) -> str:
    """What the window says; it is closed with its button, as a user does; then it is ``over``."""
    qtbot.waitUntil(lambda: mishaps.box is not None and mishaps.box.isVisible())
    box = mishaps.box
    assert box is not None
    assert str(mishaps.file) in box.informativeText()
    assert "Your work up to here is saved" in box.text()
    said = f"{box.informativeText()}\n{box.detailedText()}"
    box.button(box.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: mishaps.box is None if over else mishaps.box not in (None, box))
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


@pytest.mark.qt_no_exception_capture
def test_two_at_once_are_said_one_after_the_other(qtbot: QtBot, mishaps: Mishaps) -> None:
    QTimer.singleShot(0, lambda: "words".index("none"))
    QTimer.singleShot(0, lambda: 1 // 0)
    said = told(qtbot, mishaps, over=False) + told(qtbot, mishaps)
    assert "ValueError" in said
    assert "ZeroDivisionError" in said


@pytest.mark.qt_no_exception_capture
def test_an_error_of_ours_is_said_as_it_is_each_time(qtbot: QtBot, mishaps: Mishaps) -> None:
    """Such as a damaged row, found by a slot that opens an article."""

    def fail() -> None:
        raise ProjectFault("p.annotator cannot be read; “annotator check” says where.")

    for _ in range(2):
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: mishaps.box is not None and mishaps.box.isVisible())
        assert mishaps.box is not None
        assert mishaps.box.text() == "p.annotator cannot be read; “annotator check” says where."
        assert mishaps.box.informativeText() == mishaps.box.detailedText() == ""
        mishaps.box.close()
        qtbot.waitUntil(lambda: mishaps.box is None)
    assert mishaps.file.read_text(encoding="utf-8").count("errors.ProjectFault: ") == 2


@pytest.mark.qt_no_exception_capture
def test_the_details_can_be_copied(qtbot: QtBot, mishaps: Mishaps) -> None:
    QTimer.singleShot(0, lambda: 1 // 0)
    qtbot.waitUntil(lambda: mishaps.box is not None and mishaps.box.isVisible())
    box = mishaps.box
    assert box is not None
    next(b for b in box.buttons() if b.text() == "Copy the details").click()
    assert QGuiApplication.clipboard().text() == box.detailedText()
    assert "ZeroDivisionError" in box.detailedText()
    assert box.isVisible()


@pytest.mark.qt_no_exception_capture
def test_from_an_event_filter(qtbot: QtBot, mishaps: Mishaps) -> None:
    class Filter(QObject):
        @guarded(default=False)
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.KeyPress:
                raise LookupError("no such key")
            return False

    widget = QWidget()
    qtbot.addWidget(widget)
    listening = Filter(widget)
    widget.installEventFilter(listening)
    widget.show()
    QTest.keyClicks(widget, "a")
    assert "LookupError: no such key" in told(qtbot, mishaps)


@pytest.mark.qt_no_exception_capture
def test_every_thread_of_the_program_tells_and_goes_on(
    qtbot: QtBot, mishaps: Mishaps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search, the import, the backup, the repair; agreement's thread ends with its one report."""
    with small_project(tmp_path / "p.annotator") as workspace:
        asking = Asking(workspace)
        asking.is_small = False
        answers: list[object] = []
        asking.ask("one", lambda _: 1 // 0, answers.append)
        assert "ZeroDivisionError" in told(qtbot, mishaps)
        asking.ask("two", lambda _: "an answer", answers.append)
        qtbot.waitUntil(lambda: answers == ["an answer"])
        asking.close()

    monkeypatch.setattr(intake, "read_articles", lambda *_: _raise(KeyError("a reader's fault")))
    with Workspace.open(tmp_path / "p.annotator") as workspace:
        reading = intake.Reader(Preset(), workspace)
        reading.add([tmp_path / "p.annotator"])
        assert "a reader's fault" in told(qtbot, mishaps)
        qtbot.waitUntil(lambda: not reading.is_busy)  # nobody waits for ever
        reading.close()

    monkeypatch.setattr(backup, "back_up", lambda *_: _raise(TypeError("a backup's fault")))
    keeper = Keeper(tmp_path / "p.annotator")
    for _ in range(2):
        assert keeper.begin()
        assert keeper._thread is not None
        keeper._thread.join()
    said = told(qtbot, mishaps)
    assert "a backup's fault" in said
    assert "In the thread “backing up”" in said
    keeper.close()

    monkeypatch.setattr(repairing, "repair", lambda *_: _raise(IndexError("a repair's fault")))
    dialog = repairing.RepairDialog(tmp_path / "p.annotator", tmp_path / "new.annotator")
    qtbot.addWidget(dialog)
    assert "a repair's fault" in told(qtbot, mishaps)
    qtbot.waitUntil(dialog.buttons.isEnabled)
    assert "The repair went wrong in the program" in dialog.told.text()


def _raise(error: Exception) -> Iterator[object]:
    raise error


def test_the_log_does_not_grow_for_ever(mishaps: Mishaps) -> None:
    for n in range(60):
        logging.getLogger("annotator").error("%s", f"{n} " + "x" * 100_000)
    files = list(mishaps.file.parent.glob("annotator.log*"))
    assert 2 <= len(files) <= 4
    assert sum(file.stat().st_size for file in files) < 4_500_000
