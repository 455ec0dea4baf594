"""Which marks and statements use something of the codebook: asked of the store, told to analysts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from annotator.core.codebook import STATEMENT, Codebook
from annotator.core.model import Id, Issue, Mark, Record, Statement
from annotator.core.text.cleaning import counted

__all__ = ["STATEMENT", "Count", "Use", "Using"]


@dataclass(frozen=True, slots=True)
class Use:
    """Marks or statements that fit all that is said here.

    ``kind`` alone: the marks of a kind. ``role``: the statements with a member in it, whose mark
    is of the kind if one is given. ``field``: the marks and statements in which it is filled in,
    with this ``value`` (alone or among several) if one is given, and of this kind of mark, or
    :data:`STATEMENT`, if one is given. ``listed``: only where the field's value is a list, or is none.
    """

    kind: str | None = None
    role: str | None = None
    field: str | None = None
    value: str | int | None = None
    listed: bool | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many marks and statements, and in how many articles they are."""

    marks: int = 0
    statements: int = 0
    articles: int = 0

    def __bool__(self) -> bool:
        return bool(self.marks or self.statements)

    def __str__(self) -> str:
        """Such as ``132 marks and 2 statements in 41 articles``."""
        things = [
            counted(number, thing)
            for number, thing in ((self.marks, "mark"), (self.statements, "statement"))
            if number
        ]
        if not things:
            return "nothing"
        return f"{' and '.join(things)} in {counted(self.articles, 'article')}"

    @property
    def one(self) -> bool:
        """Whether it is one thing, for the verb that follows."""
        return self.marks + self.statements == 1


class Using(Protocol):
    """A project, as far as a change of its codebook has to look at it."""

    @property
    def codebook(self) -> Codebook: ...
    def issues(self) -> Sequence[Issue]: ...
    def record(self, kind: str, id: Id) -> Record | None: ...
    def using(self, uses: Iterable[Use]) -> Sequence[Mark | Statement]:
        """Every layer's marks and statements that fit one of the uses, each once."""
        ...

    def count_using(self, uses: Iterable[Use]) -> Count: ...
