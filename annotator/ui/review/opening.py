"""The commands of the main window that lead to the review, the procedure and merging."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import NotAllowed
from annotator.core.model import GOLD, Id
from annotator.core.review.permissions import refusal
from annotator.ui.commands import Command
from annotator.ui.frame import Frame
from annotator.ui.side_window import beside
from annotator.ui.team.assigning import AssignWindow
from annotator.ui.team.merging import merge_file
from annotator.ui.team.procedure import ProcedureWindow
from annotator.ui.team.switching import switch_analyst
from annotator.workspace import Workspace

if TYPE_CHECKING:
    from annotator.ui.review.window import ReviewWindow


class Reviewing(QObject):
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    agreement_wanted = Signal(object)
    """The id of an article, or None."""

    def __init__(
        self,
        frame: Frame,
        commands: Callable[[], Sequence[Command]],
        show: Callable[[Workspace], object] | None,
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._commands = commands
        self._show = show

    def review_article(self) -> None:
        """Compare the layers of the article, and decide."""
        self._expect_reviewer("judge")
        self._shown()

    def to_case(self, article: Id, layers: Sequence[Id], things: Collection[Id]) -> bool:
        """Review an article at the case of these marks and statements, which these layers have.

        False where that is not to be: who looks does not decide, or there is no such case.
        """
        workspace = self._frame.desk.workspace
        if not workspace.may("judge") or not workspace.sees(article, GOLD):
            return False
        if self._frame.desk.page is None or self._frame.desk.page.article.id != article:
            self._frame.desk.open(article)
        window = self._shown()
        return window.go_to(layers, things)

    def _shown(self) -> ReviewWindow:
        # scipy, which aligns statements, takes half a second to import; nothing else needs it.
        from annotator.ui.review.window import ReviewWindow  # noqa: PLC0415

        def made(frame: Frame) -> ReviewWindow:
            window = ReviewWindow(frame, self._commands())
            window.agreement_wanted.connect(self.agreement_wanted)
            return window

        return beside(self._frame, made, ReviewWindow)

    def what_changed(self) -> None:
        """What became of the analyst's own statements."""
        # difflib, which shows how words differ, is not needed to start.
        from annotator.ui.review.readback import ReadBackWindow  # noqa: PLC0415

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
