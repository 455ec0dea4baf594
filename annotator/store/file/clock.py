"""A computer's clock that is behind what the project has seen: said, and no harm done.

The order of steps comes from the journal's own clock, which never goes back.
"""

from __future__ import annotations

from datetime import UTC, datetime

_TOLERATED_MS = 3_600_000
"""Clocks of several computers are never quite the same."""


def warning_of(last_ms: int, now_ms: int) -> str:
    """A sentence when now is more than an hour before the last step; milliseconds since 1970."""
    if last_ms - now_ms <= _TOLERATED_MS:
        return ""
    now = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone()
    last = datetime.fromtimestamp(last_ms / 1000, UTC).astimezone()
    return (
        f"This computer's clock says {now:%d %B %Y, %H:%M}, and the last step here was made at"
        f" {last:%d %B %Y, %H:%M}. Work goes on in the right order; set the clock right, so that"
        " the times are."
    )
