"""The example in docs/export.md, as the program writes it: ``python -m tools.export_example``.

What it says stays; how it is written is the program's. So a field that is new in the file is in
the example too, once this has run, and a test fails until it has.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from annotator import paths
from annotator.core.codebook import parse
from annotator.formats import annotator_json

PAGE = Path(__file__).resolve().parents[1] / "docs" / "export.md"
_BLOCK = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BOOK = paths.resources() / "codebooks" / "statements.toml"
_TABLES = ("kinds", "roles", "fields", "stances")
_WIDTH = 110
_STEP = "  "


def main() -> int:
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(page.replace(written(page), as_the_program_has_it(page)), encoding="utf-8")
    return 0


def written(page: str) -> str:
    """The example as it stands in a page."""
    found = _BLOCK.search(page)
    assert found is not None
    return found[1]


def as_the_program_has_it(page: str) -> str:
    """The same project as the program writes it, with of each of the codebook's tables one entry."""
    said = json.loads(written(page))
    kept = {table: list(said["codebook"][table]) for table in _TABLES}
    whole = parse(_BOOK.read_text(encoding="utf-8"), _BOOK.name).codebook
    bundle = annotator_json.decode(
        json.dumps(said | {"codebook": _plain(whole)}).encode(), PAGE.name
    )
    out = json.loads(annotator_json.encode(bundle))
    for table, keys in kept.items():
        out["codebook"][table] = {key: out["codebook"][table][key] for key in keys}
    out["codebook"]["guidelines"] = ""
    for field in out["codebook"]["fields"].values():
        field["choices"] = {}
    return f"{_laid_out(out, '')}\n"


def _plain(book: Any) -> Any:

    found = json.loads(msgspec.json.encode(book))
    return {name: found[name] for name in ("name", "guidelines", *_TABLES)}


def _laid_out(value: Any, indent: str) -> str:
    """As JSON with as much on a line as fits."""
    short = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(short) < _WIDTH or not isinstance(value, dict | list):
        return short
    inner = indent + _STEP
    if isinstance(value, list):
        parts = [_laid_out(one, inner) for one in value]
        opening, closing = "[]"
    else:
        parts = [f"{json.dumps(k)}: {_laid_out(one, inner)}" for k, one in value.items()]
        opening, closing = "{}"
    return f"{opening}\n{inner}{_filled(parts, inner)}\n{indent}{closing}"


def _filled(parts: list[str], indent: str) -> str:
    """Parts one after the other; those that are short share a line."""
    lines = [parts[0]]
    for before, part in pairwise(parts):
        together = f"{lines[-1]}, {part}"
        apart = "\n" in before or "\n" in part or len(indent) + len(together) >= _WIDTH
        if apart:
            lines[-1] += ","
            lines.append(part)
        else:
            lines[-1] = together
    return f"\n{indent}".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
