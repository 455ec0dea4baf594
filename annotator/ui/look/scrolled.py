"""A page that scrolls down where there is not room for all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from annotator.ui.guard import guarded


class Scrolled(QScrollArea):
    """Shows a page; what the keyboard is on is always seen, however it came there."""

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    @guarded(default=QSize())
    def sizeHint(self) -> QSize:
        """Of the page as it is now; Qt's own stays what it was at first."""
        page = self.widget()
        return super().sizeHint() if page is None else page.sizeHint()

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        page = self.widget()
        if now is not None and page is not None and page.isAncestorOf(now):
            self.ensureWidgetVisible(now)
