"""The window of the backups, by keys; and that they are made beside the work."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.errors import ProjectFault
from annotator.store.keeping import backup
from annotator.ui.backups.keeper import Keeper
from annotator.ui.backups.window import BackupsWindow
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import mark, seeds_project, start


def shown(hands: Hands) -> BackupsWindow:
    """The window, opened by its command."""
    hands.window.actions_by_id["project.backups"].trigger()
    found = hands.window.findChild(BackupsWindow)
    assert isinstance(found, BackupsWindow)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


def made(hands: Hands, window: BackupsWindow) -> None:
    before = window.table.rowCount()
    window.now_button.click()
    hands.qtbot.waitUntil(lambda: window.table.rowCount() == before + 1)


def test_an_empty_list_says_so_and_a_backup_made_by_hand_appears(hands: Hands) -> None:
    window = shown(hands)
    assert window.table.rowCount() == 0
    assert not window.restore_button.isEnabled()
    made(hands, window)
    assert window.told.text() == "The backup is made and sound."
    cells = [window.table.item(0, column) for column in range(3)]
    assert [cell.text() for cell in cells if cell][2] == "0"
    window.now_button.click()
    hands.qtbot.waitUntil(lambda: "has everything" in window.told.text())
    assert window.table.rowCount() == 1


def test_restoring_asks_first_and_esc_takes_the_question_back(hands: Hands) -> None:
    window = shown(hands)
    made(hands, window)
    mark(hands.window.desk.workspace, "claim", (0, 9))
    window.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert "The 1 step since then will not be in it" in window.told.text()
    assert window.restore_button.text() == "Restore it"
    hands.press(Qt.Key.Key_Escape)
    assert window.restore_button.text() == "Restore…"
    assert window.isVisible()


def test_a_restored_project_opens_anew(qtbot: QtBot, tmp_path: Path) -> None:
    desktop = Desktop("Ada", start(), Settings())
    window = desktop.show(seeds_project(tmp_path))
    hands = Hands(qtbot, window)
    side = shown(hands)
    made(hands, side)
    path = window.desk.workspace.path
    mark(window.desk.workspace, "claim", (0, 9))
    side.table.setFocus()
    hands.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    again = desktop.windows[-1]
    assert again is not window
    assert again.desk.workspace.path == path
    assert again.desk.workspace.count("mark") == {}
    (aside,) = path.parent.glob("seeds before *.annotator")
    again.close()
    with Workspace.open(aside) as before:
        assert sum(before.count("mark").values()) == 1


def test_a_backup_that_cannot_be_made_is_said(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise ProjectFault("No backup of p: it needs 3 MB and 0 MB are free.")

    monkeypatch.setattr(backup, "back_up", no_room)
    keeper = Keeper(tmp_path / "p.annotator")
    with qtbot.waitSignal(keeper.failed) as said:
        assert keeper.begin()
    assert said.args == ["No backup of p: it needs 3 MB and 0 MB are free."]
    keeper.close()
    assert not keeper.begin()


def test_no_backup_is_made_of_what_was_put_in_place_of_the_project(
    qtbot: QtBot, tmp_path: Path
) -> None:
    workspace = seeds_project(tmp_path)
    workspace.close()
    keeper = Keeper(workspace.path, is_astray=lambda: True)
    keeper._timer.timeout.emit()
    assert keeper._thread is None
    assert not keeper.begin()
    keeper.close()


def test_a_backup_is_made_by_itself_when_it_is_due(qtbot: QtBot, tmp_path: Path) -> None:
    workspace = seeds_project(tmp_path)
    keeper = Keeper(workspace.path)
    with qtbot.waitSignal(keeper.done):
        keeper._timer.timeout.emit()
    assert len(backup.backups_of(workspace.path)) == 1
    keeper._timer.timeout.emit()  # not due for an hour now
    assert keeper._thread is not None
    keeper._thread.join()
    assert len(backup.backups_of(workspace.path)) == 1
    keeper.close()
    workspace.close()
