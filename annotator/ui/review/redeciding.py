"""Deciding in place of what was decided: copies to begin from, what is asked first, what goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from annotator.analysis.cases import Case
from annotator.core.codebook import Codebook
from annotator.core.model import Id, Issue, Mark, Statement
from annotator.core.review import judging
from annotator.core.review.docket import Docket, roots
from annotator.core.review.records import Verdict
from annotator.core.review.taken import taken
from annotator.core.review.uniting import Contradiction
from annotator.core.revision import Change, Edit
from annotator.ui.panel.options import stance_text


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


# What is asked before


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a decision is not made at the first press of its key, and what the second one does."""

    says: str
    does: str


class Again:
    """Has a key pressed a second time where there is a doubt; any other key forgets the first."""

    def __init__(self) -> None:
        self._asked: object = None
        self._is_new = False

    def needed(self, deed: object, doubts: Sequence[Doubt]) -> str:
        """What is to be said before this deed is done; empty when nothing is, or it was."""
        if not doubts or self._asked == deed:
            self._asked = None
            return ""
        self._asked, self._is_new = deed, True
        does = " and ".join(doubt.does for doubt in doubts)
        return f"{' '.join(doubt.says for doubt in doubts)} The same key again {does}."

    def key_done(self) -> None:
        """A key has done what it does; what was asked before it is over."""
        if not self._is_new:
            self._asked = None
        self._is_new = False

    def forget(self) -> None:
        """Another case is at hand."""
        self._asked = None


def decided_already(docket: Docket, case: Case, badges: Mapping[Id, str]) -> list[Doubt]:
    """That something is decided which would go.

    A case that has grown since is undecided, and only what was made by hand would be lost.
    """
    if not case.verdicts or (case.state == "undecided" and not _by_hand(case)):
        return []
    if _by_hand(case):
        return [Doubt("This is corrected by hand already.", "replaces that")]
    whose = [badges[layer] for layer in _taken(docket, case) if layer in badges]
    say = "says" if len(whose) == 1 else "say"
    what = f": what {' and '.join(whose)} {say}" if whose else ""
    return [Doubt(f"This is {case.verdicts[0].decision} already{what}.", "replaces that")]


def _by_hand(case: Case) -> bool:
    return any(verdict.decision == "corrected" for verdict in case.verdicts)


def _taken(docket: Docket, case: Case) -> list[Id]:
    """The layers whose account was taken, as it is or together with others'."""
    ids = {id for one in case.verdicts for id in taken(one, docket.gold, docket.whole)}
    return [layer for layer, id in case.said.items() if id in ids]


def contradicting(
    found: Iterable[Contradiction], book: Codebook, issues: Iterable[Issue]
) -> list[Doubt]:
    """That one statement would take different sides on an issue."""
    names = {str(issue.id): issue.name for issue in issues}
    said = [
        f"both {' and '.join(stance_text(book, stance) for stance in one.stances)}"
        f" on {names.get(one.issue, '?')}"
        for one in dict.fromkeys(found)
    ]
    words = f"One statement would be {', '.join(said)}."
    return [Doubt(words, "keeps both")] if said else []
