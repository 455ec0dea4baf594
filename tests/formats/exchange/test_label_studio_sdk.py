"""Label Studio's own library takes our tasks and configuration; needs the extra ``readers``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from annotator.core.bundle import Bundle
from annotator.core.codebook import parse
from annotator.formats.exchange.label_studio import format as label_studio
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import written_to

converter: Any = pytest.importorskip("label_studio_sdk.converter")
interface: Any = pytest.importorskip("label_studio_sdk.label_interface")


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str]:
    written_to(label_studio.FORMAT, small_bundle(), tmp_path / "tasks.json")
    return tmp_path / "tasks.json", (tmp_path / "tasks-config.xml").read_text(encoding="utf-8")


def test_the_configuration_of_the_usual_codebook_is_valid(tmp_path: Path) -> None:
    book = paths.resources() / "codebooks" / "statements.toml"
    start = parse(book.read_text(encoding="utf-8"), book.name)
    written_to(
        label_studio.FORMAT,
        Bundle("0" * 32, start.codebook, start.issues, start.actors, (), ()),
        tmp_path / "t.json",
    )
    config = (tmp_path / "t-config.xml").read_text(encoding="utf-8")
    interface.LabelInterface(config).validate()


def test_tasks_regions_and_relations_are_valid(made: tuple[Path, str]) -> None:
    path, config = made
    known = interface.LabelInterface(config)
    known.validate()
    kinds = set()
    for task in json.loads(path.read_bytes()):
        assert known.validate_task({"data": task["data"]})
        for annotation in task["annotations"]:
            assert known._validate_object(annotation, return_errors=True) == []
            kinds |= {result["type"] for result in annotation["result"]}
    assert kinds == {"labels", "choices", "textarea", "number", "relation"}


def test_the_converter_makes_columns_of_it(made: tuple[Path, str], tmp_path: Path) -> None:
    path, config = made
    work = converter.Converter(config, str(tmp_path))
    work.convert_to_conll2003(str(path), str(tmp_path / "conll"), is_dir=False)
    lines = (tmp_path / "conll" / "result.conll").read_text(encoding="utf-8").splitlines()
    tagged = [(line.split()[0], line.split()[-1]) for line in lines if line.endswith("-speaker")]
    assert tagged == [("Cafe\u0301", "B-speaker"), ("owner", "I-speaker"), ("Łuk", "I-speaker")]
