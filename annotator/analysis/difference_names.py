"""What a type of difference is called: the one name it has in windows, reports and documents."""

from __future__ import annotations

from annotator.analysis.differences import Name
from annotator.core.codebook import Codebook


def difference_name(book: Codebook, key: Name) -> str:
    """A type of difference in a word or two, such as "Cue mark" or "Stance"."""
    type, role, field = key
    part = book.roles[role].name if role in book.roles else ""
    match type:
        case "only":
            return "Not in every layer"
        case "kind":
            return "Kind"
        case "link" | "mark" | "mention" | "boundary":
            return f"{part} {type}" if part else type.capitalize()
        case _:
            label = book.fields[field].name if field in book.fields else str(field)
            is_only_one = sum(f.name == label for f in book.fields.values()) == 1
            return label if is_only_one or not part else f"{part}: {label}"
