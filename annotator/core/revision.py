"""Edits, revisions, and how records follow from the journal.

A verb returns an :class:`Edit`; the workspace makes a :class:`Revision` of it. In the journal a
change is *flat*: a record's fields by name, the entries of its tables by ``table.key``, so that
two people's changes to one record merge field by field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import msgspec

from annotator.core.codebook import Codebook
from annotator.core.columns import differing
from annotator.core.model import (
    Actor,
    Analyst,
    Article,
    Assignment,
    Authored,
    Id,
    Issue,
    Mark,
    Record,
    Statement,
    Status,
)
from annotator.core.review.records import Comment, Procedure, Review, Verdict
from annotator.core.touched import Touched, kinds_of, touched_by

Flat = dict[str, Any]
"""Field values as JSON knows them; an absent or null entry of a table is unset."""

RECORDS: dict[str, type[Record]] = {
    "codebook": Codebook,
    "issue": Issue,
    "actor": Actor,
    "analyst": Analyst,
    "article": Article,
    "mark": Mark,
    "statement": Statement,
    "status": Status,
    "assignment": Assignment,
    "verdict": Verdict,
    "comment": Comment,
    "review": Review,
    "procedure": Procedure,
}
"""Every kind of record, those first that others refer to."""

_TABLES: dict[str, tuple[str, ...]] = {
    "codebook": ("kinds", "roles", "fields", "stances"),
    "mark": ("fields",),
    "statement": ("fields",),
}
_ORDERED = {"codebook"}
"""Whose tables have an order of their own, kept as a field beside their entries."""
_WHOLE = {"verdict"}
"""Whose changes hold every field: of two decisions one counts, not a mixture."""
_SHALLOW = {"mark": ("fragments",), "statement": ("members",)}
"""Of which there are many: whose tuples these are, with none inside."""
_KIND_OF = {cls: kind for kind, cls in RECORDS.items()}
_TYPES = {
    kind: {field.name: field.type for field in msgspec.structs.fields(cls)}
    for kind, cls in RECORDS.items()
}


def kind_of(record: Record) -> str:
    """The kind of record, as the journal names it."""
    return _KIND_OF[type(record)]


class Change(msgspec.Struct, frozen=True, gc=False):
    """One record before and after; either may be absent, not both."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        record = self.after or self.before
        assert record is not None
        return record

    @property
    def kind(self) -> str:
        return _KIND_OF[type(self.after or self.record)]  # asked very often

    @property
    def id(self) -> Id:
        return (self.after or self.record).id


Foreign = bool | Literal["all", "import"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A step of work to be done: what it is called, what it changes, texts it brings along."""

    label: str
    changes: tuple[Change, ...]
    texts: tuple[str, ...] = ()
    foreign: Foreign = False
    """Rightly touches other analysts' layers: brings their work in, or takes that back. ``import``
    brings in what was made elsewhere, and has left out what it would add to what is closed. ``all``
    touches every layer alike, as it follows from the codebook, the people or the articles."""

    def __bool__(self) -> bool:
        return bool(self.changes)


Action = Literal["start", "do", "undo", "redo"]
"""``start`` is what a project or an analyst begins with; it cannot be undone."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A change as the journal has it: only the fields that changed.

    ``after`` is None for a deletion, ``before`` for a creation; ``seen`` is what the one who
    deleted knew: the last sequence of each replica.
    """

    kind: str
    id: Id
    before: Flat | None
    after: Flat | None
    seen: dict[str, int] | None = None


@dataclass(frozen=True)
class Revision:
    """A step of work that was done.

    ``id`` is ``replica << 32 | sequence``, the sequence 1, 2, 3 … without gaps in each replica;
    ``clock`` is milliseconds since 1970 << 15 | counter.
    """

    id: int
    clock: int
    author: Id
    label: str
    action: Action
    target: int | None
    """The revision that an undo or redo inverts."""
    entries: Sequence[Entry]
    """In the order in which they were made; of very many they are read when asked for."""

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of record it touched."""
        return kinds_of(self.entries)

    @cached_property
    def touched(self) -> Touched:
        """Which records it touched; made when first asked for."""
        return touched_by(self.entries)

    @property
    def replica(self) -> int:
        return self.id >> 32

    @property
    def sequence(self) -> int:
        return self.id & 0xFFFF_FFFF

    @property
    def order(self) -> tuple[int, int]:
        """Revisions of all replicas in the order in which they count."""
        return self.clock, self.id

    @property
    def time_ms(self) -> int:
        """Milliseconds since 1970, UTC."""
        return self.clock >> 15


def tick(last: int, now_ms: int) -> int:
    """The next hybrid logical clock: never behind ``last``, whatever the wall clock says."""
    return max(now_ms << 15, last + 1)


def flatten(record: Record) -> Flat:
    """A record as flat fields, without its id."""
    kind = kind_of(record)
    flat = _as_json(kind, record)
    del flat["id"]
    for table in _TABLES.get(kind, ()):
        entries = flat.pop(table)
        if kind in _ORDERED:
            flat[table] = list(entries)
        flat.update((f"{table}.{key}", value) for key, value in entries.items())
    return flat


def _as_json(kind: str, record: Record) -> Flat:
    """The fields as JSON knows them, where tuples are lists."""
    if kind not in _SHALLOW:
        whole: Flat = msgspec.json.decode(msgspec.json.encode(record))
        return whole
    fields: Flat = msgspec.to_builtins(record)
    for name in _SHALLOW[kind]:
        fields[name] = list(fields[name])
    return fields


def build(kind: str, id: Id, flat: Mapping[str, Any]) -> Record:
    """The record that :func:`flatten` took apart."""
    tables: dict[str, Flat] = {t: dict.fromkeys(flat.get(t, ())) for t in _TABLES.get(kind, ())}
    fields: Flat = {"id": id}
    for name, value in flat.items():
        table, dot, key = name.partition(".")
        if dot:
            tables[table][key] = value
        elif name not in tables:
            fields[name] = value
    for table, entries in tables.items():
        fields[table] = {key: value for key, value in entries.items() if value is not None}
    return msgspec.convert(fields, RECORDS[kind])


def entry(change: Change, vector: Mapping[int, int]) -> Entry:
    """What the journal keeps of a change, made when ``vector`` was known."""
    kind = change.kind
    if change.before is None or change.after is None:
        before = flatten(change.before) if change.before else None
        after = flatten(change.after) if change.after else None
        seen = {str(replica): last for replica, last in vector.items()} if after is None else None
        return Entry(kind, change.id, before, after, seen)
    if kind in _ORDERED or kind in _WHOLE:
        before, after = _both_whole(kind, flatten(change.before), flatten(change.after))
    else:
        before, after = _both(kind, change.before, change.after)
    return Entry(kind, change.after.id, before, after)


def _both_whole(kind: str, before: Flat, after: Flat) -> tuple[Flat, Flat]:
    """What differs between two records that were taken apart."""
    names = [
        n
        for n in {**before, **after}
        if kind in _WHOLE or not _same_value(before.get(n), after.get(n))
    ]
    return {n: before.get(n) for n in names}, {n: after.get(n) for n in names}


def _both(kind: str, one: Record, other: Record) -> tuple[Flat, Flat]:
    """The same, without taking apart what is alike: most of a record nearly always is."""
    before: Flat = {}
    after: Flat = {}
    tables = _TABLES.get(kind, ())
    for place in differing(one, other):
        name = one.__struct_fields__[place]
        old, new = getattr(one, name), getattr(other, name)
        if name not in tables:
            before[name], after[name] = _plain(old), _plain(new)
            continue
        for key in {**old, **new}:
            if old.get(key) != new.get(key):
                before[f"{name}.{key}"] = _plain(old.get(key))
                after[f"{name}.{key}"] = _plain(new.get(key))
    return before, after


def _plain(value: object) -> Any:
    """A value as JSON knows it."""
    if value is None or isinstance(value, str | int):
        return value
    return msgspec.json.decode(msgspec.json.encode(value))


def apply_flat(record: Record, flat: Flat) -> Record:
    """The record with these fields; nulls unset. What the fields do not name stays as it is."""
    kind = kind_of(record)
    types = _TYPES[kind]
    if kind in _ORDERED or any(name.partition(".")[0] not in types for name in flat):
        return build(kind, record.id, {**flatten(record), **flat})
    given: dict[str, Any] = {}
    for name, value in flat.items():
        table, dot, key = name.partition(".")
        if not dot:
            given[name] = value
            continue
        entries = given.setdefault(table, dict(getattr(record, table)))
        entries[key] = value
    for table in _TABLES.get(kind, ()):
        if table in given:
            given[table] = {key: one for key, one in given[table].items() if one is not None}
    values = {name: msgspec.convert(value, types[name]) for name, value in given.items()}
    return msgspec.structs.replace(record, **values)


def stamp(change: Change, author: Id, time_ms: int) -> Change:
    """The change with its author and time in the record, unless the record brought its own."""
    after = change.after
    if not isinstance(after, Authored):
        return change
    if change.before is None:
        if after.made_at:
            return change
        made = {"made_at": time_ms, "made_by": author}
    else:
        made = {}
    stamped = msgspec.structs.replace(after, **made, changed_at=time_ms, changed_by=author)
    return Change(change.before, stamped)


def reach_of_inverse(revision: Revision) -> Foreign:
    """How far an edit reaches that takes a revision back: as far as that did."""
    if _OF_ALL & revision.kinds:
        return "all"
    has_status = "status" in revision.kinds  # together with marks as only a file has it
    return "import" if has_status and {"mark", "statement"} & revision.kinds else True


_OF_ALL = {"article", "codebook", "actor", "issue"}


def inverse(entry: Entry, now: Record | None) -> Change | None:
    """What takes a change back; None when the record is no longer as the change left it."""
    if entry.after is None:
        if now is not None or entry.before is None:
            return None
        return Change(None, build(entry.kind, entry.id, entry.before))
    if now is None or not still(now, entry.after):
        return None
    return Change(now, None if entry.before is None else apply_flat(now, entry.before))


def same(one: Record, other: Record) -> bool:
    """Whether two records say the same, in a codebook also in the same order."""
    return one == other and (
        kind_of(one) not in _ORDERED or msgspec.json.encode(one) == msgspec.json.encode(other)
    )


def _same_value(one: object, other: object) -> bool:
    """Equal, and for the choices of a field in the same order."""
    return one == other and (
        not isinstance(one, dict) or msgspec.json.encode(one) == msgspec.json.encode(other)
    )


def still(record: Record, flat: Flat) -> bool:
    """Whether the record has these field values."""
    kind = kind_of(record)
    if kind in _ORDERED:
        now = flatten(record)
        return all(now.get(name) == value for name, value in flat.items())
    return all(_plain(_value(record, name)) == value for name, value in flat.items())


def _value(record: Record, name: str) -> object:
    """What a record has under a name of its flat fields; None when that is unset."""
    table, dot, key = name.partition(".")
    return getattr(record, table).get(key) if dot else getattr(record, name, None)


def fold(entries: Iterable[tuple[Revision, Entry]]) -> Record | None:
    """What all changes ever made to one record amount to.

    Fields go by the last writer in the order (clock, replica, sequence). A deletion takes
    effect only if it knew every edit: one it had not seen survives. None when the record is
    deleted, or when its creation has not arrived yet.
    """
    ordered = sorted(entries, key=lambda pair: pair[0].order)
    flat: Flat = {}
    edits: list[Revision] = []
    created = False
    deletions: list[tuple[Revision, Entry]] = []
    for revision, change in ordered:
        if change.after is None:
            deletions.append((revision, change))
            continue
        if change.before is None:
            created = True
            if _all_known(edits, deletions):
                flat.clear()  # made anew: what it was before it was deleted is over
        flat.update(change.after)
        edits.append(revision)
    if not created or _all_known(edits, deletions):
        return None
    _, first = ordered[0]
    return build(first.kind, first.id, flat)


def _all_known(edits: list[Revision], deletions: list[tuple[Revision, Entry]]) -> bool:
    """Whether no edit is left that some deletion did not know."""
    return all(any(_knew(d, edit) for d in deletions) for edit in edits)


def _knew(deletion: tuple[Revision, Entry], edit: Revision) -> bool:
    _, entry_ = deletion
    return (entry_.seen or {}).get(str(edit.replica), 0) >= edit.sequence
