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
from annotator.ui.look.on_screen import on_screen
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
_LEAST_WIDTH = 480
"""Pixels of the window, in which one pane at a time has room."""
_HANDLES = 2
"""Pixels between the panes, together."""
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
        self._panes: tuple[QWidget, QWidget, QWidget] = (self.articles, self.pane, self.panel)
        self.panel.wanted.connect(self.show_panel)
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
        self.make_room(self.pane)
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_articles(self) -> None:
        """Have the articles there, also where there is hardly room for them."""
        self.set_focus_mode(False)
        self.make_room(self.articles)

    def show_panel(self) -> None:
        """Have the panel there, also where there is hardly room for it."""
        was_hidden = self.panel.isHidden()
        self.make_room(self.panel)
        if was_hidden:  # so the lines are shorter in a moment
            QTimer.singleShot(0, self.pane, self.pane.show_at_hand)

    def make_room(self, wanted: QWidget | None = None) -> None:
        """Narrow what is beside the text when its lines get too short, then have it give way.

        The articles go first, then the panel. A pane that is ``wanted``, or else has the keyboard,
        stays; in a very narrow window even the text gives way to it.
        """
        wanted = wanted or self._pane_with_keyboard()
        least = _LEAST_TEXT * self.pane.view.zoom // 100
        beside, text, panel = (pane.minimumWidth() for pane in self._panes)
        room = self.width() - _HANDLES
        all_fit = room >= beside + least + panel
        if wanted is self.articles and not self.focus_mode:
            shown = (True, room >= beside + text, all_fit or room >= beside + text + panel)
        elif wanted is self.panel:
            shown = (all_fit, room >= text + panel, True)
        else:
            shown = (all_fit, True, room >= _LEAST_TEXT + panel)
        for pane, is_shown in zip(self._panes, shown, strict=True):
            pane.setVisible(is_shown and not (pane is self.articles and self.focus_mode))
        self._narrow(room, least)

    def _narrow(self, room: int, least: int) -> None:
        """Leave the text as much as it needs, and what is beside it no more than that."""
        articles, _, panel = self.splitter.sizes()
        if room - articles - panel < least:
            articles, panel = (
                0 if pane.isHidden() else pane.minimumWidth()
                for pane in (self.articles, self.panel)
            )
            self.splitter.setSizes([articles, max(room - articles - panel, 1), panel])

    def _pane_with_keyboard(self) -> QWidget | None:
        focus: object = self.focusWidget()  # None before anything had it
        return next(
            (p for p in self._panes if isinstance(focus, QWidget) and p.isAncestorOf(focus)), None
        )

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
        self.splitter.setHandleWidth(_HANDLES // 2)
        self.splitter.setChildrenCollapsible(False)
        for pane, pixels, letters, stretch in (
            (self.articles, 170, 22, 1),
            (self.pane, 300, 0, 3),
            (self.panel, 320, 31, 2),
        ):
            pane.setMinimumWidth(least(pixels, letters, self))
            self.splitter.addWidget(pane)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([250, 720, 430])
        middle = QWidget(self)
        middle.setMinimumWidth(_LEAST_WIDTH)  # less than the panes together; they give way
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tour = Tour(self.desk, self.pane.view, self.settings, middle)
        column.addWidget(self.tour)
        column.addWidget(self.splitter, 1)
        self.setCentralWidget(middle)
        self.resize(on_screen(1400, 880, self))

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
