"""Themes: a colour for every role the window draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication

from annotator.paths import resources
from annotator.ui.look.roles import ThemeError, parse_theme


@dataclass(frozen=True)
class Theme:
    """The colours the window is drawn with, by role (the roles are listed in ``roles.py``)."""

    name: str
    dark: bool
    colours: Mapping[str, str] = field(repr=False, hash=False)

    def hex(self, role: str) -> str:
        """``#RRGGBB`` for a role; KeyError names a role no theme has."""
        return self.colours[role]

    def colour(self, role: str) -> QColor:
        """A new QColor for a role; KeyError names a role no theme has."""
        return QColor(self.colours[role])


def theme_folder() -> Path:
    """Where the theme files and the style sheet lie."""
    return resources() / "themes"


def theme_names() -> tuple[str, ...]:
    """The themes there are, in alphabetical order."""
    return tuple(sorted(path.stem for path in theme_folder().glob("*.toml")))


def load_theme(name: str) -> Theme:
    """Read a theme by name. ThemeError if there is no such theme or its file is wrong."""
    if name not in theme_names():
        raise ThemeError(f"no theme '{name}'; there are {', '.join(theme_names())}")
    path = theme_folder() / f"{name}.toml"
    parsed = parse_theme(path.read_text(encoding="utf-8"), path.name)
    return Theme(name, parsed.dark, parsed.colours)


def system_theme() -> Theme:
    """The theme that goes with the desktop's colour scheme; light where it states none.

    Follow later changes with ``QGuiApplication.styleHints().colorSchemeChanged``.
    """
    scheme = QGuiApplication.styleHints().colorScheme()
    return load_theme("dark" if scheme is Qt.ColorScheme.Dark else "light")
