"""A comment as it stands among others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.core.model import Id
from annotator.core.review.commenting import said_together
from annotator.core.review.records import Comment
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look


def addressed(
    comments: Sequence[Comment], badges: Mapping[Id, str], name: Callable[[Id], str]
) -> list[tuple[Comment, str]]:
    """Each comment with who says it to whom; what was said to several layers at once stands once,
    and is resolved once it is in one of them."""
    told: list[tuple[Comment, list[str]]] = []
    for comment in comments:
        to = [badges[comment.layer]] if comment.layer in badges else []
        before = told[-1] if told else None
        if before is not None and _is_same(before[0], comment):
            before[1].extend(to)
            if comment.resolved:
                told[-1] = comment, before[1]
        else:
            told.append((comment, to))
    return [(c, name(c.made_by) + (f" to {' and '.join(to)}" if to else "")) for c, to in told]


def _is_same(one: Comment, other: Comment) -> bool:
    is_answer, answers_too = (c.answer_to is not None for c in (one, other))
    return is_answer == answers_too and said_together(one, other)


def comment_frame(comment: Comment, who: str, parent: QWidget) -> QWidget:
    """A comment as it stands among others."""
    frame = QFrame(parent)
    set_look(frame, "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(10, 6, 10, 6)
    column.setSpacing(2)
    state = " · resolved" if comment.resolved else ""
    answers = ", answering" if comment.answer_to else ""
    column.addWidget(plain_label(frame, "muted", f"{who}{answers}{state}", wraps=False))
    column.addWidget(plain_label(frame, "muted" if comment.resolved else None, comment.text))
    holder = QWidget(parent)
    outer = QVBoxLayout(holder)
    outer.setContentsMargins(20 if comment.answer_to else 0, 0, 0, 0)
    outer.addWidget(frame)
    return holder
