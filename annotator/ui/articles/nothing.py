"""Why nothing is listed, and the key that helps."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.store.finding.listing import Wanted
from annotator.store.finding.reader import Reader
from annotator.ui.articles.filtering import without


def why_nothing(lists: Reader, wanted: Wanted, said: Mapping[str, str], looking: bool) -> str:
    """What to say in place of the list; ``said`` are the filters that are on, in words."""
    if lists.is_fewer(1):
        return "No article yet.\n\nImport articles with Ctrl+I, or drop them here."
    lines = ["Looking…" if looking else "Nothing found."]
    for name, words in said.items():
        count = lists.count(without(wanted, name))
        if count:
            lines.append(f"Without “{words}”: {count:,}")
    if said:
        lines.append("\nEsc shows all articles again.")
    elif wanted.typed:
        lines.append("\nEsc ends the search.")
    return "\n".join(lines)
