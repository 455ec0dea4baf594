"""The theme reaches what Qt draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Template

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QListWidget,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.ui.look.roles import KIND_COLOURS, ROLES
from annotator.ui.look.style import LOOKS, apply, palette, set_look, style_sheet
from annotator.ui.look.theme import Theme, load_theme, theme_folder, theme_names

SHEET = (theme_folder() / "window.qss").read_text(encoding="utf-8")


@pytest.fixture(params=theme_names())
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(str(request.param))


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, left as it was found."""
    before = qapp.palette()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(before)


def _middle(widget: QWidget) -> str:
    """The colour beside a widget's middle, where no text is."""
    image = widget.grab().toImage()
    return image.pixelColor(QPoint(image.width() // 2, image.height() - 6)).name().upper()


def _frame(qtbot: QtBot, look: str) -> QFrame:
    frame = QFrame()
    qtbot.addWidget(frame)
    frame.resize(80, 40)
    set_look(frame, look)
    return frame


def test_the_palette_is_complete(app: QApplication, theme: Theme) -> None:
    made = palette(theme)
    known = {QColor(colour).name() for colour in theme.colours.values()}
    special = {QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles}
    for place in set(QPalette.ColorRole) - special:
        for group in (
            QPalette.ColorGroup.Active,
            QPalette.ColorGroup.Inactive,
            QPalette.ColorGroup.Disabled,
        ):
            assert made.isBrushSet(group, place), (group, place)
            assert made.color(group, place).name() in known


def test_the_style_sheet_asks_only_for_roles_there_are() -> None:
    asked = set(Template(SHEET).get_identifiers()) - {"themes", "shade"}
    assert asked <= ROLES


def test_the_style_sheet_has_a_rule_for_every_look_and_no_other() -> None:
    ruled = set(re.findall(r'look="([^"]+)"', style_sheet(load_theme("light"))))
    assert ruled == LOOKS
    assert set(KIND_COLOURS) <= LOOKS


def test_the_pictures_in_the_style_sheet_are_there(theme: Theme) -> None:
    pictures = set(re.findall(r'url\("([^"]+)"\)', style_sheet(theme)))
    assert pictures
    for picture in pictures:
        assert theme_folder().as_posix() in picture
        assert (theme_folder() / picture.rpartition("/")[2]).is_file()


def test_the_theme_colours_the_window(app: QApplication, theme: Theme, qtbot: QtBot) -> None:
    apply(app, theme)
    assert app.palette().color(QPalette.ColorRole.Window) == theme.colour("window")
    assert _middle(_frame(qtbot, "card")) == theme.hex("card")
    button = QPushButton("Accept")
    qtbot.addWidget(button)
    set_look(button, "primary")
    assert _middle(button) == theme.hex("accent")


def test_another_theme_recolours_what_is_open(app: QApplication, qtbot: QtBot) -> None:
    light, dark = load_theme("light"), load_theme("dark")
    apply(app, light)
    card = _frame(qtbot, "card")
    assert _middle(card) == light.hex("card")
    apply(app, dark)
    assert _middle(card) == dark.hex("card")


def test_a_look_can_be_changed_and_taken_off(app: QApplication, qtbot: QtBot) -> None:
    theme = load_theme("light")
    apply(app, theme)
    card = _frame(qtbot, "card")
    assert _middle(card) == theme.hex("card")
    set_look(card, "card-at-hand")
    assert _middle(card) == theme.hex("card_at_hand")
    set_look(card, None)
    assert _middle(card) == theme.hex("window")


def test_a_look_changes_words_that_are_already_shown(app: QApplication, qtbot: QtBot) -> None:
    theme = load_theme("light")
    apply(app, theme)
    label = QLabel("no stance")
    qtbot.addWidget(label)
    label.show()
    set_look(label, "missing")
    assert label.palette().color(label.foregroundRole()) == theme.colour("missing")
    set_look(label, "title")
    assert label.palette().color(label.foregroundRole()) == theme.colour("heading")
    assert label.font().weight() == 600
    set_look(label, None)
    assert label.palette().color(label.foregroundRole()) == theme.colour("text")
    assert label.font().weight() < 600


@pytest.mark.parametrize("kind", KIND_COLOURS)
def test_a_chip_has_the_colour_of_its_kind(app: QApplication, qtbot: QtBot, kind: str) -> None:
    theme = load_theme("light")
    apply(app, theme)
    chip = QLabel("          ")
    qtbot.addWidget(chip)
    set_look(chip, kind)
    assert _middle(chip) == theme.hex(f"{kind}.chip")


def test_an_unknown_look_is_named(app: QApplication, qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="sparkle"):
        _frame(qtbot, "sparkle")


def test_focus_shows_a_ring_and_moves_nothing(app: QApplication, qtbot: QtBot) -> None:
    theme = load_theme("light")
    apply(app, theme)
    button = QPushButton("Correct")
    qtbot.addWidget(button)
    button.show()
    size = button.sizeHint()
    assert theme.hex("focus_ring") not in _edge(button)
    qtbot.waitExposed(button)
    button.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert theme.hex("focus_ring") in _edge(button)
    assert button.sizeHint() == size


def _edge(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    across = image.height() // 2
    return {image.pixelColor(x, across).name().upper() for x in range(3)}


def test_rows_keep_their_padding_when_laid_out_before_they_are_shown(
    app: QApplication, qtbot: QtBot
) -> None:
    apply(app, load_theme("light"))
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.addItems(["one", "two", "three"])
    assert rows.visualItemRect(rows.item(1)).isValid()  # lays the rows out
    rows.show()
    first, second = (rows.visualItemRect(rows.item(row)) for row in (0, 1))
    assert second.top() == first.bottom() + 1
    assert first.height() >= rows.fontMetrics().height() + 10

    tree = QTreeWidget()
    qtbot.addWidget(tree)
    issue = QTreeWidgetItem(tree, ["security"])
    QTreeWidgetItem(issue, ["guarantees"])
    issue.setExpanded(True)
    assert tree.visualItemRect(issue).isValid()
    tree.show()
    assert tree.visualItemRect(issue).height() >= tree.fontMetrics().height() + 8
