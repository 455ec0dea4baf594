"""What each figure of agreement is, in words: one source for the window, documents and reports.

``python -m`` this to print the table that the documents hold.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from annotator import paths


@dataclass(frozen=True, slots=True)
class Definition:
    """Of a measure."""

    measure: str
    family: str
    """What it is about, as a heading."""
    name: str
    says: str
    read: str
    """What to beware of."""
    source: str


@lru_cache(maxsize=1)
def definitions() -> dict[str, Definition]:
    """By measure, in the order in which they are best read."""
    path = paths.resources() / "definitions" / "agreement.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    families = told.pop("families")
    order = list(families)
    found = {
        measure: Definition(measure=measure, **{**about, "family": families[about["family"]]})
        for measure, about in told.items()
    }
    titles = [families[family] for family in order]
    return dict(sorted(found.items(), key=lambda item: titles.index(item[1].family)))


def as_table() -> str:
    """All of them as a table in Markdown."""
    lines = ["| Figure | Is called | Says |", "|---|---|---|"]
    lines += [
        f"| `{one.measure}` | {one.name} | {one.says} {one.read} ({one.source}) |"
        for one in definitions().values()
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_table())
