"""What the codebook says about a thing, and where it says something about words one looks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.core.book.parts import Entry, Part, issue_part
from annotator.core.codebook import Codebook
from annotator.core.model import FieldValue, Issue, several


def explain(
    book: Codebook, issues: Iterable[Issue], field: str, value: FieldValue | None = None
) -> str:
    """A field as the codebook explains it, or what one of its values means: plain text.

    For a field: its definition and examples. For a value: the proposition of an issue, definition
    and examples of an issue, choice or stance; of several values each, with its name. Empty when
    the codebook says nothing.
    """
    found = book.fields.get(field)
    if found is None:
        return ""
    if value is None:
        return about(found)
    values = [(one, _meant(book, issues, field, one)) for one in several(value)]
    said = [(entry.name, about(entry)) for _, entry in values if entry is not None]
    if len(said) == 1:
        return said[0][1]
    return "\n".join(f"{name}: {text}" for name, text in said if text)


def explain_kind(book: Codebook, kind: str) -> str:
    """A kind as the codebook explains it: definition, rule, examples."""
    found = book.kinds.get(kind)
    return about(found) if found else ""


def about(entry: Entry) -> str:
    """All that is said about an entry, a line for each sort of thing; empty when nothing is."""
    return "\n".join(f"{label}{text}" for label, text in _said(entry))


def _said(entry: Entry) -> Iterator[tuple[str, str]]:
    for name, label in (("proposition", ""), ("definition", ""), ("rule", "Boundaries: ")):
        if text := str(getattr(entry, name, "")).strip():
            yield label, text
    if examples := getattr(entry, "examples", ()):
        yield "Such as: ", " · ".join(examples)


def _meant(
    book: Codebook, issues: Iterable[Issue], field: str, value: str | int | float | bool
) -> Entry | None:
    match book.fields[field].type:
        case "choice":
            return book.fields[field].choices.get(str(value))
        case "stance":
            return book.stances.get(str(value))
        case "issue":
            return next((issue for issue in issues if str(issue.id) == value), None)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Explained:
    """An entry with a heading, what is said about it, and how deep it stands."""

    part: Part
    heading: str
    text: tuple[tuple[str, str], ...]
    """Label and words, line by line."""
    depth: int = 0


def everything(book: Codebook, issues: Iterable[Issue]) -> dict[str, list[Explained]]:
    """The whole codebook to be read and searched, by its sections; retired entries say so."""
    fields: list[Explained] = []
    for key, field in book.fields.items():
        fields.append(_explained(Part("field", key), field))
        for choice, one in field.choices.items():
            fields.append(_explained(Part("choice", choice, key), one, depth=1))
    depths: dict[int, int] = {}
    tree: list[Explained] = []
    for issue in issues:
        depth = depths.get(issue.parent, -1) + 1 if issue.parent is not None else 0
        depths[issue.id] = depth
        tree.append(_explained(issue_part(issue), issue, depth=depth))
    return {
        "Kinds": [_explained(Part("kind", k), e, f"  {e.key}") for k, e in book.kinds.items()],
        "Roles": [_explained(Part("role", k), e) for k, e in book.roles.items()],
        "Fields": fields,
        "Stances": [
            _explained(Part("stance", k), book.stances[k], f"  {int(k):+d}")
            for k in sorted(book.stances, key=int)
        ],
        "Issues": tree,
    }


def _explained(part: Part, entry: Entry, behind: str = "", depth: int = 0) -> Explained:
    retired = " (retired)" if entry.retired else ""
    return Explained(part, f"{entry.name}{behind}{retired}", tuple(_said(entry)), depth)
