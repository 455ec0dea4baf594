"""What a statement still needs, said plainly."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.core.codebook import STATEMENT, Codebook
from annotator.core.model import Id, Mark, Statement
from annotator.core.page import Page


@dataclass(frozen=True, slots=True)
class Missing:
    """A role nobody fills, or a field left empty, on a mark or (None) on the statement."""

    text: str
    role: str | None = None
    field: str | None = None
    mark: Id | None = None


def missing(page: Page, book: Codebook, statement: Statement) -> list[Missing]:
    """Expected roles and fields without a value, in the codebook's order."""
    found: list[Missing] = []
    held: dict[str, list[Mark]] = {}
    for member in statement.members:
        if member.mark in page.marks:
            held.setdefault(member.role, []).append(page.marks[member.mark])
    for key, role in book.roles.items():
        marks = held.get(key, ())
        if len(marks) > 1:
            marks = page.members(statement, key)
        if role.expected and not role.retired and not marks:
            found.append(Missing(f"no {role.name.lower()} yet", role=key))
        for mark in marks:
            found += unfilled(book, mark)
    return found + unfilled(book, statement)


def unfilled(book: Codebook, thing: Mark | Statement) -> list[Missing]:
    """Expected fields without a value, of a mark or of the statement itself."""
    mark = thing if isinstance(thing, Mark) else None
    sort = mark.kind if mark else STATEMENT
    return [
        Missing(f"no {field.name.lower()} yet", field=key, mark=mark.id if mark else None)
        for key, field in book.fields.items()
        if field.expected and not field.retired and key not in thing.fields and sort in field.on
    ]
