"""Taking a step back: what that changes, and what is said when it can no longer be done."""

from __future__ import annotations

from annotator.core.errors import Conflict, NotAllowed
from annotator.core.model import Analyst, Id, Record
from annotator.core.revision import Change, Revision, inverse
from annotator.store import journal, rows
from annotator.store.driver import Connection


def changes(connection: Connection, done: Revision) -> tuple[Change, ...]:
    """What takes a revision back; :class:`Conflict` says who was there since."""
    found = []
    now = _records(connection, done)
    for step in reversed(done.entries):
        change = inverse(step, now[step.kind].get(step.id))
        if change is None:
            last = journal.last_author(connection, step.id)
            analyst = rows.read(connection, "analyst", last) if last is not None else None
            by = f" by {analyst.name}" if isinstance(analyst, Analyst) else ""
            raise Conflict(f"was changed since{by}")
        found.append(change)
    return tuple(found)


def _records(connection: Connection, done: Revision) -> dict[str, dict[Id, Record]]:
    """What a revision changed, as it is now."""
    ids: dict[str, list[Id]] = {}
    for step in done.entries:
        ids.setdefault(step.kind, []).append(step.id)
    return {kind: rows.these(connection, kind, of_kind) for kind, of_kind in ids.items()}


def passed_over(done: Revision, reason: Conflict | NotAllowed) -> str:
    """The label of the revision that leaves a step as it is: why it was not taken back."""
    if isinstance(reason, Conflict):
        return f"“{done.label}” {reason}; left as it is"
    rule = str(reason).rstrip(".")
    return f"“{done.label}” is left as it is: {rule[:1].lower()}{rule[1:]}"
