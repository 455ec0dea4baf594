"""The main window: a frame, and the commands that work in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu

from annotator.core.errors import AnnotatorError
from annotator.core.revision import Revision
from annotator.store.file.drive import warning_of
from annotator.ui.agreement.opening import Agreements
from annotator.ui.articles.shelf import Shelf
from annotator.ui.backups.keeping import Keeping
from annotator.ui.book.opening import Books
from annotator.ui.commands import MENUS, Command
from annotator.ui.dialogs import KeysPage, ask, choose
from annotator.ui.files import Files
from annotator.ui.finding.searching import Searching
from annotator.ui.frame import Frame
from annotator.ui.gestures import Gestures
from annotator.ui.guard import guarded
from annotator.ui.history.showing import Showing
from annotator.ui.intake.given import local_files
from annotator.ui.keys import keys_path, load_commands
from annotator.ui.look.icons import icon, icon_names
from annotator.ui.panel.options import Option
from annotator.ui.paper.publishing import Publishing
from annotator.ui.people.visiting import Visiting
from annotator.ui.remembering import Remembering
from annotator.ui.review.opening import Reviewing
from annotator.ui.settings import Settings
from annotator.ui.views import Views
from annotator.ui.waiting import Waiting
from annotator.workspace import Workspace


class Window(Frame):
    """One project, one analyst. Several windows may be open on one project."""

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        open_project: Callable[[Path, bool], None],
        show_workspace: Callable[[Workspace], object] | None = None,
    ) -> None:
        """``show_workspace`` opens another window, for somebody else who works here."""
        super().__init__(workspace, settings)
        self.commands, keys_fault = load_commands(self.desk.book)
        self.actions_by_id: dict[str, QAction] = {}
        self._searching = Searching(self.desk, self.pane.find_bar, self.pane.view.selection, self)
        self._files = Files(self, open_project)
        self._keeping = Keeping(self, open_project)
        reviewing = Reviewing(self, lambda: self.commands, show_workspace)
        self.targets: tuple[object, ...] = (
            Gestures(self.desk, self.pane.view, self.panel, partial(choose, self)),
            self._searching,
            self._files,
            self._keeping,
            Shelf(
                self.desk,
                self.articles,
                self.pane,
                partial(choose, self),
                self._files.export_some,
                self,
            ),
            Publishing(self),
            Visiting(self),
            Books(self, Visiting(self).people),
            Showing(self),
            Agreements(self, reviewing),
            reviewing,
            Views(self),
            self.tour,
            self,
        )
        self._make_actions()
        self._connect()
        self.setAcceptDrops(True)
        self.show_theme()
        self.pane.view.set_zoom(settings.zoom)
        self.pane.view.set_reading(settings.reading)
        self._title()
        self._remembering = Remembering(self)
        self._waiting = Waiting(self)
        self._restore()
        self._warn(workspace)
        if keys_fault:
            self.say(keys_fault, "danger")

    def _warn(self, workspace: Workspace) -> None:
        """What there is to know before one begins."""
        told = (warning_of(workspace.path), _updated(workspace), workspace.clock_warning())
        self.say(" ".join(filter(None, told)), "warning", lasting=True)
        if not any(told) and workspace.lists.is_fewer(1):
            who = workspace.analyst.name
            self.say(f"You work here as “{who}”; Project › Work as another analyst… changes that.")

    # Commands

    def run(self, command: Command) -> None:
        """Do what a command says; what cannot be done is said in the status bar."""
        self.say_no_more()
        self._attempt(self._method(command))

    def palette_of_commands(self) -> None:
        """The palette: any command by a few letters."""
        own = self._own_commands()
        possible = [c for c in own if self.actions_by_id[c.id].isEnabled()]
        listed = [
            Option(c.id, c.text, " or ".join(c.keys) or c.menu.replace("/", ": "), also=c.also)
            for c in possible
        ]
        chosen = choose(self, "What do you want to do?", listed)
        for command in possible:
            if command.id == chosen:
                self.to_text()
                self.run(command)

    def keys_page(self) -> None:
        ask(KeysPage(self.commands, str(keys_path()), self), self)

    def _attempt(self, action: Callable[[], object]) -> None:
        try:
            action()
        except AnnotatorError as error:
            self.say(str(error), "danger")

    def _method(self, command: Command) -> Callable[[], object]:
        does = [target for target in self.targets if _does(target, command.action)]
        if len(does) != 1:
            raise AttributeError(f"{len(does)} targets have what {command.id} does")
        method: Callable[..., object] = getattr(does[0], command.action)
        return method if command.argument is None else partial(method, command.argument)

    def _make_actions(self) -> None:
        menus: dict[str, QMenu] = {}
        for name, lettered in MENUS.items():
            menus[name] = self.menuBar().addMenu(lettered)
        for command in self._own_commands():
            self._method(command)  # a command without an action fails here, not when it is used
            action = QAction(command.text, self)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.triggered.connect(partial(self._triggered, command))
            if command.where == "article":
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                self.pane.view.addAction(action)
            else:
                self.addAction(action)  # so that keys work while the menu bar is hidden
            top, _, below = command.menu.partition("/")
            if below and command.menu not in menus:
                menus[command.menu] = menus[top].addMenu(below)
            if command.apart:
                menus[command.menu].addSeparator()
            menus[command.menu].addAction(action)
            self.actions_by_id[command.id] = action

    def _own_commands(self) -> list[Command]:
        """Those that work here; the window of the review has the others."""
        return [command for command in self.commands if command.where != "review"]

    def _renew_commands(self) -> None:
        """The kinds and stances of the codebook are commands; follow it when it changes."""
        found, _ = load_commands(self.desk.book)
        if found == self.commands:
            return
        for action in self.actions_by_id.values():
            self.pane.view.removeAction(action)
            self.removeAction(action)
            action.deleteLater()  # one of them may be what changed the codebook
        for menu in self.menuBar().findChildren(QMenu):
            menu.deleteLater()
        self.menuBar().clear()
        self.commands, self.actions_by_id = found, {}
        self._make_actions()
        self._show_icons()

    def _triggered(self, command: Command, _checked: bool = False) -> None:
        self.run(command)

    # What is shown

    def show_theme(self) -> None:
        super().show_theme()
        self._show_icons()

    def _show_icons(self) -> None:
        for command in self._own_commands():
            if command.icon in icon_names():  # a kind of one's own has none
                self.actions_by_id[command.id].setIcon(icon(command.icon, self.theme))

    def _connect(self) -> None:
        self.desk.opened.connect(self._on_opened)
        self.desk.revised.connect(self._on_revised)
        self.desk.began.connect(self.say_no_more)
        self.desk.said.connect(self.say)
        self.desk.warned.connect(partial(self.say, look="warning"))
        self.desk.failed.connect(partial(self.say, look="danger"))
        self.desk.held.connect(self.hold)
        self.desk.saving.connect(self._on_saving)
        self.panel.left.connect(self.to_text)
        self.articles.entered_text.connect(self.to_text)
        self.pane.find_bar.mark_every.connect(partial(self._attempt, self._searching.mark_hits))
        self.pane.describe.connect(self._describe)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_theme_changed)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that come here did nothing: those of commands without an article say why."""
        super().keyPressEvent(event)
        pressed = QKeySequence(event.keyCombination())
        for command in self._own_commands() if self.desk.page is None else ():
            if command.needs_article and pressed in map(QKeySequence, command.keys):
                self.say(self.pane.why_nothing, "warning")

    def _describe(self) -> None:
        self.actions_by_id["article.describe"].trigger()

    def _system_theme_changed(self) -> None:
        if self.settings.theme == "system":
            self.show_theme()

    def _on_opened(self) -> None:
        self._title()

    def _on_revised(self, revision: Revision) -> None:
        if "codebook" in revision.kinds:
            self._renew_commands()
        self._title()

    def _on_saving(self, saved: bool) -> None:
        self.show_saving(saved)
        self._title()

    def _title(self) -> None:
        self.show_who()
        page, workspace = self.desk.page, self.desk.workspace
        parts = [page.article.title] if page else []
        unsaved = [] if self.is_saved else ["NOT SAVED"]
        self.setWindowTitle(" — ".join([*unsaved, *parts, workspace.path.stem, "Annotator"]))
        for command in self._own_commands():
            self.actions_by_id[command.id].setEnabled(page is not None or not command.needs_article)
        for id, text, label in (
            ("edit.undo", "Undo", workspace.next_undo()),
            ("edit.redo", "Redo", workspace.next_redo()),
        ):
            self.actions_by_id[id].setText(f"{text} {label}" if label else text)
            self.actions_by_id[id].setEnabled(label is not None)

    def _restore(self) -> None:
        """Where the analyst left off."""
        self.restoreGeometry(self.settings.bytes("geometry"))
        self.splitter.restoreState(self.settings.bytes("splitter"))
        self._remembering.restore()
        self.to_text()

    # Qt's virtuals

    @guarded
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._remembering.bring_back()

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        self.set_focus_mode(False)
        self.panel.settle()
        self._remembering.close()
        self._keeping.rescuing.leave_a_copy()
        self.settings.set_bytes("geometry", self.saveGeometry())
        self.settings.set_bytes("splitter", self.splitter.saveState())
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._system_theme_changed)
        self.articles.close_down()
        self._keeping.keeper.close()
        self.desk.close()
        super().closeEvent(event)

    @guarded
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @guarded
    def dropEvent(self, event: QDropEvent) -> None:
        self._files.bring_in(local_files(event.mimeData().urls()))
        event.acceptProposedAction()


def _updated(workspace: Workspace) -> str:
    """What is said of a project that an older program made."""
    kept = workspace.kept_old
    if kept is None:
        return ""
    return (
        "The project was made by an older Annotator and has been brought up to date. As it was, it"
        f" is kept in “{kept.parent.name}” beside it, as “{kept.name}”."
    )


def _does(target: object, action: str) -> bool:
    """Whether this is a method of ours; Qt gives its widgets others, such as ``close``."""
    ours = __name__.partition(".")[0]
    owner = next((c for c in type(target).__mro__ if action in vars(c)), object)
    return owner.__module__.partition(".")[0] == ours
