"""Which tables there are and how their columns are called."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.codebook import STATEMENT, Codebook
from annotator.formats.exchange.tables.cells import Row

_TIMES = ("made_at", "made_by", "changed_at", "changed_by")

HEADS: dict[str, tuple[str, ...]] = {
    "codebook": (
        *("part", "of", "key", "name", "type", "on", "many", "expected", "retired"),
        *("definition", "rule", "examples", "letter", "colour", "pattern", "width", "tint"),
    ),
    "analysts": ("id", "name", "reviewer"),
    "actors": ("id", "name", "type", "aliases", "affiliations", "note", "wikidata"),
    "issues": (
        *("id", "key", "name", "proposition", "parent", "parent_name", "retired"),
        *("definition", "examples"),
    ),
    "articles": (
        *("id", "title", "outlet", "author", "published", "url", "file", "copy_of", "sha256"),
        *("length", "blocks", "text"),
    ),
    "marks": (
        *("id", "article", "article_title", "layer", "analyst", "kind", "start", "end"),
        *("fragments", "quote", "note", "flagged", *_TIMES),
    ),
    "statements": (
        *("id", "article", "article_title", "layer", "analyst", "members", "note", "flagged"),
        *_TIMES,
    ),
}
"""The columns that are always there, in their order, by table, in the order of writing."""

NEEDED = ("codebook", "articles", "marks")
"""The tables without which nothing can be read back."""


class FieldColumns:
    """The columns of a table that follow from the codebook.

    A field's column is called as its key. Where that is taken, a number follows, so that the same
    codebook always gives the same columns.
    """

    def __init__(self, table: str, book: Codebook) -> None:
        self._taken = set(HEADS[table])
        marks = table == "marks"
        self.quotes: dict[str, str] = {}
        """Of statements: the column by role that repeats the words of its marks."""
        self.fields: dict[str, str] = {}
        self.names: dict[str, str] = {}
        """The column beside that of a field of actors or issues which repeats their names."""
        for key, field in book.fields.items():
            if any((thing != STATEMENT) == marks for thing in field.on):
                self.fields[key] = self._free(key)
                if field.type in ("actor", "issue"):
                    self.names[key] = self._free(f"{key}_name")
        if not marks:
            self.quotes = {key: self._free(f"{key}_words") for key in book.roles}
        self.blank: Row = [None] * (len(self.fields) + len(self.names))
        """The cells of what has no fields."""

    def head(self) -> list[str]:
        """The names of all these columns, in their order."""
        found: list[str] = list(self.quotes.values())
        for key, column in self.fields.items():
            found += [column, *([self.names[key]] if key in self.names else [])]
        return found

    def _free(self, wanted: str) -> str:
        name, number = wanted, 2
        while name in self._taken:
            name, number = f"{wanted}_{number}", number + 1
        self._taken.add(name)
        return name


def missing(table: str, header: Iterable[str]) -> list[str]:
    """The columns that a table should have and has not; those that only repeat may be gone."""
    repeated = {"article_title", "analyst", "parent_name", "quote", "start", "end", "length"}
    found = set(header)
    return [name for name in HEADS[table] if name not in found and name not in repeated]
