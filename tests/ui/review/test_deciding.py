"""Deciding by keys: each way to decide, what it leaves, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.core.model import GOLD
from annotator.core.review.agreeing import Rule
from annotator.core.review.records import REASONS
from annotator.ui.review.agree_strip import AgreeStrip
from annotator.ui.review.strips import ReasonStrip
from tests.ui.review.conftest import Reviewer
from tests.ui.review.reading import gold, verdicts
from tests.ui.review.scene import ANCHORAGE, READY, article_of

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
DOWN = Qt.Key.Key_Down
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


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


def reasons(reviewing: Reviewer) -> tuple[ReasonStrip, list[str]]:
    """The reasons of the strip that R opens."""
    reviewing.press("j", "j", "j", "r")
    strip = reviewing.review.strip
    assert isinstance(strip, ReasonStrip)
    return strip, list(REASONS)


def the_verdict(reviewing: Reviewer) -> tuple[str, str, str]:
    workspace = reviewing.window.desk.workspace
    (found,) = workspace.verdicts(article_of(workspace))
    return found.decision, found.reason, found.note


def test_a_reason_that_is_highlighted_is_the_one_that_the_button_rejects_for(
    reviewing: Reviewer,
) -> None:
    strip, keys = reasons(reviewing)
    reviewing.press(DOWN, DOWN)
    QTest.mouseClick(strip.yes, Qt.MouseButton.LeftButton)
    assert the_verdict(reviewing) == ("rejected", keys[1], "")


def test_going_on_to_the_note_keeps_the_reason_that_is_highlighted(reviewing: Reviewer) -> None:
    strip, keys = reasons(reviewing)
    reviewing.press(DOWN, DOWN, DOWN, TAB)
    assert strip.note.hasFocus()
    assert strip.reason == keys[2]
    reviewing.type("so it is")
    reviewing.press(ENTER)
    assert the_verdict(reviewing) == ("rejected", keys[2], "so it is")


def test_the_button_asks_for_a_reason_where_none_is_highlighted(reviewing: Reviewer) -> None:
    strip, _ = reasons(reviewing)
    QTest.mouseClick(strip.yes, Qt.MouseButton.LeftButton)
    assert reviewing.review.strip is strip
    assert "A reason is needed" in strip.question.text()
    assert strip.entry.line.hasFocus()
    assert verdicts(reviewing) == []


def test_nothing_is_right_counts_as_decided(reviewing: Reviewer) -> None:
    reviewing.press("x")
    assert verdicts(reviewing) == ["rejected"]
    assert len(reviewing.review.bench.undecided) == 4


def test_where_all_agree_on_nothing_enter_takes_nothing_and_goes_nowhere(
    reviewing: Reviewer,
) -> None:
    reviewing.press("l", ENTER, "l")
    strip = reviewing.review.strip
    assert isinstance(strip, AgreeStrip)
    assert strip.question.text().startswith("By this rule there is no case to take")
    reviewing.press(ENTER)
    assert reviewing.review.strip is strip
    reviewing.press(ESC)
    assert not reviewing.asked


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


def test_a_decision_is_taken_back(reviewing: Reviewer) -> None:
    reviewing.press("a", "k", "k")
    bench = reviewing.review.bench
    bench.take(bench.cases[0])
    reviewing.press("w")
    assert verdicts(reviewing) == []
    assert gold(reviewing) == []


def test_the_article_is_called_decided_after_it_was_said_what_is_not(reviewing: Reviewer) -> None:
    workspace = reviewing.window.desk.workspace
    reviewing.press("a")
    reviewing.press("d", modifier=CONTROL)
    assert reviewing.said.startswith("4 cases undecided")
    reviewing.press("d", modifier=CONTROL)
    review = workspace.review(article_of(workspace))
    assert review is not None
    assert review.state == "decided"
    assert reviewing.review.header.state.text() == "Decided but for 4"
    reviewing.press("d", modifier=CONTROL)
    assert reviewing.review.header.state.text() == "In review"
