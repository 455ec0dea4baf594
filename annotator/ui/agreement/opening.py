"""The command that opens the window of agreement."""

from __future__ import annotations

from annotator.ui.frame import Frame
from annotator.ui.side_window import beside


class Agreements:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def agreement(self) -> None:
        """How far analysts agree, and where they do not."""
        # numpy and scipy take half a second to import, and most days nobody needs them.
        from annotator.ui.agreement.window import AgreementWindow  # noqa: PLC0415

        beside(self._frame, AgreementWindow, AgreementWindow)
