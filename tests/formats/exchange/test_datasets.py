"""Hugging Face's ``datasets`` loads our rows; needs the extra ``readers``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator.core.bundle import Bundle
from annotator.core.model import article_id
from annotator.core.text.cleaning import sha256
from annotator.formats.exchange.datasets import jsonl as hf_jsonl
from annotator.formats.exchange.datasets import parquet
from annotator.formats.exchange.format import Format
from tests.formats.bundles import TEXT, small_bundle
from tests.formats.exchange.meaning import written_to

datasets: Any = pytest.importorskip("datasets")

GOLDEN = Path(__file__).parent / "golden" / "hf-jsonl" / "small.jsonl"


def loaded(builder: str, path: Path, **more: Any) -> Any:
    cache = str(path.with_name("cache"))
    return datasets.load_dataset(
        builder, data_files=str(path), split="train", cache_dir=cache, **more
    )


@pytest.mark.parametrize(
    ("format", "builder"), [(hf_jsonl.FORMAT, "json"), (parquet.FORMAT, "parquet")]
)
def test_load_dataset_reads_ours(format: Format, builder: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{format.suffixes[0]}"
    written_to(format, small_bundle(), path)
    found = loaded(builder, path)
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    published = "2025-08-26" if format is parquet.FORMAT else "20250826"
    assert list(found) == [{**row, "published": published} for row in rows]
    assert found.features.to_dict() == hf_jsonl.FEATURES
    some = found.filter(lambda row: row["analyst"] == "Ada")
    assert [span["label"] for span in some[0]["spans"]] == ["claim", "speaker"]


def long_without_statements() -> Bundle:
    """More articles that nobody has marked than are looked at to guess types; then one that is."""
    small = small_bundle()
    (part,) = small.articles
    many = []
    for number in range(4):
        text = f"{number}\n" + "A long and quiet article.\n" * 150_000
        article = msgspec.structs.replace(
            part.article, id=article_id(sha256(text)), sha256=sha256(text), length=len(text)
        )
        many.append(replace(part, article=article, text=text, marks=(), statements=()))
    partly = msgspec.structs.replace(part.article, published="2025-08")
    return replace(small, articles=(*many, replace(part, article=partly)))


def test_the_types_beside_hold_where_a_guess_fails(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    written_to(hf_jsonl.FORMAT, long_without_statements(), path)
    with pytest.raises(datasets.exceptions.DatasetGenerationError):
        loaded("json", path)
    types = json.loads((tmp_path / "x-features.json").read_text(encoding="utf-8"))
    found = loaded("json", path, features=datasets.Features.from_dict(types))
    assert {row["published"] for row in found} == {"20250826", "2025-08"}
    assert [len(row["spans"]) for row in found][-3:] == [2, 1, 1]
    assert found[-1]["text"] == TEXT
