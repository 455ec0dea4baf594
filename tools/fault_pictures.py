"""The pictures of what is said when something goes wrong: ``python -m tools.fault_pictures``."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from annotator.core.codebook import Start
from annotator.core.errors import Damaged
from annotator.formats.articles.text import read_text_file
from annotator.paths import seeds
from annotator.store.file import astray, drive
from annotator.store.keeping.backup import back_up
from annotator.ui.backups.refused import Refused
from annotator.ui.backups.repairing import RepairDialog
from annotator.ui.mishaps import Mishaps
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.waiting import TOLD
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tools.stage import stage

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
_SETTLE_MS = 200
_CLAIM = "warned against a meeting"
_NARROW, _USUAL = (900, 640), (1280, 760)
_NOW = datetime(2025, 8, 27, 15, 4, tzinfo=UTC)
_PAGE = 4096


def main() -> int:
    """Draw each in both themes; prints the paths."""
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else FOLDER
    with stage(folder) as start:
        for theme in ("light", "dark"):
            end = "" if theme == "light" else "-dark"
            with _window(start, theme) as window:
                _in_the_window(window, folder, end)
            _dialogs(folder, end)
    return 0


@contextmanager
def _window(start: Start, theme: str) -> Iterator[Window]:
    settings = Settings()
    settings.theme = theme
    path = Path("summit.annotator")
    texts = [read_text_file(file) for file in sorted(seeds().glob("*.txt"))]
    workspace = Workspace.create(path, start, "Ada", texts)
    window = Desktop("Ada", start, settings).show(workspace)
    window.resize(*_USUAL)
    yield window
    window.close()
    path.rename("summit-before.annotator")


def _in_the_window(window: Window, folder: Path, end: str) -> None:
    """The status bar's sentences, made true one after the other."""
    view, connection = window.pane.view, window.desk.workspace._file.connection
    window.activateWindow()
    window.to_text()
    QTest.qWait(_SETTLE_MS)
    page = window.desk.page
    assert page is not None
    at = page.text.index(_CLAIM)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    for _ in range(60):
        if not window.is_saved:
            break
        view.select(at, at + len(_CLAIM))
        QTest.keyClick(view, Qt.Key.Key_C)
    _save(window, folder / f"fault-disk-full{end}.png")
    window.resize(*_NARROW)
    _save(window, folder / f"fault-disk-full-narrow{end}.png")
    window.resize(*_USUAL)
    connection.execute("PRAGMA max_page_count = 1000000")
    QTest.keyClick(view, Qt.Key.Key_C)
    mounts = drive._mounts
    drive._mounts = lambda: {Path("/"): "nfs4"}
    window.say(drive.warning_of(window.desk.workspace.path), "warning")
    _save(window, folder / f"fault-network{end}.png")
    drive._mounts = mounts
    window.say(TOLD, "warning")
    window.show_saving(False)
    _save(window, folder / f"fault-waiting{end}.png")
    window.show_saving(True)
    path = window.desk.workspace.path
    window.hold(astray.sentence(path, astray.OVER))
    _save(window, folder / f"fault-written-over{end}.png")
    window.hold("")
    path.rename("elsewhere.annotator")
    window.desk.look_around()
    _save(window, folder / f"fault-moved{end}.png")
    Path("elsewhere.annotator").rename(path)
    window.desk.look_around()


def _dialogs(folder: Path, end: str) -> None:
    mishaps = Mishaps(Path("annotator.log"))
    try:
        _ = 1 // 0
    except ZeroDivisionError as error:
        stderr, sys.stderr = sys.stderr, None
        mishaps.tell(error, error.__traceback__)
        sys.stderr = stderr
    QTest.qWait(_SETTLE_MS)
    assert mishaps.box is not None
    _save(mishaps.box, folder / f"fault-mishap{end}.png")
    # The folder of the program is another everywhere.
    mishaps.box.setDetailedText(mishaps.box.detailedText().replace(f"{FOLDER.parents[1]}/", ""))
    for button in mishaps.box.findChildren(QPushButton):
        if button.text().startswith("Show Details"):
            button.click()
    _save(mishaps.box, folder / f"fault-mishap-details{end}.png")
    mishaps.box.close()
    path = _damaged()
    box = Refused(path, Damaged(f"{path} is damaged (malformed) and was left as it is."))
    box.show()
    _save(box, folder / f"fault-damaged{end}.png")
    box.close()
    for backups, what in ((True, "repaired"), (False, "repaired-in-part")):
        if not backups:
            shutil.rmtree("damaged backups")
        dialog = RepairDialog(path, Path(f"{what}.annotator"))
        dialog.show()
        if backups:
            _save(dialog, folder / f"fault-repairing{end}.png", wait=False)
        while not dialog.buttons.isEnabled():
            QTest.qWait(20)
        _save(dialog, folder / f"fault-{what}{end}.png")
        dialog.close()
        Path(f"{what}.annotator").unlink()
    path.unlink()


def _damaged() -> Path:
    """A project with a backup and some pages destroyed."""
    path = Path("damaged.annotator")
    shutil.copyfile("summit-before.annotator", path)
    back_up(path, _NOW)
    data = bytearray(path.read_bytes())
    for number in range(16, len(data) // _PAGE, 8):
        data[number * _PAGE : (number + 1) * _PAGE] = b"\xff" * _PAGE
    path.write_bytes(data)
    return path


def _save(shown: QWidget, path: Path, *, wait: bool = True) -> None:
    if wait:
        QTest.qWait(_SETTLE_MS)
    else:
        QApplication.processEvents()
    shown.grab().save(str(path))
    print(path)


if __name__ == "__main__":
    sys.exit(main())
