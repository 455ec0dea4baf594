"""The bench: what lies before a reviewer on one article, and what they do with it.

Like the desk it keeps no data of its own: whatever is done goes through the door, and the cases
are counted anew from what the project holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject, Signal

from annotator.analysis.cases import Case, agreeing_groups, cases, marks_of
from annotator.analysis.differences import name
from annotator.analysis.sheet import scheme
from annotator.core.errors import AnnotatorError
from annotator.core.model import GOLD, Id, Mark, Statement
from annotator.core.review import commenting, judging
from annotator.core.review.agreeing import Rule, agreed, take_agreed
from annotator.core.review.docket import Docket, roots
from annotator.core.review.permissions import refusal
from annotator.core.review.procedure import set_review
from annotator.core.review.records import Comment, Verdict
from annotator.core.revision import Change, Edit, Revision
from annotator.core.text.cleaning import counted
from annotator.ui.desk import Desk
from annotator.ui.panel.options import Known
from annotator.ui.review.naming import LETTERS, Lane, lanes
from annotator.ui.review.words import Reader

Show = object
"""Which cases are listed: those with a difference of this name, ``all``, ``differ``, ``undecided``
or ``changed``."""
_OF_REVIEW = frozenset(
    "mark statement status verdict comment review assignment procedure codebook article "
    "actor issue analyst".split()
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of those who mark an article have called it done."""

    done: int
    of: int
    left_out: tuple[str, ...] = ()
    """Names of those who are not done and whose work is therefore not compared."""

    @property
    def words(self) -> str:
        return f"{self.done} of {self.of} done" if self.of else "nobody has begun"


class Bench(QObject):
    """The cases of the article on the desk, and the one at hand."""

    changed = Signal()
    """Another article, or something in it is otherwise."""
    at_hand = Signal()
    """Another case is at hand, or other layers are chosen."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.why = ""
        """Why there is nothing to compare."""
        self.docket: Docket | None = None
        self.reader: Reader | None = None
        self.lanes: tuple[Lane, ...] = ()
        self.coverage = Coverage(0, 0)
        self.cases: list[Case] = []
        self.listed: list[Case] = []
        self.show: Show = "all"
        self.unfinished_too = False
        self.case: Case | None = None
        self.chosen: frozenset[Id] = frozenset()
        """The layers chosen to be taken together."""
        self._article: Id | None = None
        desk.opened.connect(self.reload)
        desk.revised.connect(self._revised)
        self.reload()

    # What lies here

    def reload(self) -> None:
        """Look at the article on the desk as it is now."""
        page, was = self.desk.page, self.case
        article = page.article.id if page else None
        if article != self._article:
            self._article, self.unfinished_too, was = article, False, None
        self.docket = self.reader = None
        self.cases, self.lanes = [], ()
        self.why = self._reason(article)
        if article is not None and not self.why:
            self._look(article)
        self._list()
        self.case = self._again(was) or next(iter(self.listed), None)
        self.chosen &= frozenset(self.case.said) if self.case else frozenset()
        self.changed.emit()
        self.at_hand.emit()

    def _reason(self, article: Id | None) -> str:
        workspace = self.desk.workspace
        if article is None:
            return "Open an article in the main window; it is shown here."
        if not workspace.may("judge"):
            return f"{refusal('judge')} You work as {workspace.analyst.name or 'nobody'}."
        if not workspace.sees(article, GOLD):
            return refusal("see a layer")
        return ""

    def _look(self, article: Id) -> None:
        workspace = self.desk.workspace
        people = {analyst.id: analyst.name for analyst in workspace.analysts()}
        working = set(workspace.layers(article))
        progress = {id: workspace.status(article, id) for id in people}
        given = {one.analyst for one in workspace.assignments(article)}
        done = {id for id, status in progress.items() if status and status.progress == "done"}
        judged = {s.layer for v in workspace.verdicts(article) for s in v.sources}
        wanted = done | (judged & people.keys()) | (working if self.unfinished_too else set())
        everyone = working | given | {id for id, status in progress.items() if status}
        left = tuple(people.get(id, "?") for id in people if id in working - wanted)
        self.coverage = Coverage(len(done & everyone), len(everyone), left)
        by_name = sorted(people, key=lambda id: (people[id].casefold(), id))
        order = [id for id in by_name if id in wanted and workspace.sees(article, id)]
        order = workspace.sight().order(article, order)[: len(LETTERS)]
        procedure = workspace.procedure()
        hidden = procedure is not None and procedure.names_hidden
        self.lanes = lanes(order, people, hidden, done)
        self.docket = workspace.docket(article, order)
        chosen = scheme(workspace.codebook)
        self.cases = cases(self.docket, chosen)
        register, issues = workspace.people.register, tuple(workspace.issues())
        pages = {**self.docket.pages, GOLD: self.docket.gold}
        known = {
            layer: Known(chosen.book, register.index, issues, one, register.filed)
            for layer, one in pages.items()
        }
        self.reader = Reader(self.docket, chosen, known, self.lanes)

    def _list(self) -> None:
        self.listed = [case for case in self.cases if self._wanted(case)]

    def _wanted(self, case: Case) -> bool:
        match self.show:
            case "all":
                return True
            case "differ":
                return bool(case.differences)
            case "undecided":
                return case.state == "undecided"
            case "changed":
                return case.stale
        return any(name(difference) == self.show for difference in case.differences)

    def _again(self, was: Case | None) -> Case | None:
        """The case that was at hand, as it is now, if it is still listed."""
        if was is None:
            return None
        return next((c for c in self.listed if not c.known_by.isdisjoint(was.known_by)), None)

    def _revised(self, revision: Revision) -> None:
        if any(entry.kind in _OF_REVIEW for entry in revision.entries):
            self.reload()

    @property
    def undecided(self) -> list[Case]:
        return [case for case in self.cases if case.state == "undecided"]

    # Walking

    def want(self, show: Show) -> None:
        """List other cases."""
        self.show = show
        self._list()
        self.case = self._again(self.case) or next(iter(self.listed), None)
        self.changed.emit()
        self.at_hand.emit()

    def take(self, case: Case | None) -> None:
        """Take a case in hand."""
        if case is not self.case:
            self.case, self.chosen = case, frozenset()
            self.at_hand.emit()

    def take_mark(self, mark: Id | None, also: Sequence[Id] = ()) -> None:
        """Take the case in hand that a mark of any layer belongs to."""
        wanted = {mark, *also}
        for case in self.cases:
            if self.docket and not wanted.isdisjoint(marks_of(self.docket, case)):
                if case not in self.listed:
                    self.want("all")
                self.take(case)
                return

    def walk(self, step: int, fits: Callable[[Case], bool]) -> bool:
        """Take the next case that fits, beginning anew at the end; whether there is one."""
        there = self.listed
        at = there.index(self.case) if self.case in there else -1 if step > 0 else 0
        for away in range(1, len(there) + 1):
            case = there[(at + step * away) % len(there)]
            if fits(case):
                self.take(case)
                return True
        return False

    def go_on(self, was: Case) -> None:
        """From a case that is decided now to the next that is not; else stay with it."""
        if self.case is None or self.case.known_by.isdisjoint(was.known_by):
            following = [c for c in self.undecided if c in self.listed]
            later = [c for c in following if (c.span or (0, 0)) >= (was.span or (0, 0))]
            self.take(next(iter(later or following), self.case))
        else:
            self.walk(1, lambda case: case.state == "undecided")

    def next_article(self) -> Id | None:
        """The next article, by title, with a difference that is undecided and may be seen."""
        workspace = self.desk.workspace
        done: dict[Id, list[Id]] = {}
        for status in workspace.statuses():
            if status.progress == "done":
                done.setdefault(status.article, []).append(status.layer)
        found = [workspace.article(id) for id, layers in done.items() if len(layers) > 1]
        ordered = sorted((a.title.casefold(), a.id) for a in found if a is not None)
        page = self.desk.page
        here = (page.article.title.casefold(), page.article.id) if page else ("", 0)
        chosen = scheme(workspace.codebook)
        for place in (*(o for o in ordered if o > here), *(o for o in ordered if o < here)):
            if not workspace.sees(place[1], GOLD):
                continue
            docket = workspace.docket(place[1], done[place[1]])
            if any(c.state == "undecided" and c.differences for c in cases(docket, chosen)):
                return place[1]
        return None

    # Deciding

    def do(self, edit: Edit) -> bool:
        """A decision; with the first one the article is in review, in the same step."""
        if self._article is None or not edit:
            return False
        review = self.desk.workspace.review(self._article)
        begun = set_review(self._article, review, "in review") if review is None else Edit("", ())
        return self.desk.do(Edit(edit.label, (*edit.changes, *begun.changes), edit.texts))

    def decide(self, verb: Callable[[Docket, Case], Edit]) -> bool:
        """Do what a verb makes of the case at hand; what cannot be done is said."""
        if self.docket is None or self.case is None:
            self.desk.failed.emit("There is nothing at hand to decide.")
            return False
        try:
            return self.do(verb(self.docket, self.case))
        except AnnotatorError as error:
            self.desk.failed.emit(str(error))
            return False

    def agreed(self, rule: Rule) -> int:
        """How many cases a rule would take."""
        return len(agreed(self.docket, agreeing_groups(self.cases), rule)) if self.docket else 0

    def take_agreed(self, rule: Rule) -> bool:
        new_id = self.desk.workspace.new_id
        return self.decide(
            lambda docket, _: take_agreed(docket, agreeing_groups(self.cases), rule, new_id)
        )

    # Talking

    @property
    def comments(self) -> list[Comment]:
        """Those on the case at hand: each with its answers after it."""
        if self._article is None or self.case is None or self.docket is None:
            return []
        about = {*self.case.ids, *marks_of(self.docket, self.case)}
        about |= {id for verdict in self.case.verdicts for id in verdict.gold}
        found = [c for c in self.desk.workspace.comments(self._article) if c.about in about]
        first = [c for c in found if c.answer_to is None]
        return [c for head in first for c in (head, *(a for a in found if a.answer_to == head.id))]

    def comment(self, layers: Iterable[Id], text: str) -> bool:
        """Say something about what these layers have here."""
        new_id = self.desk.workspace.new_id

        def said(docket: Docket, case: Case) -> Edit:
            things = [docket.find(case.said[la])[1] for la in layers if la in case.said]
            edits = [commenting.comment(thing, text, new_id())[0] for thing in things]
            return Edit("Comment", tuple(c for edit in edits for c in edit.changes))

        return self._talk(said)

    def answer(self, to: Comment, text: str) -> bool:
        new_id = self.desk.workspace.new_id
        return self._talk(lambda *_: commenting.answer(to, text, new_id())[0])

    def resolve(self, comment: Comment) -> bool:
        return self._talk(lambda *_: commenting.resolve(comment, not comment.resolved))

    def _talk(self, verb: Callable[[Docket, Case], Edit]) -> bool:
        """As a decision, but talking does not begin a review."""
        if self.docket is None or self.case is None:
            return False
        try:
            return self.desk.do(verb(self.docket, self.case))
        except AnnotatorError as error:
            self.desk.failed.emit(str(error))
            return False

    # The article

    def set_decided(self, decided: bool) -> bool:
        if self._article is None:
            return False
        old = self.desk.workspace.review(self._article)
        return self.desk.do(set_review(self._article, old, "decided" if decided else "in review"))

    def nobody_had(self) -> judging.Draft | None:
        """An empty draft, for what no layer has."""
        if self.docket is None:
            return None
        return judging.Draft(self.docket, (), (), self.desk.workspace.new_id)


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


def in_review(found: Sequence[Case]) -> str:
    """How much is left, in words."""
    left = sum(case.state == "undecided" for case in found)
    return f"{counted(left, 'case')} undecided" if left else "all decided"
