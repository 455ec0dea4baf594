"""Pictures of the list of articles: grouped, searched, several chosen, nothing found.

    python -m tools.articles_pictures [FOLDER]

The window is shown offscreen and worked with key presses. Outlets, people and news are made up.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator import paths
from annotator.core import articles
from annotator.core.codebook import parse
from annotator.core.text.blocks import propose_blocks
from annotator.store.finding.listing import Wanted
from annotator.ui.application import application
from annotator.ui.mishaps import log_qt_messages
from annotator.ui.settings import Settings
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tools.hands import press, type_in

_SETTLE_MS = 150
_CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

NEWS = (
    ("Harbour stays open, mayor says, whatever the inspectors find", "Radio Coast", "2025-08-24"),
    ("Ministry: we never asked for the harbour to be closed", "The Tidings", "2025-08-25"),
    ("Ferry companies back the mayor", "Radio Coast", "2025-08-26"),
    ("Inspectors want three more weeks", "The Tidings", "2025-08-28"),
    ("“Nobody asked us”: fishermen on the harbour plan", "Evening Post", "2025-09-01"),
    ("Union calls for talks before the first ferry leaves", "Evening Post", "2025-09-02"),
    ("رئيس البلدية: الميناء سيبقى مفتوحا", "Radio Coast", "2025-09-02"),
    ("Council split over the inspectors’ report on the northern quay", "The Tidings", "2025-09-04"),
    ("Zürich insurer doubts the harbour figures", "Neue Woche", "2025-09-05"),
    ("Mayor and minister meet, agree on nothing", "Evening Post", ""),
)
TEXT = (
    "{title}\n\n“The harbour will stay open,” the mayor told {outlet}, “and nobody at the ministry"
    " has asked us to close it before the inspectors have finished.”\nThe ministry said it expected"
    " the town to wait for the report. A spokeswoman for the ferry companies said they supported"
    " the mayor ({number}).\n"
)


def main(folder: Path = FOLDER) -> None:
    """Draw all of them in both themes."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        os.environ["ANNOTATOR_DATA"] = os.environ["ANNOTATOR_CONFIG"] = name
        application()
        log_qt_messages()
        window = Window(_project(Path(name)), Settings(), lambda _path, _new: None)
        window.resize(1180, 760)
        window.show()
        window.activateWindow()
        window.splitter.setSizes([330, 560, 290])
        QTest.qWait(_SETTLE_MS)  # until keys arrive
        _draw(window, folder)
        window.close()


def _project(folder: Path) -> Workspace:
    """Ten articles, some of them worked on."""
    book = paths.resources() / "codebooks" / "statements.toml"
    start = parse(book.read_text(encoding="utf-8"), book.name)
    workspace = Workspace.create(folder / "harbour.annotator", start, "Ada")
    for number, (title, outlet, published) in enumerate(NEWS):
        text = TEXT.format(title=title, outlet=outlet, number=number)
        blocks = propose_blocks(text)
        edit, _ = articles.new_article(
            text, title=title, outlet=outlet, published=published, blocks=blocks
        )
        workspace.do(edit)
    return workspace


def _draw(window: Window, folder: Path) -> None:
    _work(window)
    for theme in ("light", "dark"):
        window.settings.theme = theme
        window.show_theme()
        end = "" if theme == "light" else "-dark"
        pane = window.articles
        pane.want(Wanted(sort="date", group="month"))
        _shoot(window, folder / f"articles-grouped{end}.png")
        pane.want(Wanted())
        press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        press(Qt.Key.Key_Home)
        for _ in range(3):
            press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        _shoot(window, folder / f"articles-chosen{end}.png")
        pane.want(Wanted(outlet="The Tidings", stage="new"))
        press(Qt.Key.Key_F, _CONTROL_SHIFT)
        type_in("inspect*")
        _shoot(window, folder / f"articles-search{end}.png")
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_End)
        press(Qt.Key.Key_Return)
        _shoot(window, folder / f"articles-hit{end}.png")
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_F, _CONTROL_SHIFT)
        type_in("lighthouse")
        _shoot(window, folder / f"articles-nothing{end}.png")
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Escape)
        window.resize(760, 560)
        _shoot(window, folder / f"articles-narrow{end}.png")
        window.resize(1180, 760)
        window.splitter.setSizes([330, 560, 290])


def _work(window: Window) -> None:
    """Marks in some articles, one of them done, by the keys an analyst presses."""
    ids = window.desk.workspace.lists.find(Wanted(sort="date")).ids.tolist()
    for number, id in enumerate(ids[:5]):
        window.desk.open(id)
        window.to_text()
        page = window.desk.page
        assert page is not None
        for key, words in (("c", "The harbour will stay open"), ("s", "the mayor"))[: number + 1]:
            at = page.text.index(words, len(page.article.title))
            window.pane.view.select(at, at + len(words))
            type_in(key)
        if number == 1:
            press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
            press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        if number == 2:
            type_in("?")


def _shoot(window: Window, path: Path) -> None:
    QTest.qWait(_SETTLE_MS * 2)
    window.grab().save(str(path))
    print(path.name)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
