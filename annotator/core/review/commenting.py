"""Verbs on comments."""

from __future__ import annotations

import msgspec

from annotator.core.errors import NotAllowed
from annotator.core.model import Id, Mark, Statement
from annotator.core.review.docket import sort_of
from annotator.core.review.records import Comment
from annotator.core.revision import Change, Edit


def comment(about: Mark | Statement, text: str, new_id: Id) -> tuple[Edit, Comment]:
    """Say something about a mark or statement of any layer."""
    made = Comment(
        id=new_id,
        article=about.article,
        layer=about.layer,
        kind=sort_of(about),
        about=about.id,
        text=_words(text),
    )
    return Edit("Comment", (Change(None, made),)), made


def answer(to: Comment, text: str, new_id: Id) -> tuple[Edit, Comment]:
    """Answer a comment; an answer to an answer stands below the same comment."""
    made = Comment(
        id=new_id,
        article=to.article,
        layer=to.layer,
        kind=to.kind,
        about=to.about,
        text=_words(text),
        answer_to=to.answer_to or to.id,
    )
    return Edit("Answer", (Change(None, made),)), made


def reword(old: Comment, text: str) -> Edit:
    """Say it differently; who else wrote it must do that themselves."""
    new = msgspec.structs.replace(old, text=_words(text))
    return Edit("Change a comment", (Change(old, new),) if new != old else ())


def resolve(old: Comment, resolved: bool = True) -> Edit:
    """Call what a comment raises settled, or open again."""
    new = msgspec.structs.replace(old, resolved=resolved)
    label = "Resolve a comment" if resolved else "Open a comment again"
    return Edit(label, (Change(old, new),) if new != old else ())


def delete(old: Comment, answers: tuple[Comment, ...] = ()) -> Edit:
    """Take a comment back, with the answers to it."""
    return Edit("Delete a comment", tuple(Change(one, None) for one in (*answers, old)))


def _words(text: str) -> str:
    if not text.strip():
        raise NotAllowed("A comment says something.")
    return text.strip()
