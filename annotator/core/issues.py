"""Verbs on issues."""

from __future__ import annotations

from annotator.core.codebook import Codebook
from annotator.core.marking import set_field
from annotator.core.model import Id, Issue, Mark
from annotator.core.revision import Change, Edit


def file_under_new_issue(
    book: Codebook, mark: Mark, field: str, proposition: str, new_id: Id
) -> tuple[Edit, Issue]:
    """Make an issue in place, worded as a proposition, and say that the mark is about it."""
    words = " ".join(proposition.split())
    made = Issue(id=new_id, key=str(new_id), name=words, proposition=words)
    filed = set_field(mark, book, field, str(made.id))
    return Edit(f"New issue {words}", (Change(None, made), *filed.changes)), made
