"""Which of overlapping marks counts, chosen by key presses alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.book.changing import add_kind
from annotator.ui.agreement.priority import PriorityDialog
from annotator.ui.agreement.window import AgreementWindow
from annotator.ui.window import Window
from tests.ui.agreement.scene import settled, shown
from tools.hands import focus, press

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER, _DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


def test_which_of_overlapping_marks_counts_is_chosen_and_remembered(
    qtbot: QtBot, agreement: AgreementWindow, window: Window
) -> None:
    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, PriorityDialog) or QApplication.activeWindow() is not dialog:
            QTimer.singleShot(10, choose)
            return
        press(_DOWN)
        press(Qt.Key.Key_Tab)
        assert focus() is dialog.kinds
        press(_DOWN)
        press(Qt.Key.Key_Up, _CONTROL)
        press(_ENTER)

    assert agreement.head.overlaps.text() == "&Overlaps: the shorter mark…"
    first = list(window.desk.workspace.codebook.kinds)
    wanted = (first[1], first[0], *first[2:])
    QTimer.singleShot(0, choose)
    QTest.keyClick(agreement, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)

    def is_new() -> bool:
        return agreement.report is not None and agreement.report.priority == wanted

    qtbot.waitUntil(is_new, timeout=10_000)
    assert agreement.head.overlaps.text() == "&Overlaps: Claim first…"
    settled(qtbot, agreement)
    agreement.close()
    qtbot.waitUntil(lambda: window.findChild(AgreementWindow) is None)
    again = shown(qtbot, window)
    assert again.working.comparison is not None
    assert again.working.comparison.wanted.priority == wanted


def test_a_kind_that_is_gone_ranks_nowhere(
    agreement: AgreementWindow, window: Window, qtbot: QtBot
) -> None:
    """Each kind is ranked; then one is taken away while the window is open."""
    workspace = window.desk.workspace
    before = tuple(workspace.codebook.kinds)
    edit, part = add_kind(workspace, "Aside")
    workspace.do(edit)
    window.settings.keep_priority(workspace.path, (part.key, *before))
    agreement.begin()
    assert agreement.head.overlaps.text() == "&Overlaps: Aside first…"
    settled(qtbot, agreement)
    workspace.undo()
    qtbot.waitUntil(lambda: agreement.report is not None and agreement.report.priority == before)
    first = workspace.codebook.kinds[before[0]].name
    assert agreement.head.overlaps.text() == f"&Overlaps: {first} first…"
    assert (
        PriorityDialog(agreement.working.priority, agreement._kinds(), agreement).priority == before
    )
