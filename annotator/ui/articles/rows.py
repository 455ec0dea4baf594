"""The rows of the list: articles and hits under headings, none of them made before it is seen."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from annotator.core.model import Id
from annotator.store.finding.search import Hit


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above a part of the list."""

    text: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class More:
    """That a part goes on; choosing it shows more."""

    part: str
    text: str


Row = Header | More | Hit | Id
"""A heading, that there is more, a hit, or an article."""


@dataclass(frozen=True, slots=True)
class Part:
    """Articles or hits that belong together."""

    items: Sequence[Id] | Sequence[Hit]
    header: Header | None = None
    more: More | None = None

    def __len__(self) -> int:
        return (self.header is not None) + len(self.items) + (self.more is not None)

    def place(self, wanted: Row) -> int | None:
        """Where an article or hit is among them."""
        if isinstance(self.items, array) and isinstance(wanted, Id):
            return _place_of(self.items, wanted)
        return self.items.index(wanted) if wanted in self.items else None

    def at(self, place: int) -> Row:
        if self.header is not None:
            if place == 0:
                return self.header
            place -= 1
        if place < len(self.items):
            return self.items[place]
        assert self.more is not None
        return self.more


def _place_of(ids: array[int], wanted: Id) -> int | None:
    """Where an id is. A million are looked through as bytes, without making numbers of them."""
    everything, one = ids.tobytes(), array("q", (wanted,)).tobytes()
    at = everything.find(one)
    while at >= 0 and at % ids.itemsize:
        at = everything.find(one, at + 1)
    return at // ids.itemsize if at >= 0 else None


class Rows:
    """Parts one below the other, counted through."""

    def __init__(self, parts: Sequence[Part] = ()) -> None:
        self._parts = [part for part in parts if part.items or part.more]
        self._starts = [0, *accumulate(map(len, self._parts))]

    def __len__(self) -> int:
        return self._starts[-1]

    def __getitem__(self, row: int) -> Row:
        part = bisect_right(self._starts, row) - 1
        return self._parts[part].at(row - self._starts[part])

    def find(self, wanted: Row | None) -> int | None:
        """The first row that is this article, hit or heading."""
        if wanted is None:
            return None
        for start, part in zip(self._starts, self._parts, strict=False):
            shift = start + (part.header is not None)
            if wanted in (part.header, part.more):
                return start if wanted == part.header else start + len(part) - 1
            place = part.place(wanted)
            if place is not None:
                return shift + place
        return None
