"""Merging another file of the same project: the journals are united, the rows follow.

A revision is one thing wherever it is, by its id. What one side lacks is taken in, the records it
touches are folded anew, and what then does not fit together is mended by a revision of its own.
All of it is one transaction; a dry run is the same, rolled back.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.core.errors import BadInput, Conflict
from annotator.core.model import Analyst, Article, Id, Record
from annotator.core.review.merged import COUNTED, Came, Clash, Merged
from annotator.core.revision import Change, Entry, Revision, build, fold, kind_of, same, tick
from annotator.core.text.cleaning import sha256
from annotator.store import journal, rows
from annotator.store.driver import Connection
from annotator.store.finding import derived
from annotator.store.project import ProjectFile
from annotator.store.uniting.mending import Mender
from annotator.store.writing import uncollected

Key = tuple[str, Id]
Steps = list[tuple[Revision, Entry]]

_DAY_MS = 86_400_000
_COLUMNS = "id, clock, author, label, action, target, undo_top, redo_top, below, partial"


class _Rehearsed(Exception):
    """Ends the transaction of a dry run."""


def merge(project: ProjectFile, copy: Path, name: str, author: Id, dry_run: bool) -> Merged:
    """Take in what another file of this project has; ``copy`` is a private copy of it.

    Raises :class:`Conflict` when the two have different work under one number, and whatever
    writing raises; then nothing has changed.
    """
    report = Merged(name)
    with _attached(project.connection, copy), uncollected():
        try:
            with project.uniting():
                _Merge(project, report, author, dry_run).run()
                if dry_run:
                    raise _Rehearsed
        except _Rehearsed:
            pass
    return report


@contextmanager
def _attached(connection: Connection, copy: Path) -> Iterator[None]:
    connection.execute("ATTACH DATABASE ? AS other", (str(copy),))
    try:
        connection.execute(
            "CREATE TEMP TABLE touched (kind TEXT, id INTEGER, PRIMARY KEY (id, kind))"
        )
        yield
    finally:
        connection.execute("DROP TABLE IF EXISTS temp.touched")
        connection.execute("DETACH DATABASE other")


class _Merge:
    """One merge under way, inside its transaction."""

    def __init__(self, project: ProjectFile, report: Merged, author: Id, dry_run: bool) -> None:
        """What only serves those who look afterwards is left out of a dry run."""
        self._dry_run = dry_run
        self._concerned: set[tuple[Id, int]] = set()
        """Articles, each with a revision that touches a record of theirs."""
        self._project = project
        self._db = project.connection
        self._report = report
        self._author = author

    def run(self) -> None:
        self._refuse_a_fork()
        (self._report.revisions,) = self._db.execute(
            "SELECT count(*) FROM other.revision WHERE id NOT IN (SELECT id FROM main.revision)"
        ).fetchone()
        theirs = self._note_touched()
        if not theirs and not self._report.revisions:
            return
        self._take_texts()
        self._take_journal()
        changes = [change for change in self._folded(theirs) if change is not None]
        self._note_articles()
        self._write(changes)
        mender = Mender(self._project, changes, self._report)
        mends = mender.run()
        if mends.entries:
            self._append(mends.entries)
        self._write(mends.changes, written=True)
        self._tell([*changes, *mends.changes])
        mender.refuse_faults()

    def _refuse_a_fork(self) -> None:
        row = self._db.execute(
            "SELECT count(*) FROM main.revision AS o JOIN other.revision AS t USING (id)"
            " WHERE o.clock <> t.clock OR o.author <> t.author OR o.action <> t.action"
        ).fetchone()
        if row[0]:
            raise Conflict(
                f"{self._report.file} and this project have different work under the same numbers,"
                " as after restoring a backup in place; export one and import it into the other."
            )

    def _note_touched(self) -> set[tuple[int, int]]:
        """The changes that only the other file has; their records are put down as touched."""
        lacking = self._db.execute(
            "SELECT t.revision, t.ordinal, t.kind, t.id FROM other.change AS t"
            " LEFT JOIN main.change AS o ON o.revision = t.revision AND o.ordinal = t.ordinal"
            " WHERE o.revision IS NULL"
        ).fetchall()
        touched = {(id, kind) for _, _, kind, id in lacking}
        self._db.executemany("INSERT INTO temp.touched (id, kind) VALUES (?, ?)", sorted(touched))
        return {(revision, ordinal) for revision, ordinal, _, _ in lacking}

    def _take_texts(self) -> None:
        found = self._db.execute(
            "SELECT sha256, body FROM other.text WHERE sha256 NOT IN (SELECT sha256 FROM main.text)"
        )
        for digest, body in found:
            if sha256(body) != digest:
                raise BadInput(f"{self._report.file}: a text is not the one that was imported.")
            self._db.execute("INSERT INTO main.text (sha256, body) VALUES (?, ?)", (digest, body))

    def _take_journal(self) -> None:
        # What was left out of a revision here and is not left out there is filled in.
        self._db.execute(
            "UPDATE main.revision SET (label, partial) ="
            " (SELECT label, partial FROM other.revision AS t WHERE t.id = main.revision.id)"
            " WHERE partial = 1 AND EXISTS"
            " (SELECT 1 FROM other.revision AS t WHERE t.id = main.revision.id AND t.partial = 0)"
        )
        self._db.execute(
            f"INSERT INTO main.revision ({_COLUMNS}) SELECT {_COLUMNS} FROM other.revision"
            " WHERE id NOT IN (SELECT id FROM main.revision)"
        )
        self._db.execute(
            "INSERT OR IGNORE INTO main.change (revision, ordinal, kind, id, before, after, seen)"
            " SELECT revision, ordinal, kind, id, before, after, seen FROM other.change"
        )
        self._db.execute(
            "INSERT INTO main.replica (id, sequence, counter)"
            " SELECT id, sequence, counter FROM other.replica WHERE true"
            " ON CONFLICT (id) DO UPDATE SET sequence = max(sequence, excluded.sequence),"
            " counter = max(counter, excluded.counter)"
        )
        ahead = journal.last_clock(self._db) >> 15
        if ahead > time.time_ns() // 1_000_000 + _DAY_MS:
            self._report.remarks.append(
                "A clock was more than a day ahead when some of this was written;"
                " until then its changes count as the latest."
            )

    def _folded(self, theirs: set[tuple[int, int]]) -> Iterator[Change | None]:
        """For each touched record what it was and what it is, if that differs."""
        ours = self._only_ours()
        for key, steps, numbers in self._steps():
            new = [number in theirs for number in numbers]
            before = None if all(new) else rows.read(self._db, *key)
            after = _only_made(key, steps) or fold(steps)
            article = _article_of(key, after or before, steps)
            if article is not None:
                self._concerned.update((article, number) for number, _ in numbers)
            mine = [s for s, n in zip(steps, numbers, strict=True) if n[0] in ours]
            if mine:
                came = [s for s, is_new in zip(steps, new, strict=True) if is_new]
                self._compare(key, mine, came, after)
            if before is None and after is None:
                continue
            if before is None or after is None or not same(before, after):
                yield Change(before, after)

    def _note_articles(self) -> None:
        """Which articles what came in concerns; told from the folded records, whose journal would
        otherwise be read once more."""
        if not self._dry_run:
            self._db.executemany(
                "INSERT OR IGNORE INTO main.article_revision (article, revision) VALUES (?, ?)",
                sorted(self._concerned),
            )

    def _only_ours(self) -> set[int]:
        found = self._db.execute(
            "SELECT id FROM main.revision WHERE id NOT IN (SELECT id FROM other.revision)"
        )
        return {id for (id,) in found.fetchall()}

    def _steps(self) -> Iterator[tuple[Key, Steps, list[tuple[int, int]]]]:
        """The whole journal of each touched record."""
        revisions: dict[int, Revision] = {}
        now: Key | None = None
        steps: Steps = []
        numbers: list[tuple[int, int]] = []
        for kind, id, number, ordinal, clock, before, after, seen in self._db.execute(_STEPS):
            if (kind, id) != now:
                if now is not None:
                    yield now, steps, numbers
                now, steps, numbers = (kind, id), [], []
            step = revisions.get(number)
            if step is None:
                step = revisions[number] = Revision(number, clock, 0, "", "do", None, ())
            steps.append((step, journal.entry_of(kind, id, before, after, seen)))
            numbers.append((number, ordinal))
        if now is not None:
            yield now, steps, numbers

    def _compare(self, key: Key, ours: Steps, theirs: Steps, after: Record | None) -> None:
        """What both sides did to one record since they parted."""
        afters = [step.after for _, step in (*ours, *theirs)]
        if after is not None and None in afters and any(flat is not None for flat in afters):
            self._report.survived.append(key)
        mine, others = _last_values(ours), _last_values(theirs)
        for name in sorted(mine.keys() & others.keys() - _STAMPS):
            (order, value), (other_order, other) = mine[name], others[name]
            if value != other:
                kept = value if order > other_order else other
                self._report.clashes.append(Clash(*key, name, value, other, kept))

    def _write(self, changes: list[Change], written: bool = False) -> None:
        if not written:
            rows.write_all(self._db, (c.after for c in changes if c.after is not None))
            gone = [change for change in changes if change.after is None]
            for kind in dict.fromkeys(change.kind for change in gone):
                rows.delete_all(self._db, kind, (c.id for c in gone if c.kind == kind))
        if not self._dry_run:
            derived.follow(self._db, changes)

    def _append(self, entries: list[Entry]) -> None:
        """The revision that mends; it cannot be undone, as what it mends would be broken again."""
        replica = self._project.my_replica()
        vector = journal.known(self._db)
        seen = {str(one): last for one, last in vector.items()}
        clock = tick(journal.last_clock(self._db), time.time_ns() // 1_000_000)
        told = tuple(
            Entry(e.kind, e.id, e.before, e.after, seen if e.after is None else None)
            for e in entries
        )
        number = replica << 32 | vector.get(replica, 0) + 1
        label = f"Merge {self._report.file}"
        journal.append(self._db, Revision(number, clock, self._author, label, "start", None, told))

    def _tell(self, changes: list[Change]) -> None:
        report = self._report
        first: dict[Key, Change] = {}
        for change in changes:
            key = change.kind, change.id
            first[key] = (
                Change(first[key].before, change.after)
                if key in first and (first[key].before or change.after)
                else change
            )
        new, changed, deleted = Counter[str](), Counter[str](), Counter[str]()
        for change in first.values():
            count = new if change.before is None else deleted if change.after is None else changed
            count[change.kind] += 1
            if change.before is None and isinstance(change.after, Analyst):
                report.analysts.append(change.after.name)
            elif change.before is None and isinstance(change.after, Article):
                report.articles.append(change.after.title)
        report.came = self._came([c.after for c in first.values() if c.before is None])
        report.new, report.changed, report.deleted = dict(new), dict(changed), dict(deleted)
        names = Counter(a.name for a in self._project.records("analyst") if isinstance(a, Analyst))
        report.remarks += [
            f"{count} analysts are called {name}; they keep a layer each."
            for name, count in sorted(names.items())
            if count > 1
        ]

    def _came(self, new: Iterable[Record | None]) -> list[Came]:
        """On which articles there is something new to look at."""
        found: dict[Id, Counter[str]] = {}
        for record in new:
            if record is not None and (kind := kind_of(record)) in COUNTED:
                found.setdefault(getattr(record, "article", 0), Counter())[kind] += 1
        articles = ((rows.read(self._db, "article", id), count) for id, count in found.items())
        told = [Came(a.id, a.title, dict(n)) for a, n in articles if isinstance(a, Article)]
        return sorted(told, key=lambda one: (-one.new.get("comment", 0), one.title, one.article))


_STAMPS = {"changed_at", "changed_by"}
_STEPS = (
    "SELECT c.kind, c.id, c.revision, c.ordinal, r.clock, c.before, c.after, c.seen"
    " FROM temp.touched AS t JOIN main.change AS c ON c.id = t.id AND c.kind = t.kind"
    " JOIN main.revision AS r ON r.id = c.revision ORDER BY t.id, t.kind, r.clock, r.id"
)


def _article_of(key: Key, record: Record | None, steps: Steps) -> Id | None:
    """The article that a record is or lies on, if there is one."""
    kind, id = key
    if kind == "article":
        return id
    if record is not None:
        found = getattr(record, "article", None)
        return found if isinstance(found, int) else None
    flats = (flat for _, step in steps for flat in (step.after, step.before) if flat is not None)
    return next((int(flat["article"]) for flat in flats if "article" in flat), None)


def _only_made(key: Key, steps: Steps) -> Record | None:
    """What was made and never touched again, which is most of what comes in, needs no folding."""
    (_, made), *more = steps
    if more or made.before is not None or made.after is None:
        return None
    return build(*key, made.after)


def _last_values(steps: Steps) -> dict[str, tuple[tuple[int, int], object]]:
    """The last value that these steps gave each field, with the place in the order."""
    found: dict[str, tuple[tuple[int, int], object]] = {}
    for revision, step in steps:
        for name, value in (step.after or {}).items():
            found[name] = (revision.order, value)
    return found
