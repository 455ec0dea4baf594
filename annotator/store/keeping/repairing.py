"""A new project file out of what is left of a damaged one.

The journal is the truth, so it is what is rescued; the records follow from it once more. Where a
revision is lost one that changes nothing stands in its place, so that numbers stay without gaps.
What can no longer be true, as a text or a revision is lost, is taken out by a last revision.
"""

from __future__ import annotations

import secrets
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from annotator.core.errors import ProjectFault
from annotator.core.model import CODEBOOK, Article, Id, Mark, Record, Statement
from annotator.core.revision import RECORDS, Change, Revision, entry, fold, tick
from annotator.core.rules import faults
from annotator.core.text.cleaning import counted
from annotator.store import journal, rows
from annotator.store.driver import FAULTS, Connection
from annotator.store.file import opening
from annotator.store.finding import derived
from annotator.store.keeping.check import check
from annotator.store.keeping.salvage import Row, Salvaged, copy_bytes, salvage
from annotator.store.lookup import Lookup
from annotator.store.project import ProjectFile

LOST = "Lost: this step could not be read any more"
_LABEL = "Repair"
_ROUNDS = 50
_SHOWN = 60
"""Characters of a text that tell which it is."""
_OURS = 1 << 31
"""Replica ids are smaller."""


@dataclass(slots=True)
class Repaired:
    """What a repair found, and what it did not."""

    path: Path
    revisions: int = 0
    records: dict[str, int] = field(default_factory=dict)
    """How many are there, by kind."""
    from_backup: int = 0
    """Rows that only the backup still had."""
    missing: list[str] = field(default_factory=list)
    """What could not be read or put together again, a sentence each."""
    faults: list[str] = field(default_factory=list)
    """What ``check`` still finds in the new file."""


def repair(project: Path, new: Path, backup: Path | None = None) -> Repaired:
    """Make ``new`` of what can be read in ``project``, and of a backup for what cannot.

    Neither is written to. Not for a project that this process has open. Raises
    :class:`ProjectFault` when nothing can be made of it.
    """
    opening.look_at(project)
    _refuse_existing(new)
    return _build(_read(project), project, new, backup)


def from_log(log: Path | None, project: str, new: Path, backup: Path | None) -> Repaired:
    """The same of the log alone, where the file it belonged to was written over.

    ``project`` is the id that it had.
    """
    source = log or backup
    if source is None:
        raise ProjectFault(
            "Nothing of the project is left: there is nothing in its log, and there is no backup."
        )
    _refuse_existing(new)
    found = _read_log(log) if log is not None else Salvaged()
    found.project = project
    return _build(found, source, new, backup)


def _refuse_existing(new: Path) -> None:
    if new.exists():
        raise ProjectFault(f"{new} exists already; choose another name.")


def _build(found: Salvaged, source: Path, new: Path, backup: Path | None) -> Repaired:
    report = Repaired(new)
    if backup is not None:
        _add(found, _read(backup), report)
    if not found.changes:
        raise ProjectFault(f"Nothing of a project can be read in {source}; take a backup instead.")
    file = ProjectFile(new, _made(new, found))
    try:
        with file.uniting():
            _Repair(file, found, report).run()
        report.faults = [str(fault) for fault in check(file)]
    except BaseException as error:
        file.discard()
        if isinstance(error, FAULTS):
            raise ProjectFault(f"{new} cannot be written: {error}.") from error
        raise
    file.close()
    return report


def _read(project: Path) -> Salvaged:
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        copy = Path(folder) / "copy.annotator"
        try:
            copy_bytes(project, copy)
        except OSError as error:
            raise ProjectFault(f"{project} cannot be read: {error.strerror}.") from error
        return salvage(copy)


def _read_log(log: Path) -> Salvaged:
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        copy = Path(folder) / "copy.annotator"
        copy.touch()
        try:
            copy.with_name(f"{copy.name}-wal").write_bytes(log.read_bytes())
        except OSError as error:
            raise ProjectFault(f"{log} cannot be read: {error.strerror}.") from error
        return salvage(copy)


def _add(found: Salvaged, backup: Salvaged, report: Repaired) -> None:
    """What the backup has and the file no longer; only of one and the same project."""
    shared = found.revisions.keys() & backup.revisions.keys()
    if found.project and backup.project and found.project != backup.project:
        report.missing.append("The backup is of another project; it was left out.")
        return
    if any(found.revisions[id][1:3] != backup.revisions[id][1:3] for id in shared):
        report.missing.append("The backup has other work under the same numbers; it was left out.")
        return
    before = len(found.revisions) + len(found.changes) + len(found.texts)
    found.project = found.project or backup.project
    found.revisions = {**backup.revisions, **found.revisions}
    found.changes = {**backup.changes, **found.changes}
    found.texts = {**backup.texts, **found.texts}
    for id, row in backup.replicas.items():
        found.replicas.setdefault(id, row)
    after = len(found.revisions) + len(found.changes) + len(found.texts)
    report.from_backup = after - before


def _made(new: Path, found: Salvaged) -> Connection:
    """The new file, with the journal in the layout that its rows were written in."""
    return opening.create(
        new, found.project or secrets.token_hex(16), found.version, lambda c: _put(c, found)
    )


def _put(connection: Connection, found: Salvaged) -> None:
    connection.executemany("INSERT INTO text (sha256, body) VALUES (?, ?)", found.texts.items())
    stood_in = _with_stand_ins(found)
    width = 10 if "partial" in _columns(connection) else 9
    connection.executemany(
        f"INSERT INTO revision VALUES ({', '.join('?' * width)})",
        (row[:width] for row in stood_in),
    )
    connection.executemany(
        "INSERT INTO change (revision, ordinal, kind, id, before, after, seen)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        found.changes.values(),
    )
    last: dict[int, int] = defaultdict(int)
    for row in stood_in:
        last[row[0] >> 32] = max(last[row[0] >> 32], row[0] & 0xFFFF_FFFF)
    highest = _highest_ids(found)
    connection.executemany(
        "INSERT INTO replica (id, sequence, counter) VALUES (?, ?, ?)",
        [
            (id, last[id], max(found.replicas.get(id, (0, 0, 0))[2], highest[id]))
            for id in sorted(last)
        ],
    )


def _columns(connection: Connection) -> list[str]:
    return [row[1] for row in connection.execute("PRAGMA table_info(revision)")]


def _highest_ids(found: Salvaged) -> dict[int, int]:
    """Of each replica the highest record it numbered; no number is given out again."""
    highest: dict[int, int] = defaultdict(int)
    for row in found.changes.values():
        replica, counter = row[3] >> 32, row[3] & 0xFFFF_FFFF
        if replica < _OURS:
            highest[replica] = max(highest[replica], counter)
    return highest


def _with_stand_ins(found: Salvaged) -> list[Row]:
    """The revisions, and for each that is lost one that says so, at about the same time."""
    known: dict[int, set[int]] = defaultdict(set)
    for id in found.revisions:
        known[id >> 32].add(id & 0xFFFF_FFFF)
    needed: dict[int, int] = {replica: max(numbers) for replica, numbers in known.items()}
    for revision, _ in found.changes:
        replica = revision >> 32
        needed[replica] = max(needed.get(replica, 0), revision & 0xFFFF_FFFF)
    for replica, row in found.replicas.items():
        needed[replica] = max(needed.get(replica, 0), row[1])
    made: list[Row] = []
    for replica, last in needed.items():
        first = min(known[replica], default=1)
        clock = found.revisions[replica << 32 | first][1] - first if known[replica] else 0
        for sequence in range(1, last + 1):
            id = replica << 32 | sequence
            row = found.revisions.get(id) or (
                id, clock + 1, 0, LOST, "do", None, None, None, None, 1,
            )  # fmt: skip
            clock = row[1]
            made.append(row)
    return made


class _Repair:
    """One repair under way, inside its transaction."""

    def __init__(self, file: ProjectFile, found: Salvaged, report: Repaired) -> None:
        self._file = file
        self._db = file.connection
        self._found = found
        self._report = report
        self._changes: list[Change] = []

    def run(self) -> None:
        self._tell_lost_revisions()
        self._fold()
        if self._file.record("codebook", CODEBOOK) is None:
            raise ProjectFault(
                "The codebook is lost, without which nothing else has a meaning, and no backup has"
                " it; if there is a backup elsewhere, bring that one back."
            )
        for _ in range(_ROUNDS):
            if not self._mend():
                break
        self._append()
        journal.note_articles(self._db)
        derived.rebuild(self._db)
        self._report.records = {
            kind: count
            for kind in RECORDS
            if (count := self._db.execute(f"SELECT count(*) FROM {kind}").fetchone()[0])
        }
        (self._report.revisions,) = self._db.execute(
            "SELECT count(*) FROM revision WHERE label <> ?", (LOST,)
        ).fetchone()

    def _tell_lost_revisions(self) -> None:
        lost = self._db.execute(
            "SELECT id >> 32, count(*) FROM revision WHERE label = ? GROUP BY id >> 32", (LOST,)
        ).fetchall()
        for replica, count in lost:
            self._report.missing.append(f"{counted(count, 'step')} of replica {replica}.")
        ordinals: dict[int, set[int]] = defaultdict(set)
        for revision, ordinal in self._found.changes:
            ordinals[revision].add(ordinal)
        bare = (row for id, row in self._found.revisions.items() if id not in ordinals)
        for row in bare:
            if row[4] in ("start", "do") and not (row[9:] and row[9]):
                self._report.missing.append(f"All that the step “{row[3]}” changed.")
        for revision, there in sorted(ordinals.items()):
            gap = max(there) + 1 - len(there)
            if gap:
                label = self._found.revisions.get(revision, (0, 0, 0, LOST))[3]
                self._report.missing.append(f"{counted(gap, 'change')} of the step “{label}”.")

    def _fold(self) -> None:
        """Every record that its changes amount to."""
        keys = self._db.execute("SELECT DISTINCT kind, id FROM change ORDER BY kind, id").fetchall()
        lost: dict[str, int] = defaultdict(int)
        for kind, id in keys:
            steps = journal.steps(self._db, kind, id)
            try:
                record = fold(steps)
            except (msgspec.MsgspecError, KeyError, TypeError, ValueError):
                record = None
            if record is not None:
                rows.write(self._db, record)
            elif not any(step.before is None for _, step in steps):
                lost[kind] += 1
        for kind, count in lost.items():
            self._report.missing.append(
                f"{count} × {kind}: how they began is lost, so they cannot be put together."
            )
        self._tell_without_journal({(kind, id) for kind, id in keys})

    def _tell_without_journal(self, known: set[tuple[str, Id]]) -> None:
        """Records and texts that are there, and of which the journal knows nothing any more."""
        for kind, ids in self._found.records.items():
            lost = sum((kind, id) not in known for id in ids)
            if lost:
                self._report.missing.append(
                    f"{lost} × {kind}: what the journal said of them is lost."
                )
        used = {row[0] for row in self._db.execute("SELECT sha256 FROM article")}
        spoken = self._db.execute("SELECT before, after FROM change WHERE kind = 'article'")
        told = "".join(part for row in spoken for part in row if part)
        for digest, text in self._found.texts.items():
            if digest not in used and digest not in told:
                self._report.missing.append(
                    f"The article whose text begins “{' '.join(text[:_SHOWN].split())}…”."
                )

    def _mend(self) -> bool:
        """One round over what no rule of the data allows; whether there was anything."""
        now = Lookup(self._file)
        broken: list[tuple[Record, str]] = []
        for kind in RECORDS:
            for record in rows.every(self._db, kind):
                fault = next(iter(faults(record, now)), None)
                if fault is not None:
                    broken.append((record, fault))
        for record, fault in broken:
            self._mend_one(record, fault, now)
        return bool(broken)

    def _mend_one(self, record: Record, fault: str, now: Lookup) -> None:
        change = Change(record, self._without_lost_marks(record, now))
        if change.after is None:
            rows.delete(self._db, change.kind, record.id)
        else:
            rows.write(self._db, change.after)
        self._changes.append(change)
        self._report.missing.append(f"{_called(record)}: {fault}")

    def _without_lost_marks(self, record: Record, now: Lookup) -> Record | None:
        if not isinstance(record, Statement) or now.record("article", record.article) is None:
            return None
        left = tuple(m for m in record.members if now.record("mark", m.mark) is not None)
        if not left or left == record.members:
            return None
        return msgspec.structs.replace(record, members=left)

    def _append(self) -> None:
        """The revision that takes out; the folded journal then says what the rows say."""
        first: dict[tuple[str, Id], Change] = {}
        for change in self._changes:
            key = change.kind, change.id
            first[key] = Change(first[key].before if key in first else change.before, change.after)
        if not first:
            return
        replica = self._file.my_replica()
        vector = journal.known(self._db)
        clock = tick(journal.last_clock(self._db), time.time_ns() // 1_000_000)
        number = replica << 32 | vector.get(replica, 0) + 1
        entries = tuple(entry(change, vector) for change in first.values())
        journal.append(self._db, Revision(number, clock, 0, _LABEL, "start", None, entries))


def _called(record: Record) -> str:
    """A record in words: what somebody would look for."""
    match record:
        case Article(title=title):
            return f"article “{title}”"
        case Mark(kind=kind, fragments=fragments):
            return f"{kind} “{' … '.join(f.quote for f in fragments)}”"
        case _:
            return f"{Change(record, None).kind} {record.id}"
