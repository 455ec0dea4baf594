"""``docs/formats.md`` says what is there: every format, what survives, a plug-in that works."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator.core.errors import BadInput
from annotator.core.foreign.labels import LabelMapping
from annotator.formats.exchange.catalogue import OURS, Catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from tests.formats.bundles import small_bundle

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "formats.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
ROWS = {
    found[1]: [cell.strip() for cell in found[2].split("|")]
    for found in re.finditer(r"^\| `([\w-]+)` \|(.+)\|$", TEXT, re.MULTILINE)
}
LOSSES = (
    "the outlet of articles is left out",
    "notes are left out",
    "questions to the reviewer are left out",
    "whether analysts are done with an article is left out",
    "when and by whom marks and statements were made is left out",
)


def block(language: str, having: str) -> str:
    blocks: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return next(found for found in blocks if having in found)


def test_every_format_has_its_row() -> None:
    assert list(ROWS) == [format.name for format in OURS]
    for format in OURS:
        ways = [way for way, can in (("in", format.read), ("out", format.write)) if can]
        assert ROWS[format.name][0] == ", ".join(ways)


@pytest.mark.parametrize("format", OURS, ids=lambda f: f.name)
def test_what_survives(format: Format, tmp_path: Path) -> None:
    cells = ROWS[format.name][1:6]
    if not any(cells):
        return
    to = tmp_path / f"small{'' if format.folder else format.suffixes[0]}"
    try:
        with written(format, Outgoing.of(small_bundle()), to) as waiting:
            lost = {loss.what for loss in waiting.losses}
    except BadInput as error:
        if "pip install" not in str(error):
            raise
        pytest.skip(str(error))
    assert cells == ["–" if what in lost else "✓" for what in LOSSES]


def test_the_mapping_is_one() -> None:
    assert (
        msgspec.convert(tomllib.loads(block("toml", "[kinds]")), LabelMapping).kinds["Junk"] == ""
    )


def test_the_plug_in_works(tmp_path: Path) -> None:
    names: dict[str, Any] = {}
    exec(block("python", "Shouted"), names)
    plug_in: Format = names["FORMAT"]
    path = tmp_path / "a.shout"
    path.write_text("Talks NOW or never.\n", encoding="utf-8")
    assert Catalogue([plug_in]).of(path) is plug_in
    assert plug_in.read is not None
    found = plug_in.read(path, plug_in.asked())
    assert [m.quote for m in found.bundle.articles[0].marks] == ["NOW"]
    with written(plug_in, Outgoing.of(small_bundle()), tmp_path / "b.shout") as waiting:
        assert [str(loss) for loss in waiting.losses] == [
            "statements are left out (2 times), first in talks.txt"
        ]
