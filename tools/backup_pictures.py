"""The pictures of the window of backups: ``python -m tools.backup_pictures [FOLDER]``."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest

from annotator import paths
from annotator.core.articles import new_article
from annotator.core.codebook import parse
from annotator.core.model import Block
from annotator.store.keeping.backup import back_up
from annotator.ui.application import application
from annotator.ui.backups.window import BackupsWindow
from annotator.ui.mishaps import log_qt_messages
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.workspace import Workspace

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
_SETTLE_MS = 150
_AGO = (timedelta(days=9), timedelta(days=2), timedelta(days=1), timedelta(hours=2))
_NOW = datetime(2025, 8, 27, 15, 4, tzinfo=UTC)
_NARROW = 420


def main() -> int:
    """Draw it empty, filled and while it asks, in both themes; prints the paths."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    log_qt_messages()
    application()
    for theme in ("light", "dark"):
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["ANNOTATOR_CONFIG"] = os.environ["ANNOTATOR_DATA"] = scratch
            _draw(Path(scratch), theme, folder)
    return 0


def _draw(scratch: Path, theme: str, folder: Path) -> None:
    settings = Settings()
    settings.theme = theme
    end = "" if theme == "light" else "-dark"
    text = (paths.resources() / "codebooks" / "statements.toml").read_text(encoding="utf-8")
    start = parse(text, "statements.toml")
    workspace = Workspace.create(scratch / "summit.annotator", start, "Ada")
    window = Desktop("Ada", start, settings).show(workspace)
    window.actions_by_id["project.backups"].trigger()
    shown = window.findChild(BackupsWindow)
    assert isinstance(shown, BackupsWindow)
    _save(shown, folder / f"backups-empty{end}.png")
    for n, ago in enumerate(_AGO):
        for m in range(3 + n):
            _add(workspace, f"Part {n} of {m}.\n" * 900)
        back_up(workspace.path, _NOW - ago)
    _add(workspace, "The end.\n")
    shown.reload()
    _save(shown, folder / f"backups{end}.png")
    shown.table.setCurrentCell(1, 0)
    shown.ask_or_restore()
    _save(shown, folder / f"backups-asking{end}.png")
    if theme == "light":
        shown.resize(_NARROW, shown.height())
        _save(shown, folder / "backups-narrow.png")
    window.close()


def _add(workspace: Workspace, text: str) -> None:
    edit, _ = new_article(text, title=text[:10], blocks=(Block(0, len(text), "body"),))
    workspace.do(edit)


def _save(shown: BackupsWindow, path: Path) -> None:
    QTest.qWait(_SETTLE_MS)
    # The folder that it names is another each time.
    shown.told.setText(shown.told.text().replace(str(shown.desk.workspace.path.parent), "~"))
    shown.grab().save(str(path))
    print(path)


if __name__ == "__main__":
    sys.exit(main())
