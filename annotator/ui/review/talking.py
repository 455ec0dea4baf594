"""What is done about comments that are there: answered, reworded, resolved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from annotator.core.review import commenting
from annotator.core.review.commenting import Thread
from annotator.core.review.records import Comment
from annotator.ui.desk import Desk
from annotator.ui.panel.options import Option
from annotator.ui.review.strips import Strip, WordsStrip

_NONE = "There is no comment here."
_NOT_YOURS = "No comment here is yours; only who wrote one can reword it."


class Place(Protocol):
    """The window, as far as talking needs it."""

    def say(self, text: str, look: str = "muted") -> None:
        """One sentence."""

    def ask(self, make: Callable[[QWidget], Strip], then: Callable[[Strip], None]) -> None:
        """Show a strip; what follows when it is accepted."""

    def choose(self, question: str, listed: list[Option]) -> object:
        """Which option is meant; None for none."""


class Talking:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``; ``threads`` gives
    what is said of the thing at hand."""

    def __init__(self, desk: Desk, threads: Callable[[], list[Thread]], place: Place) -> None:
        self._desk = desk
        self._threads = threads
        self._place = place

    def answer(self) -> None:
        thread = self._which("Answer which comment?")
        if thread is None:
            return
        new_id = self._desk.workspace.new_id

        def then(strip: Strip) -> None:
            assert isinstance(strip, WordsStrip)
            self._desk.do(commenting.answer_all(thread, strip.line.text(), new_id))

        title = f"Answer “{thread.said[0].text}”"
        self._place.ask(lambda parent: WordsStrip(title, "Answer", parent), then)

    def resolve(self) -> None:
        """Or open again what is resolved."""
        thread = self._which("Which comment is resolved, or open again?")
        if thread is not None:
            said = "Open again." if thread.resolved else "Resolved."
            if self._desk.do(commenting.resolve_all(thread, not thread.resolved)):
                self._place.say(said)

    def reword(self) -> None:
        """One's own comment or answer, in every layer it went to."""
        own = self._which_own()
        if own is None:
            return

        def then(strip: Strip) -> None:
            assert isinstance(strip, WordsStrip)
            if self._desk.do(commenting.reword_all(own, strip.line.text())):
                self._place.say("Reworded. Ctrl+Z takes it back.")

        title = "Reword your answer" if own[0].answer_to else "Reword your comment"
        self._place.ask(lambda parent: WordsStrip(title, "Keep", parent, own[0].text), then)

    def _which(self, question: str) -> Thread | None:
        found = self._threads()
        at = self._place_in(question, [thread.said[0].text for thread in found], _NONE)
        return None if at is None else found[at]

    def _which_own(self) -> tuple[Comment, ...] | None:
        me, threads = self._desk.workspace.analyst.id, self._threads()
        every = [copies for t in threads for copies in commenting.said_once(t.comments)]
        own = [copies for copies in every if copies[0].made_by == me]
        nothing = _NOT_YOURS if every else _NONE
        at = self._place_in("Reword which?", [c[0].text for c in own], nothing)
        return None if at is None else own[at]

    def _place_in(self, question: str, texts: list[str], nothing: str) -> int | None:
        """The number of the one meant; asked for when there are several."""
        if len(texts) < 2:
            if not texts:
                self._place.say(nothing, "warning")
            return 0 if texts else None
        listed = [Option(str(at), text) for at, text in enumerate(texts)]
        value = self._place.choose(question, listed)
        return int(value) if isinstance(value, str) else None
