"""The figures of :mod:`benchmarks.scale` as a drawing: a small chart for each, all to one scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Found = dict[int, dict[str, list[float]]]
_WIDE, _HIGH = 250, 180
"""Of a chart, in pixels, without what is written around it."""
_LEFT, _ABOVE, _GAP, _BELOW = 62, 58, 76, 50
_ACROSS = 3
_INK, _MUTED, _GRID = "#20242c", "#5c6470", "#e3e6ea"
_OURS, _BARE, _WANTED = "#0040bb", "#8a929e", "#c0392b"


@dataclass(frozen=True)
class Chart:
    """One measure: its name, whose figures, those of bare sqlite3, and what is wanted at most."""

    name: str
    ours: str
    bare: str = ""
    wanted: float | None = None
    low: float = 0.01
    """Where the scale begins; it covers five powers of ten."""
    unit: str = "ms"


CHARTS = (
    Chart("Start to a usable window", "start", "start: bare", 1000, low=1),
    Chart("Open an article", "open article", "open article: bare", 50),
    Chart("One mark, key to painted", "mark, window"),
    Chart("One mark, to disk", "mark, door", "mark, door: bare"),
    Chart("Undo, key to painted", "undo, window", "", 50),
    Chart("Search, first page", "search", "search: bare", 50),
    Chart("Scroll the list, a frame", "list, wheel frame", "", 16),
    Chart("Another filter, longest pause", "filter, longest pause", "", 16),
    Chart("Most memory", "memory", "", 500, low=1, unit="MB"),
)
_POWERS = 5


def draw(found: Found, path: Path) -> None:
    """Write the drawing as SVG."""
    down = -(-len(CHARTS) // _ACROSS)
    wide = _LEFT + _ACROSS * _WIDE + (_ACROSS - 1) * _GAP + 24
    high = _ABOVE + down * _HIGH + (down - 1) * _GAP + _BELOW
    begun = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
        f' viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">'
    )
    lines = [
        begun,
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        *_legend(),
    ]
    for number, chart in enumerate(CHARTS):
        x = _LEFT + number % _ACROSS * (_WIDE + _GAP)
        y = _ABOVE + number // _ACROSS * (_HIGH + _GAP)
        lines += [f'<g transform="translate({x} {y})">', *_chart(chart, found), "</g>"]
    lines.append("</svg>")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _legend() -> Iterator[str]:
    x = float(_LEFT)
    for colour, dash, name in (
        (_OURS, "", "Annotator, median"),
        (_BARE, "5 3", "the same in bare sqlite3"),
        (_WANTED, "2 3", "wanted at most"),
    ):
        yield _line([(x, 16.0), (x + 26, 16.0)], colour, dash)
        yield _text(x + 33, 20, name, _INK)
        x += 60 + 7 * len(name)


def _chart(chart: Chart, found: Found) -> Iterator[str]:
    yield _text(0, -10, f"{chart.name}, {chart.unit}", _INK, weight="bold")
    for power in range(_POWERS + 1):
        y = _HIGH - power * _HIGH / _POWERS
        yield _line([(0, y), (_WIDE, y)], _GRID)
        yield _text(-8, y + 4, f"{chart.low * 10**power:,g}", _MUTED, anchor="end")
    sizes = sorted(found)
    for marks in sizes:
        x = _across(marks, sizes)
        yield _text(x, _HIGH + 18, _short(marks), _MUTED, anchor="middle")
    yield _text(_WIDE / 2, _HIGH + 34, "marks", _MUTED, anchor="middle")
    if chart.wanted is not None:
        y = _up(chart.wanted, chart)
        yield _line([(0, y), (_WIDE, y)], _WANTED, "2 3")
    for key, colour, dash in ((chart.bare, _BARE, "5 3"), (chart.ours, _OURS, "")):
        if key:
            points = [(_across(m, sizes), _up(found[m][key][0], chart)) for m in sizes]
            yield _line(points, colour, dash, width=2)
            yield from _dots(points, colour)
    last = found[sizes[-1]][chart.ours][0]
    y = _up(last, chart)
    wanted = _up(chart.wanted, chart) if chart.wanted is not None else y
    free = y > 24 and not y - 26 < wanted < y - 4
    said = f"{last:,.0f}" if last >= 10 else f"{last:.1f}"
    yield _text(_WIDE - 14, y - 9 if free else y + 18, said, _OURS, "end")


def _across(marks: int, sizes: Sequence[int]) -> float:
    low, high = math.log10(sizes[0]), math.log10(max(sizes[-1], sizes[0] * 10))
    return 14 + (math.log10(marks) - low) / (high - low) * (_WIDE - 28)


def _up(value: float, chart: Chart) -> float:
    power = math.log10(max(value, chart.low)) - math.log10(chart.low)
    return _HIGH - min(power, _POWERS) * _HIGH / _POWERS


def _short(marks: int) -> str:
    return f"{marks // 1000:,}k" if marks < 1_000_000 else f"{marks // 1_000_000}M"


def _line(
    points: Sequence[tuple[float, float]], colour: str, dash: str = "", width: int = 1
) -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polyline points="{places}" fill="none" stroke="{colour}"'
        f' stroke-width="{width}"{dashes}/>'
    )


def _dots(points: Sequence[tuple[float, float]], colour: str) -> Iterator[str]:
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'


def _text(
    x: float, y: float, said: str, colour: str, anchor: str = "start", weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"'
        f' font-weight="{weight}">{said}</text>'
    )
