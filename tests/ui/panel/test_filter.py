"""The cards narrowed by words and conditions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.acting import mark_words
from tests.ui.conftest import Hands
from tests.ui.panel.cards import (
    ENTER,
    ESC,
    by_claim,
    focused,
    shown,
)


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
