"""Opening an article: what is done at once, and what only later."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.view import ArticleView
from tests.ui.article.scene import SCRIPTS, lanes, shown

MANY = "\n".join(f"Paragraph number {n} of many, with 😀 in it." for n in range(3000))


def marks(count: int) -> list[Drawn]:
    return [Drawn(n, "claim", ((n * 37 % 90_000, n * 37 % 90_000 + 30),), "") for n in range(count)]


def test_only_the_top_is_laid_out_whatever_was_open_before(qtbot: QtBot) -> None:
    view = shown(qtbot, SCRIPTS)
    view.select(3, len(SCRIPTS))
    said: list[object] = []
    view.selection_changed.connect(said.append)
    view.show_article(MANY, [], [])
    assert max(lanes(view).flows, default=0) < 60
    assert (view.selection(), view.caret(), said) == ((0, 0), 0, [])
    view.selectAll()
    assert view.selection() == (0, len(MANY))


def test_the_same_article_again_looks_the_same(qtbot: QtBot) -> None:
    view = shown(qtbot, SCRIPTS, marks(3))
    before = view.viewport().grab().toImage()
    view.show_article(MANY, [], marks(500))
    view.verticalScrollBar().setValue(5000)
    view.select(700, 900)
    view.show_article(SCRIPTS, [], marks(3))
    assert view.viewport().grab().toImage() == before


def test_a_mark_made_at_once_is_seen_with_the_others(qtbot: QtBot) -> None:
    view = shown(qtbot, "")
    view.show_article(MANY, [], marks(3000))
    near = [m.id for m in marks(3000) if m.start <= 50 < m.end]
    view.update_marks([Drawn(9999, "cue", ((45, 55),), "")], near[:1])
    assert sorted(view.marks_at(50)) == [*near[1:], 9999]
    qtbot.waitUntil(lambda: _at_rest(view))
    assert sorted(view.marks_at(50)) == [*near[1:], 9999]


def test_unseen_paragraphs_are_taken_to_be_about_as_high_as_they_are(qtbot: QtBot) -> None:
    view = shown(qtbot, MANY, marks(9000))
    qtbot.waitUntil(lambda: _at_rest(view))
    layout = lanes(view)
    numbers = range(1000, 1300)
    guessed = sum(layout.top_of(n + 1) - layout.top_of(n) for n in numbers)
    true = sum(layout.flow(n).height for n in numbers)
    assert abs(guessed / true - 1) < 0.25
    assert true > 300 * layout.measures.em * 2.6, "the marks must need room for this to say much"


def _at_rest(view: ArticleView) -> bool:
    return not view.working
