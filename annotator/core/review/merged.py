"""What a merge did, or would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from annotator.core.model import Id


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both sides had set since they parted; the later one counts."""

    kind: str
    id: Id
    field: str
    ours: Any
    theirs: Any
    kept: Any


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
