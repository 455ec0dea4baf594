"""Where a piece of a text begins and ends."""

from __future__ import annotations

Offsets = tuple[int, int]
"""Start and end in Unicode code points, half-open."""
