"""The pictures of the panel of statements and the history: ``python -m tools.panel_pictures [FOLDER]``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator import paths
from annotator.core.codebook import Start, parse
from annotator.formats.articles.text import read_text_file
from annotator.ui.application import application
from annotator.ui.demo import ARTICLE, Player
from annotator.ui.history.window import HistoryWindow
from annotator.ui.mishaps import log_qt_messages
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.window import Window
from annotator.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
_SETTLE_MS = 150
_SIZE = (1240, 820)
_NARROW = 320
_LAVROV = (("s", "Lavrov told"), ("c", "It was not discussed in Anchorage."))
_TRUMP = (("s", "Trump announced"), ("c", "urge him to meet with Zelensky"))


def main() -> int:
    """Draw every picture in both themes; prints their paths."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    log_qt_messages()
    app = application()
    text = (paths.resources() / "codebooks" / "statements.toml").read_text(encoding="utf-8")
    start = parse(text, "statements.toml")
    for theme in ("light", "dark"):
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["ANNOTATOR_CONFIG"] = os.environ["ANNOTATOR_DATA"] = scratch
            _draw(app, Path(scratch), start, theme, folder)
    return 0


def _draw(app: QApplication, scratch: Path, start: Start, theme: str, folder: Path) -> None:
    settings = Settings()
    settings.theme = theme
    texts = [read_text_file(file) for file in sorted(paths.seeds().glob("*.txt"))]
    workspace = Workspace.create(scratch / "summit.annotator", start, "Ada", texts)
    window = Desktop("Ada", start, settings).show(workspace)
    window.resize(*_SIZE)
    player = Player(app, window)
    player.play()
    for article in workspace.articles():
        if article.file == ARTICLE:
            window.desk.open(article.id)
    window.to_text()
    for marks in (_LAVROV, _TRUMP):
        _mark(window, player, marks)
    suffix = "" if theme == "light" else "-dark"
    _panel(window, player, folder, suffix)
    _history(window, folder, suffix)
    window.close()


def _mark(window: Window, player: Player, marks: tuple[tuple[str, str], ...]) -> None:
    page = window.desk.page
    assert page is not None
    for key, words in marks:
        at = page.text.index(words)
        window.pane.view.select(at, at + len(words))
        player.press(key)
    player.press(Qt.Key.Key_Escape)


def _panel(window: Window, player: Player, folder: Path, suffix: str) -> None:
    window.desk.take(None)
    player.press("/")
    player.type("unf")
    _shoot(window, folder / f"panel-filter-choosing{suffix}.png")
    player.press(Qt.Key.Key_Return)
    _shoot(window.panel, folder / f"panel-filtered{suffix}.png")
    player.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape, "z", "j")
    _shoot(window.panel, folder / f"panel-folded{suffix}.png")
    player.press("z", "j", Qt.Key.Key_Tab, "!", "?", ";")
    player.type("who is meant?")
    player.press(Qt.Key.Key_Return)
    _shoot(window, folder / f"panel-note{suffix}.png")
    player.press(Qt.Key.Key_Escape)
    player.press("j", Qt.Key.Key_Return)
    sizes = window.splitter.sizes()
    window.splitter.setSizes([200, 2000, _NARROW])
    _shoot(window.panel, folder / f"panel-narrow{suffix}.png")
    window.splitter.setSizes(sizes)
    player.press(Qt.Key.Key_Escape)
    window.actions_by_id["todo.list"].trigger()
    player.press(Qt.Key.Key_Down)
    _shoot(window, folder / f"panel-to-do{suffix}.png")
    player.press(Qt.Key.Key_Escape)


def _history(window: Window, folder: Path, suffix: str) -> None:
    window.actions_by_id["history"].trigger()
    beside = window.findChild(HistoryWindow)
    assert isinstance(beside, HistoryWindow)
    QTest.qWaitForWindowActive(beside)
    for _ in range(6):
        QTest.keyClick(beside.list, Qt.Key.Key_Down)
    _shoot(beside, folder / f"history{suffix}.png")
    beside.ask_step_back()
    _shoot(beside, folder / f"history-stepping-back{suffix}.png")
    beside.close()


def _shoot(widget: QWidget, path: Path) -> None:
    QTest.qWait(_SETTLE_MS)
    widget.grab().save(str(path))
    sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    sys.exit(main())
