"""Deciding by keys: each way to decide, what it leaves, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core import marking
from annotator.core.articles import set_progress
from annotator.core.model import GOLD
from annotator.core.review.agreeing import Rule
from annotator.core.review.commenting import answer_all, threads
from annotator.core.review.procedure import reopen, set_procedure
from annotator.ui.review.agree_strip import AgreeStrip
from annotator.ui.review.choosing import shows
from annotator.ui.review.comments import addressed
from annotator.ui.review.layers_strip import LayersStrip
from annotator.ui.review.window import ReviewWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.many_layers import NAMES, many_layers
from tests.ui.review.conftest import Reviewer
from tests.ui.review.scene import ADA, ANCHORAGE, GUARANTEE, READY, article_of, done, say

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def gold(hands: Reviewer) -> list[str]:
    """The words of the claims of gold."""
    workspace = hands.window.desk.workspace
    page = workspace.page(article_of(workspace), GOLD)
    return [m.quote for s in page.in_order() for m in page.members(s, "claim")]


def verdicts(hands: Reviewer) -> list[str]:
    workspace = hands.window.desk.workspace
    return [verdict.decision for verdict in workspace.verdicts(article_of(workspace))]


def headings(hands: Reviewer) -> list[str]:
    table = hands.review.opened.table
    items = [table.horizontalHeaderItem(column) for column in range(table.columnCount())]
    return [item.text() for item in items if item is not None]


def test_cases_are_listed_in_reading_order_with_what_differs(reviewing: Reviewer) -> None:
    lines = [reviewing.review.list.lines.line(row) for row in range(5)]
    assert [line.second for line in lines] == [
        "all agree",
        "Claim boundary",
        "Actor · Stance",
        "all agree",
        "only A",
    ]
    assert lines[2].told.who == "Sergei Lavrov / Vladimir Putin"
    assert reviewing.review.header.coverage.text() == "2 of 2 done · 5 cases undecided"


def test_keys_walk_from_difference_to_difference(reviewing: Reviewer) -> None:
    bench = reviewing.review.bench
    at = [bench.cases.index(bench.case)] if bench.case else []
    for key in ("j", "j", "j", "j", "k"):
        reviewing.press(key)
        assert bench.case is not None
        at.append(bench.cases.index(bench.case))
    assert at == [0, 1, 2, 4, 1, 4]
    assert reviewing.review.list.currentIndex().row() == 4


def test_a_letter_or_a_digit_takes_a_layer_and_goes_on(reviewing: Reviewer) -> None:
    reviewing.press("j", "a")
    assert gold(reviewing) == [ANCHORAGE]
    assert reviewing.states[1] == "accepted"
    assert reviewing.review.bench.case is reviewing.review.bench.cases[2]
    reviewing.press("2")
    workspace = reviewing.window.desk.workspace
    page = workspace.page(article_of(workspace), GOLD)
    assert [m.fields["stance"] for m in page.marks.values() if m.kind == "position"] == [1]
    review = workspace.review(article_of(workspace))
    assert review is not None
    assert review.state == "in review"


def test_a_layer_that_says_nothing_cannot_be_taken(reviewing: Reviewer) -> None:
    reviewing.press("j", "j", "j", "b")
    assert verdicts(reviewing) == []
    assert "says nothing here" in reviewing.said
    reviewing.press("f")
    assert "There are 2 layers here." in reviewing.said


def test_both_are_taken(reviewing: Reviewer) -> None:
    reviewing.press("j", "j", "t")
    assert gold(reviewing) == [READY, READY]
    assert reviewing.states[2] == "accepted"


def test_layers_are_chosen_and_taken_together(reviewing: Reviewer) -> None:
    reviewing.press("j", "j")
    reviewing.press("a", "b", modifier=SHIFT)
    assert len(reviewing.review.bench.chosen) == 2
    reviewing.press("b", modifier=SHIFT)
    reviewing.press(ENTER)
    assert len(gold(reviewing)) == 1


def test_a_rejection_asks_for_a_reason_and_a_note(reviewing: Reviewer) -> None:
    reviewing.press("j", "j", "j", "r")
    reviewing.type("outs")
    reviewing.press(ENTER)
    reviewing.type("advice, not a position")
    reviewing.press(ENTER)
    workspace = reviewing.window.desk.workspace
    (verdict,) = workspace.verdicts(article_of(workspace))
    assert (verdict.decision, verdict.reason) == ("rejected", "outside")
    assert verdict.note == "advice, not a position"
    assert gold(reviewing) == []


def test_a_rejection_without_a_reason_is_none(reviewing: Reviewer) -> None:
    reviewing.press("r", ENTER)
    assert reviewing.asked
    strip = reviewing.review.strip
    assert strip is not None
    assert "A reason is needed" in strip.question.text()
    reviewing.press(ESC)
    assert reviewing.review.strip is None
    assert reviewing.review.isVisible()
    assert verdicts(reviewing) == []
    reviewing.press("a")
    assert verdicts(reviewing) == ["accepted"]


def test_nothing_is_right_counts_as_decided(reviewing: Reviewer) -> None:
    reviewing.press("x")
    assert verdicts(reviewing) == ["rejected"]
    assert len(reviewing.review.bench.undecided) == 4


def test_skipping_decides_nothing(reviewing: Reviewer) -> None:
    reviewing.press("a", " ", "n")
    bench = reviewing.review.bench
    assert bench.case is bench.cases[3]
    assert verdicts(reviewing) == ["accepted"]


def test_all_that_all_agree_on_is_one_step(reviewing: Reviewer) -> None:
    reviewing.press("l")
    strip = reviewing.review.strip
    assert strip is not None
    assert strip.question.text() == "Take 2 cases on which all agree?"
    reviewing.press(ENTER)
    assert reviewing.states.count("accepted") == 2
    reviewing.press("z", modifier=CONTROL)
    assert verdicts(reviewing) == []
    reviewing.press("y", modifier=CONTROL)
    assert reviewing.states.count("accepted") == 2


def test_a_looser_rule_shows_how_many_more_it_takes(reviewing: Reviewer) -> None:
    reviewing.press("l")
    strip = reviewing.review.strip
    assert isinstance(strip, AgreeStrip)
    assert "said by both layers, and by nobody otherwise; the same boundaries" in strip.words.text()
    left = "Left as they are: 1 said by too few, 1 with other boundaries, 1 with other fields."
    assert strip.left_over.text() == left
    while not strip.edges.hasFocus():
        reviewing.press(TAB)
    assert not strip.boundary.isVisible()
    reviewing.press(Qt.Key.Key_Down)
    assert strip.boundary.isVisible()
    assert strip.question.text() == "Take 3 cases on which all agree?"
    assert "at most 1 character apart" in strip.words.text()
    assert verdicts(reviewing) == []
    reviewing.press(ENTER)
    assert verdicts(reviewing) == ["accepted"] * 3
    reviewing.press("l")
    again = reviewing.review.strip
    assert isinstance(again, AgreeStrip)
    assert again.rule == Rule(boundary=1)
    reviewing.press(Qt.Key.Key_Escape)
    reviewing.press("z", modifier=CONTROL)
    assert verdicts(reviewing) == []


def test_fields_and_kinds_that_must_be_equal_are_chosen_by_keys(reviewing: Reviewer) -> None:
    reviewing.press("l")
    strip = reviewing.review.strip
    assert isinstance(strip, AgreeStrip)
    QTest.keyClick(strip.fields, Qt.Key.Key_Space)
    menu = strip.fields.listed
    reviewing.qtbot.waitUntil(menu.isVisible)
    for _ in menu.actions():
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert strip.fields.text() == "no fields"
    assert strip.rule == Rule(fields=())
    assert strip.question.text() == "Take 3 cases on which all agree?"
    strip.number.setFocus()
    QTest.keyClick(strip.number, Qt.Key.Key_Down)
    assert strip.rule == Rule(fields=(), at_least=1)
    assert strip.question.text() == "Take 4 cases on which all agree?"


def test_more_layers_than_there_is_room_for_are_told_and_chosen(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    path = tmp_path / "seven.annotator"
    many_layers(path, articles=1, analysts=7)
    window = open_window(Workspace.open(path, "Ada"))
    window.desk.open(window.desk.workspace.articles()[0].id)
    window.actions_by_id["review"].trigger()
    review = window.findChild(ReviewWindow)
    assert isinstance(review, ReviewWindow)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is review)
    assert [lane.name for lane in review.bench.lanes] == list(NAMES[:6])
    assert "not beside the text: Gul (V chooses)" in review.header.layers.text()
    QTest.keyClick(review.list, Qt.Key.Key_V)
    strip = review.strip
    assert isinstance(strip, LayersStrip)
    boxes = list(strip.boxes.values())
    boxes[6].setFocus()
    QTest.keyClick(boxes[6], Qt.Key.Key_Space)
    assert not strip.yes.isEnabled()
    assert strip.words.text() == "7 layers chosen; at most 6 stand beside one text."
    QTest.keyClick(boxes[6], ENTER)
    assert review.strip is strip
    QTest.keyClick(boxes[0], Qt.Key.Key_Space)
    QTest.keyClick(boxes[0], ENTER)
    assert [lane.name for lane in review.bench.lanes] == list(NAMES[1:7])
    assert "not beside the text: Ada" in review.header.layers.text()


def test_the_case_of_a_layer_that_is_not_shown_is_shown_with_it(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    path = tmp_path / "seven.annotator"
    many_layers(path, articles=1, analysts=7)
    window = open_window(Workspace.open(path, "Ada"))
    workspace = window.desk.workspace
    article = workspace.articles()[0].id
    gul = next(a.id for a in workspace.analysts() if a.name == "Gul")
    wanted = workspace.page(article, gul).in_order()[0]
    window.desk.open(article)
    window.actions_by_id["review"].trigger()
    review = window.findChild(ReviewWindow)
    assert isinstance(review, ReviewWindow)
    assert review.go_to([gul], [wanted.id])
    assert [lane.name for lane in review.bench.lanes] == [*NAMES[:5], "Gul"]
    assert review.bench.case is not None
    assert review.bench.case.said[gul] == wanted.id
    case = review.bench.case
    qtbot.waitUntil(lambda: QApplication.activeWindow() is review)
    QTest.keyClick(review.list, Qt.Key.Key_F)
    assert [len(v.sources) for v in workspace.verdicts(article)] == [len(case.said)]
    (decided,) = [c for c in review.bench.cases if c.verdicts]
    assert decided.state == "accepted"
    assert gul in decided.said
    review.bench.pick([lane.id for lane in review.bench.lanes][:5])
    (aside,) = [c for c in review.bench.cases if c.verdicts]
    assert gul not in aside.said
    assert not aside.stale


def test_a_decision_is_taken_back(reviewing: Reviewer) -> None:
    reviewing.press("a", "k", "k")
    bench = reviewing.review.bench
    bench.take(bench.cases[0])
    reviewing.press("w")
    assert verdicts(reviewing) == []
    assert gold(reviewing) == []


def test_editing_before_taking_in_the_fields_of_the_panel(reviewing: Reviewer) -> None:
    assert "A (B, C …) take" in reviewing.review._hints.text()
    reviewing.press("j", "j", "m")
    assert reviewing.review._hints.text().startswith("Ctrl+Return take this")
    draft = reviewing.review.draft
    assert draft is not None
    reviewing.press(TAB)
    while draft.desk.current_mark is None or draft.desk.current_mark.kind != "position":
        reviewing.press(TAB)
    reviewing.press("1")
    assert verdicts(reviewing) == []
    reviewing.press(ENTER, modifier=CONTROL)
    assert reviewing.review.draft is None
    assert verdicts(reviewing) == ["corrected"]
    workspace = reviewing.window.desk.workspace
    page = workspace.page(article_of(workspace), GOLD)
    assert [m.fields["stance"] for m in page.marks.values() if m.kind == "position"] == [-2]


def test_boundaries_are_edited_and_undone_in_the_draft(reviewing: Reviewer) -> None:
    reviewing.press("j", "m")
    draft = reviewing.review.draft
    assert draft is not None
    while draft.desk.current_mark is None or draft.desk.current_mark.kind != "claim":
        reviewing.press(TAB)
    reviewing.press("[")
    reviewing.press("[")
    reviewing.press("z", modifier=CONTROL)
    reviewing.press(ENTER, modifier=CONTROL)
    assert gold(reviewing) == [ANCHORAGE[:-1]]


def test_a_draft_that_is_left_leaves_nothing(reviewing: Reviewer) -> None:
    reviewing.press("m", ESC, ESC)
    assert reviewing.review.draft is None
    assert reviewing.review.isVisible()
    assert verdicts(reviewing) == []
    reviewing.press("a")
    assert verdicts(reviewing) == ["accepted"]


def test_what_was_decided_is_edited_again(reviewing: Reviewer) -> None:
    reviewing.press("j", "a")
    reviewing.review.bench.take(reviewing.review.bench.cases[1])
    reviewing.press("m")
    draft = reviewing.review.draft
    assert draft is not None
    while draft.desk.current_mark is None or draft.desk.current_mark.kind != "claim":
        reviewing.press(TAB)
    reviewing.press("[")
    reviewing.press(ENTER, modifier=CONTROL)
    assert gold(reviewing) == [ANCHORAGE[:-1]]
    assert verdicts(reviewing) == ["corrected"]


def test_what_no_layer_has_is_added(reviewing: Reviewer) -> None:
    reviewing.press(Qt.Key.Key_Insert)
    draft = reviewing.review.draft
    assert draft is not None
    words = "he wants a trilateral summit"
    at = reviewing.text.index(words)
    draft.pane.view.select(at, at + len(words))
    reviewing.press("c")
    reviewing.press(ENTER, modifier=CONTROL)
    assert gold(reviewing) == [words]
    assert len(reviewing.review.bench.cases) == 6
    assert verdicts(reviewing) == ["corrected"]


def test_a_gap_and_a_reason_are_added_to_a_decision(reviewing: Reviewer) -> None:
    reviewing.press("g")
    assert "Decide first" in reviewing.said
    reviewing.press("a")
    reviewing.review.bench.take(reviewing.review.bench.cases[0])
    reviewing.press("g", "y")
    reviewing.type("stan")
    reviewing.press(ENTER)
    reviewing.type("see rule 4")
    reviewing.press(ENTER)
    workspace = reviewing.window.desk.workspace
    (verdict,) = workspace.verdicts(article_of(workspace))
    assert (verdict.gap, verdict.reason, verdict.note) == (True, "stance", "see rule 4")
    assert workspace.gaps() == [verdict]
    assert "Guideline gap" in reviewing.review.opened.decision.text()


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


def test_the_article_is_called_decided_after_it_was_said_what_is_not(reviewing: Reviewer) -> None:
    workspace = reviewing.window.desk.workspace
    reviewing.press("a")
    reviewing.press("d", modifier=CONTROL)
    assert reviewing.said.startswith("4 cases undecided")
    reviewing.press("d", modifier=CONTROL)
    review = workspace.review(article_of(workspace))
    assert review is not None
    assert review.state == "decided"
    assert reviewing.review.header.state.text() == "Decided"
    reviewing.press("d", modifier=CONTROL)
    assert reviewing.review.header.state.text() == "In review"


def test_what_changes_after_it_was_decided_is_shown_and_nothing_is_lost(
    reviewing: Reviewer,
) -> None:
    reviewing.press("j", "a", "a")
    workspace = reviewing.window.desk.workspace
    article = article_of(workspace)
    with workspace.as_analyst("Ada") as ada:
        old = ada.status(article)
        ada.do(reopen(old))
        page = ada.page(article)
        statement = page.in_order()[1]
        (claim,) = page.members(statement, "claim")
        ada.do(marking.move_boundary(page, claim.id, 0, "end", claim.fragments[0].end - 1))
        done(ada)
    reviewing.window.desk.look_around()
    assert verdicts(reviewing) == ["accepted", "accepted"]
    stale = [case for case in reviewing.review.bench.cases if case.stale]
    assert len(stale) == 1
    assert ANCHORAGE in gold(reviewing)
    reviewing.review.bench.take(stale[0])
    assert reviewing.review.opened.since.text() == "A changed it since."
    reviewing.press("s")
    assert not any(case.stale for case in reviewing.review.bench.cases)
    assert ANCHORAGE in gold(reviewing)


def test_what_was_deleted_after_it_was_decided_stays_in_gold(reviewing: Reviewer) -> None:
    reviewing.review.bench.take(reviewing.review.bench.cases[4])
    reviewing.press("a")
    workspace = reviewing.window.desk.workspace
    with workspace.as_analyst("Ada") as ada:
        page = ada.page(article_of(ada))
        (gone,) = [s for s in page.in_order() if page.members(s, "claim")[0].quote == GUARANTEE]
        ada.do(marking.delete(page, gone.marks()))
    reviewing.window.desk.look_around()
    assert gold(reviewing) == [GUARANTEE]
    (case,) = [case for case in reviewing.review.bench.cases if case.stale]
    reviewing.review.bench.take(case)
    assert reviewing.review.opened.since.text() == "A took it away since."
    reviewing.press("w")
    assert gold(reviewing) == []


def test_a_layer_that_comes_later_joins_what_was_decided(reviewing: Reviewer) -> None:
    reviewing.press("j", "a")
    workspace = reviewing.window.desk.workspace
    with workspace.as_analyst("Cem") as cem:
        say(cem, ADA[2])
        done(cem)
    reviewing.window.desk.look_around()
    assert len(reviewing.review.bench.cases) == 5
    case = reviewing.review.bench.cases[1]
    assert case.state == "undecided"
    assert len(case.new) == 1
    assert gold(reviewing) == [ANCHORAGE]


def test_clicking_a_mark_takes_its_case(reviewing: Reviewer) -> None:
    bench = reviewing.review.bench
    assert bench.docket is not None
    case = bench.cases[4]
    (said,) = case.ids
    mark = bench.docket.find(said)[1].marks()[0]  # type: ignore[union-attr]
    reviewing.review.text.view.mark_chosen.emit(mark)
    assert bench.case is case


@pytest.mark.parametrize("show", ["boundary", "undecided"])
def test_only_some_are_listed(reviewing: Reviewer, show: str) -> None:
    bench = reviewing.review.bench
    wanted = {said.partition(":")[0]: key for key, said in shows(bench)}
    if show == "boundary":
        bench.want(wanted["Claim boundary"])
        assert bench.listed == [bench.cases[1]]
    else:
        bench.want("undecided")
        reviewing.press("a")
        assert len(bench.listed) == 4


def test_those_who_are_not_done_are_compared_only_when_asked(reviewing: Reviewer) -> None:
    workspace = reviewing.window.desk.workspace
    article = article_of(workspace)
    with workspace.as_analyst("Ben") as ben:
        ben.do(set_progress(article, ben.analyst.id, ben.status(article), "in progress"))
    reviewing.window.desk.look_around()
    assert [lane.name for lane in reviewing.review.bench.lanes] == ["Ada"]
    assert reviewing.review.header.coverage.text().startswith("1 of 2 done")
    assert "not compared: Ben" in reviewing.review.header.layers.text()
    reviewing.press("i")
    assert [lane.name for lane in reviewing.review.bench.lanes] == ["Ada", "Ben"]


def test_names_are_hidden(reviewing: Reviewer) -> None:
    workspace = reviewing.window.desk.workspace
    workspace.do(set_procedure(None, names_hidden=True, shuffled=True, seed=3))
    shown = " ".join(
        [
            reviewing.review.header.layers.text(),
            *headings(reviewing),
        ]
    )
    assert "Ada" not in shown
    assert "Ben" not in shown
    assert "Names hidden" in shown
