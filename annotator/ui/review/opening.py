"""The commands of the main window that lead to the review, the procedure and merging."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from annotator.core.errors import NotAllowed
from annotator.core.review.permissions import refusal
from annotator.ui.commands import Command
from annotator.ui.frame import Frame
from annotator.ui.review.assigning import AssignWindow
from annotator.ui.review.merging import merge_file
from annotator.ui.review.procedure import ProcedureWindow
from annotator.ui.review.readback import ReadBackWindow
from annotator.ui.review.switching import switch_analyst
from annotator.ui.side_window import beside
from annotator.workspace import Workspace


class Reviewing:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(
        self,
        frame: Frame,
        commands: Callable[[], Sequence[Command]],
        show: Callable[[Workspace], object] | None,
    ) -> None:
        self._frame = frame
        self._commands = commands
        self._show = show

    def review_article(self) -> None:
        """Compare the layers of the article, and decide."""
        # scipy, which aligns statements, takes half a second to import; nothing else needs it.
        from annotator.ui.review.window import ReviewWindow  # noqa: PLC0415

        self._expect_reviewer("judge")
        beside(self._frame, partial(ReviewWindow, commands=self._commands()), ReviewWindow)

    def what_changed(self) -> None:
        """What became of the analyst's own statements."""
        beside(self._frame, ReadBackWindow, ReadBackWindow)

    def procedure(self) -> None:
        beside(self._frame, ProcedureWindow, ProcedureWindow)

    def assign(self) -> None:
        self._expect_reviewer("assign")
        beside(self._frame, AssignWindow, AssignWindow)

    def merge_file(self) -> None:
        merge_file(self._frame)

    def switch_analyst(self) -> None:
        switch_analyst(self._frame, self._show)

    def _expect_reviewer(self, deed: str) -> None:
        workspace = self._frame.desk.workspace
        if deed == "judge" and not workspace.may("judge"):
            raise NotAllowed(f"{refusal('judge')} Somebody who is one can make you one.")
        if deed == "assign" and not workspace.may("assign"):
            raise NotAllowed(refusal("assign"))
