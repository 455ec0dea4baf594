"""What the commands of the review do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from annotator.analysis.cases import Case
from annotator.core.errors import AnnotatorError
from annotator.core.model import Id
from annotator.core.review import judging
from annotator.core.review.commenting import Thread
from annotator.core.review.docket import Docket
from annotator.core.review.judging import Draft
from annotator.core.review.records import Verdict
from annotator.core.revision import Edit
from annotator.core.text.cleaning import counted
from annotator.ui.panel.options import Option
from annotator.ui.review.bench import Bench, in_review
from annotator.ui.review.redeciding import draft_of, replacing
from annotator.ui.review.strips import ReasonStrip, Strip, WordsStrip

NOTHING_RIGHT = "nothing is right here"


class Place(Protocol):
    """The window, as far as deciding needs it."""

    def say(self, text: str, look: str = "muted") -> None:
        """One sentence for the reviewer."""

    def ask(self, make: Callable[[QWidget], Strip], then: Callable[[Strip], None]) -> None:
        """Show a strip; what follows when it is accepted."""

    def choose(self, question: str, listed: list[Option]) -> object:
        """Which option is meant; None for none."""

    def edit(self, draft: Draft, title: str, then: Callable[[Draft], bool]) -> None:
        """Have copies edited; what follows when they are taken says whether it could be done."""


class Deciding:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, bench: Bench, place: Place) -> None:
        self._bench = bench
        self._place = place
        self._warned: tuple[Id, int] | None = None
        """The article that was about to be called decided, and how much of it was not."""

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
        new_id = self._bench.desk.workspace.new_id

        def taken(docket: Docket, case: Case) -> Edit:
            chosen = [case.said[layer] for layer in layers]
            return replacing(docket, case, judging.take(docket, case.ids, chosen, new_id))

        badges = {lane.id: lane.badge for lane in self._bench.lanes}
        self._decide(taken, f"{' and '.join(badges[la] for la in layers)} taken")

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
            return self._decide(lambda *_: replacing(docket, case, done.taken(*kept)), "Corrected")

        self._place.edit(draft, self._begun_with(case), then)

    def _begun_with(self, case: Case) -> str:
        """Whose work is edited, and how one begins with another's."""
        badges = {lane.id: lane.badge for lane in self._bench.lanes if lane.id in case.said}
        begun = [badges[layer] for layer in badges if layer in self._bench.chosen]
        if not begun and case.verdicts:
            return "Edit what was decided"
        begun = begun or list(badges.values())[:1]
        others = [badge for badge in badges.values() if badge not in begun]
        other = f"; Esc, Shift+{others[0]}, M begins with {others[0]}" if others else ""
        return f"Edit what {' and '.join(begun)} said before taking it{other}"

    def add(self) -> None:
        """Put into gold what no layer has."""
        draft = self._bench.nobody_had()
        if draft is None:
            return
        self._place.edit(
            draft,
            "What no layer has: mark it as in the main window",
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

        title = "Reject what the layers say here. Why?"
        self._place.ask(lambda parent: ReasonStrip(title, "Reject", parent, needed=True), then)

    def nothing(self) -> None:
        """Neither, without asking further; this counts as decided."""
        case = self._bench.case
        if case is None or not case.said:
            self._place.say("There is nothing here to reject; W takes the decision back.")
        else:
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
        verdict = self._verdict()
        if verdict is not None:
            self._decide(lambda docket, _: judging.withdraw(docket, verdict), "", stay=True)

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

        needed = verdict.decision == "rejected"
        self._place.ask(
            lambda parent: ReasonStrip(
                "Why is this so decided?", "Keep", parent, needed, verdict.reason, verdict.note
            ),
            then,
        )

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

    # Comments

    def comment(self) -> None:
        case = self._bench.case
        if case is None or not case.said:
            self._place.say("There is nothing of an analyst here to comment on.")
            return
        layers = [la for la in case.said if la in self._bench.chosen] or list(case.said)
        badges = {lane.id: lane.badge for lane in self._bench.lanes}
        to = ", ".join(badges[layer] for layer in layers)

        def then(strip: Strip) -> None:
            assert isinstance(strip, WordsStrip)
            if self._still(case) and self._bench.comment(layers, strip.line.text()):
                self._place.say("Said. The analysts see it beside what you decide.")

        self._place.ask(lambda parent: WordsStrip(f"Comment to {to}", "Say it", parent), then)

    def answer(self) -> None:
        thread = self._which("Answer which comment?")
        if thread is None:
            return

        def then(strip: Strip) -> None:
            assert isinstance(strip, WordsStrip)
            self._bench.answer(thread, strip.line.text())

        title = f"Answer “{thread.said[0].text}”"
        self._place.ask(lambda parent: WordsStrip(title, "Answer", parent), then)

    def resolve(self) -> None:
        thread = self._which("Which comment is resolved, or open again?")
        if thread is not None and self._bench.resolve(thread):
            self._place.say("Open again." if thread.resolved else "Resolved.")

    def _which(self, question: str) -> Thread | None:
        found = self._bench.threads
        if not found:
            self._place.say("There is no comment here.")
            return None
        if len(found) == 1:
            return found[0]
        listed = [Option(str(at), thread.said[0].text) for at, thread in enumerate(found)]
        value = self._place.choose(question, listed)
        return found[int(value)] if isinstance(value, str) else None

    # The article

    def decided(self) -> None:
        """Call the article decided, or in review again; where something is not, ask first."""
        bench, page = self._bench, self._bench.desk.page
        if page is None or bench.docket is None:
            return
        review = bench.desk.workspace.review(page.article.id)
        if review is not None and review.state == "decided":
            if bench.set_decided(False):
                self._place.say("In review again.")
            return
        left = len(bench.undecided)
        if left and self._warned != (page.article.id, left):
            self._warned = (page.article.id, left)
            self._place.say(
                f"{counted(left, 'case')} undecided: N goes there, the same key again calls the"
                " article decided.",
                "warning",
            )
            return
        if bench.set_decided(True):
            rest = f" {counted(left, 'case')} stay undecided." if left else ""
            self._place.say(f"Decided.{rest}", "success")

    def next_article(self) -> None:
        """Open the next article whose layers differ where nothing is decided yet."""
        following = self._bench.next_article()
        if following is None:
            self._place.say("No other article has undecided differences that you may see.")
        else:
            self._bench.desk.open(following)

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
