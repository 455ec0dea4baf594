"""What must never be possible: the rules every record keeps, whoever writes it.

The store asks after each edit, inside the transaction; a broken rule rolls it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from annotator.core.book.narrowing import lost
from annotator.core.book.uses import Use
from annotator.core.codebook import STATEMENT, Codebook, Field
from annotator.core.codebook import faults as codebook_faults
from annotator.core.model import (
    CODEBOOK,
    GOLD,
    Actor,
    Analyst,
    Article,
    Assignment,
    FieldValue,
    Id,
    Issue,
    Mark,
    Record,
    Statement,
    Status,
    article_id,
    assignment_id,
    several,
)
from annotator.core.review import gold_rules
from annotator.core.review.records import Verdict
from annotator.core.revision import Change, Foreign, kind_of
from annotator.core.text.dates import is_date


class Known(Protocol):
    """The records and texts that a record may refer to."""

    def record(self, kind: str, id: Id) -> Record | None: ...
    def text(self, sha256: str) -> str | None: ...


class Reading(Known, Protocol):
    """The project as it is after the edit."""

    def verdicts(self, article: Id) -> list[Verdict]:
        """Those on an article."""
        ...

    def others_than(self, analyst: Id) -> bool:
        """Whether anyone else has joined."""
        ...

    def used(self, kind: str, id: Id) -> bool:
        """Whether any record still refers to this one."""
        ...

    def holds(self, use: Use) -> bool:
        """Whether any mark or statement of any layer is used like this."""


def broken(change: Change, author: Id, foreign: Foreign, now: Reading) -> Iterator[str]:
    """One sentence for each rule that a change breaks."""
    record, before = change.record, change.before
    yield from gold_rules.not_permitted(change, author, foreign, now)
    if isinstance(before, Verdict):
        yield from gold_rules.left_behind(before, now)
    if change.after is None:
        if isinstance(record, Mark | Statement) and gold_rules.still_decided(record, now):
            yield f"The {change.kind} is in gold because of a verdict that stays."
        if now.used(change.kind, change.id):
            yield f"The {change.kind} is still in use."
        return
    if before is not None and any(
        getattr(before, name) != getattr(record, name) for name in _FIXED.get(change.kind, ())
    ):
        yield f"What the {change.kind} belongs to never changes."
    yield from faults(change.after, now)
    if isinstance(before, Codebook) and isinstance(change.after, Codebook):
        yield from (said for use, said in lost(before, change.after) if now.holds(use))


class Glance:
    """Sees quickly that new marks and statements of a foreign edit keep the rules, as nearly all do.

    What holds for one of a layer of an article holds for the next, so it is asked once. Where it
    is not sure, :func:`broken` says what is wrong, if anything.
    """

    def __init__(self, author: Id, now: Reading) -> None:
        self._author = author
        self._now = now
        self._texts: dict[tuple[Id, Id], str | None] = {}
        self._good: set[tuple[str, str, type, FieldValue]] = set()
        """Single values that were found right: on what, in which field, of which type."""
        book = now.record("codebook", CODEBOOK)
        self._book = book if isinstance(book, Codebook) else None

    def is_sound(self, record: Mark | Statement) -> bool:
        """Whether making this breaks no rule; True is certain, False is not."""
        place = record.article, record.layer
        if place not in self._texts:
            self._texts[place] = self._text(record)
        text = self._texts[place]
        if text is None or self._book is None:
            return False
        if isinstance(record, Mark):
            return self._is_sound_mark(record, text, self._book)
        return self._is_sound_statement(record, self._book)

    def _text(self, record: Mark | Statement) -> str | None:
        """What the layer of an article is on; None when not everything may be put there."""
        made, now = Change(None, record), self._now
        if record.layer == GOLD or any(gold_rules.not_permitted(made, self._author, True, now)):
            return None
        if any(_owned(record, now)):
            return None
        article = now.record("article", record.article)
        return now.text(article.sha256) if isinstance(article, Article) else None

    def _is_sound_mark(self, mark: Mark, text: str, book: Codebook) -> bool:
        last = -1
        for piece in mark.fragments:
            if not last < piece.start < piece.end or text[piece.start : piece.end] != piece.quote:
                return False
            last = piece.end
        return mark.kind in book.kinds and self._are_sound(mark.kind, mark.fields, book)

    def _is_sound_statement(self, statement: Statement, book: Codebook) -> bool:
        marks = set()
        for member in statement.members:
            mark, role = self._now.record("mark", member.mark), book.roles.get(member.role)
            if role is None or not isinstance(mark, Mark) or mark.kind not in role.kinds:
                return False
            if mark.article != statement.article or mark.layer != statement.layer:
                return False
            marks.add(member.mark)
        is_whole = bool(marks) and len(marks) == len(statement.members)
        return is_whole and self._are_sound(STATEMENT, statement.fields, book)

    def _are_sound(self, thing: str, fields: dict[str, FieldValue], book: Codebook) -> bool:
        return not fields or all(
            self._is_good(thing, key, value, book) for key, value in fields.items()
        )

    def _is_good(self, thing: str, key: str, value: FieldValue, book: Codebook) -> bool:
        if isinstance(value, list):
            return not any(_fields(thing, {key: value}, book, self._now))
        known = thing, key, value.__class__, value  # the class, as True equals 1
        if known in self._good:
            return True
        is_good = not any(_fields(thing, {key: value}, book, self._now))
        if is_good:
            self._good.add(known)
        return is_good


_LONGEST_ID = 19
_FIXED = {
    "article": ("sha256", "length", "file"),
    "mark": ("article", "layer"),
    "statement": ("article", "layer"),
    "status": ("article", "layer"),
    "verdict": ("article",),
    "comment": ("article", "layer", "kind", "about", "answer_to"),
    "review": ("article",),
    "assignment": ("article", "analyst"),
}


def faults(record: Record, now: Reading) -> Iterator[str]:
    """What is wrong with a record as it stands."""
    if isinstance(record, Mark | Statement | Status):
        yield from _owned(record, now)
    yield from faults_in_itself(record, now)
    if isinstance(record, Mark | Statement):
        yield from gold_rules.undecided(record, now)
    elif isinstance(record, Assignment):
        yield from _assignment(record, now)
    else:
        yield from gold_rules.faults(record, now)


def faults_in_itself(record: Record, now: Known) -> Iterator[str]:
    """The same, whoever owns the record and whatever was decided about it."""
    match record:
        case Article():
            yield from _article(record, now)
        case Mark():
            yield from _mark(record, now)
        case Statement():
            yield from _statement(record, now)
        case Codebook():
            yield from codebook_faults(record)
        case Actor():
            yield from _actor(record, now)
        case Issue(parent=parent) if parent is not None:
            yield from _issue(record, parent, now)


def _actor(actor: Actor, now: Known) -> Iterator[str]:
    if any(now.record("actor", one.actor) is None for one in actor.affiliations):
        yield f"Actor {actor.name} is affiliated with nobody known."
    for one in actor.affiliations:
        for date in (one.since, one.until):
            if date and not is_date(date):
                yield f"{date!r:.20} is no date; write 2025, 2025-08 or 2025-08-24."
    if _is_above_itself(actor, _groups, now):
        yield f"Actor {actor.name} is affiliated with itself."


def _assignment(given: Assignment, now: Reading) -> Iterator[str]:
    if given.id != assignment_id(given.article, given.analyst):
        yield "The assignment has not the id of its article and analyst."
    if now.record("article", given.article) is None:
        yield "An article that does not exist is assigned."
    if now.record("analyst", given.analyst) is None:
        yield "An article is assigned to an analyst who does not exist."


def _issue(issue: Issue, parent: Id, now: Known) -> Iterator[str]:
    if now.record("issue", parent) is None:
        yield f"Issue {issue.name} is under an issue that does not exist."
    elif _is_above_itself(issue, _parent, now):
        yield f"Issue {issue.name} is under itself."


def _groups(record: Record) -> tuple[Id, ...]:
    return tuple(a.actor for a in record.affiliations) if isinstance(record, Actor) else ()


def _parent(record: Record) -> tuple[Id, ...]:
    return (record.parent,) if isinstance(record, Issue) and record.parent is not None else ()


def _is_above_itself(record: Record, above: Callable[[Record], tuple[Id, ...]], now: Known) -> bool:
    """Whether one comes back to the record by going up."""
    seen: set[Id] = set()
    waiting = [*above(record)]
    while waiting:
        id = waiting.pop()
        if id == record.id:
            return True
        higher = now.record(kind_of(record), id) if id not in seen else None
        if higher is not None:
            waiting += above(higher)
        seen.add(id)
    return False


def _article(article: Article, now: Known) -> Iterator[str]:
    if article.id != article_id(article.sha256):
        yield f"{article.title} has not the id of its text."
    text = now.text(article.sha256)
    if text is None:
        yield f"The text of {article.title} is missing."
    elif len(text) != article.length:
        yield f"{article.title} is said to have {article.length} characters, not {len(text)}."
    if article.copy_of is not None and now.record("article", article.copy_of) is None:
        yield f"{article.title} is a copy of an article that does not exist."
    ends = [0, *(b.end for b in article.blocks)]
    starts = [*(b.start for b in article.blocks), article.length]
    if ends != starts or any(b.start >= b.end for b in article.blocks):
        yield f"The blocks of {article.title} do not cover its text."


def _owned(record: Mark | Statement | Status, now: Reading) -> Iterator[str]:
    if now.record("article", record.article) is None:
        yield f"The {kind_of(record)} belongs to an article that does not exist."
    if record.layer != GOLD and not isinstance(now.record("analyst", record.layer), Analyst):
        yield f"The {kind_of(record)} belongs to an analyst who does not exist."


def _mark(mark: Mark, now: Known) -> Iterator[str]:
    article = now.record("article", mark.article)
    text = now.text(article.sha256) if isinstance(article, Article) else None
    last = -1
    for piece in mark.fragments:
        if not (last < piece.start < piece.end):
            yield f"The fragments of the mark “{mark.quote}” are empty or out of order."
        elif text is not None and text[piece.start : piece.end] != piece.quote:
            yield f"The mark “{piece.quote}” does not stand at {piece.start} to {piece.end}."
        last = piece.end
    book = now.record("codebook", CODEBOOK)
    if not isinstance(book, Codebook) or mark.kind not in book.kinds:
        yield f"The codebook has no kind {mark.kind}."
    else:
        yield from _fields(mark.kind, mark.fields, book, now)


def _statement(statement: Statement, now: Known) -> Iterator[str]:
    if not statement.members:
        yield "A statement has at least one mark."
    if len(set(statement.marks())) != len(statement.members):
        yield "A mark is in a statement once."
    book = now.record("codebook", CODEBOOK)
    if not isinstance(book, Codebook):
        yield "The project has no codebook."
        return
    for member in statement.members:
        mark = now.record("mark", member.mark)
        role = book.roles.get(member.role)
        if role is None:
            yield f"The codebook has no role {member.role}."
        if not isinstance(mark, Mark):
            yield "A statement holds a mark that does not exist."
        elif (mark.article, mark.layer) != (statement.article, statement.layer):
            yield "A statement holds a mark of another article or layer."
        elif role is not None and mark.kind not in role.kinds:
            yield f"A {mark.kind} cannot be the {member.role} of a statement."
    yield from _fields(STATEMENT, statement.fields, book, now)


def _fields(thing: str, values: dict[str, FieldValue], book: Codebook, now: Known) -> Iterator[str]:
    for key, value in values.items():
        field = book.fields.get(key)
        if field is None or thing not in field.on:
            yield f"The codebook has no field {key} on a {thing}."
        elif field.many != isinstance(value, list):
            yield f"{field.name} holds {'several values' if field.many else 'one value'}."
        else:
            for one in several(value):
                yield from _value(field, one, book, now)


def _value(field: Field, value: FieldValue, book: Codebook, now: Known) -> Iterator[str]:
    """What is wrong with one value of a field."""
    if field.type in ("actor", "issue"):
        if not _refers(value) or now.record(field.type, int(str(value))) is None:
            yield f"{field.name} names an {field.type} that does not exist."
    elif not _fits(value, field.type, field.choices, book):
        yield f"{field.name} cannot be {value!r:.60}."


def _refers(value: FieldValue) -> bool:
    return (
        isinstance(value, str)
        and value.isascii()
        and value.isdigit()
        and len(value) <= _LONGEST_ID
        and int(value) < 1 << 63
    )


def _fits(value: FieldValue, type: str, choices: object, book: Codebook) -> bool:
    match type:
        case "stance":
            return isinstance(value, int) and str(value) in book.stances
        case "choice":
            return isinstance(choices, dict) and isinstance(value, str) and value in choices
        case "flag":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "date":
            return isinstance(value, str) and is_date(value)
        case _:
            return isinstance(value, str)
