"""CSV with a token a row, in the layouts that data sets have."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange.catalogue import catalogue
from tests.formats.exchange.test_peculiar import listed, quotes, read

KAGGLE = (
    "Sentence #,Word,POS,Tag\nSentence: 1,Ann,NNP,B-per\n,Lee,NNP,I-per\n"
    ',left,VBD,O\n,",",",",O\nSentence: 2,Oslo,NNP,B-geo\n,"""",``,O\n'
)
SAID = [("per", "Ann Lee"), ("geo", "Oslo")]


def table(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def marks(path: Path) -> list[tuple[str, str]]:
    name, found = read(path)
    assert name == "token-table"
    return [(kind, quote) for _, kind, quote in quotes(found.bundle)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_number_before_the_first_token_of_a_sentence(end: str, bom: str, tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", bom + KAGGLE.replace("\n", end))
    assert marks(path) == SAID
    _, found = read(path)
    assert [part.text for part in found.bundle.articles] == ['Ann Lee left ,\nOslo "\n']
    assert "POS" not in listed(found)


@pytest.mark.parametrize(
    "text",
    [
        "sentence_id,words,labels\n0,Ann,B-per\n0,Lee,I-per\n1,Oslo,B-geo\n",
        "word\ttag\nAnn\tB-per\nLee\tI-per\n\nOslo\tB-geo\nwaits\tO\n",
        "token;ner_tag\nAnn;B-per\nLee;I-per\n;\nOslo;B-geo\nwaits;O\n",
        ",sentence_idx,word,tag\n0,1.0,Ann,B-per\n1,1.0,Lee,I-per\n2,2.0,Oslo,B-geo\n",
    ],
)
def test_other_names_and_separators(text: str, tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", text)
    assert marks(path) == SAID
    assert read(path)[1].bundle.articles[0].text.startswith("Ann Lee\nOslo")


def test_a_row_without_a_token_is_listed(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", KAGGLE.replace("left,VBD", ",VBD"))
    assert marks(path) == SAID
    assert "rows without a token are left out" in listed(read(path)[1])


def test_other_columns_of_tags_are_listed_or_read(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "Sentence #,Word,Chunk,Tag\n1,Ann,B-np,B-per\n,left,B-vp,O\n")
    assert marks(path) == [("per", "Ann")]
    assert "columns of tags before the last are left out" in listed(read(path)[1])
    _, found = read(path, columns="all")
    assert sorted(kind for _, kind, _ in quotes(found.bundle)) == ["np", "per", "vp"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",Bonn,NNP", "line 8, has 3 cells where the first line names 4"),
        (",Bonn,NNP,geo", "line 8, has “geo” in “Tag”, which is no tag such as O"),
        (",Bonn,NNP,", "line 8, has “” in “Tag”"),
        (',"Bonn" x,NNP,O', "line 8, has quotation marks amiss"),
    ],
)
def test_what_is_unsound_is_refused_with_its_place(row: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=f"^x.csv, {told}"):
        read(table(tmp_path / "x.csv", f"{KAGGLE}{row}\n"))


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(KAGGLE.replace("Lee", "Léa").encode("latin-1"))
    with pytest.raises(BadInput, match="is not UTF-8; save it as UTF-8"):
        read(path)


@pytest.mark.parametrize(
    "text",
    [
        "title,text,tag\nA,Ann left.,news\n",
        "word,label\ngood,1\nbad,0\n",
        "word,label\ngood,O\nbad,negative\n",
        "word,tag\n",
        "word,text\nAnn,Ann left.\n",
    ],
)
def test_tables_of_something_else_are_none(text: str, tmp_path: Path) -> None:
    assert catalogue().of(table(tmp_path / "x.csv", text)) is None
