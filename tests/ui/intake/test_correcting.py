"""What is corrected before articles come in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from annotator.ui.intake.window import Intake
from tests.ui.conftest import Hands
from tests.ui.intake.scene import articles, closed, over, story, titled, write

ENTER, ESC, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Space
DOWN, RIGHT, LEFT = Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_values_are_corrected_in_place(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(write(tmp_path / "one.txt", story(1)))
    hands.press(Qt.Key.Key_F2)
    hands.type("Another title")
    hands.press(ENTER)
    assert shown.list.hasFocus()
    assert shown.finds.all[0].title() == "Another title"
    hands.press(Qt.Key.Key_F2, TAB)
    hands.type("The Courier")
    hands.press(TAB, TAB)
    hands.type("yesterday")
    hands.press(ENTER, ENTER)
    assert len(articles(hands)) == 2  # it is no date, and the keyboard is back on it
    assert shown.details.lines["published"].hasFocus()
    hands.type("2025-09-03")
    hands.press(ENTER, ENTER)
    closed(hands)
    made = titled(hands, "Another title")
    assert (made.outlet, made.published) == ("The Courier", "2025-09-03")


def test_esc_in_a_line_puts_back_what_was_read(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(write(tmp_path / "one.txt", story(1)))
    hands.press(Qt.Key.Key_F2)
    hands.type("Another title")
    hands.press(ESC)
    assert shown.list.hasFocus()
    assert shown.details.lines["title"].text() == "Story number 1"
    assert not shown.finds.all[0].is_edited


def test_leaving_asks_only_when_something_was_corrected(
    hands: Hands,
    intake: Callable[..., Intake],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    shown = intake(write(tmp_path / "one.txt", story(1)))
    hands.press(RIGHT, "b", LEFT, ESC)
    assert hands.window.findChild(Intake) is shown
    hands.press(ESC)
    closed(hands)
    assert answers == []
    assert len(articles(hands)) == 2


def test_a_line_gets_another_type_of_block(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(write(tmp_path / "one.txt", story(1)))
    hands.press(RIGHT)
    assert shown.details.text.hasFocus()
    hands.press("b", DOWN, "4", ENTER)
    closed(hands)
    assert [block.type for block in titled(hands, "Story number 1").blocks] == [
        "dateline",
        "caption",
    ]


def test_space_takes_out_what_is_selected(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(*(write(tmp_path / f"{n}.txt", story(n)) for n in range(4)))
    hands.press(DOWN)
    hands.press(DOWN, modifier=SHIFT)
    hands.press(SPACE)
    assert [find.chosen for find in shown.finds.all] == [True, False, False, True]
    hands.press(ENTER)
    over(hands, shown)
    titles = {article.title for article in articles(hands)}
    assert "Story number 0" in titles
    assert "Story number 1" not in titles
