"""Statements by keys: walking, linking, filling in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.ui.dialogs import Chooser
from annotator.ui.panel.card import NOTE
from tests.ui.acting import mark_words, meanwhile, page_of, statement_at_hand
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, SEED_002

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


# Walking


def test_tab_walks_marks_and_j_k_statements(hands: Hands) -> None:
    hands.open(SEED_000)
    first = mark_words(hands, "Trump announced", "s")
    hands.press(ESC)
    second = mark_words(hands, "Lavrov, however,", "s")
    hands.press(ESC)
    hands.caret("Peace-off")
    desk = hands.window.desk
    hands.press(TAB)
    assert desk.mark == first.id
    hands.press(TAB)
    assert desk.mark == second.id
    hands.press(TAB)
    assert desk.mark == first.id
    hands.press(Qt.Key.Key_Backtab, modifier=SHIFT)
    assert desk.mark == second.id
    ordered = [s.id for s in page_of(hands).in_order()]
    hands.press(ESC, "j")
    assert desk.statement == ordered[0]
    hands.press("j")
    assert desk.statement == ordered[1]
    hands.press("k")
    assert desk.statement == ordered[0]


def test_a_click_takes_what_is_under_it_in_turn(hands: Hands) -> None:
    hands.open(SEED_000)
    claim = mark_words(hands, "Putin is ready to meet with Zelensky", "c")
    position = mark_words(hands, "ready to meet", "p")
    hands.press(ESC)
    hands.caret("ready to meet", 3)
    view = hands.window.pane.view
    place = view.cursorRect().center()
    taken = []
    for _ in range(3):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
        taken.append(hands.window.desk.mark)
    assert taken == [position.id, claim.id, position.id]


# Statements


def test_link_move_unlink_by_choosing(hands: Hands) -> None:
    hands.open(SEED_000)
    speaker = mark_words(hands, "Lavrov told", "s")
    first = statement_at_hand(hands).id
    hands.press(ESC)
    mark_words(hands, "It was raised later.", "c")
    second = statement_at_hand(hands).id
    hands.window.desk.take(first, speaker.id)

    def pick(dialog: QWidget) -> None:
        assert isinstance(dialog, Chooser)
        QTest.keyClicks(dialog.entry.line, "raised")
        QTest.keyClick(dialog.entry.line, ENTER)

    meanwhile(pick)
    hands.press("l")
    page = page_of(hands)
    assert [h.id for h in page.holders(speaker.id)] == sorted([first, second])
    assert hands.window.desk.statement == second
    hands.press("u")
    assert [h.id for h in page.holders(speaker.id)] == [first]
    meanwhile(pick)
    hands.press("m")
    assert [h.id for h in page.holders(speaker.id)] == [second]
    assert first not in page.statements


def test_the_speaker_before_can_be_repeated(hands: Hands) -> None:
    hands.open(SEED_000)
    speaker = mark_words(hands, "Lavrov told", "s")
    mark_words(hands, "It was not discussed in Anchorage.", "c")
    mark_words(hands, "It was raised later.", "c")
    hands.press("r")
    assert statement_at_hand(hands).marks("speaker") == (speaker.id,)


def test_digits_set_the_stance_and_zero_unsets_it(hands: Hands) -> None:
    hands.open(SEED_000)
    position = mark_words(hands, "ready to meet", "p")
    assert "stance" not in page_of(hands).marks[position.id].fields
    for digit, stance in (("1", -2), ("5", 2), ("3", 0)):
        hands.press(digit)
        assert page_of(hands).marks[position.id].fields["stance"] == stance
    hands.press("0")
    assert "stance" not in page_of(hands).marks[position.id].fields


def test_esc_in_a_field_leaves_things_as_they_were(hands: Hands) -> None:
    hands.open(SEED_000)
    position = mark_words(hands, "ready to meet", "p")
    hands.press(ENTER)
    hands.type("summit")
    hands.press(ESC)
    assert page_of(hands).marks[position.id].fields == {}
    assert hands.window.pane.view.hasFocus()


def test_undo_works_from_a_field_in_which_nothing_was_typed(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "ready to meet", "p")
    hands.press(ENTER)
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert page_of(hands).marks == {}


def test_a_free_text_is_kept_when_the_focus_goes_elsewhere(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Trump announced", "s")
    card = hands.window.panel.card
    assert card is not None
    statement = statement_at_hand(hands)
    assert card.focus((statement.id, NOTE))
    hands.type("see the headline")
    hands.press(Qt.Key.Key_2, modifier=CONTROL)
    assert statement_at_hand(hands).note == "see the headline"


def test_a_new_actor_and_a_new_issue_are_made_in_place(hands: Hands) -> None:
    hands.open(SEED_002)
    speaker = mark_words(hands, "Alexander Stubb", "s")
    position = mark_words(hands, "rarely to be trusted", "p")
    hands.press(ENTER, Qt.Key.Key_Down, ENTER)
    desk = hands.window.desk
    hands.type("Putin keeps his word")
    hands.press(ENTER, ENTER)
    hands.type("rej")
    hands.press(ENTER)
    page = page_of(hands)
    actors = {str(a.id): a for a in desk.workspace.actors()}
    issues = {str(i.id): i for i in desk.workspace.issues()}
    assert str(page.marks[speaker.id].fields["actor"]) in actors
    assert issues[str(page.marks[position.id].fields["issue"])].name == "Putin keeps his word"
    assert page.marks[position.id].fields["stance"] == -2


def test_tab_takes_what_was_typed_for(hands: Hands) -> None:
    hands.open(SEED_002)
    mark_words(hands, "He suggested", "s")
    hands.press(ENTER)
    hands.type("trump")
    hands.press(TAB)
    (mark,) = page_of(hands).marks.values()
    actors = {str(a.id): a.name for a in hands.window.desk.workspace.actors()}
    assert actors[str(mark.fields["actor"])] == "Donald Trump"


@pytest.mark.parametrize(
    ("name", "type"),
    [("BBC", "organisation"), ("European leaders", "group"), ("Alexander Stubb", "person")],
)
def test_a_new_actor_is_offered_as_what_its_name_looks_like(
    hands: Hands, name: str, type: str
) -> None:
    hands.open(SEED_002)
    mark_words(hands, "He suggested", "s")
    hands.press(ENTER)
    hands.type(name)
    hands.press(ENTER, ENTER)
    made = [a for a in hands.window.desk.workspace.actors() if a.name == name]
    assert [a.type for a in made] == [type]


def test_nothing_is_chosen_when_enter_is_pressed_on_an_empty_field(hands: Hands) -> None:
    hands.open(SEED_002)
    mark_words(hands, "He suggested", "s")
    hands.press(ENTER, ENTER)
    (mark,) = page_of(hands).marks.values()
    assert mark.fields == {}
