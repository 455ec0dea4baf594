"""JSON Lines that ``datasets.load_dataset("json", …)`` of Hugging Face reads as they are.

It guesses the types of columns from the first ten megabytes or so: where no article there has a
statement, it fails at the first one that has. So the types stand in a file beside.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotator.formats.exchange import json_lines
from annotator.formats.exchange.datasets.rows import rows
from annotator.formats.exchange.format import Asked, Format, Losses, Outgoing

_FULL_DATE = len("2025-08-24")


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    losses = Losses()
    with to.open("wb") as file:
        for row in rows(outgoing, losses):
            file.write(json_lines.line({**row, "published": _basic(row["published"])}))
    types = json.dumps(FEATURES, indent=1)
    to.with_name(f"{to.stem}-features.json").write_text(f"{types}\n", "utf-8", newline="\n")
    return losses


def _basic(published: str) -> str:
    """20250824 for 2025-08-24, as ISO 8601 allows: the other way it is read as a moment at midnight."""
    date, t, time = published.partition("T")
    return date.replace("-", "") + t + time.replace(":", "") if len(date) == _FULL_DATE else date


def _value(dtype: str) -> Any:
    return {"dtype": dtype, "_type": "Value"}


def _list(feature: Any) -> Any:
    return {"feature": feature, "_type": "List"}


_TEXT, _NUMBER = _value("string"), _value("int64")
_SAID = {
    "attributes_json": _TEXT,
    "note": _TEXT,
    "flagged": _value("bool"),
    "made_at": _TEXT,
    "changed_at": _TEXT,
}
FEATURES: dict[str, Any] = {
    **dict.fromkeys("id title outlet author published url file copy_of".split(), _TEXT),
    **dict.fromkeys("text text_sha256 offset_unit layer analyst status".split(), _TEXT),
    "spans": _list(
        {
            "id": _TEXT,
            "label": _TEXT,
            "fragments": _list({"start": _NUMBER, "end": _NUMBER}),
            "text": _TEXT,
            **_SAID,
        }
    ),
    "statements": _list({"id": _TEXT, "members": _list({"role": _TEXT, "span": _TEXT}), **_SAID}),
}
"""The columns as ``datasets.Features.from_dict`` takes them."""


FORMAT = Format(
    name="hf-jsonl",
    title="Hugging Face-ready JSONL",
    suffixes=(".jsonl",),
    write=write,
    companions=("-features.json",),
)
