"""What words of the command line can be: names, numbers of steps, widths."""

from __future__ import annotations

import argparse

_NARROWEST, _WIDEST = 200, 10_000


def name(word: str) -> str:
    """Of an analyst; not empty."""
    if not word.strip():
        raise argparse.ArgumentTypeError("an analyst needs a name")
    return word.strip()


def steps(word: str) -> int:
    """How many steps; one or more."""
    if not word.isdecimal() or int(word) == 0:
        raise argparse.ArgumentTypeError(f"{word!r} is not a number of steps")
    return int(word)


def width(text: str) -> int:
    """Of a picture, in pixels."""
    number = int(text)
    if not _NARROWEST <= number <= _WIDEST:
        raise argparse.ArgumentTypeError(f"a picture is {_NARROWEST} to {_WIDEST} pixels wide")
    return number
