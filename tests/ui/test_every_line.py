"""What an analyst is promised, line by line, where no other test presses the keys for it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.core.codebook import actor_id
from annotator.core.model import Article
from annotator.ui.dialogs import Chooser
from annotator.ui.history.window import HistoryWindow
from annotator.ui.intake.window import Intake
from annotator.ui.people.window import PeopleWindow
from annotator.ui.side_window import beside
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.formats.articles.documents import pdf, workbook
from tests.ui.acting import page_of
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, add_article, start

ENTER, ESC, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Down
F8, UP = Qt.Key.Key_F8, Qt.Key.Key_Up
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def focused(hands: Hands) -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def articles(hands: Hands) -> list[Article]:
    return hands.window.desk.workspace.articles()


# The card at hand


@pytest.mark.parametrize("field", ["Actor", "Issue", "Stance", "Conditional on", "Told as"])
def test_esc_leaves_every_field_as_it_was(hands: Hands, field: str) -> None:
    hands.open(SEED_000)
    hands.select("Lavrov told")
    hands.press("s")
    hands.select("is ready to meet")
    hands.press("p", ENTER)
    hands.type("Lavrov")
    hands.press(ENTER)
    hands.type("meetings")
    hands.press(ENTER, ESC)
    before = (dict(page_of(hands).marks), dict(page_of(hands).statements))
    steps = hands.window.desk.workspace.next_undo()
    hands.press(Qt.Key.Key_3, modifier=CONTROL)
    for _ in range(12):
        if focused(hands) == field:
            break
        hands.press(TAB)
    assert focused(hands) == field
    hands.type("re")
    hands.press(ESC)
    assert hands.window.pane.view.hasFocus()
    assert (dict(page_of(hands).marks), dict(page_of(hands).statements)) == before
    assert hands.window.desk.workspace.next_undo() == steps


def test_a_direct_quote_without_quotation_marks_is_said_by_keys_alone(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("Trump announced")
    hands.press("c")
    hands.press(Qt.Key.Key_3, modifier=CONTROL)
    for _ in range(12):
        if focused(hands) == "Told as":
            break
        hands.press(TAB)
    hands.type("direct")
    hands.press(ENTER)
    hands.window.to_text()
    hands.press(Qt.Key.Key_4, modifier=CONTROL)
    todo = hands.window.panel.todo
    rows = [str(todo.model().index(row, 0).data()) for row in range(todo.model().rowCount())]
    wanted = "told as a direct quote, without quotation marks: Trump announced"
    assert wanted in rows
    hands.press(Qt.Key.Key_Home)
    for _ in rows:
        if todo.currentIndex().row() == rows.index(wanted):
            break
        hands.press(DOWN)
    hands.press(Qt.Key.Key_Delete)
    assert wanted not in [
        str(todo.model().index(row, 0).data()) for row in range(todo.model().rowCount())
    ]


def test_nothing_left_to_do_and_no_statement_that_fits_are_said(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    add_article(workspace, "Lavrov waited and said nothing.\n")
    hands = Hands(qtbot, open_window(workspace))
    hands.window.desk.open(workspace.articles()[0].id)
    hands.window.to_text()
    panel = hands.window.panel
    hands.press(Qt.Key.Key_4, modifier=CONTROL)
    assert panel.todo.nothing.isVisible()
    assert "Ctrl+D" in panel.todo.nothing.label.text()
    hands.press(ESC)
    hands.select("Lavrov waited")
    hands.press("c")
    hands.press(ESC, "/")
    hands.type("who has these words")
    assert panel._empty.isVisible()
    assert panel._empty.label.text().startswith("No statement fits.")
    hands.press(ESC)
    assert not panel._empty.isVisible()
    hands.window.to_text()
    hands.press(Qt.Key.Key_4, modifier=CONTROL)
    assert not panel.todo.nothing.isVisible()


# History


def test_one_goes_back_to_any_step_and_forth_again(hands: Hands) -> None:
    hands.open(SEED_000)
    hands.select("It was raised later.")
    hands.press("c", ESC)
    hands.select("ready to meet")
    hands.press("p", "2", ESC)
    whole = dict(page_of(hands).marks)
    then = [dict(page_of(hands).marks)]
    hands.press("z", modifier=CONTROL)
    then.append(dict(page_of(hands).marks))
    hands.press("z", modifier=Qt.KeyboardModifier(CONTROL | SHIFT))
    assert dict(page_of(hands).marks).keys() == whole.keys()
    hands.press(Qt.Key.Key_H, modifier=CONTROL)
    window = hands.window.findChild(HistoryWindow)
    assert isinstance(window, HistoryWindow)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    newest = window.steps.rowCount()

    def back_to(row: int) -> None:
        hands.press(Qt.Key.Key_Home)
        hands.press(*[DOWN] * row)
        assert window.list.currentIndex().row() == row
        hands.press(ENTER, modifier=CONTROL)
        hands.press(ENTER)

    back_to(newest - 1)
    assert dict(page_of(hands).marks) == {}, "as the article came"
    hands.qtbot.waitUntil(lambda: window.steps.rowCount() == newest + 1)
    back_to(1)
    now = page_of(hands).marks
    assert {m.quote for m in now.values()} == {m.quote for m in whole.values()}
    assert now.keys() == whole.keys(), "what came after was not lost"


# Articles in


def every_sort(folder: Path) -> set[str]:
    """A file of each sort; the titles they bring."""
    folder.mkdir()
    body = "The minister of {} waited for the ferry, and nobody asked him about {} at all."

    def text(name: str) -> str:
        return f"News of {name}\n\n{body.format(name, name)}\n"

    (folder / "one.txt").write_text(text("plain"), encoding="utf-8")
    (folder / "two.md").write_text(f"# News of mark\n\n{body.format('mark', 'down')}\n")
    html = f"<html><body><article><h1>News of web</h1><p>{body.format('web', 'pages') * 4}</p>"
    (folder / "three.html").write_text(
        f"{html}<p>{body.format('links', 'them') * 4}</p></article></body></html>"
    )
    document = Document()
    document.add_heading("News of word", 0)
    document.add_paragraph(body.format("word", "letters"))
    document.save(str(folder / "four.docx"))
    lines = ["News of print", "", body.format("print", "pages")]
    (folder / "five.pdf").write_bytes(pdf([lines], title="News of print"))
    for name, between in (("comma.csv", ","), ("tab.tsv", "\t")):
        cells = [("title", "text"), (f"News of {name}", body.format(name, "cells"))]
        rows = [between.join(f'"{cell}"' for cell in row) for row in cells]
        (folder / name).write_text("\n".join(rows), encoding="utf-8")
    line = {"title": "News of lines", "text": body.format("lines", "keys")}
    (folder / "eight.jsonl").write_text(json.dumps(line), encoding="utf-8")
    sheet = workbook(("title", "text"), ("News of sheets", body.format("sheets", "rows")))
    (folder / "nine.xlsx").write_bytes(sheet)
    with zipfile.ZipFile(folder / "ten.zip", "w") as packed:
        packed.writestr("inner/eleven.txt", text("zips"))
    of = ("plain", "mark", "web", "word", "print", "comma.csv", "tab.tsv", "lines", "sheets")
    return {f"News of {name}" for name in (*of, "zips")}


def dropped(hands: Hands, *given: Path) -> Intake:
    """The window that a drop of files opens, once all is read."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in given])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    hands.window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, none))
    hands.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), Intake))
    shown = QApplication.activeWindow()
    assert isinstance(shown, Intake)
    work = shown.work
    hands.qtbot.waitUntil(
        lambda: not (work.reader.is_busy or work.is_comparing or work.still_to_look), timeout=20_000
    )
    return shown


def test_files_of_every_sort_are_dropped_seen_and_brought_in(hands: Hands, tmp_path: Path) -> None:
    wanted = every_sort(tmp_path / "given")
    shown = dropped(hands, *sorted((tmp_path / "given").iterdir()))
    assert {find.title() for find in shown.finds.all} == wanted
    for find in shown.finds.all:
        shown.list.show_find(find)
        title = shown.details.lines["title"].text()
        assert title == find.title(), "the preview shows what is known"
        assert "minister" in "".join(
            str(shown.details.text.model().index(row, 0).data())
            for row in range(shown.details.text.model().rowCount())
        ), "and the text"
    assert len(articles(hands)) == 2, "nothing is stored before Enter"
    shown.list.setFocus()
    hands.press(ENTER)
    hands.qtbot.waitUntil(shown.outcome.isVisible)
    assert wanted <= {article.title for article in articles(hands)}


@pytest.mark.parametrize(
    ("keys", "comes", "linked"),
    [
        ("s", False, False),
        ("k", True, False),
        ("l", True, True),
        ("S", False, False),
        ("K", True, False),
    ],
)
def test_a_near_copy_is_left_out_kept_or_kept_and_linked(
    hands: Hands, tmp_path: Path, keys: str, comes: bool, linked: bool
) -> None:
    text = (paths.seeds() / SEED_000).read_text(encoding="utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text(f"{text}\nOne more line, which the agency had not sent.\n", encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text("A ferry\n\nNobody waited for the ferry that day.\n", encoding="utf-8")
    shown = dropped(hands, copy, other)
    shown.list.show_find(next(find for find in shown.finds.all if find.status == "near"))
    shown.list.setFocus()
    hands.press(keys.lower(), modifier=SHIFT if keys.isupper() else Qt.KeyboardModifier.NoModifier)
    hands.press(ENTER)
    hands.qtbot.waitUntil(lambda: any(a.file == "other.txt" for a in articles(hands)))
    made = [article for article in articles(hands) if article.file == "copy.txt"]
    assert bool(made) == comes
    assert any(article.copy_of for article in made) == linked


def test_an_import_with_nothing_in_it_says_what_to_do(hands: Hands, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    shown = dropped(hands, tmp_path / "empty")
    assert shown.details._nothing.isVisible()
    assert "Ctrl+I" in shown.details._nothing.label.text()
    hands.press(ENTER)
    assert "Nothing is chosen" in shown._foot.message
    hands.press(ESC)
    hands.qtbot.waitUntil(lambda: hands.window.findChild(Intake) is None)
    assert beside(hands.window, Intake, Intake).details._nothing.isVisible()


# The list of articles


def by_palette(hands: Hands, typed: str) -> None:
    """Run a command by Ctrl+K and a few letters."""

    def later() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, Chooser) or QApplication.activeWindow() is not dialog:
            QTimer.singleShot(5, later)
            return
        QTest.keyClicks(dialog.entry.line, typed)
        QTest.keyClick(dialog.entry.line, ENTER)

    QTimer.singleShot(0, later)
    hands.press("k", modifier=CONTROL)


def test_several_articles_are_called_done_and_removed_by_keys_and_taken_back(hands: Hands) -> None:
    hands.press(Qt.Key.Key_1, modifier=CONTROL)
    hands.press("a", modifier=CONTROL)
    by_palette(hands, "chosen articles: done")
    lists = hands.window.desk.workspace.lists
    ids = [article.id for article in articles(hands)]

    def stages() -> set[str]:
        return {entry.stage for entry in lists.entries(ids).values()}

    assert stages() == {"done"}
    hands.press("z", modifier=CONTROL)
    assert stages() == {"new"}
    hands.press(Qt.Key.Key_1, modifier=CONTROL)
    hands.press("a", modifier=CONTROL)
    hands.press(Qt.Key.Key_Delete, modifier=CONTROL)
    assert articles(hands) == []
    hands.press("z", modifier=CONTROL)
    assert len(articles(hands)) == 2


# The tour


@pytest.mark.parametrize("steps", range(5))
def test_the_tour_is_left_at_any_of_its_steps(hands: Hands, steps: int) -> None:
    hands.open(SEED_000)
    hands.window.tour.tour()
    hands.window.to_text()
    for _ in range(steps):
        hands.press(Qt.Key.Key_Period, modifier=CONTROL)
    tour = hands.window.tour
    assert tour._title.text().startswith(f"{steps + 1} of 5")
    hands.press(Qt.Key.Key_Greater, modifier=Qt.KeyboardModifier(CONTROL | SHIFT))
    assert not tour.isVisible()
    assert not tour.is_under_way
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    assert hands.window.isAncestorOf(focus)
    assert page_of(hands).marks == {}


# What Tab reaches


def reached(hands: Hands, window: QWidget) -> set[str]:
    """What the keyboard comes to by Tab, until it is where it began; by name or by words."""
    found: list[QWidget] = []
    for _ in range(80):
        widget = QApplication.focusWidget()
        if widget is None or widget in found:
            break
        assert window.isAncestorOf(widget)
        found.append(widget)
        hands.press(TAB)
    names = (widget.accessibleName() or str(widget.property("text") or "") for widget in found)
    return {name.replace("&", "") for name in names}


def test_tab_reaches_all_of_the_import(hands: Hands, tmp_path: Path) -> None:
    table = tmp_path / "wire.csv"
    table.write_text("headline,body\nA ferry,Nobody waited for the ferry.\n", encoding="utf-8")
    shown = dropped(hands, table)
    hands.press("a", modifier=Qt.KeyboardModifier.AltModifier)
    hands.qtbot.waitUntil(shown.for_all.isVisible)
    buttons = shown.findChildren(QPushButton)
    hands.qtbot.waitUntil(lambda: any(b.text() == "Import 1" and b.isEnabled() for b in buttons))
    wanted = {
        *("Preset", "Column for title", "Column for text", "The title also begins the text"),
        *("How 08/09/2025 is meant", "Outlet for all that do not say it", "Text with its blocks"),
        *("What becomes of near copies", "Title", "Outlet", "Date", "Address", "Author"),
        *("Add files…", "Add a folder…", "Cancel", "Import 1"),
    }
    assert wanted - reached(hands, shown) == set()


def test_tab_reaches_all_of_the_people(hands: Hands) -> None:
    hands.press("a", modifier=Qt.KeyboardModifier(CONTROL | SHIFT))
    people = hands.window.findChild(PeopleWindow)
    assert isinstance(people, PeopleWindow)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is people)
    people.show_actor(actor_id("lavrov"))
    wanted = {
        *("Find by name", "Actors", "Name", "Type", "Wikidata id", "Note", "Another name"),
        *("Belongs to", "Group: by article", "Sort: by name", "New…"),
        *("Merge with…", "Split…", "Delete"),
    }
    assert wanted - reached(hands, people) == set()
