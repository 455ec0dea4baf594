"""The window through which a project leaves: nothing is in its place before the losses were seen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import BadInput
from annotator.core.model import Article
from annotator.core.text.cleaning import counted
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.format import Loss
from annotator.ui.enter import ENTER
from annotator.ui.export.choices import Choices, FormatList
from annotator.ui.export.under_way import Exporting
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.look.plain import plain_label
from annotator.ui.look.scrolled import Scrolled
from annotator.ui.look.style import set_look
from annotator.ui.side_window import SideWindow

_USUAL = "annotator-json"
_MARGIN, _SPACE = 16, 10


class ExportWindow(SideWindow):
    """Enter writes; what is lost on the way is shown first, and Enter again takes it."""

    name = "export"
    usual_size = (860, 560)

    def __init__(self, frame: Frame, stem: str, wanted: Sequence[Article] | None) -> None:
        what = "the project" if wanted is None else counted(len(wanted), "article")
        super().__init__(frame, f"Export {what}")
        self._wanted = wanted
        self._formats = catalogue()
        workspace = self.desk.workspace
        folder = frame.settings.export_folder(workspace.path)
        self.formats = FormatList(self._formats, self)
        self.choices = Choices(workspace.analysts_by_name(), folder, stem, self)
        self.work = Exporting(workspace, self)
        self.losses = QListWidget(self)
        self._heading = plain_label(self, "title")
        self._said = plain_label(self, "muted")
        self._bar = QProgressBar(self)
        self.leave = QPushButton("Cancel", self)
        self.go = QPushButton("Export", self)
        self._lay_out()
        self._connect()
        self.formats.choose(frame.settings.export_format or _USUAL)
        frame.installEventFilter(self)
        self._show_state()
        if self._formats.faults:
            self.say(self._formats.faults[0], "warning")
        self.formats.setFocus()

    # What is done

    def export(self) -> None:
        """Write beside its place, or, when the losses were seen, put it there."""
        if self.work.state == "asking":
            self.work.keep()
        elif self.work.state == "idle":
            self._begin()
        self._show_state()

    def back(self) -> None:
        """Stop writing, or leave the losses; then leave the window."""
        if self.work.state == "idle":
            self.close()
            return
        stopped = self.work.state == "writing"
        self.work.stop()
        self.losses.clear()
        self._show_state()
        self.say("Stopped; nothing was written." if stopped else "Nothing was written.", "muted")
        self.formats.setFocus()

    def choose_place(self) -> None:
        """In the system's own dialog."""
        if self.work.state != "idle":
            return
        format = self.formats.chosen()
        there = str(self.choices.to())
        if format.folder:
            name = QFileDialog.getExistingDirectory(
                self, "Export into an empty folder", str(self.choices.to().parent)
            )
        else:
            endings = " ".join(f"*{suffix}" for suffix in format.suffixes)
            name, _ = QFileDialog.getSaveFileName(
                self,
                "Export",
                there,
                f"{format.title} ({endings})",
                options=QFileDialog.Option.DontConfirmOverwrite,
            )
        if name:
            self.choices.go_to(Path(name))

    @property
    def said(self) -> str:
        """The sentence below."""
        return self._said.text()

    def say(self, text: str, look: str = "muted") -> None:
        set_look(self._said, look)
        self._said.setText(text)

    # Inside

    def _begin(self) -> None:
        format, to = self.formats.chosen(), self.choices.to()
        if not to.name or (to.is_dir() and not format.folder):
            self.say("Give the file a name.", "danger")
            self.choices.place.setFocus()
            return
        try:
            options = self.choices.values()
            format.asked(options)
        except BadInput as error:
            self.say(str(error), "danger")
            return
        self._to = to
        self.say("")
        self.work.begin(format, to, options, self._wanted, self.choices.whose())

    def _ask(self, losses: list[Loss]) -> None:
        replaced = self._to.is_file()
        if not losses and not replaced:
            self.work.keep()
            self._show_state()
            return
        self.losses.clear()
        self.losses.addItems([_sentence(loss) for loss in losses])
        if replaced:
            self.losses.insertItem(0, f"{self._to.name} is there already and is replaced.")
        self.losses.setCurrentRow(0)
        self._show_state()
        self.losses.setFocus()

    def _placed(self, made: list[Path]) -> None:
        articles, marks = self.work.counted
        settings = self.frame.settings
        settings.export_format = self.formats.chosen().name
        settings.keep_export_folder(self.desk.workspace.path, self._to.parent)
        beside = f" and {counted(len(made) - 1, 'file')} beside it" if len(made) > 1 else ""
        self.frame.say(
            f"Exported {counted(articles, 'article')} with {counted(marks, 'mark')} to"
            f" {self._to}{beside}"
        )
        self.close()

    def _failed(self, why: str) -> None:
        self._show_state()
        self.say(why, "danger")
        self.formats.setFocus()

    # What is shown

    def _show_format(self) -> None:
        if self.formats.currentItem() is not None:
            self.choices.show_format(self.formats.chosen())
            self.say("")

    def _show_state(self) -> None:
        state = self.work.state
        busy = state in ("writing", "placing")
        for widget in (self.formats, self.choices):
            widget.setEnabled(state == "idle")
        self._bar.setVisible(busy)
        asking = state == "asking"
        self._heading.setVisible(asking)
        self.losses.setVisible(asking)
        self._column.setStretch(0, 0 if asking else 1)  # then the losses have the room
        self._around.updateGeometry()
        self.go.setEnabled(not busy)
        self.go.setText("Write it all the same" if asking and self._loses() else "Export")
        self.leave.setText({"idle": "Cancel", "asking": "Back"}.get(state, "Stop"))
        if asking:
            lost = "What the format cannot carry" if self._loses() else "Before it is written"
            self._heading.setText(lost)
            self.say(f"Nothing is written yet. Enter writes {self._to}; Esc goes back.")
        elif busy:
            self.leave.setFocus()  # what had the keyboard takes no keys now
            self._show_progress()

    def _loses(self) -> bool:
        replaced = self._to.is_file()
        return self.losses.count() > (1 if replaced else 0)

    def _show_progress(self) -> None:
        work = self.work
        if work.state not in ("writing", "placing"):
            return
        self._bar.setRange(0, max(1, work.total))
        self._bar.setValue(work.done)
        anew = "The project changed, so it began anew. " if work.begun_anew else ""
        self.say(f"{anew}Writing: {work.done:,} of {work.total:,} articles")

    # Making

    def _connect(self) -> None:
        self.formats.currentRowChanged.connect(self._show_format)
        self.formats.entered.connect(self.export)
        self.choices.browse.connect(self.choose_place)
        self.work.progressed.connect(self._show_progress)
        self.work.asked.connect(self._ask)
        self.work.placed.connect(self._placed)
        self.work.failed.connect(self._failed)
        self.go.clicked.connect(self.export)
        self.leave.clicked.connect(self.back)
        QShortcut(QKeySequence("Ctrl+O"), self, self.choose_place)

    def _lay_out(self) -> None:
        self.losses.setWordWrap(True)
        self.losses.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.losses.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.losses.setAccessibleName("What the format cannot carry")
        self._bar.setTextVisible(False)
        set_look(self.go, "primary")
        right = QWidget(self)
        column = self._column = QVBoxLayout(right)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 0)
        column.setSpacing(_SPACE)
        self._around = Scrolled(self.choices, right)
        column.addWidget(self._around)
        column.addWidget(self._heading)
        column.addWidget(self.losses, 1)
        column.addStretch(0)
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(1)
        left = QWidget(self)
        around = QVBoxLayout(left)
        around.setContentsMargins(_MARGIN, _MARGIN, _SPACE, 0)
        around.addWidget(self.formats)
        left.setMinimumWidth(190 + _MARGIN + _SPACE)
        right.setMinimumWidth(320)
        panes.addWidget(left)
        panes.addWidget(right)
        panes.setStretchFactor(1, 1)
        panes.setSizes([250, 610])
        buttons = QHBoxLayout()
        buttons.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        buttons.addWidget(self._said, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, _MARGIN)
        whole.setSpacing(_SPACE)
        whole.addWidget(panes, 1)
        whole.addWidget(self._bar)
        whole.addLayout(buttons)

    # Qt's virtuals

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.frame and event.type() == QEvent.Type.Close:
            self.work.close()
        return super().eventFilter(watched, event)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        elif event.key() in ENTER:
            self.export()
        else:
            super().keyPressEvent(event)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        self.work.close()
        self.frame.removeEventFilter(self)
        super().closeEvent(event)


def _sentence(loss: Loss) -> str:
    said = str(loss)
    return f"{said[:1].upper()}{said[1:]}"


def open_export(frame: Frame, stem: str, wanted: Sequence[Article] | None) -> ExportWindow:
    """The export window of a frame; one that was open for something else gives way."""
    there = frame.findChild(ExportWindow)
    if isinstance(there, ExportWindow):
        there.close()
        there.setParent(None)
    made = ExportWindow(frame, stem, wanted)
    made.show()
    made.raise_()
    made.activateWindow()
    return made
