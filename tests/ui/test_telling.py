"""What the window says: for as long as it is true, who works here, and why a key did nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.core import marking
from annotator.core.model import Mark
from annotator.ui.gestures import end_moved, start_moved
from annotator.ui.history.telling import differences
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, start

ENTER, ESC, F8 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F8
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def said(hands: Hands) -> str:
    return hands.window._message.text()


def selected(hands: Hands) -> str:
    begin, end = hands.window.pane.view.selection()
    return hands.text[begin:end]


def mark_at_hand(hands: Hands) -> Mark:
    mark = hands.window.desk.current_mark
    assert mark is not None
    return mark


# Messages


def test_a_message_goes_when_the_next_thing_is_done(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.press("2")
    assert said(hands) == "Mark a position first; then its stance can be set."
    hands.select("ready to meet")
    hands.press("p")
    assert said(hands) == ""
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert said(hands).startswith("Undo: ")
    hands.press("w", "p")
    assert said(hands) == ""


def test_a_message_goes_when_a_field_is_filled_in(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("ready to meet")
    hands.press("p", ENTER)
    hands.window.say("Something of long ago", "danger")
    hands.type("summit")
    hands.press(ENTER)
    assert said(hands) == ""


def test_what_is_said_of_the_step_itself_stays(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("It was raised later.")
    hands.press("c", ESC)
    hands.select("It was raised later.")
    hands.press("c")
    assert said(hands).startswith("Marked twice?")


def test_what_is_to_be_known_of_the_project_stays_its_while(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.window.say("The project lies on a network drive.", "warning", lasting=True)
    hands.press("w", "s")
    assert said(hands) == "The project lies on a network drive."


# Who works here


def test_the_status_bar_says_who_works_here(hands: Hands) -> None:
    name = hands.window.desk.workspace.analyst.name
    hands.open(SEED_000)
    assert hands.window._who.text() == f"{name} · own layer"
    assert hands.window._who.isVisible()


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]) -> Hands:
    """A window on a project without articles."""
    return Hands(qtbot, open_window(Workspace.create(tmp_path / "e.annotator", start(), "Ada")))


def test_a_new_project_says_under_whose_name(empty: Hands) -> None:
    assert said(empty).startswith("You work here as “Ada”")
    assert empty.window._who.text() == "Ada"


# Keys that can do nothing


@pytest.mark.parametrize("key", "DFHR")
def test_keys_in_an_empty_project_say_what_is_needed(empty: Hands, key: str) -> None:
    empty.window.say("")
    empty.press(getattr(Qt.Key, f"Key_{key}"), modifier=CONTROL)
    assert said(empty).startswith("This project has no article yet. Import")


def test_an_empty_project_says_to_import(empty: Hands) -> None:
    assert "no article yet" in empty.window.pane._notice.label.text()
    assert "Choose one" not in empty.window.pane._notice.label.text()


def test_selecting_what_is_selected_says_so(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.window.pane.view.select(len(hands.text), len(hands.text))
    hands.press(".", ".")
    assert said(hands) == "The sentence is selected; E selects more."
    hands.window.pane.view.select(len(hands.text), len(hands.text))
    hands.press("w", "w")
    assert said(hands) != ""


# Selecting


def test_w_again_selects_the_name(hands: Hands) -> None:
    hands.open(SEED_000)
    name = "Foreign Minister Sergei Lavrov"
    hands.caret(name, len("Foreign Minister Ser"))
    hands.press("w")
    assert selected(hands) == "Sergei"
    hands.press("w")
    assert selected(hands).endswith(name)
    longest = selected(hands)
    hands.press("w")
    assert selected(hands) == longest
    assert said(hands) == "The name is selected; E selects more."
    hands.press("e", modifier=SHIFT)
    assert selected(hands) == "Sergei"


def test_every_occurrence_of_the_words_selected(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.open(SEED_000)
    asked: list[list[str]] = []

    def look(page: object, found: list[tuple[int, int]], like: object) -> None:
        asked.append([hands.text[slice(*span)] for span in found])

    monkeypatch.setattr(hands.window._searching, "_ask", look)
    hands.select("Zelensky")
    hands.press(Qt.Key.Key_M, modifier=CONTROL | SHIFT)
    assert set(asked[0]) == {"Zelensky"}
    assert len(asked[0]) > 1


# Boundaries


def test_a_boundary_steps_over_white_space(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("ready to")
    hands.press("p", "]")
    assert mark_at_hand(hands).quote == "ready to m"
    hands.press("[")
    assert mark_at_hand(hands).quote == "ready to"
    hands.press("{", modifier=SHIFT)
    quote = mark_at_hand(hands).quote
    assert quote == quote.strip()
    assert len(quote) == len("ready to") + 2
    hands.press("}", modifier=SHIFT)
    assert mark_at_hand(hands).quote == "ready to"


def test_a_boundary_dragged_into_white_space_stays_out_of_it(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("ready to")
    hands.press("p")
    mark = mark_at_hand(hands)
    hands.window.desk.move_boundary(mark.id, 0, "end", mark.fragments[-1].end + 1)
    assert mark_at_hand(hands).quote == "ready to"


def test_boundaries_at_the_ends_of_a_text() -> None:
    assert end_moved("end \n", 3, "character", 1) == 3
    assert start_moved(" \n end", 3, "character", -1) == 3
    assert end_moved("a  b", 1, "character", 1) == 4
    assert end_moved("a  b", 4, "character", -1) == 1


def test_history_shows_white_space_that_differs(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("ready to")
    hands.press("p")
    mark, desk = mark_at_hand(hands), hands.window.desk
    assert desk.page is not None
    assert desk.known is not None
    revision = desk.workspace.do(
        marking.move_boundary(desk.page, mark.id, 0, "end", mark.fragments[-1].end + 1)
    )
    assert revision is not None
    (found,) = differences(revision, desk.known, desk.workspace.record, {})
    assert found.before.startswith("“ready to” (")
    assert found.after.startswith("“ready to␣” (")


# Things to do


def test_done_says_what_is_missing_and_f8_goes_to_the_first(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.press(Qt.Key.Key_D, modifier=CONTROL)
    assert said(hands).startswith("To do: ")
    assert "a quotation without a claim" in said(hands)
    assert "F8 goes to the first" in said(hands)
    hands.window.pane.view.select(len(hands.text), len(hands.text))
    hands.press(F8)
    findings = hands.window.panel.remaining.findings
    assert findings is not None
    assert hands.window.panel.remaining.now == findings[0]


def test_the_list_stands_where_f8_went(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.window.pane.view.select(0, 0)
    hands.press(F8, F8, F8)
    panel = hands.window.panel
    now = panel.remaining.now
    hands.press(Qt.Key.Key_4, modifier=CONTROL)
    assert panel.todo.currentIndex().row() == 2
    assert panel.todo.model().data(panel.todo.currentIndex(), Qt.ItemDataRole.UserRole) == now


# How it looks


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_each_theme_has_a_command(hands: Hands, theme: str) -> None:
    hands.window.actions_by_id[f"view.theme.{theme}"].trigger()
    assert hands.window.settings.theme == theme
