"""What is written can be read, and kinds can be told apart by every kind of colour vision.

Contrast is WCAG 2.1's (4.5 for text, 3 for lines and edges). Colour vision is simulated with the
matrices of Machado, Oliveira and Fernandes (2009), severity 1.0, in linear RGB; distance is
CIE76 in Lab under D65.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import pytest

from annotator.ui.look.roles import KIND_COLOURS, ROLES
from annotator.ui.look.theme import Theme, load_theme, theme_names

Triple = tuple[float, float, float]

TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
VISION = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

TINTS = tuple(f"{kind}.tint" for kind in KIND_COLOURS)
PAGE = ("paper",)
ROOM = ("window", "panel", "paper", "card", "card_at_hand", "input")
ROWS = ("row_hover", "row_alternate")
NOTICES = ("missing", "danger", "warning", "success")

# What is written in which role, and on which surfaces it is drawn.
TEXT_ON: dict[str, tuple[str, ...]] = {
    "text": (*ROOM, *ROWS, *PAGE, *TINTS, "search_hit", "search_hit_current", "overview"),
    "text_muted": (*ROOM, *ROWS, *PAGE),
    "headline": (*PAGE, *TINTS, "search_hit", "search_hit_current"),
    "heading": (*ROOM, *PAGE, *TINTS, "search_hit", "search_hit_current"),
    "caption": (*PAGE, *TINTS, "search_hit", "search_hit_current"),
    "dateline": (*PAGE, *TINTS, "search_hit", "search_hit_current"),
    "button_text": ("button", "button_hover", "button_pressed", *ROOM),
    "accent": ("window", "panel", "paper", "card", "card_at_hand", "input"),
    "accent_text": ("accent", "accent_hover", "accent_pressed"),
    "chip_text": ("chip",),
    "selection_text": ("selection",),
    "tooltip_text": ("tooltip",),
    "gold": ("panel", "paper", "card", "card_at_hand"),
    **dict.fromkeys(NOTICES, ("window", "panel", "paper", "card", "card_at_hand")),
    **{f"{kind}.chip_text": (f"{kind}.chip",) for kind in KIND_COLOURS},
}
ON_OWN_BACKGROUND = {role: f"{role}_background" for role in NOTICES}

# Lines and edges that say something, and what they are drawn on.
LINE_ON: dict[str, tuple[str, ...]] = {
    "focus_ring": ROOM,
    "icon": (*ROOM, "button", "button_hover", "button_pressed", "selection"),
    "input_border": ("input", "window", "panel", "card"),
    "card_at_hand_border": ("card_at_hand", "panel", "window"),
    "stance_against": ("paper", "card", "panel"),
    "stance_between": ("paper", "card", "panel"),
    "stance_for": ("paper", "card", "panel"),
    **dict.fromkeys(KIND_COLOURS, (*PAGE, "overview")),
}

# Drawn under, around or instead of something that can be seen without them.
DECORATION = {
    "text_faint",
    "text_disabled",
    "icon_disabled",
    "border",
    "border_strong",
    "card_border",
    "button_border",
    "overview_border",
    "overview_view",
    "scrollbar_thumb",
    "scrollbar_thumb_hover",
}


@pytest.fixture(params=theme_names())
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(str(request.param))


def _linear(colour: str) -> Triple:
    red, green, blue = (_linear_part(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def _linear_part(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else math.pow((value + 0.055) / 1.055, 2.4)


def _times(matrix: tuple[Triple, ...], vector: Triple) -> Triple:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def contrast(one: str, other: str) -> float:
    """WCAG contrast, 1 to 21."""
    dark, light = sorted(_times(TO_XYZ, _linear(colour))[1] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _lab(colour: str, vision: str) -> Triple:
    seen = _times(VISION[vision], _linear(colour))
    clipped = tuple(min(max(part, 0.0), 1.0) for part in seen)
    white = _times(TO_XYZ, (1.0, 1.0, 1.0))
    found = _times(TO_XYZ, (clipped[0], clipped[1], clipped[2]))
    x, y, z = (_lab_part(part / full) for part, full in zip(found, white, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _lab_part(value: float) -> float:
    edge = 6 / 29
    return math.cbrt(value) if value > edge**3 else value / (3 * edge**2) + 4 / 29


def distance(one: str, other: str, vision: str = "normal") -> float:
    """CIE76 distance as seen with the given vision."""
    return math.dist(_lab(one, vision), _lab(other, vision))


def _too_weak(theme: Theme, drawn: Mapping[str, tuple[str, ...]], least: float) -> list[str]:
    return [
        f"{role} on {surface}: {ratio:.2f}"
        for role, surfaces in drawn.items()
        for surface in surfaces
        if (ratio := contrast(theme.hex(role), theme.hex(surface))) < least
    ]


def test_the_measures_agree_with_published_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert _lab("#FF0000", "normal") == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    assert distance("#FFFFFF", "#000000") == pytest.approx(100)
    for vision in VISION:
        assert distance("#808080", "#FFFFFF", vision) == pytest.approx(46.41, abs=0.05)


def test_red_and_green_meet_only_for_those_who_confuse_them() -> None:
    assert distance("#B08000", "#7C9A00") > 30
    assert distance("#B08000", "#7C9A00", "deutan") < 15


def test_text_can_be_read_on_every_surface_it_is_drawn_on(theme: Theme) -> None:
    assert not _too_weak(theme, TEXT_ON, 4.5)
    on_own = {role: (background,) for role, background in ON_OWN_BACKGROUND.items()}
    assert not _too_weak(theme, on_own, 4.5)


def test_lines_and_edges_can_be_seen(theme: Theme) -> None:
    assert not _too_weak(theme, LINE_ON, 3.0)


def test_every_role_is_measured_or_decoration() -> None:
    drawn = {**TEXT_ON, **LINE_ON}
    surfaces = {surface for each in drawn.values() for surface in each}
    measured = drawn.keys() | surfaces | set(ON_OWN_BACKGROUND.values())
    assert measured | DECORATION == ROLES
    assert not measured & DECORATION


@pytest.mark.parametrize("vision", VISION)
def test_kinds_can_be_told_apart(theme: Theme, vision: str) -> None:
    kinds = [theme.hex(kind) for kind in KIND_COLOURS]
    nearest = min(distance(a, b, vision) for a, b in itertools.combinations(kinds[:6], 2))
    assert nearest >= 24.5
    nearest = min(distance(a, b, vision) for a, b in itertools.combinations(kinds, 2))
    assert nearest >= 20


@pytest.mark.parametrize("vision", VISION)
def test_stances_can_be_told_apart(theme: Theme, vision: str) -> None:
    stances = [theme.hex(f"stance_{end}") for end in ("against", "between", "for")]
    assert min(distance(a, b, vision) for a, b in itertools.combinations(stances, 2)) >= 20


def test_tints_differ_from_the_page_and_from_what_is_selected(theme: Theme) -> None:
    for tint in TINTS:
        assert distance(theme.hex(tint), theme.hex("paper")) > 5
        assert distance(theme.hex(tint), theme.hex("selection")) > 5
