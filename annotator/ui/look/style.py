"""The look of the program: Fusion, a palette and a style sheet made from a theme.

Widgets that are more than their class have a *look*: ``set_look(frame, "card")``. Looks are
given their shape in ``resources/themes/window.qss``; the other rules there go by class.
"""

from __future__ import annotations

from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from annotator.ui.look.roles import KIND_COLOURS
from annotator.ui.look.theme import Theme, theme_folder

LOOKS = frozenset(
    {
        "panel",  # QWidget: a side of the window
        "paper",  # QTextEdit, QFrame: what is read
        "card",  # QFrame: one thing among several
        "card-at-hand",  # QFrame: the one being worked on
        "card-at-hand-ring",  # QFrame: the same while keys act on it
        "cards",  # QListView: a list that draws its own cards, without a frame
        "tour",  # QFrame: a strip that teaches
        "notice",  # QFrame: something to know before going on
        "title",  # QLabel: the name of what follows
        "figure",  # QLabel: the number one looks for
        "muted",  # QLabel: what is read second
        "missing",  # QLabel: what is still missing
        "danger",  # QLabel, QPushButton: what cannot be taken back, what went wrong
        "warning",  # QLabel
        "success",  # QLabel
        "chip",  # QLabel: a word in a box
        "key",  # QLabel: a key to press
        "primary",  # QPushButton: what one most likely wants
        "choice",  # QPushButton: says what is chosen in its menu, as a field does
        "quiet",  # QPushButton: no box until the pointer is on it
        "search",  # QLineEdit: the one above a list
        *KIND_COLOURS,  # QLabel: a chip in the colour of a kind
    }
)

_PALETTE = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "input",
    QPalette.ColorRole.AlternateBase: "row_alternate",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text_muted",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "button_text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.ToolTipBase: "tooltip",
    QPalette.ColorRole.ToolTipText: "tooltip_text",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "selection_text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "card",
    QPalette.ColorRole.Midlight: "panel",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Shadow: "input_border",
}

_DISABLED_PALETTE = {
    QPalette.ColorRole.WindowText: "text_disabled",
    QPalette.ColorRole.Text: "text_disabled",
    QPalette.ColorRole.ButtonText: "text_disabled",
    QPalette.ColorRole.PlaceholderText: "text_disabled",
    QPalette.ColorRole.HighlightedText: "text_disabled",
    QPalette.ColorRole.Link: "text_disabled",
    QPalette.ColorRole.LinkVisited: "text_disabled",
    QPalette.ColorRole.Accent: "border_strong",
    QPalette.ColorRole.Highlight: "border",
}


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole program the theme; call it again to change to another."""
    colours = palette(theme)
    app.setStyle("Fusion")
    app.setPalette(colours)
    QToolTip.setPalette(colours)
    app.setStyleSheet(style_sheet(theme))


def palette(theme: Theme) -> QPalette:
    """Every colour Qt's own drawing uses. A window at the back looks like one in front."""
    made = QPalette()
    for place, role in _PALETTE.items():
        made.setColor(place, theme.colour(role))
    for place, role in _DISABLED_PALETTE.items():
        made.setColor(QPalette.ColorGroup.Disabled, place, theme.colour(role))
    return made


def style_sheet(theme: Theme) -> str:
    """``window.qss`` with the theme's colours in it, and one chip for each kind colour."""
    sheet = Template((theme_folder() / "window.qss").read_text(encoding="utf-8"))
    filled = sheet.substitute(
        {role: colour for role, colour in theme.colours.items() if "." not in role},
        themes=theme_folder().as_posix(),
        shade="dark" if theme.dark else "light",
    )
    return filled + "".join(_kind_chip(theme, kind) for kind in KIND_COLOURS)


def set_look(widget: QWidget, look: str | None) -> None:
    """Give a widget one of ``LOOKS``; None takes it off. ValueError for any other."""
    if look is not None and look not in LOOKS:
        raise ValueError(f"no look '{look}'")
    if widget.property("look") == look:
        return
    widget.setProperty("look", look)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    # Qt reads properties only when it polishes a widget; it is to do so again.
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _kind_chip(theme: Theme, kind: str) -> str:
    return (
        f'QLabel[look="{kind}"] {{ background: {theme.hex(f"{kind}.chip")};'
        f" color: {theme.hex(f'{kind}.chip_text')};"
        " border-radius: 4px; padding: 1px 6px; font-weight: 600; }\n"
    )
