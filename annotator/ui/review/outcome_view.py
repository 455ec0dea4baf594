"""One outcome of the review, field by field, with what was said about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.core.codebook import Codebook
from annotator.core.model import Id
from annotator.core.review.readback import Correction, Outcome
from annotator.core.review.records import REASONS, Comment
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.review.comments import comment_frame

_LOOKS = {
    "accepted": "success",
    "corrected": "warning",
    "rejected": "danger",
    "not judged": "muted",
    "found": "success",
    "added": "success",
}
_WHAT = {"boundary": "boundary", "missing": "added", "extra": "taken out", "kind": "kind"}


Named = Callable[[Id], str]
"""What an analyst may be called here."""


class OutcomeView(QWidget):
    """What was decided and why; what the analyst had beside what was decided."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._decision = plain_label(self)
        self._decision.setContentsMargins(8, 3, 8, 3)
        self._holder = QWidget(self)
        self._said: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 6, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._decision)
        self._column.addWidget(self._holder)
        self._comments = QVBoxLayout()
        self._column.addLayout(self._comments)
        self._column.addStretch(1)

    def show_outcome(self, outcome: Outcome | None, book: Codebook, who: Named) -> None:
        """Show one, or nothing; ``who`` names analysts."""
        self.setVisible(outcome is not None)
        if outcome is None:
            return
        since = "\nYou have changed it since." if outcome.changed_since else ""
        self._decision.setText(said_of(outcome, who) + since)
        set_look(self._decision, _LOOKS[outcome.fate])
        holder = _table(outcome.corrections, book, self)
        self._column.replaceWidget(self._holder, holder)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = holder

    def show_comments(
        self, comments: Sequence[tuple[Comment, str]], edited: Collection[Id]
    ) -> None:
        for widget in self._said:
            self._comments.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._said = [comment_frame(c, who, c.id in edited, self) for c, who in comments]
        for widget in self._said:
            self._comments.addWidget(widget)


def told(outcome: Outcome, book: Codebook, who: Named) -> str:
    """An outcome in one line: what was corrected, or why it was rejected."""
    if outcome.fate == "corrected":
        return f"Corrected: {', '.join(named(one, book) for one in outcome.corrections)}"
    return said_of(outcome, who)


def said_of(outcome: Outcome, who: Named) -> str:
    """What became of it, why, and what was noted."""
    verdict = outcome.verdict
    if verdict is None:
        return outcome.words
    why = ", ".join(filter(None, (REASONS.get(verdict.reason, verdict.reason), verdict.note)))
    gap = " · the guidelines do not say what is right here" if verdict.gap else ""
    fate = outcome.fate.capitalize()
    if outcome.fate == "added":
        fate = "Added by the reviewer"
    elif outcome.fate == "found":
        fate = f"Found by {_and(list(map(who, outcome.finders)))}"
    return f"{fate}{f': {why}' if why else ''}{gap}"


def _and(names: list[str]) -> str:
    """Names as a sentence has them; the same name once."""
    apart = list(dict.fromkeys(names))
    return " and ".join(filter(None, (", ".join(apart[:-1]), apart[-1])))


def _table(corrections: Sequence[Correction], book: Codebook, parent: QWidget) -> QWidget:
    """What, yours, decided."""
    holder = QWidget(parent)
    grid = QGridLayout(holder)
    grid.setContentsMargins(2, 2, 2, 2)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    if corrections:
        for column, heading in enumerate(("", "Yours", "Decided")):
            _cell(grid, 0, column, heading, "muted", holder)
    for row, one in enumerate(corrections, 1):
        _cell(grid, row, 0, named(one, book), "title", holder)
        _cell(grid, row, 1, _said(one.what, one.mine), None, holder)
        _cell(grid, row, 2, _said(one.what, one.gold), None, holder)
    return holder


def named(one: Correction, book: Codebook) -> str:
    """What was corrected, in two words."""
    role = book.roles[one.role].name if one.role in book.roles else ""
    if one.what == "field":
        return book.fields[one.field].name if one.field in book.fields else one.field
    return f"{role}: {_WHAT[one.what]}" if role else _WHAT[one.what].capitalize()


def _said(what: str, words: str) -> str:
    if what in ("boundary", "missing", "extra"):
        return f"“{' '.join(words.split())}”" if words else "—"
    return words or "unset"


def _cell(
    grid: QGridLayout, row: int, column: int, words: str, look: str | None, parent: QWidget
) -> None:
    label = plain_label(parent, look, words, wraps=column > 0)
    grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
