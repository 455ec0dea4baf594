"""The window that every article comes in through: what was found, and what is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.text.cleaning import counted
from annotator.formats.articles.tables.preset import Preset, with_defaults
from annotator.formats.articles.text_in import PartsIn
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.intake.details import Details
from annotator.ui.intake.finds import Find
from annotator.ui.intake.foot import Foot
from annotator.ui.intake.for_all import ForAll
from annotator.ui.intake.given import asked_files, asked_folder, local_files
from annotator.ui.intake.left import Left
from annotator.ui.intake.list_view import FindList
from annotator.ui.intake.listed import Finds
from annotator.ui.intake.meanings import Meanings
from annotator.ui.intake.outcome_page import OutcomePage
from annotator.ui.intake.under_way import Outcome, UnderWay
from annotator.ui.look.scrolled import Scrolled
from annotator.ui.look.theme import Theme
from annotator.ui.side_window import SideWindow, beside

_SHOWN_EVERY_MS = 150
_READ_ON = "A project's file is coming in. You can read meanwhile; what you mark waits for it."


class Intake(SideWindow):
    """Nothing is stored before Enter; Esc leaves everything as it was."""

    name = "intake"
    usual_size = (1080, 720)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "Import articles")
        self.setAcceptDrops(True)
        self.finds = Finds(self)
        self.for_all = ForAll(frame.settings, self)
        self.work = UnderWay(frame.desk.workspace, self.finds, self.for_all.first(), self)
        self.finds.for_all = self.for_all.values()
        self.list = FindList(self.finds, frame.theme, self)
        self.details = Details(self.finds, frame.theme, self)
        self.outcome = OutcomePage(self)
        self._wanted: Find | None = None
        self._meanings = Meanings(self.work, self.details, frame.settings, self)
        unfolded = any(self.finds.for_all.values()) or bool(frame.settings.import_preset)
        self._left = Left(self.finds, self.list, self.for_all, unfolded, self)
        self._foot = Foot(self)
        self._lay_out()
        self._connect()
        frame.installEventFilter(self)  # it closes with the frame, also in the middle of work
        self.list.setFocus()
        self._show_progress()

    # What is given

    def add(self, given: Sequence[Path]) -> None:
        """Read files, folders and zip files into the list."""
        if self.work.state == "looking":
            self.work.add(given)
            self._show_progress()

    def paste(self, text: str, name: str) -> None:
        if self.work.state == "looking":
            self.work.paste(text, name)

    def add_files(self) -> None:
        self.add(asked_files(self, self.frame.settings, self.desk.workspace.path))

    def add_folder(self) -> None:
        self.add(asked_folder(self, self.frame.settings, self.desk.workspace.path))

    # What is done

    def bring_in(self) -> None:
        """Import what is chosen, unless a value has to be put right first."""
        if self.work.state != "looking":
            return
        faulty = (f for f in self.finds.chosen() if f.fault(self.finds.for_all))
        find = next(faulty, None)
        if find is not None:
            self._go_to_fault(find)
        elif not self.finds.chosen() and not self.work.is_reading:
            self.say("Nothing is chosen to come in; Space takes an article in.", "warning")
        else:
            self.details.lock()
            self.for_all.setEnabled(False)
            if any(isinstance(find.found, PartsIn) for find in self.finds.chosen()):
                self.frame.say(_READ_ON, lasting=True)
            self.work.bring_in()
            self._show_progress()

    def stop(self) -> None:
        """Read no more, or import no more; what is in stays in."""
        self.list.setFocus()  # the button that was pressed goes
        self.work.stop()

    def say(self, text: str, look: str = "muted") -> None:
        """One sentence below the list, until something else happens."""
        self._foot.say(text, look)

    # Inside

    def _go_to_fault(self, find: Find) -> None:
        self._left.show_find(find)
        fault = find.fault(self.finds.for_all)
        if fault is not None:
            self.details.go_to(fault[0])
            self.say(fault[1], "danger")

    def _walked(self) -> None:
        """Another is looked at; while a table is read anew its columns stay, with the keyboard."""
        if self._wanted is None or self.list.hasFocus():
            self._show_current()

    def _show_current(self) -> None:
        self._foot.say("", "muted")
        find = self.list.current()
        self.details.show_find(find, self.work.tables.get(find.table) if find else None)
        self._show_keys()

    def _arrived(self) -> None:
        if self._wanted is not None:
            self._go_back_to(self._wanted)
        elif not self.list.currentIndex().isValid() and self.finds.shown:
            self.list.setCurrentIndex(self.finds.index(0))
        self._show_current_table()

    def _go_back_to(self, wanted: Find) -> None:
        """To what was looked at before its table was read anew, once that is there."""
        again = self.finds.again(wanted, all_read=not self.work.is_reading)
        if again is not None:
            self.list.show_find(again)
        elif self.work.is_reading:
            return
        self._wanted = None
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.finds.index(0))
        self._show_current()

    def _show_current_table(self) -> None:
        """The columns of a table are known a moment before its rows, and change with them."""
        find = self.list.current()
        if find is not None and find.table in self.work.tables:
            self.details.columns.show_table(*self.work.tables[find.table])

    def _compared(self, find: Find) -> None:
        if find is self.list.current():
            self.details.show_copy()
            self._show_keys()

    def _changed(self, find: Find) -> None:
        self.finds.changed(find)
        self._show_progress()

    def _for_all_changed(self) -> None:
        self.finds.for_all = self.for_all.values()
        self.finds.changed()
        self.details.show_find_again()

    def _set_copies(self, done: str) -> None:
        """What becomes of all near copies that nothing else was said of."""
        for find in self.finds.all:
            find.on_copy = None
        self.finds.for_copies = done  # type: ignore[assignment]
        self.for_all.copies.setCurrentIndex(self.for_all.copies.findData(done))
        self.finds.changed()
        self.details.show_copy()
        self._show_progress()

    def _set_copy(self, done: str) -> None:
        find = self.list.current()
        if find is not None:
            find.on_copy = done  # type: ignore[assignment]
            self._changed(find)

    def _map(self, where: str, preset: Preset) -> None:
        self._wanted = self.list.current()
        self.work.map_table(where, preset)

    def _save_preset(self) -> None:
        find = self.list.current()
        tables = self.work.tables
        of_find = tables.get(find.table) if find else None
        table = of_find or next(iter(tables.values()), None)
        self.for_all.write(table[1] if table else self.work.reader.preset)

    def _use_preset(self, preset: Preset) -> None:
        self._wanted = self.list.current()
        self.work.use(with_defaults(preset, {}))

    def _ended(self, outcome: Outcome) -> None:
        report, desk = outcome.report, self.desk
        alone = len(report.made) == 1 and len(self.finds.all) == 1
        if report.made and (alone or desk.page is None):
            desk.open(report.made[0].id)  # of many none is meant, and somebody may be reading
        if alone and not outcome.failed() and not outcome.stopped:
            self.frame.say(f"“{report.made[0].title}” is imported.")
            self.close()
            self.frame.to_text()
            return
        self.frame.say(outcome.summary())
        self.outcome.show_outcome(outcome, desk.workspace.next_undo())
        self._pages.setCurrentWidget(self.outcome)
        self.outcome.text.setFocus()

    # What is shown

    def set_theme(self, theme: Theme) -> None:
        self.list.painter.theme = theme
        self.details.text.painter.theme = theme
        self.list.viewport().update()
        self.details.text.viewport().update()

    def _show_progress(self) -> None:
        self._foot.show_progress(self.work, len(self.finds.all), self.finds.size())
        self._left.show_counts()

    def _show_keys(self) -> None:
        if self.work.state == "importing":
            return
        find = self.list.current()
        on_copy = find is not None and find.status == "near"
        self._foot.show_keys(in_text=self.details.text.hasFocus(), on_copy=on_copy)

    # Making

    def _lay_out(self) -> None:
        self._panes = QSplitter(Qt.Orientation.Horizontal, self)
        self._panes.setHandleWidth(1)
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self._left)
        self.details.setMinimumWidth(320)
        around_details = Scrolled(self.details, self)
        around_details.setMinimumWidth(340)
        self._panes.addWidget(around_details)
        self._panes.setStretchFactor(0, 1)
        self._panes.setStretchFactor(1, 2)
        self._panes.setSizes([360, 720])
        page = QWidget(self)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._panes, 1)
        whole.addWidget(self._foot)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self.outcome)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._pages)
        self._left.order_tabs()

    def _connect(self) -> None:
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._show_progress)
        work, listed, details, foot = self.work, self.list, self.details, self._foot
        foot.add_files.connect(self.add_files)
        foot.add_folder.connect(self.add_folder)
        foot.stop.connect(self.stop)
        foot.leave.connect(self.close)
        foot.bring_in.connect(self.bring_in)
        # Counting a long list for each slice of work would take longer than the slice.
        work.progressed.connect(self._soon)
        work.arrived.connect(self._arrived)
        work.compared.connect(self._compared)
        work.ended.connect(self._ended)
        listed.selectionModel().currentChanged.connect(self._walked)
        listed.entered.connect(self.bring_in)
        listed.to_text.connect(details.text.setFocus)
        listed.to_title.connect(partial(details.go_to, "title"))
        listed.toggled.connect(self._toggled)
        listed.copies_for_all.connect(self._set_copies)
        details.changed.connect(self._changed)
        details.labels.said.connect(self.say)
        self._meanings.changed.connect(self._show_progress)
        details.on_copy.connect(self._set_copy)
        details.mapped.connect(self._map)
        details.left.connect(listed.setFocus)
        details.entered.connect(self.bring_in)
        self.for_all.changed.connect(self._for_all_changed)
        self.for_all.used.connect(self._use_preset)
        self.for_all.save.connect(self._save_preset)
        self.for_all.said.connect(self.say)
        self.for_all.copies_changed.connect(self._set_copies)
        self.outcome.done.connect(self.close)
        self._left.narrowed.connect(self._show_current)
        for keys, act in (
            ("Ctrl+Return", self.bring_in),
            ("Ctrl+Enter", self.bring_in),
            ("Ctrl+I", self.add_files),
            ("Ctrl+Shift+I", self.add_folder),
        ):
            QShortcut(QKeySequence(keys), self, act)
        for view in (listed, details.text):
            view.installEventFilter(self)

    def _soon(self) -> None:
        if not self._settle.isActive():
            self._settle.start(_SHOWN_EVERY_MS)

    def _toggled(self) -> None:
        self.details.show_copy()
        self._show_progress()

    # Qt's virtuals

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.frame and event.type() == QEvent.Type.Close:
            self.work.close()
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and watched in (
            self.list,
            self.details.text,
        ):
            self._show_keys()
        return super().eventFilter(watched, event)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.work.state == "importing":
            self.stop()
        else:
            super().keyPressEvent(event)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.work.state == "importing":
            self.stop()
            event.ignore()
            return
        if self.work.state == "looking" and not self._may_leave():
            event.ignore()
            return
        self.work.close()
        self.frame.removeEventFilter(self)
        super().closeEvent(event)

    def _may_leave(self) -> bool:
        edited = sum(find.is_edited for find in self.finds.all)
        if not edited:
            return True
        answer = QMessageBox.question(
            self,
            "Leave without importing?",
            f"What you corrected in {counted(edited, 'article')} is lost.",
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Discard

    @guarded
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @guarded
    def dropEvent(self, event: QDropEvent) -> None:
        self.add(local_files(event.mimeData().urls()))
        event.acceptProposedAction()


def open_intake(frame: Frame) -> Intake:
    """The import window of a frame; one whose import is over gives way to a new one."""
    there = frame.findChild(Intake)
    if isinstance(there, Intake) and there.work.state == "over":
        there.close()
        there.setParent(None)
    return beside(frame, Intake, Intake)
