"""Field values that a file writes as text together with the type of their field."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import get_args

from annotator.core.codebook import SEVERAL, FieldType
from annotator.core.model import ACTOR_TYPES, ActorType, FieldValue
from annotator.formats.exchange.gathering import Gathering

TYPES: tuple[FieldType, ...] = get_args(FieldType)
_LARGEST_STEP = 999_999


def type_named(name: object) -> FieldType:
    """A type of field by its name; text when there is none such."""
    return next((type for type in TYPES if type == name), "text")


def actor_type_named(name: object) -> ActorType:
    """A type of actor by its name; a person when there is none such."""
    return next((type for type in ACTOR_TYPES if type == name), "person")


class Typed:
    """Puts field values into a gathering, with the fields they are values of."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering

    def fields(
        self, on: str, told: Iterable[tuple[str, FieldType, bool, Sequence[str]]], where: str
    ) -> dict[str, FieldValue]:
        """Values from label, type, whether there can be several, and the values as text.

        What is no value of its type is listed as lost.
        """
        found: dict[str, FieldValue] = {}
        for label, type, many, texts in told:
            several = many and type in SEVERAL
            field = self._gathering.field(label, type, [on])
            values = [self._value(field, type, text) for text in texts]
            kept = [value for value in values if value is not None]
            lost = len(values) - len(kept)
            if several:
                self._gathering.holds_several(field)
                if kept:
                    found[field] = [str(value) for value in kept]
            elif kept:
                found[field] = kept[0]
                lost += len(kept) - 1
            if lost:
                self._gathering.losses.add(
                    f"a value of {label} that no {type} field has is left out", where, lost
                )
        return found

    def _value(self, field: str, type: FieldType, text: str) -> str | int | float | bool | None:
        gathering = self._gathering
        match type:
            case "actor":
                return gathering.actor(text) if text.strip() else None
            case "issue":
                return gathering.issue(text) if text.strip() else None
            case "stance":
                step = whole(text)
                if step is None or abs(step) > _LARGEST_STEP:
                    return None
                return gathering.stance(step, str(step))
            case "choice":
                return gathering.choice(field, text) if text.strip() else None
            case "flag":
                return {"true": True, "false": False}.get(text)
            case "number":
                return number(text)
            case _:
                return text


def whole(text: str) -> int | None:
    """A whole number written in plain digits; None for anything else."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 40 else None


def number(text: str) -> int | float | None:
    """A finite number; whole when it is written so."""
    found = whole(text)
    if found is not None:
        return found
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
