"""Finding and writing what a merge has to mend; what is right is told by the core."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from annotator.core.book.narrowing import lost
from annotator.core.codebook import Codebook
from annotator.core.errors import Conflict
from annotator.core.model import CODEBOOK, GOLD, Actor, Id, Issue, Mark, Record, Statement
from annotator.core.review.mending import fitted, references, settled
from annotator.core.review.merged import Merged
from annotator.core.review.records import Verdict
from annotator.core.revision import Change, Entry, Revision, entry, fold
from annotator.core.rules import faults
from annotator.store import journal, rows
from annotator.store.lookup import Lookup
from annotator.store.project import ProjectFile

_ROUNDS = 20
_LATEST = 1 << 62 | 1
"""Of a revision that is still to be written: after all others, and known to none."""
_LOOKED_UP = ("article", "analyst", "mark", "issue", "actor", "comment")
"""Kinds of record that others refer to."""


@dataclass(slots=True)
class Mends:
    """What was mended: as rows, and as the journal has it."""

    changes: list[Change] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


class Mender:
    """Goes over what a merge touched until everything fits; inside its transaction."""

    def __init__(self, project: ProjectFile, changes: list[Change], report: Merged) -> None:
        self._project = project
        self._db = project.connection
        self._report = report
        self._changes = changes
        self._touched = {(c.kind, c.id) for c in changes}
        self._now = {(c.kind, c.id): c.after for c in changes}
        self._new = {(c.kind, c.id) for c in changes if c.before is None}
        self._mends = Mends()
        found = project.record("codebook", CODEBOOK)
        assert isinstance(found, Codebook)
        self._book = found

    def _lookup(self) -> Lookup:
        """The project as it is now; what the merge wrote need not be read back."""
        return Lookup(self._project, self._record)

    def _record(self, kind: str, id: Id) -> Record | None:
        if (kind, id) not in self._now:
            self._now[kind, id] = rows.read(self._db, kind, id)
        return self._now[kind, id]

    def run(self) -> Mends:
        """Mend what was touched, then what mending touched, until nothing more is to be done."""
        waiting = self._touched
        for _ in range(_ROUNDS):
            before = len(self._mends.changes)
            self._restore(waiting)
            self._fit(waiting)
            self._settle(waiting)
            done = self._mends.changes[before:]
            if not done:
                break
            waiting = {(c.kind, c.id) for c in done}
            self._touched |= waiting
        self._mends.entries = _one_each(self._mends.entries)
        return self._mends

    def refuse_faults(self) -> None:
        """:class:`Conflict` when something is left that no rule of the data allows."""
        now = self._lookup()
        for change in self._changes:
            if isinstance(change.before, Codebook) and isinstance(change.after, Codebook):
                for use, said in lost(change.before, change.after):
                    if now.holds(use):
                        raise Conflict(f"{self._report.file} cannot be merged: {said}")
        for kind, id in sorted(self._touched):
            record = now.record(kind, id)
            for fault in faults(record, now) if record is not None else ():
                raise Conflict(f"{self._report.file} cannot be merged: {kind} {id}: {fault}")

    def _restore(self, waiting: set[tuple[str, Id]]) -> None:
        """Bring back what is needed and was deleted by somebody who did not know."""
        now = self._lookup()
        needed: set[tuple[str, Id]] = set()
        looked_at: set[tuple[str, Id]] = set()
        for kind, id in waiting:
            record = now.record(kind, id)
            if record is not None:
                for reference in references(record, self._book):
                    if reference not in looked_at:
                        looked_at.add(reference)
                        if now.record(*reference) is None:
                            needed.add(reference)
                if isinstance(record, Verdict):
                    needed.update(self._lost_gold(record, now))
            elif kind in _LOOKED_UP and now.used(kind, id):
                needed.add((kind, id))
        for key in sorted(needed):
            self._revive(*key)

    def _lost_gold(self, verdict: Verdict, now: Lookup) -> list[tuple[str, Id]]:
        lost = [
            i for i in verdict.gold if not (now.record("mark", i) or now.record("statement", i))
        ]
        return [
            (kind, id) for id in lost for kind in ("mark", "statement") if self._known(kind, id)
        ]

    def _known(self, kind: str, id: Id) -> bool:
        found = self._db.execute("SELECT 1 FROM change WHERE id = ? AND kind = ?", (id, kind))
        return found.fetchone() is not None

    def _revive(self, kind: str, id: Id) -> None:
        """As it last was, by a change that changes nothing: no deletion knew that."""
        touch = Entry(kind, id, {}, {})
        last = Revision(_LATEST, _LATEST, 0, "", "do", None, ())
        record = fold([*journal.steps(self._db, kind, id), (last, touch)])
        if record is None:
            return  # its creation has not arrived; the rules say what is missing
        self._do(Change(None, record), touch)
        self._report.restored.append((kind, id))

    def _fit(self, waiting: set[tuple[str, Id]]) -> None:
        now = self._lookup()
        for kind, id in sorted(self._to_fit(waiting, now)):
            record = now.record(kind, id)
            if isinstance(record, Mark | Statement):
                self._replace(
                    record, fitted(record, now.record, self._book), "did not fit its kind"
                )
            elif isinstance(record, Actor | Issue):
                self._replace(record, self._not_above_itself(record, now), "was above itself")

    def _to_fit(self, waiting: set[tuple[str, Id]], now: Lookup) -> set[tuple[str, Id]]:
        """With the marks also the statements that hold them, with an actor or issue its ring."""
        found = set(waiting)
        for kind, id in waiting:
            record = now.record(kind, id)
            if isinstance(record, Actor | Issue):
                found.update((kind, one) for one in _ring(record, now))
        # Whatever holds a mark that is new came with it.
        marks = [id for kind, id in waiting if kind == "mark" and (kind, id) not in self._new]
        for id in marks:
            held = self._db.execute("SELECT statement FROM member WHERE mark = ?", (id,))
            found.update(("statement", statement) for (statement,) in held.fetchall())
        return found

    def _not_above_itself(self, record: Actor | Issue, now: Lookup) -> Record:
        """Without what is above it, for the one with the smallest id of a ring."""
        ring = _ring(record, now)
        if record.id != min(ring, default=0):
            return record
        if isinstance(record, Issue):
            return msgspec.structs.replace(record, parent=None)
        outside = tuple(a for a in record.affiliations if a.actor not in ring)
        return msgspec.structs.replace(record, affiliations=outside)

    def _settle(self, waiting: set[tuple[str, Id]]) -> None:
        """Gold and verdicts of every article where the merge touched either."""
        for article in sorted(self._articles_to_settle(waiting)):
            verdicts = self._project.of_article("verdict", article)
            gold = [
                record
                for kind in ("mark", "statement")
                for record in self._project.of_article(kind, article, GOLD)
            ]
            changes, told = settled(
                (v for v in verdicts if isinstance(v, Verdict)),
                (g for g in gold if isinstance(g, Mark | Statement)),
            )
            for change in changes:
                self._do(change, entry(change, {}))
            self._report.mended += told

    def _articles_to_settle(self, waiting: set[tuple[str, Id]]) -> set[Id]:
        found: set[Id] = set()
        for kind, id in waiting:
            if kind in ("verdict", "mark", "statement"):
                record = self._record(kind, id)
                if isinstance(record, Verdict) or (
                    isinstance(record, Mark | Statement) and record.layer == GOLD
                ):
                    found.add(record.article)
                elif record is None:
                    place = self._project.belongs(kind, id)
                    if place is not None and place[1] == GOLD:
                        found.add(place[0])
        return found

    def _replace(self, old: Record, new: Record, why: str) -> None:
        if new is not old and new != old:
            change = Change(old, new)
            self._do(change, entry(change, {}))
            self._report.mended.append(f"{change.kind} {change.id} {why}")

    def _do(self, change: Change, step: Entry) -> None:
        if change.after is None:
            rows.delete(self._db, change.kind, change.id)
        else:
            rows.write(self._db, change.after)
        self._now[change.kind, change.id] = change.after
        self._mends.changes.append(change)
        self._mends.entries.append(step)


def _ring(record: Actor | Issue, now: Lookup) -> set[Id]:
    """The records of its kind that are both above and below it; empty when there are none."""
    kind = "actor" if isinstance(record, Actor) else "issue"
    above = _above(kind, record.id, now)
    if record.id not in above:
        return set()
    return {id for id in above if record.id in _above(kind, id, now)}


def _above(kind: str, id: Id, now: Lookup) -> set[Id]:
    seen: set[Id] = set()
    waiting = [id]
    while waiting:
        record = now.record(kind, waiting.pop())
        higher: list[Id] = []
        if isinstance(record, Actor):
            higher = [group.actor for group in record.affiliations]
        elif isinstance(record, Issue) and record.parent is not None:
            higher = [record.parent]
        waiting += [one for one in higher if one not in seen]
        seen.update(higher)
    return seen


def _one_each(entries: list[Entry]) -> list[Entry]:
    """Of several mends of one record one: a journal has a record once in a revision."""
    found: dict[tuple[str, Id], Entry] = {}
    for step in entries:
        key = step.kind, step.id
        old = found.get(key)
        if old is None or old.after is None or step.after is None:
            found[key] = step
        else:
            found[key] = Entry(
                *key, {**(step.before or {}), **(old.before or {})}, {**old.after, **step.after}
            )
    return list(found.values())
