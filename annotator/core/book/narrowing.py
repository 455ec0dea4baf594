"""What one codebook allows and the next does not: nothing that is in use may be among it."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.book.uses import Use
from annotator.core.codebook import Codebook, Field

Loss = tuple[Use, str]
"""What must not be in use any more, and the sentence that says so if it is."""


def lost(before: Codebook, after: Codebook) -> Iterator[Loss]:
    """Each thing that marks and statements could be or hold before, and cannot after."""
    for key, kind in before.kinds.items():
        if key not in after.kinds:
            yield Use(kind=key), f"The kind “{kind.name}” is still in use."
    yield from _roles(before, after)
    for key, field in before.fields.items():
        yield from _field(key, field, before, after)


def _roles(before: Codebook, after: Codebook) -> Iterator[Loss]:
    for key, role in before.roles.items():
        now = after.roles.get(key)
        if now is None:
            yield Use(role=key), f"The role “{role.name}” is still in use."
            continue
        for kind in role.kinds:
            if kind in after.kinds and kind not in now.kinds:
                name = after.kinds[kind].name.lower()
                yield Use(kind, key), f"Statements still hold a {name} as their {now.name.lower()}."


def _field(key: str, field: Field, before: Codebook, after: Codebook) -> Iterator[Loss]:
    now = after.fields.get(key)
    if now is None:
        yield Use(field=key), f"The field “{field.name}” is still filled in."
        return
    if now.type != field.type:
        yield Use(field=key), f"The field “{field.name}” is still filled in as a {field.type}."
        return
    if now.many != field.many:
        held = "several values" if field.many else "one value"
        said = f"The field “{field.name}” still holds {held}."
        yield Use(field=key, listed=field.many), said
    for thing in field.on:
        if thing not in now.on:
            said = f"The field “{field.name}” is still filled in on a {thing}."
            yield Use(kind=thing, field=key), said
    yield from _values(key, field, before, after)


def _values(key: str, field: Field, before: Codebook, after: Codebook) -> Iterator[Loss]:
    for value, choice in field.choices.items():
        if value not in after.fields[key].choices:
            said = f"The choice “{choice.name}” of “{field.name}” is still in use."
            yield Use(field=key, value=value), said
    if field.type == "stance":
        for value, stance in before.stances.items():
            if value not in after.stances:
                said = f"The stance “{stance.name}” is still in use."
                yield Use(field=key, value=int(value)), said
