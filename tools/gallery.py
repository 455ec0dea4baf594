"""The page that shows every picture of the documents: ``docs/gallery.md``."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
PAGE = ROOT / "docs" / "gallery.md"

_HEAD = """# Gallery

Every picture that `make pictures` draws, by the real program worked with key presses.
"""


def page(names: list[str]) -> str:
    """The page for pictures of these names, grouped by what stands before the first dash."""
    parts = [_HEAD]
    for subject, group in groupby(sorted(names), lambda name: name.split("-")[0]):
        links = " · ".join(f"[{_said(name, subject)}](pictures/{name}.png)" for name in group)
        parts.append(f"**{subject.capitalize()}**: {links}\n")
    return "\n".join(parts)


def _said(name: str, subject: str) -> str:
    return name.removeprefix(subject).strip("-").replace("-", " ") or "as it is"


def main() -> int:
    """Write the page anew."""
    PAGE.write_text(page([path.stem for path in FOLDER.glob("*.png")]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
