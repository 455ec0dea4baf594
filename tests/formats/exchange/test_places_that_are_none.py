"""Marks where no words are: refused in a sentence, or listed as lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from tests.formats.exchange.bent import (
    BY_NAME,
    brat,
    cas_json,
    dna,
    doccano,
    doccano_relations,
    label_studio,
    read,
    refi,
    refused,
    sound,
    spacy_jsonl,
    tables,
    web_annotation,
    xmi,
)

Maker = Callable[[Path, int, int], Path]
MAKERS: dict[str, tuple[str, Maker]] = {
    "doccano": ("doccano", doccano),
    "doccano with relations": ("doccano", doccano_relations),
    "spaCy lines": ("spacy-jsonl", spacy_jsonl),
    "Label Studio": ("label-studio", label_studio),
    "brat": ("brat", brat),
    "Web Annotation": ("web-annotation", web_annotation),
    "CAS JSON": ("cas-json", cas_json),
    "XMI": ("xmi", xmi),
    "REFI-QDA": ("refi-qda", refi),
    "tables": ("tables", tables),
    "DNA": ("dna", dna),
}
PLACES = {
    "below 0": (-3, 2),
    "all below 0": (-5, -3),
    "reversed": (10, 4),
    "past the end": (4, 900),
    "begins past the end": (900, 910),
    "without end": (0, 10**30),
    "of no length": (4, 4),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("maker", MAKERS)
def test_a_place_that_is_none(maker: str, place: str, tmp_path: Path) -> None:
    name, make = MAKERS[maker]
    path = make(tmp_path, *PLACES[place])
    format = BY_NAME[name]
    try:
        found = read(format, path)
    except BadInput:
        refused(format, path)
        return
    sound(found)
    assert list(found.losses), "a mark went without a word"
    assert any(part.marks for part in found.bundle.articles)


@pytest.mark.parametrize("maker", MAKERS)
def test_the_same_with_a_place(maker: str, tmp_path: Path) -> None:
    """So the refusals above are not for something else."""
    name, make = MAKERS[maker]
    end = 18 if name == "tables" else 10
    start = 8 if name == "tables" else 4
    found = read(BY_NAME[name], make(tmp_path, start, end))
    sound(found)
    assert sum(len(part.marks) for part in found.bundle.articles) >= 2
