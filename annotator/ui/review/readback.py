"""What the reviewer changed: what became of the analyst's own statements on an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListWidgetItem,
    QMenu,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.core.meaning import called, meaning
from annotator.core.model import GOLD, FieldValue, Id, Mark, Statement, several
from annotator.core.review import commenting
from annotator.core.review.commenting import Thread
from annotator.core.review.docket import Docket
from annotator.core.review.permissions import refusal
from annotator.core.review.readback import ABSENT, Outcome, what_changed
from annotator.core.review.records import Comment
from annotator.core.revision import Revision
from annotator.core.text.cleaning import counted
from annotator.ui import dialogs
from annotator.ui.enter import ENTER
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.look.hints import hint_line
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.panel.options import Known, Option, shown
from annotator.ui.panel.summary import summary
from annotator.ui.review.comments import addressed
from annotator.ui.review.naming import namer
from annotator.ui.review.outcome_list import SIGNS_OF_TALK, OutcomeList
from annotator.ui.review.outcome_view import OutcomeView, told
from annotator.ui.review.quoting import quoted
from annotator.ui.review.rows import SHOWN, Shown
from annotator.ui.review.strips import Strip, WordsStrip
from annotator.ui.review.talking import Talking
from annotator.ui.side_window import SideWindow

SIGNS = {
    "accepted": "✓",
    "corrected": "✎",
    "rejected": "✕",
    "not judged": "○",
    "found": "+",
    "added": "+",
}
_FATES = {
    "accepted": "accepted",
    "corrected": "corrected",
    "rejected": "rejected",
    "not judged": "not judged yet",
    "found": "found by others",
    "added": "added by the reviewer",
}
_COLOURS = {
    "accepted": "success",
    "corrected": "warning",
    "rejected": "danger",
    "not judged": "text_muted",
    "found": "success",
    "added": "success",
}
_NOBODY = "Open an article in the main window; what became of your work on it is shown here."
_NONE = "You have marked nothing in this article, and nothing was decided on it yet."


class ReadBackWindow(SideWindow):
    """Enter shows a statement in the text; ; comments, . answers, : rewords, Esc closes."""

    name = "readback"
    usual_size = (760, 720)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "What the reviewer changed")
        self.outcomes: list[Outcome] = []
        self.listed: list[Outcome] = []
        self.strip: Strip | None = None
        self._docket: Docket | None = None
        self._known: dict[Id, Known] = {}
        self.talking = Talking(self.desk, lambda: self.threads, self)
        self.summary = plain_label(self, "title")
        self.fates = QComboBox(self)
        self.list = OutcomeList(frame.theme, self)
        self.details = OutcomeView(self)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show_details)
        self.list.itemDoubleClicked.connect(lambda _: self.show_place())
        self.fates.activated.connect(self._fill)
        self.desk.opened.connect(self.reload)
        self.desk.revised.connect(self._revised)
        self.desk.failed.connect(self._on_failed)
        self.reload()
        self.list.setFocus()

    @property
    def outcome(self) -> Outcome | None:
        row = self.list.currentRow()
        return self.listed[row] if 0 <= row < len(self.listed) else None

    def set_theme(self, theme: Theme) -> None:
        self.list.painter.theme = theme
        self.list.viewport().update()

    # What is shown

    def reload(self) -> None:
        """Read it back as it is now."""
        now = self.outcome
        self.outcomes, self._docket = [], None
        page, workspace = self.desk.page, self.desk.workspace
        if page is None:
            self._say(_NOBODY)
        elif not workspace.sees(page.article.id, GOLD):
            self._say(refusal("see a layer"))
        else:
            self._read(page.article.id)
        self._list_fates()
        self._fill()
        ids = [outcome.id for outcome in self.listed]
        if now is not None and now.id in ids:
            self.list.setCurrentRow(ids.index(now.id))
        self._show_details()

    def _read(self, article: Id) -> None:
        workspace = self.desk.workspace
        me = workspace.analyst.id
        docket = self._docket = workspace.docket(article, [me])
        register, issues = workspace.people.register, tuple(workspace.issues())
        self._known = {
            layer: Known(workspace.codebook, register.index, issues, page, register.filed)
            for layer, page in ((me, docket.pages[me]), (GOLD, docket.gold))
        }
        self.outcomes = what_changed(docket, me, workspace.codebook, self._in_words)
        review = workspace.review(article)
        if review is not None and review.state == "decided":
            state = "Decided. "
        else:
            state = "Still in review. " if docket.verdicts else "Not reviewed yet. "
        self._say(state + _tally(self.outcomes) if self.outcomes else _NONE)

    def _in_words(self, name: str, value: FieldValue) -> str:
        known = self._known[GOLD]
        return ", ".join(shown(known, name, one) for one in several(value))

    def _say(self, words: str) -> None:
        self.summary.setText(words)

    def _list_fates(self) -> None:
        """What can be shown alone, with how many there are."""
        now = self.fates.currentData()
        there = Counter(outcome.fate for outcome in self.outcomes)
        self.fates.clear()
        self.fates.addItem(f"All {len(self.outcomes)}", "")
        for fate, words in _FATES.items():
            if there[fate]:  # type: ignore[index]
                self.fates.addItem(f"{words.capitalize()}: {there[fate]}", fate)  # type: ignore[index]
        self.fates.setCurrentIndex(max(0, self.fates.findData(now)))
        for widget in (self.fates, self._halves, self._keys):
            widget.setVisible(bool(self.outcomes))

    def _fill(self) -> None:
        fate = self.fates.currentData()
        self.listed = [o for o in self.outcomes if not fate or o.fate == fate]
        self.list.clear()
        for outcome in self.listed:
            since = " · you changed it since" if outcome.changed_since else ""
            name, words = self._title(outcome)
            second = told(outcome, self.desk.book, self._who) + since
            item = QListWidgetItem(f"{name} {words}; {second}")
            shown = Shown(SIGNS[outcome.fate], _COLOURS[outcome.fate], name, words, second)
            item.setData(SHOWN, shown)
            self.list.addItem(item)
        self.list.setCurrentRow(0 if self.listed else -1)
        self._show_details()

    def _title(self, outcome: Outcome) -> tuple[str, str]:
        """Who, and what."""
        layer = GOLD if outcome.fate in ABSENT else self.desk.workspace.analyst.id
        known = self._known[layer]
        statement = known.page.statements.get(outcome.id)
        if statement is None:
            mark = known.page.marks.get(outcome.id)
            return "", quoted(mark) if mark else ""
        said = summary(known, statement)
        nothing = f"no {called(known.book, meaning(known.book).what, 'claim')}"
        return said.who or said.words or "Nobody yet", said.what or nothing

    def _show_details(self) -> None:
        outcome = self.outcome
        name = namer(self.desk.workspace)
        self.details.show_outcome(outcome, self.desk.book, self._who)
        comments = self.comments
        said = [(comment, name(comment.made_by)) for comment in comments]
        self.details.show_comments(said, self.desk.workspace.reworded(comments))

    def _who(self, analyst: Id) -> str:
        """An analyst's name; where names are hidden or the layer is, only that it is another."""
        workspace, page = self.desk.workspace, self.desk.page
        procedure = workspace.procedure()
        hidden = procedure is not None and procedure.names_hidden
        if hidden or page is None or not workspace.sees(page.article.id, analyst):
            return "another analyst"
        return namer(workspace)(analyst)

    @property
    def threads(self) -> list[Thread]:
        """What is said of the analyst's statement at hand and its marks."""
        outcome, page = self.outcome, self.desk.page
        thing = self._thing()
        if outcome is None or page is None or thing is None:
            return []
        about = {thing.id, *(thing.marks() if isinstance(thing, Statement) else ())}
        return commenting.threads(self.desk.workspace.comments(page.article.id), about)

    @property
    def comments(self) -> list[Comment]:
        """Each once, however many layers it went to; answers after what they answer."""
        every = [comment for thread in self.threads for comment in thread.comments]
        return [comment for comment, _ in addressed(every, {}, str)]

    def _thing(self) -> Mark | Statement | None:
        """What is at hand, of the analyst's own layer or, where it was added, of gold."""
        outcome = self.outcome
        if outcome is None or self._docket is None:
            return None
        own = self._docket.pages[self.desk.workspace.analyst.id]
        page = self._docket.gold if outcome.fate in ABSENT else own
        return page.statements.get(outcome.id) or page.marks.get(outcome.id)

    # What is done here

    def show_place(self) -> None:
        """Show what is at hand in the text of the main window."""
        outcome, thing = self.outcome, self._thing()
        if outcome is None or thing is None or self._docket is None:
            return
        if outcome.fate not in ABSENT:
            if isinstance(thing, Statement):
                self.desk.take(thing.id)
            else:
                self.desk.take_mark(thing.id)
            return
        ids = thing.marks() if isinstance(thing, Statement) else [thing.id]
        pieces = [f for id in ids for f in self._docket.gold.marks[id].fragments]
        if pieces:
            self.frame.pane.view.select(min(f.start for f in pieces), max(f.end for f in pieces))

    def comment(self) -> None:
        thing = self._thing()
        if thing is None:
            return
        new_id = self.desk.workspace.new_id

        def then(strip: Strip) -> None:
            assert isinstance(strip, WordsStrip)
            self.desk.do(commenting.comment(thing, strip.line.text(), new_id())[0])

        self.ask(lambda parent: WordsStrip("Comment on this", "Say it", parent), then)

    # What talking needs

    def say(self, text: str, look: str = "muted") -> None:
        """One sentence, until the next key."""
        self._message.setText(text)
        self._message.setVisible(bool(text))
        set_look(self._message, look)

    def _on_failed(self, why: str) -> None:
        self.say(why, "danger")

    def choose(self, question: str, listed: list[Option]) -> object:
        chosen = dialogs.choose(self, question, listed)
        self.list.setFocus()
        return chosen

    def ask(self, make: Callable[[QWidget], Strip], then: Callable[[Strip], None]) -> None:
        """Show a strip below it all; what follows when it is accepted."""
        self._close_strip()
        strip = self.strip = make(self)
        self._column.addWidget(strip)
        strip.accepted.connect(lambda: self._accepted(strip, then))
        strip.left.connect(self._close_strip)
        strip.begin()

    def _accepted(self, strip: Strip, then: Callable[[Strip], None]) -> None:
        if strip is self.strip:
            self._close_strip()
            then(strip)

    def _close_strip(self) -> None:
        if self.strip is not None:
            self._column.removeWidget(self.strip)
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None
            self.list.setFocus()

    def _revised(self, revision: Revision) -> None:
        kinds = {"mark", "statement", "verdict", "comment", "review", "status", "procedure"}
        if not revision.kinds.isdisjoint(kinds):
            self.reload()

    # Putting it together

    def _lay_out(self) -> None:
        self.fates.setAccessibleName("Show only")
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.details)
        halves = self._halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        halves.addWidget(scroll)
        halves.setSizes([380, 260])
        hints = [f"{key} {word}" for key, (word, _, _) in self._deeds().items()]
        shows = "Enter shows it in the text"
        keys = self._keys = plain_label(self, "muted", hint_line([shows, *hints, "Esc close"]))
        self._message = plain_label(self)
        self._message.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 10)
        self._column.setSpacing(8)
        self._column.addWidget(self.summary)
        self._column.addWidget(self.fates, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(halves, 1)
        self._column.addWidget(self._message)
        self._column.addWidget(keys)
        self._column.addStretch(0)

    def _deeds(self) -> dict[str, tuple[str, str, Callable[[], None]]]:
        """By key: in a word, in the menu, and what is done."""
        talking = self.talking
        deeds = (
            ("comment", "Comment…", self.comment),
            ("answer", "Answer a comment…", talking.answer),
            ("reword", "Reword your comment…", talking.reword),
            ("resolved", "Comment resolved, or open again", talking.resolve),
        )
        return dict(zip(SIGNS_OF_TALK, deeds, strict=True))

    @guarded
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same by mouse, or by the menu key."""
        if self.strip is not None or self.outcome is None:
            return
        menu = QMenu(self)
        menu.addAction("Show it in the text\tEnter").triggered.connect(self.show_place)
        for key, (_, words, does) in self._deeds().items():
            menu.addAction(f"{words}\t{key}").triggered.connect(partial(self._do, does))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _do(self, does: Callable[[], None], _checked: bool = False) -> None:
        self.say("")
        does()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        deeds = self._deeds()
        if self.strip is not None:
            if event.key() == Qt.Key.Key_Escape:
                self._close_strip()
            return
        if event.text() in deeds:
            self._do(deeds[event.text()][2])
        elif event.key() in ENTER:
            self.show_place()
        else:
            super().keyPressEvent(event)


def _tally(outcomes: Sequence[Outcome]) -> str:
    """How many were accepted, corrected and so on."""
    there = Counter(outcome.fate for outcome in outcomes)
    own = len(outcomes) - sum(there[fate] for fate in ABSENT)
    said = [
        f"{there[fate]} {words}"  # type: ignore[index]
        for fate, words in _FATES.items()
        if there[fate]  # type: ignore[index]
    ]
    return f"Your {counted(own, 'statement')}: {', '.join(said)}."
