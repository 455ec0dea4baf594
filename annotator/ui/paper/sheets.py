"""Where a long page is cut into sheets. Plain numbers: heights in pixels of the long page."""

from __future__ import annotations

from collections.abc import Sequence

Extent = tuple[float, float]
"""From the top of something to its bottom."""


def sheets(rows: Sequence[Extent], height: float) -> list[Extent]:
    """The part of the page on each sheet, whose height is ``height``; no row is cut in two.

    Rows are given from top to bottom. One higher than a sheet has a sheet of its own, and what
    does not fit on it is lost: the caller must not have such rows.
    """
    found: list[Extent] = []
    start: float | None = None
    end = 0.0
    for top, bottom in rows:
        if start is not None and bottom - start > height:
            found.append((start, top))
            start = None
        if start is None:
            start = top
        end = bottom
    if start is not None:
        found.append((start, end))
    return found
