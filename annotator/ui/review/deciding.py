"""What the commands of the review do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from annotator.analysis.cases import Case
from annotator.core.errors import AnnotatorError
from annotator.core.model import Id
from annotator.core.review import judging
from annotator.core.review.docket import Docket
from annotator.core.review.judging import Draft
from annotator.core.review.records import Verdict
from annotator.core.revision import Edit
from annotator.core.text.cleaning import counted
from annotator.ui.review import talking
from annotator.ui.review.bench import Bench, in_review
from annotator.ui.review.redeciding import (
    Again,
    Doubt,
    contradicting,
    decided_already,
    draft_of,
    replacing,
)
from annotator.ui.review.strips import ReasonStrip, Strip, WordsStrip

NOTHING_RIGHT = "nothing is right here"


class Place(talking.Place, Protocol):
    """The window, as far as deciding needs it."""

    def edit(self, draft: Draft, title: str, then: Callable[[Draft], bool]) -> None:
        """Have copies edited; what follows when they are taken says whether it could be done."""


class Deciding:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, bench: Bench, place: Place) -> None:
        self._bench = bench
        self._place = place
        self.again = Again()
        bench.at_hand.connect(self.again.forget)

    # Taking

    def take(self, place: int) -> None:
        """Take what one layer says; a layer that says nothing here cannot be taken."""
        layer = self._layer(place)
        if layer is not None:
            self._take([layer])

    def choose(self, place: int) -> None:
        """Have a layer among those taken together, or no longer."""
        layer = self._layer(place)
        if layer is not None:
            self._bench.chosen ^= {layer}
            self._bench.at_hand.emit()

    def take_chosen(self) -> None:
        if self._bench.chosen:
            self._take([layer for layer in self._said() if layer in self._bench.chosen])
        else:
            self._place.say(
                "Choose layers with Shift and their letters, or take one by its letter."
            )

    def take_all(self) -> None:
        """Both; of those that say the very same, one."""
        docket, case = self._bench.docket, self._bench.case
        if docket is None or case is None:
            return
        first: dict[str, Id] = {}
        for layer, id in case.said.items():
            first.setdefault(docket.source(id).digest, layer)
        self._take(list(first.values()))

    def _take(self, layers: list[Id]) -> None:
        docket, case, workspace = self._bench.docket, self._bench.case, self._bench.desk.workspace
        if docket is None or case is None:
            return
        try:
            chosen = [case.said[layer] for layer in layers]
            draft = Draft(docket, case.ids, chosen, workspace.new_id)
        except AnnotatorError as error:
            self._place.say(str(error), "danger")
            return
        both = contradicting(draft.contradictions, workspace.codebook, workspace.issues())
        if self._is_sure(("take", *layers), both):
            said = f"{' and '.join(self._badges[la] for la in layers)} taken"
            self._decide(lambda *_: replacing(docket, case, draft.taken()), said)

    def _is_sure(self, deed: tuple[object, ...], doubts: Sequence[Doubt] = ()) -> bool:
        """Whether a deed may be done at once, or was asked for again after it was said why not."""
        docket, case = self._bench.docket, self._bench.case
        already = decided_already(docket, case, self._badges) if docket and case else []
        told = self.again.needed(deed, [*already, *doubts])
        if told:
            self._place.say(told, "warning")
        return not told

    @property
    def _badges(self) -> dict[Id, str]:
        return {lane.id: lane.badge for lane in self._bench.lanes}

    def _layer(self, place: int) -> Id | None:
        lanes = self._bench.lanes
        if place >= len(lanes):
            self._place.say(f"There are {counted(len(lanes), 'layer')} here.", "warning")
        elif lanes[place].id not in self._said():
            self._place.say(
                f"{lanes[place].badge} says nothing here; X decides that nothing is right.",
                "warning",
            )
        else:
            return lanes[place].id
        return None

    def _said(self) -> tuple[Id, ...]:
        return tuple(self._bench.case.said) if self._bench.case else ()

    def edit(self) -> None:
        """Edit what is chosen, else what was decided, else the first layer's."""
        docket, case = self._bench.docket, self._bench.case
        if docket is None or case is None or not (case.said or case.verdicts):
            return
        verdict = case.verdict
        kept = (verdict.reason, verdict.note, verdict.gap) if verdict else ("", "", False)
        if verdict is not None and verdict.decision == "rejected":
            kept = ("", "", verdict.gap)
        try:
            new_id = self._bench.desk.workspace.new_id
            draft = draft_of(docket, case, self._bench.chosen, new_id)
        except AnnotatorError as error:
            self._place.say(str(error), "danger")
            return

        def then(done: Draft) -> bool:
            try:
                edit = done.taken(*kept)
            except AnnotatorError as error:
                self._place.say(str(error), "danger")
                return False
            return self._decide(lambda *_: replacing(docket, case, edit), _decided(edit))

        self._place.edit(draft, self._begun_with(case), then)

    def _begun_with(self, case: Case) -> str:
        """Whose work is edited; on a line of its own, how one begins with another's."""
        badges = {id: badge for id, badge in self._badges.items() if id in case.said}
        begun = [badges[layer] for layer in badges if layer in self._bench.chosen]
        if not begun and case.verdicts:
            return "Edit what was decided"
        begun = begun or list(badges.values())[:1]
        others = [badge for badge in badges.values() if badge not in begun]
        place = " in place of what was decided" if case.verdicts else ""
        edit = f"Edit what {' and '.join(begun)} said, then take it{place}"
        if not others:
            return edit
        its = f"Shift+{others[0]}" if len(others) == 1 else "Shift with its letter"
        return f"{edit}\nTo begin with {' or '.join(others)} instead: press Esc, {its}, and M."

    def add(self) -> None:
        """Put into gold what no layer has."""
        draft = self._bench.nobody_had()
        if draft is None:
            return
        self._place.edit(
            draft,
            "Add what no layer has\nMark it as in the main window. The marks that are there are"
            " decided already.",
            lambda done: self._attempt(lambda: self._bench.do(done.taken())),
        )

    # Rejecting

    def reject(self) -> None:
        case = self._bench.case
        if case is None or not case.said:
            self._place.say("There is nothing here to reject; W takes the decision back.")
            return

        def then(strip: Strip) -> None:
            assert isinstance(strip, ReasonStrip)
            if self._still(case):
                self._reject(strip.reason, strip.note.text())

        place = " in place of what was decided" if case.verdicts else ""
        title = f"Reject what the layers say here{place}. Why?"
        self._place.ask(lambda parent: ReasonStrip(title, "Reject", parent, needed=True), then)

    def nothing(self) -> None:
        """Neither, without asking further; this counts as decided."""
        case = self._bench.case
        if case is None or not case.said:
            self._place.say("There is nothing here to reject; W takes the decision back.")
        elif self._is_sure(("nothing",)):
            self._reject("other", NOTHING_RIGHT)

    def _reject(self, reason: str, note: str) -> None:
        def rejected(docket: Docket, case: Case) -> Edit:
            return replacing(docket, case, judging.reject(docket, case.ids, reason, note))

        self._decide(rejected, "Rejected")

    # What was decided

    def stands(self) -> None:
        """Judge anew as before what has changed since."""
        case = self._bench.case
        if case is None or not case.verdicts or not case.stale:
            self._place.say("Nothing here has changed since it was decided.")
            return
        new_id = self._bench.desk.workspace.new_id

        def again(docket: Docket, case: Case) -> Edit:
            old = case.verdicts[0]
            if old.decision == "rejected":
                edit = judging.reject(docket, case.ids, old.reason, old.note, old.gap)
            else:
                draft = draft_of(docket, case, (), new_id)
                edit = draft.taken(old.reason, old.note, old.gap)
            return replacing(docket, case, edit)

        self._decide(again, "The decision stands")

    def withdraw(self) -> None:
        """Have the case undecided again, and with it the article in review."""
        verdict = self._verdict()
        if verdict is None:
            return
        begun = self._bench.reopening()

        def withdrawn(docket: Docket, _: Case) -> Edit:
            edit = judging.withdraw(docket, verdict)
            return Edit(edit.label, (*edit.changes, *begun.changes))

        self._decide(withdrawn, "The article is in review again" if begun else "", stay=True)

    def explain(self) -> None:
        """Give the decision a reason or a note."""
        verdict = self._verdict()
        if verdict is None:
            return

        def then(strip: Strip) -> None:
            assert isinstance(strip, ReasonStrip)
            reason, note = strip.reason, strip.note.text()
            explained = judging.explain(verdict, reason, note)
            # The door refuses it if the decision has become another meanwhile.
            self._decide(lambda *_: explained, "Explained", stay=True)

        needed, title = verdict.decision == "rejected", f"Why is this {verdict.decision}?"
        listed = verdict.decision != "accepted"
        if not listed:
            title += " Reasons belong to corrections and rejections; Enter goes on to the note."
        said = (verdict.reason, verdict.note, listed)
        self._place.ask(lambda parent: ReasonStrip(title, "Keep", parent, needed, *said), then)

    def gap(self) -> None:
        """Say that the guidelines do not say what is right here, or no longer."""
        verdict = self._verdict()
        if verdict is not None:
            said = "No guideline gap" if verdict.gap else "Flagged as a guideline gap"
            self._decide(lambda *_: judging.flag(verdict, not verdict.gap), said, stay=True)

    def _verdict(self) -> Verdict | None:
        verdict = self._bench.case.verdict if self._bench.case else None
        if verdict is None:
            self._place.say("Decide first; nothing is decided here yet.", "warning")
        return verdict

    def undo(self) -> None:
        self._bench.desk.undo()

    def redo(self) -> None:
        self._bench.desk.redo()

    # Going

    def walk_differences(self, step: int) -> None:
        if not self._bench.walk(step, lambda case: bool(case.differences)):
            self._place.say("There is no difference here.")

    def skip(self) -> None:
        if not self._bench.walk(1, lambda case: case.state == "undecided"):
            self._place.say("Nothing listed is undecided. Ctrl+D calls the article decided.")

    # Saying

    def comment(self) -> None:
        case = self._bench.case
        if case is None or not case.said:
            self._place.say("There is nothing of an analyst here to comment on.")
            return
        layers = [la for la in case.said if la in self._bench.chosen] or list(case.said)
        to = ", ".join(self._badges[layer] for layer in layers)

        def then(strip: Strip) -> None:
            assert isinstance(strip, WordsStrip)
            if self._still(case) and self._bench.comment(layers, strip.line.text()):
                self._place.say("Said. The analysts see it beside what you decide.")

        self._place.ask(lambda parent: WordsStrip(f"Comment to {to}", "Say it", parent), then)

    # Inside

    def _decide(self, verb: Callable[[Docket, Case], Edit], said: str, stay: bool = False) -> bool:
        """Decide and go on to what is undecided; say what was done and what is left."""
        was = self._bench.case
        if not self._bench.decide(verb):
            return False
        if not stay and was is not None:
            self._bench.go_on(was)
        words = ". ".join(filter(None, (said, in_review(self._bench.cases).capitalize())))
        self._place.say(f"{words}. Ctrl+Z takes it back.")
        return True

    def _still(self, case: Case) -> bool:
        """Whether what was asked about is still at hand, whatever others did meanwhile."""
        now = self._bench.case
        if now is not None and not now.known_by.isdisjoint(case.known_by):
            return True
        self._place.say("What was at hand has changed meanwhile; look again.", "warning")
        return False

    def _attempt(self, action: Callable[[], bool]) -> bool:
        try:
            return action()
        except AnnotatorError as error:
            self._place.say(str(error), "danger")
            return False


def _decided(edit: Edit) -> str:
    """What the decision is: where nothing was changed in the copies, they are accepted."""
    made = (change.after for change in edit.changes)
    return next((v.decision.capitalize() for v in made if isinstance(v, Verdict)), "Decided")
