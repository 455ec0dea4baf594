"""What agreement on statements needs to know of each article; kept, and read back.

On aligned statements, a unit is a mark by the accounts of several layers, or the
statement itself for its own fields. A field left empty is a missing value, except where empty
means no: of a flag, and of a text, of which it only counts whether there is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

import msgspec

from annotator.analysis.aligned_marks import aligned_marks, signature
from annotator.analysis.alignment import SAME_WORDS, Aligned, align
from annotator.analysis.grouping import Node, group_statements
from annotator.analysis.sheet import Scheme, Sheet, Value, compared, value
from annotator.core.codebook import STATEMENT, Field
from annotator.core.model import FieldValue, Id, Mark, Statement

VERSION = 1
"""Of what is kept; raised whenever a number changes its meaning."""


class PairCounts(msgspec.Struct, frozen=True, array_like=True):
    """Statements of two layers on an article that both finished."""

    layers: tuple[Id, Id]
    one: int
    other: int
    aligned: int
    identical: int


class FieldCounts(msgspec.Struct, array_like=True):
    """The values of one field in one role."""

    coincidences: dict[tuple[str, str], float]
    """How often two values meet, by their texts; a unit with m values adds 1 / (m - 1) for each
    two of its values, in both orders."""
    units: int
    """With at least two values."""
    unset: int = 0
    """Values that are missing in aligned marks."""
    alone: int = 0
    """Units left with one value."""


class StatementCounts(msgspec.Struct, array_like=True):
    """One article."""

    version: int
    article: Id
    pairs: tuple[PairCounts, ...]
    fields: dict[str, FieldCounts]
    """By role, a full stop, and field; ``=`` at the end where only units on one issue count."""
    unaligned: int
    """Statements that no other layer has."""


def keep(counts: StatementCounts) -> bytes:
    return msgspec.msgpack.encode(counts)


def read_kept(data: bytes) -> StatementCounts:
    """What was kept of an article; ``ValueError`` if it is not of this sort."""
    try:
        counts = msgspec.msgpack.decode(data, type=StatementCounts)
    except msgspec.MsgspecError as error:
        raise ValueError(f"These are no counts of an article's statements: {error}.") from error
    if counts.version != VERSION:
        raise ValueError("These counts are of an older sort.")
    return counts


def count_statements(sheets: Sequence[Sheet], scheme: Scheme) -> list[StatementCounts]:
    """Align and count; the layers of each sheet should be those that are done on its article."""
    return [
        _counted(sheet, scheme, aligned)
        for sheet, aligned in zip(sheets, align(sheets, scheme), strict=True)
    ]


def _counted(sheet: Sheet, scheme: Scheme, aligned: Aligned) -> StatementCounts:
    statements = {(layer, one.id): one for layer in sheet.layers for one in sheet.of(layer)}
    pairs = tuple(
        PairCounts(
            (a, b),
            len(sheet.of(a)),
            len(sheet.of(b)),
            len(found),
            sum(
                _identical(sheet, scheme, statements[a, pair.one], statements[b, pair.other])
                for pair in found
                if pair.score == SAME_WORDS
            ),
        )
        for (a, b), found in aligned.items()
    )
    tallies = _FieldTallies(sheet, scheme, statements)
    groups = group_statements(sheet, scheme, aligned)
    for group in groups:
        if len(group.statements) > 1:
            tallies.add(group.statements)
    alone = sum(len(group.statements) == 1 for group in groups)
    return StatementCounts(VERSION, sheet.article, pairs, tallies.found, alone)


def _identical(sheet: Sheet, scheme: Scheme, one: Statement, other: Statement) -> bool:
    """Whether two statements are equal in all that is compared."""
    return signature(sheet, scheme, one) == signature(sheet, scheme, other)


class _FieldTallies:
    """Adds up the fields of aligned statements."""

    def __init__(self, sheet: Sheet, scheme: Scheme, statements: Mapping[Node, Statement]) -> None:
        self.sheet, self.scheme = sheet, scheme
        self.found: dict[str, FieldCounts] = {}
        self._statements = statements
        self._asked = {role: _asked(role, scheme.role_fields(role)) for role in scheme.book.roles}
        self._asked[STATEMENT] = _asked(STATEMENT, scheme.fields_on(STATEMENT))

    def add(self, group: Mapping[Id, Id]) -> None:
        statements = {node[0]: self._statements[node] for node in group.items()}
        for aligned in aligned_marks(self.sheet, self.scheme, statements):
            if len(aligned.marks) > 1:
                self._add(self._asked[aligned.role], aligned.marks)
        self._add(self._asked[STATEMENT], statements)

    def _add(self, asked: Sequence[_Asked], things: Mapping[Id, Mark | Statement]) -> None:
        if not asked:
            return
        kinds = [(one, _thing(one)) for one in things.values()]
        for key, field, name, issues in asked:
            applies = [one for one, kind in kinds if kind in field.on]
            if not applies:
                continue
            values = [_judged(field, one.fields.get(key)) for one in applies]
            self._unit(name, values)
            if issues and _same(issues, applies):
                self._unit(f"{name}=", values)

    def _unit(self, name: str, values: Sequence[Value | None]) -> None:
        """Add one unit."""
        counts = self.found.setdefault(name, FieldCounts({}, 0))
        held = [text_of(one) for one in values if one is not None]
        counts.unset += len(values) - len(held)
        if len(held) < 2:
            counts.alone += len(held)
            return
        counts.units += 1
        table, weight = counts.coincidences, 1 / (len(held) - 1)
        for two in permutations(held, 2):
            table[two] = table.get(two, 0.0) + weight


_Asked = tuple[str, Field, str, tuple[str, ...]]
"""A field by its key, what it is called with its role, and of a stance the issues it is about."""


def _asked(role: str, fields: Mapping[str, Field]) -> tuple[_Asked, ...]:
    """What is asked about each thing in a role."""
    issues = tuple(key for key, field in fields.items() if field.type == "issue")
    return tuple(
        (key, field, f"{role}.{key}", issues if field.type == "stance" else ())
        for key, field in fields.items()
    )


def _thing(one: Mark | Statement) -> str:
    return one.kind if isinstance(one, Mark) else STATEMENT


def _same(keys: Sequence[str], things: Sequence[Mark | Statement]) -> bool:
    """Whether all have these fields, and alike."""
    held = {tuple(value(one.fields.get(key)) for key in keys) for one in things}
    return len(held) == 1 and None not in held.pop()


def _judged(field: Field, raw: FieldValue | None) -> Value | None:
    held = compared(field, raw)
    return False if held is None and field.type in ("flag", "text") else held


def text_of(held: Value) -> str:
    """A value as it is counted."""
    if isinstance(held, bool):
        return "yes" if held else "no"
    return ", ".join(held) if isinstance(held, tuple) else str(held)
