"""The project as the rules look at it, after an edit and before its commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from annotator.core.book.uses import Use
from annotator.core.codebook import Codebook
from annotator.core.model import CODEBOOK, Id, Record
from annotator.core.review.records import Verdict
from annotator.store import uses
from annotator.store.driver import Connection

_RECORDS = 10_000
_TEXTS = 8


class Records(Protocol):
    """What is read of a project file."""

    @property
    def connection(self) -> Connection: ...
    def record(self, kind: str, id: Id) -> Record | None: ...
    def text(self, digest: str) -> str | None: ...
    def of_article(self, kind: str, article: Id, layer: Id | None = None) -> list[Record]: ...


class Lookup:
    """Reads once what many records refer to, so it is good for as long as nothing is written."""

    def __init__(
        self,
        project: Records,
        record: Callable[[str, Id], Record | None] | None = None,
        texts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """``record`` reads a record in place of the project, for who knows most of them.

        ``texts`` are some that are in it, by their SHA-256.
        """
        self._connection = project.connection
        self.record = record or lru_cache(_RECORDS)(project.record)
        self._texts = texts
        self._read_text = lru_cache(_TEXTS)(project.text)
        self._named = lru_cache(None)(self._read_named)
        self._project = project
        self.verdicts = lru_cache(_RECORDS)(self._read_verdicts)

    def text(self, digest: str) -> str | None:
        return self._texts.get(digest) or self._read_text(digest)

    def used(self, kind: str, id: Id) -> bool:
        """Whether any record refers to this one."""
        if any(self._connection.execute(f"{q} LIMIT 1", (id,)).fetchone() for q in _USES[kind]):
            return True
        return kind in ("actor", "issue") and str(id) in self._named(kind)

    def holds(self, use: Use) -> bool:
        """Whether any mark or statement is used like this."""
        return uses.any_there(self._connection, use)

    def others_than(self, analyst: Id) -> bool:
        """Whether anyone else has joined."""
        found = self._connection.execute(
            "SELECT 1 FROM analyst WHERE id <> ? LIMIT 1", (analyst,)
        ).fetchone()
        return found is not None

    def _read_verdicts(self, article: Id) -> list[Verdict]:
        """Those on an article."""
        found = self._project.of_article("verdict", article)
        return [record for record in found if isinstance(record, Verdict)]

    def _read_named(self, kind: str) -> set[str]:
        """The ids of the actors or issues that fields of marks and statements hold."""
        book: Record | None = self.record("codebook", CODEBOOK)
        fields = book.fields if isinstance(book, Codebook) else {}
        return {
            value
            for table in ("mark", "statement")
            for key, field in fields.items()
            if field.type == kind
            for (value,) in self._connection.execute(
                _SEVERAL.format(table) if field.many else _ONE.format(table), (f'$."{key}"',)
            )
        }


_ONE = "SELECT DISTINCT fields ->> ? FROM {}"
_SEVERAL = "SELECT DISTINCT value FROM {}, json_each(fields, ?)"
_LAID_ON = ("mark", "statement", "status")
_ON_ARTICLE = (*_LAID_ON, "assignment", "verdict", "comment", "review")
_USES: dict[str, tuple[str, ...]] = {
    "codebook": ("SELECT 1 FROM mark WHERE ? IS NOT NULL",),
    "issue": ("SELECT 1 FROM issue WHERE parent = ?",),
    "actor": (
        "SELECT 1 FROM actor, json_each(affiliations) AS one WHERE one.value ->> '$.actor' = ?",
    ),
    "analyst": (
        *(f"SELECT 1 FROM {table} WHERE layer = ?" for table in _LAID_ON),
        "SELECT 1 FROM assignment WHERE analyst = ?",
    ),
    "article": (
        *(f"SELECT 1 FROM {table} WHERE article = ?" for table in _ON_ARTICLE),
        "SELECT 1 FROM article WHERE copy_of = ?",
    ),
    "mark": ("SELECT 1 FROM member WHERE mark = ?",),
    "statement": (),
    "status": (),
    "assignment": (),
    "verdict": (),
    "comment": ("SELECT 1 FROM comment WHERE answer_to = ?",),
    "review": (),
    "procedure": (),
}
