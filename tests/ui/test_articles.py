"""The list of articles by keys: searched, filtered, ordered, and acted upon."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from annotator.core import articles
from annotator.store.finding.listing import Wanted
from annotator.ui.articles.list import ArticleList
from annotator.ui.articles.model import ROW, Line
from annotator.ui.articles.rows import Header
from annotator.ui.export.window import ExportWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.acting import meanwhile
from tests.ui.conftest import Hands
from tests.workshop import add_article, start

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BOTH = CONTROL | SHIFT
Key = Qt.Key


@pytest.fixture
def shelf(qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]) -> Hands:
    """Twelve short articles and one that is unlike them."""
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    for n in range(12):
        made = add_article(workspace, f"“Peace {n} is near,” Lavrov said.\n", title=f"Story {n:02}")
        outlet = ("The Example", "Other News")[n % 2]
        workspace.do(articles.describe(made, outlet=outlet, published=f"2025-0{n // 6 + 1}-10"))
    add_article(workspace, "The war in Zürich.\nA second line of war.\n", title="Unlike")
    return Hands(qtbot, open_window(workspace))


def pane(hands: Hands) -> ArticleList:
    return hands.window.articles


def shown(hands: Hands) -> list[str]:
    """What the rows say: headings in capitals, articles by their titles."""
    said = []
    for row in range(len(pane(hands).model.rows)):
        found = pane(hands).model.shown(row)
        if isinstance(found, Header):
            said.append(f"{found.text} {found.count}".upper())
        elif isinstance(found, Line):
            said.append(found.entry.title)
        else:
            said.append(getattr(found, "text", "") or "actor")
    return said


def to_list(hands: Hands) -> None:
    hands.press(Key.Key_1, modifier=CONTROL)


def search(hands: Hands, words: str) -> None:
    """Type words into the search line and wait until texts have been searched too."""
    hands.press(Key.Key_F, modifier=BOTH)
    hands.type(words)
    hands.qtbot.waitUntil(lambda: pane(hands)._found is not None)


def answer(typed: str) -> None:
    """Type into the next dialog and press Enter."""

    def fill(dialog: QDialog) -> None:
        line = dialog.findChildren(QLineEdit)[0]
        QTest.keyClicks(line, typed)
        QTest.keyClick(line, Key.Key_Return)

    meanwhile(fill)


def choose(hands: Hands, key: Qt.Key, typed: str) -> None:
    answer(typed)
    hands.press(key, modifier=BOTH)


def open_title(hands: Hands) -> str:
    page = hands.window.desk.page
    return page.article.title if page else ""


def stages(hands: Hands) -> list[str]:
    lists = hands.window.desk.workspace.lists
    entries = lists.entries(lists.first_page(Wanted(), 4)).values()
    return [entry.stage for entry in sorted(entries, key=lambda e: e.title)]


def titles(*numbers: int) -> list[str]:
    return [f"Story {n:02}" for n in numbers]


# Walking and opening


def test_arrows_walk_and_enter_opens_and_goes_to_the_text(shelf: Hands) -> None:
    assert shown(shelf) == [*titles(*range(12)), "Unlike"]
    assert open_title(shelf) == "Story 00"
    to_list(shelf)
    shelf.press(Key.Key_Down, Key.Key_Down)
    assert open_title(shelf) == "Story 00"
    shelf.press(Key.Key_Return)
    assert open_title(shelf) == "Story 02"
    assert shelf.window.pane.view.hasFocus()
    shelf.press(Key.Key_PageDown, modifier=CONTROL)
    assert open_title(shelf) == "Story 03"
    shelf.press(Key.Key_PageUp, modifier=CONTROL)
    assert open_title(shelf) == "Story 02"


def test_home_end_and_the_scroll_bar(shelf: Hands) -> None:
    to_list(shelf)
    shelf.window.resize(1000, 400)
    QApplication.processEvents()
    view = pane(shelf).list
    shelf.press(Key.Key_End)
    rows = dict(view.shown())
    assert view.currentIndex().row() == 12
    assert rows[12].bottom() <= view.viewport().height()
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum() > 0
    shelf.press(Key.Key_Home)
    assert next(iter(view.shown()))[0] == view.currentIndex().row() == 0


def test_a_click_opens_and_a_click_with_shift_chooses(shelf: Hands) -> None:
    view = pane(shelf).list
    places = {row: rect.center() for row, rect in view.shown()}
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=places[2])
    assert open_title(shelf) == "Story 02"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, SHIFT, places[4])
    assert view.chosen_rows() == [2, 3, 4]
    assert open_title(shelf) == "Story 02"
    assert not view.indexAt(QPoint(5, 10_000)).isValid()


# Searching


def test_typing_narrows_titles_at_once_and_finds_texts_after_a_pause(shelf: Hands) -> None:
    shelf.press(Key.Key_F, modifier=BOTH)
    shelf.type("unlik")
    assert shown(shelf) == ["IN TITLES AND OUTLETS 1", "Unlike"]
    search(shelf, "zurich")  # what was there was selected, so it is typed over
    assert shown(shelf) == ["IN TEXTS 1", "Unlike"]
    shelf.press(Key.Key_Escape)
    assert len(shown(shelf)) == 13
    assert pane(shelf).search.hasFocus()
    shelf.press(Key.Key_Escape)
    assert shelf.window.pane.view.hasFocus()


def test_an_opened_hit_is_shown_in_the_text_and_can_be_walked(shelf: Hands) -> None:
    search(shelf, "war")
    shelf.press(Key.Key_Down, Key.Key_Return)
    assert open_title(shelf) == "Unlike"
    bar = shelf.window.pane.find_bar
    assert bar.isVisible()
    assert [shelf.text[a:b] for a, b in bar.hits.places] == ["war", "war"]
    assert bar.hits.current == 0
    shelf.press(Key.Key_F3)
    assert shelf.window.pane.view.selection() == bar.hits.places[0]
    shelf.press(Key.Key_F3)
    assert shelf.window.pane.view.selection() == bar.hits.places[1]


def test_what_is_pressed_at_an_opened_hit_is_about_the_place_one_sees(shelf: Hands) -> None:
    search(shelf, '"second line"')
    shelf.press(Key.Key_Down, Key.Key_Return, ".")
    start, end = shelf.window.pane.view.selection()
    assert shelf.text[start:end] == "A second line of war."


def test_what_was_found_goes_with_its_article_and_comes_back_with_it(shelf: Hands) -> None:
    search(shelf, "war")
    shelf.press(Key.Key_Down)
    before = shown(shelf)
    assert len(before) > 1
    shelf.press(Key.Key_Delete, modifier=CONTROL)
    assert shown(shelf) == []
    shelf.press(Key.Key_Z, modifier=CONTROL)
    assert shown(shelf) == before


def test_a_filter_holds_for_what_was_found_as_well(shelf: Hands) -> None:
    search(shelf, "said")
    assert "IN TEXTS 12" in shown(shelf)
    choose(shelf, Key.Key_L, "outlet: other")
    assert "IN TEXTS 6" in shown(shelf)


def test_a_row_is_as_high_as_the_words_of_its_hit(shelf: Hands) -> None:
    """So that what is said of an article follows them at once."""
    view, splitter = pane(shelf).list, shelf.window.splitter
    search(shelf, "said")
    heights = []
    for width in (100, 600):  # the words on two lines, and on one
        splitter.setSizes([width, 1000 - width, 400])
        QApplication.processEvents()
        heights.append(next(rect.height() for row, rect in view.shown() if row == 1))
    assert heights[0] - heights[1] >= view.fontMetrics().height()


def test_the_next_article_is_opened_at_its_hit(shelf: Hands) -> None:
    search(shelf, '"is near"')
    shelf.press(Key.Key_Down, Key.Key_Return)
    first = open_title(shelf)
    shelf.press(Key.Key_PageDown, modifier=CONTROL)
    assert open_title(shelf) != first
    places = shelf.window.pane.find_bar.hits.places
    assert [shelf.text[a:b] for a, b in places] == ["is near"]


def test_a_quote_is_opened_at_its_mark_and_an_actor_lists_articles(shelf: Hands) -> None:
    shelf.select("Peace 0")
    shelf.press("c")
    mark = shelf.window.desk.mark
    shelf.window.desk.open(pane(shelf).model.article_at(5))
    search(shelf, '"peace 0"')
    assert shown(shelf)[-2:] == ["IN MARKS AND NOTES 1", "Story 00"]
    shelf.press(Key.Key_Down, Key.Key_End, Key.Key_Return)
    assert (open_title(shelf), shelf.window.desk.mark) == ("Story 00", mark)
    search(shelf, "lavrov")
    assert shown(shelf)[:2] == ["ACTORS 1", "actor"]
    shelf.press(Key.Key_Down, Key.Key_Return)
    assert pane(shelf).chips.buttons["actor"].text().startswith("Sergei Lavrov")
    assert shown(shelf) == []


def test_more_titles_than_fit_are_shown_by_enter(shelf: Hands) -> None:
    shelf.press(Key.Key_F, modifier=BOTH)
    shelf.type("story")
    assert shown(shelf)[-1] == "Show all 12"
    shelf.press(*[Key.Key_Down] * 9, Key.Key_Return)
    assert shown(shelf)[1:13] == titles(*range(12))


def test_a_letter_typed_in_the_list_searches(shelf: Hands) -> None:
    to_list(shelf)
    shelf.press("u")
    shelf.press("n")
    assert pane(shelf).search.text() == "un"


def test_nothing_found_says_which_filter_hides_and_esc_clears(shelf: Hands) -> None:
    choose(shelf, Key.Key_L, "status: done")
    assert shown(shelf) == []
    assert pane(shelf)._empty.isVisible()
    assert "Without “done”: 13" in pane(shelf)._empty.label.text()
    shelf.press(Key.Key_F, modifier=BOTH)
    shelf.press(Key.Key_Escape)
    assert len(shown(shelf)) == 13
    assert not pane(shelf).chips.isVisible()


def test_an_empty_project_says_how_to_import(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    window = open_window(Workspace.create(tmp_path / "p.annotator", start(), "Ada"))
    assert "Ctrl+I" in window.articles._empty.label.text()
    assert window.articles._empty.isVisible()


# Filters, orders, groups


def test_filters_are_chosen_by_name_and_taken_off_as_chips(shelf: Hands) -> None:
    choose(shelf, Key.Key_L, "outlet: other")
    assert shown(shelf) == titles(1, 3, 5, 7, 9, 11)
    choose(shelf, Key.Key_L, "status: new")
    assert set(pane(shelf).chips.buttons) == {"outlet", "stage"}
    assert len(shown(shelf)) == 6


def test_dates_are_asked_for(shelf: Hands) -> None:
    def fill_dates(dialog: QDialog) -> None:
        since = dialog.findChildren(QLineEdit)[0]
        QTest.keyClicks(since, "2025-02x")
        QTest.keyClick(since, Key.Key_Return)
        assert dialog.isVisible()
        QTest.keyClick(since, Key.Key_Backspace)
        QTest.keyClick(since, Key.Key_Return)

    def pick(dialog: QDialog) -> None:
        meanwhile(fill_dates)
        line = dialog.findChildren(QLineEdit)[0]
        QTest.keyClicks(line, "dates")
        QTest.keyClick(line, Key.Key_Return)

    meanwhile(pick)
    shelf.press(Key.Key_L, modifier=BOTH)
    assert shown(shelf) == titles(*range(6, 12))
    chip = pane(shelf).chips.buttons["dates"]
    chip.setFocus()
    shelf.press(Key.Key_Space)
    assert len(shown(shelf)) == 13


def test_groups_have_headings_that_are_walked_over(shelf: Hands) -> None:
    choose(shelf, Key.Key_G, "month")
    assert shown(shelf)[:8] == ["2025-02 6", *titles(*range(6, 12)), "2025-01 6"]
    assert shown(shelf)[-2:] == ["NO DATE 1", "Unlike"]
    to_list(shelf)
    shelf.press(Key.Key_Home)
    assert pane(shelf).list.currentIndex().row() == 1
    shelf.press(*[Key.Key_Down] * 6)
    assert pane(shelf).list.currentIndex().data(ROW).entry.title == "Story 00"
    choose(shelf, Key.Key_G, "not grouped")
    assert len(shown(shelf)) == 13


def test_sorting(shelf: Hands) -> None:
    choose(shelf, Key.Key_O, "date")
    assert shown(shelf)[0] in titles(*range(6, 12))
    assert shown(shelf)[-1] == "Unlike"


def test_the_list_follows_what_is_done(shelf: Hands) -> None:
    choose(shelf, Key.Key_L, "status: in progress")
    assert shown(shelf) == []
    shelf.window.to_text()
    shelf.select("Peace")
    shelf.press("c")
    assert shown(shelf) == ["Story 00"]
    (line,) = [pane(shelf).model.shown(0)]
    assert isinstance(line, Line)
    assert [said for said, _ in line.progress] == ["1 statement", "1 unfinished"]
    shelf.press(Key.Key_Z, modifier=CONTROL)
    assert shown(shelf) == []


def test_unfinished_articles(shelf: Hands) -> None:
    shelf.select("Peace")
    shelf.press("c")
    choose(shelf, Key.Key_L, "unfinished")
    assert shown(shelf) == ["Story 00"]


# On several articles


def test_several_are_chosen_by_keys_and_called_done_in_one_step(shelf: Hands) -> None:
    to_list(shelf)
    shelf.press(Key.Key_Down)
    shelf.press(Key.Key_Down, Key.Key_Down, modifier=SHIFT)
    assert pane(shelf).list.chosen_rows() == [1, 2, 3]
    shelf.window.run(next(c for c in shelf.window.commands if c.id == "articles.done"))
    assert stages(shelf) == ["new", "done", "done", "done"]
    shelf.press(Key.Key_Z, modifier=CONTROL)
    assert stages(shelf) == ["new"] * 4


def test_all_are_removed_and_come_back_in_one_step(shelf: Hands) -> None:
    to_list(shelf)
    shelf.press(Key.Key_A, modifier=CONTROL)
    shelf.press(Key.Key_Delete, modifier=CONTROL)
    assert shown(shelf) == []
    assert shelf.window.desk.page is None
    shelf.press(Key.Key_Z, modifier=CONTROL)
    assert len(shown(shelf)) == 13
    assert shelf.window.desk.workspace.check() == []


def test_the_article_after_a_removed_one_is_opened(shelf: Hands) -> None:
    to_list(shelf)
    shelf.press(Key.Key_Delete, modifier=CONTROL)
    assert open_title(shelf) == "Story 01"
    assert shown(shelf)[0] == "Story 01"


def test_chosen_articles_are_assigned_and_exported(shelf: Hands, tmp_path: Path) -> None:
    to_list(shelf)
    shelf.press(Key.Key_Down, modifier=SHIFT)
    answer("Ada")
    shelf.window.run(next(c for c in shelf.window.commands if c.id == "articles.assign"))
    me = shelf.window.desk.workspace.analyst.id
    assert shelf.window.desk.workspace.lists.count(Wanted(assigned=me)) == 2
    choose(shelf, Key.Key_L, "assigned to me")
    assert shown(shelf) == titles(0, 1)
    shelf.press(Key.Key_A, modifier=CONTROL)
    shelf.window.run(next(c for c in shelf.window.commands if c.id == "articles.export"))
    (shown_window,) = shelf.window.findChildren(ExportWindow)
    shelf.qtbot.waitUntil(lambda: QApplication.activeWindow() is shown_window)
    out = tmp_path / "some.annotator.json"
    shown_window.choices.go_to(out)
    shelf.press(Key.Key_Return)
    shelf.qtbot.waitUntil(out.exists)
    assert out.read_text(encoding="utf-8").count('"Story 0') >= 2
