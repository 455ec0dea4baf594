"""One article with the layers that are compared on it; which roles and fields are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.core.codebook import STATEMENT, Codebook, Field
from annotator.core.model import FieldValue, Id, Mark, Statement

Extent = tuple[tuple[int, int], ...]
"""The fragments of a mark, without their quotes; empty for an implied mark."""
Value = str | int | float | bool | tuple[str, ...]
"""What a field holds, so that it can be compared: several values in one order, each once."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Layers of one article. A layer without an entry in the tables is there and empty."""

    article: Id
    layers: tuple[Id, ...]
    marks: Mapping[Id, Mapping[Id, Mark]]
    """By layer, by id."""
    statements: Mapping[Id, Sequence[Statement]]
    """By layer."""
    _roles: dict[tuple[Id, Id], dict[str, list[Mark]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def mark(self, layer: Id, id: Id) -> Mark | None:
        return self.marks.get(layer, {}).get(id)

    def of(self, layer: Id) -> Sequence[Statement]:
        return self.statements.get(layer, ())

    def by_role(self, layer: Id, statement: Statement) -> dict[str, list[Mark]]:
        """The marks of a statement in each role that has any, in the order of its members."""
        known = self._roles.get((layer, statement.id))
        if known is not None:
            return known
        marks = self.marks.get(layer, {})
        found = self._roles[layer, statement.id] = {}
        for member in statement.members:
            mark = marks.get(member.mark)
            if mark is not None:
                found.setdefault(member.role, []).append(mark)
        return found


def sheet_of(
    article: Id, layers: Sequence[Id], marks: Iterable[Mark], statements: Iterable[Statement]
) -> Sheet:
    """A sheet from records, of which only those of the article and the layers count."""
    by_layer: dict[Id, dict[Id, Mark]] = {layer: {} for layer in layers}
    of_layer: dict[Id, list[Statement]] = {layer: [] for layer in layers}
    for mark in marks:
        if mark.article == article and mark.layer in by_layer:
            by_layer[mark.layer][mark.id] = mark
    for statement in statements:
        if statement.article == article and statement.layer in of_layer:
            of_layer[statement.layer].append(statement)
    return Sheet(article, tuple(layers), by_layer, of_layer)


def place(mark: Mark) -> tuple[int, int, Id]:
    """Where a mark stands in the reading order; implied ones last."""
    if not mark.fragments:
        return _NOWHERE, 0, mark.id
    return mark.fragments[0].start, -mark.fragments[-1].end, mark.id


_NOWHERE = 1 << 62


def extent(mark: Mark) -> Extent:
    return tuple((piece.start, piece.end) for piece in mark.fragments)


def value(raw: FieldValue | None) -> Value | None:
    """What a field holds, as it is compared; None is unset, and so is an empty list or text."""
    if isinstance(raw, list):
        return tuple(sorted(set(raw))) or None
    return None if raw == "" else raw


class Scheme:
    """What of a codebook is compared."""

    def __init__(self, book: Codebook, ignored: Iterable[str] = ()) -> None:
        """``ignored`` are fields that say nothing about the article, such as notes."""
        self.book = book
        self.ignored = frozenset(ignored)
        self._fields = {
            thing: {
                key: one for key, one in book.fields_on(thing).items() if key not in self.ignored
            }
            for thing in (*book.kinds, STATEMENT)
        }
        self._anchors = self._found_anchors()

    def fields_on(self, thing: str) -> Mapping[str, Field]:
        """The compared fields of a kind of mark, or of the statement."""
        return self._fields.get(thing, {})

    def role_fields(self, role: str) -> dict[str, Field]:
        """The compared fields of any kind that can play a role."""
        found: dict[str, Field] = {}
        for kind in self.book.roles[role].kinds:
            found.update(self.fields_on(kind))
        return found

    def anchors(self) -> tuple[str, ...]:
        """Roles that show what is said rather than who says it: two statements are only ever
        aligned if they share a character in one of these.

        Who is told by a field for an actor on the role's usual kind. A speaker is named once for
        many statements, so a shared speaker says nothing. Where every role is about somebody, all
        of them count.
        """
        return self._anchors

    def _found_anchors(self) -> tuple[str, ...]:
        what = tuple(
            role
            for role, defined in self.book.roles.items()
            if not any(
                field.type == "actor" for field in self.book.fields_on(defined.kinds[0]).values()
            )
        )
        return what or tuple(self.book.roles)

    def weights(self) -> dict[str, float]:
        """How much each role counts in the score: 2 for what is expected and an anchor, else 1."""
        anchors = self.anchors()
        return {
            role: 2.0 if defined.expected and role in anchors else 1.0
            for role, defined in self.book.roles.items()
        }


def scheme(book: Codebook, ignored: Iterable[str] | None = None) -> Scheme:
    """The codebook as it is compared. Unless told otherwise, free text on statements that is not
    expected is a remark, and ignored."""
    if ignored is not None:
        return Scheme(book, ignored)
    remarks = (
        key
        for key, field in book.fields.items()
        if field.type == "text" and field.on == (STATEMENT,) and not field.expected
    )
    return Scheme(book, remarks)


def compared(field: Field, raw: FieldValue | None) -> Value | None:
    """A field's value as far as two analysts can be asked to agree: whether a text is there, but
    not how it is worded."""
    held = value(raw)
    return held if field.type != "text" or held is None else True
