"""The cards of the panel by keys: walking, folding, and the widgets that show them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from annotator.ui.panel import cards
from annotator.ui.panel.summary import Summary
from tests.ui.acting import page_of
from tests.ui.conftest import Hands
from tests.ui.panel.cards import (
    DOWN,
    ENTER,
    ESC,
    F8,
    UP,
    card_of,
    focused,
)


def test_a_long_issue_leaves_room_for_the_stance(qapp: QApplication) -> None:
    issue = "Transport: a very long name of an issue that somebody typed without thinking of it"
    card = Summary("Trump", "", "It was raised.", (f"{issue}: −1 doubts",), (), ())
    font = qapp.font()
    width = QFontMetrics(font).horizontalAdvance("m" * 25)
    lines = [line for line, _, _ in cards._lines(card, font, width)]
    assert " ".join(lines).endswith(f"{issue}: −1 doubts")


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
