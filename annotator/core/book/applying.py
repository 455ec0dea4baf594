"""A codebook file taken over by a project under way: what differs, and one step that does it.

Things are the same when their keys are (issues: their ids or keys). What the file has not got is
retired, never deleted; what the project's marks need and the file forbids is refused. Actors of
the file that the project does not know come in; the project's own stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from annotator.core.book.changing import other_number, refuse_crowded, refuse_loss
from annotator.core.book.parts import Entry, Part, Sort, count, issue_part, uses, word
from annotator.core.book.plan import book_change, edit
from annotator.core.book.uses import Count, Using
from annotator.core.codebook import Codebook, Field, Role, Start
from annotator.core.model import Id, Issue
from annotator.core.revision import Change, Edit


@dataclass(frozen=True, slots=True)
class Applied:
    """What a file would change, a line for each thing, and the one step that does it."""

    lines: tuple[str, ...]
    size: int
    """At most about how many records the step changes; 0 when the file says what there is."""
    make: Callable[[], Edit]

    @property
    def edit(self) -> Edit:
        return self.make()


def apply(now: Using, file: Start, name: str) -> Applied:
    """Take a codebook file over; :class:`NotAllowed` says which marks stand against it."""
    book, lines = _book(now, file.codebook)
    changes = [*book_change(now.codebook, book)]
    other = _of_other_number(now.codebook, book)
    for part, field in other.items():
        refuse_crowded(now, part, field)
    refuse_loss(now, book)
    issue_changes, issue_lines = _issues(now, file.issues)
    new_actors = [actor for actor in file.actors if now.record("actor", actor.id) is None]
    changes += [*issue_changes, *(Change(None, actor) for actor in new_actors)]
    lines += [*issue_lines, *(f"new actor “{actor.name}”" for actor in new_actors)]
    held = now.count_using(use for part in other for use in uses(book, part)) if other else Count()

    def make() -> Edit:
        moved = [one for p, field in other.items() for one in other_number(now, p, field)]
        return edit(f"Codebook from {name}", (*changes, *moved))

    return Applied(tuple(lines), len(changes) + held.marks + held.statements, make)


def _of_other_number(old: Codebook, new: Codebook) -> dict[Part, Field]:
    """The fields that held one value and hold several from then on, or the other way round."""
    both = ((key, field, old.fields.get(key)) for key, field in new.fields.items())
    return {Part("field", key): f for key, f, before in both if before and before.many != f.many}


def _book(now: Using, file: Codebook) -> tuple[Codebook, list[str]]:
    old = now.codebook
    lines = [
        f"{what} changed"
        for what in ("name", "guidelines")
        if getattr(old, what) != getattr(file, what)
    ]
    fields = {key: _with_old_choices(old.fields.get(key), f) for key, f in file.fields.items()}
    file = msgspec.structs.replace(file, fields=fields)
    kinds = _merged(old.kinds, file.kinds)
    left = tuple(key for key in old.kinds if key not in file.kinds)
    roles = {
        key: _keeping(role, "kinds", old.roles.get(key), left)
        for key, role in _merged(old.roles, file.roles).items()
    }
    all_fields = {
        key: _keeping(field, "on", old.fields.get(key), left)
        for key, field in _merged(old.fields, file.fields).items()
    }
    stances = _merged(old.stances, file.stances)
    book = msgspec.structs.replace(
        file, id=old.id, kinds=kinds, roles=roles, fields=all_fields, stances=stances
    )
    return book, [*lines, *_lines(now, book)]


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The new entries in their order, then the old ones that are not among them, retired."""
    gone = {
        key: msgspec.structs.replace(entry, retired=True)
        for key, entry in old.items()
        if key not in new
    }
    return {**new, **gone}


def _with_old_choices(old: Field | None, new: Field) -> Field:
    if old is None or new.type != "choice":
        return new
    return msgspec.structs.replace(new, choices=_merged(old.choices, new.choices))


def _keeping(entry: Any, name: str, old: Role | Field | None, left: tuple[str, ...]) -> Any:
    """The entry still for the retired kinds that it was for, whose marks stay."""
    named: tuple[str, ...] = getattr(entry, name)
    kept = tuple(k for k in (getattr(old, name) if old else ()) if k in left and k not in named)
    return msgspec.structs.replace(entry, **{name: (*named, *kept)}) if kept else entry


def _lines(now: Using, book: Codebook) -> list[str]:
    old = now.codebook
    found: list[str] = []
    for sort, before, after in (
        ("kind", old.kinds, book.kinds),
        ("role", old.roles, book.roles),
        ("field", old.fields, book.fields),
        ("stance", old.stances, book.stances),
    ):
        found += _differences(now, sort, before, after)  # type: ignore[arg-type]
    for key, field in book.fields.items():
        choices = old.fields[key].choices if key in old.fields else field.choices
        found += _differences(now, "choice", choices, field.choices, key)
    return found


def _differences(
    now: Using, sort: Sort, before: Mapping[str, Entry], after: Mapping[str, Entry], field: str = ""
) -> list[str]:
    found = []
    for key, entry in after.items():
        old = before.get(key)
        if old is None:
            found.append(f"new {word(sort)} “{entry.name}” ({key})")
        elif said := difference(now, Part(sort, key, field), old, entry):
            found.append(said)
    live = {key for key in before if key in after and not after[key].retired}
    if [key for key in after if key in live] != [key for key in before if key in live]:
        found.append(f"{word(sort)}s in another order")
    return found


def difference(now: Using, part: Part, old: Entry, new: Entry) -> str:
    """One line on an entry that is there already, with what it touches; empty when it is the same."""
    one, other = msgspec.structs.asdict(old), msgspec.structs.asdict(new)
    names = [n for n in one if n not in ("id", "choices") and one[n] != other[n]]
    if not names:
        return ""
    said = f"{word(part.sort)} “{old.name}” ({getattr(old, 'key', '') if part.sort == 'issue' else part.key})"
    used = count(now, part)
    if "retired" in names:
        names.remove("retired")
        keep = f", {used} {'keeps' if used.one else 'keep'} it" if used else ", nothing uses it"
        said += f": {'retired' if new.retired else 'offered again'}{keep}"
    if "name" in names:
        names.remove("name")
        said += f": renamed “{new.name}”" + (f", used by {used}" if used else "")
    return said + (f": {', '.join(names)} changed" if names else "")


def _issues(now: Using, file: tuple[Issue, ...]) -> tuple[list[Change], list[str]]:
    ours = {issue.id: issue for issue in now.issues()}
    by_key = {issue.key: issue.id for issue in ours.values()}
    ids: dict[Id, Id] = {i.id: i.id if i.id in ours else by_key.get(i.key, i.id) for i in file}
    changes: list[Change] = []
    lines: list[str] = []
    for issue in file:
        parent = None if issue.parent is None else ids[issue.parent]
        old = ours.get(ids[issue.id])
        new = msgspec.structs.replace(issue, id=ids[issue.id], parent=parent)
        if old is None:
            changes.append(Change(None, new))
            lines.append(f"new issue “{new.name}” ({new.key})")
        elif (new := msgspec.structs.replace(new, key=old.key)) != old:
            changes.append(Change(old, new))
            lines.append(difference(now, issue_part(old), old, new))
    for id in ours.keys() - set(ids.values()):
        old = ours[id]
        if not old.retired:
            new = msgspec.structs.replace(old, retired=True)
            changes.append(Change(old, new))
            lines.append(difference(now, issue_part(old), old, new))
    return changes, lines
