"""Pictures of articles on their way in: ``python -m tools.intake_pictures [FOLDER]``."""

from __future__ import annotations

import contextlib
import csv
import os
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.core.codebook import parse
from annotator.formats.articles.text import read_text_file
from annotator.formats.articles.text_in import Failure
from annotator.ui.application import application
from annotator.ui.intake.window import Intake
from annotator.ui.mishaps import log_qt_messages
from annotator.ui.settings import Settings
from annotator.ui.side_window import beside
from annotator.ui.window import Window
from annotator.workspace import Workspace

_SETTLE_MS = 150
_HOME = "/home/ada"
_THINGS = (
    "the harbour grain budget rivers council railway minister union bridge market school border"
    " court forest hospital factory parliament mayor ferry reservoir museum airport"
).split()[1:]
_SENTENCES = (
    "Nobody had asked the {0} whether the {1} would wait for the {2}.",
    "“We have seen the {0},” she said, “and the {1} is no better than the {2}.”",
    "Between the {0} and the {1} lies what the {2} will cost next year.",
    "He called the {0} a gift to the {1}, and the {2} its price.",
    "On Tuesday the {0} stood still because the {1} had closed the {2}.",
)
_TITLES = (
    "Ministers meet in Geneva for talks on grain",
    "Port workers vote on the offer of the harbour",
    "Parliament puts off its vote on the budget",
    "What the rivers tell about the winter to come",
)


def main(folder: Path = FOLDER) -> int:
    """Write every picture into a folder; prints their paths."""
    log_qt_messages()
    application()
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    # Paths are shown, so they are those from here and not those of a temporary folder.
    with tempfile.TemporaryDirectory() as temporary, contextlib.chdir(temporary):
        os.environ["ANNOTATOR_CONFIG"], os.environ["ANNOTATOR_DATA"] = "settings", "data"
        given = Path("articles")
        given.mkdir()
        _write(given)
        for theme in ("light", "dark"):
            settings = Settings()
            settings.theme = theme
            window = _window(Path(f"{theme}.annotator"), settings)
            _draw(window, given, folder, "" if theme == "light" else "-dark")
            window.close()
    return 0


def _draw(window: Window, given: Path, folder: Path, ending: str) -> None:
    def show(name: str, *files: str, then: Callable[[Intake], None], narrow: bool = False) -> None:
        intake = beside(window, Intake, Intake)
        intake.resize(*((700, 600) if narrow else Intake.usual_size))
        intake.add([given / file for file in files])
        _wait(lambda: not intake.work.reader.is_busy and not intake.work.is_comparing)
        _tidy(intake)
        then(intake)
        QTest.qWait(_SETTLE_MS)
        path = folder / f"intake-{name}{ending}.png"
        intake.grab().save(str(path))
        print(path)
        if intake.work.state == "importing":
            intake.stop()
        intake.close()
        QTest.qWait(10)

    mixed = ("syndicated.txt", "plain.txt", "empty.txt", "broken.docx", "again.txt")
    show("table", "wire.csv", then=_unfold)
    show("near-copy", *mixed, then=lambda intake: _current(intake, "near"))
    show("failure", *mixed, then=lambda intake: _current(intake, "failed"))
    show("article", "plain.txt", then=lambda intake: intake.details.text.setFocus())
    show("narrow", *mixed, then=lambda intake: _current(intake, "near"), narrow=True)
    show("table-narrow", "wire.csv", then=_unfold, narrow=True)
    show("under-way", "many.csv", then=_begin)
    show("report", *mixed, then=_to_the_end)


def _tidy(intake: Intake) -> None:
    """As if the files were in somebody's own folder and not in a temporary one."""
    here = str(Path.cwd())
    for find in intake.finds.all:
        find.where = find.where.replace(here, _HOME)
        if isinstance(find.found, Failure):
            find.found = replace(find.found, reason=find.found.reason.replace(here, _HOME))


def _unfold(intake: Intake) -> None:
    QTest.keyClick(intake, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)


def _current(intake: Intake, status: str) -> None:
    intake.list.show_find(next(find for find in intake.finds.all if find.status == status))
    intake.list.setFocus()


def _begin(intake: Intake) -> None:
    QTest.keyClick(intake.list, Qt.Key.Key_Return)
    _wait(lambda: intake.work.brought >= 300)


def _to_the_end(intake: Intake) -> None:
    QTest.keyClick(intake.list, Qt.Key.Key_Return)
    _wait(lambda: intake.work.state == "over")


def _wait(until: Callable[[], bool]) -> None:
    while not until():
        QApplication.processEvents()


def _window(path: Path, settings: Settings) -> Window:
    start_text = (paths.resources() / "codebooks" / "statements.toml").read_text(encoding="utf-8")
    texts = [read_text_file(file) for file in sorted(paths.seeds().glob("*.txt"))]
    workspace = Workspace.create(path, parse(start_text, "statements.toml"), "Ada", texts)
    window = Window(workspace, settings, lambda _path, _new: None)
    window.show()
    return window


def _write(folder: Path) -> None:
    """Articles of every sort: a table, a copy, a plain one, and files that are none."""
    seed = min(paths.seeds().glob("*.txt")).read_text(encoding="utf-8")
    (folder / "again.txt").write_text(seed, encoding="utf-8")
    lines = seed.rstrip().split("\n")
    copy = "\n".join([*lines[:-2], "This report was sent to our editors by the agency.", ""])
    (folder / "syndicated.txt").write_text(copy, encoding="utf-8")
    (folder / "plain.txt").write_text(_article(0) + "\x07\x07", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 this was cut off")
    for name, rows in (("wire.csv", 40), ("many.csv", 1000)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["id", "headline", "source", "byline", "date", "link", "body"])
            for n in range(rows):
                date = f"{n % 28 + 1:02}/09/2025"
                link = f"https://example.org/{n}"
                title = f"{_TITLES[n % 4]} ({n + 1})"
                table.writerow([n, title, "The Courier", "A. Reporter", date, link, _article(n)])


def _article(number: int) -> str:
    title = f"{_TITLES[number % 4]} ({number + 1})"
    draw = random.Random(number)
    said = " ".join(draw.choice(_SENTENCES).format(*draw.sample(_THINGS, 3)) for _ in range(9))
    return (
        f"{title}\n\nGENEVA, Sept. 3, 2025\n\n{said}\n\nWhat comes next\n\n"
        f"“It can be done,” the minister said. {said}\n"
    )


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
