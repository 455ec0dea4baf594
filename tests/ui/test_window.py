"""The window by keys: marking, walking, linking, boundaries, blocks, undo, two windows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.model import Mark, Statement
from annotator.core.page import Page
from annotator.ui.commands import commands
from annotator.ui.dialogs import Chooser, Describe, KeysPage
from annotator.ui.gestures import end_moved, start_moved
from annotator.ui.panel.card import NOTE
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, SEED_002, add_article, start

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
NONE = Qt.KeyboardModifier.NoModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def page_of(hands: Hands) -> Page:
    page = hands.window.desk.page
    assert page is not None
    return page


def mark_words(hands: Hands, words: str, key: str) -> Mark:
    """Select words by hand and press the key of a kind."""
    hands.select(words)
    hands.press(key)
    mark = hands.window.desk.current_mark
    assert mark is not None
    assert mark.quote == words
    return mark


def statement_at_hand(hands: Hands) -> Statement:
    statement = hands.window.desk.current_statement
    assert statement is not None
    return statement


def message(hands: Hands) -> str:
    return hands.window._message.text()


def meanwhile(act: Callable[[QWidget], None]) -> None:
    """Act on the dialog that is about to open, and close it whatever happens."""

    def later() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or QApplication.activeWindow() is not dialog:
            QTimer.singleShot(5, later)
            return
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, later)


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


def test_undo_goes_to_the_article_it_changes(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Trump announced", "s")
    hands.open(SEED_002)
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert page_of(hands).article.file == SEED_000


def test_a_mark_changes_its_kind(hands: Hands) -> None:
    hands.open(SEED_000)
    mark = mark_words(hands, "Trump announced", "s")
    hands.press("C", modifier=CONTROL | ALT)
    assert page_of(hands).marks[mark.id].kind == "claim"
    assert statement_at_hand(hands).members[0].role == "claim"


def test_a_scrolled_article_gives_way_to_another(hands: Hands) -> None:
    view = hands.window.pane.view
    for file in (SEED_000, SEED_002, SEED_000):
        hands.open(file)
        hands.press(Qt.Key.Key_End, modifier=CONTROL)
        hands.qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 0)
        hands.press(Qt.Key.Key_PageUp, modifier=CONTROL)
        hands.press(Qt.Key.Key_PageDown, modifier=CONTROL)
        assert view.verticalScrollBar().value() == 0 or page_of(hands).article.file == file


def test_a_removed_article_comes_back_on_the_desk_by_undo(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Trump announced", "s")
    hands.window.actions_by_id["article.remove"].trigger()
    assert page_of(hands).article.file == SEED_002
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert page_of(hands).article.file == SEED_000
    assert len(page_of(hands).marks) == 1


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


# Text


def test_b_gives_the_line_its_next_block_type(hands: Hands) -> None:
    hands.open(SEED_002)
    hands.caret("Complexities Cloud Peace Prospects", 3)
    at = hands.window.pane.view.caret()

    def type_here() -> str:
        return next(b.type for b in page_of(hands).article.blocks if b.start <= at < b.end)

    assert type_here() == "heading"
    hands.press("b")
    assert type_here() == "caption"
    hands.press("b")
    assert type_here() == "body"
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert type_here() == "caption"


def test_f2_describes_the_article(hands: Hands) -> None:
    hands.open(SEED_002)

    def fill(dialog: QWidget) -> None:
        assert isinstance(dialog, Describe)
        dialog.lines["outlet"].setText("The Daily")
        dialog.lines["published"].setText("yesterday")
        dialog.accept()
        assert dialog.isVisible(), "a date that is none was taken"
        dialog.lines["published"].setText("2025-08-20")
        dialog.accept()

    meanwhile(fill)
    hands.press(Qt.Key.Key_F2)
    article = page_of(hands).article
    assert (article.outlet, article.published) == ("The Daily", "2025-08-20")
    assert "The Daily · 2025-08-20" in hands.window.pane._about.text()


def test_done_is_said_with_what_is_unfinished(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Trump announced", "s")
    hands.press(Qt.Key.Key_D, modifier=CONTROL)
    assert message(hands).startswith("To do: ")
    assert "no actor yet, no claim yet. F8 goes to the first" in message(hands)
    status = hands.window.desk.workspace.status(page_of(hands).article.id)
    assert status is not None
    assert status.progress == "in progress"
    hands.press(Qt.Key.Key_D, modifier=CONTROL)
    assert message(hands).startswith("Done. Left to do: ")
    status = hands.window.desk.workspace.status(page_of(hands).article.id)
    assert status is not None
    assert status.progress == "done"


# Commands


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


# Two windows


def test_a_second_window_sees_the_first_ones_work(
    hands: Hands, qtbot: QtBot, open_window: Callable[[Workspace], Window]
) -> None:
    hands.open(SEED_000)
    path = hands.window.desk.workspace.path
    other = Hands(qtbot, open_window(Workspace.open(path, "Ada")))
    other.open(SEED_000)
    hands.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is hands.window)
    hands.window.to_text()
    mark = mark_words(hands, "Trump announced", "s")
    qtbot.waitUntil(lambda: mark.id in page_of(other).marks)
    assert other.window.panel._statements.rowCount() == 1


def test_a_failed_save_is_said_and_the_next_one_clears_it(hands: Hands) -> None:
    hands.open(SEED_000)
    connection = hands.window.desk.workspace._file.connection
    connection.execute("PRAGMA query_only = ON")
    hands.select("Trump announced")
    hands.press("s")
    assert hands.window._saved.text() == "NOT SAVED"
    assert hands.window.windowTitle().startswith("NOT SAVED")
    assert "Not saved" in message(hands)
    assert page_of(hands).marks == {}
    connection.execute("PRAGMA query_only = OFF")
    mark_words(hands, "Trump announced", "s")
    assert hands.window._saved.text() == "All saved"
    assert "NOT SAVED" not in hands.window.windowTitle()


# For everybody


def test_what_can_have_the_focus_has_a_name(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "ready to meet", "p")
    hands.press(ENTER)
    nameless = [
        w
        for w in hands.window.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and not w.accessibleName()
    ]
    assert nameless == []


def test_all_panes_are_reached_by_f6(hands: Hands) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Trump announced", "s")
    seen = []
    for _ in range(3):
        hands.press(Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus.accessibleName())
    assert seen == ["Actor", "Articles", "Article"]


def test_f6_passes_over_an_empty_panel(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.press(Qt.Key.Key_F6)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Articles"


def test_theme_and_zoom_are_remembered(hands: Hands) -> None:
    hands.press(Qt.Key.Key_T, modifier=CONTROL)
    assert hands.window.settings.theme == "light"
    hands.press(Qt.Key.Key_T, modifier=CONTROL)
    assert hands.window.settings.theme == "dark"
    assert hands.window.theme.dark
    hands.press(Qt.Key.Key_Plus, modifier=CONTROL)
    assert hands.window.settings.zoom == 110


def test_many_void_calls_leave_none_alive(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops a reference to None at each on Python 3.11 and older."""
    line = QLineEdit()
    qtbot.addWidget(line)
    for _ in range(20_000):
        line.update()
    assert line.text() == ""


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
