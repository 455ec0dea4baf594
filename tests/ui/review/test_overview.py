"""What the list of articles tells those who review, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.core.review import commenting, judging
from annotator.core.review.procedure import set_review
from annotator.ui.articles.filtering import choices
from annotator.ui.articles.model import Line
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
