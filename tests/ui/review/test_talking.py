"""Comments by keys: said, answered, resolved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.review.commenting import answer_all, comment, threads
from annotator.ui.review.choosing import shows
from annotator.ui.review.comments import addressed
from annotator.ui.review.readback import ReadBackWindow
from annotator.ui.review.strips import WordsStrip
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.review.acting import Open, beside, decide, working
from tests.ui.review.conftest import Reviewer
from tests.ui.review.scene import article_of, team

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


def labels(parent: QWidget) -> list[str]:
    """What the comments in a window say, with what stands above each."""
    return [label.text() for label in parent.findChildren(QLabel) if not label.isHidden()]


def texts(workspace: Workspace) -> list[str]:
    return [one.text for one in workspace.comments(article_of(workspace))]


def test_comments_are_said_answered_and_resolved(reviewing: Reviewer) -> None:
    reviewing.press("j", "j", "j", ";")
    reviewing.type("Is this advice?")
    reviewing.press(ENTER)
    workspace = reviewing.window.desk.workspace
    (comment,) = workspace.comments(article_of(workspace))
    assert comment.text == "Is this advice?"
    reviewing.press(".")
    reviewing.type("It is.")
    reviewing.press(ENTER, ",")
    first, answer = workspace.comments(article_of(workspace))
    assert answer.answer_to == first.id
    assert first.resolved
    assert workspace.review(article_of(workspace)) is None  # talking begins no review
    assert len(reviewing.review.bench.comments) == 2


def test_what_is_said_to_two_layers_is_one_thread_that_both_read(reviewing: Reviewer) -> None:
    """Answers and what is resolved too, whoever answers."""
    reviewing.press(";")
    reviewing.type("Which words?")
    reviewing.press(ENTER)
    rita = reviewing.window.desk.workspace
    article = article_of(rita)
    said = rita.comments(article)
    assert len({comment.layer for comment in said}) == len(said) == 2
    with rita.as_analyst("Ben") as ben:
        (thread,) = threads(ben.comments(article), {said[1].about})
        ben.do(answer_all(thread, "All of them.", ben.new_id))
    rita.poll()
    reviewing.press(".")
    reviewing.type("Then shorter.")
    reviewing.press(ENTER, ",")
    with rita.as_analyst("Ada") as ada:
        (thread,) = threads(ada.comments(article), {said[0].about})
    told = addressed(thread.comments, {}, str)
    assert [comment.text for comment, _ in told] == [
        "Which words?",
        "All of them.",
        "Then shorter.",
    ]
    assert all(comment.resolved for comment in thread.said)
    shown = addressed(reviewing.review.bench.comments, {}, str)
    assert len(shown) == 3
    assert len(reviewing.review.bench.threads) == 1


def test_a_comment_is_reworded_in_every_layer_it_went_to_says_so_and_is_undone(
    reviewing: Reviewer,
) -> None:
    reviewing.press(";")
    reviewing.type("Wich words?")
    reviewing.press(ENTER)
    workspace = reviewing.window.desk.workspace
    assert "You to A and B" in labels(reviewing.review.opened)
    reviewing.press(":", Qt.Key.Key_Home, Qt.Key.Key_Right)
    reviewing.type("h")
    reviewing.press(ENTER)
    assert texts(workspace) == ["Which words?"] * 2
    assert len(reviewing.review.bench.threads) == 1
    assert "You to A and B · edited" in labels(reviewing.review.opened)
    reviewing.press("z", modifier=Qt.KeyboardModifier.ControlModifier)
    assert texts(workspace) == ["Wich words?"] * 2
    assert "You to A and B" in labels(reviewing.review.opened)


def test_comments_show_in_the_list_and_what_is_said_comes_into_view(reviewing: Reviewer) -> None:
    review = reviewing.review
    review.resize(900, 460)
    reviewing.press("j", ";")
    reviewing.type("Which words?")
    reviewing.press(ENTER)
    line = review.list.lines.line(1)
    assert line.second.startswith("1 comment · ")

    def is_seen() -> bool:
        said = [one for one in review.opened.findChildren(QLabel) if one.text() == "Which words?"]
        return any(not one.visibleRegion().isEmpty() for one in said)

    reviewing.qtbot.waitUntil(is_seen)
    while is_seen():
        at = review._case_page.verticalScrollBar().value()
        reviewing.press(Qt.Key.Key_Up, modifier=Qt.KeyboardModifier.ControlModifier)
        assert review._case_page.verticalScrollBar().value() < at
    while not is_seen():
        reviewing.press(Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ControlModifier)
    assert review.bench.case is review.bench.cases[1]
    assert ("commented", "With comments: 1") in shows(review.bench)
    reviewing.press(",")
    assert review.list.lines.line(1).second == line.second.removeprefix("1 comment · ")


def test_what_is_resolved_is_not_edited(reviewing: Reviewer) -> None:
    reviewing.press(";")
    reviewing.type("Which words?")
    reviewing.press(ENTER, ",")
    assert "You to A and B · resolved" in labels(reviewing.review.opened)


def test_only_what_one_wrote_is_reworded(reviewing: Reviewer) -> None:
    reviewing.press(":")
    assert reviewing.said == "There is no comment here."
    rita = reviewing.window.desk.workspace
    case = reviewing.review.bench.case
    assert case is not None
    with rita.as_analyst("Ada") as ada:
        statement = ada.page(article_of(ada)).statement(case.said[ada.analyst.id])
        ada.do(comment(statement, "Not sure.", ada.new_id())[0])
    rita.poll()
    reviewing.press(":")
    assert not reviewing.asked
    assert "only who wrote one can reword it" in reviewing.said
    reviewing.press(".")
    reviewing.type("Nor am I.")
    reviewing.press(ENTER, ":")
    reviewing.type(" But?")
    reviewing.press(ENTER)
    assert texts(rita) == ["Not sure.", "Nor am I. But?"]
    with rita.as_analyst("Ada") as ada:
        found = ada.comments(article_of(ada))
        assert ada.reworded(found) == {found[1].id}


def test_a_comment_without_words_is_asked_for_again(reviewing: Reviewer) -> None:
    reviewing.press(";", ENTER)
    assert reviewing.asked
    reviewing.type("Which words?")
    reviewing.press(ENTER, ":", *[Qt.Key.Key_Backspace] * 12, ENTER)
    strip = reviewing.review.strip
    assert strip is not None
    assert "It needs words" in strip.question.text()
    reviewing.press(ESC)
    assert texts(reviewing.window.desk.workspace) == ["Which words?"] * 2


def test_an_analyst_rewords_where_the_review_is_read_back_by_key_and_menu(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    rita = team(tmp_path)
    decide(rita)
    ada = rita.as_analyst("Ada")
    hands: Hands = working(qtbot, open_window, ada)
    back = beside(hands, "review.readback", ReadBackWindow)
    assert isinstance(back, ReadBackWindow)
    while not back.comments:
        hands.press(Qt.Key.Key_Down)
    hands.press(":")
    assert not back.findChildren(WordsStrip)
    assert "only who wrote one can reword it" in " ".join(labels(back))
    hands.press(".")
    hands.type("Agred.")
    hands.press(ENTER, ":", Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    hands.type("eed.")
    hands.press(ENTER)
    assert texts(ada) == ["See rule 3", "Agreed."]
    assert "You, answering · edited" in labels(back)
    menu = menu_of(hands, back)
    reword = next(one for one in menu.actions() if "Reword your comment" in one.text())
    reword.trigger()
    menu.close()
    assert back.strip is not None
    hands.type(" Thanks.")
    hands.press(ENTER)
    assert texts(ada) == ["See rule 3", "Agreed. Thanks."]


def menu_of(hands: Hands, back: ReadBackWindow) -> QMenu:
    """What the menu key opens on the list."""
    at = back.list.rect().center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, at, back.list.viewport().mapToGlobal(at)
    )
    QApplication.sendEvent(back.list.viewport(), event)
    hands.qtbot.waitUntil(lambda: bool(back.findChildren(QMenu)))
    return back.findChildren(QMenu)[-1]
