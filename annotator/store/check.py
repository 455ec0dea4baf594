"""Integrity: SQLite's own, every record's rules, quotes against text, journal against rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.core.model import Article, Id, Record
from annotator.core.revision import RECORDS, Entry, Revision, fold
from annotator.core.rules import faults
from annotator.core.text import sha256
from annotator.store import journal

if TYPE_CHECKING:
    from annotator.store.project import ProjectFile


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
    return found or [*_texts(project), *_records(project), *_sequences(project), *_journal(project)]


def _sqlite(project: ProjectFile) -> Iterator[Fault]:
    for (message,) in project.connection.execute("PRAGMA integrity_check").fetchall():
        if message != "ok":
            yield Fault("SQLite", message)


def _texts(project: ProjectFile) -> Iterator[Fault]:
    for article in project.records("article"):
        text = project.text(article.sha256) if isinstance(article, Article) else None
        if text is not None and isinstance(article, Article) and sha256(text) != article.sha256:
            yield Fault(f"article {article.id}", "its text is not the one that was imported.")


def _records(project: ProjectFile) -> Iterator[Fault]:
    for kind in RECORDS:
        for record in project.records(kind):
            for what in faults(record, project):
                yield Fault(f"{kind} {record.id}", what)


def _sequences(project: ProjectFile) -> Iterator[Fault]:
    for replica, last in journal.known(project.connection).items():
        (count,) = project.connection.execute(
            "SELECT count(*) FROM revision WHERE id > ? AND id <= ?",
            (replica << 32, replica << 32 | 0xFFFF_FFFF),
        ).fetchone()
        if count != last:
            yield Fault(f"replica {replica}", f"{last} revisions were made, {count} are there.")


def _journal(project: ProjectFile) -> Iterator[Fault]:
    """Rows against what the journal folds to, and members against their statements."""
    folded = replay(project)
    rows = {(k, r.id): r for k in RECORDS for r in project.records(k)}
    for key in sorted(folded.keys() | rows.keys()):
        if folded.get(key) != rows.get(key):
            yield Fault(f"{key[0]} {key[1]}", "the row is not what the journal says.")
    members = set(project.connection.execute("SELECT statement, role, mark FROM member").fetchall())
    expected = {
        (record.id, member.role, member.mark)
        for (kind, _), record in rows.items()
        if kind == "statement"
        for member in getattr(record, "members", ())
    }
    if members != expected:
        yield Fault("member", "the index of statements' marks is not what the statements say.")


def replay(project: ProjectFile) -> dict[tuple[str, Id], Record]:
    """All records as the journal alone gives them."""
    steps: dict[tuple[str, Id], list[tuple[Revision, Entry]]] = {}
    for revision in project.history():
        for step in revision.entries:
            steps.setdefault((step.kind, step.id), []).append((revision, step))
    records = {key: fold(entries) for key, entries in steps.items()}
    return {key: record for key, record in records.items() if record is not None}
