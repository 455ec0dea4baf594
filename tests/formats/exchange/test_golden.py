"""What each format's files look like for the small project, byte for byte.

``python -m tests.formats.exchange.test_golden`` writes them anew, to be looked at before they count.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from annotator import paths
from annotator.formats.exchange import doccano
from annotator.formats.exchange.brat import format as brat
from annotator.formats.exchange.datasets import jsonl as hf_jsonl
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from annotator.formats.exchange.label_studio import format as label_studio
from annotator.formats.exchange.own import lines as annotator_lines
from annotator.formats.exchange.spacy import jsonl as spacy_jsonl
from tests.formats.bundles import small_bundle

GOLDEN = Path(__file__).parent / "golden"
FORMATS = (
    annotator_lines.FORMAT,
    brat.FORMAT,
    label_studio.FORMAT,
    doccano.FORMAT,
    spacy_jsonl.FORMAT,
    hf_jsonl.FORMAT,
)


def write(format: Format, folder: Path) -> None:
    name = "small" + ("" if format.folder else format.suffixes[0])
    with written(format, Outgoing.of(small_bundle()), folder / name) as waiting:
        lines = "".join(f"{loss}\n" for loss in waiting.losses)
        waiting.keep()
    (folder / "losses.txt").write_text(lines, encoding="utf-8", newline="\n")


def files(folder: Path) -> dict[Path, bytes]:
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("format", FORMATS, ids=lambda f: f.name)
def test_the_files_are_as_they_were(format: Format, tmp_path: Path) -> None:
    write(format, tmp_path)
    assert files(tmp_path) == files(GOLDEN / format.name)


def test_annotator_lines_fit_their_schema() -> None:
    path = paths.resources() / "schema" / "annotator-lines-1.json"
    schema = json.loads(path.read_bytes())
    assert schema == json.loads(json.dumps(annotator_lines.schema()))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    lines = (GOLDEN / "annotator-jsonl" / "small.jsonl").read_bytes().splitlines()
    assert len(lines) == 2
    for line in lines:
        validator.validate(json.loads(line))
    assert not validator.is_valid({"format": "annotator-lines"})


if __name__ == "__main__":
    for one in FORMATS:
        shutil.rmtree(GOLDEN / one.name, ignore_errors=True)
        (GOLDEN / one.name).mkdir(parents=True)
        write(one, GOLDEN / one.name)
