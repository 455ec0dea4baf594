"""A project whose codebook has other kinds, roles and fields works by keyboard as the usual one does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.codebook import parse
from annotator.core.model import Statement
from annotator.formats import annotator_json
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.acting import page_of
from tests.ui.conftest import Hands
from tests.workshop import SEED_002, field_in_file, seed

ENTER, ESC, F8 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F8
EXPECTED = "expected = true\n"
CHOICES = """\
choices.quoted.name = "Quoted"
choices.reported.name = "Reported"
"""
FIELDS = (
    field_in_file("person", "actor", "source", more=EXPECTED),
    field_in_file("topic", "issue", "content", more=EXPECTED),
    field_in_file("leaning", "stance", "content", more=EXPECTED),
    field_in_file("mode", "choice", "statement", more=EXPECTED + CHOICES),
)
TOML = """
name = "Attributions"
[kinds.source]
name = "Source"
key = "X"
colour = "kind.1"
pattern = "solid"
[kinds.cue]
name = "Cue"
key = "Y"
colour = "kind.2"
pattern = "dotted"
[kinds.content]
name = "Content"
key = "T"
colour = "kind.3"
pattern = "dashed"
[roles.source]
name = "Source"
kinds = ["source"]
expected = true
[roles.cue]
name = "Cue"
kinds = ["cue"]
[roles.content]
name = "Content"
kinds = ["content"]
expected = true
"""
TOML += "".join(FIELDS)
TOML += """
[stances.-1]
name = "Against"
[stances.1]
name = "For"
[issues.talks]
name = "Talks"
[issues.arms]
name = "Arms"
[actors.trump]
name = "Donald Trump"
[actors.putin]
name = "Vladimir Putin"
"""


@pytest.fixture
def other(qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]) -> Hands:
    """A window on a project of sources, cues and contents."""
    path = tmp_path / "attributions.annotator"
    hands = Hands(
        qtbot, open_window(Workspace.create(path, parse(TOML, "it"), "Ada", [seed(SEED_002)]))
    )
    hands.open(SEED_002)
    return hands


def mark(hands: Hands, words: str, key: str) -> None:
    hands.select(words)
    hands.press(key)


def said(hands: Hands) -> str:
    return hands.window._message.text()


def focused(hands: Hands) -> str:
    focus = QApplication.focusWidget()
    return focus.accessibleName() if focus else ""


def current(hands: Hands) -> Statement:
    statement = hands.window.desk.current_statement
    assert statement is not None
    return statement


def whole(hands: Hands) -> Statement:
    """Mark the split quote of the seed with its source and cue, and fill in what is missing."""
    mark(hands, "“We’re going to find out about President Putin in the next couple of weeks,”", "t")
    hands.select("It’s possible that he doesn’t want to make a deal.")
    hands.press("f")
    mark(hands, "Trump said. “It’s"[:5], "x")
    at = hands.text.index("Trump said. “It’s")
    hands.window.pane.view.select(at + 6, at + 10)
    hands.press("y", ENTER)
    answers = {"Person": "Trump", "Topic": "Talks", "Leaning": "-1", "Mode": "Quoted"}
    asked = []
    while (name := focused(hands)) in answers:
        asked.append(name)
        hands.type(answers.pop(name))
        hands.press(ENTER)
    assert answers == {}, (asked, focused(hands))
    return current(hands)


def test_a_whole_statement_is_marked_and_filled_in(other: Hands) -> None:
    statement = whole(other)
    page, workspace = page_of(other), other.window.desk.workspace
    quotes = {m.role: page.marks[m.mark].quote for m in statement.members}
    assert quotes.keys() == {"content", "source", "cue"}
    assert (quotes["source"], quotes["cue"]) == ("Trump", "said")
    (content,) = page.members(statement, "content")
    (source,) = page.members(statement, "source")
    assert len(content.fragments) == 2
    talks = next(i for i in workspace.issues() if i.name == "Talks")
    trump = next(a for a in workspace.actors() if a.name == "Donald Trump")
    assert content.fields == {"topic": str(talks.id), "leaning": -1}
    assert source.fields == {"person": str(trump.id)}
    assert statement.fields == {"mode": "quoted"}
    assert other.window.desk.missing(statement) == []
    assert other.window.pane.view.hasFocus()


def test_statements_stand_where_their_content_does(other: Hands) -> None:
    """The source of the second stands before everything; its content after that of the first."""
    text = other.text
    first, second, third = (text.index(line) for line in text.split("\n")[1:4])
    view = other.window.pane.view
    made = []
    for source, content in ((first, second), (0, third)):
        view.select(source, source + 5)
        other.press("x")
        view.select(content, content + 9)
        other.press("t")
        made.append(other.window.desk.statement)
        other.press(ESC)
    assert [s.id for s in page_of(other).in_order()] == made
    assert other.window.panel._statements.ids == made
    other.press("j")
    assert other.window.desk.statement == made[0]


def test_what_is_missing_is_walked_in_the_codebook_s_words(other: Hands) -> None:
    mark(other, "It’s possible that he doesn’t want to make a deal.", "t")
    other.press(ESC)
    told = []
    for _ in range(len(other.window.panel.remaining)):
        other.press(F8)
        told.append(said(other).partition(": ")[2])
        other.window.to_text()
    assert {"no source yet.", "no topic yet.", "no leaning yet.", "no mode yet."} <= set(told)
    assert "a quotation without a content." in told
    assert not any(word in line for line in told for word in ("speaker", "claim", "position"))


def test_the_source_before_and_the_leaning_by_one_key(other: Hands) -> None:
    first = whole(other)
    other.press(ESC)
    mark(other, "a predator", "t")
    other.press("r", "2")
    second = current(other)
    assert second.id != first.id
    page = page_of(other)
    assert page.members(second, "source") == page.members(first, "source")
    assert page.members(second, "content")[0].fields == {"leaning": 1}


def test_what_cannot_be_is_said_in_the_codebook_s_words(other: Hands) -> None:
    mark(other, "Kremlin", "t")
    other.press("r")
    assert said(other) == "No statement before this one has a source."
    other.press(ESC, "1")
    assert said(other) == "Mark a content first; then its stance can be set."
    texts = [command.text for command in other.window.commands]
    assert "Same source as the statement before" in texts
    assert not any("speaker" in text for text in texts)


def test_it_goes_out_and_comes_in_again(other: Hands, tmp_path: Path) -> None:
    whole(other)
    data = annotator_json.encode(other.window.desk.workspace.bundle())
    file = tmp_path / "out.json"
    file.write_bytes(data)
    with Workspace.create(tmp_path / "in.annotator", parse(TOML, "it"), "Bo") as workspace:
        workspace.take_in(annotator_json.read(file), "Import")
        again = json.loads(annotator_json.encode(workspace.bundle()))
    whole_of = json.loads(data)
    assert {**again, "project": {}} == {**whole_of, "project": {}}
    assert {"source", "cue", "content"} <= again["codebook"]["roles"].keys()


def test_the_panel_says_which_keys_there_are_while_it_is_empty(other: Hands) -> None:
    said = other.window.panel._empty.label.text()
    assert "X source, Y cue, T content" in said
    assert "speaker" not in said
