"""The window itself, worked in by random key presses until it is killed or told to stop.

    python -m tests.torture.window PROJECT ANALYST SEED

With ``-`` for the project it opens what was open last, as a user's next start does. It says ``at``
with the place it opened at, ``saved`` with each revision of its own, ``heard`` with each of
others, ``keeping`` and ``kept`` around each time it writes down where it is. A line ``go`` starts
the hands, ``stop`` rests them, ``show ARTICLE`` has it say which marks of it can be ``seen``.
"""

from __future__ import annotations

import contextlib
import json
import random
import sys
import threading
from pathlib import Path
from queue import Empty, SimpleQueue

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from annotator import paths
from annotator.core.codebook import parse
from annotator.core.revision import Revision
from annotator.ui.application import application
from annotator.ui.mishaps import Mishaps, log_qt_messages
from annotator.ui.places import Place, Places
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.window import Window
from tests.torture.windows import NEAR, Seen

_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def seen(window: Window, place: Place) -> str:
    bar = window.pane.view.verticalScrollBar()
    at_end = bar.value() > bar.maximum() - NEAR
    return msgspec.json.encode(Seen(place.lasting(), at_end)).decode()


class Telling(Places):
    """Places that say when they are written."""

    window: Window | None = None

    def keep(self, project: Path, place: Place) -> None:
        assert self.window is not None
        say("keeping", seen(self.window, place))
        super().keep(project, place)
        say("kept", seen(self.window, place))


class Fingers:
    """Presses keys at random, as somebody would who marks, reads, walks, looks for and undoes."""

    def __init__(self, window: Window, dice: random.Random) -> None:
        self._window = window
        self._dice = dice

    def act(self) -> None:
        luck, view = self._dice.random(), self._window.pane.view
        if luck < 0.70:
            self._mark()
        elif luck < 0.76:
            QTest.keyClick(view, Qt.Key.Key_Z, _CONTROL)
        elif luck < 0.84:
            QTest.keyClick(view, Qt.Key.Key_Tab)
        elif luck < 0.90:
            bar = view.verticalScrollBar()
            bar.setValue(self._dice.randrange(bar.maximum() + 1))
        elif luck < 0.96:
            step = self._dice.choice([Qt.Key.Key_PageDown, Qt.Key.Key_PageUp])
            QTest.keyClick(view, step, _CONTROL)
        else:
            self._look_for()

    def _mark(self) -> None:
        view, page = self._window.pane.view, self._window.desk.page
        if page is None:
            return
        words = self._dice.randrange(1, 3)
        at = self._dice.randrange(len(page.text))
        view.select(at, at)
        QTest.keyClick(view, Qt.Key.Key_W)
        for _ in range(words):
            QTest.keyClick(view, Qt.Key.Key_Right, _SHIFT | _CONTROL)
        QTest.keyClicks(view, self._dice.choice("scp"))

    def _look_for(self) -> None:
        line = self._window.articles.search
        line.clear()
        if self._dice.random() < 0.5:
            QTest.keyClicks(line, self._dice.choice(["Article", "part", "4"]))


class Program:
    """One window and what it is told to do."""

    def __init__(self, window: Window, seed: int) -> None:
        self._window = window
        self._hands = Fingers(window, random.Random(seed))
        self._orders: SimpleQueue[str] = SimpleQueue()
        self._is_working = False
        window.desk.workspace.subscribe(self._heard)
        self._own = window.desk.workspace.analyst.id
        self._busy = False
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._turn)
        self._timer.start(0)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._orders.put(line.strip())

    def _heard(self, revision: Revision) -> None:
        say("saved" if self._busy else "heard", revision.id)

    def _turn(self) -> None:
        with contextlib.suppress(Empty):
            self._obey(self._orders.get_nowait())
        if self._is_working:
            self._busy = True
            self._hands.act()
            self._busy = False

    def _obey(self, order: str) -> None:
        what, _, about = order.partition(" ")
        if what == "go":
            self._is_working = True
        elif what == "stop":
            self._is_working = False
            say("stopped")
        elif what == "show":
            desk = self._window.desk
            desk.look_around()
            desk.open(int(about))
            page = desk.page
            assert page is not None
            index = self._window.pane.view._page.index
            say("seen", json.dumps(sorted(id for id in page.marks if index.get(id) is not None)))
        elif what == "close":
            self._window.close()
            application().quit()


def main(project: str, analyst: str, seed: str) -> int:
    app = application()
    log_qt_messages()
    mishaps = Mishaps(paths.data_folder() / "annotator.log")
    mishaps.listen()
    settings = Settings()
    settings.places = telling = Telling(paths.config_folder() / "places")
    book = paths.resources() / "codebooks" / "statements.toml"
    desktop = Desktop(analyst, parse(book.read_text(encoding="utf-8"), book.name), settings)
    path = settings.places.last() if project == "-" else Path(project)
    assert path is not None
    telling.window = window = desktop.show(desktop.workspace(path))
    for _ in range(20):
        app.processEvents()
    say("at", seen(window, window._remembering.now()))
    program = Program(window, int(seed))
    code = app.exec()
    del program
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
