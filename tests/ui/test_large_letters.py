"""Letters of twice the size, narrow windows, very long names, and names read from the right."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.people.keeping import new_actor
from annotator.ui.intake.window import Intake
from annotator.ui.look.elide import draw_cut
from annotator.ui.look.on_screen import within
from annotator.ui.panel.field_labels import AT_ALL, label_width
from annotator.ui.people.window import PeopleWindow
from annotator.ui.side_window import beside
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.workshop import SEED_000, seeds_project

CONTROL = Qt.KeyboardModifier.ControlModifier
LONG = "Intergovernmental Commission for the Preparation of the Summit " * 4
SIZES = [(1024, 700), (800, 600)]
_AROUND = 8
"""Pixels of frame and padding above and below words, at the least."""


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    """Letters as a desktop makes them for who needs them large."""
    usual = qapp.font()
    font = qapp.font()
    font.setPointSizeF(2 * usual.pointSizeF())
    qapp.setFont(font)
    yield
    qapp.setFont(usual)


@pytest.fixture
def big(
    large: None, qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> Hands:
    workspace = seeds_project(tmp_path)
    for name in (LONG, "عبد الفتاح السيسي رئيس جمهورية مصر العربية", "中华人民共和国外交部"):
        workspace.do(new_actor(workspace.new_id(), name)[0])
    return Hands(qtbot, open_window(workspace))


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def cut(widget: QWidget) -> list[str]:
    """Buttons that are seen, and whose words are not seen whole."""
    found = []
    for button in widget.findChildren(QPushButton):
        if not button.isVisibleTo(widget) or not button.text() or button.visibleRegion().isEmpty():
            continue
        high = button.fontMetrics().height() + _AROUND
        if button.width() < button.minimumSizeHint().width() or button.height() < high:
            found.append(button.text())
    return found


@pytest.mark.parametrize("size", SIZES)
def test_the_window_cuts_no_button(big: Hands, size: tuple[int, int]) -> None:
    big.open(SEED_000)
    window = big.window
    window.resize(*size)
    big.select("Lavrov told")
    big.press("s")
    settle()
    assert cut(window.panel) == []
    big.press(Qt.Key.Key_4, modifier=CONTROL)
    big.press(Qt.Key.Key_1, modifier=CONTROL)
    settle()
    assert window.articles.isVisible()
    assert cut(window) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_people_cut_no_button(big: Hands, size: tuple[int, int]) -> None:
    people = beside(big.window, PeopleWindow, PeopleWindow)
    people.resize(*size)
    big.qtbot.waitUntil(lambda: QApplication.activeWindow() is people)
    big.type("Intergov")
    settle()
    assert people.details.name.line.text() == LONG.strip()
    assert people.height() < 720
    assert cut(people) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_import_scrolls_down_and_never_sideways(
    big: Hands, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "wire.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["headline", "source", "date", "body"])
        rows.writerow([LONG, LONG, "2025-08-24", f"{LONG} met."])
    intake = beside(big.window, Intake, Intake)
    intake.resize(*size)
    big.qtbot.waitUntil(lambda: QApplication.activeWindow() is intake)
    intake.add([path])
    big.qtbot.waitUntil(lambda: not (intake.work.reader.is_busy or intake.work.is_comparing))
    settle()
    assert intake.height() == size[1]
    assert cut(intake) == []
    (around,) = (
        area for area in intake.findChildren(QScrollArea) if area.widget() is intake.details
    )
    assert around.horizontalScrollBar().maximum() == 0
    for box in intake.details.columns.boxes.values():
        assert box.width() >= box.fontMetrics().horizontalAdvance("headline")
    intake.details.go_to("title")
    settle()
    title = intake.details.lines["title"]
    assert title.visibleRegion().boundingRect().height() == title.height(), "scrolled to"
    assert title.height() >= title.fontMetrics().height() + _AROUND


def inked(text: str, width: int) -> tuple[int, int]:
    """The first and the last column of pixels that a line of text touches."""
    image = QImage(width, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(QColor("black"))
    draw_cut(painter, QRect(0, 0, width, 30), text)
    painter.end()
    white = QColor("white").rgb()
    touched = [x for x in range(width) if any(image.pixel(x, y) != white for y in range(30))]
    return touched[0], touched[-1]


def test_a_line_begins_where_one_begins_to_read(qapp: QApplication) -> None:
    first, last = inked("Lavrov", 400)
    assert (first < 10, last < 200) == (True, True)
    first, last = inked("لافروف", 400)
    assert (first > 200, last > 390) == (True, True)


def test_a_window_is_no_larger_than_the_screen() -> None:
    usual = QSize(1400, 880)
    assert within(usual, QSize(1920, 1080)) == usual
    small = within(usual, QSize(1366, 768))
    assert small.width() == 1366
    assert 700 < small.height() < 768


def test_long_names_of_fields_leave_room_to_write(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    short = ["Actor", "Issue"]
    assert label_width(metrics, short) == max(map(metrics.horizontalAdvance, short))
    assert label_width(metrics, [*short, "x" * 200]) == AT_ALL
    longest = metrics.horizontalAdvance("Conditionality")
    assert label_width(metrics, ["Conditionality of the whole statement"]) == max(110, longest)
    assert label_width(metrics, []) == 0
