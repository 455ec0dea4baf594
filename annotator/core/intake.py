"""Taking a bundle into a project: what is new comes in, what is there stays, all else is told.

Ids decide what is the same thing, so taking the same file in twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from annotator.core.bundle import Bundle
from annotator.core.model import CODEBOOK, Article, Id, Record
from annotator.core.revision import Change, Edit, kind_of, same


@dataclass(frozen=True, slots=True)
class Intake:
    """The edit that takes a bundle in, and what it leaves as it is although the file differs."""

    edit: Edit
    kept: tuple[str, ...]


def take_in(
    bundle: Bundle,
    now: Callable[[str, Id], Record | None],
    replaceable: Iterable[Record] | None,
    label: str,
) -> Intake:
    """What has to change for the bundle to be in the project whose records ``now`` gives.

    ``replaceable`` are the project's actors and issues if it has no articles yet: it then takes
    over the file's codebook, actors and issues as they are. Else None.
    """
    ours = {record.id: record for record in replaceable or ()}
    replaced = set() if replaceable is None else {CODEBOOK, *ours}
    changes: list[Change] = []
    kept: list[str] = []
    known = _in_order(bundle)
    theirs = {record.id for record in known}
    for record in known:
        if isinstance(record, Article) and not _is_known(record.copy_of, theirs, now):
            kept.append(f"{_name(record)} comes without the article that it is a copy of")
            record = msgspec.structs.replace(record, copy_of=None)  # noqa: PLW2901
        old = now(kind_of(record), record.id)
        if old is None or (old.id in replaced and not same(old, record)):
            changes.append(Change(old, record))
        elif not same(old, record):
            kept.append(f"{_name(record)} differs in the file; the project's is kept")
    changes += [Change(record, None) for id, record in ours.items() if id not in theirs]
    texts = tuple(part.text for part in bundle.articles)
    return Intake(Edit(label, tuple(changes), texts, foreign=True), tuple(kept))


def _is_known(id: Id | None, theirs: set[Id], now: Callable[[str, Id], Record | None]) -> bool:
    return id is None or id in theirs or now("article", id) is not None


def _in_order(bundle: Bundle) -> list[Record]:
    records: list[Record] = [bundle.codebook, *bundle.issues, *bundle.actors, *bundle.analysts]
    for part in bundle.articles:
        records += [part.article, *part.marks, *part.statements, *part.statuses]
        records += part.assignments
    return records


def _name(record: Record) -> str:
    for attribute in ("title", "name", "quote"):
        if value := getattr(record, attribute, ""):
            return f"The {kind_of(record)} “{value}”"
    return f"A {kind_of(record)}"
