"""The one application object, and whether there is a display for it."""

from __future__ import annotations

import os
import sys

from PySide6.QtWidgets import QApplication

from annotator.ui.look.icons import app_icon


def has_display() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("darwin", "win32") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def application() -> QApplication:
    """The one application object, with our name and icon."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Annotator")
    app.setApplicationDisplayName("Annotator")
    app.setDesktopFileName("annotator")
    app.setWindowIcon(app_icon())
    return app
