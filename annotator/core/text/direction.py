"""Which way a line is read."""

from __future__ import annotations

import unicodedata

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = ("L",), ("R", "AL")


def is_right_to_left(line: str) -> bool:
    """Whether the first letter that has a direction goes to the left, as in Arabic or Hebrew."""
    for sign in line:
        way = unicodedata.bidirectional(sign)
        if way in _RIGHT_TO_LEFT:
            return True
        if way in _LEFT_TO_RIGHT:
            return False
    return False
