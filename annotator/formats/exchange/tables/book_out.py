"""A codebook as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.codebook import Choice, Codebook, Field, Kind, Role, Stance
from annotator.formats.exchange.tables.cells import Cell, Row, Together, flag, joined
from annotator.formats.exchange.tables.layout import HEADS


def codebook_rows(book: Codebook) -> Iterator[Row]:
    """A row for the codebook itself, then one for each thing in it; choices below their field."""
    yield _row("codebook", name=book.name, definition=book.guidelines)
    yield from (_kind(key, kind) for key, kind in book.kinds.items())
    yield from (_role(key, role) for key, role in book.roles.items())
    for key, field in book.fields.items():
        yield _field(key, field)
        yield from (_step("choice", value, c, key) for value, c in field.choices.items())
    yield from (_step("stance", value, stance) for value, stance in book.stances.items())


def _row(part: str, **cells: Cell) -> Row:
    return [Together(part, *(cells.get(name) for name in HEADS["codebook"][1:]))]


def _kind(key: str, kind: Kind) -> Row:
    return _row(
        "kind",
        key=key,
        name=kind.name,
        retired=flag(kind.retired),
        definition=kind.definition,
        rule=kind.rule,
        examples=joined(kind.examples),
        letter=kind.key,
        colour=kind.colour,
        pattern=kind.pattern,
        width=kind.width,
        tint=flag(kind.tint),
    )


def _role(key: str, role: Role) -> Row:
    return _row(
        "role",
        key=key,
        name=role.name,
        on=";".join(role.kinds),
        many=flag(role.many),
        expected=flag(role.expected),
        retired=flag(role.retired),
        definition=role.definition,
    )


def _field(key: str, field: Field) -> Row:
    return _row(
        "field",
        key=key,
        name=field.name,
        type=field.type,
        on=";".join(field.on),
        many=flag(field.many),
        expected=flag(field.expected),
        retired=flag(field.retired),
        definition=field.definition,
        examples=joined(field.examples),
    )


def _step(part: str, key: str, step: Choice | Stance, of: str = "") -> Row:
    return _row(
        part,
        of=of,
        key=key,
        name=step.name,
        retired=flag(step.retired),
        definition=step.definition,
        examples=joined(step.examples),
    )
