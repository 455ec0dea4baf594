"""Damaged projects from the window: said with what can be done, repaired, restored; never touched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from annotator.core.errors import ProjectFault
from annotator.store.driver import connect
from annotator.store.keeping.backup import back_up
from annotator.ui.backups.refused import Refused
from annotator.ui.backups.repairing import RepairDialog
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import mark, small_project, start

PAGE = 4096


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A project whose first page is destroyed, with a backup that lacks the last mark."""
    path = tmp_path / "p.annotator"
    with small_project(path) as workspace:
        mark(workspace, "claim", (0, 3))
        workspace.settle()
        back_up(path, datetime.now(UTC))
        mark(workspace, "claim", (3, 9))
    with path.open("r+b") as file:
        file.write(b"\xff" * PAGE)
    return path


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    made = Desktop("Ada", start(), Settings())
    yield made
    for window in made.windows:
        window.close()
    QApplication.processEvents()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def press(name: str, kind: type[QDialog], seen: list[QDialog]) -> Callable[[], None]:
    """Presses a button of the dialog of a kind as soon as there is one that can be pressed."""

    def later() -> None:
        dialog = QApplication.activeModalWidget()
        buttons = dialog.findChildren(QAbstractButton) if isinstance(dialog, kind) else []
        wanted = [b for b in buttons if b.text().startswith(name) and b.isEnabled()]
        if not wanted:
            QTimer.singleShot(10, later)
            return
        assert isinstance(dialog, QDialog)
        seen.append(dialog)
        wanted[0].click()

    return later


def test_a_damaged_project_is_repaired_into_a_new_file_and_that_is_opened(
    desktop: Desktop, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, new = digest(damaged), damaged.with_name("new.annotator")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(new), ""))
    seen: list[QDialog] = []
    QTimer.singleShot(0, press("Repair into", Refused, seen))
    QTimer.singleShot(0, press("Open the new", RepairDialog, seen))
    desktop.open(damaged)
    refused, repaired = seen
    assert isinstance(refused, Refused)
    assert isinstance(repaired, RepairDialog)
    assert "cannot be read as a project any more" in refused.text()
    assert "newest backup is of" in refused.informativeText()
    assert "Nothing is known to be missing" in repaired.told.text()
    assert digest(damaged) == before
    (window,) = desktop.windows
    assert window.desk.workspace.path == new
    assert sum(window.desk.workspace.count("mark").values()) == 2
    assert window.desk.workspace.check() == []


def test_a_backup_is_brought_back_in_its_place_and_the_damaged_file_kept(
    desktop: Desktop, damaged: Path
) -> None:
    before = digest(damaged)
    QTimer.singleShot(0, press("Bring the backup back", Refused, []))
    desktop.open(damaged)
    (window,) = desktop.windows
    assert window.desk.workspace.path == damaged
    assert sum(window.desk.workspace.count("mark").values()) == 1
    (aside,) = damaged.parent.glob("p before *.annotator")
    assert digest(aside) == before


def test_one_who_closes_the_question_has_changed_nothing(desktop: Desktop, damaged: Path) -> None:
    before = digest(damaged)
    QTimer.singleShot(0, press("Close", Refused, []))
    desktop.open(damaged)
    assert desktop.windows == []
    assert digest(damaged) == before
    assert {p.name for p in damaged.parent.iterdir()} >= {"p.annotator", "p backups"}


@pytest.mark.parametrize("why", ["newer", "foreign"])
def test_what_is_not_damaged_is_only_said(desktop: Desktop, tmp_path: Path, why: str) -> None:
    path = tmp_path / "p.annotator"
    small_project(path).close()
    connection = connect(path)
    name = "user_version" if why == "newer" else "application_id"
    connection.execute(f"PRAGMA {name} = 99")
    connection.close()
    seen: list[QDialog] = []
    QTimer.singleShot(0, press("OK", Refused, seen))
    desktop.open(path)
    assert isinstance(seen[0], Refused)
    assert ("newer Annotator" if why == "newer" else "another program") in seen[0].text()
    assert seen[0].repair_button is None
    assert desktop.windows == []


def test_repairing_from_the_menu(
    hands: Hands, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, new = digest(damaged), damaged.with_name("new.annotator")
    opened: list[Path] = []
    hands.window._keeping._open_project = lambda path, _new: opened.append(path)
    chosen = damaged
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(chosen), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(new), ""))
    QTimer.singleShot(0, press("Open the new", RepairDialog, []))
    hands.window.actions_by_id["project.repair"].trigger()
    assert opened == [new]
    assert digest(damaged) == before
    with Workspace.open(new) as workspace:
        assert sum(workspace.count("mark").values()) == 2
    chosen = hands.window.desk.workspace.path
    hands.window.actions_by_id["project.repair"].trigger()
    assert "is open here" in hands.window._message.text()


def test_what_cannot_be_repaired_is_said_and_esc_waits(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.annotator"
    path.write_bytes(b"no project at all" * 1000)
    dialog = RepairDialog(path, tmp_path / "new.annotator")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(dialog.buttons.isEnabled)
    assert "Nothing of a project can be read" in dialog.told.text()
    assert not dialog.open_button.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def test_a_backup_that_cannot_be_restored_leaves_the_project(
    desktop: Desktop, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(damaged)

    def fail(*_: object) -> None:
        raise ProjectFault("p is open in another window or program; close it there first.")

    monkeypatch.setattr("annotator.ui.backups.refused.restore", fail)
    seen: list[QDialog] = []
    QTimer.singleShot(0, press("Bring the backup back", Refused, []))
    QTimer.singleShot(0, press("OK", QDialog, seen))
    desktop.open(damaged)
    assert "The project is as it was" in seen[0].text()  # type: ignore[attr-defined]
    assert digest(damaged) == before
