"""Label Studio: tasks as JSON, and beside them the labelling configuration.

A mark is a region, or several that continue one another; its fields are controls on the region;
a statement is relations between regions. Offsets are code points, as in Label Studio since 2021.
"""

from __future__ import annotations

import re
from pathlib import Path

from annotator.formats.exchange.format import Format, Option
from annotator.formats.exchange.json_lines import Object, first_object, plain
from annotator.formats.exchange.label_studio import minimal as label_studio_min
from annotator.formats.exchange.label_studio.reading import read
from annotator.formats.exchange.label_studio.writing import write
from annotator.formats.exchange.places import UNITS

_WORK = re.compile(rb'"(?:annotations|completions)"\s*:\s*\[\s*\{[^\[\]]*"result"\s*:\s*\[')
_TASK = re.compile(rb'"(?:annotations|completions|predictions)"\s*:\s*\[')


def _recognises(path: Path, head: bytes) -> bool:
    """A list of objects of which the first has data and annotations, perhaps after a long text.

    Old versions wrote a file for each task, which is the object alone; JSON Lines have one a line.
    """
    begins = re.match(rb"\s*(\[\s*)?\{", head)
    if begins is None:
        return False
    try:
        with path.open("rb") as file:
            start = plain(file.read(4_000_000))
    except OSError:
        return False
    if begins[1] is None and _is_task(first_object(path, head)):
        return True
    # A task by itself has the work of somebody, so that other JSON is not taken for one.
    alone = begins[1] is None
    if b'"data"' not in start:
        return not alone and label_studio_min.recognised(start)
    return bool((_WORK if alone else _TASK).search(start))


def _is_task(line: Object) -> bool:
    """Whether the first line is a task by itself, which nobody need have worked on yet."""
    if label_studio_min.is_flat(line):
        return "annotator" in line
    work = line.get("annotations", line.get("completions"))
    if not isinstance(line.get("data"), dict) or not isinstance(work, list):
        return False
    return all(isinstance(one, dict) and "result" in one for one in work) and (
        bool(work) or "id" in line
    )


FORMAT = Format(
    name="label-studio",
    title="Label Studio JSON",
    suffixes=(".json", ".jsonl"),
    read=read,
    write=write,
    recognises=_recognises,
    companions=("-config.xml",),
    options={
        "unit": Option("what offsets count", ("detect", *UNITS)),
        "predictions": Option("what becomes of predictions", ("leave out", "layer")),
    },
)
