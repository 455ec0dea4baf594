"""Commands: keys, menus, the palette, the list of keys, keys of one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.commands import commands
from annotator.ui.dialogs import Chooser, KeysPage
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.acting import mark_words, meanwhile, message, page_of
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, add_article, start

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_no_two_commands_share_a_key(hands: Hands) -> None:
    def normal(key: str) -> str:
        return hands.window.actions_by_id["edit.undo"].shortcut().fromString(key).toString()

    for apart in (True, False):  # the review window has keys of its own
        own = [c for c in hands.window.commands if (c.where == "review") is apart]
        keys = Counter(normal(key) for command in own for key in command.keys)
        assert own
        assert [key for key, count in keys.items() if count > 1] == []


def test_a_kinds_key_is_taken_from_other_commands() -> None:
    book = start().codebook
    claim = msgspec.structs.replace(book.kinds["claim"], key="R")
    made = commands(msgspec.structs.replace(book, kinds={**book.kinds, "claim": claim}))
    owners = [c.id for c in made if "R" in c.keys and c.where != "review"]
    assert owners == ["mark.claim"]


def test_every_action_of_the_menus_is_a_command(hands: Hands) -> None:
    here = [c.id for c in hands.window.commands if c.where != "review"]
    assert set(hands.window.actions_by_id) == set(here)
    assert len(here) == len(set(here))


def test_the_palette_runs_a_command_found_by_typing(hands: Hands) -> None:
    hands.open(SEED_000)
    zoom = hands.window.pane.view.zoom

    def pick(dialog: QWidget) -> None:
        assert isinstance(dialog, Chooser)
        QTest.keyClicks(dialog.entry.line, "larger")
        QTest.keyClick(dialog.entry.line, ENTER)

    meanwhile(pick)
    hands.press(Qt.Key.Key_K, modifier=CONTROL)
    assert hands.window.pane.view.zoom == zoom + 10


def test_the_palette_finds_a_command_by_its_own_name(hands: Hands) -> None:
    found = []

    def read(dialog: QWidget) -> None:
        assert isinstance(dialog, Chooser)
        QTest.keyClicks(dialog.entry.line, "zoom")
        found.append(dialog.entry.list.count())

    hands.open(SEED_000)
    meanwhile(read)
    hands.press(Qt.Key.Key_K, modifier=CONTROL)
    assert found == [3]


def test_f1_lists_every_command_and_narrows_by_typing(hands: Hands) -> None:
    counts = []

    def read(dialog: QWidget) -> None:
        assert isinstance(dialog, KeysPage)
        counts.append(dialog.table.rowCount())
        QTest.keyClicks(dialog.filter, "quotation")
        counts.append(dialog.table.rowCount())
        dialog.reject()

    meanwhile(read)
    hands.press(Qt.Key.Key_F1)
    assert counts == [len(hands.window.commands), 1]


def test_own_keys_take_the_place_of_ours(
    tmp_path: Path, qtbot: QtBot, open_window: Callable[[Workspace], Window]
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "keys.toml").write_text('"mark.claim" = "X"\n', encoding="utf-8")
    workspace = Workspace.create(tmp_path / "own.annotator", start(), "Ada")
    add_article(workspace, "She said no.")
    hands = Hands(qtbot, open_window(workspace))
    mark_words(hands, "said", "x")
    hands.press(ESC)
    hands.select("no")
    hands.press("c")
    assert [m.kind for m in page_of(hands).marks.values()] == ["claim"]


def test_a_wrong_keys_file_is_said_and_our_keys_hold(
    tmp_path: Path, qtbot: QtBot, open_window: Callable[[Workspace], Window]
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "keys.toml").write_text('"mark.clam" = "X"\n', encoding="utf-8")
    workspace = Workspace.create(tmp_path / "own.annotator", start(), "Ada")
    add_article(workspace, "She said no.")
    hands = Hands(qtbot, open_window(workspace))
    assert "'mark.clam', which is no command" in message(hands)
    mark_words(hands, "said", "c")


def test_each_menu_has_a_letter_of_its_own(hands: Hands) -> None:
    menus = [action.text() for action in hands.window.menuBar().actions()]
    letters = [text[text.index("&") + 1].lower() for text in menus]
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize(("typed", "found"), [("quit", "Close"), ("people", "Actors…")])
def test_commands_are_found_by_other_words_too(hands: Hands, typed: str, found: str) -> None:
    listed: list[str] = []

    def look(dialog: QWidget) -> None:
        assert isinstance(dialog, Chooser)
        listed.extend(option.text for option in dialog._found(typed))

    meanwhile(look)
    hands.press("k", modifier=CONTROL)
    hands.qtbot.waitUntil(lambda: found in listed)
