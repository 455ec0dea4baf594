"""The commands that open the windows of the codebook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from annotator.ui.frame import Frame
from annotator.ui.side_window import beside


class Books:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame, open_actors: Callable[[], None] | None = None) -> None:
        self._frame = frame
        self._open_actors = open_actors

    def edit_codebook(self) -> None:
        # The editor and all that changing a codebook rewrites are not needed to start.
        from annotator.ui.book.window import BookWindow  # noqa: PLC0415

        beside(self._frame, partial(BookWindow, open_actors=self._open_actors), BookWindow)

    def guidelines(self) -> None:
        from annotator.ui.book.guidelines import GuidelinesWindow  # noqa: PLC0415

        beside(self._frame, GuidelinesWindow, GuidelinesWindow)
