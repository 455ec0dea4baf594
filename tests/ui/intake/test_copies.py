"""Copies, near copies and failures among what comes in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from annotator import paths
from annotator.ui.intake.window import Intake
from tests.ui.conftest import Hands
from tests.ui.intake.scene import articles, near_copy, over, story, titled, write
from tests.workshop import SEED_000

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
DOWN = Qt.Key.Key_Down
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_near_copy_comes_in_linked(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    original = next(article for article in articles(hands) if article.file == SEED_000)
    shown = intake(near_copy(tmp_path / "copy.txt"))
    (find,) = shown.finds.all
    assert find.status == "near"
    assert "run as in" in shown.details._explained.text()
    hands.press("s")
    assert shown.finds.chosen() == []
    hands.press("k")
    assert shown.finds.chosen() == [find]
    hands.press("s")
    hands.press("L", modifier=SHIFT)
    assert shown.finds.chosen() == [find]
    hands.press(ENTER)
    hands.qtbot.waitUntil(lambda: len(articles(hands)) == 3)
    (copy,) = (a for a in articles(hands) if a.file == "copy.txt")
    assert copy.copy_of == original.id


def test_the_same_text_never_comes_again_and_failures_are_listed(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    empty = write(tmp_path / "empty.txt", "")
    one = write(tmp_path / "one.txt", story(1))
    twin = write(tmp_path / "twin.txt", story(1))
    shown = intake(empty, one, twin, paths.seeds() / SEED_000)
    assert [find.status for find in shown.finds.all] == ["failed", "new", "same", "same"]
    hands.press(ENTER)
    report = over(hands, shown)
    assert "empty.txt" in report
    assert "has no text in it" in report
    assert "the same text as" in report
    assert len(articles(hands)) == 3
    hands.press("c", modifier=ALT)
    clipboard = QGuiApplication.clipboard()
    hands.qtbot.waitUntil(lambda: "has no text in it" in clipboard.text())


def test_a_twin_does_not_come_in_place_of_one_taken_out(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    given = (story(1), story(1), story(2))
    shown = intake(*(write(tmp_path / f"{n}.txt", text) for n, text in enumerate(given)))
    hands.press(SPACE, ENTER)
    over(hands, shown)
    assert len(articles(hands)) == 3
    titled(hands, "Story number 2")


def test_the_list_is_narrowed_by_what_things_are(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    shown = intake(
        write(tmp_path / "empty.txt", ""),
        write(tmp_path / "one.txt", story(1)),
        near_copy(tmp_path / "z.txt"),
    )
    shown._left.narrow.setFocus()
    hands.press(DOWN, DOWN)
    assert [find.status for find in shown.finds.shown] == ["near"]
    shown._left.narrow.setFocus()
    hands.press(DOWN, DOWN, DOWN)
    assert [find.status for find in shown.finds.shown] == ["failed"]
