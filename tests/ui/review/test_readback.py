"""What analysts read back of what the reviewer decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.core.review import judging
from annotator.core.review.procedure import set_procedure
from annotator.core.review.readback import Outcome
from annotator.ui.review.readback import ReadBackWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.review.acting import beside, decide, working
from tests.ui.review.scene import article_of, team

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down
Open = Callable[[Workspace], Window]


def at_hand(back: ReadBackWindow) -> Outcome:
    assert back.outcome is not None
    return back.outcome


def test_an_analyst_reads_what_became_of_everything(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    with team(tmp_path) as rita:
        decide(rita)
        ada = rita.as_analyst("Ada")
    hands = working(qtbot, open_window, ada)
    back = beside(hands, "review.readback", ReadBackWindow)
    assert isinstance(back, ReadBackWindow)
    assert back.summary.text() == (
        "Still in review. Your 5 statements: 1 rejected, 4 not judged yet, 1 added by the reviewer."
    )
    hands.press(*[DOWN] * 4)
    assert at_hand(back).fate == "rejected"
    assert back.details._decision.text() == "Rejected: outside the guidelines, advice"
    assert [c.text for c in back.comments] == ["See rule 3"]
    hands.press(".")
    hands.type("Thanks; agreed.")
    hands.press(ENTER)
    assert [c.text for c in back.comments] == ["See rule 3", "Thanks; agreed."]
    hands.press(",")
    assert back.comments[0].resolved
    hands.press(ENTER)
    assert hands.window.desk.statement == at_hand(back).id
    hands.press(DOWN, ENTER)
    assert at_hand(back).fate == "added"
    assert hands.window.pane.view.selection() == (0, 9)


@pytest.mark.parametrize("hidden", [True, False])
def test_what_another_found_is_not_said_to_be_the_reviewers(
    qtbot: QtBot, tmp_path: Path, open_window: Open, hidden: bool
) -> None:
    with team(tmp_path) as rita:
        article = article_of(rita)
        rita.do(set_procedure(rita.procedure(), names_hidden=hidden))
        docket = rita.docket(article)
        ada = next(a.id for a in rita.as_analyst("Ada").analysts() if a.name == "Ada")
        (bo,) = [page for layer, page in docket.pages.items() if layer != ada]
        alone = bo.in_order()[0]
        rita.do(judging.take(docket, [alone.id], [alone.id], rita.new_id))
        back_as = rita.as_analyst("Ada")
    hands = working(qtbot, open_window, back_as)
    back = beside(hands, "review.readback", ReadBackWindow)
    assert isinstance(back, ReadBackWindow)
    assert "1 found by others" in back.summary.text()
    hands.press(Qt.Key.Key_End)
    assert at_hand(back).fate == "found"
    whose = "another analyst" if hidden else "Ben"
    assert back.details._decision.text() == f"Found by {whose}"
    assert back.list.currentItem().text().endswith(f"; Found by {whose}")


def test_what_is_read_back_follows_what_is_decided(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    rita = team(tmp_path)
    hands = working(qtbot, open_window, rita.as_analyst("Ada"))
    back = beside(hands, "review.readback", ReadBackWindow)
    assert isinstance(back, ReadBackWindow)
    assert back.summary.text().startswith("Not reviewed yet.")
    decide(rita)
    rita.close()
    hands.window.desk.look_around()
    assert "1 rejected" in back.summary.text()
