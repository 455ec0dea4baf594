"""The statements of many sheets as arrays: who made them, and which words fill which role."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from annotator.analysis.overlap import Ints
from annotator.analysis.sheet import Scheme, Sheet, value
from annotator.core.model import Id, Mark, Statement

Place = tuple[int, int, Id]
"""Where a statement stands: start and minus end of its first words, and its id."""
_NOWHERE = (1 << 62, 0)


def reading_place(statement: Statement, marks: Mapping[Id, Mark], anchors: Sequence[str]) -> Place:
    """By the first words in an anchor role, else by the first words."""
    first = anchored = _NOWHERE
    for member in statement.members:
        mark = marks.get(member.mark)
        if mark is not None and mark.fragments:
            at = (mark.fragments[0].start, -mark.fragments[-1].end)
            if at < first:
                first = at
            if at < anchored and member.role in anchors:
                anchored = at
    return *(first if anchored == _NOWHERE else anchored), statement.id


class StatementTable:
    """Statements are numbered sheet by sheet, layer by layer, in reading order.

    The texts lie end to end on a line, and each role has a stretch of the line to itself. What
    overlaps in one statement and role is joined.
    """

    id: list[Id]
    layer: list[Id]
    sheet: list[int]
    order: list[int]
    """The place in the reading order of sheet and layer."""
    fields: list[frozenset[int]]
    """A number for each role and field with its value; equal where these are."""
    owner: Ints
    """Of each interval, its statement; intervals are sorted by where they start."""
    role: Ints
    start: Ints
    end: Ints
    size: Ints
    """By statement and role, in characters."""

    def __init__(self, sheets: Sequence[Sheet], scheme: Scheme) -> None:
        self.id, self.layer, self.sheet, self.order, self.fields = [], [], [], [], []
        self._roles = {role: index for index, role in enumerate(scheme.book.roles)}
        self._anchors = scheme.anchors()
        self._pointing = {
            key
            for key, field in scheme.book.fields.items()
            if field.type in ("actor", "issue", "stance") and key not in scheme.ignored
        }
        self._codes: dict[Hashable, int] = {}
        self._intervals: list[tuple[int, int, int, int]] = []
        reach = 0
        for index, sheet in enumerate(sheets):
            base = reach
            for layer in sheet.layers:
                reach = max(reach, self._add_layer(index, sheet, layer, base))
        self._lay(reach + 1)

    def _add_layer(self, index: int, sheet: Sheet, layer: Id, base: int) -> int:
        """Take in a layer of a sheet whose text begins at ``base``; where its words end."""
        reach = base
        marks = sheet.marks.get(layer, {})
        placed = {reading_place(one, marks, self._anchors): one for one in sheet.of(layer)}
        for order, (_, statement) in enumerate(sorted(placed.items())):
            reach = max(reach, self._add_words(statement, marks, base))
            self.fields.append(self._fields(statement, marks))
            self.id.append(statement.id)
            self.layer.append(layer)
            self.sheet.append(index)
            self.order.append(order)
        return reach

    def _add_words(self, statement: Statement, marks: Mapping[Id, Mark], base: int) -> int:
        number, reach = len(self.id), base
        for member in statement.members:
            mark = marks.get(member.mark)
            role = self._roles.get(member.role)
            if mark is not None and role is not None:
                for piece in mark.fragments:
                    end = base + piece.end
                    self._intervals.append((number, role, base + piece.start, end))
                    reach = max(reach, end)
        return reach

    def _fields(self, statement: Statement, marks: Mapping[Id, Mark]) -> frozenset[int]:
        held = {
            (member.role, key, value(raw))
            for member in statement.members
            if (mark := marks.get(member.mark)) is not None and mark.fields
            for key, raw in mark.fields.items()
            if key in self._pointing
        }
        return frozenset(self._codes.setdefault(one, len(self._codes)) for one in held)

    def _lay(self, stretch: int) -> None:
        roles = len(self._roles)
        table = np.array(self._intervals, dtype=np.int64).reshape(-1, 4)
        own = (table[:, 0] * roles + table[:, 1]) * stretch
        order = np.argsort(own + table[:, 2], kind="stable")
        start, end = (own + table[:, 2])[order], (own + table[:, 3])[order]
        reach = np.maximum.accumulate(end)
        new = np.ones(len(start), dtype=np.bool_)
        new[1:] = start[1:] > reach[:-1]
        heads = np.flatnonzero(new)
        last = np.append(heads[1:], len(start))[: len(heads)] - 1
        cell = start[heads] // stretch
        owner, role = cell // roles, cell % roles
        size = np.bincount(cell, weights=reach[last] - start[heads], minlength=len(self.id) * roles)
        self.size = size.astype(np.int64).reshape(len(self.id), roles)
        begin = start[heads] - owner * (roles * stretch)
        order = np.argsort(begin, kind="stable")
        self.owner, self.role, self.start = owner[order], role[order], begin[order]
        self.end = (reach[last] - owner * (roles * stretch))[order]
