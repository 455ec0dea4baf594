"""What several analysts say of one thing, as one statement: marks that are equal are one mark.

Statements that agree on who and what become one with all their positions, for a claim on two
issues has two positions. Another role or field may be filled in by one of them alone; where two
fill it in otherwise, they stay statements of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.core.codebook import Codebook
from annotator.core.errors import NotAllowed
from annotator.core.meaning import meaning
from annotator.core.model import FieldValue, Mark, Statement, several
from annotator.core.page import Page
from annotator.core.review.docket import Docket, Said, digest
from annotator.core.review.records import Source

Same = tuple[str, int]
"""What a mark says, and which of the equal marks of its statement it is."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a statement says: its marks by role, each by what it says, and its fields."""

    members: frozenset[tuple[str, Same]]
    fields: dict[str, FieldValue]

    def within(self, other: Content) -> bool:
        """Whether another says all of this."""
        return self.members <= other.members and self.fields.items() <= other.fields.items()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An issue on which one statement takes different sides."""

    issue: str
    """Its id, as fields have it."""
    stances: tuple[int, ...]


def told_apart(statement: Statement, page: Page) -> Iterator[tuple[str, Mark, Same]]:
    """The marks of a statement with their roles; equal ones of two statements are the same."""
    often: Counter[str] = Counter()
    numbered: dict[int, Same] = {}
    for member in statement.members:
        mark = page.mark(member.mark)
        if mark.id not in numbered:
            said = digest(mark, page)
            numbered[mark.id] = (said, often[said])
            often[said] += 1
        yield member.role, mark, numbered[mark.id]


def content(statement: Statement, page: Page) -> Content:
    marks = told_apart(statement, page)
    return Content(frozenset((role, same) for role, _, same in marks), dict(statement.fields))


def united(one: Content, other: Content, book: Codebook) -> Content | None:
    """Both as one; None where they say different things."""
    about = meaning(book)
    for role in {role for role, _ in one.members | other.members}:
        ours, theirs = ({s for r, s in said.members if r == role} for said in (one, other))
        defined = book.roles.get(role)
        joins = role in about.sides and defined is not None and defined.many
        is_apart = role in (about.who, about.what) or bool(ours and theirs and not joins)
        if ours != theirs and is_apart:
            return None
    if any(one.fields[key] != other.fields[key] for key in one.fields.keys() & other.fields):
        return None
    return Content(one.members | other.members, {**other.fields, **one.fields})


def is_as_said(said: Said, page: Page, docket: Docket, sources: Iterable[Source]) -> bool:
    """Whether gold says what a source said, or what several sources say together."""
    judged = list(sources)
    if digest(said, page) in {source.digest for source in judged}:
        return True
    if docket.book is None or isinstance(said, Mark):
        return False
    whole, made = content(said, page), None
    for one in _still_said(docket, judged):
        if one.within(whole):
            made = one if made is None else united(made, one, docket.book)
            if made is None:
                return False
    return made == whole


def _still_said(docket: Docket, sources: Iterable[Source]) -> Iterator[Content]:
    """What of the sources is there and a statement, as it is now."""
    for source in sources:
        try:
            page, said = docket.find(source.id)
        except NotAllowed:
            continue
        if isinstance(said, Statement):
            yield content(said, page)


def contradictions(statement: Statement, page: Page, book: Codebook) -> list[Contradiction]:
    """The issues on which a statement takes different sides, in the order of the text."""
    found: dict[str, set[int]] = {}
    for role in meaning(book).sides:
        for mark in page.members(statement, role):
            for issue, stance in _taken(mark, book):
                found.setdefault(issue, set()).add(stance)
    return [
        Contradiction(issue, tuple(sorted(stances)))
        for issue, stances in found.items()
        if len(stances) > 1
    ]


def _taken(mark: Mark, book: Codebook) -> Iterator[tuple[str, int]]:
    fields = book.fields_on(mark.kind)
    stances = [mark.fields.get(key) for key, field in fields.items() if field.type == "stance"]
    for key, field in fields.items():
        if field.type == "issue" and key in mark.fields:
            for issue in several(mark.fields[key]):
                yield from ((str(issue), stance) for stance in stances if isinstance(stance, int))
