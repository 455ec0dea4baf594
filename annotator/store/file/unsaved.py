"""Why something could not be saved, in a sentence that says what to do about it."""

from __future__ import annotations

from pathlib import Path

_REASONS = (
    (
        ("locked", "busy"),
        "another program has been writing to {name} for too long; try again.",
    ),
    (
        ("full",),
        "the disk that {name} is on is full; make room there, then do it again.",
    ),
    (
        ("readonly", "unable to open", "access permission"),
        (
            "{name} may not be written to any more; see that its folder and the file are not"
            " read-only, then do it again."
        ),
    ),
    (
        ("i/o error",),
        (
            "the disk did not take what was to be written to {name}; see that it is connected and"
            " has room, then do it again."
        ),
    ),
    (
        ("malformed", "not a database"),
        (
            "{name} is damaged; close this window and open the project again, which says what can be"
            " saved."
        ),
    ),
)
"""What SQLite says, in small letters, and what that means to somebody who marks."""


def is_busy(error: Exception) -> bool:
    """Whether another program is writing, so that it may work a little later."""
    return "locked" in str(error) or "busy" in str(error)


def not_saved(path: Path, error: Exception) -> str:
    """What is shown when a gesture could not be written; nothing of it is in the file."""
    said = "malformed" if isinstance(error, UnicodeDecodeError) else str(error).lower()
    for words, meaning in _REASONS:
        if any(word in said for word in words):
            return "Not saved: " + meaning.format(name=path.name)
    return f"Not saved: {path.name} could not be written ({error})."
