"""The pictures of the documents, made by the real program: ``make pictures``.

The window is shown offscreen and worked with key presses, so the pictures cannot show what the
program does not do. Selections are made as a mouse would make them; everything else is keys.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator import paths
from annotator.core.codebook import Start, parse
from annotator.formats.articles.text import read_text_file
from annotator.ui.application import application
from annotator.ui.demo import ARTICLE, Player
from annotator.ui.mishaps import log_qt_messages
from annotator.ui.paper.from_command_line import write_picture
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tools.intake_pictures import main as draw_intake_pictures
from tools.view_pictures import draw_view_pictures

WORKED_ON = "002_306a3b5e633bf25b.txt"
_SETTLE_MS = 120
"""What Qt needs to lay out and paint after the last key."""


class Told(NamedTuple):
    """One statement: the words of each mark with its key, then what is typed into the fields."""

    marks: tuple[tuple[str, str], ...]
    """``(key, words)``; the key ``f`` adds the words to the mark before."""
    fields: tuple[str, ...]
    """What is typed into the fields that are missing, in their order."""


STATEMENTS = (
    Told(
        (
            ("s", "Putin"),
            ("q", "had told"),
            ("a", "Trump"),
            ("c", "he was “open” to the idea of direct talks with Kyiv"),
            ("p", "“open” to the idea of direct talks"),
        ),
        ("Putin", "Trump", "peace talks", "+1"),
    ),
    Told(
        (
            ("s", "Russian Foreign Minister Sergei Lavrov"),
            ("q", "quickly tempered expectations, stating"),
            ("c", "any such meeting would need to be prepared “gradually”"),
            ("p", "would need to be prepared “gradually”"),
        ),
        ("Lavrov", "preparation", "+2"),
    ),
    Told(
        (
            ("s", "Dmitry Polyanskiy, Russia’s deputy UN envoy"),
            ("q", "telling"),
            ("v", "the BBC"),
            ("c", "no side had “rejected” the chance for talks"),
            ("p", "no side had “rejected” the chance"),
        ),
        ("Dmitry Polyanskiy", "BBC", "peace talks", "+1"),
    ),
    Told(
        (
            ("s", "French President Emmanuel Macron"),
            ("q", "called"),
            ("c", "“a predator, and an ogre at our doorstep,”"),
            ("p", "“a predator, and an ogre at our doorstep,”"),
        ),
        ("Emmanuel Macron", "trust", "-2"),
    ),
    Told(
        (
            ("s", "Finland’s President Alexander Stubb"),
            ("q", "added"),
            ("c", "Putin was “rarely to be trusted,”"),
        ),
        ("Alexander Stubb",),
    ),
    Told(
        (
            ("c", "“We’re going to find out about President Putin in the next couple of weeks,”"),
            ("f", "“It’s possible that he doesn’t want to make a deal.”"),
            ("s", "Trump"),
            ("q", "said"),
            ("p", "It’s possible that he doesn’t want to make a deal"),
        ),
        ("Donald", "wants a deal", "-1"),
    ),
)


def main() -> int:
    """Write every picture; prints their paths."""
    log_qt_messages()
    app = application()
    text = (paths.resources() / "codebooks" / "statements.toml").read_text(encoding="utf-8")
    start = parse(text, "statements.toml")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _scratch():
        desktop = Desktop("Ada", start, _settings("light"))
        _worked_on(app, desktop, start)
        _empty(app, desktop, start)
    draw_intake_pictures(FOLDER)
    for path in draw_view_pictures(FOLDER, start.codebook):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0


@contextmanager
def _scratch() -> Iterator[None]:
    """An empty folder to work in; the settings' path is relative, as one picture shows it."""
    home = Path.cwd()
    with tempfile.TemporaryDirectory() as temporary:
        os.chdir(temporary)
        os.environ["ANNOTATOR_CONFIG"] = "settings"
        os.environ["ANNOTATOR_DATA"] = "data"
        try:
            yield
        finally:
            os.chdir(home)


def _settings(theme: str) -> Settings:
    settings = Settings()
    settings.theme = theme
    return settings


def _empty(app: QApplication, desktop: Desktop, start: Start) -> None:
    window = desktop.show(Workspace.create(Path("empty.annotator"), start, "Ada"))
    Player(app, window)
    _shoot(window, "empty")
    window.close()


def _worked_on(app: QApplication, desktop: Desktop, start: Start) -> None:
    texts = [read_text_file(file) for file in sorted(paths.seeds().glob("*.txt"))]
    window = desktop.show(Workspace.create(Path("summit.annotator"), start, "Ada", texts))
    player = Player(app, window)
    _open(window, ARTICLE)
    _shoot(window, "new-article")
    player.play()
    _open(window, WORKED_ON)
    for told in STATEMENTS:
        _tell(window, player, told)
    _expect_whole(window)
    _look_at(window, "any such meeting")
    _shoot(window, "window")
    player.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    player.press("j", Qt.Key.Key_Return)
    _shoot(window, "filling-in")
    player.press(Qt.Key.Key_Escape)
    _article(window)
    _narrow(window)
    _dark(window)
    _messages(window, player)
    window.close()


def _article(window: Window) -> None:
    page = window.desk.page
    assert page is not None
    path = FOLDER / "article.png"
    write_picture(window.desk.workspace, page.article, page.layer, path, "light", 900)
    _say(path)


def _narrow(window: Window) -> None:
    usual, panes = window.size(), window.splitter.sizes()
    window.resize(760, 620)
    _shoot(window, "window-narrow")
    window.resize(usual)
    window.splitter.setSizes(panes)


def _dark(window: Window) -> None:
    window.settings.theme = "dark"
    window.show_theme()
    _look_at(window, "any such meeting")
    _shoot(window, "window-dark")
    window.settings.theme = "light"
    window.show_theme()


def _messages(window: Window, player: Player) -> None:
    """What cannot be done, said in the status bar and in a window; the palette and the keys."""
    player.press(Qt.Key.Key_Escape, "s")
    _shoot(window, "not-possible")
    for command, name in (("palette", "palette"), ("help.keys", "keys")):
        with _shooting_what_opens(name):
            window.actions_by_id[command].trigger()


def _open(window: Window, file: str) -> None:
    for article in window.desk.workspace.articles():
        if article.file == file:
            window.desk.open(article.id)
    window.to_text()


def _tell(window: Window, player: Player, told: Told) -> None:
    """Mark a statement and fill in what is missing; then put it away."""
    page = window.desk.page
    assert page is not None
    claim = next(words for key, words in told.marks if key == "c")
    start = page.text.index(claim)
    for key, words in told.marks:
        at = _nearest(page.text, words, start, start + len(claim))
        window.pane.view.select(at, at + len(words))
        player.press(key)
    player.press(Qt.Key.Key_Return)
    for words in told.fields:
        line = QApplication.focusWidget()
        player.type(words)
        player.press(Qt.Key.Key_Return)
        if QApplication.focusWidget() is line:  # somebody new takes a second Enter
            player.press(Qt.Key.Key_Return)
    window.to_text()
    player.press(Qt.Key.Key_Escape)


def _expect_whole(window: Window) -> None:
    """Stop when the keys did not make what the pictures are to show."""
    page = window.desk.page
    assert page is not None
    made = page.in_order()
    if len(made) != len(STATEMENTS) or any(map(window.desk.missing, made)):
        sys.exit("The keys did not make the statements; tools/pictures.py needs another look.")


def _nearest(text: str, words: str, start: int, end: int) -> int:
    """Where the words stand nearest to a range, in code points."""
    places = [n for n in range(len(text)) if text.startswith(words, n)]
    return min(places, key=lambda place: min(abs(place - start), abs(place - end)))


def _look_at(window: Window, words: str) -> None:
    """Take the mark that begins with these words in hand."""
    page = window.desk.page
    assert page is not None
    window.desk.take_mark(next(m.id for m in page.marks_in_order() if m.quote.startswith(words)))
    window.to_text()


@contextmanager
def _shooting_what_opens(name: str) -> Iterator[None]:
    """Take a picture of the dialog that opens meanwhile, and close it."""

    def shoot() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            _shoot(dialog, name)
            dialog.close()

    QTimer.singleShot(0, shoot)
    yield


def _shoot(widget: QWidget, name: str) -> None:
    QTest.qWait(_SETTLE_MS)
    path = FOLDER / f"{name}.png"
    widget.grab().save(str(path))
    _say(path)


def _say(path: Path) -> None:
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
