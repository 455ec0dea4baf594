"""The lines of a card by keys: digits mean what they mean in the text, nothing is made by a slip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from annotator.core.people.keeping import new_actor
from annotator.core.text.nearness import is_near
from annotator.ui.panel.entry import TypeAhead
from annotator.ui.panel.options import Option
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, SEED_002

ENTER, DOWN, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape, Qt.Key.Key_Tab


@pytest.fixture
def position(hands: Hands) -> Hands:
    """The keyboard in the line of the issue of a new position."""
    hands.open(SEED_000)
    hands.select("ready to meet")
    hands.press("p", ENTER)
    return hands


def entry(hands: Hands, name: str) -> TypeAhead:
    card = hands.window.panel.card
    assert card is not None
    found = card._parts[0].entries[name]
    assert isinstance(found, TypeAhead)
    return found


def fields(hands: Hands) -> dict[str, object]:
    page = hands.window.desk.page
    assert page is not None
    (mark,) = page.marks.values()
    return dict(mark.fields)


def issues(hands: Hands) -> list[str]:
    return [issue.proposition for issue in hands.window.desk.workspace.issues()]


# Digits


@pytest.mark.parametrize("key", "12345")
def test_a_digit_means_the_same_in_the_line_as_in_the_text(position: Hands, key: str) -> None:
    position.window.to_text()
    position.press(key)
    from_text = fields(position)["stance"]
    position.press("0")
    assert "stance" not in fields(position)
    entry(position, "stance").setFocus()
    position.press(key, ENTER)
    assert fields(position)["stance"] == from_text


@pytest.mark.parametrize(("typed", "value"), [("+2", 2), ("-1", -1), ("-2", -2), ("+0", 0)])
def test_a_signed_number_is_the_value(position: Hands, typed: str, value: int) -> None:
    entry(position, "stance").setFocus()
    position.type(typed)
    position.press(ENTER)
    assert fields(position)["stance"] == value


def test_nought_unsets_in_the_line_as_in_the_text(position: Hands) -> None:
    position.window.to_text()
    position.press("3")
    assert fields(position)["stance"] == 0
    entry(position, "stance").setFocus()
    position.press("0", ENTER)
    assert "stance" not in fields(position)


def test_the_line_shows_the_key_beside_each_step(position: Hands) -> None:
    line = entry(position, "stance")
    line.setFocus()
    rows = [line.list.item(row).text() for row in range(line.list.count())]
    assert [row[0] for row in rows] == list("12345")
    assert "−2" in rows[0]
    assert "+2" in rows[4]


# New issues and actors


def test_a_digit_in_the_line_of_the_issue_makes_nothing(position: Hands) -> None:
    before = issues(position)
    position.press("2", ENTER, ENTER, ENTER)
    assert issues(position) == before
    assert "issue" not in fields(position)
    assert "Nothing here is called “2”" in entry(position, "issue").explanation


def test_a_new_issue_takes_a_second_enter(position: Hands) -> None:
    before = issues(position)
    position.type("Grain must be let through")
    position.press(ENTER)
    assert issues(position) == before
    assert "Enter again makes it" in entry(position, "issue").explanation
    position.press(ENTER)
    assert set(issues(position)) - set(before) == {"Grain must be let through"}
    assert fields(position)["issue"]


def test_typing_on_takes_the_question_back(position: Hands) -> None:
    before = issues(position)
    position.type("Grain must be")
    position.press(ENTER)
    position.type(" let")
    assert "Enter again" not in entry(position, "issue").explanation
    position.press(ENTER)
    assert issues(position) == before


def test_tab_asks_as_well(position: Hands) -> None:
    before = issues(position)
    position.type("Grain must be let through")
    position.press(TAB)
    assert issues(position) == before
    assert entry(position, "issue").line.hasFocus()


def test_a_new_issue_that_was_walked_to_is_meant(position: Hands) -> None:
    before = issues(position)
    position.press("2", DOWN, ENTER)
    assert set(issues(position)) - set(before) == {"2"}


def test_a_slip_finds_the_issue_that_was_meant(position: Hands) -> None:
    before = issues(position)
    position.type("sumit")
    position.press(ENTER)
    assert issues(position) == before
    assert entry(position, "issue").current == "Putin–Zelensky summit"


def test_a_new_actor_takes_a_second_enter(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("Trump announced")
    hands.press("s", ENTER)
    before = len(list(hands.window.desk.workspace.actors()))
    hands.type("Jane Roe")
    hands.press(ENTER)
    assert len(list(hands.window.desk.workspace.actors())) == before
    hands.press(ENTER)
    assert len(list(hands.window.desk.workspace.actors())) == before + 1


@pytest.fixture
def crowd(hands: Hands) -> Hands:
    """The keyboard in the line of the actor of words that name nobody yet, among very many."""
    workspace = hands.window.desk.workspace
    for n in range(12):
        workspace.do(new_actor(workspace.new_id(), f"Anna Zed {n}")[0])
    hands.open(SEED_002)
    hands.select("Dmitry Polyanskiy")
    hands.press("s", ENTER)
    return hands


def name_at(hands: Hands) -> str:
    actors = {str(a.id): a.name for a in hands.window.desk.workspace.actors()}
    return actors.get(str(fields(hands).get("actor")), "")


def test_words_that_name_nobody_yet_need_not_be_typed(crowd: Hands) -> None:
    crowd.press(ENTER)
    assert name_at(crowd) == "", "nothing is made by Enter alone"
    entry(crowd, "actor").line.setFocus()
    crowd.press(DOWN, ENTER)
    assert name_at(crowd) == "Dmitry Polyanskiy"


def test_a_new_actor_may_be_called_as_many_others_begin(crowd: Hands) -> None:
    crowd.type("Anna")
    listed = entry(crowd, "actor").list
    rows = [listed.item(row).text() for row in range(listed.count())]
    assert any("New person “Anna”" in row for row in rows), rows


@pytest.mark.parametrize(
    ("typed", "name", "near"),
    [
        ("sumit", "Putin–Zelensky summit", True),
        ("zelenski", "Putin–Zelensky summit", True),
        ("putn sumit", "Putin–Zelensky summit", True),
        ("grain", "Putin–Zelensky summit", False),
        ("2", "Putin–Zelensky summit", False),
        ("", "Putin–Zelensky summit", False),
    ],
)
def test_what_is_spelled_nearly_alike(typed: str, name: str, near: bool) -> None:
    assert is_near(typed, name) is near


# Rows


def test_a_row_that_is_too_long_has_its_detail_below(hands: Hands) -> None:
    said = "The war should be ended by talks between both sides soon"
    long = Option("1", "Ending the war", said)
    line = TypeAhead("Issue", "", lambda _: [long, Option("2", "Grain")], "", hands.window)
    line.resize(240, 30)
    line.show()
    line.offer("")
    long_row, short_row = line.list.item(0), line.list.item(1)
    assert long_row.text() == f"Ending the war\n{said}"
    height = QFontMetrics(line.list.font()).lineSpacing()
    assert long_row.sizeHint().height() >= 3 * height
    assert short_row.sizeHint().height() < 2 * height
    assert line.list.height() >= long_row.sizeHint().height() + short_row.sizeHint().height()


def test_up_with_nothing_chosen_begins_at_the_last_line(position: Hands) -> None:
    line = entry(position, "stance")
    line.setFocus()
    assert line.list.currentRow() == -1
    position.press(Qt.Key.Key_Up)
    assert line.list.currentRow() == line.list.count() - 1 > 0
    position.press(Qt.Key.Key_Up)
    assert line.list.currentRow() == line.list.count() - 2
