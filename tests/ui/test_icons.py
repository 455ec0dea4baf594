"""Icons: one hand, and drawn in the colours asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.paths import resources
from annotator.ui.look.icons import app_icon, icon, icon_names
from annotator.ui.look.theme import Theme, load_theme

FILES = sorted((resources() / "icons").glob("*.svg"))
LINE_ICONS = [path for path in FILES if path.stem != "annotator"]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return load_theme("light")


def _pixels(image: QImage) -> Iterator[tuple[int, int, QColor]]:
    for y in range(image.height()):
        for x in range(image.width()):
            colour = image.pixelColor(x, y)
            if colour.alpha():
                yield x, y, colour


def _image(
    drawn: QIcon, size: int = 32, ratio: float = 1.0, mode: QIcon.Mode = QIcon.Mode.Normal
) -> QImage:
    return drawn.pixmap(QSize(size, size), ratio, mode).toImage()


def _solid(image: QImage) -> set[str]:
    return {c.name().upper() for _, _, c in _pixels(image) if c.alpha() == 255}


def _near(colour: QColor) -> set[str]:
    """A colour and its neighbours: where two strokes meet, blending rounds."""
    steps = (-1, 0, 1)
    red, green, blue = colour.red(), colour.green(), colour.blue()
    return {
        QColor(red + r, green + g, blue + b).name().upper()
        for r in steps
        for g in steps
        for b in steps
    }


@pytest.mark.parametrize("path", LINE_ICONS, ids=lambda path: path.stem)
def test_every_icon_is_drawn_by_the_same_rules(path: Path) -> None:
    svg = path.read_text(encoding="utf-8")
    opening = svg[: svg.index(">")]
    for rule in (
        'viewBox="0 0 24 24"',
        'fill="none"',
        'stroke="currentColor"',
        'stroke-width="1.75"',
        'stroke-linecap="round"',
        'stroke-linejoin="round"',
    ):
        assert rule in opening
    inside = svg[svg.index(">") :]
    assert "stroke-" not in inside
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', inside)) <= {"currentColor"}


@pytest.mark.parametrize("path", LINE_ICONS, ids=lambda path: path.stem)
def test_every_icon_shows_in_the_colour_of_its_role(theme: Theme, path: Path) -> None:
    image = _image(icon(path.stem, theme))
    spots = [(x, y) for x, y, _ in _pixels(image)]
    assert len(spots) > 30
    assert _solid(image) <= _near(theme.colour("icon"))
    assert all(0 < x < 31 and 0 < y < 31 for x, y in spots), "drawn over the edge"


def test_another_role_and_the_other_modes_have_their_own_colour(theme: Theme) -> None:
    assert _solid(_image(icon("delete", theme, "danger"))) == {theme.hex("danger")}
    disabled = _image(icon("delete", theme, "danger"), mode=QIcon.Mode.Disabled)
    assert _solid(disabled) == {theme.hex("icon_disabled")}
    selected = _image(icon("delete", theme), mode=QIcon.Mode.Selected)
    assert _solid(selected) == {theme.hex("selection_text")}


@pytest.mark.parametrize("size", [16, 20, 24, 32])
def test_an_icon_is_drawn_at_the_size_it_is_shown_in(theme: Theme, size: int) -> None:
    image = _image(icon("search", theme), size)
    assert (image.width(), image.height()) == (size, size)


def test_an_icon_is_sharp_on_a_fine_screen(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    screens = [SimpleNamespace(devicePixelRatio=lambda: 2.0)]
    monkeypatch.setattr(QGuiApplication, "screens", lambda: screens)
    for size in (16, 20, 24, 32):
        fine = icon("search", theme).pixmap(QSize(size, size), 2.0)
        assert (fine.width(), fine.devicePixelRatio()) == (2 * size, 2.0)


def test_an_icon_is_drawn_once_for_a_colour(theme: Theme) -> None:
    first = icon("link", theme).cacheKey()
    assert icon("link", theme).cacheKey() == first
    assert icon("link", load_theme("dark")).cacheKey() != first


def test_an_unknown_icon_is_named(theme: Theme) -> None:
    with pytest.raises(KeyError, match="teapot"):
        icon("teapot", theme)
    with pytest.raises(KeyError, match="annotator"):
        icon("annotator", theme)


def test_the_program_has_its_own_coloured_icon(qtbot: QtBot) -> None:
    assert "annotator" not in icon_names()
    for size in (16, 32, 256):
        image = _image(app_icon(), size)
        assert image.width() == size
        assert len(_solid(image)) > 3
