"""What the commands of the article do: selecting by units, marking, moving, walking."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.errors import NotAllowed
from annotator.core.findings import Finding
from annotator.core.marking import Edge
from annotator.core.model import Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.text import units
from annotator.core.text.proper import name_around
from annotator.core.text.quotations import toggle_quotes
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.panel.options import Option
from annotator.ui.panel.panel import Panel
from annotator.ui.panel.summary import summary

Choose = Callable[[str, list[Option]], object]
"""Asks which of some options is meant; None when none is."""


class Gestures:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, desk: Desk, view: ArticleView, panel: Panel, choose: Choose) -> None:
        self._desk = desk
        self._view = view
        self._panel = panel
        self._choose = choose
        self._warned: tuple[Id, int] | None = None
        """The article that was about to be called done, and how much of it is unfinished."""
        self._smaller: list[tuple[int, int]] = []
        """Selections that Select more grew from, for Select less."""
        panel.finding_taken.connect(self.go_to_finding)

    # Selecting

    def copy(self) -> None:
        self._view.copy()

    def select(self, unit: str) -> None:
        """The word, quotation or sentence at the caret; the word again: the name around it."""
        text, at = self._page.text, self._view.caret()
        if unit == "word" and self._grow_to_name(text, at):
            return
        find = {"word": units.word_at, "sentence": units.sentence_at}.get(unit)
        found = units.quotation_at(text, at) if find is None else find(text, at)
        if found is None or found[0] == found[1]:
            self._desk.said.emit(f"There is no {unit} here.")
        elif found == self._view.selection():
            self._desk.said.emit(f"The {unit} is selected; E selects more.")
        else:
            self._smaller = []
            self._view.select(*found)

    def _grow_to_name(self, text: str, at: int) -> bool:
        """Where a word is selected, select the name it stands in; whether one was selected."""
        now, word = self._view.selection(), units.word_at(text, at)
        name = name_around(text, *word) if word[0] < word[1] else None
        if now == name and now != word:
            self._desk.said.emit("The name is selected; E selects more.")
            return True
        if name is None or name == word or now != word:
            return False
        self._smaller = [now]
        self._view.select(*name)
        return True

    def select_more(self) -> None:
        now = self._view.selection()
        wider = units.expand(self._page.text, *now)
        if wider != now:
            if self._smaller and not _inside(self._smaller[-1], now):
                self._smaller = []
            self._smaller.append(now)
            self._view.select(*wider)

    def select_less(self) -> None:
        if self._smaller and _inside(self._smaller[-1], self._view.selection()):
            self._view.select(*self._smaller.pop())

    def extend_sentence(self, step: int) -> None:
        start, end = self._view.selection()
        self._view.select(start, units.move(self._page.text, end, "sentence", _way(step)))

    # Marking

    def mark(self, kind: str) -> None:
        """Mark the selection; right after marking, the same words once more as another kind."""
        start, end = self._view.selection()
        again = self._desk.current_mark if start == end else None
        if again is not None and again.kind != kind and _ends_at(again, end):
            self._desk.mark_as(kind, [(f.start, f.end) for f in again.fragments])
            return
        self._desk.mark_as(kind, [(start, end)])
        if start < end and self._desk.mark is not None:
            self._view.select(end, end)

    def implied(self, kind: str) -> None:
        self._desk.mark_as(kind, [])

    def retype(self, kind: str) -> None:
        self._desk.retype(kind)

    def add_fragment(self) -> None:
        self._desk.add_fragment(self._view.selection())

    def remove_fragment(self) -> None:
        self._desk.remove_fragment(self._view.caret())

    def delete_mark(self) -> None:
        self._desk.delete_mark()

    def move_end(self, step: int) -> None:
        self._move("end", "character", step)

    def move_start(self, step: int) -> None:
        self._move("start", "character", step)

    def move_end_word(self, step: int) -> None:
        self._move("end", "word", step)

    def move_start_word(self, step: int) -> None:
        self._move("start", "word", step)

    def toggle_quotes(self) -> None:
        """Take quotation marks into the mark at hand, or leave them out."""
        found = self._fragment_at_hand()
        if found is None:
            return
        mark, index = found
        piece = mark.fragments[index]
        offsets = toggle_quotes(self._page.text, piece.start, piece.end)
        if offsets == (piece.start, piece.end):
            self._desk.said.emit("There are no quotation marks at both ends of this mark.")
        else:
            self._desk.set_fragment(mark.id, index, offsets)

    def _move(self, edge: Edge, unit: units.Unit, step: int) -> None:
        """Move a boundary of the mark at hand, of the fragment with the caret if it has several."""
        found = self._fragment_at_hand()
        if found is None:
            return
        mark, index = found
        piece = mark.fragments[index]
        text = self._page.text
        now = piece.end if edge == "end" else piece.start
        to = (end_moved if edge == "end" else start_moved)(text, now, unit, step)
        if to == now:
            self._desk.said.emit(f"There is nothing more to take into the mark at its {edge}.")
        else:
            self._desk.move_boundary(mark.id, index, edge, to)

    def _fragment_at_hand(self) -> tuple[Mark, int] | None:
        """The mark at hand and which of its fragments: the one with the caret, else the last."""
        mark = self._desk.current_mark
        if mark is None or not mark.fragments:
            self._desk.failed.emit("No mark is at hand; click one or walk to it with Tab.")
            return None
        caret = self._view.caret()
        here = (n for n, f in enumerate(mark.fragments) if f.start <= caret <= f.end)
        return mark, next(here, len(mark.fragments) - 1)

    def walk_marks(self, step: int) -> None:
        """The next mark in reading order, from the mark at hand or from the caret."""
        marks = [m for m in self._page.marks_in_order() if m.fragments]
        if not marks:
            self._desk.said.emit("This article has no marks yet.")
            return
        now = self._desk.current_mark
        if now in marks:
            place = (marks.index(now) + step) % len(marks)
        else:
            caret = self._view.caret()
            later = [n for n, m in enumerate(marks) if (m.start or 0) >= caret]
            place = (later[0] if later else 0) if step > 0 else (later[0] - 1 if later else -1)
        self._desk.take_mark(marks[place].id)

    # Statements

    def fill_in(self) -> None:
        self._panel.fill_in()

    def walk_statements(self, step: int) -> None:
        if not self._panel.walk(step):
            self._desk.said.emit("This article has no statements yet.")

    def fold_cards(self) -> None:
        self._panel.fold()

    def filter_cards(self) -> None:
        self._panel.edit_filter()

    def show_to_do(self) -> None:
        self._panel.toggle_todo()

    def walk_findings(self, step: int) -> None:
        """Go to the next thing to do, and say what it is."""
        _ = self._page
        finding = self._panel.remaining.step(step, self._view.caret())
        if finding is None:
            self._desk.said.emit("There is nothing left to do in this article.")
            return
        self.go_to_finding(finding)

    def go_to_finding(self, finding: Finding, only_show: bool = False) -> None:
        """Bring the keyboard to where a thing can be done; or only show it in the text."""
        if finding.statement is None and finding.mark is not None:
            self._desk.take_mark(finding.mark)
        else:
            self._desk.take(finding.statement, finding.mark)
        if finding.start < len(self._page.text):
            marked = finding.sort in ("missing", "alone", "direct", "twice")
            at = (finding.start, finding.start) if marked else (finding.start, finding.end)
            self._view.select(*at)
        if not only_show and not self._fill_in_finding(finding):
            self._panel.left.emit()
        self._panel.remaining.stand_at(finding, self._view.caret())
        self._desk.said.emit(self._told(finding))

    def _fill_in_finding(self, finding: Finding) -> bool:
        """Go to the field that is missing; False when it is something to be marked."""
        holder = finding.mark or finding.statement
        if finding.field is None or holder is None:
            return False
        return self._panel.focus_place((holder, finding.field))

    def _told(self, finding: Finding) -> str:
        remaining = self._panel.remaining
        place = remaining.findings.place(finding) + 1 if remaining.findings else 0
        return f"To do {place} of {len(remaining)}: {finding.text}."

    def note(self, on: str) -> None:
        """Write a note on the mark at hand, or on the statement."""
        thing = self._thing(on)
        if thing is None or not self._panel.edit_note(thing):
            self._desk.failed.emit("Take a mark or statement in hand first; then write its note.")

    def ask_reviewer(self, on: str) -> None:
        """Ask the reviewer about the mark at hand, or about the statement; or no longer."""
        self._desk.toggle_flag(self._thing(on))

    def _thing(self, on: str) -> Mark | Statement | None:
        """The mark at hand, if it is one that is asked for, else the statement at hand."""
        mark = self._desk.current_mark if on == "mark" else None
        return mark or self._desk.current_statement

    def put_away(self) -> None:
        self._desk.take(None)
        caret = self._view.caret()
        self._view.select(caret, caret)

    def repeat_speaker(self) -> None:
        self._desk.repeat_speaker()

    def link(self) -> None:
        statement = self._which("Link the mark to")
        if statement is not None:
            self._desk.link(statement)

    def move(self) -> None:
        statement = self._which("Move the mark to")
        if statement is not None:
            self._desk.move_to(statement)

    def own_statement(self) -> None:
        self._desk.own_statement()

    def unlink(self) -> None:
        self._desk.unlink()

    def delete_statement(self) -> None:
        self._desk.delete_statement()

    def stance(self, value: int | None = None) -> None:
        self._desk.set_stance(value)

    def _which(self, question: str) -> Id | None:
        """Ask for one of the article's other statements."""
        known = self._desk.known
        if known is None or self._desk.current_mark is None:
            self._desk.failed.emit("No mark is at hand; click one or walk to it with Tab.")
            return None
        others = [s for s in known.page.in_order() if s.id != self._desk.statement]
        if not others:
            self._desk.failed.emit("There is no other statement in this article.")
            return None
        listed = []
        for statement in others:
            said = summary(known, statement)
            who = " ".join(filter(None, (said.who, said.words))) or "nobody yet"
            listed.append(Option(str(statement.id), who, said.what or ", ".join(said.sides)))
        chosen = self._choose(question, listed)
        return int(chosen) if isinstance(chosen, str) else None

    # Text

    def cycle_block(self) -> None:
        self._desk.cycle_block(self._view.caret())

    def toggle_done(self) -> None:
        """Call the article done, or in progress again; where something is missing, ask first."""
        page = self._page
        status = self._desk.workspace.status(page.article.id)
        if status is not None and status.progress == "done":
            self._desk.set_progress("in progress")
            self._desk.said.emit("In progress again.")
            return
        remaining = self._panel.remaining
        left = len(remaining)
        if left and self._warned != (page.article.id, left):
            self._warned = (page.article.id, left)
            remaining.from_the_top()
            self._desk.warned.emit(
                f"To do: {remaining.told()}. F8 goes to the first,"
                " the same key again calls the article done."
            )
            return
        self._desk.set_progress("done")
        rest = f" Left to do: {remaining.told()}." if left else ""
        self._desk.said.emit(f"Done.{rest}")

    @property
    def _page(self) -> Page:
        if self._desk.page is None:
            raise NotAllowed("Open an article first.")
        return self._desk.page


def _ends_at(mark: Mark, at: int) -> bool:
    return bool(mark.fragments) and mark.fragments[-1].end == at


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _way(step: int) -> units.Direction:
    return 1 if step > 0 else -1


def end_moved(text: str, at: int, unit: units.Unit, step: int) -> int:
    """Where a mark's end goes: to the end of the next unit, or of the one before.

    A mark never ends in white space: that is stepped over.
    """
    if unit == "character":
        to = units.move(text, at, unit, _way(step))
        while 0 < to < len(text) and text[to - 1].isspace():
            to = units.move(text, to, unit, _way(step))
        return at if text[:to][-1:].isspace() else to
    if step > 0:
        return units.move(text, at, unit, _way(step))
    start = units.move(text, at, "word", -1)
    before = units.word_at(text, start)[1]
    return before if before < at else units.word_at(text, units.move(text, start, "word", -1))[1]


def start_moved(text: str, at: int, unit: units.Unit, step: int) -> int:
    """Where a mark's start goes: to the start of the unit before, or of the next.

    A mark never begins with white space: that is stepped over.
    """
    if unit == "character":
        to = units.move(text, at, unit, _way(step))
        while 0 < to < len(text) and text[to].isspace():
            to = units.move(text, to, unit, _way(step))
        return at if text[to : to + 1].isspace() else to
    if step < 0:
        return units.move(text, at, unit, _way(step))
    end = units.move(text, at, "word", 1)
    after = units.word_at(text, end)[0]
    return after if after > at else units.word_at(text, units.move(text, end, "word", 1))[0]
