"""Verbs on one entry of the codebook: rename, describe, order, add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from annotator.core.book.narrowing import lost
from annotator.core.book.parts import (
    Entry,
    Part,
    count,
    entries,
    entry,
    issue_part,
    new_key,
    tidy_name,
    with_entries,
    word,
)
from annotator.core.book.plan import Plan, book_change, edit, plain, rewritten
from annotator.core.book.uses import Count, Use, Using
from annotator.core.codebook import STATEMENT, Choice, Codebook, Field, Kind, Pattern, Role, Stance
from annotator.core.errors import NotAllowed
from annotator.core.model import FieldValue, Id, Issue, Mark, Statement
from annotator.core.revision import Change, Edit

T = TypeVar("T")

_WORDS = {
    "key": "key",
    "colour": "colour",
    "pattern": "line",
    "width": "width of the line",
    "tint": "tint",
    "rule": "rule",
    "definition": "definition",
    "examples": "examples",
    "proposition": "proposition",
    "expected": "required or not",
    "many": "one or several",
    "on": "where it is",
    "kinds": "kinds",
    "type": "type",
    "retired": "offered or not",
}


def change(now: Using, part: Part, **values: Any) -> Plan:
    """Give an entry other values; :class:`NotAllowed` says in one sentence why it cannot be.

    Marks and statements stay as they are, but for a field that from now on holds several values,
    or one: what it holds is put into a list, or taken out of it.
    """
    old = entry(now, part)
    if "name" in values:
        values["name"] = tidy_name(now, part, values["name"])
    new = replaced(old, **values)
    used = count(now, part)
    label = _label(old, new, part)
    if isinstance(old, Issue) and isinstance(new, Issue):
        changes = () if new == old else (Change(old, new),)
        return Plan(_says(label, used), used, lambda: edit(label, changes), rewrites=False)
    book = _with(now.codebook, part, new)
    changed = book_change(now.codebook, book)
    if isinstance(old, Field) and isinstance(new, Field) and old.many != new.many:
        refuse_crowded(now, part, new)
        return Plan(
            _says(label, used),
            used,
            lambda: edit(label, (*changed, *other_number(now, part, new))),
        )
    refuse_loss(now, book)
    return Plan(_says(label, used), used, lambda: edit(label, changed), rewrites=False)


def replaced(old: Entry, **values: Any) -> Entry:
    """The entry with other values."""
    new: Entry = msgspec.structs.replace(old, **values)
    return new


def _label(old: Entry, new: Entry, part: Part) -> str:
    if old.name != new.name:
        return f"Rename “{old.name}” to “{new.name}”"
    given = msgspec.structs.asdict(new)
    differ = [n for n, v in msgspec.structs.asdict(old).items() if v != given[n]]
    said = ", ".join(_WORDS.get(name, name) for name in differ)
    return f"{word(part.sort).capitalize()} “{new.name}”: {said}"


def _says(label: str, used: Count) -> str:
    return f"{label}: used by {used}." if used else f"{label}: nothing uses it."


def _with(book: Codebook, part: Part, new: Entry) -> Codebook:
    found = entries(book, part.sort, part.field)
    return with_entries(book, part.sort, {**found, part.key: new}, part.field)


def refuse_loss(now: Using, book: Codebook) -> None:
    """:class:`NotAllowed` when marks or statements need what the book would no longer have."""
    for use, said in lost(now.codebook, book):
        if found := now.count_using([use]):
            where = f"{found} {'needs' if found.one else 'need'} it"
            raise NotAllowed(f"{said.removesuffix('.')}: {where}.")


def other_number(now: Using, part: Part, field: Field) -> list[Change]:
    """The change of what a field holds, from now on as a list or from now on as one value."""
    things = now.using([Use(field=part.key)])
    _refuse_crowded(things, part, field)

    def fields(thing: Mark | Statement) -> dict[str, FieldValue]:
        value = thing.fields[part.key]
        other: FieldValue = value[0] if isinstance(value, list) else [str(value)]
        return {**thing.fields, part.key: other}

    return rewritten(things, fields)


def refuse_crowded(now: Using, part: Part, field: Field) -> None:
    """:class:`NotAllowed` when a field from now on holds one value, and somewhere several are."""
    if not field.many:
        _refuse_crowded(now.using([Use(field=part.key)]), part, field)


def _refuse_crowded(things: Sequence[Mark | Statement], part: Part, field: Field) -> None:
    crowded = [t for t in things if not field.many and _length(t, part.key) > 1]
    if crowded:
        held = "mark or statement holds" if len(crowded) == 1 else "marks and statements hold"
        raise NotAllowed(
            f"{len(crowded)} {held} several values of “{field.name}”; take the others out first."
        )


def _length(thing: Mark | Statement, field: str) -> int:
    value = thing.fields[field]
    return len(value) if isinstance(value, list) else 1


def describe(now: Using, **values: str) -> Edit:
    """Give the codebook another name or other guidelines."""
    old = now.codebook
    if not values.get("name", old.name).strip():
        raise NotAllowed("A codebook needs a name.")
    new = msgspec.structs.replace(old, **values)
    label = "Guidelines" if "guidelines" in values else f"Codebook “{new.name}”"
    return edit(label, book_change(old, new))


def order(now: Using, part: Part, step: int) -> Edit:
    """Move an entry up (-1) or down (1) among those of its sort."""
    if part.sort in ("issue", "stance"):
        by = "their names" if part.sort == "issue" else "their numbers"
        raise NotAllowed(f"{word(part.sort).capitalize()}s stand in the order of {by}.")
    moved = entry(now, part)
    found = list(entries(now.codebook, part.sort, part.field).items())
    place = [key for key, _ in found].index(part.key)
    to = max(0, min(place + step, len(found) - 1))
    found.insert(to, found.pop(place))
    book = with_entries(now.codebook, part.sort, dict(found), part.field)
    way = "up" if step < 0 else "down"
    return edit(f"Move “{moved.name}” {way}", book_change(now.codebook, book))


def add_kind(now: Using, name: str, avoid: str = "") -> tuple[Edit, Part]:
    """A new kind with a role of its own; ``avoid`` are keys that should stay as they are.

    Its key is the first free letter of its name, its colour and line the first free ones.
    """
    book, name = now.codebook, tidy_name(now, Part("kind", ""), name)
    key = new_key(name, [*book.kinds, *book.roles])
    made = Kind(
        name=name,
        key=free_key(book, name, avoid),
        colour=_least_used([k.colour for k in book.kinds.values()], _COLOURS),
        pattern=_least_used([k.pattern for k in book.kinds.values()], _PATTERNS),
    )
    role = Role(name=name, kinds=(key,))
    new = with_entries(book, "kind", {**book.kinds, key: made})
    new = with_entries(new, "role", {**book.roles, key: role})
    return edit(f"New kind “{name}”", book_change(book, new)), Part("kind", key)


_COLOURS = tuple(f"kind.{number}" for number in range(1, 9))
_PATTERNS: tuple[Pattern, ...] = ("solid", "dashed", "dotted", "dash-dot", "hairline")


def _least_used(used: list[str], there: tuple[T, ...]) -> T:
    return min(there, key=lambda one: used.count(str(one)))


def free_key(book: Codebook, name: str, avoid: str = "") -> str:
    """A key that no kind has, from the letters of a name if possible."""
    taken = {kind.key.upper() for kind in book.kinds.values() if not kind.retired}
    letters = [c for c in name.upper() if c.isascii() and c.isalpha()]
    every: list[str] = [*letters, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"ÄÖÜÆØÅÉÈÇÑßΑΒΓΔ+-#*"]
    free = [c for c in every if c not in taken]
    if not free:
        raise NotAllowed("Every key is taken; retire a kind first.")
    return next((c for c in free if c not in avoid.upper()), free[0])


def add_role(now: Using, name: str, kinds: tuple[str, ...]) -> tuple[Edit, Part]:
    """A new role for these kinds."""
    return _add(now, Part("role", ""), name, lambda said: Role(name=said, kinds=kinds))


def add_field(
    now: Using,
    name: str,
    type: str,
    on: tuple[str, ...] = (STATEMENT,),
    choices: tuple[str, ...] = (),
) -> tuple[Edit, Part]:
    """A new field; one to choose from needs the names of its choices."""
    made: dict[str, Choice] = {}
    for one in filter(None, (" ".join(c.split()) for c in choices)):
        made[new_key(one, made)] = Choice(name=one)
    if type == "choice" and not made:
        raise NotAllowed("A field to choose from needs choices; give at least one.")
    fields = {"type": type, "on": on, "choices": made}
    return _add(
        now, Part("field", ""), name, lambda said: msgspec.convert({"name": said, **fields}, Field)
    )


def add_choice(now: Using, field: str, name: str) -> tuple[Edit, Part]:
    """A new choice of a field."""
    if field not in now.codebook.fields or now.codebook.fields[field].type != "choice":
        raise NotAllowed("Only a field to choose from has choices.")
    return _add(now, Part("choice", "", field), name, lambda said: Choice(name=said))


def _add(now: Using, place: Part, name: str, make: Any) -> tuple[Edit, Part]:
    said = tidy_name(now, place, name)
    found = entries(now.codebook, place.sort, place.field)
    key = new_key(said, found)
    book = with_entries(now.codebook, place.sort, {**found, key: make(said)}, place.field)
    label = f"New {word(place.sort)} “{said}”"
    return edit(label, book_change(now.codebook, book)), Part(place.sort, key, place.field)


def add_stance(now: Using, value: str, name: str) -> tuple[Edit, Part]:
    """A new step of the scale at a whole number."""
    said = tidy_name(now, Part("stance", ""), name)
    book = now.codebook
    number = scale_key(book, value)
    steps = {**book.stances, number: Stance(name=said)}
    new = with_entries(book, "stance", {key: steps[key] for key in sorted(steps, key=int)})
    return edit(f"New stance “{said}”", book_change(book, new)), Part("stance", number)


def scale_key(book: Codebook, value: str) -> str:
    """A whole number at which the scale has no step yet, as the key of one that comes there."""
    try:
        number = str(int(value.replace("\N{MINUS SIGN}", "-")))
    except ValueError:
        raise NotAllowed(f"{value!r:.20} is no place on the scale; give a whole number.") from None
    if number in book.stances:
        raise NotAllowed(f"“{book.stances[number].name}” is at {number} already.")
    return number


def add_issue(now: Using, name: str, parent: Id | None, new_id: Id) -> tuple[Edit, Part]:
    """A new issue, under another if one is given."""
    said = tidy_name(now, Part("issue", ""), name)
    key = new_key(said, (issue.key for issue in now.issues()))
    made = Issue(id=new_id, key=key, name=said, parent=parent)
    return edit(f"New issue “{said}”", (Change(None, made),)), issue_part(made)


def retire(now: Using, part: Part, retired: bool = True) -> Plan:
    """Offer an entry no longer, or again; what has it keeps it."""
    old = entry(now, part)
    if old.retired == retired:
        raise NotAllowed(f"“{old.name}” is {'retired' if retired else 'offered'} already.")
    used = count(now, part)
    new = replaced(old, retired=retired)
    label = f"{'Retire' if retired else 'Offer again'} “{old.name}”"
    keeps = "keeps it" if used.one else "keep it"
    says = f"{label}: {used} {keeps}." if used else f"{label}: nothing uses it."
    if isinstance(old, Issue) and isinstance(new, Issue):
        changes = (Change(old, new),)
        return Plan(says, used, lambda: edit(label, changes), rewrites=False)
    return plain(now, label, says, used, _with(now.codebook, part, new))
