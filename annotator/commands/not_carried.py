"""What a format could not carry, told: in short, or with where each thing happened first."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator

from annotator.formats.exchange.format import Loss

_WIDTH = 100
_LEFT_OUT = re.compile(r"(.*?)(?: is left out| are left out)$")


def add_verbose(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--verbose",
        action="store_true",
        help="say of each thing that cannot be carried where it happens first",
    )


def tell(losses: Iterable[Loss], verbose: bool, told: Callable[[str], None]) -> None:
    """A short paragraph, or a line for each sort of loss."""
    found = list(losses)
    if verbose:
        for loss in found:
            told(f"not carried: {loss}")
    elif found:
        for line in textwrap.wrap(f"not carried: {'; '.join(_in_short(found))}.", _WIDTH):
            told(line)
        told("--verbose says where each happens first, --strict writes nothing then")


def _in_short(losses: Iterable[Loss]) -> Iterator[str]:
    """What is left out in one list, and everything else in its own words, each with its count."""
    left_out: list[str] = []
    other: list[str] = []
    for loss in losses:
        match = _LEFT_OUT.fullmatch(loss.what)
        number = f" ({loss.count:,})" if loss.count > 1 else ""
        (left_out if match else other).append((match[1] if match else loss.what) + number)
    if left_out:
        yield ", ".join(left_out)
    yield from other
