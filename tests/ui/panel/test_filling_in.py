"""Filling in by key, notes, and questions to the reviewer."""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotator.ui.panel.card import NOTE
from tests.ui.acting import mark_words, page_of
from tests.ui.acting import message as said
from tests.ui.conftest import Hands
from tests.ui.panel.cards import (
    CONTROL,
    ENTER,
    ESC,
    SHIFT,
    by_claim,
    card_of,
    focused,
)
from tests.workshop import SEED_000


def test_enter_goes_on_to_the_next_unfinished_statement(three: Hands) -> None:
    desk = three.window.desk
    three.window.desk.take(by_claim(three, "urge him").id)
    three.press(ENTER)
    assert focused(three) == "Actor"
    three.type("Donald")
    three.press(ENTER)
    assert three.window.pane.view.hasFocus()
    assert card_of(three)._offer.text() == "Complete. Enter goes on: 1 statement still unfinished."
    three.press(ENTER)
    assert desk.statement == by_claim(three, "raised later").id


def test_enter_in_a_complete_statement_edits_it_again(three: Hands) -> None:
    done = by_claim(three, "Anchorage").id
    three.window.desk.take(done)
    three.press(ENTER)
    assert three.window.desk.statement == done
    assert focused(three) == "Actor"


def test_hints_explain_the_field_then_the_option(hands: Hands) -> None:
    hands.open(SEED_000)
    position = mark_words(hands, "ready to meet", "p")
    hands.press(ENTER)
    issue = card_of(hands)._parts[0].entries["issue"]
    assert "proposition the position is for or against" in issue.explanation
    assert "Boundaries: The shortest run of words" in issue.explanation
    hands.type("summit")
    assert issue.explanation == "Putin and Zelensky should meet in person soon."
    hands.press(ENTER)
    assert issue.explanation == ""
    stance = card_of(hands)._parts[0].entries["stance"]
    hands.type("-2")
    assert stance.explanation == "Rejects the proposition or demands the opposite."
    hands.press(ESC)
    assert "stance" not in page_of(hands).marks[position.id].fields


def test_semicolon_writes_a_note_on_the_mark_and_colon_on_the_statement(hands: Hands) -> None:
    hands.open(SEED_000)
    mark = mark_words(hands, "Trump announced", "s")
    hands.press(";")
    assert focused(hands) == "Note on the mark"
    hands.type("who announced it?")
    hands.press(ENTER)
    assert hands.window.pane.view.hasFocus()
    assert page_of(hands).marks[mark.id].note == "who announced it?"
    hands.press(":", modifier=SHIFT)
    hands.type("see caption")
    hands.press(ENTER)
    (statement,) = page_of(hands).statements.values()
    assert statement.note == "see caption"
    hands.press(";")
    hands.press(Qt.Key.Key_A, modifier=CONTROL)
    hands.press(Qt.Key.Key_Delete, ENTER)
    assert page_of(hands).marks[mark.id].note == ""
    hands.press(ESC)
    assert "note: see caption" in str(hands.window.panel._statements.summary(statement.id))


def test_a_note_that_is_not_wanted_leaves_nothing(hands: Hands) -> None:
    hands.open(SEED_000)
    mark = mark_words(hands, "Trump announced", "s")
    hands.press(";")
    hands.type("never mind")
    hands.press(ESC)
    assert page_of(hands).marks[mark.id].note == ""
    assert hands.window.pane.view.hasFocus()
    place = card_of(hands)._parts[0].entries[NOTE]
    assert place.isHidden()


def test_the_reviewer_is_asked_and_asked_no_longer(hands: Hands) -> None:
    hands.open(SEED_000)
    mark = mark_words(hands, "Trump announced", "s")
    (statement,) = page_of(hands).statements.values()
    hands.press("!", modifier=SHIFT)
    assert page_of(hands).marks[mark.id].flagged
    assert said(hands) == "The reviewer is asked about this mark."
    summary = hands.window.panel._statements.summary(statement.id)
    assert summary is not None
    assert summary.asked
    hands.press("?", modifier=SHIFT)
    assert page_of(hands).statements[statement.id].flagged
    assert card_of(hands)._asked.isVisible()
    hands.press("!", modifier=SHIFT)
    hands.press("?", modifier=SHIFT)
    assert not page_of(hands).marks[mark.id].flagged
    assert not card_of(hands)._asked.isVisible()
