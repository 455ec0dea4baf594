"""JSON Lines that ``datasets.load_dataset("json", …)`` of Hugging Face reads as they are."""

from __future__ import annotations

from pathlib import Path

from annotator.formats.exchange import json_lines
from annotator.formats.exchange.format import Asked, Format, Losses, Outgoing
from annotator.formats.exchange.rows import rows


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    losses = Losses()
    with to.open("wb") as file:
        for row in rows(outgoing, losses):
            file.write(json_lines.line(row))
    return losses


FORMAT = Format(
    name="hf-jsonl", title="Hugging Face-ready JSONL", suffixes=(".jsonl",), write=write
)
