"""The frame of a window: its three panes, its status bar, and how it looks.

What commands do needs a desk to work at and a place to say what happened; it takes a frame, and
knows nothing of the list of commands that the window makes of them all.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QSplitter, QVBoxLayout, QWidget

from annotator.ui.article_pane import ArticlePane
from annotator.ui.articles.list import ArticleList
from annotator.ui.desk import Desk
from annotator.ui.look.style import apply, set_look
from annotator.ui.look.theme import Theme, load_theme, system_theme
from annotator.ui.panel.panel import Panel
from annotator.ui.settings import Settings
from annotator.ui.tour.tour import Tour
from annotator.workspace import Workspace

_MESSAGE_MS = 8000


class Frame(QMainWindow):
    """Articles on the left, the text in the middle, statements on the right."""

    themed = Signal(object)
    """Another :class:`Theme` is in use."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.desk = Desk(workspace, self)
        self.theme = _theme(settings.theme)
        self.focus_mode = False
        self.is_saved = True
        self.articles = ArticleList(self.desk, self.theme, self)
        self.pane = ArticlePane(self.desk, self.theme, self)
        self.panel = Panel(self.desk, self.theme, self)
        self._lay_out()
        self._make_status_bar()

    def say(self, text: str, look: str = "muted") -> None:
        """One sentence in the status bar, for a while."""
        set_look(self._message, look)
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._show_bars()
        self._forget.start(_MESSAGE_MS)

    def show_saving(self, saved: bool) -> None:
        """Whether the last gesture is on disk, in a corner that never goes away."""
        self.is_saved = saved
        self._show_bars()
        self._saved.setText("All saved" if saved else "NOT SAVED")
        set_look(self._saved, "muted" if saved else "danger")

    def show_theme(self) -> None:
        """Draw everything in the theme of the settings."""
        self.theme = _theme(self.settings.theme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply(app, self.theme)
        for pane in (self.articles, self.pane, self.panel):
            pane.set_theme(self.theme)
        self.themed.emit(self.theme)

    def panes(self) -> dict[str, QWidget]:
        """Where the keyboard can be, in the order of the screen."""
        return {
            "articles": self.articles.list,
            "text": self.pane.view,
            "panel": self.panel.list,
        }

    def to_text(self) -> None:
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_focus_mode(self, on: bool) -> None:
        """Show nothing but the article and its cards, on the whole screen; or all again."""
        if on == self.focus_mode:
            return
        self.focus_mode = on
        for pane in (self.articles, self.pane.header, self.menuBar()):
            pane.setVisible(not on)
        full = Qt.WindowState.WindowFullScreen
        self.setWindowState(self.windowState() | full if on else self.windowState() & ~full)
        self._show_bars()
        if on:
            self.to_text()

    def _show_bars(self) -> None:
        """In focus mode the status bar is there only while it has something to say."""
        said = self._message.text() or not self.is_saved
        self.statusBar().setVisible(bool(said) or not self.focus_mode)

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for pane, least, stretch in (
            (self.articles, 170, 1),
            (self.pane, 380, 3),
            (self.panel, 320, 2),
        ):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([250, 720, 430])
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tour = Tour(self.desk, self.pane.view, self.settings, middle)
        column.addWidget(self.tour)
        column.addWidget(self.splitter, 1)
        self.setCentralWidget(middle)
        self.resize(1400, 880)

    def _make_status_bar(self) -> None:
        self._message = QLabel(self)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._saved = QLabel("All saved", self)
        set_look(self._saved, "muted")
        self.statusBar().addWidget(self._message, 1)
        self.statusBar().addPermanentWidget(self._saved)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(12, 0, 12, 2)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.timeout.connect(lambda: self.say(""))


def _theme(name: str) -> Theme:
    return system_theme() if name == "system" else load_theme(name)
