"""Where an analyst is in a project: what is open, at hand, in view, and looked for."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from annotator.core.model import Id
from annotator.store.listing import Wanted


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """All that a window needs to be where another one was. Offsets are code points."""

    article: Id | None = None
    statement: Id | None = None
    mark: Id | None = None
    selection: tuple[int, int] = (0, 0)
    """From where to where, the caret at the second; before the first if it was drawn backwards."""
    top: tuple[int, float] = (0, 0.0)
    """What stands at the upper edge, and how far below it that line begins, in pixels."""
    words: str = ""
    """What is looked for in the list of articles."""
    wanted: Wanted = Wanted()
    unfinished: bool = False
    """Whether only unfinished articles are listed; which these are is counted anew."""
    actor_name: str = ""
    """What the actor that articles are filtered by is called."""


def packed(place: Place) -> str:
    """A place as one line of text."""
    bare = msgspec.structs.replace(place, wanted=replace(place.wanted, among=None))
    return msgspec.json.encode(bare).decode()


def unpacked(line: str) -> Place:
    """What :func:`packed` made; the beginning of the project for a line that makes no sense."""
    try:
        return msgspec.json.decode(line, type=Place)
    except msgspec.MsgspecError:
        return Place()
