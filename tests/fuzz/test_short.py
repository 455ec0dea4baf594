"""A few bent files for every reader; ``make fuzz`` does it for minutes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.exchange.catalogue import catalogue
from tests.fuzz.readers import Reader, TooMuchMemory, readers, try_one

_NAMES = [
    *(
        f"articles: {kind}"
        for kind in (
            "text utf-16 html markdown docx rtf odt epub nexis nexis-uni factiva factiva-page proquest"
            " europresse pdf csv xlsx jsonl zip"
        ).split()
    ),
    *(f"format: {name}" for name in catalogue().read),
    "annotator_json",
    "cleaning",
    "codebook",
    "project",
    "repair",
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    return {reader.name: reader for reader in readers(tmp_path_factory.mktemp("samples"))}


@pytest.mark.parametrize("name", _NAMES)
def test_a_bent_file_is_read_or_refused_in_a_sentence(
    found: dict[str, Reader], tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    if name not in found:
        pytest.skip("what this format needs is not installed, or there is no sample")
    scratch = tmp_path_factory.mktemp("scratch")

    @settings(max_examples=12, derandomize=True, database=None)
    @given(st.integers(0, 1 << 20))
    def bend_and_read(seed: int) -> None:
        assert try_one(found[name], scratch, seed)

    bend_and_read()


def test_a_reader_that_breaks_is_found(tmp_path: Path) -> None:
    """Else all of this proves nothing."""
    sample = tmp_path / "a.txt"
    sample.write_text("words " * 50)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    careless = Reader("careless", lambda path: path.read_text("ascii").index("words"), (sample,))
    greedy = Reader("greedy", lambda path: len(path.read_bytes() * 1_000_000), (sample,))

    def try_many(reader: Reader) -> None:
        for seed in range(200):
            try_one(reader, scratch, seed)

    with pytest.raises(ValueError):
        try_many(careless)
    with pytest.raises(TooMuchMemory):
        try_many(greedy)
