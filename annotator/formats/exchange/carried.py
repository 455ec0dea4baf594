"""Our ids in the files of others, so that what was exported is known again when it comes back."""

from __future__ import annotations

import re

from annotator.core.model import Id

PREFIX = "annotator:"
"""How a key begins that is one of our ids; no other program's keys begin so."""

_KEY = re.compile(r"annotator:([0-9]{1,19})", re.ASCII)
_LARGEST = (1 << 63) - 1


def key_of(id: Id) -> str:
    """What a file calls a thing that has this id here."""
    return f"{PREFIX}{id}"


def id_of(key: str) -> Id | None:
    """The id that a key carries; None for what another program called it."""
    match = _KEY.fullmatch(key)
    id = int(match[1]) if match else 0
    return id if 0 < id <= _LARGEST else None
