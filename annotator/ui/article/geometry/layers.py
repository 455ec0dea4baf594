"""Marks of several analysts on one text: those that agree are drawn once, and say whose they are.

Two marks agree when they are of one kind, on exactly the same text, and in different layers. What
is decided is one more layer: drawn with it, a mark looks decided. What is only suggested is never
drawn together with what somebody marked. A mark without text agrees with none, and nobody agrees
with themselves: an analyst's second mark of one kind on one text is drawn with the second ones of
the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from annotator.ui.article.geometry.drawn import Drawn, LayerStyle, State

_Agreed = tuple[str, tuple[tuple[int, int], ...], bool]
_FIRST: tuple[State, ...] = ("gold", "own", "aside", "suggested")
"""How marks look that are drawn as one: as the first of these that one of them is."""


class Badge(NamedTuple):
    """What stands at the beginning of a mark's lane."""

    words: str
    width: int
    """In pixels."""


class Together:
    """The marks of all layers by what they agree in. Each given mark has one owner."""

    def __init__(self, layers: Sequence[LayerStyle] = (), marks: Iterable[Drawn] = ()) -> None:
        self.layers = tuple(layers)
        self._marks: dict[int, Drawn] = {}
        self._agreed: dict[_Agreed, set[int]] = {}
        self._shown: dict[int, tuple[int, ...]] = {}
        """The marks drawn together, in the order of the layers, by the id they are drawn under."""
        self._under: dict[int, int] = {}
        for mark in marks:
            self._add(mark)
        for agreed in list(self._agreed):
            self._group(agreed)

    def drawn(self) -> list[Drawn]:
        """All there is to draw."""
        return [self._as_one(ids) for ids in self._shown.values()]

    def change(
        self, changed: Iterable[Drawn], removed: Iterable[int]
    ) -> tuple[list[Drawn], list[int]]:
        """Marks have come, gone or moved: what to draw anew, and the ids no longer drawn."""
        given, gone = list(changed), set(removed)
        gone |= {mark.id for mark in given}
        touched = {_agreed(self._marks[id]) for id in gone if id in self._marks}
        touched |= {_agreed(mark) for mark in given}
        before = {under for agreed in touched for under in self._ungroup(agreed)}
        for id in gone & self._marks.keys():
            self._agreed[_agreed(self._marks.pop(id))].discard(id)
        for mark in given:
            self._add(mark)
        after = {under for agreed in touched for under in self._group(agreed)}
        return [self._as_one(self._shown[under]) for under in sorted(after)], sorted(before - after)

    def under(self, mark: int) -> int:
        """The id that a mark is drawn under: that of the first analyst who agrees."""
        return self._under.get(mark, mark)

    def agreeing(self, mark: int) -> tuple[int, ...]:
        """The marks drawn together with one, itself included, in the order of the layers."""
        return self._shown.get(self.under(mark), (mark,))

    def _add(self, mark: Drawn) -> None:
        self._marks[mark.id] = mark
        self._agreed.setdefault(_agreed(mark), set()).add(mark.id)

    def _ungroup(self, agreed: _Agreed) -> set[int]:
        unders = {self._under.pop(id) for id in self._agreed.get(agreed, ())}
        for under in unders:
            del self._shown[under]
        return unders

    def _group(self, agreed: _Agreed) -> set[int]:
        """Draw together the first marks of each layer, then the second ones, and so on."""
        ids = self._agreed[agreed]
        if not ids:
            del self._agreed[agreed]
            return set()
        turns: list[list[int]] = []
        seen: dict[tuple[int, ...], int] = {}
        for id in sorted(ids, key=lambda id: (self._marks[id].owners, id)):
            mark = self._marks[id]
            turn = len(turns) if not mark.fragments else seen.get(mark.owners, 0)
            seen[mark.owners] = turn + 1
            if turn == len(turns):
                turns.append([])
            turns[turn].append(id)
        for together in turns:
            self._shown[together[0]] = tuple(together)
            self._under.update(dict.fromkeys(together, together[0]))
        return {together[0] for together in turns}

    def _as_one(self, ids: Sequence[int]) -> Drawn:
        marks = [self._marks[id] for id in ids]
        owners = tuple(owner for mark in marks for owner in mark.owners)
        said: dict[str, list[str]] = {}
        for mark in marks:
            said.setdefault(mark.label, []).extend(self.layers[n].name for n in mark.owners)
        label = "\n".join(f"{', '.join(names)}: {words}" for words, names in said.items())
        state = min((mark.state for mark in marks), key=_FIRST.index)
        return replace(marks[0], owners=owners, label=label, state=state)


def _agreed(mark: Drawn) -> _Agreed:
    return (mark.kind, mark.fragments, mark.state == "suggested")


def badge_words(mark: Drawn, layers: Sequence[LayerStyle]) -> str:
    """The badges of those whose mark it is, in the order of the layers."""
    return " ".join(layers[owner].badge for owner in mark.owners)
