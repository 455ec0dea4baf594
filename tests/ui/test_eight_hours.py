"""What the analyst is promised and no other test presses: names remembered, nothing in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.model import Mark
from annotator.ui.history.window import HistoryWindow
from annotator.ui.people.window import PeopleWindow
from annotator.ui.side_window import SideWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.acting import page_of
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, SEED_002, add_article, start

ENTER, ESC, F8, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F8, Qt.Key.Key_Down
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TEXT = (
    "Lavrov and Moscow spoke. The Kremlin refused. She agreed, and he did not.\n"
    "“It was not discussed,” the Kremlin said.\n"
    "Moscow said that it waits. He said so. They waited for “an answer.\n"
)


def said(hands: Hands) -> str:
    return hands.window._message.text()


@pytest.fixture
def short(qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]) -> Hands:
    """A window on an article with places that speak, pronouns and an open quotation."""
    workspace = Workspace.create(tmp_path / "short.annotator", start(), "Ada")
    article = add_article(workspace, TEXT)
    hands = Hands(qtbot, open_window(workspace))
    hands.window.desk.open(article.id)
    hands.window.to_text()
    return hands


def mark(hands: Hands, words: str, key: str, nth: int = 0) -> Mark:
    at = -1
    for _ in range(nth + 1):
        at = hands.text.index(words, at + 1)
    hands.window.pane.view.select(at, at + len(words))
    hands.press(key)
    made = hands.window.desk.current_mark
    assert made is not None
    return made


def who(hands: Hands, made: Mark) -> str:
    actors = {str(a.id): a.name for a in hands.window.desk.workspace.actors()}
    return actors[str(page_of(hands).mark(made.id).fields["actor"])]


@pytest.mark.parametrize("place", ["Moscow", "Kremlin"])
def test_whom_a_place_speaks_for_is_chosen_once(short: Hands, place: str) -> None:
    first = mark(short, place, "s")
    short.press(ENTER)
    short.type("Vladimir Putin")
    short.press(ENTER, ESC, ESC)
    assert who(short, first) == "Vladimir Putin"
    second = mark(short, place, "s", 1)
    short.press(ENTER)
    assert "actor" not in page_of(short).mark(second.id).fields, "nothing is decided for anybody"
    short.press(ENTER)
    assert who(short, second) == "Vladimir Putin"


@pytest.mark.parametrize("pronoun", ["She", "he", "He", "They"])
def test_a_pronoun_is_proposed_as_the_nearest_earlier_speaker(short: Hands, pronoun: str) -> None:
    earlier = {"She": "Maria Zakharova", "They": "Government of Russia"}.get(
        pronoun, "Sergei Lavrov"
    )
    mark(short, "Lavrov" if earlier == "Sergei Lavrov" else "Moscow", "s")
    short.press(ENTER)
    short.type(earlier)
    short.press(ENTER)
    if earlier != "Sergei Lavrov":
        short.press(ENTER)  # nobody has named them yet
    short.press(ESC, ESC)
    made = mark(short, pronoun, "s")
    short.press(ENTER)
    card = short.window.panel.card
    assert card is not None
    assert "actor" not in page_of(short).mark(made.id).fields
    short.press(ENTER)
    assert who(short, made) == earlier


def test_each_sort_of_thing_to_do_is_walked_to(short: Hands) -> None:
    """A claim without a speaker, a side without a stance, quotations nobody marked or closed."""
    mark(short, "it waits", "c")
    mark(short, "waits", "p")
    short.press(ESC)
    mark(short, "refused", "c")
    short.window.desk.set_field(short.window.desk.current_statement, "told", "direct")  # type: ignore[arg-type]
    short.press(ESC)
    told = set()
    for _ in range(len(short.window.panel.remaining)):
        short.window.to_text()
        short.press(F8)
        told.add(said(short).partition(": ")[2])
    assert {
        "no speaker yet.",
        "no stance yet.",
        "no issue yet.",
        "a quotation without a claim.",
        "“ without its other half.",
        "told as a direct quote, without quotation marks.",
    } <= told


def test_no_window_covers_the_text_while_a_statement_is_filled_in(hands: Hands) -> None:
    hands.open(SEED_000)
    before = set(QApplication.topLevelWidgets())

    def others() -> list[QWidget]:
        there = QApplication.topLevelWidgets()
        return [w for w in there if w.isVisible() and w not in before]

    hands.select("Lavrov told")
    hands.press("s")
    hands.select("It was not discussed in Anchorage.")
    hands.press("c")
    hands.press("p")
    hands.press(ENTER)
    for letter in "Lav":
        hands.press(letter)
        assert others() == []
    hands.press(ENTER)
    hands.type("su")
    assert others() == []
    hands.press(ENTER, DOWN)
    assert others() == []
    hands.press(ESC, ";")
    hands.type("a note")
    assert others() == []


def test_cards_are_filtered_by_kind(hands: Hands) -> None:
    hands.open(SEED_000)
    for words, key in (("Lavrov told", "s"), ("Trump announced", "c")):
        hands.select(words)
        hands.press(key, ESC)
    hands.press("/")
    hands.type("with claim")
    hands.press(ENTER)
    ids = hands.window.panel._statements.ids
    page = page_of(hands)
    assert [page.members(page.statement(id), "claim")[0].quote for id in ids] == ["Trump announced"]
    hands.press(ESC, ESC)


# Where there is nothing


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]) -> Hands:
    """A window on a project of nothing but a codebook without actors and issues."""
    bare = start()
    bare = type(bare)(bare.codebook, (), ())
    return Hands(qtbot, open_window(Workspace.create(tmp_path / "empty.annotator", bare, "Ada")))


def notices(widget: QWidget) -> str:
    """All that can be read there."""
    return "\n".join(w.text() for w in widget.findChildren(QLabel) if w.isVisible())


def test_the_three_panes_say_what_to_do(empty: Hands) -> None:
    window = empty.window
    assert "Ctrl+I" in notices(window.articles)
    assert "Ctrl+" in notices(window.pane)
    assert "will stand here" in notices(window.panel)


def opened(
    hands: Hands, kind: type[SideWindow], key: Qt.Key, modifier: Qt.KeyboardModifier
) -> QWidget:
    hands.press(key, modifier=modifier)
    window = hands.window.findChild(kind)
    assert isinstance(window, kind)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def test_the_people_say_how_somebody_comes_there(empty: Hands) -> None:
    window = opened(empty, PeopleWindow, Qt.Key.Key_A, CONTROL | SHIFT)
    said = notices(window)
    assert "Nobody is known yet." in said
    assert "(S)" in said
    assert "Ctrl+N" in said


def test_the_history_begins_with_how_the_article_came(hands: Hands) -> None:
    hands.open(SEED_002)
    window = opened(hands, HistoryWindow, Qt.Key.Key_H, CONTROL)
    assert "Ada brought this article in (New project)" in notices(window)


def test_an_article_without_statements_says_which_keys_make_one(hands: Hands) -> None:
    hands.open(SEED_002)
    said = notices(hands.window.panel)
    assert "press the key of their kind:" in said
    assert "S speaker" in said


def test_a_note_being_typed_is_kept_when_the_window_closes(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("Lavrov told")
    hands.press("s", ";")
    hands.type("half a thou")
    path = hands.window.desk.workspace.path
    hands.window.close()
    with Workspace.open(path) as again:
        article = next(a for a in again.articles() if a.file == SEED_000)
        (made,) = again.page(article.id, again.analysts()[0].id).marks.values()
        assert made.note == "half a thou"
