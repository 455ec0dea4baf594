"""Words as people look for them: without accents, capitals and small letters alike."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """The text for comparing: ``Zürich`` and ``zurich`` become the same. Its length may differ."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()
