"""How many keys a statement takes; docs/keys.md says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from annotator.core.model import Statement
from tests.ui.acting import page_of
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, SEED_002

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
MOST = 8
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "keys.md"


class Counting:
    """Presses keys and counts them; selecting is left to the mouse."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.pressed = 0

    def select(self, words: str, after: str = "") -> None:
        text = self.hands.text
        at = text.index(words, text.index(after) if after else 0)
        self.hands.window.pane.view.select(at, at + len(words))

    def press(self, *keys: str | Qt.Key) -> None:
        for key in keys:
            self.hands.press(key)
            self.pressed += 1


def earlier(hands: Hands, speaker: str, actor: str, position: str, issue: str) -> None:
    """Make actor and issue known to the article: a statement marked before."""
    hands.select(speaker)
    hands.press("s")
    hands.select(position)
    hands.press("p", ENTER)
    for words in (actor, issue):
        hands.type(words)
        hands.press(ENTER)
    hands.press(ESC, ESC)


def what_was_said(hands: Hands, statement: Statement) -> tuple[str, str, object]:
    """Actor, issue and stance of a statement."""
    page, workspace = page_of(hands), hands.window.desk.workspace
    (speaker,) = page.members(statement, "speaker")
    (position,) = page.members(statement, "position")
    assert len(page.members(statement, "claim")) == 1
    actors = {str(a.id): a.name for a in workspace.actors()}
    issues = {str(i.id): i.name for i in workspace.issues()}
    fields = position.fields
    return (
        actors[str(speaker.fields["actor"])],
        issues[str(fields["issue"])],
        fields["stance"],
    )


def finished(hands: Hands) -> Statement:
    statement = hands.window.desk.current_statement
    assert statement is not None
    assert hands.window.desk.missing(statement) == []
    assert hands.window.pane.view.hasFocus()
    return statement


def mark_000(hands: Hands) -> Counting:
    hands.open(SEED_000)
    earlier(hands, "Lavrov told", "Lavrov", "It was raised later.", "summit")
    keys = Counting(hands)
    said = 'He said: "Putin'
    keys.select("He", said)
    keys.press("s")
    keys.select('"Putin is ready to meet with Zelensky when the agenda is ready for a summit', said)
    keys.press("c")
    keys.select("ready to meet with Zelensky when the agenda is ready", said)
    keys.press("p", "2", ENTER, ENTER, "s", ENTER)
    assert what_was_said(hands, finished(hands)) == ("Sergei Lavrov", "Putin–Zelensky summit", -1)
    return keys


def mark_002(hands: Hands) -> Counting:
    hands.open(SEED_002)
    earlier(hands, "Trump admitted", "Donald", "a tough one", "Putin wants")
    keys = Counting(hands)
    said = "“We’re going to find out about President Putin"
    keys.select("Trump", said)
    keys.press("s")
    keys.select("“It’s possible that he doesn’t want to make a deal.”", said)
    keys.press("c")
    keys.select("possible that he doesn’t want to make a deal", said)
    keys.press("p", "2", ENTER, ENTER, "d", ENTER)
    assert what_was_said(hands, finished(hands)) == ("Donald Trump", "Putin wants a deal", -1)
    return keys


def mark_whole_sentence(hands: Hands) -> Counting:
    hands.open(SEED_002)
    earlier(hands, "Trump admitted", "Donald", "a tough one", "Putin wants")
    keys = Counting(hands)
    keys.select("“It’s possible that he doesn’t want to make a deal.”")
    keys.press("c", "p", "2", "r", ENTER, "d", ENTER)
    assert what_was_said(hands, finished(hands)) == ("Donald Trump", "Putin wants a deal", -1)
    return keys


@pytest.mark.parametrize("number", range(3))
def test_a_statement_takes_as_many_keys_as_the_documents_say(hands: Hands, number: int) -> None:
    marking = (mark_000, mark_002, mark_whole_sentence)[number]
    table = re.findall(r"^\| (?!Statement|---)[^|]+\| (\d+) \|", DOCUMENT.read_text("utf-8"), re.M)
    pressed = marking(hands).pressed
    assert pressed == int(table[number])
    assert pressed <= MOST


def test_the_same_words_once_more_only_right_after_marking(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("ready to meet")
    hands.press("c", "p")
    marks = list(page_of(hands).marks.values())
    assert [(m.kind, m.quote) for m in marks] == [
        ("claim", "ready to meet"),
        ("position", "ready to meet"),
    ]
    hands.press("p")
    hands.press(Qt.Key.Key_Right)
    hands.press("c")
    assert len(page_of(hands).marks) == 2
