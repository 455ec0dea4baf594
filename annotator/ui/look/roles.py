"""What a theme file says: the roles every theme gives a colour, and the strict reader of one file.

Plain Python without Qt, so that files can be checked where no Qt is installed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

KIND_COLOURS = tuple(f"kind.{number}" for number in range(1, 9))
"""The line colours a codebook can give its kinds; each also has ``.tint``, ``.chip``, ``.chip_text``."""

KIND_PARTS = ("", ".tint", ".chip", ".chip_text")

_WINDOW_ROLES = (
    # surfaces
    "window panel paper card card_at_hand chip input button tooltip overview "
    # text on them; text_faint and text_disabled are too pale to be read by everyone
    "text text_muted text_faint text_disabled headline heading caption dateline "
    "button_text accent_text chip_text selection_text tooltip_text "
    # lines
    "border border_strong card_border card_at_hand_border button_border input_border "
    "overview_border focus_ring icon icon_disabled gold "
    # states
    "accent accent_hover accent_pressed button_hover button_pressed row_hover row_alternate "
    "selection search_hit search_hit_current overview_view "
    "scrollbar_thumb scrollbar_thumb_hover "
    # what the program has to say
    "missing missing_background danger danger_background warning warning_background "
    "success success_background stance_against stance_between stance_for"
)

ROLES = frozenset(_WINDOW_ROLES.split()) | {
    colour + part for colour in KIND_COLOURS for part in KIND_PARTS
}
"""Every role the program may ask a theme for."""

_HEX = re.compile(r"#[0-9A-F]{6}")


class ThemeError(ValueError):
    """A theme file cannot be used; the message names the file and everything wrong with it."""


@dataclass(frozen=True)
class ThemeFile:
    """One theme as its file states it: ``#RRGGBB`` by role."""

    dark: bool
    colours: Mapping[str, str]


def parse_theme(text: str, file: str) -> ThemeFile:
    """Read a theme. ``file`` is only named in messages.

    Raises ThemeError, listing all problems at once, unless exactly ``ROLES`` are given, each by
    the name of a colour that is defined, and every colour is ``#RRGGBB`` and used.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ThemeError(f"{file}: {error}") from error
    problems = _shape_problems(data)
    if not problems:
        problems = [*_colour_problems(data["colours"]), *_role_problems(data)]
    if problems:
        raise ThemeError(f"{file}: {'; '.join(problems)}")
    named = data["colours"]
    return ThemeFile(data["dark"], {role: named[name] for role, name in data["roles"].items()})


def _shape_problems(data: Mapping[str, object]) -> list[str]:
    expected: dict[str, type] = {"dark": bool, "colours": dict, "roles": dict}
    problems = [f"unknown entry '{key}'" for key in data if key not in expected]
    for key, kind in expected.items():
        if key not in data:
            problems.append(f"'{key}' is missing")
        elif not isinstance(data[key], kind):
            problems.append(f"'{key}' must be a {'table' if kind is dict else 'true or false'}")
    return problems


def _colour_problems(colours: Mapping[str, object]) -> list[str]:
    return [
        f"colour '{name}' is {value!r}, not '#RRGGBB' in capitals"
        for name, value in colours.items()
        if not (isinstance(value, str) and _HEX.fullmatch(value))
    ]


def _role_problems(data: Mapping[str, Mapping[str, object]]) -> list[str]:
    colours, roles = data["colours"], data["roles"]
    problems = [f"role '{role}' is missing" for role in sorted(ROLES - roles.keys())]
    problems += [f"unknown role '{role}'" for role in roles if role not in ROLES]
    problems += [
        f"role '{role}' names colour {name!r}, which is not defined"
        for role, name in roles.items()
        if not (isinstance(name, str) and name in colours)
    ]
    used = {name for name in roles.values() if isinstance(name, str)}
    problems += [f"colour '{name}' is used by no role" for name in colours if name not in used]
    return problems
