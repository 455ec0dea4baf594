"""A comment as it stands among others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from annotator.core.model import Id
from annotator.core.review.records import Comment
from annotator.ui.look.style import set_look


def addressed(
    comments: Sequence[Comment], badges: Mapping[Id, str], name: Callable[[Id], str]
) -> list[tuple[Comment, str]]:
    """Each comment with who says it to whom; what was said to several layers at once stands once."""
    told: list[tuple[Comment, list[str]]] = []
    for comment in comments:
        to = [badges[comment.layer]] if comment.layer in badges else []
        before = told[-1] if told else None
        if before is not None and _said_together(before[0], comment):
            before[1].extend(to)
        else:
            told.append((comment, to))
    return [(c, name(c.made_by) + (f" to {' and '.join(to)}" if to else "")) for c, to in told]


def _said_together(one: Comment, other: Comment) -> bool:
    """Whether two comments are one that went to two layers, and are still alike."""
    if one.answer_to is not None or other.answer_to is not None or one.layer == other.layer:
        return False
    said = ((c.made_by, c.made_at, c.text, c.resolved) for c in (one, other))
    return next(said) == next(said)


def comment_frame(comment: Comment, who: str, parent: QWidget) -> QWidget:
    """A comment as it stands among others."""
    frame = QFrame(parent)
    set_look(frame, "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(10, 6, 10, 6)
    column.setSpacing(2)
    state = " · resolved" if comment.resolved else ""
    answers = ", answering" if comment.answer_to else ""
    heading = QLabel(f"{who}{answers}{state}", frame)
    words = QLabel(comment.text, frame)
    words.setWordWrap(True)
    for label, look in ((heading, "muted"), (words, "muted" if comment.resolved else None)):
        label.setTextFormat(Qt.TextFormat.PlainText)
        set_look(label, look)
        column.addWidget(label)
    holder = QWidget(parent)
    outer = QVBoxLayout(holder)
    outer.setContentsMargins(20 if comment.answer_to else 0, 0, 0, 0)
    outer.addWidget(frame)
    return holder
