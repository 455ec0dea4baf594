"""Which cases and layers the review shows, and under which names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.articles import set_progress
from annotator.core.review.procedure import set_procedure
from annotator.ui.review.choosing import shows
from annotator.ui.review.layers_strip import LayersStrip
from annotator.ui.review.window import ReviewWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.many_layers import NAMES, many_layers
from tests.ui.review.conftest import Reviewer
from tests.ui.review.reading import headings
from tests.ui.review.scene import article_of

ENTER = Qt.Key.Key_Return


def test_more_layers_than_there_is_room_for_are_told_and_chosen(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    path = tmp_path / "seven.annotator"
    many_layers(path, articles=1, analysts=7)
    window = open_window(Workspace.open(path, "Ada"))
    window.desk.open(window.desk.workspace.articles()[0].id)
    window.actions_by_id["review"].trigger()
    review = window.findChild(ReviewWindow)
    assert isinstance(review, ReviewWindow)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is review)
    assert [lane.name for lane in review.bench.lanes] == list(NAMES[:6])
    assert "not beside the text: Gul (V chooses)" in review.header.layers.text()
    QTest.keyClick(review.list, Qt.Key.Key_V)
    strip = review.strip
    assert isinstance(strip, LayersStrip)
    boxes = list(strip.boxes.values())
    boxes[6].setFocus()
    QTest.keyClick(boxes[6], Qt.Key.Key_Space)
    assert not strip.yes.isEnabled()
    assert strip.words.text() == "7 layers chosen; at most 6 stand beside one text."
    QTest.keyClick(boxes[6], ENTER)
    assert review.strip is strip
    QTest.keyClick(boxes[0], Qt.Key.Key_Space)
    QTest.keyClick(boxes[0], ENTER)
    assert [lane.name for lane in review.bench.lanes] == list(NAMES[1:7])
    assert "not beside the text: Ada" in review.header.layers.text()


def test_the_case_of_a_layer_that_is_not_shown_is_shown_with_it(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    path = tmp_path / "seven.annotator"
    many_layers(path, articles=1, analysts=7)
    window = open_window(Workspace.open(path, "Ada"))
    workspace = window.desk.workspace
    article = workspace.articles()[0].id
    gul = next(a.id for a in workspace.analysts() if a.name == "Gul")
    wanted = workspace.page(article, gul).in_order()[0]
    window.desk.open(article)
    window.actions_by_id["review"].trigger()
    review = window.findChild(ReviewWindow)
    assert isinstance(review, ReviewWindow)
    assert review.go_to([gul], [wanted.id])
    assert [lane.name for lane in review.bench.lanes] == [*NAMES[:5], "Gul"]
    assert review.bench.case is not None
    assert review.bench.case.said[gul] == wanted.id
    case = review.bench.case
    qtbot.waitUntil(lambda: QApplication.activeWindow() is review)
    QTest.keyClick(review.list, Qt.Key.Key_F)
    assert [len(v.sources) for v in workspace.verdicts(article)] == [len(case.said)]
    (decided,) = [c for c in review.bench.cases if c.verdicts]
    assert decided.state == "accepted"
    assert gul in decided.said
    review.bench.pick([lane.id for lane in review.bench.lanes][:5])
    (aside,) = [c for c in review.bench.cases if c.verdicts]
    assert gul not in aside.said
    assert not aside.stale


def test_clicking_a_mark_takes_its_case(reviewing: Reviewer) -> None:
    bench = reviewing.review.bench
    assert bench.docket is not None
    case = bench.cases[4]
    (said,) = case.ids
    mark = bench.docket.find(said)[1].marks()[0]  # type: ignore[union-attr]
    reviewing.review.text.view.mark_chosen.emit(mark)
    assert bench.case is case


@pytest.mark.parametrize("show", ["boundary", "undecided"])
def test_only_some_are_listed(reviewing: Reviewer, show: str) -> None:
    bench = reviewing.review.bench
    wanted = {said.partition(":")[0]: key for key, said in shows(bench)}
    if show == "boundary":
        bench.want(wanted["Claim boundary"])
        assert bench.listed == [bench.cases[1]]
    else:
        bench.want("undecided")
        reviewing.press("a")
        assert len(bench.listed) == 4


def test_those_who_are_not_done_are_compared_only_when_asked(reviewing: Reviewer) -> None:
    workspace = reviewing.window.desk.workspace
    article = article_of(workspace)
    with workspace.as_analyst("Ben") as ben:
        ben.do(set_progress(article, ben.analyst.id, ben.status(article), "in progress"))
    reviewing.window.desk.look_around()
    assert [lane.name for lane in reviewing.review.bench.lanes] == ["Ada"]
    assert reviewing.review.header.coverage.text().startswith("1 of 2 done")
    assert "not compared: Ben" in reviewing.review.header.layers.text()
    reviewing.press("i")
    assert [lane.name for lane in reviewing.review.bench.lanes] == ["Ada", "Ben"]


def test_names_are_hidden(reviewing: Reviewer) -> None:
    workspace = reviewing.window.desk.workspace
    workspace.do(set_procedure(None, names_hidden=True, shuffled=True, seed=3))
    shown = " ".join(
        [
            reviewing.review.header.layers.text(),
            *headings(reviewing),
        ]
    )
    assert "Ada" not in shown
    assert "Ben" not in shown
    assert "Names hidden" in shown


def test_a_title_without_room_ends_in_dots(reviewing: Reviewer) -> None:
    title = reviewing.review.header.title
    reviewing.review.resize(700, 600)
    reviewing.qtbot.waitUntil(lambda: title.text().endswith("…"))
    assert title.fontMetrics().horizontalAdvance(title.text()) <= title.width()
    page = reviewing.window.desk.page
    assert page is not None
    assert title.whole == page.article.title
    assert page.article.title in title.toolTip()
