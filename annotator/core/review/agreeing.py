"""Taking at once what all agree on, by a rule that is data and is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from annotator.core.model import FieldValue, Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.review.docket import Docket, Group, Said, digest
from annotator.core.review.judging import NewId, take, together
from annotator.core.revision import Edit
from annotator.core.text.cleaning import counted

Why = Literal["judged", "few", "kinds", "marks", "boundaries", "fields"]
WHY: dict[Why, str] = {
    "judged": "decided already",
    "few": "said by too few",
    "kinds": "of other kinds",
    "marks": "with other marks",
    "boundaries": "with other boundaries",
    "fields": "with other fields",
}
"""What keeps a case from being taken, in the order in which it is looked at."""


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When several analysts say the same: who says it at all, says the same."""

    boundary: int | None = 0
    """How many characters each edge of a fragment may differ by; None is any, as long as each mark
    overlaps the longest, which is the one that is taken."""
    fields: tuple[str, ...] | None = None
    """The fields that must be equal; None means all."""
    kinds: tuple[str, ...] | None = None
    """The kinds of mark that must agree; None means all. Marks of others may differ."""
    at_least: int | None = None
    """How many of the layers compared must say it; None means all."""


def in_words(rule: Rule, layers: int) -> str:
    """The rule as a reviewer reads it, where so many layers are compared."""
    needed = layers if rule.at_least is None else rule.at_least
    who = said_by(needed, layers)
    kinds = "" if rule.kinds is None else f" {', '.join(rule.kinds) or 'no'} marks have"
    fields = "all fields" if rule.fields is None else ", ".join(rule.fields) or "no field"
    return (
        f"said by {who}, and by nobody otherwise;{kinds} {_edges(rule.boundary)};"
        f" {fields} must be equal"
    )


def said_by(least: int, layers: int) -> str:
    """So many of the layers, in words."""
    if least < layers:
        return f"at least {least} of {layers} layers"
    return {1: "the one layer", 2: "both layers"}.get(layers, f"all {layers} layers")


def _edges(boundary: int | None) -> str:
    if boundary is None:
        return "boundaries may differ as long as marks overlap the longest, which is taken"
    if not boundary:
        return "the same boundaries"
    return f"boundaries at most {counted(boundary, 'character')} apart"


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a rule takes, and how many cases it leaves for what reason."""

    taken: tuple[Group, ...]
    left: Counter[Why]


def sorted_out(docket: Docket, groups: Iterable[Sequence[Id]], rule: Rule) -> Sorted:
    """Each group is what one case has, by layer."""
    judged = {source.id for verdict in docket.verdicts for source in verdict.sources}
    taken: list[Group] = []
    left: Counter[Why] = Counter()
    for group in groups:
        why = "judged" if not judged.isdisjoint(group) else _kept_by(docket, group, rule)
        if why is None:
            taken.append(tuple(group))
        else:
            left[why] += 1
    return Sorted(tuple(taken), left)


def agreed(docket: Docket, groups: Iterable[Sequence[Id]], rule: Rule) -> list[Group]:
    """The groups without a verdict in which the layers say the same."""
    return list(sorted_out(docket, groups, rule).taken)


def take_agreed(docket: Docket, groups: Iterable[Sequence[Id]], rule: Rule, new_id: NewId) -> Edit:
    """Take them all, in one step; where they differ within the rule, what most have, or the longest."""
    found = agreed(docket, groups, rule)
    taken = (take(docket, group, [_chosen(docket, group, rule)], new_id) for group in found)
    return together(taken, "agreed place")


def _kept_by(docket: Docket, group: Sequence[Id], rule: Rule) -> Why | None:
    said = {id: docket.find(id) for id in group}
    layers = Counter(one.layer for _, one in said.values())
    needed = len(docket.pages) if rule.at_least is None else rule.at_least
    if len(layers) < needed or any(number > 1 for number in layers.values()):
        return "few"
    page, first = said[_chosen(docket, group, rule)]
    return next(
        (why for there, one in said.values() if (why := apart(first, page, one, there, rule))),
        None,
    )


def _chosen(docket: Docket, group: Sequence[Id], rule: Rule) -> Id:
    """Whose account is taken: the one that most have, or the longest; the first of several."""
    said = {id: docket.find(id) for id in group}
    if rule.boundary is None:
        return max(group, key=lambda id: _length(*said[id]))
    digests = {id: digest(one, page) for id, (page, one) in said.items()}
    often = Counter(digests.values())
    return max(group, key=lambda id: often[digests[id]])


def _length(page: Page, said: Said) -> int:
    marks = [said] if isinstance(said, Mark) else [page.marks[id] for id in said.marks()]
    return sum(_size(mark) for mark in marks)


def _size(mark: Mark) -> int:
    return sum(piece.end - piece.start for piece in mark.fragments)


def apart(one: Said, page: Page, other: Said, there: Page, rule: Rule) -> Why | None:
    """What two things differ in by a rule; None if they say the same."""
    if isinstance(one, Mark) and isinstance(other, Mark):
        counts = rule.kinds is None or one.kind in rule.kinds
        return _marks_apart(one, other, rule) if counts else "kinds"
    if not isinstance(one, Statement) or not isinstance(other, Statement):
        return "marks"
    ours, theirs = _by_role(one, page, rule), _by_role(other, there, rule)
    if rule.kinds is not None and not (ours or theirs):
        return "kinds"
    if ours.keys() != theirs.keys():
        return "marks"
    for role, marks in ours.items():
        if why := _role_apart(marks, theirs[role], rule):
            return why
    return None if _fields_alike(one.fields, other.fields, rule) else "fields"


def _by_role(statement: Statement, page: Page, rule: Rule) -> dict[str, list[Mark]]:
    """The marks that must agree."""
    found: dict[str, list[Mark]] = {}
    for member in statement.members:
        mark = page.marks[member.mark]
        if rule.kinds is None or mark.kind in rule.kinds:
            found.setdefault(member.role, []).append(mark)
    return found


def _role_apart(ours: list[Mark], theirs: list[Mark], rule: Rule) -> Why | None:
    """In the order of the text; implied marks by what they say."""
    if len(ours) != len(theirs):
        return "marks"
    pairs = zip(sorted(ours, key=_place), sorted(theirs, key=_place), strict=True)
    return next((why for a, b in pairs if (why := _marks_apart(a, b, rule))), None)


def _place(mark: Mark) -> tuple[bool, int, bytes]:
    start = mark.start
    return start is None, start or 0, msgspec.json.encode(sorted(mark.fields.items()))


def _marks_apart(one: Mark, other: Mark, rule: Rule) -> Why | None:
    if one.kind != other.kind:
        return "marks"
    if not _edges_alike(one, other, rule.boundary):
        return "boundaries"
    return None if _fields_alike(one.fields, other.fields, rule) else "fields"


def _edges_alike(one: Mark, other: Mark, boundary: int | None) -> bool:
    if boundary is None:
        return not (one.fragments or other.fragments) or any(
            a.start < b.end and b.start < a.end for a in one.fragments for b in other.fragments
        )
    return len(one.fragments) == len(other.fragments) and all(
        abs(a.start - b.start) <= boundary and abs(a.end - b.end) <= boundary
        for a, b in zip(one.fragments, other.fragments, strict=True)
    )


def _fields_alike(one: dict[str, FieldValue], other: dict[str, FieldValue], rule: Rule) -> bool:
    if rule.fields is None:
        return one == other
    return all(one.get(name) == other.get(name) for name in rule.fields)
