"""Taking a bundle into a project: what is new comes in, what is there stays, all else is told.

Ids decide what is the same thing, so taking the same file in twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.core.bundle import Bundle
from annotator.core.model import CODEBOOK, Record
from annotator.core.revision import Change, Edit, kind_of
from annotator.core.rules import Reading


@dataclass(frozen=True, slots=True)
class Intake:
    """The edit that takes a bundle in, and what it leaves as it is although the file differs."""

    edit: Edit
    kept: tuple[str, ...]


def take_in(bundle: Bundle, now: Reading, present: Iterable[Record], label: str) -> Intake:
    """What has to change for the bundle to be in the project.

    ``present`` are the project's actors and issues if it has no articles yet, else nothing: an
    empty project takes over the file's codebook, actors and issues as they are.
    """
    ours = list(present)
    changes: list[Change] = []
    kept: list[str] = []
    known = _in_order(bundle)
    theirs = {record.id for record in known}
    for record in known:
        old = now.record(kind_of(record), record.id)
        if old is None or (ours and record.id == CODEBOOK and old != record):
            changes.append(Change(old, record))
        elif old != record and record not in ours:
            if old in ours:
                changes.append(Change(old, record))
            else:
                kept.append(f"{_name(record)} differs in the file; the project's is kept")
    changes += [Change(record, None) for record in ours if record.id not in theirs]
    texts = tuple(part.text for part in bundle.articles)
    return Intake(Edit(label, tuple(changes), texts, foreign=True), tuple(kept))


def _in_order(bundle: Bundle) -> list[Record]:
    records: list[Record] = [bundle.codebook, *bundle.issues, *bundle.actors, *bundle.analysts]
    for part in bundle.articles:
        records += [part.article, *part.marks, *part.statements, *part.statuses]
    return records


def _name(record: Record) -> str:
    for attribute in ("title", "name", "quote"):
        if value := getattr(record, attribute, ""):
            return f"The {kind_of(record)} “{value}”"
    return f"A {kind_of(record)}"
