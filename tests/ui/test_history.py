"""The history of an article by keys: read, filtered, gone to, stepped back in and forth."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core import marking
from annotator.core.book import merging
from annotator.core.book.parts import Part
from annotator.ui.history.telling import differences, told
from annotator.ui.history.window import HistoryWindow
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, SEED_002

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
CONTROL = Qt.KeyboardModifier.ControlModifier


def worked(hands: Hands) -> None:
    """Ada marks a claim and a position, and changes her mind about its stance."""
    hands.open(SEED_000)
    hands.select("It was raised later.")
    hands.press("c", ESC)
    hands.select("ready to meet")
    hands.press("p", "2", "1", ESC)


def opened(hands: Hands) -> HistoryWindow:
    hands.press(Qt.Key.Key_H, modifier=CONTROL)
    window = hands.window.findChild(HistoryWindow)
    assert isinstance(window, HistoryWindow)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def rows(window: HistoryWindow) -> list[str]:
    found = (window.steps.step(n) for n in range(window.steps.rowCount()))
    return [f"{step.who} {step.what}" for step in found if step]


def press(window: HistoryWindow, key: Qt.Key | str, control: bool = False) -> None:
    focus = QApplication.focusWidget() or window
    modifier = CONTROL if control else Qt.KeyboardModifier.NoModifier
    if isinstance(key, str):
        QTest.keyClicks(focus, key, modifier)
    else:
        QTest.keyClick(focus, key, modifier)
    QApplication.processEvents()


def test_steps_are_told_in_words_the_newest_first(hands: Hands) -> None:
    worked(hands)
    window = opened(hands)
    assert rows(window)[:4] == [
        "Ada set Stance of position “ready to meet” from −1 doubts to −2 rejects",
        "Ada set Stance of position “ready to meet” to −1 doubts",
        "Ada marked position “ready to meet”",
        "Ada marked claim “It was raised later.”",
    ]
    assert "Stance: −1 doubts  →  −2 rejects" in window.details.text()


def test_what_undo_and_delete_did_is_told_too(hands: Hands) -> None:
    worked(hands)
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    hands.window.desk.take_mark(next(iter(hands.window.desk.page.marks)))  # type: ignore[union-attr]
    hands.press(Qt.Key.Key_Delete)
    assert rows(opened(hands))[:2] == [
        "Ada deleted claim “It was raised later.”",
        "Ada took back: Stance",
    ]


def test_of_a_step_on_several_articles_only_what_it_did_here_is_told(hands: Hands) -> None:
    worked(hands)
    hands.open(SEED_002)
    hands.press(Qt.Key.Key_1, modifier=CONTROL)
    hands.press(Qt.Key.Key_A, modifier=CONTROL)
    hands.window.actions_by_id["articles.done"].trigger()
    hands.press(Qt.Key.Key_Delete, modifier=CONTROL)
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    hands.open(SEED_002)
    window = opened(hands)
    assert rows(window)[:3] == [
        "Ada took back: Remove 2 articles",
        "Ada took this article out (Remove 2 articles)",
        "Ada called the article done",
    ]
    assert "claim" not in window.details.text()


def test_notes_and_questions_to_the_reviewer_are_told(hands: Hands) -> None:
    worked(hands)
    hands.press("j", "?", ":")
    hands.type("look again")
    hands.press(ENTER)
    hands.press("?")
    assert rows(opened(hands))[:3] == [
        "Ada no longer asks the reviewer about statement “It was raised later.”",
        "Ada noted “look again” on statement “It was raised later.”",
        "Ada asked the reviewer about statement “It was raised later.”",
    ]


def test_words_narrow_the_steps(hands: Hands) -> None:
    worked(hands)
    window = opened(hands)
    press(window, "/")
    press(window, "doubts set")
    assert len(rows(window)) == 2
    press(window, ENTER)
    assert window.list.hasFocus()


def test_others_steps_are_shown_when_they_are_asked_for(hands: Hands) -> None:
    worked(hands)
    page = hands.window.desk.page
    assert page is not None
    bo = Workspace.open(hands.window.desk.workspace.path, "Bo")
    edit = marking.mark(bo.page(page.article.id), bo.codebook, "cue", [(0, 5)], bo.new_id)[0]
    bo.do(edit)
    bo.close()
    window = opened(hands)
    assert not any(row.startswith("Bo") for row in rows(window))
    window.whose.setFocus()
    press(window, Qt.Key.Key_End)
    window.whose.activated.emit(window.whose.currentIndex())
    assert any(row.startswith("Bo marked cue") for row in rows(window))


def test_enter_shows_the_place_in_the_text(hands: Hands) -> None:
    worked(hands)
    window = opened(hands)
    for _ in range(3):
        press(window, DOWN)
    press(window, ENTER)
    mark = hands.window.desk.current_mark
    assert mark is not None
    assert mark.quote == "It was raised later."


def test_a_deleted_mark_is_shown_where_it_was(hands: Hands) -> None:
    worked(hands)
    hands.window.desk.take_mark(next(iter(hands.window.desk.page.marks)))  # type: ignore[union-attr]
    hands.press(Qt.Key.Key_Delete)
    window = opened(hands)
    press(window, ENTER)
    start, end = hands.window.pane.view.selection()
    assert hands.text[start:end] == "It was raised later."


def test_stepping_back_asks_does_it_as_one_step_and_can_be_undone(hands: Hands) -> None:
    worked(hands)
    page = hands.window.desk.page
    assert page is not None
    before = dict(page.marks)
    window = opened(hands)
    for _ in range(3):
        press(window, DOWN)
    press(window, ENTER, control=True)
    assert window.question.text().startswith("Step back to ")
    assert "1 mark goes, 1 statement goes" in window.question.text()
    assert dict(page.marks) == before
    press(window, ESC)
    assert window.isVisible()
    assert dict(page.marks) == before
    press(window, ENTER, control=True)
    press(window, ENTER)
    assert [m.quote for m in page.marks.values()] == ["It was raised later."]
    hands.qtbot.waitUntil(lambda: "stepped back to" in rows(window)[0])
    hands.window.desk.undo()
    assert dict(page.marks) == before


def test_stepping_back_to_now_changes_nothing(hands: Hands) -> None:
    worked(hands)
    window = opened(hands)
    press(window, ENTER, control=True)
    assert "nothing to change" in window.question.text()
    press(window, ENTER)
    assert not window.strip.isVisible()


def test_ctrl_w_closes_it_and_not_the_window_beside_it(hands: Hands) -> None:
    window = opened(hands)
    press(window, Qt.Key.Key_W, control=True)
    hands.qtbot.waitUntil(lambda: hands.window.findChild(HistoryWindow) is None)
    assert hands.window.isVisible()


def test_esc_closes_and_the_window_follows_the_work(hands: Hands) -> None:
    worked(hands)
    window = opened(hands)
    hands.window.desk.undo()
    hands.qtbot.waitUntil(lambda: "took back" in rows(window)[0])
    press(window, ESC)
    hands.qtbot.waitUntil(lambda: hands.window.findChild(HistoryWindow) is None)


def test_more_steps_are_read_as_they_are_scrolled_to(hands: Hands) -> None:
    worked(hands)
    desk = hands.window.desk
    assert desk.page is not None
    for number in range(150):
        mark = next(iter(desk.page.marks.values()))
        desk.set_note(mark, f"note {number}")
    window = opened(hands)
    assert len(rows(window)) < 150
    press(window, Qt.Key.Key_End)
    while window.steps.canFetchMore(window.list.rootIndex()):
        window.steps.fetchMore(window.list.rootIndex())
    assert len(rows(window)) >= 150 + 4
    assert "set note of claim “It was raised later.” from note 0 to note 1" in " ".join(
        rows(window)
    )


def test_somebody_who_is_gone_keeps_their_name(hands: Hands, tmp_path: Path) -> None:
    hands.open(SEED_000)
    hands.select("Trump announced")
    hands.press("s", ENTER)
    hands.type("Somebody Else")
    hands.press(ENTER, ENTER)
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    desk = hands.window.desk
    assert desk.page is not None
    assert desk.known is not None
    history = desk.workspace.history_of(desk.page.article.id)
    filed = next(r for r in history if r.action == "do" and "New actor" in r.label)
    last = desk.workspace.last_known
    assert "Somebody Else" in told(filed, desk.known, last, {})
    assert any(d.after == "Somebody Else" for d in differences(filed, desk.known, last, {}))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_drawn_in_the_theme_of_the_window(hands: Hands, theme: str) -> None:
    worked(hands)
    window = opened(hands)
    hands.window.settings.theme = theme
    hands.window.show_theme()
    assert window._painter.theme.name == theme
    assert not window.grab().isNull()


def test_what_the_codebook_no_longer_has_keeps_its_name(hands: Hands) -> None:
    """Old steps are told in the words they were done in, whatever was merged since."""
    hands.open(SEED_000)
    hands.select("Lavrov told")
    hands.press("s", ESC)
    desk, workspace = hands.window.desk, hands.window.desk.workspace
    page = desk.page
    assert page is not None
    (statement,) = page.statements.values()
    desk.set_field(statement, "told", "partial")
    desk.set_field(page.statement(statement.id), "certainty", "low")
    for part, into in (
        (Part("kind", "speaker"), Part("kind", "via")),
        (Part("choice", "partial", "told"), Part("choice", "direct", "told")),
        (Part("field", "certainty"), Part("field", "told")),
    ):
        desk.do(merging.merge(workspace, part, into).make())
    said = rows(opened(hands))
    assert "Ada marked speaker “Lavrov told”" in said
    assert any("set Told as of" in line and line.endswith("to partial quote") for line in said)
    assert any("set Certainty of" in line and line.endswith("to low") for line in said)
