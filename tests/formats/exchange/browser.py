"""A page in a browser, worked with by keys: ``python -m tests.formats.exchange.browser PAGE``.

Prints what came of each step as JSON. A process of its own, since a browser has to be there before
the application of a test is.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

KEYS = {"enter": "Key_Return", "escape": "Key_Escape", "tab": "Key_Tab", "space": "Key_Space"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--width", type=int, default=1200)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--steps", required=True, help="JSON: keys, text, or what to evaluate")
    options = parser.parse_args(arguments)
    flags = ["--no-sandbox", "--disable-gpu"]
    flags += ["--blink-settings=preferredColorScheme=0"] if options.dark else []
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join(flags)
    browser = _Browser(options.page, options.width)
    said = [browser.step(step) for step in json.loads(options.steps)]
    if options.picture:
        browser.settle()
        browser.view.grab().save(str(options.picture))
    sys.stdout.write(json.dumps({"said": said, "console": browser.console}) + "\n")
    return 0


class _Page(QWebEnginePage):
    """Remembers what is written to the console."""

    def __init__(self, view: QWebEngineView) -> None:
        super().__init__(view)
        self.console: list[str] = []

    def javaScriptConsoleMessage(self, *told: Any) -> None:
        self.console.append(str(told[1]))


class _Browser:
    """One page, and what it wrote to its console."""

    def __init__(self, page: Path, width: int) -> None:
        self._app = QApplication([])
        self.view = QWebEngineView()
        self._page = _Page(self.view)
        self.console = self._page.console
        self.view.setPage(self._page)
        self.view.resize(width, 800)
        loop = QEventLoop()
        self.view.loadFinished.connect(loop.quit)
        self.view.load(QUrl.fromLocalFile(str(page.resolve())))
        self.view.show()
        loop.exec()
        self.view.setFocus()
        self.settle()

    def step(self, step: dict[str, str]) -> Any:
        aim = self.view.focusProxy() or self.view
        if "key" in step:
            shift = Qt.KeyboardModifier.ShiftModifier
            none = Qt.KeyboardModifier.NoModifier
            key = getattr(Qt.Key, KEYS[step["key"]])
            QTest.keyClick(aim, key, shift if step.get("shift") else none)
        elif "type" in step:
            QTest.keyClicks(aim, step["type"])
        self.settle()
        return self.evaluate(step["say"]) if "say" in step else None

    def evaluate(self, code: str) -> Any:
        found: list[Any] = []
        loop = QEventLoop()

        def got(value: Any) -> None:
            found.append(value)
            loop.quit()

        self.view.page().runJavaScript(code, 0, got)
        loop.exec()
        return found[0]

    def settle(self) -> None:
        """Until the page has had time for what it does after a pause in typing, and has painted."""

        loop = QEventLoop()
        QTimer.singleShot(300, loop.quit)
        loop.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
