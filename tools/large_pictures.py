"""Pictures at twice the size of letters, with long names: ``python -m tools.large_pictures [FOLDER]``.

Letters are twice as large in everything, as a desktop sets it for who sees badly, and in the text
by the program's own zoom. ``WIDTH HEIGHT`` after the folder draws other sizes of window.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_FONT_DPI"] = "192"
os.environ["QT_ENABLE_HIGHDPI_SCALING"] = "0"  # letters only, not all of it
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core import articles
from annotator.core.codebook import Start
from annotator.core.people.keeping import add_alias, new_actor
from annotator.core.text.blocks import propose_blocks
from annotator.store.finding.listing import Wanted
from annotator.ui.book.window import BookWindow
from annotator.ui.history.window import HistoryWindow
from annotator.ui.intake.window import Intake
from annotator.ui.people.window import PeopleWindow
from annotator.ui.settings import Settings
from annotator.ui.side_window import SideWindow, beside
from annotator.ui.start import Desktop
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tools.hands import focus, press
from tools.stage import stage

_SETTLE_MS = 150
_USUAL = (1024, 700)
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LONG = (
    "The Extraordinary Intergovernmental Commission for the Preparation, Coordination and Follow-up"
    " of the Summit of the Presidents, with the Permanent Secretariat in Geneva and Offices in Five"
    " Capitals"
)
NAMES = ("Li", LONG, "عبد الفتاح السيسي رئيس جمهورية مصر العربية", "中华人民共和国外交部发言人毛宁")
_NEWS = (
    ("Harbour stays open, mayor says", "Radio Coast", "2025-08-24"),
    (f"{LONG} meets", "The Tidings of the Northern and the Southern Coast", "2025-08-25"),
    ("رئيس البلدية: الميناء سيبقى مفتوحا مهما حدث في المدينة", "الأخبار", "2025-08-26"),
    ("外交部发言人：中方支持一切有利于和平的努力", "新华社", "2025-08-28"),
)
_TEXT = (
    "{title}\n\n“The harbour will stay open,” {name} told {outlet}, “and nobody at the ministry has"
    " asked us to close it before the inspectors have finished.”\nThe ministry said it expected the"
    " town to wait for “the report. A spokeswoman said they supported the mayor ({number}).\n"
)


def main(folder: Path = FOLDER, width: int = _USUAL[0], height: int = _USUAL[1]) -> int:
    """Draw every picture in both themes; prints their paths."""
    folder = folder.resolve()
    with stage(folder) as start:
        for theme in ("light", "dark"):
            settings = Settings()
            settings.theme, settings.zoom = theme, 200
            end = "" if theme == "light" else "-dark"
            workspace = _project(Path(f"{theme}.annotator"), start)
            window = Desktop("Ada", start, settings).show(workspace)
            window.resize(width, height)
            window.activateWindow()
            QTest.qWait(_SETTLE_MS)  # until keys arrive
            _draw(window, folder, end, width, height)
            window.close()
    return 0


def _project(path: Path, start: Start) -> Workspace:
    workspace = Workspace.create(path, start, "Ada")
    for name in NAMES:
        edit, made = new_actor(workspace.new_id(), name)
        workspace.do(edit)
        workspace.do(add_alias(made, f"{name} and its long other name"))
    for number, ((title, outlet, published), name) in enumerate(zip(_NEWS, NAMES, strict=True)):
        text = _TEXT.format(title=title, outlet=outlet, name=name, number=number)
        edit, _ = articles.new_article(
            text, title=title, outlet=outlet, published=published, blocks=propose_blocks(text)
        )
        workspace.do(edit)
    return workspace


def _draw(window: Window, folder: Path, end: str, width: int, height: int) -> None:
    def shoot(widget: QWidget, name: str) -> None:
        QTest.qWait(_SETTLE_MS)
        path = folder / f"large-{name}{end}.png"
        widget.grab().save(str(path))
        print(path)

    def beside_it(kind: type[SideWindow], name: str) -> None:
        shown = beside(window, kind, kind)
        shown.resize(width, height)
        shoot(shown, name)
        shown.close()
        QTest.qWait(10)

    _mark(window)
    shoot(window, "window")
    press(Qt.Key.Key_4, _CONTROL)
    shoot(window, "to-do")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_1, _CONTROL)
    window.articles.want(Wanted(sort="date", group="month"))
    shoot(window, "articles")
    press(Qt.Key.Key_F, _CONTROL | _SHIFT)
    QTest.keyClicks(focus(), "harb*")
    shoot(window, "search")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_2, _CONTROL)
    press(Qt.Key.Key_F, _CONTROL)
    QTest.keyClicks(focus(), "harbour")
    shoot(window, "finding")
    press(Qt.Key.Key_Escape)
    people = beside(window, PeopleWindow, PeopleWindow)
    people.resize(width, height)
    named = people.desk.workspace.people.register.index.named(LONG)
    people.show_actor(named[0].id)
    shoot(people, "people")
    people.close()
    beside_it(HistoryWindow, "history")
    beside_it(BookWindow, "codebook")
    _intake(window, width, height, shoot)


def _intake(window: Window, width: int, height: int, shoot: Callable[[QWidget, str], None]) -> None:
    path = Path("wire.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["headline", "source", "date", "body"])
        for (title, outlet, published), name in zip(_NEWS, NAMES, strict=True):
            words = _TEXT.format(title=title, outlet=outlet, name=name, number=99)
            table.writerow([title, outlet, published, words])
    intake = beside(window, Intake, Intake)
    intake.resize(width, height)
    intake.add([path])
    while intake.work.reader.is_busy or intake.work.is_comparing:
        QApplication.processEvents()
    shoot(intake, "intake")
    intake.close()


def _mark(window: Window) -> None:
    """The statement of the commission with the very long name, by keys."""
    listed = window.desk.workspace.articles()
    window.desk.open(next(a.id for a in listed if a.title.startswith(LONG)))
    window.to_text()
    page = window.desk.page
    assert page is not None
    body = page.text.index("“The harbour")
    for words, key in ((LONG, "s"), ("The harbour will stay open", "c"), ("stay open", "p")):
        at = page.text.index(words, body)
        window.pane.view.select(at, at + len(words))
        QTest.keyClicks(focus(), key)
    press(Qt.Key.Key_Return)
    QTest.keyClicks(focus(), "The Extra")
    press(Qt.Key.Key_Return)


if __name__ == "__main__":
    given = [*sys.argv[1:], *map(str, (FOLDER, *_USUAL)[len(sys.argv) - 1 :])]
    sys.exit(main(Path(given[0]), int(given[1]), int(given[2])))
