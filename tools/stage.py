"""Where pictures are drawn: the codebook that comes along, and a folder of nobody's to work in."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator import paths
from annotator.core.codebook import Start, parse
from annotator.ui.application import application
from annotator.ui.mishaps import log_qt_messages


@contextmanager
def stage(folder: Path) -> Iterator[Start]:
    """The application with its own settings in a temporary folder; pictures go into ``folder``."""
    log_qt_messages()
    application()
    text = (paths.resources() / "codebooks" / "statements.toml").read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    home = Path.cwd()
    with tempfile.TemporaryDirectory() as temporary:
        os.chdir(temporary)
        os.environ["ANNOTATOR_CONFIG"], os.environ["ANNOTATOR_DATA"] = "settings", "data"
        try:
            yield parse(text, "statements.toml")
        finally:
            os.chdir(home)
