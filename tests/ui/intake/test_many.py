"""Many articles on their way in: steps, stopping, closing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator import importing
from annotator.core.model import Id
from annotator.ui.intake.window import Intake
from annotator.ui.side_window import beside
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.intake.scene import articles, closed, over, ready, story, table, write
from tests.workshop import start

ENTER, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_many_come_in_by_steps_that_are_undone_one_by_one(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    count = 2 * importing.BATCH + 5
    shown = intake(table(tmp_path / "many.csv", count))
    assert shown.finds.rowCount() == count
    hands.press(ENTER)
    over(hands, shown)
    assert len(articles(hands)) == count + 2
    hands.press(ENTER)
    closed(hands)
    hands.press("z", modifier=CONTROL)
    assert len(articles(hands)) == count - 3
    hands.press("z", modifier=CONTROL)
    assert len(articles(hands)) == count - 3 - importing.BATCH


def open_article(hands: Hands) -> Id:
    page = hands.window.desk.page
    assert page is not None
    return page.article.id


def test_of_many_none_is_opened_over_what_one_reads(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    reading = open_article(hands)
    shown = intake(table(tmp_path / "two.csv", 2))
    hands.press(ENTER)
    over(hands, shown)
    assert len(articles(hands)) == 4
    assert open_article(hands) == reading
    hands.press(ESC)
    closed(hands)


def test_redoing_an_import_of_many_leaves_what_one_reads_open(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    reading = open_article(hands)
    shown = intake(table(tmp_path / "two.csv", 2))
    hands.press(ENTER)
    over(hands, shown)
    hands.press(ESC)
    closed(hands)
    hands.press("z", modifier=CONTROL)
    assert len(articles(hands)) == 2
    hands.press("y", modifier=CONTROL)
    assert len(articles(hands)) == 4
    assert open_article(hands) == reading


def test_the_first_of_many_is_opened_where_none_was(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    desk = hands.window.desk
    desk.open(None)
    shown = intake(table(tmp_path / "two.csv", 2))
    hands.press(ENTER)
    over(hands, shown)
    assert desk.page is not None
    assert desk.page.article.title == "Title 0"
    hands.press(ESC)
    closed(hands)


def test_esc_stops_an_import_and_what_is_in_stays(
    hands: Hands, intake: Callable[..., Intake], tmp_path: Path
) -> None:
    count = 5 * importing.BATCH
    shown = intake(table(tmp_path / "many.csv", count))
    hands.press(ENTER)
    hands.qtbot.waitUntil(lambda: shown.work.brought >= importing.BATCH)
    hands.press(ESC)
    over(hands, shown)
    there = len(articles(hands)) - 2
    assert 0 < there < count
    assert there % importing.BATCH == 0
    assert shown.outcome._summary.text().startswith(f"Stopped: {there:,} of {count:,} are in")
    hands.press(ESC)
    closed(hands)


def test_reading_can_be_stopped_and_what_was_read_comes_in(hands: Hands, tmp_path: Path) -> None:
    for number in range(1200):
        write(tmp_path / "in" / f"{number:04}.txt", story(number))
    shown = beside(hands.window, Intake, Intake)
    shown.add([tmp_path / "in"])
    hands.qtbot.waitUntil(lambda: len(shown.finds.all) > 20)
    shown._foot._stop.setFocus()
    hands.press(SPACE)
    ready(hands, shown)
    found = len(shown.finds.all)
    assert found < 1200
    hands.press(ENTER)
    over(hands, shown)
    assert len(articles(hands)) == found + 2


def test_the_frame_can_close_in_the_middle(
    hands: Hands, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    window = open_window(Workspace.create(tmp_path / "p.annotator", start(), "Ada"))
    shown = beside(window, Intake, Intake)
    shown.add([table(tmp_path / "many.csv", 300)])
    hands.qtbot.waitUntil(lambda: len(shown.finds.all) > 0)
    QTest.keyClick(shown.list, ENTER)
    window.close()
    assert shown.work.state == "over"
    hands.qtbot.waitUntil(lambda: not shown.work.reader._thread.is_alive())
