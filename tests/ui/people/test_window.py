"""The window of the actors by keys: finding somebody, what they say, the way to it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.codebook import actor_id
from annotator.core.model import Actor
from annotator.core.people.keeping import new_actor
from annotator.core.revision import Change, Edit
from annotator.ui.people.window import PeopleWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.people.scene import called, say

_ENTER, _DOWN, _ESC = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape


def test_it_lists_everyone_with_how_much_they_say(people: PeopleWindow) -> None:
    rows = [people.actors.index(n).data() for n in range(people.actors.rowCount())]
    assert "Sergei Lavrov, person, 2 statements" in rows
    assert [r.partition(",")[0] for r in rows] == sorted(r.partition(",")[0] for r in rows)


def test_typing_finds_by_spelling_and_enter_goes_on(people: PeopleWindow, hands: Hands) -> None:
    hands.type("lawrow")
    assert people.actors.rowCount() == 1
    assert people.details.name.line.text() == "Sergei Lavrov"
    hands.press(_ENTER)
    assert people.list.hasFocus()
    hands.press(_ENTER)
    assert people.said.hasFocus()


def test_a_statement_is_taken_in_hand_in_the_main_window(
    people: PeopleWindow, hands: Hands, window: Window, qtbot: QtBot
) -> None:
    window.desk.open(None)
    hands.type("lavrov")
    hands.press(_ENTER, _ENTER, _DOWN, _ENTER)
    assert window.desk.page is not None
    statement = window.desk.current_statement
    assert statement is not None
    assert statement.article == window.desk.page.article.id
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def test_statements_stand_below_articles_or_issues(people: PeopleWindow, hands: Hands) -> None:
    hands.type("lavrov")
    said = people.said.said
    assert said.number == 2
    assert [said.index(n).data() for n in (0, 2)] == [
        "Article 0 — 1 statement",
        "Article 1 — 1 statement",
    ]
    people._grouping.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert said.index(0).data() == "No issue yet — 2 statements"


def test_those_who_say_most_come_first_when_asked(people: PeopleWindow, hands: Hands) -> None:
    people._sorting.setFocus()
    hands.press(Qt.Key.Key_Space)
    first = people.actors.actor_at(0)
    assert first is not None
    assert first.name == "Sergei Lavrov"


def test_who_is_this_shows_the_actor_of_the_mark_at_hand(
    window: Window, project: Workspace, qtbot: QtBot
) -> None:
    hands = Hands(qtbot, window)
    unknown = say(project, 1, "Kyiv", None)
    window.desk.open(project.articles()[1].id)
    known = next(m for m in project.page(project.articles()[1].id).marks.values() if m.fields)
    window.to_text()
    window.desk.take_mark(known.id)
    hands.press("i")
    found = window.findChild(PeopleWindow)
    assert isinstance(found, PeopleWindow)
    assert found.actor is not None
    assert found.actor.id == actor_id("lavrov")
    window.desk.take_mark(unknown.id)
    window.run(next(c for c in window.commands if c.id == "people.who"))
    assert found.filter.text() == "Kyiv"
    assert found.actor.id == actor_id("ukraine")


def test_esc_closes_it(people: PeopleWindow, hands: Hands, window: Window, qtbot: QtBot) -> None:
    hands.press(_ESC)
    qtbot.waitUntil(lambda: window.findChild(PeopleWindow) is None)


def test_marking_elsewhere_shows_up(people: PeopleWindow, project: Workspace, qtbot: QtBot) -> None:
    people.show_actor(actor_id("ukraine"))
    assert people.said.said.number == 0
    assert "No statement names Ukrainian government" in people._silent.label.text()
    say(project, 1, "Kyiv", actor_id("ukraine"))
    assert people.said.said.number == 1
    qtbot.waitUntil(lambda: people.actors.counts[actor_id("ukraine")] == 1)


def test_a_filter_that_fits_hundreds_reaches_the_last(
    people: PeopleWindow, hands: Hands, project: Workspace
) -> None:
    many = [Actor(id=project.new_id(), name=f"Zed {n:04}") for n in range(700)]
    project.do(Edit("Many", tuple(Change(None, actor) for actor in many)))
    hands.type("zed")
    first = people.actors.actor_at(0)
    assert first is not None
    assert first.name == "Zed 0000"
    while people.actors.canFetchMore(QModelIndex()):
        people.actors.fetchMore(QModelIndex())
    assert people.actors.rowCount() == 700
    names = [a.name for n in range(700) if (a := people.actors.actor_at(n))]
    assert names == [actor.name for actor in many]
    people.filter.setText("zed 0")
    people.show_actor(many[-1].id)
    assert people.actor == many[-1]


def test_the_statements_stay_in_their_place_from_actor_to_actor(
    people: PeopleWindow, project: Workspace
) -> None:
    """Who has no other names and belongs nowhere, who has both, and one with a possible twin."""
    edit, nobody = new_actor(project.new_id(), "Nobody Much")
    project.do(edit)
    places = []
    for shown in (nobody.id, actor_id("usa"), actor_id("lavrov"), called(project, "Zelenskyy").id):
        people.show_actor(shown)
        QApplication.processEvents()
        places.append((people.details.aliases.height(), people._below.y()))
    assert len(set(places)) == 1
