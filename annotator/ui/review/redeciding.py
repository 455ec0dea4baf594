"""Deciding in place of what was decided: copies to begin from, and what then goes."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from annotator.analysis.cases import Case
from annotator.core.model import Id, Mark, Statement
from annotator.core.review import judging
from annotator.core.review.docket import Docket, roots
from annotator.core.review.records import Verdict
from annotator.core.revision import Change, Edit


def draft_of(
    docket: Docket, case: Case, chosen: Iterable[Id], new_id: judging.NewId
) -> judging.Draft:
    """Copies of what some layers have; with none chosen, of what was decided."""
    layers = [layer for layer in case.said if layer in set(chosen)]
    if layers or not case.verdicts:
        wanted = layers or list(case.said)[:1]
        return judging.Draft(docket, case.ids, [case.said[layer] for layer in wanted], new_id)
    draft = judging.Draft(docket, case.ids, (), new_id)
    draft.apply(Edit("", tuple(Change(None, one) for one in _copies(docket, case, new_id))))
    return draft


def _copies(docket: Docket, case: Case, new_id: judging.NewId) -> list[Mark | Statement]:
    gold = {id for verdict in case.verdicts for id in verdict.gold}
    ids = {id: new_id() for id in sorted(gold & docket.gold.marks.keys())}
    marks: list[Mark | Statement] = [
        msgspec.structs.replace(docket.gold.marks[old], id=new) for old, new in ids.items()
    ]
    for said in roots(docket.gold, gold):
        if isinstance(said, Statement):
            members = tuple(
                msgspec.structs.replace(m, mark=ids[m.mark]) for m in said.members if m.mark in ids
            )
            marks.append(msgspec.structs.replace(said, id=new_id(), members=members))
    return marks


def replacing(docket: Docket, case: Case, edit: Edit) -> Edit:
    """A decision on a case in place of all that was decided on it before."""
    named = {change.id for change in edit.changes}
    old: list[Verdict] = [v for v in case.verdicts if v.id not in named]
    gone = [change for verdict in old for change in judging.withdraw(docket, verdict).changes]
    return Edit(edit.label, (*edit.changes, *gone))
