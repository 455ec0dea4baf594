"""Merging two entries, giving one another key, and deleting one: what holds it is rewritten.

Each is one step. Nothing that marks and statements hold gets lost; what cannot be kept is refused.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from annotator.core.book.changing import refuse_loss
from annotator.core.book.field_merging import merge_fields
from annotator.core.book.parts import (
    Part,
    count,
    entries,
    entry,
    fields_of,
    siblings,
    uses,
    with_entries,
    word,
)
from annotator.core.book.plan import Merged, Plan, book_change, edit, replaced_value, rewritten
from annotator.core.book.tree import lifted
from annotator.core.book.uses import Count, Use, Using
from annotator.core.codebook import Codebook, Field, Kind, Role
from annotator.core.errors import NotAllowed
from annotator.core.model import FieldValue, Issue, Mark, Statement, several
from annotator.core.revision import Change


def targets(now: Using, part: Part) -> list[Part]:
    """What a part can be merged into; a field into one that holds the same sort of thing."""
    found = {p: one for p, one in siblings(now, part).items() if p != part}
    own = now.codebook.fields.get(part.key) if part.sort == "field" else None
    if own is None:
        return list(found)
    return [p for p, one in found.items() if isinstance(one, Field) and one.type == own.type]


def merge(now: Using, part: Part, into: Part) -> Plan:
    """Make one of two entries: whatever has the first has the second from then on."""
    old, kept = entry(now, part), entry(now, into)
    if part == into:
        raise NotAllowed(f"“{old.name}” cannot be merged into itself.")
    if into not in targets(now, part):
        raise NotAllowed(_unlike(now, part, into))
    label = f"Merge “{old.name}” into “{kept.name}”"
    touched = count(now, part)
    verb = "becomes" if touched.one else "become"
    says = f"{label}: {touched} {verb} “{kept.name}”." if touched else f"{label}: nothing uses it."
    if part.sort == "issue":
        return Plan(says, touched, lambda: edit(label, _issues(now, part, into)))
    make = {"kind": _kind, "role": _role, "choice": _value, "stance": _value}
    merged = {**make, "field": merge_fields}[part.sort](now, part, into)
    changed = book_change(now.codebook, merged.book)
    says = f"{says} {merged.aside}".strip()
    return Plan(says, touched, lambda: edit(label, (*changed, *merged.changes())))


def _unlike(now: Using, part: Part, into: Part) -> str:
    if part.sort == into.sort == "field":
        one, other = (now.codebook.fields[p.key] for p in (part, into))
        return f"“{one.name}” holds a {one.type} and “{other.name}” a {other.type}; they stay two."
    return f"A {word(part.sort)} cannot be merged into a {word(into.sort)}."


def _without(now: Using, part: Part, into: Part) -> Codebook:
    """The codebook without the one part, whose examples the other takes over."""
    found = entries(now.codebook, part.sort, part.field)
    gone, kept = found.pop(part.key), found[into.key]
    if examples := getattr(gone, "examples", ()):
        both = tuple(dict.fromkeys((*kept.examples, *examples)))
        found[into.key] = msgspec.structs.replace(kept, examples=both)
    return with_entries(now.codebook, part.sort, found, part.field)


def _kind(now: Using, part: Part, into: Part) -> Merged:
    book, old, new = _without(now, part, into), part.key, into.key
    moves = _roles_left(now.codebook, old, new)
    book = with_entries(book, "role", _other_kinds(book.roles, old, new, moves))
    gone = {role for role in moves if role not in book.roles}
    refuse_roles_in_use(now, gone, old)
    book = with_entries(book, "field", _other_places(now, book.fields, old, new))

    def changes() -> list[Change]:
        marks = now.using([Use(kind=old)])
        ids = {mark.id for mark in marks}
        held = now.using([Use(old, role) for role in moves])
        of_kind = rewritten(marks, kind=lambda _: new)
        in_role = rewritten(
            held,
            role=lambda m: moves[m.role] if m.role in moves and m.mark in ids else m.role,
        )
        return of_kind + in_role

    return Merged(book, changes)


def _roles_left(book: Codebook, old: str, new: str) -> dict[str, str]:
    """Roles that the kind that goes plays first, and the role its marks have from then on.

    The other kind would else become the first of them, and new marks of it would take that role.
    """
    usual = book.usual_role(new)
    firsts = (k for k, role in book.roles.items() if role.kinds[0] == old and new not in role.kinds)
    return {role: usual for role in firsts if usual is not None and usual != role}


def _other_kinds(
    roles: dict[str, Role], old: str, new: str, moves: dict[str, str]
) -> dict[str, Role]:
    """The roles with one kind for the other; a role that nothing could play any more goes."""
    found: dict[str, Role] = {}
    for key, role in roles.items():
        if old not in role.kinds:
            found[key] = role
            continue
        instead = () if key in moves or new in role.kinds else (new,)
        kinds = tuple(k for one in role.kinds for k in (instead if one == old else (one,)))
        if kinds:
            found[key] = msgspec.structs.replace(role, kinds=kinds)
    return found


def refuse_roles_in_use(now: Using, roles: Iterable[str], kind: str) -> None:
    """:class:`NotAllowed` when statements hold marks of other kinds in roles that go with a kind."""
    for key in roles:
        others = [k for k in now.codebook.kinds if k != kind]
        if now.count_using([Use(k, key) for k in others]):
            raise NotAllowed(f"The role “{now.codebook.roles[key].name}” is still in use.")


def _other_places(now: Using, fields: dict[str, Field], old: str, new: str) -> dict[str, Field]:
    """The fields with one kind for the other where they are filled in, else without the one."""
    found: dict[str, Field] = {}
    for key, field in fields.items():
        if old not in field.on:
            found[key] = field
            continue
        rest = tuple(thing for thing in field.on if thing != old)
        needed = not rest or bool(now.count_using([Use(kind=old, field=key)]))
        on = rest if new in rest or not needed else (*rest, new)
        found[key] = msgspec.structs.replace(field, on=on)
    return found


def _role(now: Using, part: Part, into: Part) -> Merged:
    book = _without(now, part, into)
    old, kept = now.codebook.roles[part.key], book.roles[into.key]
    kinds = tuple(dict.fromkeys((*kept.kinds, *old.kinds)))
    roles = {**book.roles, into.key: msgspec.structs.replace(kept, kinds=kinds)}
    return Merged(with_entries(book, "role", roles), lambda: _all_gone_over(now, part, into))


def _value(now: Using, part: Part, into: Part) -> Merged:
    return Merged(
        _without(now, part, into),
        lambda: _all_gone_over(now, part, into),
    )


def _with_value(
    things: Iterable[Mark | Statement], fields: tuple[str, ...], old: str | int, new: str | int
) -> list[Change]:
    """One value in place of another in these fields."""
    return rewritten(things, lambda thing: _other_value(thing, fields, old, new))


def _other_value(
    thing: Mark | Statement, fields: tuple[str, ...], old: str | int, new: str | int
) -> dict[str, FieldValue]:
    """What a thing holds, with one value for another in these fields."""
    found = dict(thing.fields)
    for key in fields:
        if key in found and old in several(found[key]):
            found[key] = replaced_value(found[key], old, new)
    return found


def _issues(now: Using, part: Part, into: Part) -> list[Change]:
    """The issues below the one that goes come under the other; what is about it is about that."""
    gone, kept = entry(now, part), entry(now, into)
    assert isinstance(gone, Issue)
    assert isinstance(kept, Issue)
    moved = lifted(now.issues(), gone, kept)
    after = moved.pop(kept.id, kept)
    examples = tuple(dict.fromkeys((*kept.examples, *gone.examples)))
    after = msgspec.structs.replace(after, examples=examples)
    before = {issue.id: issue for issue in now.issues()}
    changes = [Change(before[id], issue) for id, issue in moved.items()]
    if after != kept:
        changes.append(Change(kept, after))
    return [*changes, *_all_gone_over(now, part, into), Change(gone, None)]


def rekey(now: Using, part: Part, key: str) -> Plan:
    """Give an entry another key for files; what has it follows. An issue's key is a name only."""
    old = entry(now, part)
    found = entries(now.codebook, part.sort, part.field)
    label = f"Key of “{old.name}” in files: {key}"
    used = count(now, part)
    says = f"{label}: {used} {'follows' if used.one else 'follow'}." if used else f"{label}."
    if isinstance(old, Issue):
        if not key.strip() or any(i.key == key and i.id != old.id for i in now.issues()):
            raise NotAllowed(f"Another issue has the key {key}, or it is empty; give another.")
        renamed = msgspec.structs.replace(old, key=key)
        return Plan(says, used, lambda: edit(label, (Change(old, renamed),)))
    if key in found:
        raise NotAllowed(f"“{found[key].name}” has the key {key} already; give another.")
    new = Part(part.sort, key, part.field)
    book = _renamed(
        with_entries(now.codebook, part.sort, _swapped(found, part.key, key), part.field), part, key
    )
    changed = book_change(now.codebook, book)
    return Plan(says, used, lambda: edit(label, (*changed, *_all_gone_over(now, part, new))))


def _swapped(found: dict[str, object], old: str, new: str) -> dict[str, object]:
    return {new if key == old else key: one for key, one in found.items()}


def _renamed(book: Codebook, part: Part, key: str) -> Codebook:
    """What else in the codebook names a kind."""
    if part.sort != "kind":
        return book

    def others(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key if name == part.key else name for name in names)

    roles = {k: msgspec.structs.replace(r, kinds=others(r.kinds)) for k, r in book.roles.items()}
    fields = {k: msgspec.structs.replace(f, on=others(f.on)) for k, f in book.fields.items()}
    return msgspec.structs.replace(book, roles=roles, fields=fields)


def _all_gone_over(now: Using, old: Part, new: Part) -> list[Change]:
    """Everything that has the one entry, with the other in its place."""
    return gone_over(now.codebook, now.using(uses(now.codebook, old)), old, new)


def gone_over(
    book: Codebook, things: Iterable[Mark | Statement], old: Part, new: Part
) -> list[Change]:
    """Things with one entry in place of another of its sort, wherever they had that."""
    match old.sort:
        case "kind":
            return rewritten(things, kind=lambda _: new.key)
        case "role":
            return rewritten(things, role=lambda m: new.key if m.role == old.key else m.role)
        case "field":
            return rewritten(
                things,
                lambda t: {new.key if k == old.key else k: v for k, v in t.fields.items()},
            )
        case "choice":
            return _with_value(things, (old.field,), old.key, new.key)
        case "stance":
            return _with_value(things, fields_of(book, "stance"), int(old.key), int(new.key))
        case "issue":
            return _with_value(things, fields_of(book, "issue"), old.key, new.key)


def delete(now: Using, part: Part) -> Plan:
    """Take out an entry that nothing uses; :class:`NotAllowed` says what to do with a used one."""
    gone = entry(now, part)
    if used := count(now, part):
        raise NotAllowed(_in_use(gone.name, used, part, bool(targets(now, part))))
    label = f"Delete “{gone.name}”"
    says = f"{label}: nothing uses it."
    if isinstance(gone, Issue):
        before = {issue.id: issue for issue in now.issues()}
        moved = [
            Change(before[id], issue) for id, issue in lifted(now.issues(), gone, None).items()
        ]
        if moved:
            says = f"{label}: nothing uses it; what is under it moves up."
        return Plan(says, Count(), lambda: edit(label, (*moved, Change(gone, None))))
    found = entries(now.codebook, part.sort, part.field)
    del found[part.key]
    book = with_entries(now.codebook, part.sort, found, part.field)
    if isinstance(gone, Kind):
        book = _without_kind(book, part.key)
    changed = book_change(now.codebook, book)
    refuse_loss(now, book)
    return Plan(says, Count(), lambda: edit(label, changed))


def _in_use(name: str, used: Count, part: Part, others: bool) -> str:
    """Why a used entry is not deleted, and what can be done instead."""
    verb = "uses" if used.one else "use"
    instead = (
        f"merge it into another {word(part.sort)} or retire it" if others else "retire it instead"
    )
    return f"{used} {verb} “{name}”; {instead}."


def _without_kind(book: Codebook, kind: str) -> Codebook:
    """Roles and fields without a kind; a role that nothing could play any more goes too."""
    roles = {
        key: msgspec.structs.replace(role, kinds=tuple(k for k in role.kinds if k != kind))
        for key, role in book.roles.items()
        if role.kinds != (kind,)
    }
    fields = {
        key: msgspec.structs.replace(field, on=tuple(k for k in field.on if k != kind))
        for key, field in book.fields.items()
    }
    return msgspec.structs.replace(book, roles=roles, fields=fields)
