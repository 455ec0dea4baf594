"""The window reopens where it was: the article, what is at hand, the place in it, the filters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.store.finding.listing import Wanted
from annotator.ui.places import Place, Places
from annotator.ui.settings import Settings
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, add_article, start

_FIND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LONG = "".join(f"Paragraph {n}: Lavrov said that it was not discussed.\n" for n in range(400))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "p.annotator"
    with Workspace.create(path, start(), "Ada") as workspace:
        for n in range(3):
            add_article(workspace, f"{n}: {LONG}", f"Article {n}")
    return path


def where(window: Window) -> Place:
    return window._remembering.now()


def reopened(
    qtbot: QtBot, open_window: Callable[[Workspace], Window], window: Window
) -> tuple[Place, Place]:
    """Where the window was when its place was written down, and where the next one is."""
    qtbot.waitUntil(lambda: not window._remembering._timer.isActive())
    before = where(window)
    # As after kill -9: nothing that closing does is done.
    again = open_window(Workspace.open(window.desk.workspace.path, "Ada"))
    qtbot.waitUntil(lambda: where(again).top == before.top)
    return before, where(again)


def test_after_marking_in_the_middle_of_a_long_article(
    qtbot: QtBot, path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    window = open_window(Workspace.open(path, "Ada"))
    hands = Hands(qtbot, window)
    hands.press(Qt.Key.Key_PageDown, modifier=Qt.KeyboardModifier.ControlModifier)
    window.to_text()
    hands.caret("Paragraph 300")
    hands.press("w", "c")
    assert window.desk.mark is not None
    window.pane.view.verticalScrollBar().setValue(window.pane.view.verticalScrollBar().value() + 90)
    before, now = reopened(qtbot, open_window, window)
    assert now == before
    assert now.mark is not None
    assert now.statement is not None
    assert now.top[0] > 10_000


def test_with_a_selection_drawn_backwards(
    qtbot: QtBot, path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    window = open_window(Workspace.open(path, "Ada"))
    window.pane.view.select(200, 260, caret_at_start=True)
    before, now = reopened(qtbot, open_window, window)
    assert now.selection == before.selection == (260, 200)


def test_with_what_was_looked_for_and_filtered_by(
    qtbot: QtBot, path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    window = open_window(Workspace.open(path, "Ada"))
    window.articles.want(Wanted(stage="new", sort="date", group="outlet", since="2020"))
    Hands(qtbot, window).press("f", modifier=_FIND)
    Hands(qtbot, window).type("article")
    before, now = reopened(qtbot, open_window, window)
    assert now == before
    assert now.words == "article"
    assert (now.wanted.stage, now.wanted.group) == ("new", "outlet")


def test_with_only_what_is_unfinished(
    qtbot: QtBot, path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    window = open_window(Workspace.open(path, "Ada"))
    hands = Hands(qtbot, window)
    hands.caret("Paragraph 3")
    hands.press("w", "c")
    window.articles.want_unfinished()
    assert where(window).unfinished
    qtbot.waitUntil(lambda: not window._remembering._timer.isActive())
    again = open_window(Workspace.open(path, "Ada"))
    assert where(again).wanted.among is not None
    assert where(again).wanted.among == where(window).wanted.among


def test_a_place_that_is_gone_is_no_hindrance(
    qtbot: QtBot, hands: Hands, open_window: Callable[[Workspace], Window]
) -> None:
    hands.open(SEED_000)
    hands.select("Lavrov told")
    hands.press("c")
    places, path = Settings().places, hands.window.desk.workspace.path
    qtbot.waitUntil(lambda: not hands.window._remembering._timer.isActive())
    place = places.of(path)
    assert place.mark is not None
    hands.press("z", modifier=Qt.KeyboardModifier.ControlModifier)
    hands.window._remembering._timer.stop()
    places.keep(path, place)
    again = open_window(Workspace.open(path, "Ada"))
    assert (where(again).mark, where(again).article) == (None, place.article)
    hands.window.desk.workspace.remove(again.desk.workspace.articles())
    places.keep(path, place)
    empty = open_window(Workspace.open(path, "Ada"))
    assert where(empty).article is None


def test_what_is_written_down_is_read_again_and_nonsense_is_the_beginning(tmp_path: Path) -> None:
    places, project = Places(tmp_path / "places"), tmp_path / "p.annotator"
    project.touch()
    place = Place(
        article=7, mark=9, selection=(3, 1), top=(2, -1.5), words="a “b”", unfinished=True
    )
    assert places.of(project) == Place()
    assert places.last() is None
    places.keep(project, place)
    again = Places(tmp_path / "places")
    assert (again.of(project), again.last()) == (place, project)
    assert again.of(tmp_path / "other.annotator") == Place()
    (file,) = (tmp_path / "places").iterdir()
    for line in ("", "nonsense", "[]", '{"project": "x"}', '{"project": "", "place": {"top": 1}}'):
        file.write_text(line, encoding="utf-8")
        assert (again.of(project), again.last()) == (Place(), None)


def test_what_is_found_anew_is_not_written_down(tmp_path: Path) -> None:
    places, project = Places(tmp_path), tmp_path / "p.annotator"
    places.keep(project, Place(wanted=Wanted(stage="new", among=(1, 2))))
    assert places.of(project).wanted == Wanted(stage="new")


def test_a_project_that_is_gone_is_not_the_last(tmp_path: Path) -> None:
    places, project = Places(tmp_path / "places"), tmp_path / "p.annotator"
    places.keep(project, Place())
    assert places.last() is None


def test_where_nothing_can_be_written_it_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "places").touch()
    places = Places(tmp_path / "places")
    places.keep(tmp_path / "p.annotator", Place(article=1))
    places.keep(tmp_path / "p.annotator", Place(article=2))
    assert places.of(tmp_path / "p.annotator") == Place()
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "where the window is cannot be remembered"
    ]


def test_the_last_project_is_the_one_worked_in_last(
    qtbot: QtBot, path: Path, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    window = open_window(Workspace.open(path, "Ada"))
    qtbot.waitUntil(lambda: Settings().places.last() == path.resolve())
    other = tmp_path / "other.annotator"
    Workspace.create(other, start(), "Ada").close()
    second = open_window(Workspace.open(other, "Ada"))
    qtbot.waitUntil(lambda: Settings().places.last() == other.resolve())
    window.pane.view.select(5, 9)
    qtbot.waitUntil(lambda: Settings().places.last() == path.resolve())
    assert second.isVisible()
