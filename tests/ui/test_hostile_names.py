"""Every window and dialog on a project full of traps shows them as the characters they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.errors import Damaged
from annotator.ui.backups.refused import Refused
from annotator.ui.look.plain import PlainBox, tip
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.hostile import TRAP, acts, all_faults, faults, trapped_project

SHOWING = {
    "codebook.edit", "people", "agreement", "review", "review.readback", "review.procedure",
    "review.assign", "history", "help.guidelines", "help.keys", "project.backups", "palette",
    "article.describe", "articles.filter", "articles.sort", "statement.link", "statement.move",
    "mark.all", "project.switch", "project.check", "find", "statement.missing", "todo.list",
    "people.who", "articles.assign", "article.done", "statement.note", "help.about",
    "statement.fold", "article.next", "articles.group", "mark.note",
}  # fmt: skip
"""Commands that show something; each is used, and what is shown then is looked through."""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """What would have been opened outside; nothing may be."""
    asked: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", asked.append)
    yield asked
    assert asked == []


@pytest.fixture
def window(
    tmp_path: Path, open_window: Callable[[Workspace], Window], opened: list[object]
) -> Window:
    return open_window(trapped_project(tmp_path / "<b>trap<img src=x>.annotator"))


def look_through(qtbot: QtBot, act: Callable[[], object]) -> list[str]:
    """What is wrong with anything shown by an act, dialogs included, which are left with Esc."""
    found: list[str] = []
    over = False

    def look() -> None:
        if not over:
            QTimer.singleShot(30, look)
        try:
            found.extend(all_faults())
        finally:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                dialog.reject()

    QTimer.singleShot(30, look)
    act()
    for _ in range(3):
        qtbot.wait(35)
        found.extend(all_faults())
    over = True
    qtbot.wait(40)
    return sorted(set(found))


def test_what_commands_show_is_plain(qtbot: QtBot, window: Window) -> None:
    """One window for all of them, as each takes a while to open."""
    page = window.desk.page
    assert page is not None
    found: dict[str, list[str]] = {}
    for id in sorted(SHOWING):
        window.activateWindow()
        window.desk.take(next(iter(page.statements)), next(iter(page.marks)))
        found[id] = look_through(qtbot, window.actions_by_id[id].trigger)
        for side in QApplication.topLevelWidgets():
            if side is not window and side.isVisible():
                side.close()
    assert {id: wrong for id, wrong in found.items() if wrong} == {}


def test_tool_tips_over_marks_are_plain(qtbot: QtBot, window: Window) -> None:
    for mark in window.desk.page.marks.values() if window.desk.page else ():
        window.desk.take_mark(mark.id)
        assert look_through(qtbot, lambda: None) == []


def test_boxes_are_plain_in_all_their_parts(qtbot: QtBot, tmp_path: Path) -> None:
    box = PlainBox(TRAP, more=TRAP, title=TRAP)
    box.setDetailedText(TRAP)
    refused = Refused(tmp_path / "<img src=x>.annotator", Damaged(TRAP))
    for shown in (box, refused):
        qtbot.addWidget(shown)
        shown.show()
        assert list(faults(shown)) == []


def test_tips_are_escaped() -> None:
    assert tip("") == ""
    document = QTextDocument()
    document.setHtml(tip(f"{TRAP}\n2"))
    assert document.toPlainText().startswith("<b>X</b><img src=")
    assert not acts("plain")
    assert acts(TRAP)


def test_the_look_finds_what_it_looks_for(qtbot: QtBot) -> None:
    """Else all of this proves nothing."""
    whole = QWidget()
    qtbot.addWidget(whole)
    label = QLabel(TRAP, whole)
    label.setToolTip(TRAP)
    assert len(list(faults(whole))) == 2
