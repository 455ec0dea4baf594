"""The window of the review: one text with all layers, the cases, and the one at hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QMenu,
    QMenuBar,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.model import Id
from annotator.core.review.judging import Draft
from annotator.core.revision import Revision
from annotator.ui import dialogs
from annotator.ui.commands import Command
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.keys import keys_path
from annotator.ui.look.hints import hint_line
from annotator.ui.look.notice import Notice
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.panel.options import Option
from annotator.ui.review.bench import Bench
from annotator.ui.review.case_list import CaseList
from annotator.ui.review.case_page import CasePage
from annotator.ui.review.case_view import CaseView
from annotator.ui.review.choosing import Choosing
from annotator.ui.review.comments import addressed
from annotator.ui.review.deciding import Deciding
from annotator.ui.review.drafting import DraftView
from annotator.ui.review.finishing import Finishing
from annotator.ui.review.header import Header
from annotator.ui.review.naming import namer
from annotator.ui.review.strips import Strip
from annotator.ui.review.talking import Talking
from annotator.ui.review.text import LayersText
from annotator.ui.side_window import SideWindow

_NO_WORK = (
    "There is nothing to compare yet.\n\nLayers are compared once their analysts have called the"
    " article done. I compares what there is already."
)
_SHORT = (
    ("take.A", "(B, C …) take"),
    ("take_all", "both"),
    ("edit", "edit"),
    ("reject", "reject"),
    ("nothing", "neither"),
    ("next", "next difference"),
    ("skip", "next undecided"),
    ("agreed", "all agreed"),
    ("comment", "comment"),
    ("decided", "article decided"),
    ("keys", "all keys"),
)
"""The keys that are always shown, by command, in few words."""
_LIST_SHARE, _LIST_FRAME = 0.45, 16
"""How much of the height the list of cases takes at most, and the pixels around its rows."""
_STRIP_HINTS = hint_line(("Enter does it", "Esc leaves it"))
"""The keys that work while something is asked."""
_OWN = ("keys_page", "take_draft", "to_agreement", "close")
"""Actions of the window itself; all others are of choosing, of deciding and of the article."""


class ReviewWindow(SideWindow):
    """Every command of the review works here; Esc leaves what was begun, then closes."""

    name = "review"
    usual_size = (1400, 880)
    agreement_wanted = Signal(object)
    """The id of an article, to be looked at in the window of agreement."""

    def __init__(self, frame: Frame, commands: Sequence[Command]) -> None:
        super().__init__(frame, "Review")
        self.setMinimumSize(640, 420)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bench = Bench(self.desk, self)
        self.deciding = Deciding(self.bench, self)
        self.choosing = Choosing(self.bench, self)
        self.finishing = Finishing(self.bench, self)
        self.talking = Talking(self.desk, lambda: self.bench.threads, self)
        self.actions_by_id: dict[str, QAction] = {}
        self._is_balanced = True
        self.strip: Strip | None = None
        self.draft: DraftView | None = None
        self.header = Header(self)
        self.text = LayersText(self.desk, frame.theme, self)
        self.text.set_size(frame.pane.view.zoom, frame.pane.view.reading)
        self.list = CaseList(frame.theme, self)
        self.opened = CaseView(frame.theme, self)
        self.notice = Notice(_NO_WORK, self)
        self._message, self._hints = plain_label(self), plain_label(self, "muted")
        self._commands = commands
        self._lay_out()
        self._make_actions()
        self._connect()
        self.list.setFocus()
        self._show()
        QTimer.singleShot(0, self, lambda: self.text.show_case(self.bench))

    def set_theme(self, theme: Theme) -> None:
        self.text.set_theme(theme)
        self.opened.set_theme(theme)
        self.list.painter.theme = theme
        self.list.viewport().update()
        if self.draft is not None:
            self.draft.set_theme(theme)

    # What deciding needs

    def say(self, text: str, look: str = "muted") -> None:
        """One sentence, until the next."""
        self._message.setText(text)
        self._message.setVisible(bool(text))
        set_look(self._message, look)

    def _on_warned(self, why: str) -> None:
        """A method, so that Qt forgets it with the window; of a partial it knows no window."""
        self.say(why, "warning")

    def _on_revised(self, revision: Revision) -> None:
        if revision.kinds == {"comment"}:
            self._case_page.show_comments()

    def _on_failed(self, why: str) -> None:
        self.say(why, "danger")

    def choose(self, question: str, listed: list[Option]) -> object:
        chosen = dialogs.choose(self, question, listed)
        self.list.setFocus()
        return chosen

    def ask(self, make: Callable[[QWidget], Strip], then: Callable[[Strip], None]) -> None:
        """Show a strip below the text; what follows when it is accepted."""
        self._close_strip()
        strip = self.strip = make(self)
        self._strips.addWidget(strip)
        strip.accepted.connect(partial(self._accepted, strip, then))
        strip.left.connect(self._close_strip)
        self._enable(False)
        strip.begin()
        QTimer.singleShot(0, self, lambda: self.text.show_case(self.bench))

    def _accepted(self, strip: Strip, then: Callable[[Strip], None]) -> None:
        if strip is self.strip:
            self._close_strip()
            then(strip)

    def _close_strip(self) -> None:
        if self.strip is not None:
            self._strips.removeWidget(self.strip)
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None
            self._enable(True)
            self.list.setFocus()

    def edit(self, draft: Draft, title: str, then: Callable[[Draft], bool]) -> None:
        """Have copies edited in place of the layers until they are taken or left."""
        self._close_strip()
        theme, workspace = self.frame.theme, self.desk.workspace
        view = self.draft = DraftView(workspace, draft, theme, self._commands, title, self)
        view.desk.began.connect(partial(self.say, ""))
        view.desk.said.connect(self.say)
        view.desk.failed.connect(partial(self.say, look="danger"))
        view.taken.connect(lambda: self._taken(draft, then))
        view.left.connect(self._leave_draft)
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self._enable(False)
        view.begin()

    def take_draft(self) -> None:
        """Take what was edited, as it is now."""
        if self.draft is not None:
            self.draft.taken.emit()

    def _taken(self, draft: Draft, then: Callable[[Draft], bool]) -> None:
        if then(draft):
            self._leave_draft()

    def _leave_draft(self) -> None:
        view, self.draft = self.draft, None
        if view is not None:
            self._stack.removeWidget(view)
            view.close_down()
            self._show_stack()
            self._enable(True)
            self.list.setFocus()

    def _enable(self, on: bool) -> None:
        """While something is asked or edited, letters are letters."""
        for id, action in self.actions_by_id.items():
            of_draft = id == "review.take_draft"
            action.setEnabled(self.draft is not None if of_draft else on)
        asked = _STRIP_HINTS if self.strip is not None else self._usual_hints
        self._hints.setText(self.draft.hints if self.draft is not None else asked)

    def go_to(self, layers: Sequence[Id], things: Collection[Id]) -> bool:
        """Take the case in hand that these things are part of, beside these layers if need be."""
        self._leave_draft()
        self._close_strip()
        bench = self.bench
        bench.make_room(layers)
        found = bench.take_any(things)
        if found:
            self.list.setFocus()
        return found

    def to_agreement(self) -> None:
        """How far all agree, at this article."""
        page = self.desk.page
        self.agreement_wanted.emit(page.article.id if page else None)

    def keys_page(self) -> None:
        own = [command for command in self._commands if command.where == "review"]
        dialogs.ask(dialogs.KeysPage(own, str(keys_path()), self), self)

    # What is shown

    def _show(self) -> None:
        bench = self.bench
        self.header.show_bench(bench)
        self.text.show_layers(bench)
        self.list.lines.show(bench.reader, bench.listed, bench.open_threads)
        QTimer.singleShot(0, self, self._balance)  # once all have their height
        self._show_stack()
        self._show_case()

    def _show_stack(self) -> None:
        if self.draft is not None:
            return
        bench = self.bench
        nothing = bench.why or ("" if bench.lanes or bench.cases else _NO_WORK)
        self.notice.label.setText(nothing)
        wanted = self.notice if nothing else self._compared
        if self._stack.currentWidget() is not wanted:
            self._stack.setCurrentWidget(wanted)
            (self if nothing else self.list).setFocus()

    def _show_case(self) -> None:
        bench = self.bench
        self.list.take(bench.case)
        self.text.show_case(bench)
        self.opened.show_case(bench.reader, bench.case, bench.chosen)
        name = namer(self.desk.workspace, bench.lanes)
        badges = {lane.id: lane.badge for lane in bench.lanes}
        comments = bench.comments
        edited = self.desk.workspace.reworded(comments)
        self.opened.show_comments(addressed(comments, badges, name), edited)

    def _take_row(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self.bench.listed):
            self.bench.take(self.bench.listed[index.row()])

    # Putting it together

    def _lay_out(self) -> None:
        self._case_page = CasePage(self.opened, self)
        side = QWidget(self)
        set_look(side, "panel")
        self._strips = QVBoxLayout()
        halves = self._halves = QSplitter(Qt.Orientation.Vertical, side)
        halves.splitterMoved.connect(self._keep_halves)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(1)
        halves.addWidget(self.list)
        halves.addWidget(self._case_page)
        halves.setSizes([330, 420])
        right = QVBoxLayout(side)
        right.setContentsMargins(12, 10, 6, 10)
        right.setSpacing(8)
        right.addWidget(self.header.show_box)
        right.addWidget(halves, 1)
        left = QWidget(self)
        set_look(left, "panel")
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.text, 1)
        beside.addLayout(self._strips)
        self._compared = QSplitter(Qt.Orientation.Horizontal, self)
        self._compared.setHandleWidth(1)
        self._compared.setChildrenCollapsible(False)
        left.setMinimumWidth(280)
        side.setMinimumWidth(330)
        self._compared.addWidget(left)
        self._compared.addWidget(side)
        self._compared.setSizes([820, 580])
        self._compared.setStretchFactor(0, 3)
        self._compared.setStretchFactor(1, 2)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._compared)
        self._stack.addWidget(self.notice)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addLayout(self._stack, 1)
        self._column.addLayout(self._make_foot())

    def _keep_halves(self) -> None:
        """The reviewer has said how high the list shall be."""
        self._is_balanced = False

    def _balance(self) -> None:
        """The list no higher than its rows, so that the case and what is said of it are seen."""
        if not self._is_balanced:
            return
        height, rows = sum(self._halves.sizes()), self.list.model().rowCount()
        needed = max(self.list.sizeHintForRow(0), 0) * max(rows, 1) + _LIST_FRAME
        first = min(needed, int(height * _LIST_SHARE))
        self._halves.setSizes([first, height - first])

    def _make_foot(self) -> QVBoxLayout:
        keys = {command.id.removeprefix("review."): command.keys for command in self._commands}
        said = [f"{_key(keys[id][0])} {words}" for id, words in _SHORT if keys.get(id)]
        self._usual_hints = hint_line([*said, "Esc close"])
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 4, 14, 6)
        foot.setSpacing(2)
        foot.addWidget(self._message)
        foot.addWidget(self._hints)
        return foot

    def _make_actions(self) -> None:
        bar = QMenuBar(self)
        self._column.setMenuBar(bar)
        menus: dict[str, QMenu] = {}
        for command in self._commands:
            if command.where != "review":
                continue
            name = command.menu.partition("/")[2]
            if name not in menus:
                menus[name] = bar.addMenu(name)
            action = QAction(command.text, self)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.triggered.connect(partial(self._run, command))
            self.addAction(action)
            menus[name].addAction(action)
            self.actions_by_id[command.id] = action
        self._enable(True)

    def _run(self, command: Command, _checked: bool = False) -> None:
        others = (self.choosing, self.deciding, self.talking, self.finishing, self._case_page)
        targets = (self,) if command.action in _OWN else others
        method = next(m for t in targets if (m := getattr(t, command.action, None)) is not None)
        self.say("")
        try:
            method() if command.argument is None else method(command.argument)
        except AnnotatorError as error:
            self.say(str(error), "danger")
        self.deciding.again.key_done()

    def _connect(self) -> None:
        self.bench.changed.connect(self._show)
        self.bench.at_hand.connect(self._show_case)
        self.bench.at_hand.connect(self._case_page.forget)
        self.bench.at_hand.connect(partial(self.say, ""))
        self.header.wanted.connect(self.bench.want)
        self.header.wanted.connect(lambda _: self.list.setFocus())
        self.list.selectionModel().currentChanged.connect(self._take_row)
        self.text.mark_chosen.connect(lambda chosen: self.bench.take_mark(*chosen))
        self.desk.revised.connect(self._on_revised)
        self.desk.said.connect(self.say)
        self.desk.warned.connect(self._on_warned)
        self.desk.failed.connect(self._on_failed)
        self.desk.opened.connect(self._leave_draft)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.strip is not None:
            self._close_strip()
        elif event.key() == Qt.Key.Key_Escape and self.draft is not None:
            self._leave_draft()
        else:
            super().keyPressEvent(event)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave_draft()
        super().closeEvent(event)


def _key(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
