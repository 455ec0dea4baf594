"""Marking by keys: selecting, kinds, boundaries, deleting and undoing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.ui.gestures import end_moved, start_moved
from tests.ui.acting import mark_words, message, page_of, statement_at_hand
from tests.ui.conftest import Hands
from tests.workshop import SEED_000

ESC = Qt.Key.Key_Escape
NONE = Qt.KeyboardModifier.NoModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


# Marking


def test_marks_of_one_statement_join_and_a_second_claim_begins_another(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Lavrov told", "s")
    first = statement_at_hand(hands).id
    mark_words(hands, "It was not discussed in Anchorage.", "c")
    assert statement_at_hand(hands).id == first
    mark_words(hands, "It was raised later.", "c")
    assert statement_at_hand(hands).id != first


def test_esc_puts_the_statement_away(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Trump announced", "s")
    hands.press(ESC)
    assert hands.window.desk.statement is None
    mark_words(hands, "urge him to meet with Zelensky", "c")
    assert len(page_of(hands).statements) == 2


def test_marking_without_a_selection_says_what_to_do(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.caret("Lavrov told")
    hands.press("c")
    assert page_of(hands).marks == {}
    assert "Select some text" in message(hands)


def test_an_implied_mark_has_no_fragments(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "recently drew criticism", "c")
    hands.press("S", modifier=ALT | SHIFT)
    statement = statement_at_hand(hands)
    (speaker,) = page_of(hands).members(statement, "speaker")
    assert speaker.fragments == ()


def test_white_space_at_the_ends_of_a_selection_is_left_out(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("Trump announced ")
    hands.press("s")
    mark = hands.window.desk.current_mark
    assert mark is not None
    assert mark.quote == "Trump announced"


def test_boundaries_move_by_word_and_by_character(hands: Hands) -> None:
    hands.open(SEED_000)
    mark = mark_words(hands, "ready to meet", "p")
    for key, modifier, quote in (
        (Qt.Key.Key_Right, ALT, "ready to meet with"),
        (Qt.Key.Key_Left, ALT, "ready to meet"),
        (Qt.Key.Key_Left, ALT | SHIFT, "is ready to meet"),
        (Qt.Key.Key_Right, ALT | SHIFT, "ready to meet"),
        (Qt.Key.Key_BracketRight, NONE, "ready to meet w"),
        (Qt.Key.Key_BracketLeft, NONE, "ready to meet"),
        (Qt.Key.Key_BraceLeft, SHIFT, "s ready to meet"),
        (Qt.Key.Key_BraceRight, SHIFT, "ready to meet"),
    ):
        QTest.keyClick(hands.window.pane.view, key, modifier)
        assert page_of(hands).marks[mark.id].quote == quote


def test_one_key_takes_quotation_marks_in_and_out(hands: Hands) -> None:
    hands.open(SEED_000)
    words = "Putin is ready to meet with Zelensky"
    text = hands.text
    start = text.index(words)
    quoted = text[start - 1 : text.index('"', start) + 1]
    mark = mark_words(hands, quoted[1:-1], "c")
    for expected in (quoted, quoted[1:-1]):
        hands.press("'")
        assert page_of(hands).marks[mark.id].quote == expected
    hands.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert page_of(hands).marks[mark.id].quote == quoted


@pytest.mark.parametrize(
    ("at", "step", "expected"),
    [(3, -1, "He"), (8, -1, "He said"), (10, 1, 'He said: "Putin'), (0, 1, "He")],
)
def test_an_end_goes_to_word_ends(at: int, step: int, expected: str) -> None:
    text = 'He said: "Putin is ready."'
    assert text[: end_moved(text, at, "word", step)] == expected


def test_a_start_goes_to_word_starts() -> None:
    text = 'He said: "Putin is ready."'
    assert text[start_moved(text, 9, "word", 1) :] == 'Putin is ready."'
    assert text[start_moved(text, 10, "word", 1) :] == 'is ready."'
    assert text[start_moved(text, 10, "word", -1) :] == 'said: "Putin is ready."'


def test_dragging_a_handle_moves_the_boundary(hands: Hands) -> None:
    hands.open(SEED_000)
    mark = mark_words(hands, "ready to meet", "p")
    end = mark.fragments[0].end
    hands.window.pane.view.boundary_moved.emit((mark.id, 0, "end", end + len(" with")))
    assert page_of(hands).marks[mark.id].quote == "ready to meet with"


def test_delete_undo_redo(hands: Hands) -> None:
    hands.open(SEED_000)
    mark = mark_words(hands, "Trump announced", "s")
    hands.press(Qt.Key.Key_Delete)
    assert page_of(hands).marks == {}
    assert page_of(hands).statements == {}
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert page_of(hands).marks == {mark.id: mark}
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert page_of(hands).marks == {}
    hands.press(Qt.Key.Key_Y, modifier=CONTROL)
    assert page_of(hands).marks == {mark.id: mark}


def test_a_mark_changes_its_kind(hands: Hands) -> None:
    hands.open(SEED_000)
    mark = mark_words(hands, "Trump announced", "s")
    hands.press("C", modifier=CONTROL | ALT)
    assert page_of(hands).marks[mark.id].kind == "claim"
    assert statement_at_hand(hands).members[0].role == "claim"


# Selecting


def test_selecting_by_word_quotation_sentence_and_more(hands: Hands) -> None:
    hands.open(SEED_000)
    view = hands.window.pane.view
    hands.caret("ready to meet with Zelensky", 2)

    def selected() -> str:
        return hands.text[slice(*view.selection())]

    hands.press("w")
    assert selected() == "ready"
    hands.press("e")
    assert selected().startswith('"Putin is ready')
    hands.press("e")
    assert selected().startswith("He said:")
    hands.press("E", modifier=SHIFT)
    assert selected().startswith('"Putin is ready')
    hands.press(".")
    assert selected().startswith("He said:")
