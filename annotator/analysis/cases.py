"""What a reviewer decides one after the other: each thing that layers say or do not say, once.

What one verdict judged stays one case, however the layers are aligned by now; what came later
joins it where its layer has nothing there yet. So no decision is lost when layers change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from annotator.analysis.alignment import Aligned, Pair, align
from annotator.analysis.differences import Difference, differences, hull
from annotator.analysis.grouping import Node, group_statements
from annotator.analysis.loose import loose_groups
from annotator.analysis.sheet import Scheme, Sheet, extent
from annotator.core.model import Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.review.docket import Docket, changed_since, roots
from annotator.core.review.records import Source, Verdict
from annotator.core.text.offsets import Offsets

State = Literal["undecided", "accepted", "corrected", "rejected"]
_PINNED = 2.0
"""Above every score: what was judged together is together."""


@dataclass(frozen=True, slots=True)
class Case:
    """What may be one thing by the layers' accounts, how they differ, and what was decided."""

    said: Mapping[Id, Id]
    """By layer, the statement or the mark outside statements; empty when only gold has it."""
    differences: tuple[Difference, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    changed: tuple[Source, ...] = ()
    """What was judged and says something else now, or is gone."""
    new: tuple[Id, ...] = ()
    """The layers that came to say this after it was judged."""
    place: Offsets | None = None

    @property
    def ids(self) -> tuple[Id, ...]:
        return tuple(self.said.values())

    @property
    def known_by(self) -> frozenset[Id]:
        """Ids by which a case is found again after something has changed."""
        judged = (source.id for verdict in self.verdicts for source in verdict.sources)
        return frozenset((*self.ids, *(verdict.id for verdict in self.verdicts), *judged))

    @property
    def verdict(self) -> Verdict | None:
        """The decision, of several the first."""
        return self.verdicts[0] if self.verdicts else None

    @property
    def state(self) -> State:
        """Undecided also when it has grown since it was judged: :attr:`new` tells."""
        if not self.verdicts or self.new:
            return "undecided"
        return self.verdicts[0].decision

    @property
    def stale(self) -> bool:
        """Whether layers have changed since it was judged."""
        return bool(self.changed or self.new)


def sheet_on(docket: Docket) -> Sheet:
    """The layers of a docket, in its order."""
    return Sheet(
        docket.gold.article.id,
        tuple(docket.pages),
        {layer: page.marks for layer, page in docket.pages.items()},
        {layer: page.in_order() for layer, page in docket.pages.items()},
    )


def cases(docket: Docket, scheme: Scheme) -> list[Case]:
    """Everything to be decided on an article, in reading order."""
    sheet = sheet_on(docket)
    together = list(_together(docket))
    found = [*_of_statements(sheet, scheme, together), *_of_marks(sheet, scheme, together)]
    met = {id for case in found for id in case.ids}
    found += _left_over(docket, met)
    found = [_judged(docket, case) for case in found]
    named = {verdict.id for case in found for verdict in case.verdicts}
    found += [
        Case({}, (), (verdict,), tuple(changed_since(docket, verdict)), (), _gold(docket, verdict))
        for verdict in docket.verdicts
        if verdict.id not in named
    ]
    return sorted(found, key=_order)


def _order(case: Case) -> tuple[bool, tuple[int, int], tuple[Id, ...]]:
    start, end = case.place or (0, 0)
    return case.place is None, (start, -end), tuple(sorted(case.known_by))


def _together(docket: Docket) -> Iterator[tuple[Node, Node]]:
    """Neighbours among what was judged together and is still there."""
    there = {(layer, said.id) for layer, page in docket.pages.items() for said in roots(page)}
    for verdict in docket.verdicts:
        nodes = [(source.layer, source.id) for source in verdict.sources]
        yield from pairwise(node for node in nodes if node in there)


def _of_statements(
    sheet: Sheet, scheme: Scheme, together: Sequence[tuple[Node, Node]]
) -> Iterator[Case]:
    (aligned,) = align([sheet], scheme)
    pinned = _pinned(sheet, aligned, together)
    by_group: dict[tuple[Node, ...], list[Difference]] = {}
    for one in differences(sheet, scheme, pinned):
        by_group.setdefault(tuple(one.statements.items()), []).append(one)
    statements = {(layer, said.id): said for layer in sheet.layers for said in sheet.of(layer)}
    for group in group_statements(sheet, scheme, pinned):
        said = {node[0]: statements[node] for node in group.statements.items()}
        found = by_group.get(tuple(group.statements.items()), [])
        yield Case(dict(group.statements), tuple(found), place=_place_of(sheet, said))


def _pinned(sheet: Sheet, aligned: Aligned, together: Iterable[tuple[Node, Node]]) -> Aligned:
    """The alignment with what was judged together before all else."""
    statements = {(layer, s.id) for layer in sheet.layers for s in sheet.of(layer)}
    more: dict[tuple[Id, Id], tuple[Pair, ...]] = dict(aligned)
    for one, other in together:
        if one in statements and other in statements and one[0] != other[0]:
            a, b = (one, other) if (one[0], other[0]) in more else (other, one)
            more[a[0], b[0]] = (*more[a[0], b[0]], Pair(a[1], b[1], _PINNED))
    return more


def _of_marks(
    sheet: Sheet, scheme: Scheme, together: Sequence[tuple[Node, Node]]
) -> Iterator[Case]:
    for said, found in loose_groups(sheet, scheme, together):
        marks = [sheet.marks[layer][id] for layer, id in said.items()]
        place = hull([piece for mark in marks for piece in extent(mark)])
        yield Case(said, tuple(found), place=place)


def _left_over(docket: Docket, met: set[Id]) -> list[Case]:
    """What cannot be compared, such as an implied mark in no statement: each by itself."""
    return [
        Case({layer: said.id}, place=place_of(page, said))
        for layer, page in docket.pages.items()
        for said in roots(page)
        if said.id not in met
    ]


def _judged(docket: Docket, case: Case) -> Case:
    """A case with its verdicts."""
    verdicts = tuple(docket.on(case.ids))
    judged = {source.id for verdict in verdicts for source in verdict.sources}
    new = tuple(layer for layer, id in case.said.items() if id not in judged) if verdicts else ()
    changed = tuple(s for verdict in verdicts for s in changed_since(docket, verdict))
    return replace(case, verdicts=verdicts, new=new, changed=changed)


def _place_of(sheet: Sheet, said: Mapping[Id, Statement]) -> Offsets | None:
    marks = (
        mark
        for layer, statement in said.items()
        for member in statement.members
        if (mark := sheet.mark(layer, member.mark)) is not None
    )
    return hull([piece for mark in marks for piece in extent(mark)])


def place_of(page: Page, said: Mark | Statement) -> Offsets | None:
    """From the first to the last character of something."""
    ids = [said.id] if isinstance(said, Mark) else list(said.marks())
    marks = [page.marks[id] for id in ids if id in page.marks]
    return hull([piece for mark in marks for piece in extent(mark)])


def _gold(docket: Docket, verdict: Verdict) -> Offsets | None:
    marks = [docket.gold.marks[id] for id in verdict.gold if id in docket.gold.marks]
    return hull([piece for mark in marks for piece in extent(mark)])


def marks_of(docket: Docket, case: Case) -> list[Id]:
    """The marks of a case in every layer, and of what it became in gold."""
    found: list[Id] = []
    for id in case.ids:
        _, said = docket.find(id)
        found += [id] if isinstance(said, Mark) else said.marks()
    gold = (id for verdict in case.verdicts for id in verdict.gold)
    return [*found, *(id for id in gold if id in docket.gold.marks)]


def agreeing_groups(found: Iterable[Case]) -> list[tuple[Id, ...]]:
    """What may be taken at once, as :func:`annotator.core.review.agreeing.agreed` wants it."""
    return [case.ids for case in found if case.said]
