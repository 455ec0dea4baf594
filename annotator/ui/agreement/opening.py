"""The commands that open the window of agreement, and the ways between it and the review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.model import Id
from annotator.ui.frame import Frame
from annotator.ui.review.opening import Reviewing
from annotator.ui.side_window import beside

if TYPE_CHECKING:
    from annotator.ui.agreement.window import AgreementWindow


class Agreements:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame, reviewing: Reviewing) -> None:
        self._frame = frame
        self._reviewing = reviewing
        reviewing.agreement_wanted.connect(self._at)

    def agreement(self) -> None:
        """How far analysts agree, and where they do not."""
        self._shown()

    def agreement_here(self) -> None:
        """The same, at the article on the desk."""
        page = self._frame.desk.page
        self._at(page.article.id if page else None)

    def _at(self, article: Id | None) -> None:
        window = self._shown()
        if article is not None:
            window.show_article(article)

    def _shown(self) -> AgreementWindow:
        # numpy and scipy take half a second to import, and most days nobody needs them.
        from annotator.ui.agreement.window import AgreementWindow  # noqa: PLC0415

        def made(frame: Frame) -> AgreementWindow:
            window = AgreementWindow(frame)
            window.to_case = self._reviewing.to_case
            return window

        return beside(self._frame, made, AgreementWindow)
