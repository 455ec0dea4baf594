"""The project as the rules look at it, after an edit and before its commit."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from annotator.core.codebook import Codebook
from annotator.core.model import CODEBOOK, Id, Record

if TYPE_CHECKING:
    from annotator.store.project import ProjectFile

_RECORDS = 10_000
_TEXTS = 8


class Lookup:
    """Reads once what many records refer to, so it is good for as long as nothing is written."""

    def __init__(self, project: ProjectFile) -> None:
        self._connection = project.connection
        self.record = lru_cache(_RECORDS)(project.record)
        self.text = lru_cache(_TEXTS)(project.text)
        self._named = lru_cache(None)(self._read_named)

    def used(self, kind: str, id: Id) -> bool:
        """Whether any record refers to this one."""
        if any(self._connection.execute(f"{q} LIMIT 1", (id,)).fetchone() for q in _USES[kind]):
            return True
        return kind in ("actor", "issue") and str(id) in self._named(kind)

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
        *(f"SELECT 1 FROM {table} WHERE article = ?" for table in (*_LAID_ON, "assignment")),
        "SELECT 1 FROM article WHERE copy_of = ?",
    ),
    "mark": ("SELECT 1 FROM member WHERE mark = ?",),
    "statement": (),
    "status": (),
    "assignment": (),
}
