"""The pictures of the codebook's windows, made by key presses: ``python -m tools.book_pictures``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator import paths
from annotator.core.book.parts import Part, issue_part
from annotator.core.marking import mark_all
from annotator.formats.articles.text import read_text_file
from annotator.ui.book.guidelines import GuidelinesWindow
from annotator.ui.book.window import BookWindow
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tools.stage import stage

_SETTLE_MS = 120
_SPEAKERS = ("Trump", "Putin", "Zelensky", "Lavrov")
_VIA = ("the BBC", "NBC")


def main() -> int:
    """Write every picture; prints their paths."""
    texts = [read_text_file(seed) for seed in sorted(paths.seeds().glob("*.txt"))]
    with stage(FOLDER) as start:
        settings = Settings()
        settings.theme = "light"
        workspace = Workspace.create(Path("summit.annotator"), start, "Ada", texts)
        window = Desktop("Ada", start, settings).show(workspace)
        for path in draw_book_pictures(window, FOLDER):
            print(path.relative_to(ROOT))
        window.close()
    return 0


def draw_book_pictures(window: Window, folder: Path) -> Iterator[Path]:
    """Pictures of the codebook and the guidelines beside a window that has an article open."""
    _mark_some(window)
    window.actions_by_id["codebook.edit"].trigger()
    book = window.findChild(BookWindow)
    assert isinstance(book, BookWindow)
    QTest.qWaitForWindowActive(book)
    yield from _edited(book, folder)
    _theme(window, "dark")
    book.look_at(Part("kind", "position"))
    yield _shoot(book, folder, "codebook-dark")
    book.resize(540, 640)
    yield _shoot(book, folder, "codebook-narrow")
    _theme(window, "light")
    book.close()
    window.actions_by_id["help.guidelines"].trigger()
    guidelines = window.findChild(GuidelinesWindow)
    assert isinstance(guidelines, GuidelinesWindow)
    QTest.qWaitForWindowActive(guidelines)
    _type(guidelines, "headline")
    yield _shoot(guidelines, folder, "guidelines")
    guidelines.close()


def _edited(book: BookWindow, folder: Path) -> Iterator[Path]:
    book.look_at(Part("kind", "speaker"))
    yield _shoot(book, folder, "codebook")
    book.look_at(Part("kind", "via"))
    _press(book, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    _type(book, "addr")
    yield _shoot(book, folder, "codebook-merge-into")
    _press(book, Qt.Key.Key_Return)
    yield _shoot(book, folder, "codebook-merge")
    _press(book, Qt.Key.Key_Escape)
    book.look_at(Part("kind", "speaker"))
    _press(book, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    _type(book, "Pronoun")
    yield _shoot(book, folder, "codebook-split")
    _press(book, Qt.Key.Key_Escape)
    book.look_at(Part("kind", "claim"))
    _press(book, Qt.Key.Key_F2)
    _type(book, "Cue")
    _press(book, Qt.Key.Key_Tab)
    _type(book, "S")
    _press(book, Qt.Key.Key_Tab)
    yield _shoot(book, folder, "codebook-faulty")
    book.form.forget_drafts()
    book.look_at(issue_part(book.desk.workspace.issues()[1]))
    yield _shoot(book, folder, "codebook-issue")
    book.look_at("field")
    _press(book, Qt.Key.Key_Insert)
    yield _shoot(book, folder, "codebook-new-field")
    _press(book, Qt.Key.Key_Escape)
    book.look_at("guidelines")
    yield _shoot(book, folder, "codebook-guidelines")


def _mark_some(window: Window) -> None:
    page, desk = window.desk.page, window.desk
    assert page is not None
    for kind, names in (("speaker", _SPEAKERS), ("via", _VIA)):
        spans = [(at, at + len(n)) for n in names for at in _places(page.text, n)][:9]
        desk.do(mark_all(page, desk.book, kind, spans, desk.workspace.new_id)[0])


def _places(text: str, words: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(words, at)]


def _theme(window: Window, name: str) -> None:
    window.settings.theme = name
    window.show_theme()


def _press(
    widget: QWidget,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.keyClick(QApplication.focusWidget() or widget, key, modifier)
    QApplication.processEvents()


def _type(widget: QWidget, text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget() or widget, text)
    QApplication.processEvents()


def _shoot(widget: QWidget, folder: Path, name: str) -> Path:
    QTest.qWait(_SETTLE_MS)
    path = folder / f"{name}.png"
    widget.grab().save(str(path))
    return path


if __name__ == "__main__":
    sys.exit(main())
