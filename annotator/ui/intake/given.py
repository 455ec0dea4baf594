"""What an import can be given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl

from annotator.formats.articles.recognise import SUFFIXES

ARTICLES = f"Articles ({' '.join(f'*{suffix}' for suffix in SUFFIXES)});;All files (*)"
"""What a dialog offers to choose from."""


def local_files(urls: Sequence[QUrl]) -> list[Path]:
    """What was dropped or copied in a file manager, as far as it is on this machine."""
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
