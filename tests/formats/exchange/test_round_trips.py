"""What goes out in a format comes back equal, or is listed as what it cannot carry."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotator.core.bundle import Bundle
from annotator.core.codebook import faults
from annotator.formats.exchange.cas.format import JSON_FORMAT, XMI_FORMAT
from annotator.formats.exchange.format import Format
from annotator.formats.exchange.refi.format import PROJECT
from annotator.formats.exchange.web_annotation.format import FORMAT as WEB_ANNOTATION
from tests.formats.bundles import small_bundle
from tests.formats.exchange.making import bundles
from tests.formats.exchange.meaning import meaning, there_and_back, written_to

FORMATS = [
    (WEB_ANNOTATION, ".jsonld"),
    (PROJECT, ".qdpx"),
    (XMI_FORMAT, ".zip"),
    (JSON_FORMAT, ".zip"),
]


@pytest.mark.parametrize(("format", "suffix"), FORMATS, ids=[f.name for f, _ in FORMATS])
@given(bundles())
@settings(max_examples=60)
def test_what_is_carried_comes_back_equal(format: Format, suffix: str, bundle: Bundle) -> None:
    with tempfile.TemporaryDirectory() as folder:
        losses, found = there_and_back(format, bundle, Path(folder) / f"x{suffix}")
    assert not list(found.losses)
    assert faults(found.bundle.codebook) == []
    listed = {loss.what for loss in losses}
    if not listed & CHANGING:
        assert meaning(found.bundle) == meaning(bundle)


CHANGING = {
    "white space at the ends of a mark is left out",
    "a character that XML cannot hold becomes a space",
    "a number too exact for a double is rounded",
}
"""Losses after which something that does come back is not the same."""


@pytest.mark.parametrize(("format", "suffix"), FORMATS, ids=[f.name for f, _ in FORMATS])
def test_the_small_project_comes_back_and_the_same_gives_the_same_bytes(
    format: Format, suffix: str, tmp_path: Path
) -> None:
    first, again = tmp_path / f"x{suffix}", tmp_path / "again" / f"x{suffix}"
    _, found = there_and_back(format, small_bundle(), first)
    assert meaning(found.bundle) == meaning(small_bundle())
    written_to(format, small_bundle(), again)
    assert first.read_bytes() == again.read_bytes()
    assert sorted(tmp_path.iterdir()) == [again.parent, first]


@pytest.mark.parametrize(("format", "suffix"), FORMATS, ids=[f.name for f, _ in FORMATS])
def test_what_is_left_out_is_listed(format: Format, suffix: str, tmp_path: Path) -> None:
    listed = " ".join(map(str, written_to(format, small_bundle(), tmp_path / f"x{suffix}")))
    for what in ("codebook", "actors", "issues", "assignments", "comments", "verdicts"):
        assert what in listed


@pytest.mark.parametrize(("format", "suffix"), FORMATS, ids=[f.name for f, _ in FORMATS])
def test_what_is_carried_is_not_listed(format: Format, suffix: str, tmp_path: Path) -> None:
    listed = " ".join(map(str, written_to(format, small_bundle(), tmp_path / f"x{suffix}")))
    for what in ("title", "outlet", "author", "published", "url", "notes"):
        assert f"{what} of articles" not in listed
        assert f"{what} are left out" not in listed
