"""What an import can be given, and asking for it where the last was found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.formats.articles.recognise import SUFFIXES
from annotator.ui.settings import Settings

ARTICLES = f"Articles ({' '.join(f'*{suffix}' for suffix in SUFFIXES)});;All files (*)"
"""What a dialog offers to choose from."""


def local_files(urls: Sequence[QUrl]) -> list[Path]:
    """What was dropped or copied in a file manager, as far as it is on this machine."""
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def asked_files(parent: QWidget, settings: Settings, project: Path) -> list[Path]:
    """Files chosen in the system's dialog; none when nobody wants any."""
    there = settings.import_folder(project)
    names, _ = QFileDialog.getOpenFileNames(parent, "Import articles", there, ARTICLES)
    found = [Path(name) for name in names]
    for file in found[:1]:
        settings.keep_import_folder(project, file.parent)
    return found


def asked_folder(parent: QWidget, settings: Settings, project: Path) -> list[Path]:
    """A folder chosen in the system's dialog; none when nobody wants one."""
    there = settings.import_folder(project)
    name = QFileDialog.getExistingDirectory(parent, "Import a folder", there)
    if not name:
        return []
    settings.keep_import_folder(project, Path(name))
    return [Path(name)]
