"""Windows around the review opened, dialogs answered, something decided."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from annotator.core import marking
from annotator.core.review import commenting, judging
from annotator.ui.side_window import SideWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.review.scene import GUARANTEE, article_of
from tests.workshop import SEED_000

Open = Callable[[Workspace], Window]


def beside(hands: Hands, command: str, type: type[SideWindow]) -> SideWindow:
    """Open a window by its command, with the keyboard in it."""
    hands.window.actions_by_id[command].trigger()
    found = hands.window.findChild(type)
    assert isinstance(found, type)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


def working(qtbot: QtBot, open_window: Open, workspace: Workspace) -> Hands:
    hands = Hands(qtbot, open_window(workspace))
    hands.open(SEED_000)
    return hands


def answer(type: type[QDialog], does: Callable[[QDialog], None]) -> list[QDialog]:
    """Have the next dialog of a type worked with as soon as it is there."""
    met: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, type) and QApplication.activeWindow() is dialog:
            met.append(dialog)
            does(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
    return met


def decide(rita: Workspace) -> None:
    """Ada's advice is rejected with a comment, and Rita adds something."""
    article = article_of(rita)
    docket = rita.docket(article)
    (theirs,) = [
        s
        for page in docket.pages.values()
        for s in page.in_order()
        if any(m.quote == GUARANTEE for m in page.members(s, "claim"))
    ]
    rita.do(judging.reject(docket, [theirs.id], "outside", note="advice"))
    rita.do(commenting.comment(theirs, "See rule 3", rita.new_id())[0])
    draft = judging.Draft(rita.docket(article), (), (), rita.new_id)
    edit, _, _ = marking.mark(draft.page, rita.codebook, "claim", [(0, 9)], rita.new_id)
    draft.apply(edit)
    rita.do(draft.taken())
