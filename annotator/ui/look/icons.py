"""Line icons in the theme's colours."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.paths import resources
from annotator.ui.look.theme import Theme

_SIZES = (16, 20, 24, 32)
_APP_SIZES = (16, 24, 32, 48, 64, 128, 256)
_APP_ICON = "annotator"


@functools.cache
def icon_names() -> frozenset[str]:
    """The line icons there are; the program's own coloured icon is not among them."""
    files = (resources() / "icons").glob("*.svg")
    return frozenset(path.stem for path in files) - {_APP_ICON}


def icon(name: str, theme: Theme, role: str = "icon") -> QIcon:
    """An icon drawn in the colour of ``role``, paler when disabled. KeyError for an unknown name.

    Sharp at 16, 20, 24 and 32 px on every screen there is now; scaled at other sizes.
    """
    if name not in icon_names():
        raise KeyError(f"no icon '{name}'")
    return _line_icon(
        name,
        theme.hex(role),
        theme.hex("icon_disabled"),
        theme.hex("selection_text"),
        _pixel_sizes(),
    )


def app_icon() -> QIcon:
    """The program's own icon, for windows and the task bar."""
    drawn = QIcon()
    picture = QSvgRenderer(QByteArray(_svg(_APP_ICON)))
    for size in _APP_SIZES:
        drawn.addPixmap(_pixmap(picture, size))
    return drawn


@functools.lru_cache(maxsize=512)
def _line_icon(
    name: str, normal: str, disabled: str, selected: str, sizes: tuple[int, ...]
) -> QIcon:
    drawn = QIcon()
    for mode, colour in (
        (QIcon.Mode.Normal, normal),
        (QIcon.Mode.Disabled, disabled),
        (QIcon.Mode.Selected, selected),
    ):
        svg = _svg(name).replace(b"currentColor", colour.encode())
        picture = QSvgRenderer(QByteArray(svg))
        for size in sizes:
            drawn.addPixmap(_pixmap(picture, size), mode)
    return drawn


def _pixel_sizes() -> tuple[int, ...]:
    """What ``_SIZES`` come to on the screens there are."""
    ratios = {1.0} | {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return tuple(sorted({round(size * ratio) for size in _SIZES for ratio in ratios}))


@functools.cache
def _svg(name: str) -> bytes:
    return (resources() / "icons" / f"{name}.svg").read_bytes()


def _pixmap(picture: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    try:
        picture.render(painter, QRectF(0, 0, size, size))
    finally:
        painter.end()
    return pixmap
