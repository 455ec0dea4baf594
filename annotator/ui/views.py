"""What the commands of the window do: where the keyboard is, how things look, help."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator import __version__
from annotator.ui.article.geometry.measures import Reading
from annotator.ui.frame import Frame
from annotator.ui.keys import make_keys_file
from annotator.ui.look.plain import PlainBox

_THEMES = ("system", "light", "dark")
_USUAL_ZOOM = 100


class Views:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def close_window(self) -> None:
        self._frame.close()

    def undo(self) -> None:
        self._frame.desk.undo()

    def redo(self) -> None:
        self._frame.desk.redo()

    def go_to(self, pane: str) -> None:
        if pane == "panel":
            self._frame.panel.focus_here()
        elif pane == "text":
            self._frame.to_text()
        else:
            self._frame.show_articles()
            self._frame.panes()[pane].setFocus()

    def next_pane(self) -> None:
        """The pane after the one with the focus, from the last to the first."""
        panes = {name: pane for name, pane in self._frame.panes().items() if pane.isVisible()}
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
        self._frame.articles.walk(step)

    def zoom(self, step: int) -> None:
        view = self._frame.pane.view
        view.set_zoom(view.zoom + step if step else _USUAL_ZOOM)
        self._frame.make_room()
        self._frame.settings.zoom = view.zoom
        self._frame.say(f"Text at {view.zoom} %")

    def line_length(self, step: int) -> None:
        """Lines longer or shorter by so many characters; 0 sets length and space as usual."""
        now = self._frame.pane.view.reading
        self._read(replace(now, characters=now.characters + step) if step else Reading())

    def line_space(self, step: int) -> None:
        """Lines further apart or nearer by so many percent."""
        now = self._frame.pane.view.reading
        self._read(replace(now, spacing=now.spacing + step))

    def _read(self, reading: Reading) -> None:
        view = self._frame.pane.view
        view.set_reading(reading)
        now = self._frame.settings.reading = view.reading
        self._frame.say(f"Lines of {now.characters} characters, spaced at {now.spacing} %")

    def focus_mode(self) -> None:
        self._frame.set_focus_mode(not self._frame.focus_mode)

    def next_theme(self) -> None:
        """The theme after the one in use."""
        now = self._frame.settings.theme
        place = _THEMES.index(now) if now in _THEMES else 0
        self.use_theme(_THEMES[(place + 1) % len(_THEMES)])

    def use_theme(self, name: str) -> None:
        """``light``, ``dark``, or ``system`` for whichever of them the system has."""
        self._frame.settings.theme = name
        self._frame.show_theme()
        self._frame.say(f"Theme: {'as the system' if name == 'system' else name}")

    def keys_file(self) -> None:
        """Open the keys file in the user's editor; it is read when a window opens."""
        path = make_keys_file()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self._frame.say(f"Keys are read from {path} when a window opens.")

    def about(self) -> None:
        PlainBox(
            f"Annotator {__version__}",
            self._frame,
            more="Who says what, and which side they take.",
            icon=QMessageBox.Icon.Information,
        ).exec()
