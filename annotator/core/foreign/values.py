"""A value of one type of field as a value of another."""

from __future__ import annotations

import math
import re

from annotator.core.codebook import Codebook, Field
from annotator.core.foreign.people import Directory
from annotator.core.text.dates import is_date

_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

_NUMBER = re.compile(r"[+-]?(\d{1,300}(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)

Single = str | int | float | bool


def converted(
    value: Single, label: str, theirs: Field, ours: Field, people: Directory, book: Codebook
) -> Single | None:
    """A value of one type of field as one of another; None when there is no such value.

    ``label`` is how a person would say the value.
    """
    said = label if theirs.type == "choice" else value  # a choice's value is only its key here
    match ours.type:
        case "actor":
            return people.actor(value if theirs.type == "actor" else label, theirs.type == "actor")
        case "issue":
            return people.issue(value if theirs.type == "issue" else label, theirs.type == "issue")
        case "choice":
            return next(
                (k for k, c in ours.choices.items() if label in (k, c.name)),
                next(
                    (k for k, c in ours.choices.items() if label.casefold() == c.name.casefold()),
                    None,
                ),
            )
        case "stance":
            return _stance(said, label, book)
        case "flag":
            return said if isinstance(said, bool) else _FLAGS.get(str(said).casefold())
        case "number":
            return _number(said)
        case "date":
            return label if is_date(label) else None
        case _:
            return label


def _stance(value: Single, label: str, book: Codebook) -> int | None:
    for key, stance in book.stances.items():
        if stance.name.casefold() == label.casefold():
            return int(key)
    return int(value) if str(value) in book.stances else None


def _number(value: Single) -> int | float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return None
    found = float(value)
    if isinstance(value, str) and value.lstrip("+-").isdigit():
        return int(value)
    return found if math.isfinite(found) else None
