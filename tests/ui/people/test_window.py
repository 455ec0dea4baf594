"""The window of the people, by key presses alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.codebook import actor_id
from annotator.core.marking import mark as mark_verb
from annotator.core.marking import set_field
from annotator.core.model import GOLD, Actor, Mark
from annotator.core.people.keeping import new_actor
from annotator.core.review import judging
from annotator.core.revision import Change, Edit
from annotator.formats import annotator_json
from annotator.ui import at_work
from annotator.ui.panel.options import options, shown_values
from annotator.ui.people.choosing import ActorChooser, MergeQuestion, RetireQuestion, SplitQuestion
from annotator.ui.people.layers import Layers
from annotator.ui.people.window import PeopleWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import add_article, start

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ENTER, _DOWN, _TAB, _ESC = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Escape
_TEXTS = ("Lavrov said no. Zelenskyy waited.", "Lavrov agreed. Kyiv did not.")


@pytest.fixture
def project(tmp_path: Path) -> Workspace:
    """Two articles in each of which Lavrov says something; Zelensky twice."""
    workspace = Workspace.create(tmp_path / "people.annotator", start(), "Ada")
    for name in ("Volodymyr Zelensky", "Zelenskyy"):
        workspace.do(new_actor(workspace.new_id(), name)[0])
    for number, text in enumerate(_TEXTS):
        add_article(workspace, text, f"Article {number}")
        say(workspace, number, "Lavrov", actor_id("lavrov"))
    say(workspace, 0, "Zelenskyy", called(workspace, "Zelenskyy").id)
    return workspace


def say(workspace: Workspace, number: int, words: str, actor: int | None) -> Mark:
    """A statement of somebody in an article."""
    page = workspace.page(workspace.articles()[number].id)
    at = page.text.index(words)
    span = (at, at + len(words))
    edit, made, _ = mark_verb(page, workspace.codebook, "speaker", [span], workspace.new_id)
    workspace.do(edit)
    if actor is not None:
        now = workspace.record("mark", made.id)
        assert isinstance(now, Mark)
        workspace.do(set_field(now, workspace.codebook, "actor", str(actor)))
    return made


def called(workspace: Workspace, name: str) -> Actor:
    return next(a for a in workspace.actors() if a.name == name)


@pytest.fixture
def window(project: Workspace, qtbot: QtBot, open_window: Callable[[Workspace], Window]) -> Window:
    return open_window(project)


@pytest.fixture
def people(window: Window, qtbot: QtBot) -> PeopleWindow:
    """Opened by its keys."""
    hands = Hands(qtbot, window)
    hands.press(Qt.Key.Key_A, modifier=_CONTROL | Qt.KeyboardModifier.ShiftModifier)
    found = window.findChild(PeopleWindow)
    assert isinstance(found, PeopleWindow)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


@pytest.fixture
def hands(people: PeopleWindow, window: Window, qtbot: QtBot) -> Hands:
    return Hands(qtbot, window)


def press(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def answer(kind: type[QWidget], keys: Callable[[QWidget], None]) -> list[QWidget]:
    """Press keys in the dialog that opens next; it is in the list once it was there."""
    seen: list[QWidget] = []

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            seen.append(dialog)
            keys(dialog)

    QTimer.singleShot(0, go)
    return seen


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


# Several layers


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
