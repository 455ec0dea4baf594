"""Who may come in, and what stays hidden."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.core import marking
from annotator.core.review.procedure import set_procedure
from annotator.ui.history.window import HistoryWindow
from annotator.ui.review.readback import ReadBackWindow
from annotator.ui.review.window import ReviewWindow
from annotator.ui.team.assigning import AssignWindow
from annotator.ui.team.procedure import ProcedureWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.review.acting import beside, decide, working
from tests.ui.review.scene import ADA, GUARANTEE, article_of, done, say, team

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
Open = Callable[[Workspace], Window]
SECRET = "hush-hush"


def test_only_reviewers_come_in(qtbot: QtBot, tmp_path: Path, open_window: Open) -> None:
    with team(tmp_path) as rita:
        ada = rita.as_analyst("Ada")
    hands = working(qtbot, open_window, ada)
    hands.press("r", modifier=Qt.KeyboardModifier.ControlModifier)
    assert hands.window.findChild(ReviewWindow) is None
    assert hands.window._message.text().startswith("Reviewers decide.")
    hands.window.actions_by_id["review.assign"].trigger()
    assert hands.window.findChild(AssignWindow) is None
    procedure = beside(hands, "review.procedure", ProcedureWindow)
    assert isinstance(procedure, ProcedureWindow)
    assert not any(box.isEnabled() for box in procedure.boxes.values())
    hands.press(SPACE)
    assert ada.procedure() is None


@pytest.fixture
def blind(qtbot: QtBot, tmp_path: Path, open_window: Open) -> Hands:
    """Cem, who is to mark the article blind; Ada's work there has a word in it that tells it."""
    rita = team(tmp_path)
    with rita.as_analyst("Ada") as ada:
        page = ada.page(article_of(ada))
        ada.do(marking.set_note(page.in_order()[0], SECRET))
    rita.poll()
    decide(rita)
    rita.do(set_procedure(rita.procedure(), blind=True))
    cem = rita.as_analyst("Cem")
    rita.close()
    say(cem, ADA[0])
    return working(qtbot, open_window, cem)


def told_in(window: QWidget) -> str:
    """Every word that any widget of a window shows or would say."""
    words: list[str] = []
    for widget in [window, *window.findChildren(QObject)]:
        for name in ("text", "toolTip", "accessibleName", "toPlainText", "windowTitle"):
            read = getattr(widget, name, None)
            if callable(read):
                try:
                    words.append(str(read()))
                except TypeError:
                    continue
        model = getattr(widget, "model", None)
        if callable(model) and model() is not None and not callable(getattr(widget, "fold", None)):
            shown = model()
            words += [str(shown.index(row, 0).data()) for row in range(shown.rowCount())]
    return "\n".join(words)


def test_who_is_not_done_reads_nothing_back(blind: Hands) -> None:
    back = beside(blind, "review.readback", ReadBackWindow)
    assert isinstance(back, ReadBackWindow)
    assert back.summary.text() == "This is hidden until you have called the article done."
    assert back.outcomes == []
    assert "advice" not in told_in(blind.window)
    assert "See rule 3" not in told_in(blind.window)
    done(blind.window.desk.workspace)
    blind.window.desk.look_around()
    back.reload()
    assert "added by the reviewer" in back.summary.text()


def test_a_reviewer_who_marks_too_is_blind_until_done(blind: Hands) -> None:
    workspace = blind.window.desk.workspace
    with workspace.as_analyst("Rita") as rita:
        rita.appoint(workspace.analyst.id, True)
    blind.window.desk.look_around()
    review = beside(blind, "review", ReviewWindow)
    assert isinstance(review, ReviewWindow)
    assert review.notice.label.text() == "This is hidden until you have called the article done."
    assert review.bench.cases == []
    assert SECRET not in told_in(blind.window)
    blind.press("l", "a", "t", "x", "i", "n", "j", "m", "r", ";", "s", "w", "g")
    assert review.strip is None
    assert review.draft is None
    assert review.bench.cases == []
    assert SECRET not in told_in(blind.window)


def test_search_and_history_show_nothing_of_others(blind: Hands) -> None:
    window, workspace = blind.window, blind.window.desk.workspace
    window.articles.focus_search()
    blind.type(SECRET)
    blind.press(ENTER)
    blind.qtbot.wait(50)
    blind.press(*[Qt.Key.Key_Backspace] * len(SECRET))
    assert GUARANTEE not in told_in(window.articles)
    window.to_text()
    history = beside(blind, "history", HistoryWindow)
    assert isinstance(history, HistoryWindow)
    history.whose.setCurrentIndex(0)
    history.steps.author = None
    history.reload()
    shown = told_in(history)
    assert SECRET not in shown
    assert "Reject" not in shown
    assert workspace.count("statement").keys() == {(article_of(workspace), workspace.analyst.id)}


def test_the_tour_and_the_panel_know_the_own_layer_alone(blind: Hands) -> None:
    blind.window.actions_by_id["help.tour"].trigger()
    assert SECRET not in told_in(blind.window)
    page = blind.window.desk.page
    assert page is not None
    assert {mark.layer for mark in page.marks.values()} == {blind.window.desk.workspace.analyst.id}
