"""How a project's things are called in files that have no ids for them."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.bundle import Bundle
from annotator.core.codebook import Field
from annotator.core.foreign.naming import distinct_names
from annotator.core.model import GOLD, FieldValue, Id, Mark, Statement, several

GOLD_NAME = "gold"


class Words:
    """Names of layers, actors and issues, and field values as text. Labels are our keys."""

    def __init__(self, project: Bundle) -> None:
        self.book = project.codebook
        self._layers = {GOLD: GOLD_NAME, **distinct_names(project.analysts, [GOLD_NAME])}
        self._actors = {str(id): name for id, name in distinct_names(project.actors).items()}
        self._issues = {str(id): name for id, name in distinct_names(project.issues).items()}

    def layer(self, id: Id) -> str:
        """The name of an analyst, or ``gold``."""
        return self._layers.get(id, str(id))

    def values(self, key: str, value: FieldValue) -> list[str]:
        """A field's values as text: names of actors and issues, keys of choices, ``true``."""
        return [self._value(self.book.fields[key], one) for one in several(value)]

    def fields(self, said: Mark | Statement) -> dict[str, list[str]]:
        """All values of a mark or statement, in the order of the codebook."""
        order = {key: place for place, key in enumerate(self.book.fields)}
        keys = sorted(said.fields, key=lambda key: order.get(key, len(order)))
        return {key: self.values(key, said.fields[key]) for key in keys}

    def _value(self, field: Field, value: str | float | bool) -> str:
        if field.type == "actor":
            return self._actors.get(str(value), str(value))
        if field.type == "issue":
            return self._issues.get(str(value), str(value))
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value)


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """As they stand in the text, implied ones last; the same marks always in the same order."""
    return sorted(marks, key=lambda m: (m.start is None, m.start or 0, m.id))


def by_layer(said: tuple[Mark | Statement, ...]) -> list[Id]:
    """The layers that say something, in a stable order."""
    return sorted({record.layer for record in said})
