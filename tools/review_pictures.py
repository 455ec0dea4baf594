"""The pictures of the review: ``python -m tools.review_pictures [FOLDER]``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TypeVar

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.review.assigning import give
from annotator.core.review.procedure import set_procedure
from annotator.ui.application import application
from annotator.ui.mishaps import log_qt_messages
from annotator.ui.review.readback import ReadBackWindow
from annotator.ui.review.window import ReviewWindow
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.team.assigning import AssignWindow
from annotator.ui.team.merging import MergeDialog
from annotator.ui.team.procedure import ProcedureWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.many_layers import many_layers
from tests.ui.review.scene import ADA, article_of, say, team
from tests.workshop import start
from tools.hands import focus

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
_SETTLE_MS = 150
_ENTER = Qt.Key.Key_Return
Side = TypeVar("Side", bound=QWidget)


def main() -> int:
    """Draw every picture in both themes; prints their names."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    log_qt_messages()
    app = application()
    for theme in ("light", "dark"):
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["ANNOTATOR_CONFIG"] = os.environ["ANNOTATOR_DATA"] = scratch
            _draw(app, Path(scratch), theme, folder)
    return 0


def _draw(app: QApplication, scratch: Path, theme: str, folder: Path) -> None:
    suffix = "" if theme == "light" else "-dark"
    settings = Settings()
    settings.theme = theme
    rita = team(scratch)
    article = article_of(rita)
    rita.as_analyst("Dora").close()
    rita.poll()
    ids = [analyst.id for analyst in rita.analysts()]
    rita.do(give([article], ids, []))
    window = Desktop("Rita", start(), settings).show(rita)
    window.desk.open(article)
    _review(window, folder, suffix)
    _windows(window, folder, suffix)
    ben = Desktop("Ben", start(), settings).show(rita.as_analyst("Ben"))
    ben.desk.open(article)
    ben.actions_by_id["review.readback"].trigger()
    beside = _beside(ben, ReadBackWindow)
    _press(beside.list, Qt.Key.Key_Down, Qt.Key.Key_Down)
    _shoot(beside, folder / f"review-readback{suffix}.png")
    ben.close()
    rita.do(set_procedure(rita.procedure(), blind=True))
    cem = Desktop("Cem", start(), settings).show(rita.as_analyst("Cem"))
    cem.desk.open(article)
    cem.actions_by_id["review.readback"].trigger()
    _shoot(_beside(cem, ReadBackWindow), folder / f"review-readback-blind{suffix}.png")
    cem.close()
    window.close()
    _layers(settings, scratch, folder / f"review-layers{suffix}.png")
    app.processEvents()


def _layers(settings: Settings, scratch: Path, picture: Path) -> None:
    """More layers than there is room for, and the choice between them."""
    path = scratch / "seven.annotator"
    many_layers(path, articles=1, analysts=7)
    window = Desktop("Ada", start(), settings).show(Workspace.open(path, "Ada"))
    window.desk.open(window.desk.workspace.articles()[0].id)
    window.actions_by_id["review"].trigger()
    beside = _beside(window, ReviewWindow)
    beside.resize(1280, 800)
    _press(beside.list, "j", "v")
    _press(focus(), Qt.Key.Key_Space)
    _shoot(beside, picture)
    window.close()


def _review(window: Window, folder: Path, suffix: str) -> None:
    window.actions_by_id["review"].trigger()
    beside = _beside(window, ReviewWindow)
    beside.resize(1280, 800)
    _press(beside.list, "j", "j")
    _shoot(beside, folder / f"review-compare{suffix}.png")
    _press(beside.list, "l")
    _shoot(beside, folder / f"review-agreed{suffix}.png")
    _press(focus(), _ENTER)
    _press(beside.list, "j")
    beside.bench.take(beside.bench.cases[1])
    _press(beside.list, "a")
    beside.bench.take(beside.bench.cases[2])
    _press(beside.list, "a")
    beside.bench.take(beside.bench.cases[2])
    _press(beside.list, "g", ";")
    QTest.keyClicks(focus(), "Putin is spoken about here; who says it is Lavrov.")
    _press(focus(), _ENTER)
    _shoot(beside, folder / f"review-decided{suffix}.png")
    beside.bench.take(beside.bench.cases[4])
    _press(beside.list, "r")
    QTest.keyClicks(focus(), "out")
    _shoot(beside, folder / f"review-reject{suffix}.png")
    _press(focus(), Qt.Key.Key_Escape)
    beside.bench.take(beside.bench.cases[4])
    _press(beside.list, "m")
    _press(focus(), Qt.Key.Key_Tab)
    _shoot(beside, folder / f"review-edit{suffix}.png")
    _press(focus(), Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    beside.resize(760, 620)
    beside.bench.take(beside.bench.cases[2])
    _shoot(beside, folder / f"review-narrow{suffix}.png")
    beside.close()


def _windows(window: Window, folder: Path, suffix: str) -> None:
    window.actions_by_id["review.procedure"].trigger()
    procedure = _beside(window, ProcedureWindow)
    _shoot(procedure, folder / f"review-procedure{suffix}.png")
    procedure.close()
    window.actions_by_id["review.assign"].trigger()
    assign = _beside(window, AssignWindow)
    _shoot(assign, folder / f"review-assign{suffix}.png")
    assign.close()
    workspace = window.desk.workspace
    other = folder_of(window) / "from-dora.annotator"
    dora = next(a for a in workspace.analysts() if a.name == "Dora")
    given = [a for a in workspace.articles() if a.id == article_of(workspace)]
    workspace.hand_off(dora.id, given, other)
    with Workspace.open(other, "Dora") as there:
        say(there, ADA[0], article_of(there))
    dialog = MergeDialog(workspace.merge(other, dry_run=True), window)
    dialog.show()
    _shoot(dialog, folder / f"review-merge{suffix}.png")
    dialog.close()


def folder_of(window: Window) -> Path:
    return window.desk.workspace.path.parent


def _beside(window: Window, type: type[Side]) -> Side:
    found = window.findChild(type)
    assert isinstance(found, type)
    QTest.qWaitForWindowActive(found)
    return found


def _press(widget: QWidget, *keys: str | Qt.Key) -> None:
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key)
        QApplication.processEvents()


def _shoot(widget: QWidget, path: Path) -> None:
    QTest.qWait(_SETTLE_MS)
    widget.grab().save(str(path))
    sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    sys.exit(main())
