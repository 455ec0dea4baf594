"""The window of the backups: when, how large, how much was done since; making and restoring."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from annotator.core.text.cleaning import counted
from annotator.store.keeping import backup
from annotator.store.keeping.backup import Backup
from annotator.ui.backups.keeper import Keeper
from annotator.ui.enter import ENTER
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.look.notice import Notice
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.side_window import SideWindow

_HEADS = ("Made", "Size", "Steps since")
_MARGIN, _SPACE = 16, 10
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BackupsWindow(SideWindow):
    """Enter asks whether to restore the backup at hand, Enter again does it, Esc takes it back."""

    name = "backups"
    usual_size = (620, 440)

    def __init__(self, frame: Frame, keeper: Keeper, restore: Callable[[Backup], None]) -> None:
        super().__init__(frame, "Backups")
        self._keeper, self._restore = keeper, restore
        self._asked: Backup | None = None
        self._there: list[Backup] = []
        self.table = QTableWidget(0, len(_HEADS), self)
        self.told = plain_label(self)
        self.now_button = QPushButton("Back up now", self)
        self.restore_button = QPushButton("Restore…", self)
        self._nothing = Notice("There is no backup yet. One is made every hour of work.", self)
        self._lay_out()
        self.now_button.clicked.connect(self.back_up)
        self.restore_button.clicked.connect(self.ask_or_restore)
        self.table.itemSelectionChanged.connect(self._forget_question)
        keeper.done.connect(self._on_done)
        keeper.failed.connect(self._on_failed)
        self.reload()

    @property
    def chosen(self) -> Backup | None:
        """The backup at hand."""
        row = self.table.currentRow()
        return self._there[row] if 0 <= row < len(self._there) else None

    def reload(self) -> None:
        """Show what is in the folder now."""
        project = self.desk.workspace.path
        self._there = backup.backups_of(project)
        self.table.setRowCount(len(self._there))
        for row, one in enumerate(self._there):
            since = backup.revisions_since(project, one.path)
            cells = (
                f"{one.made_at.astimezone():%a %d %B %Y, %H:%M}",
                f"{one.size / 1e6:.1f} MB",
                "cannot be read" if since is None else f"{since:,}",
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(_RIGHT)
                self.table.setItem(row, column, item)
        self._pages.setCurrentWidget(self.table if self._there else self._nothing)
        self.restore_button.setEnabled(bool(self._there))
        if self._there:
            self.table.setCurrentCell(0, 0)
        self._forget_question()

    def back_up(self) -> None:
        """Make a backup now, beside the work."""
        begun = self._keeper.begin()
        self._say("Backing up…" if begun else "A backup is being made already.")

    def ask_or_restore(self) -> None:
        """First the question, then, pressed again, the deed."""
        chosen = self.chosen
        if chosen is None:
            return
        if self._asked == chosen:
            self._restore(chosen)
            return
        self._asked = chosen
        since = backup.revisions_since(self.desk.workspace.path, chosen.path)
        lost = "What came since" if since is None else f"The {counted(since, 'step')} since then"
        self._say(
            f"Bring this backup back? {lost} will not be in it; the file as it is now is kept"
            " beside the project, and the window opens anew.",
            "warning",
        )
        self.restore_button.setText("Restore it")

    def _forget_question(self) -> None:
        self._asked = None
        self.restore_button.setText("Restore…")
        self._say(f"In {backup.folder_of(self.desk.workspace.path)}")

    def _say(self, text: str, look: str = "muted") -> None:
        set_look(self.told, look)
        self.told.setText(text)

    def _on_done(self, made: Backup | None) -> None:
        self.reload()
        self._say("The backup is made and sound." if made else "The newest backup has everything.")

    def _on_failed(self, why: str) -> None:
        self._say(why, "danger")

    def _lay_out(self) -> None:
        self.table.setHorizontalHeaderLabels(list(_HEADS))
        for column in range(len(_HEADS)):
            item = self.table.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(_RIGHT if column else _LEFT)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAccessibleName("Backups")
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._nothing)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.now_button)
        buttons.addWidget(self.restore_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        whole.setSpacing(_SPACE)
        whole.addWidget(self._pages, 1)
        whole.addWidget(self.told)
        whole.addLayout(buttons)
        self.table.setFocus()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self._there:
            self.ask_or_restore()
        elif event.key() == Qt.Key.Key_Escape and self._asked is not None:
            self._forget_question()
        else:
            super().keyPressEvent(event)
