"""What the article view is told: marks, how their kinds look, and what is at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

Pattern = Literal["solid", "dashed", "dotted", "dash-dot", "hairline"]
Side = Literal["start", "end"]
State = Literal["own", "suggested", "gold", "aside"]
"""Whether a mark is somebody's, only proposed by the program, a decision, or somebody's that a
decision has left out."""


@dataclass(frozen=True, slots=True)
class KindStyle:
    """How a kind of mark is drawn: ``colour`` is a theme role, ``width`` is in pixels at 100 %."""

    letter: str
    colour: str
    pattern: Pattern
    width: int
    tint: bool
    name: str


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """A layer shown beside others: its analyst's ``name``, and a ``badge`` of a letter or two."""

    badge: str
    name: str


class Drawn(msgspec.Struct, frozen=True, gc=False):
    """One mark: fragments in code points, half-open, not empty, in text order.

    ``label`` is what hovering over it says, as plain text. ``owners`` are the places, in the
    list of the layers shown, of those it belongs to; none where one layer is shown alone. Kept out of Python's garbage
    collector, which would else go through all of an article's marks again and again.
    """

    id: int
    kind: str
    fragments: tuple[tuple[int, int], ...]
    label: str
    state: State = "own"
    owners: tuple[int, ...] = ()

    @property
    def start(self) -> int:
        """Its first character; a mark without fragments has none (IndexError)."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """One after its last character."""
        return self.fragments[-1][1]

    @property
    def rank(self) -> tuple[int, int, int]:
        """Sorts the shortest first; the same order wherever it is asked for."""
        start = self.fragments[0][0]
        return (self.fragments[-1][1] - start, start, self.id)


@dataclass(frozen=True)
class Highlight:
    """What is at hand: one mark, drawn whole and with handles, and the marks of its statement.

    While a statement is at hand the other marks are drawn more quietly.
    """

    mark: int | None = None
    statement: frozenset[int] = frozenset()
