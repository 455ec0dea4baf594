"""What the list of articles tells those who review, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from annotator.core.review import commenting, judging
from annotator.core.review.procedure import set_review
from annotator.store.finding.listing import Entry
from annotator.store.finding.reviewed import Overview
from annotator.ui.articles.filtering import choices
from annotator.ui.articles.model import ROW, Line
from annotator.ui.articles.painter import Painter
from annotator.ui.look.elide import draw_cut
from annotator.ui.look.theme import load_theme
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.review.scene import article_of, done, team
from tests.ui.test_articles import choose, pane
from tests.workshop import add_article

SHOW_ALL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def said(hands: Hands) -> dict[str, list[str]]:
    """What the rows say of work, by title."""
    lines = (pane(hands).model.shown(row) for row in range(len(pane(hands).model.rows)))
    return {
        one.entry.title[:8]: [words for words, _ in one.progress]
        for one in lines
        if isinstance(one, Line)
    }


@pytest.fixture
def reviewer(qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]) -> Hands:
    """Rita, who reviews what Ada and Ben have done: one article is decided and one is not."""
    rita = team(tmp_path)
    other = add_article(rita, "“Peace is near,” Lavrov said.\n", title="Decided story")
    for name in ("Ada", "Ben"):
        with rita.as_analyst(name) as own:
            done(own, other.id)
    rita.poll()
    rita.do(set_review(other.id, None, "decided"))
    return Hands(qtbot, open_window(rita))


def test_reviewers_see_how_far_the_review_of_each_article_is(reviewer: Hands) -> None:
    assert said(reviewer)["Peace-of"][:1] == ["ready for review"]
    assert said(reviewer)["Decided "][:1] == ["decided"]
    assert said(reviewer)["Hopes fo"] == []
    rita = reviewer.window.desk.workspace
    article = article_of(rita)
    layers = [a.id for a in rita.analysts() if a.name != "Rita"]
    docket = rita.docket(article, layers)
    (first, *_) = docket.pages[layers[0]].in_order()
    rita.do(judging.take(docket, [first.id], [first.id], rita.new_id))
    rita.do(set_review(article, None, "in review"))
    rita.do(commenting.comment(first, "See rule 3", rita.new_id())[0])

    def told() -> bool:
        return said(reviewer)["Peace-of"][:2] == ["5 cases undecided", "1 comment"]

    reviewer.qtbot.waitUntil(told)
    signs = {
        one.entry.title[:8]: one.sign
        for row in range(3)
        if isinstance(one := pane(reviewer).model.shown(row), Line)
    }
    assert signs == {"Peace-of": "in progress", "Decided ": "done", "Hopes fo": "new"}


def drawn(line: Line, width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that a row of so many pixels shows, cut as they are drawn."""
    words: list[str] = []

    def draw(painter: QPainter, place: QRect, text: str) -> int:
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        words.append(short)
        return draw_cut(painter, place, text)

    monkeypatch.setattr("annotator.ui.articles.painter.draw_cut", draw)
    view = QListView()
    model = QStandardItemModel(1, 1, view)
    index = model.index(0, 0)
    model.setData(index, line, ROW)
    option = QStyleOptionViewItem()
    option.initFrom(view)
    option.rect = QRect(0, 0, width, 100)
    picture = QPixmap(width, 100)
    with QPainter(picture) as painter:
        Painter(load_theme("light"), view).paint(painter, option, index)
    return words


@pytest.mark.parametrize("width", range(90, 420, 7))
def test_a_row_that_is_narrow_ends_in_no_dot_and_in_no_part_of_a_number(
    qapp: QApplication, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Overview("ready", 12)
    entry = Entry(1, "Title", "", "", None, "done", 1234, 1300, 5, 2, (), told)
    words = drawn(Line(entry, 0, False), width, monkeypatch)
    assert words[0].startswith("T")
    for cut in words[1:]:
        assert not cut.strip(" …").endswith("·")
        assert cut in ("", " …") or any(map(str.isalpha, cut))


def test_reviewers_filter_by_review_with_keys(reviewer: Hands) -> None:
    choose(reviewer, Qt.Key.Key_L, "undecided")
    assert list(said(reviewer)) == ["Peace-of"]
    assert set(pane(reviewer).chips.buttons) == {"review"}
    choose(reviewer, Qt.Key.Key_L, "review: decided")
    assert list(said(reviewer)) == ["Decided "]
    choose(reviewer, Qt.Key.Key_L, "with comments")
    assert list(said(reviewer)) == []
    reviewer.press(Qt.Key.Key_K, modifier=SHOW_ALL)
    assert len(said(reviewer)) == 3


def test_who_does_not_review_sees_nothing_of_it(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    with team(tmp_path) as rita:
        hands = Hands(qtbot, open_window(rita.as_analyst("Ada")))
    assert said(hands)["Peace-of"] == ["5 statements", "+ 1 analyst"]
    offered = [option.text for option in choices(pane(hands).names(), [])]
    assert not any("eview:" in one or "comments" in one for one in offered)
