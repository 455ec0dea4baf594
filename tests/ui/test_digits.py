"""Which stance a digit sets, and what is said of it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.acting import mark_words, message, page_of, statement_at_hand
from tests.ui.conftest import Hands
from tests.workshop import SEED_002

TAB = Qt.Key.Key_Tab


def stances(hands: Hands) -> list[object]:
    positions = page_of(hands).members(statement_at_hand(hands), "position")
    return [mark.fields.get("stance") for mark in positions]


def with_two_positions(hands: Hands) -> None:
    """A statement of a claim with two positions, +1 and -1; the claim is at hand."""
    hands.open(SEED_002)
    claim = mark_words(hands, "“It’s possible that he doesn’t want to make a deal.”", "c")
    for words, digit in (("possible", "4"), ("want to make a deal", "2")):
        mark_words(hands, words, "p")
        hands.press(digit)
    hands.window.desk.take_mark(claim.id)


def test_a_digit_on_a_claim_with_two_positions_changes_neither(hands: Hands) -> None:
    with_two_positions(hands)
    hands.press("5")
    assert stances(hands) == [1, -1]
    assert message(hands) == (
        "The statement has 2 positions: go to the one that you mean with Tab, then press the digit."
    )
    hands.press(TAB, "5")
    assert stances(hands) == [2, -1]
    assert message(hands) == ""


def test_a_digit_on_a_statement_with_two_positions_and_no_mark_changes_neither(
    hands: Hands,
) -> None:
    with_two_positions(hands)
    hands.window.desk.take(statement_at_hand(hands).id)
    hands.press("0")
    assert stances(hands) == [1, -1]


def test_the_only_position_of_a_statement_is_meant_and_said(hands: Hands) -> None:
    hands.open(SEED_002)
    claim = mark_words(hands, "“It’s possible that he doesn’t want to make a deal.”", "c")
    mark_words(hands, "possible", "p")
    hands.press("2")
    assert message(hands) == ""
    hands.window.desk.take_mark(claim.id)
    hands.press("4")
    assert stances(hands) == [1]
    assert message(hands) == "Stance of the position “possible”: +1 open."
    hands.press("4")
    assert message(hands) == "Stance of the position “possible”: +1 open."
    hands.press("0")
    assert stances(hands) == [None]
    assert message(hands) == "Stance of the position “possible”: unset."
