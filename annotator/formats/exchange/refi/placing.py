"""Where the selections of a REFI-QDA source are: programs count line ends and emoji differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.places import Places, Unit

Position = tuple[int, int, str]
"""Start, end, and the name, which is usually the beginning of the words."""


@dataclass(frozen=True, slots=True)
class Counting:
    """One way to count: in a text with its line ends made one character or not, in a unit."""

    places: Places
    unit: Unit

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        return self.places.span(start, end, self.unit)

    def proves(self, position: Position) -> bool:
        """Whether the name says what stands there."""
        span = self.span(position[0], position[1])
        if span is None:
            return False
        words = " ".join(self.places.text[slice(*span)].split())
        name = " ".join(position[2].split())
        cut = name.removesuffix("…").removesuffix("...").rstrip()
        return words == name or (len(cut) < len(name) and bool(cut) and words.startswith(cut))


def counting(raw: str, positions: Sequence[Position], where: str, losses: Losses) -> Counting:
    """The way in which the names prove the most positions; the specification's when all do alike.

    A name that fits nowhere is no quote, and proves nothing. :class:`BadInput` when names that
    are quotes fit in different ways, so that no one way is right.
    """
    one_line_end = Places(raw.replace("\r\n", "\n"))
    ways = [Counting(one_line_end, "code points")]
    if "\r\n" in raw:
        ways.append(Counting(Places(raw), "code points"))
    ways += [Counting(way.places, "utf-16") for way in ways if max(raw, default="") > "\uffff"]
    proofs = [[way.proves(position) for position in positions] for way in ways]
    quotes = [place for place, fits in enumerate(zip(*proofs, strict=True)) if any(fits)]
    for way, fits in zip(ways, proofs, strict=True):
        if all(fits[place] for place in quotes):
            return way if quotes or not positions else _likeliest(ways, positions, where, losses)
    raise BadInput(
        f"{where}: the names of its selections fit its text in no one way of counting line ends"
        " and characters; export it again from the program it comes from."
    )


def _likeliest(
    ways: Sequence[Counting], positions: Sequence[Position], where: str, losses: Losses
) -> Counting:
    """Where no name is a quote: the specification's way, unless another cuts fewer words."""
    way = max(ways, key=lambda way: sum(_cuts_no_word(way, one) for one in positions))
    how = "as the specification has it" if way is ways[0] else "in the way that cuts no words"
    losses.add(f"positions that no name proves are counted {how}", where)
    return way


def _cuts_no_word(way: Counting, position: Position) -> bool:
    span = way.span(position[0], position[1])
    text = way.places.text
    return span is not None and not any(
        0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in span
    )
