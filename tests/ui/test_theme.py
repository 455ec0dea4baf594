"""Themes are complete, strictly read, and asked only for what they have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication

import annotator.ui
from annotator.ui.look.icons import icon_names
from annotator.ui.look.roles import ROLES, ThemeError, parse_theme
from annotator.ui.look.theme import load_theme, system_theme, theme_folder, theme_names

SOURCES = sorted(Path(next(iter(annotator.ui.__path__))).rglob("*.py"))


def _light() -> str:
    return (theme_folder() / "light.toml").read_text(encoding="utf-8")


def test_every_theme_gives_every_role_a_colour() -> None:
    assert {"light", "dark"} <= set(theme_names())
    for name in theme_names():
        theme = load_theme(name)
        assert theme.name == name
        assert theme.colours.keys() == ROLES
        assert all(theme.colour(role).isValid() for role in ROLES)


def test_a_theme_says_whether_it_is_dark() -> None:
    for name in theme_names():
        theme = load_theme(name)
        lighter = theme.colour("text").lightness() > theme.colour("paper").lightness()
        assert theme.dark == lighter


def test_a_colour_handed_out_is_the_askers_own() -> None:
    theme = load_theme("light")
    theme.colour("text").setRed(255)
    assert theme.colour("text") == QColor(theme.hex("text"))


def test_a_theme_is_asked_only_for_roles() -> None:
    with pytest.raises(KeyError, match="sparkle"):
        load_theme("light").colour("sparkle")


def test_an_unknown_theme_is_named_with_those_there_are() -> None:
    with pytest.raises(ThemeError, match=r"'sepia'.*dark, light"):
        load_theme("sepia")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('\ntext_muted = "stone_ink"', "", "role 'text_muted' is missing"),
        ('"kind.3.tint" = "green_tint"', "", "role 'kind.3.tint' is missing"),
        ("[roles]", '[roles]\nsparkle = "ink"', "unknown role 'sparkle'"),
        ('window = "linen"', 'window = "lien"', "role 'window' names colour 'lien', which is not"),
        ('window = "linen"', "window = 3", "role 'window' names colour 3, which is not"),
        ('ink = "#23211D"', 'ink = "#23211"', "colour 'ink' is '#23211', not '#RRGGBB'"),
        ('ink = "#23211D"', 'ink = "#23211d"', "colour 'ink' is '#23211d', not '#RRGGBB'"),
        ("[colours]", '[colours]\nspare = "#000000"', "colour 'spare' is used by no role"),
        ("dark = false", "", "'dark' is missing"),
        ("dark = false", 'dark = "no"', "'dark' must be a true or false"),
        ("dark = false", "dark = false\nfont = 3", "unknown entry 'font'"),
        ("dark = false", "dark = false\nroles = 3", "mine.toml: "),
    ],
)
def test_a_wrong_theme_is_refused_with_file_and_place(old: str, new: str, told: str) -> None:
    assert old in _light()
    with pytest.raises(ThemeError) as refused:
        parse_theme(_light().replace(old, new, 1), "mine.toml")
    assert str(refused.value).startswith("mine.toml: ")
    assert told in str(refused.value)


def test_everything_wrong_is_told_at_once() -> None:
    text = _light().replace('gold = "brass"\n', "").replace("[roles]", '[roles]\nsparkle = "ink"')
    with pytest.raises(ThemeError, match=r"'gold' is missing; unknown role 'sparkle'; .*'brass'"):
        parse_theme(text, "mine.toml")


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        (Qt.ColorScheme.Dark, "dark"),
        (Qt.ColorScheme.Light, "light"),
        (Qt.ColorScheme.Unknown, "light"),
    ],
)
def test_the_system_theme_follows_the_desktop(
    scheme: Qt.ColorScheme, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = SimpleNamespace(colorScheme=lambda: scheme)
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    assert system_theme().name == name


def _calls(function: str) -> Iterator[tuple[Path, ast.Call]]:
    """Where the desktop's code calls a function or method of this name with something."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) == function:
                yield path, node


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _asks_a_theme(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    return _name(call.func.value).lstrip("_") in {"theme", "colours"}


def _matches(node: ast.expr, known: frozenset[str]) -> bool:
    """Whether a literal is known; of an f-string, whether anything known fits its fixed parts."""
    if isinstance(node, ast.Constant):
        return node.value in known
    if isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in node.values
        ]
        return any(re.fullmatch("".join(parts), name) for name in known)
    return True


def _unknown(calls: Iterator[tuple[Path, ast.Call]], known: frozenset[str]) -> list[str]:
    return [
        f"{path.name}:{call.lineno}: {ast.unparse(call)}"
        for path, call in calls
        if not _matches(call.args[0], known)
    ]


def test_the_code_asks_only_for_roles_there_are() -> None:
    asked = [
        (path, call)
        for function in ("colour", "hex")
        for path, call in _calls(function)
        if _asks_a_theme(call)
    ]
    assert asked
    assert not _unknown(iter(asked), ROLES)


def test_the_code_asks_only_for_icons_there_are() -> None:
    assert not _unknown(_calls("icon"), icon_names())


def test_a_question_for_something_unknown_would_be_found() -> None:
    source = ast.parse(
        'theme.colour("sparkle"); theme.colour(f"{kind}.glow"); theme.colour("text")'
    )
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call)]
    found = _unknown(iter((Path("x.py"), call) for call in calls), ROLES)
    assert len(found) == 2
