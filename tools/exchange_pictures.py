"""Pictures of exporting, and of what labels mean on import: ``python -m tools.exchange_pictures``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.core.codebook import Start
from annotator.ui.export.window import ExportWindow, open_export
from annotator.ui.intake.window import Intake, open_intake
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tools.agreement_pictures import fill
from tools.stage import stage

_SETTLE_MS = 150
_TEXT = (
    "Ministers put off the vote\n\n“The budget is not ready,” Marta Vogel said. Her party disagrees:"
    " “We have waited for long enough,” its speaker told reporters.\n"
)
_QUOTED = (
    ("Source", "Marta Vogel"),
    ("Content", "“The budget is not ready,”"),
    ("Cue", "said"),
    ("Source", "its speaker"),
    ("Content", "“We have waited for long enough,”"),
    ("Rumour", "put off the vote"),
)


def main() -> int:
    """Write every picture; prints their paths."""
    with stage(FOLDER) as start:
        for theme in ("light", "dark"):
            _draw(start, theme)
    return 0


def _draw(start: Start, theme: str) -> None:
    ending = "" if theme == "light" else "-dark"
    settings = Settings()
    settings.theme = theme
    Path("exports").mkdir(exist_ok=True)
    settings.export_format = ""
    project = Path(f"summit{ending}.annotator")
    settings.keep_export_folder(project, Path("exports"))
    fill(project, start)
    window = Desktop("Ben", start, settings).show(Workspace.open(project, "Ben"))
    _export(window, ending)
    _labels(window, ending)
    window.close()


def _export(window: Window, ending: str) -> None:
    shown = open_export(window, "summit", None)
    shown.choices.go_to(Path("exports/summit.json"))
    _shoot(shown, f"export{ending}")
    shown.formats.choose("doccano")
    QTest.keyClick(shown.formats, Qt.Key.Key_Return)
    _wait(lambda: shown.work.state == "asking")
    _shoot(shown, f"export-losses{ending}")
    shown.resize(560, 440)
    _shoot(shown, f"export-narrow{ending}")
    shown.resize(*ExportWindow.usual_size)
    shown.close()


def _labels(window: Window, ending: str) -> None:
    corpus = Path("corpus")
    corpus.mkdir(exist_ok=True)
    (corpus / "vote.txt").write_text(_TEXT, encoding="utf-8")
    lines = (
        f"T{n}\t{label} {_TEXT.index(words)} {_TEXT.index(words) + len(words)}\t{words}\n"
        for n, (label, words) in enumerate(_QUOTED, 1)
    )
    (corpus / "vote.ann").write_text("".join(lines), encoding="utf-8")
    intake = open_intake(window)
    intake.add([corpus])
    labels = intake.details.labels
    _wait(labels.isVisible)
    _shoot(intake, f"intake-labels{ending}")
    labels.presets.setCurrentText("polnear")
    labels.presets.activated.emit(labels.presets.currentIndex())
    labels.go_to_unknown()
    _shoot(intake, f"intake-labels-polnear{ending}")
    intake.resize(700, 600)
    _shoot(intake, f"intake-labels-narrow{ending}")
    intake.resize(*Intake.usual_size)
    intake.close()


def _wait(until: Callable[[], bool]) -> None:
    while not until():
        QTest.qWait(20)


def _shoot(widget: QWidget, name: str) -> None:
    QTest.qWait(_SETTLE_MS)
    path = FOLDER / f"{name}.png"
    widget.grab().save(str(path))
    print(path)


if __name__ == "__main__":
    sys.exit(main())
