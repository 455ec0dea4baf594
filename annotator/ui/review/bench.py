"""The bench: what lies before a reviewer on one article, and what they do with it.

Like the desk it keeps no data of its own: whatever is done goes through the door, and the cases
are counted anew from what the project holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from annotator.analysis.cases import Case, agreeing_groups, cases, marks_of
from annotator.analysis.differences import name
from annotator.analysis.sheet import scheme
from annotator.core.errors import AnnotatorError
from annotator.core.model import GOLD, Id
from annotator.core.review import commenting, judging
from annotator.core.review.agreeing import Rule, Sorted, sorted_out, take_agreed
from annotator.core.review.commenting import Thread
from annotator.core.review.docket import Docket
from annotator.core.review.permissions import refusal
from annotator.core.review.procedure import set_review
from annotator.core.review.records import Comment
from annotator.core.revision import Edit, Revision
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
    beyond: tuple[str, ...] = ()
    """Names of those who could be compared and are not, as there is no room beside the text."""

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
        self.able: tuple[Id, ...] = ()
        """The layers that could be compared, in the order in which they are shown."""
        self.picked: frozenset[Id] = frozenset()
        """Of these, those that the reviewer chose; with none the first there is room for."""
        self.coverage = Coverage(0, 0)
        self.cases: list[Case] = []
        self.listed: list[Case] = []
        self.show: Show = "all"
        self.unfinished_too = False
        self.case: Case | None = None
        self.chosen: frozenset[Id] = frozenset()
        """The layers chosen to be taken together."""
        self._article: Id | None = None
        self._said: list[Comment] = []
        """All comments on the article."""
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
            self.picked = frozenset()
        self.docket = self.reader = None
        self.cases, self.lanes, self.able = [], (), ()
        self.why = self._reason(article)
        self._said = []
        if article is not None and not self.why:
            self._said = self.desk.workspace.comments(article)
            self._look(article)
        self._list()
        self.case = self._again(was) or self._first()
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
        by_name = sorted(people, key=lambda id: (people[id].casefold(), id))
        order = [id for id in by_name if id in wanted and workspace.sees(article, id)]
        self.able = tuple(workspace.sight().order(article, order))
        order = self._with_room()
        left = tuple(people[id] for id in people if id in working - wanted)
        beyond = tuple(people[id] for id in self.able if id not in order)
        self.coverage = Coverage(len(done & everyone), len(everyone), left, beyond)
        procedure = workspace.procedure()
        hidden = procedure is not None and procedure.names_hidden
        self.lanes = lanes(order, people, hidden, done)
        aside = frozenset(self.able).difference(order)
        self.docket = replace(workspace.docket(article, order), aside=aside)
        chosen = scheme(workspace.codebook)
        self.cases = cases(self.docket, chosen)
        register, issues = workspace.people.register, tuple(workspace.issues())
        pages = {**self.docket.pages, GOLD: self.docket.gold}
        known = {
            layer: Known(chosen.book, register.index, issues, one, register.filed)
            for layer, one in pages.items()
        }
        self.reader = Reader(self.docket, chosen, known, self.lanes)

    def _with_room(self) -> list[Id]:
        """The layers that are compared: those chosen, else the first."""
        chosen = [id for id in self.able if id in self.picked]
        return (chosen or list(self.able))[: len(LETTERS)]

    def pick(self, layers: Iterable[Id]) -> None:
        """Compare these layers, as far as there is room for them."""
        self.picked = frozenset(layers)
        self.reload()

    def make_room(self, layers: Iterable[Id]) -> None:
        """Compare these too, if need be in place of others."""
        compared = [lane.id for lane in self.lanes]
        wanted = [id for id in self.able if id in set(layers)]
        if not set(wanted) <= set(compared):
            rest = [id for id in compared if id not in wanted]
            self.pick([*wanted, *rest][: len(LETTERS)])

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
            case "commented":
                return bool(self.open_threads(case))
        return any(name(difference) == self.show for difference in case.differences)

    def _again(self, was: Case | None) -> Case | None:
        """The case that was at hand, as it is now, if it is still listed."""
        if was is None:
            return None
        return next((c for c in self.listed if not c.known_by.isdisjoint(was.known_by)), None)

    def _first(self) -> Case | None:
        """What is looked at first: what is undecided."""
        undecided = (case for case in self.listed if case.state == "undecided")
        return next(undecided, None) or next(iter(self.listed), None)

    def _revised(self, revision: Revision) -> None:
        if not revision.kinds.isdisjoint(_OF_REVIEW):
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

    def take_mark(self, mark: Id, also: Sequence[Id] = ()) -> None:
        """Take the case in hand that a mark of any layer belongs to."""
        self.take_any({mark, *also})

    def take_any(self, wanted: Collection[Id | None]) -> bool:
        """Take the case in hand that has most of these marks and statements; whether any has."""
        docket = self.docket
        if docket is None:
            return False

        def has(case: Case) -> int:
            return len({*case.known_by, *marks_of(docket, case)}.intersection(wanted))

        case = max(self.cases, key=has, default=None)
        if case is None or not has(case):
            return False
        if case not in self.listed:
            self.want("all")
            case = next(c for c in self.cases if c.known_by == case.known_by)
        self.take(case)
        return True

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

    def to_undecided(self) -> None:
        """Take the first case that is undecided, if need be from among all."""
        if self.undecided and not any(case.state == "undecided" for case in self.listed):
            self.want("all")
        self.take(self._first())

    def go_on(self, was: Case) -> None:
        """From a case that is decided now to the next that is not; else stay with it."""
        if self.case is None or self.case.known_by.isdisjoint(was.known_by):
            following = [c for c in self.undecided if c in self.listed]
            later = [c for c in following if (c.place or (0, 0)) >= (was.place or (0, 0))]
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

    def agreed(self, rule: Rule) -> Sorted:
        """What a rule would take, and what it would leave."""
        assert self.docket is not None
        return sorted_out(self.docket, agreeing_groups(self.cases), rule)

    def take_agreed(self, rule: Rule) -> bool:
        new_id = self.desk.workspace.new_id
        return self.decide(
            lambda docket, _: take_agreed(docket, agreeing_groups(self.cases), rule, new_id)
        )

    # Talking

    @property
    def threads(self) -> list[Thread]:
        """What is said of the case at hand."""
        return self._threads(self.case) if self.case is not None else []

    def _threads(self, case: Case) -> list[Thread]:
        if self.docket is None or not self._said:
            return []
        about = {*case.ids, *marks_of(self.docket, case)}
        about |= {id for verdict in case.verdicts for id in verdict.gold}
        return commenting.threads(self._said, about)

    def open_threads(self, case: Case) -> int:
        """How many comments on a case are not resolved."""
        return sum(not thread.resolved for thread in self._threads(case))

    @property
    def comments(self) -> list[Comment]:
        """The same in one list: each with its answers after it."""
        return [comment for thread in self.threads for comment in thread.comments]

    def comment(self, layers: Iterable[Id], text: str) -> bool:
        """Say something about what these layers have here."""
        new_id = self.desk.workspace.new_id

        def said(docket: Docket, case: Case) -> Edit:
            things = [docket.find(case.said[la])[1] for la in layers if la in case.said]
            edits = [commenting.comment(thing, text, new_id())[0] for thing in things]
            return Edit("Comment", tuple(c for edit in edits for c in edit.changes))

        if self.docket is None or self.case is None:
            return False
        try:  # not as a decision is done, for talking does not begin a review
            return self.desk.do(said(self.docket, self.case))
        except AnnotatorError as error:
            self.desk.failed.emit(str(error))
            return False

    # The article

    def set_decided(self, decided: bool) -> bool:
        if self._article is None:
            return False
        old = self.desk.workspace.review(self._article)
        return self.desk.do(set_review(self._article, old, "decided" if decided else "in review"))

    def reopening(self) -> Edit:
        """What has the article in review again where the case at hand will be undecided."""
        review = self.desk.workspace.review(self._article) if self._article is not None else None
        if review is None or review.state != "decided" or not (self.case and self.case.said):
            return Edit("", ())
        return set_review(review.article, review, "in review")

    def nobody_had(self) -> judging.Draft | None:
        """An empty draft, for what no layer has."""
        if self.docket is None:
            return None
        return judging.Draft(self.docket, (), (), self.desk.workspace.new_id)


def in_review(found: Sequence[Case]) -> str:
    """How much is left, in words."""
    left = sum(case.state == "undecided" for case in found)
    return f"{counted(left, 'case')} undecided" if left else "all decided"
