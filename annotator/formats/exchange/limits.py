"""How much one file may hold: as much as fits into the memory of an ordinary machine."""

from __future__ import annotations

from pathlib import Path

from annotator.core.errors import BadInput

MOST_MARKS = 2_000_000
"""Of one file or folder that is read as a whole, so that all of it is in memory at once."""
LONGEST = 1_000_000_000
"""Bytes of one JSON file, which is read as a whole."""


def check_marks(count: int, where: str) -> None:
    """:class:`BadInput` when there are more marks than one file may have."""
    if count > MOST_MARKS:
        raise BadInput(f"{where} has more than {MOST_MARKS:,} marks; divide it into several files.")


def check_size(path: Path) -> None:
    """:class:`BadInput` for a file that is too long to be read as a whole."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    if size > LONGEST:
        raise BadInput(
            f"{path.name} has {size:,} bytes; the limit is {LONGEST:,}, so divide it into several"
            " files."
        )
