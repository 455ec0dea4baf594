"""The tree of issues: moving one under another, and closing the gap where one goes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from annotator.core.book.parts import Part, count, entry, issue_part
from annotator.core.book.plan import Plan, edit
from annotator.core.book.uses import Using
from annotator.core.codebook import is_above_itself
from annotator.core.errors import NotAllowed
from annotator.core.model import Id, Issue
from annotator.core.revision import Change


def move_under(now: Using, part: Part, parent: Part | None) -> Plan:
    """Put an issue under another, or (None) at the top; what is about it stays about it."""
    old = entry(now, part)
    assert isinstance(old, Issue)
    above = entry(now, parent) if parent is not None else None
    new = msgspec.structs.replace(old, parent=above.id if isinstance(above, Issue) else None)
    ways = {i.id: [i.parent] if i.parent is not None else [] for i in now.issues()}
    ways[old.id] = [new.parent] if new.parent is not None else []
    if is_above_itself(old.id, ways):
        name = above.name if above else ""
        raise NotAllowed(f"“{name}” is under “{old.name}”; an issue cannot be under itself.")
    where = f"under “{above.name}”" if above else "to the top"
    label = f"Move “{old.name}” {where}"
    used = count(now, part)
    says = f"{label}: {used} {'stays' if used.one else 'stay'} with it." if used else f"{label}."
    changes = (Change(old, new),) if new != old else ()
    return Plan(says, used, lambda: edit(label, changes), rewrites=False)


def places(now: Using, part: Part) -> list[Part]:
    """The issues that another can be put under: not itself, and not what is below it."""
    issues = now.issues()
    below = {part.id}
    for issue in issues:  # they come in the order of the tree
        if issue.parent in below:
            below.add(issue.id)
    return [issue_part(issue) for issue in issues if issue.id not in below]


def lifted(issues: Sequence[Issue], gone: Issue, instead: Issue | None) -> dict[Id, Issue]:
    """What was right below an issue that goes, under another one or else one step higher.

    The branch that holds the other one itself moves up, so that nothing is under itself.
    """
    by_id = {issue.id: issue for issue in issues}
    line = set()
    at: Issue | None = instead
    while at is not None:
        line.add(at.id)
        at = by_id.get(at.parent) if at.parent is not None else None
    found = {}
    for issue in issues:
        if issue.parent == gone.id:
            to = gone.parent if instead is None or issue.id in line else instead.id
            found[issue.id] = msgspec.structs.replace(issue, parent=to)
    return found
