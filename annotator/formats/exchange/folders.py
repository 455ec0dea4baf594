"""Names of files that are safe in every folder."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_LONGEST = 120
"""Bytes; a file system that counts them allows 255, and a suffix and a number follow."""
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")

_NEVER = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028-\u202e\u2066-\u2069\ud800-\udfff]+')
"""Separators, controls, and what turns letters around, so that ``exe.txt`` is what it says."""


class Names:
    """File names for articles: their own where that is possible, and no name twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def stem(self, file: str, title: str) -> str:
        """A name without suffix that no other article has; never a path."""
        wanted = _safe(Path(file).stem if file else title) or "article"
        stem, number = wanted, 2
        while stem.casefold() in self._taken:
            stem, number = f"{wanted}-{number}", number + 1
        self._taken.add(stem.casefold())
        return stem


def _safe(name: str) -> str:
    """What is no separator, control or reserved name on any system."""
    plain = unicodedata.normalize("NFC", name)
    kept = _NEVER.sub("_", plain).strip(" ._")
    kept = kept.encode()[:_LONGEST].decode(errors="ignore").rstrip(" .")
    return f"_{kept}" if _RESERVED.match(kept) else kept
