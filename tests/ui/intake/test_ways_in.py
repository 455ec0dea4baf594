"""Articles on their way in: files, folders, zips, pastes, drops; by real key presses."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.formats import annotator_json
from annotator.ui.intake.window import Intake
from tests.ui.conftest import Hands
from tests.ui.intake.scene import articles, closed, opened, over, story, titled, write
from tests.workshop import small_project

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_file_by_its_key_costs_one_enter(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "one.txt", story(1))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    hands.press("i", modifier=CONTROL)
    shown = opened(hands)
    assert [find.title() for find in shown.finds.all] == ["Story number 1"]
    assert len(articles(hands)) == 2
    hands.press(ENTER)
    closed(hands)
    assert hands.text == story(1)
    assert hands.window.desk.workspace.next_undo() == "Import Story number 1"
    hands.press("z", modifier=CONTROL)
    assert len(articles(hands)) == 2


def test_a_folder_with_a_zip_in_it(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in" / "a.txt", story(1))
    write(tmp_path / "in" / "deep" / "b.txt", story(2))
    with zipfile.ZipFile(tmp_path / "in" / "c.zip", "w") as packed:
        packed.writestr("x.txt", story(3))
        packed.writestr("y.txt", story(4))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "in"))
    hands.press("i", modifier=CONTROL | SHIFT)
    shown = opened(hands)
    hands.press(ENTER)
    over(hands, shown)
    assert {f"Story number {n}" for n in range(1, 5)} <= {a.title for a in articles(hands)}


def test_the_dialogs_begin_where_the_last_articles_were(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in" / "a.txt", story(1))
    begun: list[str] = []

    def folder(*asked: object) -> str:
        begun.append(str(asked[2]))
        return str(tmp_path / "in")

    def files(*asked: object) -> tuple[list[str], str]:
        begun.append(str(asked[2]))
        return [], ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", files)
    hands.press("i", modifier=CONTROL | SHIFT)
    shown = opened(hands)
    shown.add_files()
    hands.press(ESC)
    closed(hands)
    hands.press("i", modifier=CONTROL)
    kept = str((tmp_path / "in").resolve())
    assert begun == ["", kept, kept]


def test_an_export_of_a_press_database_is_shown_as_its_articles(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = r"Ferry {0}\par The Post\par {0} August 2025\par Body\par {1}\par End of Document\par "
    said = "".join(says.format(n, f"It was late {n}.") for n in (24, 25))
    file = write(tmp_path / "export.rtf", rf"{{\rtf1 {said}}}")
    offered: list[str] = []

    def choose(*asked: object) -> tuple[list[str], str]:
        offered.append(str(asked[3]))
        return [str(file)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    hands.press("i", modifier=CONTROL)
    shown = opened(hands)
    hands.qtbot.waitUntil(lambda: len(shown.finds.all) == 2)
    assert [(find.title(), find.key[1:]) for find in shown.finds.all] == [
        ("Ferry 24", ("export.rtf", "article 1")),
        ("Ferry 25", ("export.rtf", "article 2")),
    ]
    assert all(f"*{ending} " in offered[0] for ending in (".rtf", ".odt", ".epub"))
    hands.press(ENTER)
    over(hands, shown)
    assert titled(hands, "Ferry 25").published == "2025-08-25"


def test_a_paste_costs_one_enter_and_esc_leaves_everything(hands: Hands) -> None:
    QGuiApplication.clipboard().setText(story(7))
    hands.press("v", modifier=CONTROL | SHIFT)
    opened(hands)
    hands.press(ESC)
    closed(hands)
    assert len(articles(hands)) == 2
    hands.press("v", modifier=CONTROL | SHIFT)
    opened(hands)
    hands.press(ENTER)
    closed(hands)
    assert titled(hands, "Story number 7").file == "the clipboard"


def test_enter_does_not_wait_for_the_reading(hands: Hands) -> None:
    QGuiApplication.clipboard().setText(story(7))
    hands.press("v", modifier=CONTROL | SHIFT)
    shown = hands.window.findChild(Intake)
    assert isinstance(shown, Intake)
    QTest.keyClick(shown.list, ENTER)
    closed(hands)
    titled(hands, "Story number 7")


def test_a_paste_while_a_report_is_shown_begins_anew(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(*(write(tmp_path / f"{n}.txt", story(n)) for n in range(2)))
    hands.press(ENTER)
    over(hands, shown)
    hands.window.activateWindow()
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is hands.window)
    QGuiApplication.clipboard().setText(story(7))
    hands.press("v", modifier=CONTROL | SHIFT)
    opened(hands)
    hands.press(ENTER)
    closed(hands)
    titled(hands, "Story number 7")


def test_a_drop_on_the_window(hands: Hands, tmp_path: Path) -> None:
    file = write(tmp_path / "one.txt", story(1))
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(file))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    hands.window.dropEvent(QDropEvent(QPointF(5, 5), copy, given, Qt.MouseButton.LeftButton, none))
    opened(hands)
    hands.press(ENTER)
    closed(hands)
    titled(hands, "Story number 1")


def test_project_data_is_taken_in_as_a_whole(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    with small_project(tmp_path / "other.annotator") as other:
        data = annotator_json.encode(other.bundle())
    path = tmp_path / "other.json"
    path.write_bytes(data)
    shown = intake(path)
    (find,) = shown.finds.all
    assert find.said("link")[0] == "project data: 1 article, 0 marks"
    hands.press(ENTER)
    hands.qtbot.waitUntil(lambda: shown.work.state == "over")
    titled(hands, "An article")
