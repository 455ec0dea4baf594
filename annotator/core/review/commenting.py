"""Verbs on comments, and the threads they form.

A comment belongs to a layer, so that whoever may see the layer may see it. What is said to several
layers is written to each of them at one time; together they are one thread, which is read, answered
and resolved as one by all who are concerned.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import msgspec

from annotator.core.errors import NotAllowed
from annotator.core.model import Id, Mark, Statement
from annotator.core.review.docket import sort_of
from annotator.core.review.records import Comment
from annotator.core.revision import Change, Edit, Entry


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


@dataclass(frozen=True, slots=True)
class Thread:
    """What somebody said at one time, and what was answered."""

    said: tuple[Comment, ...]
    """For each layer it went to."""
    answers: tuple[Comment, ...]
    """The earliest first; what went to several layers stands together."""

    @property
    def resolved(self) -> bool:
        """Whether somebody called it settled in any layer."""
        return any(one.resolved for one in self.said)

    @property
    def comments(self) -> tuple[Comment, ...]:
        return (*self.said, *self.answers)


def threads(comments: Iterable[Comment], about: Collection[Id]) -> list[Thread]:
    """The threads that are about one of these things, with all that was said to other layers in
    them as far as it is among ``comments``."""
    found = sorted(comments, key=lambda one: (one.made_at, one.id))
    heads: list[list[Comment]] = []
    for one in found:
        if one.answer_to is None:
            own = next((head for head in heads if _joins(one, head)), None)
            if own is None:
                heads.append([one])
            else:
                own.append(one)
    made = []
    for head in heads:
        if any(one.about in about for one in head):
            ids = {one.id for one in head}
            answers = (one for one in found if one.answer_to in ids)
            made.append(Thread(tuple(head), tuple(sorted(answers, key=_time))))
    return made


def said_once(comments: Iterable[Comment]) -> list[tuple[Comment, ...]]:
    """What somebody said, in the order given; what went to several layers, which stands together,
    is one."""
    found: list[list[Comment]] = []
    for comment in comments:
        before = found[-1][0] if found else None
        if before is not None and _is_same(before, comment):
            found[-1].append(comment)
        else:
            found.append([comment])
    return [tuple(copies) for copies in found]


def _is_same(one: Comment, other: Comment) -> bool:
    is_answer, answers_too = (c.answer_to is not None for c in (one, other))
    return is_answer == answers_too and said_together(one, other)


def said_together(one: Comment, other: Comment) -> bool:
    """Whether two comments are one that went to two layers."""
    return one.layer != other.layer and _time(one) == _time(other) and one.text == other.text


def _joins(one: Comment, head: list[Comment]) -> bool:
    return all(said_together(one, other) for other in head)


def _time(comment: Comment) -> tuple[int, Id]:
    return comment.made_at, comment.made_by


def answer_all(to: Thread, text: str, new_id: Callable[[], Id]) -> Edit:
    """Answer a thread, in every layer it is in."""
    edits = [answer(one, text, new_id())[0] for one in to.said]
    return Edit("Answer", tuple(change for edit in edits for change in edit.changes))


def resolve_all(thread: Thread, resolved: bool) -> Edit:
    """Call what a thread raises settled, or open again, in every layer it is in."""
    edits = [resolve(one, resolved) for one in thread.said]
    return Edit(edits[0].label, tuple(change for edit in edits for change in edit.changes))


def reword(old: Comment, text: str) -> Edit:
    """Say it differently; who else wrote it must do that themselves."""
    new = msgspec.structs.replace(old, text=_words(text))
    return Edit("Change a comment", (Change(old, new),) if new != old else ())


def reword_all(copies: Iterable[Comment], text: str) -> Edit:
    """Say it differently in every layer it went to, so that it stays one."""
    edits = [reword(one, text) for one in copies]
    return Edit(edits[0].label, tuple(change for edit in edits for change in edit.changes))


def is_reworded(now: Comment, entries: Iterable[Entry]) -> bool:
    """Whether a comment says something else than at first, by all that was ever done to it."""
    begun = [entry.after for entry in entries if entry.before is None and entry.after is not None]
    return bool(begun) and begun[0].get("text", now.text) != now.text


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
