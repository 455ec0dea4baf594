"""Columns of tokens and tags in the ways that corpora have them; each made here after the like."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.exchange.test_peculiar import listed, quotes, read


def columns(path: Path, rows: str) -> Path:
    """Rows with blanks between cells, one below the other."""
    path.write_text(rows.replace("/", "\n") + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "rows",
    [
        "Ann B-PER/Lee M-PER/Fox E-PER/saw O/Bonn S-LOC",
        "Ann B-PER/Lee M-PER/Fox E-PER/saw O/Bonn W-LOC",
        "Ann B_PER/Lee I_PER/Fox I_PER/saw O/Bonn B_LOC",
        "Ann PER-B/Lee PER-I/Fox PER-I/saw O/Bonn LOC-B",
        "Ann X PER_B/Lee X PER_M/Fox X PER_E/saw X O/Bonn X LOC_S",
    ],
)
def test_tags_are_written_in_many_ways(tmp_path: Path, rows: str) -> None:
    name, found = read(columns(tmp_path / "x.txt", rows))
    assert name == "conll"
    assert [(kind, quote) for _, kind, quote in quotes(found.bundle)] == [
        ("per", "Ann Lee Fox"),
        ("loc", "Bonn"),
    ]
    assert "mixed" not in listed(found)


def test_a_label_may_look_like_a_tag(tmp_path: Path) -> None:
    """What stands before the label decides, where something does."""
    rows = "Ann B-GROUP_B/Lee I-GROUP_B/saw O/Bonn B-X-I"
    _, found = read(columns(tmp_path / "x.conll", rows))
    kinds = {kind.name for kind in found.bundle.codebook.kinds.values()}
    assert kinds == {"GROUP_B", "X-I"}


def test_the_language_before_each_token_is_no_part_of_it(tmp_path: Path) -> None:
    """WikiANN has it so."""
    rows = "en:Ann\tB-PER/en:Lee\tI-PER/en:says\tO/en::\tO/en:no\tO"
    _, found = read(columns(tmp_path / "x.txt", rows))
    assert found.bundle.articles[0].text == "Ann Lee says : no\n"
    assert [quote for _, _, quote in quotes(found.bundle)] == ["Ann Lee"]
    assert "“en:” before each token is left out" in listed(found)


def test_a_token_with_a_colon_stays(tmp_path: Path) -> None:
    rows = "en:Ann O/at O/10:30 O/Bonn B-LOC"
    _, found = read(columns(tmp_path / "x.conll", rows))
    assert found.bundle.articles[0].text == "en:Ann at 10:30 Bonn\n"
