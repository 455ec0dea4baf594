"""Where in a text the selectors of a Web Annotation point, proven by their quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from annotator.core.text.offsets import Offsets
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.places import UNITS, Places, Unit

Object = dict[str, Any]
_CHARS = re.compile(r"char=([0-9]{1,18}),([0-9]{1,18})(?:;|$)")
_AROUND = 200
"""How many letters around a quote count, and how much white space may be among them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one annotation points at: nothing of either when it is the article as a whole."""

    where: str
    fragments: list[Object]
    selectors: list[Object]

    def pieces(self) -> list[tuple[Object | None, Object | None]]:
        """For each piece of the text its position and its quote."""
        if self.fragments:
            return [
                (one, one if isinstance(one.get("exact"), str) else None) for one in self.fragments
            ]
        position = _first(self.selectors, "TextPositionSelector") or _of_address(self.selectors)
        quote = _first(self.selectors, "TextQuoteSelector")
        return [(position, quote)] if position or quote else []


class Placing:
    """The selectors of one article. Its positions are in the unit in which most quotes fit."""

    def __init__(self, places: Places, losses: Losses) -> None:
        self._places = places
        self._losses = losses
        self._unit: Unit = "code points"

    def settle(self, wanted: Sequence[Wanted]) -> None:
        """Find the unit: code points, as the specification has it, unless another fits better."""
        proofs = [
            (at[0], at[1], quote["exact"])
            for one in wanted
            for position, quote in one.pieces()
            if (at := _at(position)) is not None and quote is not None
        ]
        for unit in UNITS:  # mostly the first one fits all
            if all(self._places.holds(proof, unit) for proof in proofs):
                self._unit = unit
                return
        self._unit = max(
            UNITS, key=lambda unit: sum(self._places.holds(proof, unit) for proof in proofs)
        )

    def spans(self, wanted: Wanted) -> list[Offsets] | None:
        """In code points; empty for the whole article, None (and listed) when nothing is found."""
        pieces = wanted.pieces()
        if not pieces and wanted.selectors:
            kinds = ", ".join(sorted({str(one.get("type"))[:40] for one in wanted.selectors}))
            self._losses.add(
                f"a mark with a selector that says no words ({kinds}) is left out", wanted.where
            )
            return None
        found = [self._span(position, quote, wanted.where) for position, quote in pieces]
        spans = [one for one in found if one is not None]
        if len(spans) < len(found):
            return None
        return spans

    def _span(self, position: Object | None, quote: Object | None, where: str) -> Offsets | None:
        at = _at(position)
        if at is not None:
            if quote is None:
                return self._unproven(at, where)
            if self._places.holds((*at, quote["exact"]), self._unit):
                return self._places.span(*at, self._unit)
        return None if quote is None else self._searched(quote, at is not None, where)

    def _unproven(self, at: Offsets, where: str) -> Offsets | None:
        span = self._places.span(*at, self._unit)
        self._losses.add(
            "a position outside the text is left out"
            if span is None
            else "a position that no quote proves is taken as it is",
            where,
        )
        return span

    def _searched(self, quote: Object, had_position: bool, where: str) -> Offsets | None:
        """Where the quote stands, if it stands in one place only.

        White space is that of a page, of which the text may have other line ends.
        """
        found = list(islice(self._standing(quote), 2))
        if len(found) != 1:
            self._losses.add(
                f"a quote that stands {'nowhere' if not found else 'in several places'} is left out",
                where,
            )
            return None
        if had_position:
            self._losses.add(
                "a position without its quote is corrected; the quote stands once", where
            )
        return found[0]

    def _standing(self, quote: Object) -> Iterator[Offsets]:
        """The places of its words that have what is said to be around them."""
        words = r"\s+".join(map(re.escape, _text(quote.get("exact")).split()))
        prefix, suffix = (_squeezed(_text(quote.get(name))) for name in ("prefix", "suffix"))
        before, after = prefix[-_AROUND:], suffix[:_AROUND]
        text = self._places.text
        for match in re.finditer(rf"(?=({words}))", text) if words else ():
            start, end = match.span(1)
            left = _squeezed(text[max(0, start - _AROUND - 2 * len(before)) : start])
            right = _squeezed(text[end : end + _AROUND + 2 * len(after)])
            if left.endswith(before) and right.startswith(after):
                yield start, end


def _of_address(selectors: Sequence[Object]) -> Object | None:
    """A position as a fragment of an address says it by RFC 5147, ``char=5,11``."""
    told = (one.get("value") for one in selectors if one.get("type") == "FragmentSelector")
    found = next((match for one in told if (match := _CHARS.match(_text(one)))), None)
    return {"start": int(found[1]), "end": int(found[2])} if found else None


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _first(selectors: Sequence[Object], type: str) -> Object | None:
    found = (one for one in selectors if one.get("type") == type)
    return next((one for one in found if _is_sound(one, type)), None)


def _is_sound(selector: Object, type: str) -> bool:
    if type == "TextQuoteSelector":
        return isinstance(selector.get("exact"), str)
    return _at(selector) is not None


def _at(position: Object | None) -> Offsets | None:
    if position is None:
        return None
    start, end = position.get("start"), position.get("end")
    if type(start) is not int or type(end) is not int:
        return None
    return start, end


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""
