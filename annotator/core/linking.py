"""Verbs on statements: which marks belong together, and in which role."""

from __future__ import annotations

import msgspec

from annotator.core.codebook import Codebook
from annotator.core.errors import NotAllowed
from annotator.core.marking import alone, brief, role_for
from annotator.core.meaning import called
from annotator.core.model import Id, Member, Statement
from annotator.core.page import Page
from annotator.core.revision import Change, Edit


def link(page: Page, book: Codebook, statement: Id, mark: Id, role: str | None = None) -> Edit:
    """Make a mark part of a statement, in the usual role of its kind unless told otherwise."""
    old, linked = page.statement(statement), page.mark(mark)
    role = role or book.usual_role(linked.kind)
    if role not in book.roles_for(linked.kind):
        name = book.kinds[linked.kind].name.lower()
        raise NotAllowed(
            f"A {name} cannot be the {called(book, role, role or 'member')} of a statement."
        )
    others = tuple(m for m in old.members if m.mark != mark)
    new = msgspec.structs.replace(old, members=(*others, Member(role, mark)))
    if Member(role, mark) in old.members:
        return Edit("", ())
    return Edit(f"Link {called(book, role, '')} “{brief(linked.quote)}”", (Change(old, new),))


def unlink(page: Page, statement: Id, mark: Id) -> Edit:
    """Take a mark out of a statement; the mark stays, an empty statement goes."""
    old = page.statement(statement)
    members = tuple(m for m in old.members if m.mark != mark)
    if members == old.members:
        return Edit("", ())
    new = msgspec.structs.replace(old, members=members) if members else None
    return Edit(f"Unlink “{brief(page.mark(mark).quote)}”", (Change(old, new),))


def move(page: Page, mark: Id, source: Id, target: Id) -> Edit:
    """Move a mark from one statement to another, in the role it had."""
    if source == target:
        return Edit("", ())
    out, into = page.statement(source), page.statement(target)
    moving = tuple(m for m in out.members if m.mark == mark)
    left = tuple(m for m in out.members if m.mark != mark)
    if not moving:
        raise NotAllowed("The mark is not in this statement any more.")
    joined = (*(m for m in into.members if m.mark != mark), *moving)
    return Edit(
        f"Move “{brief(page.mark(mark).quote)}”",
        (
            Change(out, msgspec.structs.replace(out, members=left) if left else None),
            Change(into, msgspec.structs.replace(into, members=joined)),
        ),
    )


def new_statement(page: Page, book: Codebook, mark: Id, new_id: Id) -> tuple[Edit, Statement]:
    """A statement of its own for a mark, which stays in the others it is in."""
    linked = page.mark(mark)
    made = alone(linked, role_for(book, linked.kind), new_id)
    return Edit(f"New statement “{brief(linked.quote)}”", (Change(None, made),)), made


def delete_statement(page: Page, statement: Id) -> Edit:
    """Delete a statement, and the marks that no other statement holds."""
    old = page.statement(statement)
    alone = [
        page.marks[m]
        for m in dict.fromkeys(old.marks())
        if [h.id for h in page.holders(m)] == [old.id]
    ]
    return Edit("Delete statement", (Change(old, None), *(Change(m, None) for m in alone)))
