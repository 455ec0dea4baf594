"""Which tables there are and how their columns are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from annotator.core.codebook import STATEMENT, Codebook
from annotator.core.meaning import meaning
from annotator.formats.exchange.tables.sides import side_fields

_TIMES = ("made_at", "made_by", "changed_at", "changed_by")

HEADS: dict[str, tuple[str, ...]] = {
    "codebook": (
        *("part", "of", "key", "name", "type", "on", "many", "expected", "retired"),
        *("definition", "rule", "examples", "letter", "colour", "pattern", "width", "tint"),
    ),
    "analysts": ("id", "name", "reviewer"),
    "actors": ("id", "name", "type", "aliases", "affiliations", "note", "wikidata", "retired"),
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

TAKEN = (
    *("actor", "actor_name", "actor_type", "affiliation", "affiliation_name"),
    *("issue", "issue_key", "issue_name", "stance", "stance_name"),
)
"""Columns of statements that say who takes which side; they repeat what marks and others say."""

WHOSE = 5
"""How many columns of marks and statements say which one it is and whose."""

NEEDED = ("codebook", "articles", "marks")
"""The tables without which nothing can be read back."""


CellType = Literal["text", "whole", "number", "flag"]
_TYPES: dict[str, CellType] = {"stance": "whole", "number": "number", "flag": "flag"}


class FieldColumns:
    """The columns of a table that follow from the codebook.

    A field's column is called as its key. Where that is taken, a number follows, so that the same
    codebook always gives the same columns.
    """

    def __init__(self, table: str, book: Codebook) -> None:
        self._table, self._book = table, book
        self._named: dict[str, str] = {}
        self._sides: dict[str, str] = {}
        self._taken = set(HEADS[table])
        marks = table == "marks"
        self.quotes: dict[str, str] = {}
        """Of statements: the column by role that repeats the words of its marks."""
        self.taken: list[str] = []
        """Of statements: the columns for people, which repeat what other tables say."""
        self.placed: list[str] = []
        """The roles of which they also say where the first and last word stand."""
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
            means = meaning(book)
            main = (means.who, means.what, *means.sides)
            self.placed = list(dict.fromkeys(role for role in main if role is not None))
            wanted = [
                *("row", "outlet", "published", *TAKEN, *side_fields(book)),
                *(f"{role}_{end}" for role in self.placed for end in ("start", "end")),
            ]
            self.taken = [self._free(name) for name in wanted]
            self._named = dict(zip(wanted, self.taken, strict=True))
            self._sides = {key: self._named[key] for key in side_fields(book)}

    def head(self) -> list[str]:
        """All columns of the table, in their order: whose it is, for people, for reading back."""
        fixed = HEADS[self._table]
        found: list[str] = [*fixed[:WHOSE], *self.taken, *self.quotes.values(), *fixed[WHOSE:]]
        for key, column in self.fields.items():
            found += [column, *([self.names[key]] if key in self.names else [])]
        return found

    def types(self) -> dict[str, CellType]:
        """All columns of the table in their order, and what their cells are."""
        whole = {self._named[name] for name in ("row", "stance") if name in self._named}
        whole |= {self._named[f"{role}_{end}"] for role in self.placed for end in ("start", "end")}
        told: dict[str, CellType] = dict.fromkeys(whole, "whole")
        told["flagged"] = "flag"
        for key, column in (*self.fields.items(), *self._sides.items()):
            type = self._book.fields[key].type
            if not self._book.fields[key].many and type in _TYPES:
                told[column] = _TYPES[type]
        return {name: told.get(name, "text") for name in self.head()}

    def _free(self, wanted: str) -> str:
        name, number = wanted, 2
        while name in self._taken:
            name, number = f"{wanted}_{number}", number + 1
        self._taken.add(name)
        return name


REQUIRED: dict[str, tuple[str, ...]] = {
    "codebook": ("part", "key", "name"),
    "analysts": ("id", "name"),
    "actors": ("id", "name"),
    "issues": ("id", "key", "name"),
    "articles": ("id", "title", "text"),
    "marks": ("id", "article", "layer", "kind", "fragments"),
    "statements": ("id", "article", "layer", "members"),
}
"""The columns without which a table cannot be read; any other that is gone counts as empty."""


def missing(table: str, header: Iterable[str]) -> list[str]:
    """The columns that a table has to have and has not."""
    there = set(header)
    return [name for name in REQUIRED[table] if name not in there]
