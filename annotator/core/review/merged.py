"""What a merge did, or would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from annotator.core.model import Id
from annotator.core.text.cleaning import counted

COUNTED = {"statement": "statement", "mark": "mark", "verdict": "decision", "comment": "comment"}
"""Kinds of record that a summary counts, as it words them."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both sides had set since they parted; the later one counts."""

    kind: str
    id: Id
    field: str
    ours: Any
    theirs: Any
    kept: Any


@dataclass(frozen=True, slots=True)
class Came:
    """What is new on one article."""

    article: Id
    title: str
    new: dict[str, int]
    """How many new records, by kind."""

    @property
    def words(self) -> str:
        """The title, with what people look for there."""
        said = [counted(self.new[k], word) for k, word in COUNTED.items() if k in self.new]
        return f"“{self.title}”: {', '.join(said)}"


@dataclass(slots=True)
class Merged:
    """What came in from a file. Ids are those of the project."""

    file: str
    same_project: bool = True
    revisions: int = 0
    analysts: list[str] = field(default_factory=list)
    """Names of those who are new."""
    articles: list[str] = field(default_factory=list)
    """Titles of those that are new."""
    new: dict[str, int] = field(default_factory=dict)
    """How many new records, by kind."""
    changed: dict[str, int] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)
    came: list[Came] = field(default_factory=list)
    """By article, those first that have most comments: statements, marks, decisions, comments."""
    clashes: list[Clash] = field(default_factory=list)
    survived: list[tuple[str, Id]] = field(default_factory=list)
    """Deleted on one side, changed on the other, and therefore there."""
    restored: list[tuple[str, Id]] = field(default_factory=list)
    """Deleted on one side, needed by work of the other, and therefore back."""
    mended: list[str] = field(default_factory=list)
    """What did not fit together and was put right."""
    kept: list[str] = field(default_factory=list)
    """Of a file of another project: what differs there and was left as it is."""
    remarks: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        return bool(self.revisions or self.new or self.changed or self.deleted)
