"""Whose statements the window of the actors counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.core.codebook import actor_id
from annotator.core.model import GOLD
from annotator.core.review import judging
from annotator.ui.people.layers import Layers
from annotator.ui.people.window import PeopleWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.people.scene import called, say

_CONTROL = Qt.KeyboardModifier.ControlModifier
_DOWN = Qt.Key.Key_Down


@pytest.fixture
def shared(project: Workspace) -> Workspace:
    """The project of above, where Ben marked Lavrov in one article too, and gold has that."""
    with project.as_analyst("Ben") as ben:
        made = say(ben, 0, "Lavrov", actor_id("lavrov"))
        (said,) = ben.page(made.article).statements
    project.poll()
    docket = project.docket(made.article)
    project.do(judging.take(docket, [said], [said], project.new_id))
    return project


def numbers(people: PeopleWindow) -> dict[str, int]:
    """What is offered, with the numbers beside it."""
    layers = people.layers
    told = (layers.itemText(row).partition(": ") for row in range(layers.count()))
    return {name: int(number) for name, _, number in told}


def test_a_statement_counts_in_one_layer_and_it_is_said_in_which(
    shared: Workspace, people: PeopleWindow, hands: Hands
) -> None:
    lavrov = actor_id("lavrov")
    people.show_actor(lavrov)
    assert numbers(people) == {
        "in my layer": 2,
        "in gold": 1,
        "in Ben’s layer": 1,
        "in each layer": 4,
    }
    assert people.layers.layer == shared.analyst.id
    assert (people.actors.counts[lavrov], people.said.said.number) == (2, 2)
    assert people._counted.text() == "The numbers are statements in my layer."
    people.layers.setFocus()
    hands.press(_DOWN)
    assert people.layers.layer == GOLD
    assert (people.actors.counts[lavrov], people.said.said.number) == (1, 1)
    assert people._counted.text() == "The numbers are statements in gold."
    spoken = people.said.said.spoken_at(1)
    assert spoken is not None
    assert spoken.layer == GOLD
    assert people.layers.hasFocus(), "the keyboard stays"
    hands.press(_DOWN, _DOWN)
    assert (people.actors.counts[lavrov], people.said.said.number) == (4, 4)
    assert people._counted.text() == "The numbers are statements in each layer."


def test_the_layer_is_remembered_and_one_who_marks_nothing_begins_with_gold(
    shared: Workspace, people: PeopleWindow, hands: Hands, window: Window, qtbot: QtBot
) -> None:
    people.layers.setFocus()
    hands.press(_DOWN, _DOWN)
    people.close()
    qtbot.waitUntil(lambda: window.findChild(PeopleWindow) is None)
    hands.press(Qt.Key.Key_A, modifier=_CONTROL | Qt.KeyboardModifier.ShiftModifier)
    again = window.findChild(PeopleWindow)
    assert isinstance(again, PeopleWindow)
    assert again.layers.said == "in Ben’s layer"
    with shared.as_analyst("Cleo") as cleo:
        window.settings.people_layer = ""
        layers = Layers(cleo, window.settings, window)
        layers.offer(cleo.people.statement_counts())
        assert layers.layer == GOLD


def test_one_layer_alone_offers_no_choice(people: PeopleWindow) -> None:
    people.show_actor(actor_id("lavrov"))
    assert not people.layers.isVisible()
    assert not people._counted.isVisible()
    assert people._heading.text() == "Statements (2)"


def test_who_is_silent_in_a_layer_is_said_to_speak_in_others(
    shared: Workspace, people: PeopleWindow, hands: Hands, project: Workspace
) -> None:
    people.show_actor(called(project, "Zelenskyy").id)
    people.layers.setFocus()
    hands.press(_DOWN)
    assert "There is 1 statement in other layers" in people._silent.label.text()
    assert people._silent.isVisible()


def test_a_layer_is_called_by_all_of_a_name(project: Workspace, people: PeopleWindow) -> None:
    name = "Ben: the second"
    with project.as_analyst(name) as ben:
        say(ben, 0, "Lavrov", actor_id("lavrov"))
    project.poll()
    people._count()
    people.show_actor(actor_id("lavrov"))
    layers = people.layers
    layers.setCurrentIndex(1)
    assert layers.itemText(1) == f"in {name}’s layer: 1"
    assert layers.said == f"in {name}’s layer"
