"""The style and the script of a page, which nothing of a project gets into."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator import paths
from annotator.core.codebook import Codebook, Kind

_PATTERNS = ("solid", "dashed", "dotted", "dash-dot", "hairline")
_ROLES = (
    *("window", "paper", "text", "text_muted", "headline", "heading", "accent", "focus_ring"),
    *("border", "border_strong", "input", "input_border", "card", "card_border"),
    *("card_at_hand", "card_at_hand_border", "search_hit", "search_hit_current"),
    *("stance_for", "stance_between", "stance_against"),
)
_KINDS = 8
_USUAL = _KINDS
"""The colour of a kind that no theme has."""


def classes(book: Codebook, kind: str, lane: int) -> str:
    """How a mark of a kind is drawn, from the codebook's words for it that a page knows."""
    found = book.kinds.get(kind)
    number = list(book.kinds).index(kind) if found else len(book.kinds)
    pattern = found.pattern if found and found.pattern in _PATTERNS else "solid"
    return f"k{number} {pattern} lane{lane}"


def style(book: Codebook) -> str:
    """The whole style sheet: the colours of both themes, the kinds, and the page's own rules."""
    light, dark = _theme("light"), _theme("dark")
    rules = [
        ":root { color-scheme: light dark; }",
        _variables(light),
        f"@media screen and (prefers-color-scheme: dark) {{ {_variables(dark)} }}",
        (_page() / "page.css").read_text(encoding="utf-8"),
        *(rule for n, kind in enumerate(book.kinds.values()) for rule in _kind(n, kind)),
    ]
    return "\n".join(rules)


def script() -> str:
    return (_page() / "page.js").read_text(encoding="utf-8")


def policy(style: str, script: str) -> str:
    """What the page may do: run these two, and nothing else; fetch nothing."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)};"
        " base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _page() -> Path:
    return paths.resources() / "page"


def _theme(name: str) -> dict[str, str]:
    path = paths.resources() / "themes" / f"{name}.toml"
    theme = tomllib.loads(path.read_text(encoding="utf-8"))
    return {role: theme["colours"][colour] for role, colour in theme["roles"].items()}


def _variables(theme: dict[str, str]) -> str:
    found = [(role, theme[role]) for role in _ROLES]
    for number in range(1, _KINDS + 1):
        found += [(f"line{number}", theme[f"kind.{number}"])]
        found += [(f"tint{number}", theme[f"kind.{number}.tint"])]
    return f":root {{ {' '.join(_declarations(found))} }}"


def _declarations(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"--{name}: {colour};" for name, colour in found)


def _kind(number: int, kind: Kind) -> Iterator[str]:
    known = {f"kind.{n}": n for n in range(1, _KINDS + 1)}
    colour = known.get(kind.colour, _USUAL)
    width = min(max(kind.width, 1), 4)
    tint = f" --tint: var(--tint{colour});" if kind.tint else ""
    yield f".k{number} {{ --line: var(--line{colour}); --width: {width}px;{tint} }}"
    yield f".without-k{number} mark.k{number} {{ background: none; }}"
