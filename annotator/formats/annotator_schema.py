"""The JSON Schema of Annotator JSON, made from its layout: ``python -m`` this to print it."""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from annotator.formats.annotator_layout import VERSION, File


def schema() -> dict[str, Any]:
    """What ``resources/schema`` holds (https://json-schema.org/draft/2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Annotator JSON, version {VERSION}",
        **msgspec.json.schema(File),
    }


def as_file() -> bytes:
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(as_file())
