"""The frame of a window: its three panes, its status bar, and how it looks.

What commands do needs a desk to work at and a place to say what happened; it takes a frame, and
knows nothing of the list of commands that the window makes of them all.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QSplitter, QVBoxLayout, QWidget

from annotator.ui.article_pane import ArticlePane
from annotator.ui.articles.list import ArticleList
from annotator.ui.desk import Desk
from annotator.ui.guard import guarded
from annotator.ui.look.letters import least
from annotator.ui.look.plain import plain_label, tip
from annotator.ui.look.style import apply, set_look
from annotator.ui.look.theme import Theme, load_theme, system_theme
from annotator.ui.panel.panel import Panel
from annotator.ui.settings import Settings
from annotator.ui.tour.tour import Tour
from annotator.workspace import Workspace

_BESIDE = 12
"""Pixels beside what the status bar says."""
_LEAST_TEXT = 370
"""Pixels that the text should have at its usual size, before something else gives way."""
_NAME_WIDTH = 160
"""Pixels that the name of an analyst gets there."""
_MESSAGE_MS, _LETTER_MS = 8000, 80
"""How long a message stays, at least and for each letter of it."""


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
        self._held = ""
        self._lasts = False
        self.articles = ArticleList(self.desk, self.theme, self)
        self.pane = ArticlePane(self.desk, self.theme, self)
        self.panel = Panel(self.desk, self.theme, self)
        self._lay_out()
        self._make_status_bar()

    def hold(self, text: str) -> None:
        """A sentence that stays in the status bar, whatever else is said between; empty ends it."""
        if text != self._held:
            self._held = text
            self.say(text, "danger")

    def say_no_more(self) -> None:
        """What was last said is over, since something else is being done."""
        if self._message.text() not in ("", self._held) and not self._lasts:
            self.say("")

    def say(self, text: str, look: str = "muted", lasting: bool = False) -> None:
        """One sentence in the status bar, until the next thing is done and for a while at most.

        A ``lasting`` one stays for its while, whatever is done.
        """
        self._lasts = lasting
        if not text:
            text, look = self._held, "danger"
        set_look(self._message, look)
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._fit_message()
        self._show_bars()
        self._forget.start(max(_MESSAGE_MS, _LETTER_MS * len(text)))

    def _fit_message(self) -> None:
        """As many lines as its text needs: a status bar does not ask, it cuts."""
        beside = self._saved.sizeHint().width() + self._who.sizeHint().width()
        room = self.width() - beside - 5 * _BESIDE
        self._message.setFixedHeight(max(self._message.heightForWidth(max(room, 1)), 0))

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_message()
        if event.size().width() != event.oldSize().width():
            self.make_room()

    def show_saving(self, saved: bool) -> None:
        """Whether the last gesture is on disk, in a corner that never goes away."""
        self.is_saved = saved
        self._show_bars()
        self._saved.setText("All saved" if saved else "NOT SAVED")
        set_look(self._saved, "muted" if saved else "danger")

    def show_who(self) -> None:
        """Who works here, and whose layer of the open article is shown."""
        who = self.desk.workspace.analyst.name
        name = self.fontMetrics().elidedText(who, Qt.TextElideMode.ElideRight, _NAME_WIDTH)
        self._who.setText(f"{name} · own layer" if self.desk.page else name)
        self._who.setToolTip(tip(f"{who} works here; what is marked goes into their layer."))
        self._fit_message()

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
        self.make_room()
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_articles(self) -> None:
        """Have the articles there, also where there is hardly room for them."""
        self.set_focus_mode(False)
        self.articles.show()

    def make_room(self) -> None:
        """Narrow what is beside the text, then hide the articles, when its lines get too short."""
        least = _LEAST_TEXT * self.pane.view.zoom // 100
        beside = self.width() - self.articles.minimumWidth() - self.panel.minimumWidth()
        self.articles.setVisible(not self.focus_mode and beside >= least)
        articles, _, panel = self.splitter.sizes()
        if self.width() - articles - panel < least:
            articles = 0 if self.articles.isHidden() else self.articles.minimumWidth()
            panel = self.panel.minimumWidth()
            self.splitter.setSizes([articles, max(self.width() - articles - panel, 1), panel])

    def set_focus_mode(self, on: bool) -> None:
        """Show nothing but the article and its cards, on the whole screen; or all again."""
        if on == self.focus_mode:
            return
        self.focus_mode = on
        for pane in (self.pane.header, self.menuBar()):
            pane.setVisible(not on)
        self.tour.setVisible(self.tour.is_under_way and not on)
        if on:
            self.say("")
        self.make_room()
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
        for pane, pixels, letters, stretch in (
            (self.articles, 170, 22, 1),
            (self.pane, 380, 0, 3),
            (self.panel, 320, 31, 2),
        ):
            pane.setMinimumWidth(least(pixels, letters, self))
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
        self._message = plain_label(self)
        self._saved = QLabel("All saved", self)
        self._who = plain_label(self, "muted", wraps=False)
        self._who.setAccessibleName("Who works here")
        self._who.setContentsMargins(_BESIDE, 0, _BESIDE, 0)
        set_look(self._saved, "muted")
        self.statusBar().addWidget(self._message, 1)
        self.statusBar().addPermanentWidget(self._who)
        self.statusBar().addPermanentWidget(self._saved)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(_BESIDE, 0, _BESIDE, 2)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.timeout.connect(lambda: self.say(""))


def _theme(name: str) -> Theme:
    return system_theme() if name == "system" else load_theme(name)
