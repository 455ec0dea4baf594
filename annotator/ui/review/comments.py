"""A comment as it stands among others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.core.model import Id
from annotator.core.review.commenting import said_once
from annotator.core.review.records import Comment
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look


def addressed(
    comments: Sequence[Comment], badges: Mapping[Id, str], name: Callable[[Id], str]
) -> list[tuple[Comment, str]]:
    """Each comment with who says it to whom; what was said to several layers at once stands once,
    and is resolved once it is in one of them."""
    told = []
    for copies in said_once(comments):
        shown = next((one for one in copies if one.resolved), copies[0])
        to = " and ".join(badges[one.layer] for one in copies if one.layer in badges)
        told.append((shown, name(shown.made_by) + (f" to {to}" if to else "")))
    return told


def comment_frame(comment: Comment, who: str, edited: bool, parent: QWidget) -> QWidget:
    """A comment as it stands among others; ``edited`` when it was worded differently before."""
    frame = QFrame(parent)
    set_look(frame, "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(10, 6, 10, 6)
    column.setSpacing(2)
    state = " · edited" * edited + " · resolved" * comment.resolved
    answers = ", answering" if comment.answer_to else ""
    column.addWidget(plain_label(frame, "muted", f"{who}{answers}{state}", wraps=False))
    column.addWidget(plain_label(frame, "muted" if comment.resolved else None, comment.text))
    holder = QWidget(parent)
    outer = QVBoxLayout(holder)
    outer.setContentsMargins(20 if comment.answer_to else 0, 0, 0, 0)
    outer.addWidget(frame)
    return holder
