"""The two statements the product is measured by, marked by key presses alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.formats import annotator_json
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, SEED_002, start

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
CONTROL = Qt.KeyboardModifier.ControlModifier
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
PUTIN_IS_READY = (
    '"Putin is ready to meet with Zelensky when the agenda is ready for a summit,'
    ' and this agenda is not ready at all."'
)
FIRST_HALF = "“We’re going to find out about President Putin in the next couple of weeks,”"
SECOND_HALF = "“It’s possible that he doesn’t want to make a deal.”"


def mark_seed_000(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.caret('He said: "Putin')
    hands.press("w", "s")
    hands.caret(PUTIN_IS_READY, 3)
    hands.press('"', "c")
    hands.select("ready to meet with Zelensky when the agenda is ready")
    hands.press("p", ENTER)
    hands.type("Lavrov")
    hands.press(ENTER)
    hands.type("summit")
    hands.press(ENTER)
    hands.type("-1")
    hands.press(ENTER)
    hands.press(ENTER, TAB, TAB, TAB)
    hands.type("the agenda is ready")
    hands.press(ENTER)


def mark_seed_002(hands: Hands) -> None:
    hands.open(SEED_002)
    hands.caret(FIRST_HALF, 4)
    hands.press('"', "c")
    hands.caret(SECOND_HALF, 4)
    hands.press('"', "f")
    hands.caret("Trump said. “It’s")
    hands.press("w", "s", ENTER, ENTER)


def test_seed_000_is_one_whole_statement(hands: Hands) -> None:
    mark_seed_000(hands)
    desk = hands.window.desk
    page = desk.page
    assert page is not None
    (statement,) = page.in_order()
    (speaker,) = page.members(statement, "speaker")
    (claim,) = page.members(statement, "claim")
    (position,) = page.members(statement, "position")
    actors = {str(a.id): a.name for a in desk.workspace.actors()}
    issues = {str(i.id): i.key for i in desk.workspace.issues()}
    assert speaker.quote == "He"
    assert actors[str(speaker.fields["actor"])] == "Sergei Lavrov"
    assert claim.quote == PUTIN_IS_READY
    assert issues[str(position.fields["issue"])] == "summit"
    assert position.fields["stance"] == -1
    assert position.fields["condition"] == "the agenda is ready"
    assert desk.missing(statement) == []
    assert hands.window.pane.view.hasFocus()


def test_a_pronoun_is_not_remembered_as_an_alias(hands: Hands) -> None:
    mark_seed_000(hands)
    for actor in hands.window.desk.workspace.actors():
        assert "He" not in actor.names


def test_the_split_quote_of_seed_002_is_one_claim(hands: Hands) -> None:
    mark_seed_002(hands)
    page = hands.window.desk.page
    assert page is not None
    (statement,) = page.in_order()
    (claim,) = page.members(statement, "claim")
    (speaker,) = page.members(statement, "speaker")
    assert [f.quote for f in claim.fragments] == [FIRST_HALF, SECOND_HALF]
    assert speaker.quote == "Trump"
    assert {str(a.id): a.name for a in hands.window.desk.workspace.actors()}[
        str(speaker.fields["actor"])
    ] == "Donald Trump"


def test_a_name_filed_once_is_proposed_the_next_time(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.caret("Zelensky for peace talks")
    hands.press("w", "s", ENTER)
    hands.type("Volodymyr Zelensky")
    hands.press(ENTER, ENTER)
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Escape)
    hands.open(SEED_002)
    hands.caret("Zelensky travel to Moscow")
    hands.press("w", "s", ENTER, ENTER)
    page = hands.window.desk.page
    assert page is not None
    (mark,) = page.marks.values()
    actors = {str(a.id): a.name for a in hands.window.desk.workspace.actors()}
    assert actors[str(mark.fields["actor"])] == "Volodymyr Zelensky"


def test_close_reopen_undo_redo_export_import(
    hands: Hands,
    qtbot: QtBot,
    tmp_path: Path,
    open_window: Callable[[Workspace], Window],
) -> None:
    empty = exported(hands.window.desk.workspace)
    mark_seed_000(hands)
    mark_seed_002(hands)
    path = hands.window.desk.workspace.path
    whole = exported(hands.window.desk.workspace)
    hands.window.close()

    again = Hands(qtbot, open_window(Workspace.open(path, "Ada")))
    again.window.to_text()
    workspace = again.window.desk.workspace
    assert exported(workspace) == whole
    steps = 0
    while workspace.next_undo() is not None:
        again.press(Qt.Key.Key_Z, modifier=CONTROL)
        steps += 1
    assert steps == 11
    assert exported(workspace) == empty
    for _ in range(steps):
        again.press(Qt.Key.Key_Z, modifier=CONTROL_SHIFT)
    assert exported(workspace) == whole
    assert workspace.next_redo() is None
    assert workspace.check() == []

    schema = json.loads((paths.resources() / "schema" / "annotator-1.json").read_bytes())
    jsonschema.validate(json.loads(whole), schema)
    file = tmp_path / "export.json"
    file.write_bytes(whole)
    other = Workspace.create(tmp_path / "other.annotator", start(), "Bo")
    other.take_in(annotator_json.read(file), "Import")
    assert without_project(exported(other)) == without_project(whole)
    assert not other.take_in(annotator_json.read(file), "Import").anything
    other.close()


def exported(workspace: Workspace) -> bytes:
    return annotator_json.encode(workspace.bundle())


def without_project(data: bytes) -> dict[str, object]:
    found: dict[str, object] = json.loads(data)
    del found["project"]
    return found
