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
    for key, role in book.roles.items():
        marks = page.members(statement, key)
        if role.expected and not marks:
            found.append(Missing(f"no {role.name.lower()} yet", role=key))
        for mark in marks:
            found += _unfilled(book, mark.kind, mark.fields, mark)
    return found + _unfilled(book, STATEMENT, statement.fields, None)


def _unfilled(
    book: Codebook, thing: str, fields: dict[str, object] | object, mark: Mark | None
) -> list[Missing]:
    assert isinstance(fields, dict)
    return [
        Missing(f"no {field.name.lower()} yet", field=key, mark=mark.id if mark else None)
        for key, field in book.fields_on(thing).items()
        if field.expected and key not in fields
    ]
