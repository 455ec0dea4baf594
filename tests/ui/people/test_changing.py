"""Actors changed by keys: names, belonging, merging, splitting, retiring."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from annotator.core.codebook import actor_id
from annotator.core.people.keeping import new_actor
from annotator.formats import annotator_json
from annotator.ui import at_work
from annotator.ui.panel.options import options, shown_values
from annotator.ui.people.choosing import ActorChooser, MergeQuestion, RetireQuestion, SplitQuestion
from annotator.ui.people.window import PeopleWindow
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.people.scene import answer, called, press

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER, _TAB, _ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape


def test_a_name_is_changed_and_undone(
    people: PeopleWindow, hands: Hands, project: Workspace
) -> None:
    hands.type("lavrov")
    hands.press(Qt.Key.Key_F2)
    hands.type("Sergey Lavrov")
    hands.press(_ENTER)
    assert called(project, "Sergey Lavrov").id == actor_id("lavrov")
    people.list.setFocus()
    hands.press(Qt.Key.Key_Z, modifier=_CONTROL)
    assert people.details.name.line.text() == "Sergei Lavrov"


def test_aliases_are_added_made_main_and_removed(
    people: PeopleWindow, hands: Hands, project: Workspace
) -> None:
    people.show_actor(actor_id("lavrov"))
    people.details.alias.line.setFocus()
    hands.type("Lawrow")
    hands.press(_ENTER)
    assert people.actor is not None
    assert people.actor.aliases == ("Lavrov", "Lawrow")
    people.details.aliases.setFocus()
    people.details.aliases.setCurrentRow(1)
    hands.press(_ENTER)
    assert people.actor.name == "Lawrow"
    people.details.aliases.setCurrentRow(0)
    hands.press(Qt.Key.Key_Delete)
    assert people.actor.names == ("Lawrow", "Sergei Lavrov")


def test_what_is_no_wikidata_id_is_said_and_put_back(people: PeopleWindow, hands: Hands) -> None:
    people.show_actor(actor_id("lavrov"))
    people.details.wikidata.line.setFocus()
    hands.type("Lavrov")
    hands.press(_ENTER)
    assert "Q7747" in people.message.text()
    assert people.details.wikidata.line.text() == ""
    hands.type("Q58217")
    hands.press(_ENTER)
    assert people.actor is not None
    assert people.actor.wikidata == "Q58217"


def test_belonging_is_added_and_dated(people: PeopleWindow, hands: Hands) -> None:
    people.show_actor(actor_id("trump"))
    people.details.groups.setFocus()
    people.details.groups.setCurrentRow(0)
    hands.press(_ENTER)
    hands.type("2025-01")
    hands.press(_ENTER)
    assert people.details.groups.item(0).text() == "United States government, 2025-01 – …"
    people.details.group.line.setFocus()
    hands.type("russian gov")
    hands.press(_ENTER)
    assert people.actor is not None
    assert [a.actor for a in people.actor.affiliations] == [actor_id("usa"), actor_id("russia")]
    hands.press(Qt.Key.Key_Delete)
    assert len(people.actor.affiliations) == 1


def test_a_twin_is_shown_and_merged_with_two_enters(
    people: PeopleWindow, hands: Hands, project: Workspace
) -> None:
    stays, goes = called(project, "Volodymyr Zelensky"), called(project, "Zelenskyy")
    people.show_actor(stays.id)
    assert people.details.twins.item(0).text() == "Zelenskyy — another spelling of Zelenskyy"
    people.details.twins.setFocus()
    people.details.twins.setCurrentRow(0)
    seen = answer(MergeQuestion, lambda dialog: press(dialog, _ENTER))
    hands.press(_ENTER)
    assert seen
    assert project.record("actor", goes.id) is None
    assert called(project, "Volodymyr Zelensky").aliases == ("Zelenskyy",)
    assert people.said.said.number == 1
    assert "1 mark in 1 article" in people.message.text()
    people.list.setFocus()
    hands.press(Qt.Key.Key_Z, modifier=_CONTROL)
    assert called(project, "Zelenskyy") == goes


def test_esc_merges_nobody(people: PeopleWindow, hands: Hands, project: Workspace) -> None:
    before = project.actors()
    people.show_actor(called(project, "Volodymyr Zelensky").id)
    people.details.twins.setFocus()
    people.details.twins.setCurrentRow(0)
    seen = answer(MergeQuestion, lambda dialog: press(dialog, _ESC))
    hands.press(_ENTER)
    assert seen
    assert project.actors() == before


def test_an_alias_is_given_to_somebody_new_with_its_marks(
    people: PeopleWindow, hands: Hands, project: Workspace
) -> None:
    people.show_actor(actor_id("lavrov"))
    people.details.aliases.setFocus()
    people.details.aliases.setCurrentRow(0)

    def choose(dialog: QWidget) -> None:
        assert isinstance(dialog, ActorChooser)
        QTest.keyClicks(dialog.entry.line, "Somebody Quite New")
        press(dialog.entry.line, _ENTER)
        assert "Enter again makes it" in dialog.entry.explanation
        press(dialog.entry.line, _ENTER)

    seen = answer(ActorChooser, choose)
    hands.type("b")
    assert seen
    other = called(project, "Somebody Quite New")
    assert other.aliases == ("Lavrov",)
    assert len(project.people.statements(other.id)) == 2
    assert people.said.said.number == 0


def test_whoever_speaks_is_not_deleted(
    people: PeopleWindow, hands: Hands, project: Workspace
) -> None:
    people.show_actor(actor_id("lavrov"))
    people.delete()
    assert "is named in 2 places" in people.message.text()
    edit, nobody = new_actor(project.new_id(), "Nobody Much")
    project.do(edit)
    people.show_actor(nobody.id)
    people.delete()
    assert project.record("actor", nobody.id) is None


def test_somebody_is_added_by_the_name_looked_for(
    people: PeopleWindow, hands: Hands, project: Workspace
) -> None:
    hands.type("Mark Rutte")
    assert "Nobody is called so" in people._empty.label.text()
    hands.press(Qt.Key.Key_N, modifier=_CONTROL)
    assert people.actor == called(project, "Mark Rutte")
    assert people.details.name.line.hasFocus()


@pytest.fixture(params=[at_work.LONG, 1], ids=["at once", "on a thread"])
def waiting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was said while everybody waited; nothing where all is done at once."""
    said: list[str] = []

    class Heard(at_work.Waiting):
        def __init__(self, says: str, workspace: Workspace, work: at_work.Work) -> None:
            said.append(says)
            super().__init__(says, workspace, work)

    monkeypatch.setattr(at_work, "LONG", request.param)
    monkeypatch.setattr(at_work, "Waiting", Heard)
    return said


def test_an_actor_who_is_two_is_split_by_ticking_marks(
    people: PeopleWindow, hands: Hands, project: Workspace, waiting: list[str]
) -> None:
    people.show_actor(actor_id("lavrov"))
    people.list.setFocus()

    def keys(dialog: QWidget) -> None:
        hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        hands.type("Another Lavrov")
        hands.press(_TAB, _TAB, Qt.Key.Key_Space)
        labels = [label.text() for label in dialog.findChildren(QLabel)]
        assert "1 of 2 goes over to the new one, the rest stays." in labels
        hands.press(_ENTER)

    seen = answer(SplitQuestion, keys)
    hands.press(Qt.Key.Key_L, modifier=_CONTROL)
    assert seen
    made = called(project, "Another Lavrov")
    assert people.details.name.line.text() == "Another Lavrov"
    assert people.said.said.number == 1
    assert people.message.text() == "Split Another Lavrov off Sergei Lavrov: 1 mark in 1 article"
    says = ["Split Another Lavrov off Sergei Lavrov"]
    assert waiting == (says if at_work.LONG == 1 else [])
    hands.press(Qt.Key.Key_Z, modifier=_CONTROL)
    assert project.record("actor", made.id) is None
    assert project.people.extent(actor_id("lavrov")) == "2 marks in 2 articles"


def test_who_is_retired_is_proposed_no_longer_and_stays_where_named(
    people: PeopleWindow, hands: Hands, project: Workspace
) -> None:
    lavrov = actor_id("lavrov")
    before = annotator_json.encode(project.bundle())
    people.show_actor(lavrov)
    people.list.setFocus()

    def keys(dialog: QWidget) -> None:
        hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        said = [label.text() for label in dialog.findChildren(QLabel)]
        assert any("is named by 2 marks in 2 articles; there" in line for line in said)
        hands.press(_ENTER)

    seen = answer(RetireQuestion, keys)
    hands.press(Qt.Key.Key_R, modifier=_CONTROL)
    assert seen
    label = "Retire Sergei Lavrov: named by 2 marks in 2 articles"
    assert people.message.text() == label
    assert next(iter(project.history())).label == label
    row = people.list.currentIndex().data()
    assert row == "Sergei Lavrov, retired, person, 2 statements"
    assert offered(hands, lavrov) == []
    desk = hands.window.desk
    assert desk.known is not None
    assert desk.page is not None
    mark = next(m for m in desk.page.marks.values() if m.fields.get("actor") == str(lavrov))
    assert shown_values(desk.known, "actor", mark) == "Sergei Lavrov"

    def again(dialog: QWidget) -> None:
        hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        hands.press(_ENTER)

    seen = answer(RetireQuestion, again)
    hands.press(Qt.Key.Key_R, modifier=_CONTROL)
    assert seen
    assert people.message.text() == "Offer again Sergei Lavrov: named by 2 marks in 2 articles"
    assert offered(hands, lavrov) == ["Sergei Lavrov"]
    hands.press(Qt.Key.Key_Z, modifier=_CONTROL)
    hands.press(Qt.Key.Key_Z, modifier=_CONTROL)
    assert annotator_json.encode(project.bundle()) == before
    assert project.check() == []


def offered(hands: Hands, actor: int) -> list[str]:
    """How the type-ahead offers an actor for a mark that names them, and for their name."""
    desk = hands.window.desk
    if desk.page is None:
        desk.open(desk.workspace.articles()[0].id)
    assert desk.page is not None
    assert desk.known is not None
    mark = next(m for m in desk.page.marks.values() if m.fields.get("actor") == str(actor))
    found = [o for typed in ("", "lavr") for o in options(desk.known, "actor", mark, typed)]
    return list(dict.fromkeys(o.text for o in found if o.value == str(actor)))


def test_esc_splits_nobody(people: PeopleWindow, hands: Hands, project: Workspace) -> None:
    people.show_actor(actor_id("lavrov"))
    before = len(project.actors())

    def keys(dialog: QWidget) -> None:
        hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        hands.press(_ESC)

    seen = answer(SplitQuestion, keys)
    hands.press(Qt.Key.Key_L, modifier=_CONTROL)
    assert seen
    assert len(project.actors()) == before
