"""Files to be imported, and waiting for the window that does it."""

from __future__ import annotations

import csv
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.core.model import Article
from annotator.ui.intake.window import Intake
from tests.ui.conftest import Hands
from tests.workshop import SEED_000


def articles(hands: Hands) -> list[Article]:
    return hands.window.desk.workspace.articles()


def titled(hands: Hands, title: str) -> Article:
    return next(article for article in articles(hands) if article.title == title)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def story(number: int) -> str:
    """A text that shares no run of words with the others, so that nothing is compared for long."""
    words = " ".join(f"{word}{number}" for word in ("nobody", "waited", "for", "the", "ferry"))
    return f"Story number {number}\n\n{words.capitalize()}.\n"


def table(path: Path, count: int, *names: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(names or ("headline", "source", "date", "body"))
        for number in range(count):
            rows.writerow((f"Title {number}", "The Courier", "2025-09-03", story(number)))
    return path


def near_copy(path: Path) -> Path:
    text = (paths.seeds() / SEED_000).read_text(encoding="utf-8")
    return write(path, f"{text}\nOne more line, which the agency had not sent.\n")


def ready(hands: Hands, shown: Intake) -> None:
    work = shown.work
    hands.qtbot.waitUntil(
        lambda: not (work.reader.is_busy or work.is_comparing or work.still_to_look), timeout=20_000
    )


def over(hands: Hands, shown: Intake) -> str:
    """Wait for the end of the import; returns the report."""
    hands.qtbot.waitUntil(shown.outcome.isVisible)
    return shown.outcome.text.toPlainText()


def opened(hands: Hands) -> Intake:
    """The import window that a key or a drop opened."""
    hands.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), Intake))
    shown = QApplication.activeWindow()
    assert isinstance(shown, Intake)
    ready(hands, shown)
    return shown


def closed(hands: Hands) -> None:
    hands.qtbot.waitUntil(lambda: hands.window.findChild(Intake) is None)
