"""What is still to be done, walked through and listed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.acting import mark_words, page_of
from tests.ui.acting import message as said
from tests.ui.conftest import Hands
from tests.ui.panel.cards import (
    CONTROL,
    DOWN,
    ESC,
    F8,
    SHIFT,
    card_of,
    focused,
)
from tests.workshop import SEED_000, SEED_002


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
