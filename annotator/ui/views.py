"""What the commands of the window do: where the keyboard is, how things look, help."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator import __version__
from annotator.ui.article.measures import Reading
from annotator.ui.dialogs import KeysPage, Reader, ask
from annotator.ui.keys import keys_path, make_keys_file

if TYPE_CHECKING:
    from annotator.ui.window import Window

_THEMES = ("system", "light", "dark")
_USUAL_ZOOM = 100


class Views:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def undo(self) -> None:
        self._window.desk.undo()

    def redo(self) -> None:
        self._window.desk.redo()

    def go_to(self, pane: str) -> None:
        if pane == "panel":
            self._window.panel.focus_here()
        else:
            if pane == "articles":
                self._window.set_focus_mode(False)
            self._window.panes()[pane].setFocus()

    def next_pane(self) -> None:
        """The pane after the one with the focus, from the last to the first."""
        panes = {name: pane for name, pane in self._window.panes().items() if pane.isVisible()}
        names = list(panes)
        focus = QApplication.focusWidget()
        around = [
            name
            for name, pane in panes.items()
            if focus and (pane is focus or pane.isAncestorOf(focus))
        ]
        following = (names.index(around[0]) + 1) % len(names) if around else 0
        self.go_to(names[following])

    def walk_articles(self, step: int) -> None:
        self._window.articles.walk(step)

    def zoom(self, step: int) -> None:
        view = self._window.pane.view
        view.set_zoom(view.zoom + step if step else _USUAL_ZOOM)
        self._window.settings.zoom = view.zoom
        self._window.say(f"Text at {view.zoom} %")

    def line_length(self, step: int) -> None:
        """Lines longer or shorter by so many characters; 0 sets length and space as usual."""
        now = self._window.pane.view.reading
        self._read(replace(now, characters=now.characters + step) if step else Reading())

    def line_space(self, step: int) -> None:
        """Lines further apart or nearer by so many percent."""
        now = self._window.pane.view.reading
        self._read(replace(now, spacing=now.spacing + step))

    def _read(self, reading: Reading) -> None:
        view = self._window.pane.view
        view.set_reading(reading)
        now = self._window.settings.reading = view.reading
        self._window.say(f"Lines of {now.characters} characters, spaced at {now.spacing} %")

    def focus_mode(self) -> None:
        self._window.set_focus_mode(not self._window.focus_mode)

    def next_theme(self) -> None:
        settings = self._window.settings
        place = _THEMES.index(settings.theme) if settings.theme in _THEMES else 0
        settings.theme = _THEMES[(place + 1) % len(_THEMES)]
        self._window.show_theme()
        self._window.say(f"Theme: {settings.theme}")

    def palette(self) -> None:
        self._window.choose_command()

    def keys_page(self) -> None:
        ask(KeysPage(self._window.commands, str(keys_path()), self._window), self._window)

    def keys_file(self) -> None:
        """Open the keys file in the user's editor; it is read when a window opens."""
        path = make_keys_file()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self._window.say(f"Keys are read from {path} when a window opens.")

    def guidelines(self) -> None:
        book = self._window.desk.book
        ask(Reader(f"Guidelines: {book.name}", book.guidelines, self._window), self._window)

    def about(self) -> None:
        QMessageBox.about(
            self._window,
            "Annotator",
            f"Annotator {__version__}\n\nWho says what, and which side they take.",
        )

    def close(self) -> None:
        self._window.close()
