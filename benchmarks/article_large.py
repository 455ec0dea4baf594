"""What the article view needs on large articles: memory, ten megabytes, and beside a highlighter.

Run with ``QT_QPA_PLATFORM=offscreen python -m benchmarks.article_large``; it takes a minute or
two, most of it the QSyntaxHighlighter's. Times are CPU milliseconds; memory is the resident set
of a process of its own, the text and the marks themselves included in both.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit

from annotator.ui.article.geometry.drawn import Drawn
from benchmarks.article_view import article, close, marks, open_bare, open_view, seen, settle, timed

MEGABYTE = 1 << 20


class Highlighter(QSyntaxHighlighter):
    """The usual way: a background for each mark, set paragraph by paragraph."""

    def __init__(self, document: QTextDocument, text: str, given: list[Drawn]) -> None:
        super().__init__(document)
        self._look = QTextCharFormat()
        self._look.setBackground(QColor("#FFE0A0"))
        self._by_paragraph: dict[int, list[tuple[int, int]]] = defaultdict(list)
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        number = 0
        for start, end in sorted(piece for mark in given for piece in mark.fragments):
            while starts[number + 1] <= start:
                number += 1
            self._by_paragraph[number].append((start - starts[number], end - start))

    def highlightBlock(self, _text: str) -> None:  # noqa: N802
        for start, length in self._by_paragraph.get(self.currentBlock().blockNumber(), ()):
            self.setFormat(start, length, self._look)


def highlighted(length: int, count: int) -> float:
    """A QTextEdit that shows the text with its marks, opened."""
    text, given = article(length), marks(length, count)
    widget = QTextEdit()
    seen(widget)
    made: list[Highlighter] = []

    def work() -> None:
        made.append(Highlighter(widget.document(), text, given))
        widget.setPlainText(text)
        made[0].rehighlight()
        widget.viewport().repaint()

    return timed(work)


def ten_megabytes() -> None:
    length = 10_000_000
    text = article(length)
    given = marks(length, 10_000)
    bare = open_bare(text)
    ours, view = open_view(text, given)
    longest, slices = 0.0, 0
    begin = time.process_time()
    while view.working:
        longest, slices = max(longest, timed(QApplication.processEvents)), slices + 1
    print(f"10 MB with 10,000 marks: bare {bare:.0f} ms, article view {ours:.0f} ms to first paint")
    spent = time.process_time() - begin
    print(f"  then {spent:.1f} s of idle work in {slices} slices, longest {longest:.1f} ms")
    for share in (0.5, 1.0):
        bar = view.verticalScrollBar()
        jump = timed(partial(_jump, view, round(bar.maximum() * share)))
        print(f"  jump to {share:.0%}: {jump:.1f} ms")
    close(view)
    for what, work in (("Ctrl+End", _to_the_end), ("a jump to 100%", _to_the_last_line)):
        _, view = open_view(text, given)
        print(f"  {what} at once after opening: {timed(partial(work, view)):.0f} ms")
        close(view)


def _to_the_end(view: QTextEdit) -> None:
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    view.viewport().repaint()


def _to_the_last_line(view: QTextEdit) -> None:
    _jump(view, view.verticalScrollBar().maximum())


def closed(spent: float, view: QTextEdit) -> float:
    close(view)
    return spent


def _jump(view: QTextEdit, value: int) -> None:
    view.verticalScrollBar().setValue(value)
    view.viewport().repaint()


def resident() -> int:
    """Bytes of memory this process has now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def hold(what: str, length: int, count: int) -> None:
    """Show an article in one kind of widget and say how much memory that took."""
    text, given = article(length), marks(length, count)
    before = resident()
    if what == "view":
        _, widget = open_view(text, given)
        settle()
        while widget.working:
            QApplication.processEvents()
    else:
        bare = QPlainTextEdit()
        seen(bare)
        bare.setPlainText(text)
        settle()
    print(resident() - before)


def memory(length: int, count: int) -> None:
    taken = {}
    for what in ("bare", "view"):
        command = [sys.executable, "-m", "benchmarks.article_large", what, str(length), str(count)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        taken[what] = int(said) / MEGABYTE
    print(
        f"memory for {length:,} characters, {count:,} marks: bare {taken['bare']:.0f} MB, "
        f"article view {taken['view']:.0f} MB, {taken['view'] - taken['bare']:.0f} MB more"
    )


def main() -> None:
    application = QApplication(sys.argv)
    open_bare("warm up")
    close(open_view("warm up\n" * 50, [])[1])
    if len(sys.argv) == 4:
        hold(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
        return
    memory(1_000_000, 10_000)
    memory(1_000_000, 100_000)
    ten_megabytes()
    text, given = article(1_000_000), marks(1_000_000, 10_000)
    ours = min(closed(*open_view(text, given)) for _ in range(5))
    peer = highlighted(1_000_000, 10_000)
    print(f"QSyntaxHighlighter on QTextEdit, 1,000,000 characters, 10,000 marks: {peer:.0f} ms")
    print(f"  article view {ours:.1f} ms, 1/{peer / ours:.0f}")
    application.quit()


if __name__ == "__main__":
    main()
