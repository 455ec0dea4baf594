"""The history of the article on the desk: read, filtered, gone to, stepped back in."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Mark
from annotator.core.revision import Edit, Revision
from annotator.core.stepping import amount, blocks_then, layer_then, step_back
from annotator.ui.enter import ENTER
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.history.steps import STEP, Index, Step, Steps
from annotator.ui.history.telling import differences
from annotator.ui.look.elide import elided_lines
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.look.two_lines import TwoLineRows
from annotator.ui.side_window import SideWindow

_TOLD = 12
"""Differences shown of one step."""


class HistoryWindow(SideWindow):
    """Enter shows a step in the text, Ctrl+Return steps back to it, / filters, Esc closes."""

    name = "history"
    usual_size = (620, 680)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "History")
        self.steps = Steps(self.desk, self)
        self.list = _StepList(self)
        self.words = QLineEdit(self)
        self.whose = QComboBox(self)
        self.details = plain_label(self)
        self.question = plain_label(self)
        self.step_back_button = QPushButton("Step back to here…", self)
        self._back: Edit | None = None
        self._painter = _StepPainter(frame.theme, self.list)
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._connect()
        self._fill_analysts()
        self.steps.author = self.desk.workspace.analyst.id
        self.reload()
        self.list.setFocus()

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.list.viewport().update()

    def reload(self) -> None:
        """Show the steps as the journal has them by now, at the one that was at hand."""
        now = self.step
        self.steps.reload()
        row = self.steps.row_of(now.revision.id) if now else None
        if self.steps.rowCount():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            index = self.steps.index(row or 0)
            self.list.selectionModel().setCurrentIndex(index, flag)
        self._show_details()

    @property
    def step(self) -> Step | None:
        """The step at hand."""
        return self.steps.step(self.list.currentIndex().row())

    # What is done here

    def show_place(self) -> None:
        """Show what a step changed in the text, as far as it is there still."""
        step, page = self.step, self.desk.page
        if step is None or page is None:
            return
        for entry in step.revision.entries:
            if entry.kind == "mark" and entry.id in page.marks:
                self.desk.take_mark(entry.id)
                return
            if entry.kind == "statement" and entry.id in page.statements:
                self.desk.take(entry.id)
                return
        for entry in step.revision.entries:
            record = self.desk.workspace.last_known(entry.kind, entry.id)
            if isinstance(record, Mark) and record.fragments:
                first, last = record.fragments[0], record.fragments[-1]
                self.frame.pane.view.select(first.start, last.end)
                return
        self.desk.said.emit("This step changed nothing that stands in the text.")

    def ask_step_back(self) -> None:
        """Say how much stepping back would change, and ask."""
        edit = self._edit()
        self._back = edit if edit else None
        if edit is None or not edit:
            self.question.setText("Your layer is as it was after this step; nothing to change.")
        else:
            self.question.setText(
                f"{edit.label}? {amount(edit)}. This is one step, and can be undone."
            )
        self._yes.setVisible(bool(edit))
        self.strip.show()
        (self._yes if edit else self._no).setFocus()

    def step_back(self) -> None:
        """Bring the layer to what it was after the step at hand."""
        edit, self._back = self._back, None
        self._close_strip()
        if edit is not None and self.desk.do(edit):
            self.desk.said.emit(f"{edit.label}: {amount(edit)}. Ctrl+Z undoes it.")

    def _edit(self) -> Edit | None:
        """What stepping back to the step at hand means."""
        step, page, workspace = self.step, self.desk.page, self.desk.workspace
        if step is None or page is None:
            return None
        revisions, upto = self._revisions(), step.revision
        return step_back(
            page,
            layer_then(revisions, upto, page.article.id, page.layer),
            blocks_then(revisions, upto, page),
            lambda kind, id: None if workspace.record(kind, id) else workspace.last_known(kind, id),
            f"{step.when}, {step.what}",
        )

    def _revisions(self) -> list[Revision]:
        """All that concern the article."""
        page = self.desk.page
        found: list[Revision] = []
        while page is not None:
            more = self.desk.workspace.history_of(page.article.id, found[-1] if found else None)
            if not more:
                break
            found += more
        return found

    # What is shown

    def _show_details(self) -> None:
        self._close_strip()
        step, known = self.step, self.desk.known
        self.step_back_button.setEnabled(step is not None)
        if step is None or known is None:
            empty = self.words.text() or self.steps.author is not None
            text = "No step fits." if empty else "Nothing was done on this article yet."
            self.details.setText(text if self.desk.page else "Open an article first.")
            return
        found = differences(step.revision, known, self.desk.workspace.last_known, self.steps.once)
        lines: list[str] = []
        for of, changed in groupby(found[:_TOLD], key=lambda d: d.of):
            lines.append(of)
            lines += [f"    {d.what}: {d.before or '—'}  →  {d.after or '—'}" for d in changed]
        if len(found) > _TOLD:
            lines.append(f"… and {len(found) - _TOLD} more")
        self.details.setText("\n".join([step.as_text(), "", *lines]))

    def _narrow(self) -> None:
        self.steps.words = self.words.text()
        self.steps.author = self.whose.currentData()
        self.reload()

    def _fill_analysts(self) -> None:
        me = self.desk.workspace.analyst
        self.whose.addItem(f"{me.name} (you)", me.id)
        for analyst in self.desk.workspace.analysts_by_name():
            if analyst.id != me.id:
                self.whose.addItem(analyst.name, analyst.id)
        self.whose.addItem("Everyone", None)

    def _close_strip(self) -> None:
        had_focus = self.strip.isAncestorOf(self.focusWidget())
        self.strip.hide()
        if had_focus:
            self.list.setFocus()

    # Putting it together

    def _lay_out(self) -> None:
        self.words.setPlaceholderText("Find in the history")
        self.words.setAccessibleName("Find in the history")
        self.words.setClearButtonEnabled(True)
        set_look(self.words, "search")
        self.whose.setAccessibleName("Whose steps")
        self.list.setAccessibleName("Steps")
        self.list.setModel(self.steps)
        self.list.setItemDelegate(self._painter)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(True)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_look(self, "panel")
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.whose)
        bottom = QHBoxLayout()
        keys = QLabel("Enter shows it in the text, Ctrl+Return steps back", self)
        set_look(keys, "muted")
        bottom.addWidget(keys, 1)
        bottom.addWidget(self.step_back_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.list, 3)
        column.addWidget(self.details)
        column.addWidget(self._make_strip())
        column.addLayout(bottom)

    def _make_strip(self) -> QWidget:
        self.strip = QFrame(self)
        set_look(self.strip, "notice")
        self._yes = QPushButton("Step back", self.strip)
        set_look(self._yes, "primary")
        self._no = QPushButton("Leave it", self.strip)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._no)
        buttons.addWidget(self._yes)
        column = QVBoxLayout(self.strip)
        column.addWidget(self.question)
        column.addLayout(buttons)
        self.strip.hide()
        return self.strip

    def _connect(self) -> None:
        self._soon.timeout.connect(self.reload)
        self.list.filter.connect(self.words.setFocus)
        self.words.textChanged.connect(self._narrow)
        self.whose.activated.connect(self._narrow)
        self.list.selectionModel().currentChanged.connect(self._show_details)
        self.list.doubleClicked.connect(self.show_place)
        self.step_back_button.clicked.connect(self.ask_step_back)
        self._yes.clicked.connect(self.step_back)
        self._no.clicked.connect(self._close_strip)
        self.desk.opened.connect(self._soon.start)
        self.desk.revised.connect(self._soon.start)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.strip.isVisible():
            self._close_strip()
        elif key in ENTER:
            self._enter(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)

    def _enter(self, with_control: bool) -> None:
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
        elif focus is self.words:
            self.list.setFocus()
        elif with_control:
            self.ask_step_back()
        else:
            self.show_place()


class _StepList(QListView):
    """A list in which / leads to the filter, not to a row that begins with it."""

    filter = Signal()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/":
            self.filter.emit()
        else:
            super().keyPressEvent(event)


class _StepPainter(TwoLineRows):
    """Time and name on one line, what was done on the next."""

    def say(self, painter: QPainter, font: QFont, place: QRect, index: Index, at: bool) -> None:
        step = index.data(STEP)
        if not isinstance(step, Step):
            return
        inks = ("selection_text", "selection_text") if at else ("text_muted", "text")
        for text, ink in zip((f"{step.when}  {step.who}", step.what), inks, strict=True):
            painter.setPen(self.theme.colour(ink))
            for said in elided_lines(text, font, place.width(), 1):
                painter.drawText(place, 0, said)
            place.translate(0, place.height())
