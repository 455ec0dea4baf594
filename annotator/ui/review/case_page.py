"""The case at hand in the room there is for it, scrolled by keys of the review."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from annotator.ui.review.case_view import CaseView


class CasePage(QScrollArea):
    """The keyboard stays in the list of cases, so this scrolls without having it."""

    def __init__(self, view: CaseView, parent: QWidget) -> None:
        super().__init__(parent)
        self._at_end = False
        self.setWidgetResizable(True)
        self.setWidget(view)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._stay)

    def further(self, way: int) -> None:
        """Down (1) or up (−1) by most of what is seen."""
        bar = self.verticalScrollBar()
        self._at_end = False
        bar.setValue(bar.value() + way * bar.pageStep() * 2 // 3)

    def show_comments(self) -> None:
        """Down to what is said of the case, also where that gets its place in a moment only."""
        self._at_end = True
        self._stay()

    def forget(self) -> None:
        """Another case is at hand."""
        self._at_end = False

    def _stay(self) -> None:
        bar = self.verticalScrollBar()
        if self._at_end:
            bar.setValue(bar.maximum())
