"""The tag panel by keys: walking, folding, filtering, what is to do, notes, the reviewer, hints."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from annotator.core.model import Statement
from annotator.ui.panel import cards
from annotator.ui.panel.card import NOTE, Card
from annotator.ui.panel.summary import Summary
from tests.ui.acting import mark_words, page_of
from tests.ui.acting import message as said
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, SEED_002

ENTER, ESC, DOWN, UP = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up
F8, SHIFT = Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def card_of(hands: Hands) -> Card:
    card = hands.window.panel.card
    assert card is not None
    return card


def focused(hands: Hands) -> str:
    focus = QApplication.focusWidget()
    return focus.accessibleName() if focus else ""


def shown(hands: Hands) -> list[int]:
    return hands.window.panel._statements.ids


@pytest.fixture
def three(hands: Hands) -> Hands:
    """Three statements in seed 000: Lavrov's whole, Trump's without an actor, a lone claim."""
    hands.open(SEED_000)
    mark_words(hands, "Lavrov told", "s")
    mark_words(hands, "It was not discussed in Anchorage.", "c")
    hands.press(ENTER)
    hands.type("Lavrov")
    hands.press(ENTER, ESC)
    mark_words(hands, "Trump announced", "s")
    mark_words(hands, "urge him to meet with Zelensky", "c")
    hands.press(ESC)
    mark_words(hands, "It was raised later.", "c")
    hands.press(ESC)
    return hands


def by_claim(hands: Hands, words: str) -> Statement:
    page = page_of(hands)
    return next(
        s for s in page.in_order() if any(words in m.quote for m in page.members(s, "claim"))
    )


def test_a_long_issue_leaves_room_for_the_stance(qapp: QApplication) -> None:
    issue = "Transport: a very long name of an issue that somebody typed without thinking of it"
    card = Summary("Trump", "", "It was raised.", (f"{issue}: −1 doubts",), (), ())
    font = qapp.font()
    width = QFontMetrics(font).horizontalAdvance("m" * 25)
    lines = [line for line, _, _ in cards._lines(card, font, width)]
    assert " ".join(lines).endswith(f"{issue}: −1 doubts")


# Walking and folding


def test_arrows_take_the_cards_in_hand_and_esc_leads_back(three: Hands) -> None:
    desk, panel = three.window.desk, three.window.panel
    ids = [s.id for s in page_of(three).in_order()]
    panel.list.setFocus()
    taken = []
    for key in (DOWN, DOWN, DOWN, DOWN, UP, Qt.Key.Key_End, Qt.Key.Key_Home):
        three.press(key)
        taken.append(desk.statement)
    assert taken == [ids[0], ids[1], ids[2], ids[0], ids[2], ids[2], ids[0]]
    assert panel.list.hasFocus()
    assert card_of(three).property("look") == "card-at-hand-ring"
    three.press(ESC)
    assert three.window.pane.view.hasFocus()
    assert card_of(three).property("look") == "card-at-hand"


def test_enter_on_a_card_fills_in(three: Hands) -> None:
    three.window.panel.list.setFocus()
    three.press(DOWN, DOWN, DOWN, ENTER)
    assert focused(three) == "Actor"


def test_the_card_stays_where_its_row_is(three: Hands) -> None:
    panel = three.window.panel
    for _ in range(4):
        three.press("j")
        three.qtbot.waitUntil(lambda: card_of(three).isVisible())
        row = panel.list.card_row()
        assert row is not None
        place = panel.list.visualRect(panel._statements.index(row))
        assert place.contains(card_of(three).geometry())
        assert card_of(three).height() >= card_of(three).heightForWidth(card_of(three).width())


def test_the_same_widgets_show_one_statement_after_the_other(three: Hands) -> None:
    three.press("j")
    card = card_of(three)
    entries = {id(e) for part in card._parts for e in part.entries.values()}
    for _ in range(9):
        three.press("j")
    assert card_of(three) is card
    made = [part for spare in card._spare.values() for part in spare] + card._parts
    assert entries <= {id(e) for part in made for e in part.entries.values()}
    assert len(made) <= 4, "widgets pile up"


def test_what_is_typed_is_kept_when_another_statement_comes_to_hand(three: Hands) -> None:
    three.press("j", ";")
    thing = three.window.desk.current_statement
    assert thing is not None
    three.type("look again")
    three.press(F8)
    assert page_of(three).statements[thing.id].note == "look again"


def test_z_folds_every_card_and_unfolds_them(three: Hands) -> None:
    panel = three.window.panel
    three.press("j")
    three.qtbot.wait(1)
    rows = [panel._statements.index(n) for n in range(3)]

    def heights() -> list[int]:
        QApplication.processEvents()
        return [panel.list.visualRect(row).height() for row in rows]

    before = heights()
    three.press("z")
    folded = heights()
    assert folded[1] < before[1]
    assert folded[2] < before[2]
    assert folded[0] == before[0], "the card at hand stays open"
    three.press("z")
    assert heights() == before
    panel.list.setFocus()
    three.press("z")
    assert heights() == folded


# Filtering


def test_words_narrow_the_cards_while_they_are_typed(three: Hands) -> None:
    panel = three.window.panel
    three.press("/")
    three.type("anchorage")
    assert shown(three) == [by_claim(three, "Anchorage").id]
    assert panel.heading.shown.text() == "1 of 3 shown"
    three.press(ESC)
    assert len(shown(three)) == 3
    assert not panel.heading.shown.isVisible()
    assert focused(three) == "Filter the statements"
    three.press(ESC)
    assert three.window.pane.view.hasFocus()


@pytest.mark.parametrize(
    ("typed", "claims", "condition"),
    [
        ("unf", ["urge him", "raised later"], "unfinished"),
        ("actor lav", ["Anchorage"], "actor Sergei Lavrov"),
        ("speaker", ["Anchorage", "urge him"], "with speaker"),
    ],
)
def test_a_condition_is_taken_by_enter(
    three: Hands, typed: str, claims: list[str], condition: str
) -> None:
    three.press("/")
    three.type(typed)
    three.press(ENTER)
    wanted = [by_claim(three, words).id for words in claims]
    assert sorted(shown(three)) == sorted(wanted)
    assert three.window.panel.heading.shown.text() == f"{len(wanted)} of 3 shown: {condition}"


def test_issue_stance_and_flag_are_conditions(three: Hands) -> None:
    hands = three
    hands.press("j", "!")
    first = hands.window.desk.statement
    hands.press(ESC)
    mark_words(hands, "urge him to", "p")
    hands.press("4", ENTER)
    hands.type("summit")
    hands.press(ENTER)
    hands.press(ESC)
    for typed in ("reviewer", "stance +1", "issue putin"):
        hands.press("/")
        hands.type(typed)
        hands.press(ENTER)
        assert len(shown(hands)) == 1, typed
        assert (shown(hands) == [first]) == (typed == "reviewer")
        hands.press(ESC, ESC)


def test_backspace_gives_the_last_condition_back(three: Hands) -> None:
    three.press("/")
    three.type("unf")
    three.press(ENTER)
    three.type("with speaker")
    three.press(ENTER)
    assert len(shown(three)) == 1
    three.press(Qt.Key.Key_Backspace)
    assert len(shown(three)) == 2


def test_walking_keeps_to_the_cards_that_are_shown(three: Hands) -> None:
    three.press("/")
    three.type("unf")
    three.press(ENTER)
    three.window.to_text()
    walked = set()
    for _ in range(4):
        three.press("j")
        walked.add(three.window.desk.statement)
    assert walked == {by_claim(three, "urge him").id, by_claim(three, "raised later").id}


def test_the_statement_at_hand_is_shown_whatever_the_filter(three: Hands) -> None:
    three.press("/")
    three.type("nothing has these words")
    assert shown(three) == []
    three.window.to_text()
    mark_words(three, "Putin is ready", "c")
    assert shown(three) == [three.window.desk.statement]


# Filling in


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


# Notes and the reviewer


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


# What is still to be done


def test_f8_walks_through_what_is_to_do(three: Hands) -> None:
    panel, view = three.window.panel, three.window.pane.view
    view.select(0, 0)
    three.window.desk.take(None)
    findings = list(panel.remaining.findings or ())
    seen = []
    for _ in findings:
        three.press(F8)
        seen.append(panel.remaining.now)
    assert seen == findings
    three.press(F8, modifier=SHIFT)
    assert panel.remaining.now == findings[-2]


def test_f8_goes_to_the_field_or_selects_the_words(three: Hands) -> None:
    three.window.desk.take(None)
    view = three.window.pane.view
    quotation = '"Putin is ready to meet with Zelensky'
    three.caret(quotation, -1)
    three.press(F8)
    start, end = view.selection()
    assert three.text[start:end].startswith(quotation)
    assert view.hasFocus()
    assert "a quotation without a claim" in said(three)
    three.press("c")
    assert page_of(three).marks[three.window.desk.mark or 0].quote == three.text[start:end]
    three.caret("urge him to meet", -1)
    three.window.desk.take(None)
    three.press(F8)
    assert focused(three) == "Actor"


def test_the_list_of_what_is_to_do(three: Hands) -> None:
    panel = three.window.panel
    three.press(Qt.Key.Key_4, modifier=CONTROL)
    assert panel.todo.hasFocus()
    assert panel.todo.model().rowCount() == len(panel.remaining)
    three.press(DOWN)
    assert panel.todo.hasFocus()
    assert panel.remaining.now == (panel.remaining.findings or [])[1]
    three.press(ESC)
    assert three.window.pane.view.hasFocus()


def test_a_hint_is_waved_away_and_stays_away(three: Hands) -> None:
    panel = three.window.panel
    three.press(Qt.Key.Key_4, modifier=CONTROL)
    found = list(panel.remaining.findings or ())
    row = next(n for n, f in enumerate(found) if f.is_hint)
    panel.todo.set_row(row)
    three.press(Qt.Key.Key_Delete)
    assert found[row] not in list(panel.remaining.findings or ())
    three.open(SEED_002)
    three.open(SEED_000)
    assert found[row] not in list(panel.remaining.findings or ())
    three.press(Qt.Key.Key_4, modifier=CONTROL)
    lack = next(n for n, f in enumerate(panel.remaining.findings or ()) if not f.is_hint)
    panel.todo.set_row(lack)
    three.press(Qt.Key.Key_Delete)
    assert "cannot be waved away" in said(three)


def test_marking_a_thing_twice_warns_and_does_not_stop(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "It was raised later.", "c")
    hands.press(ESC)
    mark_words(hands, "It was raised later.", "c")
    assert said(hands) == "Marked twice? Same speaker, same claim, overlaps 100 %."
    assert len(page_of(hands).statements) == 2
    assert "overlaps 100 %" in card_of(hands)._hints.text()
