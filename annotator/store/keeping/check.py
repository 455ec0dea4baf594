"""Integrity: SQLite's own, every record's rules, quotes against text, journal against rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from annotator.core.errors import ProjectFault
from annotator.core.model import Article, Id, Record, Statement
from annotator.core.revision import RECORDS, Entry, Revision, fold, same
from annotator.core.rules import faults
from annotator.core.text.cleaning import sha256
from annotator.store import journal
from annotator.store.driver import FAULTS
from annotator.store.finding.derived import differences
from annotator.store.lookup import Lookup

if TYPE_CHECKING:
    from annotator.store.project import ProjectFile

Rows = dict[tuple[str, Id], Record]
DERIVED = "lists"
"""Where a fault is that takes nothing away: in what follows from the rows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a project file: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def check(project: ProjectFile) -> list[Fault]:
    """All faults found; reads everything, so it takes as long as the project is large."""
    found = list(_sqlite(project))
    if found:
        return found
    rows: Rows = {}
    found += _readable(project, rows)
    found += _texts(project, rows)
    found += _rules(project, rows)
    found += _sequences(project)
    found += _journal(project, rows)
    return found or list(_derived(project))


def _derived(project: ProjectFile) -> Iterator[Fault]:
    for what in differences(project.connection):
        yield Fault(DERIVED, f"{what} is not what the rows say; it is made anew from them.")


def _sqlite(project: ProjectFile) -> Iterator[Fault]:
    try:
        for (message,) in project.connection.execute("PRAGMA integrity_check").fetchall():
            if message != "ok":
                yield Fault("SQLite", message)
    except FAULTS as error:
        yield Fault("SQLite", str(error))


def _readable(project: ProjectFile, rows: Rows) -> Iterator[Fault]:
    """Fill in the rows that can be read; the others are faults."""
    for kind in RECORDS:
        for (id,) in project.connection.execute(f"SELECT id FROM {kind} ORDER BY id").fetchall():
            try:
                record = project.record(kind, id)
            except ProjectFault as fault:
                yield Fault(f"{kind} {id}", str(fault.__cause__))
            else:
                assert record is not None
                rows[kind, id] = record


def _texts(project: ProjectFile, rows: Rows) -> Iterator[Fault]:
    for article in rows.values():
        if isinstance(article, Article):
            text = project.text(article.sha256)
            if text is not None and sha256(text) != article.sha256:
                yield Fault(f"article {article.id}", "its text is not the one that was imported.")


def _rules(project: ProjectFile, rows: Rows) -> Iterator[Fault]:
    lookup = Lookup(project)
    for (kind, id), record in rows.items():
        try:
            for what in faults(record, lookup):
                yield Fault(f"{kind} {id}", what)
        except ProjectFault:
            yield Fault(f"{kind} {id}", "it refers to a row that cannot be read.")


def _sequences(project: ProjectFile) -> Iterator[Fault]:
    """Every replica's revisions are 1, 2, 3 … as many as it says that it wrote."""
    there = dict(
        project.connection.execute(
            "SELECT id >> 32, count(*) FROM revision GROUP BY id >> 32"
        ).fetchall()
    )
    made = journal.known(project.connection)
    for replica in sorted(there.keys() | made.keys()):
        last, count = made.get(replica, 0), there.get(replica, 0)
        if count != last:
            yield Fault(f"replica {replica}", f"{last} revisions were made, {count} are there.")


def _journal(project: ProjectFile, rows: Rows) -> Iterator[Fault]:
    """Rows against what the journal folds to, and members against their statements."""
    try:
        folded = replay(project)
    except (ProjectFault, msgspec.MsgspecError, LookupError, TypeError, ValueError) as error:
        # The last three from changes that no longer make sense, such as of a kind there is none.
        yield Fault("journal", f"it cannot be read: {error.__cause__ or error!r}")
        return
    for key in sorted(folded.keys() | rows.keys()):
        said, there = folded.get(key), rows.get(key)
        if said is None or there is None or not same(said, there):
            yield Fault(f"{key[0]} {key[1]}", "the row is not what the journal says.")
    members = set(project.connection.execute("SELECT statement, role, mark FROM member").fetchall())
    expected = {
        (record.id, member.role, member.mark)
        for record in rows.values()
        if isinstance(record, Statement)
        for member in record.members
    }
    if members != expected:
        yield Fault("member", "the index of statements' marks is not what the statements say.")


def replay(project: ProjectFile) -> Rows:
    """All records as the journal alone gives them."""
    steps: dict[tuple[str, Id], list[tuple[Revision, Entry]]] = {}
    for revision in project.history():
        for step in revision.entries:
            steps.setdefault((step.kind, step.id), []).append((revision, step))
    records = {key: fold(entries) for key, entries in steps.items()}
    return {key: record for key, record in records.items() if record is not None}
