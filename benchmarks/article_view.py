"""How quick the article view is, beside a bare QPlainTextEdit that shows the same text.

Run with ``QT_QPA_PLATFORM=offscreen python -m benchmarks.article_view``. Opening is timed in
rounds that take turns, each with new widgets, after a garbage collection so that no round pays
for the one before; the rest in the last view opened, with the collector as it comes. All in one
process, in milliseconds of CPU time, so the ratios mean more than the figures.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from annotator.ui.article.fonts import reading_family
from annotator.ui.article.geometry.drawn import Drawn, KindStyle
from annotator.ui.article.layout import LaneLayout
from annotator.ui.article.pointing import marks_under
from annotator.ui.article.view import ArticleView
from annotator.ui.look.theme import load_theme

KINDS = {
    "speaker": KindStyle("S", "kind.1", "solid", 3, True, "Speaker"),
    "claim": KindStyle("C", "kind.2", "solid", 2, False, "Claim"),
    "position": KindStyle("P", "kind.3", "dashed", 2, False, "Position"),
    "cue": KindStyle("Q", "kind.4", "dotted", 2, False, "Cue"),
}
CASES = ((6_000, 100), (6_000, 600), (1_000_000, 100), (1_000_000, 10_000), (1_000_000, 100_000))
SIZE = (1200, 850)
WORDS = (
    "the minister said that a meeting had not been planned while president and others spoke of "
    "“guarantees” in Київ and at home because nobody wanted to be first to refuse 😀 peace talks"
).split()


def article(length: int, seed: int = 7, emoji: bool = True) -> str:
    """Paragraphs of about 185 characters, every thirtieth word an emoji or none."""
    chance, paragraphs, total = random.Random(seed), [], 0
    known = WORDS if emoji else [word for word in WORDS if word != "😀"]
    while total < length:
        words = chance.choices(known, k=chance.randint(10, 50))
        paragraphs.append(" ".join(words))
        total += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs)[:length]


def marks(length: int, count: int, seed: int = 3) -> list[Drawn]:
    """Marks of 4 to 200 characters all over the text, a few of two fragments."""
    chance, made = random.Random(seed), []
    for number in range(count):
        start = chance.randrange(length - 250)
        end = start + chance.choice((4, 8, 12, 20, 30, 60, 120, 200))
        fragments = ((start, end),) if number % 20 else ((start, end), (end + 10, end + 30))
        made.append(Drawn(number, chance.choice(list(KINDS)), fragments, "label"))
    return made


def timed(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def seen(widget: QWidget) -> None:
    widget.resize(*SIZE)
    widget.show()
    QApplication.processEvents()


def close(widget: QWidget) -> None:
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def open_bare(text: str) -> float:
    widget = QPlainTextEdit()
    font = QFont(reading_family())
    font.setPixelSize(17)
    widget.setFont(font)
    seen(widget)

    def work() -> None:
        widget.setPlainText(text)
        widget.viewport().repaint()

    spent = timed(work)
    close(widget)
    return spent


def open_view(text: str, given: list[Drawn]) -> tuple[float, ArticleView]:
    view = ArticleView(load_theme("light"))
    view.set_styles(KINDS)
    seen(view)

    def work() -> None:
        view.show_article(text, [], given)
        view.viewport().repaint()

    return timed(work), view


def poured(view: ArticleView) -> float:
    """What is left to do after the first paint, done while idle: the longest slice."""
    longest = 0.0
    while view.working:
        longest = max(longest, timed(QApplication.processEvents))
    return longest


def settle() -> None:
    """Let the widgets finish what they do while idle."""
    end = time.monotonic() + 2.0
    while time.monotonic() < end:
        QApplication.processEvents()


def key_to_paint(view: ArticleView, length: int) -> list[float]:
    layout, spent = view.document().documentLayout(), []
    assert isinstance(layout, LaneLayout)
    chance = random.Random(1)
    for number in range(40):
        view.verticalScrollBar().setValue(chance.randrange(view.verticalScrollBar().maximum() + 1))
        settle_briefly()
        offset = layout.page.offsets.from_qt(
            view.cursorForPosition(view.viewport().rect().center()).position()
        )
        offset = min(offset, length - 20)
        mark = Drawn(10_000_000 + number, "claim", ((offset, offset + 15),), "new")

        def work(mark: Drawn = mark) -> None:
            view.update_marks([mark])
            QApplication.processEvents()

        spent.append(timed(work))
    return spent


def at_once(text: str, given: list[Drawn], rounds: int) -> list[float]:
    """The first new mark, in views that have not found time to file the others."""
    spent = []
    for _ in range(rounds):
        _, view = open_view(text, given)
        mark = Drawn(10_000_000, "claim", ((500, 515),), "new")

        def work(view: ArticleView = view, mark: Drawn = mark) -> None:
            view.update_marks([mark])
            view.viewport().repaint()

        spent.append(timed(work))
        close(view)
    return spent


def opened(text: str, given: list[Drawn], rounds: int) -> str:
    """How long opening takes, by turns, as a line to print: medians, and the least in brackets."""
    bare, ours = [], []
    for _ in range(rounds):
        bare.append(open_bare(text))
        spent, view = open_view(text, given)
        ours.append(spent)
        close(view)
    low, high = statistics.median(bare), statistics.median(ours)
    least = min(ours) / min(bare)
    return f"bare {low:.1f} ms, article view {high:.1f} ms, ratio {high / low:.2f} ({least:.2f})"


def settle_briefly() -> None:
    for _ in range(60):
        QApplication.processEvents()


def scrolled(view: ArticleView, values: list[int]) -> list[float]:
    """As a wheel does it: Qt moves what is on the screen and has the rest painted."""
    bar, spent = view.verticalScrollBar(), []
    for value in values:

        def work(value: int = value) -> None:
            bar.setValue(value)
            QApplication.sendPostedEvents()

        spent.append(timed(work))
        settle_briefly()
    return spent


def hits(view: ArticleView) -> list[float]:
    layout, chance = view.document().documentLayout(), random.Random(2)
    assert isinstance(layout, LaneLayout)
    top = view.verticalScrollBar().value()
    points = [QPointF(chance.randrange(1200), top + chance.randrange(850)) for _ in range(200)]
    return [timed(partial(marks_under, layout, point)) for point in points]


def say(what: str, spent: list[float]) -> None:
    spent = sorted(spent)
    p95 = spent[int(len(spent) * 0.95) - 1]
    print(f"  {what:<34} median {statistics.median(spent):7.2f}   p95 {p95:7.2f} ms")


def case(length: int, count: int, rounds: int) -> None:
    text, given = article(length), marks(length, count)
    slices: list[float] = []
    print(f"{length:,} characters, {count:,} marks")
    print(f"  open: {opened(text, given, rounds)}")
    print(f"  open, no emoji: {opened(article(length, emoji=False), given, rounds)}")
    say("new mark just after opening", at_once(text, given, rounds))
    _, view = open_view(text, given)
    whole = timed(lambda: slices.append(poured(view)))
    print(f"  the rest, while idle: {whole:.0f} ms, longest slice {slices[0]:.1f} ms")
    settle()
    bar, chance = view.verticalScrollBar(), random.Random(4)
    say("new mark to repaint", key_to_paint(view, length))
    start = bar.maximum() // 2
    bar.setValue(start)
    settle_briefly()
    steps = range(start + 60, min(start + 61 * 60, bar.maximum()), 60)
    say("wheel step of 60 px", scrolled(view, list(steps)))
    say("jump anywhere", scrolled(view, [chance.randrange(bar.maximum() + 1) for _ in range(60)]))
    say("marks under a point", hits(view))
    dark, light = load_theme("dark"), load_theme("light")
    themes = [dark, light] * 5

    def recolour(number: int) -> None:
        view.set_theme(themes[number])
        view.viewport().repaint()

    say("another theme", [timed(partial(recolour, number)) for number in range(10)])
    say("full repaint", [timed(view.viewport().repaint) for _ in range(20)])
    close(view)


def main() -> None:
    application = QApplication(sys.argv)
    open_bare("warm up")
    close(open_view("warm up\n" * 50, [])[1])
    for length, count in CASES:
        case(length, count, rounds=9)
    application.quit()


if __name__ == "__main__":
    main()
