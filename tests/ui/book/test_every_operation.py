"""Each operation on each sort of thing by keys: what it touches is said first, one undo takes it back.

Actors are not in the codebook's window; what is done to them is in ``tests/ui/people``.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.core import marking
from annotator.core.book import changing
from annotator.core.book.parts import Part, count, issue_part
from annotator.core.codebook import issue_id
from annotator.core.marking import mark_all
from annotator.core.model import FieldValue
from annotator.formats import annotator_json
from tests.ui.book.conftest import CONTROL, Reading
from tests.ui.conftest import Hands

ENTER, DELETE, F2 = Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_F2
SUMMIT = issue_part(issue_id("summit"))
PARTS = {
    "kind": Part("kind", "position"),
    "role": Part("role", "position"),
    "field": Part("field", "condition"),
    "choice": Part("choice", "direct", "told"),
    "stance": Part("stance", "-1"),
    "issue": SUMMIT,
}
INTO = {
    "kind": "Claim",
    "role": "Claim",
    "field": "Proviso",
    "choice": "partial quote",
    "stance": "rejects",
    "issue": "Ukraine in NATO",
}


@pytest.fixture
def used(hands: Hands) -> Reading:
    """The codebook's window, with two statements that use one entry of every sort."""
    hands.open("002_306a3b5e633bf25b.txt")
    desk = hands.window.desk
    workspace = desk.workspace
    desk.do(changing.add_field(workspace, "Proviso", "text", ("position",))[0])
    page = desk.page
    assert page is not None
    at = page.text.index("Putin")
    desk.do(mark_all(page, desk.book, "position", [(at, at + 5), (9, 14)], workspace.new_id)[0])
    values: dict[str, FieldValue] = {"condition": "peace", "stance": -1, "issue": SUMMIT.key}
    for mark in list(page.marks.values()):
        for field, value in values.items():
            desk.set_field(page.mark(mark.id), field, value)
    for statement in list(page.statements.values()):
        workspace.do(marking.set_field(statement, desk.book, "told", "direct"))
    return Reading(hands)


def snapshot(used: Reading) -> bytes:
    return annotator_json.encode(used.workspace.bundle())


def undone(used: Reading, before: bytes) -> bool:
    """Whether one undo takes all of it back."""
    used.press(Qt.Key.Key_Z, modifier=CONTROL)
    return snapshot(used) == before and used.workspace.check() == []


@pytest.mark.parametrize("sort", PARTS)
def test_rename(used: Reading, sort: str) -> None:
    before, old = snapshot(used), str(count(used.workspace, PARTS[sort]))
    used.take(PARTS[sort])
    assert used.window._used.text() == f"Used by {old}"
    used.press(F2)
    used.clear()
    used.type("Another name")
    used.press(ENTER)
    assert used.window._title.text() == "Another name"
    assert str(count(used.workspace, PARTS[sort])) == old
    assert undone(used, before)


@pytest.mark.parametrize("sort", PARTS)
def test_merge(used: Reading, sort: str) -> None:
    before = snapshot(used)
    used.take(PARTS[sort])
    used.press(Qt.Key.Key_M, modifier=CONTROL)
    used.type(INTO[sort])
    used.press(ENTER)
    assert (
        f"{'2 marks' if sort not in ('role', 'choice') else '2 statements'} in 1 article become"
        in used.asking
    )
    used.press(ENTER)
    assert used.asking == ""
    kept = used.window._place
    assert isinstance(kept, Part)
    assert used.window._title.text() == INTO[sort]
    assert count(used.workspace, kept)
    assert undone(used, before)


@pytest.mark.parametrize("sort", PARTS)
def test_split(used: Reading, sort: str) -> None:
    before = snapshot(used)
    used.take(PARTS[sort])
    used.press(Qt.Key.Key_L, modifier=CONTROL)
    if sort == "stance":
        used.type("5")
        used.press(Qt.Key.Key_Tab)
    used.type("The new one")
    used.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Space)
    assert "1 of 2 " in used.asking
    used.press(ENTER)
    assert used.asking == "", used.wrong
    new = used.window._place
    assert isinstance(new, Part)
    assert used.window._title.text() == "The new one"
    for part in (new, PARTS[sort]):
        found = count(used.workspace, part)
        assert found.marks + found.statements == 1
    assert undone(used, before)


@pytest.mark.parametrize("sort", PARTS)
def test_retire(used: Reading, sort: str) -> None:
    before = snapshot(used)
    used.take(PARTS[sort])
    used.press(Qt.Key.Key_R, modifier=CONTROL)
    assert " in 1 article keep it." in used.asking
    used.press(ENTER)
    assert "retired" in used.window._sort.text().lower()
    assert undone(used, before)


@pytest.mark.parametrize("sort", PARTS)
def test_delete_asks_where_its_marks_are_to_go(used: Reading, sort: str) -> None:
    before = snapshot(used)
    used.take(PARTS[sort])
    used.press(DELETE)
    assert "Merge “" in used.asking
    assert " or retire it." in used.asking
    used.type(INTO[sort])
    used.press(ENTER, ENTER)
    assert used.asking == ""
    assert undone(used, before)


def test_only_issues_stand_under_one_another(used: Reading) -> None:
    before = snapshot(used)
    used.take(SUMMIT)
    used.press(Qt.Key.Key_U, modifier=CONTROL)
    used.type("nato")
    used.press(ENTER)
    assert used.asking.endswith("2 marks in 1 article stay with it.")
    used.press(ENTER)
    assert undone(used, before)


def test_two_fields_that_hold_different_things_say_what_becomes_of_both(used: Reading) -> None:
    page = used.hands.window.desk.page
    assert page is not None
    mark = page.marks_in_order()[0]
    used.hands.window.desk.set_field(mark, "proviso", "a truce")
    used.take(PARTS["field"])
    used.press(Qt.Key.Key_M, modifier=CONTROL)
    used.type("Proviso")
    used.press(ENTER)
    assert (
        "One mark or statement holds different values in both: the two are joined." in used.asking
    )
    used.press(ENTER)
    assert page.mark(mark.id).fields["proviso"] == "a truce; peace"
