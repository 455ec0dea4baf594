"""Label Studio's JSON-MIN: a flat object for each annotation, made the tasks that it comes from.

What a task has and what each control says stand side by side in it. Regions have no ids there, so
what is said of one place is said of the region at it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.formats.exchange.json_lines import Object

_ABOUT_WORK = (
    "annotator",
    "annotation_id",
    "created_at",
    "updated_at",
    "lead_time",
    "agreement",
)
"""What it says of an annotation, beside the data of the task."""
_STANDS = ("start", "end", "startOffset", "endOffset")
_WHERE = (*_STANDS, "globalOffsets", "text")
"""What it says of a region's place, beside the one key that is its type."""


def recognised(start: bytes) -> bool:
    """Whether a list of objects that begins like this is one."""
    return b'"annotation_id"' in start and b'"annotator"' in start


def is_flat(found: Any) -> bool:
    """Whether an object is an annotation of JSON-MIN, and no task."""
    return isinstance(found, dict) and "annotation_id" in found and "data" not in found


def task(found: Object) -> Object:
    """The task of one annotation, as the full export has it."""
    data: Object = {}
    marks: list[Object] = []
    said: list[Object] = []
    for name, value in found.items():
        regions = list(_regions(name, value))
        for region in regions:
            (marks if region["type"].endswith("labels") else said).append(region)
        if not regions and name not in _ABOUT_WORK:
            data[name] = value
    first: dict[str, str] = {}
    for number, mark in enumerate(marks, 1):
        mark["id"] = f"{number}"
        first.setdefault(_place(mark), mark["id"])
    for one in said:
        one["id"] = first.get(_place(one), _place(one))
    annotation = {"completed_by": found.get("annotator"), "result": [*marks, *said]}
    return {"data": data, "annotations": [annotation]}


def _regions(name: str, value: Any) -> Iterator[Object]:
    """What a control says of places, if that is what a value is."""
    for one in value if isinstance(value, list) else ():
        types = [key for key in one if key not in _WHERE] if isinstance(one, dict) else []
        if types and "start" in one and "end" in one:
            yield {"from_name": name, "type": types[0], "value": one}


def _place(region: Object) -> str:
    return " ".join(str(region["value"].get(key)) for key in _STANDS)
