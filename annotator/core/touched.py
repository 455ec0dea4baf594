"""Which records a revision touched, for the many who are told of it and look for their own.

A step may have hundreds of thousands of changes, and a window a dozen listeners: they are gone
through once, not by each.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, Protocol, TypeVar

from annotator.core.model import Id

_NONE: frozenset[Id] = frozenset()


class Changed(Protocol):
    """What is asked of an entry of the journal."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> Id: ...
    @property
    def before(self) -> Mapping[str, Any] | None: ...
    @property
    def after(self) -> Mapping[str, Any] | None: ...


class Touched:
    """The ids of what changed, by kind of record."""

    def __init__(self, entries: Iterable[Changed]) -> None:
        self._ids: dict[str, set[Id]] = {}
        self._named: dict[tuple[Id, str], set[Id]] = {}
        for entry in entries:
            ids = self._ids.get(entry.kind)
            if ids is None:
                ids = self._ids[entry.kind] = set()
            ids.add(entry.id)
            for flat in (entry.before, entry.after):
                if flat is not None and "article" in flat:
                    self._named.setdefault((flat["article"], entry.kind), set()).add(entry.id)

    def ids(self, kind: str) -> Set[Id]:
        """The records of a kind."""
        return self._ids.get(kind, _NONE)

    def coming_or_going(self, kind: str, article: Id) -> Set[Id]:
        """The records of a kind whose change names an article: they came to it or went."""
        return self._named.get((article, kind), _NONE)


Entry = TypeVar("Entry", bound=Changed)


class ManyEntries(Sequence[Entry]):
    """Very many entries, read when asked for; what they touch is told without reading them."""

    @property
    @abstractmethod
    def touched(self) -> Touched: ...

    @property
    @abstractmethod
    def kinds(self) -> frozenset[str]: ...

    @abstractmethod
    def shown(self, shown: Callable[[Entry], Entry | None]) -> ManyEntries[Entry]:
        """The same, of which only this is shown; they count and touch as if all were."""


def kinds_of(entries: Sequence[Changed]) -> frozenset[str]:
    """The kinds of record that entries are about."""
    if isinstance(entries, ManyEntries):
        return entries.kinds
    return frozenset({entry.kind for entry in entries})


def touched_by(entries: Sequence[Changed]) -> Touched:
    """The records that entries are about."""
    return entries.touched if isinstance(entries, ManyEntries) else Touched(entries)
