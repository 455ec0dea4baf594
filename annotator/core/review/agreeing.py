"""Taking at once what all agree on, by a rule that is data and is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from annotator.core.model import FieldValue, Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.review.docket import Docket, Group, Said, digest
from annotator.core.review.judging import NewId, take, together
from annotator.core.revision import Edit


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When several analysts say the same."""

    boundary: int = 0
    """How many characters each edge of a fragment may differ by."""
    fields: tuple[str, ...] | None = None
    """The fields that must be equal; None means all."""
    at_least: int = 2
    """How many analysts must have said it; all who are compared must have in any case."""

    @property
    def words(self) -> str:
        """The rule as a reviewer reads it."""
        edges = (
            "the same boundaries"
            if not self.boundary
            else f"boundaries at most {self.boundary} characters apart"
        )
        filled = "all fields" if self.fields is None else ", ".join(self.fields) or "no field"
        return f"said by everyone, at least {self.at_least}; {edges}; {filled} equal"


def agreed(docket: Docket, groups: Iterable[Sequence[Id]], rule: Rule) -> list[Group]:
    """The groups without a verdict in which every layer of the docket says the same."""
    found = []
    judged = {source.id for verdict in docket.verdicts for source in verdict.sources}
    for group in groups:
        said = [docket.find(id) for id in group]
        layers = Counter(one.layer for _, one in said)
        complete = layers.keys() == docket.pages.keys() and set(layers.values()) == {1}
        if not complete or len(said) < rule.at_least or not judged.isdisjoint(group):
            continue
        (page, first), *others = said
        if all(alike(first, page, other, there, rule) for there, other in others):
            found.append(tuple(group))
    return found


def take_agreed(docket: Docket, groups: Iterable[Sequence[Id]], rule: Rule, new_id: NewId) -> Edit:
    """Take them all, in one step; where boundaries differ, those that most have, else the first's."""
    found = agreed(docket, groups, rule)
    return together((take(docket, g, [_usual(docket, g)], new_id) for g in found), "agreed place")


def _usual(docket: Docket, group: Group) -> Id:
    digests = {id: digest(said, page) for id in group for page, said in [docket.find(id)]}
    often = Counter(digests.values())
    return max(group, key=lambda id: often[digests[id]])


def alike(one: Said, page: Page, other: Said, there: Page, rule: Rule) -> bool:
    """Whether two things say the same by a rule."""
    if isinstance(one, Mark) and isinstance(other, Mark):
        return _marks_alike(one, other, rule)
    if not isinstance(one, Statement) or not isinstance(other, Statement):
        return False
    if not _fields_alike(one.fields, other.fields, rule):
        return False
    roles = sorted({m.role for m in one.members})
    if roles != sorted({m.role for m in other.members}):
        return False
    return all(_role_alike(page.members(one, r), there.members(other, r), rule) for r in roles)


def _role_alike(ours: list[Mark], theirs: list[Mark], rule: Rule) -> bool:
    """In the order of the text; implied marks by what they say."""
    if len(ours) != len(theirs):
        return False
    pairs = zip(sorted(ours, key=_place), sorted(theirs, key=_place), strict=True)
    return all(_marks_alike(a, b, rule) for a, b in pairs)


def _place(mark: Mark) -> tuple[bool, int, bytes]:
    start = mark.start
    return start is None, start or 0, msgspec.json.encode(sorted(mark.fields.items()))


def _marks_alike(one: Mark, other: Mark, rule: Rule) -> bool:
    if one.kind != other.kind or len(one.fragments) != len(other.fragments):
        return False
    near = all(
        abs(a.start - b.start) <= rule.boundary and abs(a.end - b.end) <= rule.boundary
        for a, b in zip(one.fragments, other.fragments, strict=True)
    )
    return near and _fields_alike(one.fields, other.fields, rule)


def _fields_alike(one: dict[str, FieldValue], other: dict[str, FieldValue], rule: Rule) -> bool:
    if rule.fields is None:
        return one == other
    return all(one.get(name) == other.get(name) for name in rule.fields)
