"""What the command of the history does."""

from __future__ import annotations

from annotator.ui.frame import Frame
from annotator.ui.history.window import HistoryWindow
from annotator.ui.side_window import beside


class Showing:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def history(self) -> None:
        """The history of the article, beside the window."""
        beside(self._frame, HistoryWindow, HistoryWindow)
