"""What the package index itself says of pinned releases, where no list of weaknesses answers.

A package's page in the index tells of the weaknesses of its newest release, so a pin that is the
newest release can be looked up there. Mirrors have these pages and nothing else of the kind. Of
older releases the page says nothing, and neither do we.
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pip._internal.models.index import PyPI

_SECONDS = 20.0
"""How long one page is waited for."""
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


@dataclass(slots=True)
class Looked:
    """What came of looking up some pins."""

    sound: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    """With what is known of each."""
    older: list[str] = field(default_factory=list)
    """Not the newest release, which could not be looked up; with the newest."""


def look_up(pins: Path, page: Callable[[str], Any] | None = None) -> Looked:
    """Look up every ``name==version`` of a file; :class:`OSError` where a page cannot be had."""
    done, page = Looked(), page or _page
    for name, version in sorted(set(_PIN.findall(pins.read_text(encoding="utf-8")))):
        found = page(name)
        newest = found["info"]["version"]
        known = [one for one in found["vulnerabilities"] if not one.get("withdrawn")]
        if newest != version:
            done.older.append(f"{name} {version} (newest: {newest})")
        elif known:
            done.weak.append(f"{name} {version}: {', '.join(one['id'] for one in known)}")
        else:
            done.sound.append(f"{name} {version}")
    return done


def _page(name: str) -> Any:
    with urllib.request.urlopen(f"{PyPI.pypi_url}/{name}/json", timeout=_SECONDS) as answer:
        return json.load(answer)
