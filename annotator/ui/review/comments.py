"""A comment as it stands among others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from annotator.core.review.records import Comment
from annotator.ui.look.style import set_look


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
