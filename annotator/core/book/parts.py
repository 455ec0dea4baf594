"""What a codebook consists of, each part with a place: kinds, roles, fields, choices, stances, issues."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from annotator.core.book.uses import Count, Use, Using
from annotator.core.codebook import Choice, Codebook, Field, Kind, Role, Stance
from annotator.core.errors import NotAllowed
from annotator.core.model import Id, Issue

Sort = Literal["kind", "role", "field", "choice", "stance", "issue"]
SORTS: tuple[Sort, ...] = ("kind", "role", "field", "choice", "stance", "issue")
TABLES: dict[Sort, str] = {
    "kind": "kinds",
    "role": "roles",
    "field": "fields",
    "stance": "stances",
}
Entry = Kind | Role | Field | Choice | Stance | Issue


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of the codebook: its sort and key, for a choice also the field it is of.

    The key of an issue is its id.
    """

    sort: Sort
    key: str
    field: str = ""

    @property
    def id(self) -> Id:
        """Of an issue."""
        return int(self.key)


def issue_part(issue: Issue | Id) -> Part:
    return Part("issue", str(issue.id if isinstance(issue, Issue) else issue))


def entries(book: Codebook, sort: Sort, field: str = "") -> dict[str, Any]:
    """The entries beside which one of this sort stands; of issues none, they are records."""
    if sort == "choice":
        return dict(book.fields[field].choices) if field in book.fields else {}
    return dict(getattr(book, TABLES[sort])) if sort in TABLES else {}


def entry(now: Using, part: Part) -> Entry:
    """The entry of a part; :class:`NotAllowed` when it is gone."""
    found: object
    if part.sort == "issue":
        found = now.record("issue", part.id)
    else:
        found = entries(now.codebook, part.sort, part.field).get(part.key)
    if not isinstance(found, Entry):
        raise NotAllowed(f"This {part.sort} is not in the codebook any more.")
    return found


def siblings(now: Using, part: Part) -> dict[Part, Entry]:
    """All parts of the same sort, for a choice of the same field, in their order."""
    if part.sort == "issue":
        return {issue_part(issue): issue for issue in now.issues()}
    found = entries(now.codebook, part.sort, part.field)
    return {Part(part.sort, key, part.field): one for key, one in found.items()}


def with_entries(book: Codebook, sort: Sort, found: dict[str, Any], field: str = "") -> Codebook:
    """The book with other entries of a sort, in their order."""
    if sort == "choice":
        changed = msgspec.structs.replace(book.fields[field], choices=found)
        return msgspec.structs.replace(book, fields={**book.fields, field: changed})
    return msgspec.structs.replace(book, **{TABLES[sort]: found})


def uses(book: Codebook, part: Part) -> tuple[Use, ...]:
    """What of marks and statements uses a part."""
    match part.sort:
        case "kind":
            return (Use(kind=part.key),)
        case "role":
            return (Use(role=part.key),)
        case "field":
            return (Use(field=part.key),)
        case "choice":
            return (Use(field=part.field, value=part.key),)
        case "stance":
            value = int(part.key)
            return tuple(Use(field=key, value=value) for key in fields_of(book, "stance"))
        case "issue":
            return tuple(Use(field=key, value=part.key) for key in fields_of(book, "issue"))


def fields_of(book: Codebook, type: str) -> tuple[str, ...]:
    """The fields of a type."""
    return tuple(key for key, field in book.fields.items() if field.type == type)


def count(now: Using, part: Part) -> Count:
    """How many marks and statements use a part."""
    return now.count_using(uses(now.codebook, part))


def word(sort: Sort) -> str:
    """What a sort is called in a sentence."""
    return "stance step" if sort == "stance" else sort


def tidy_name(now: Using, part: Part, name: str) -> str:
    """A name fit for a part, unlike those beside it; :class:`NotAllowed` says what is wrong."""
    said = " ".join(name.split())
    if not said:
        raise NotAllowed(f"A {word(part.sort)} needs a name.")
    for other, one in siblings(now, part).items():
        if other != part and one.name.casefold() == said.casefold():
            raise NotAllowed(
                f"There is a {word(part.sort)} “{one.name}” already; give this one another name."
            )
    return said


def new_key(name: str, taken: Iterable[str]) -> str:
    """A key for files that says what the name says, of small letters, digits and ``_``."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    base = re.sub(r"[^\w]+", "_", plain).strip("_")[:40] or "entry"
    known, key, number = set(taken) | {"statement"}, base, 1
    while key in known:
        number += 1
        key = f"{base}_{number}"
    return key
