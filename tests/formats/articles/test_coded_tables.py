"""Tables in which other programs list coded passages: each says what to import instead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from annotator.formats.articles.tables.preset import Mapping, Preset
from annotator.formats.articles.text_in import TextIn
from tests.formats.articles.documents import found, read, refusal, written

QDPX = "export the project from there as REFI-QDA (.qdpx) and import that."
FOLDER = "import the folder of tables that it is from, which has the articles too."
MAXQDA = "Color,Comment,Document group,Document name,Code,Beginning,End,Weight score,Segment"


@pytest.mark.parametrize(
    ("header", "what", "remedy"),
    [
        (MAXQDA, "coded segments of MAXQDA", QDPX),
        ("Farbe;Dokumentgruppe;Dokumentname;Code;Anfang;Ende;Segment", "MAXQDA", QDPX),
        ("File,Coder,Coded,Id,Codename,Coded_Memo,Category", "coded text of QualCoder", QDPX),
        ("Case,Coder,Coded,Id,Codename,Coded_Memo", "coded text of QualCoder", QDPX),
        (
            "id,document,tag,content",
            "highlights of Taguette",
            "its codebook (.qdc), and mark anew.",
        ),
        ("File Name,Hierarchical Name,Coded Text,Coverage", "coded text of NVivo", QDPX),
        ("Name,Reference Number,Coded By Initials,Modified On", "coded text of NVivo", QDPX),
        ("ID,Document,Quotation Content,Codes,Comment", "quotations of ATLAS.ti", QDPX),
        ("id,article,layer,kind,start,end,fragments,quote,note", "marks of Annotator", FOLDER),
        ("id,article,layer,row,actor,members,note", "statements of Annotator", FOLDER),
        (
            "statement ID;time;document ID;document title;author;source;section;type;text;person",
            "statements of the Discourse Network Analyzer",
            "import the .dna file they were exported from, which has the articles too.",
        ),
    ],
)
def test_a_table_of_coded_passages_is_told(
    header: str, what: str, remedy: str, tmp_path: Path
) -> None:
    separator = ";" if ";" in header else ","
    row = separator.join("Word " * 50 for _ in header.split(separator))
    path = written(tmp_path, "x.csv", f"{header}\n{row}\n")
    reason = refusal(path)
    assert reason.startswith("x.csv in ")
    assert what in reason
    assert reason.endswith(remedy)


def test_a_sheet_of_coded_passages_is_told(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(MAXQDA.split(","))
    book.active.append(["Word " * 50] * 9)
    book.save(tmp_path / "x.xlsx")
    assert "coded segments of MAXQDA" in refusal(tmp_path / "x.xlsx")


def test_who_names_the_column_gets_articles(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", f"{MAXQDA}\na,b,c,d,e,1,2,3,Words of it.\n")
    (got,) = found(path, Preset(mapping=Mapping(text="Segment")))
    assert isinstance(got, TextIn)
    assert got.text == "Words of it.\n" or got.text == "Words of it."


def test_articles_with_such_columns_are_articles(tmp_path: Path) -> None:
    path = written(
        tmp_path, "x.csv", "id,document,tag,content,date\n1,a,b,Words of it.,2025-08-24\n"
    )
    assert read(path).text.startswith("Words of it.")


def test_the_column_named_for_example_is_the_longest(tmp_path: Path) -> None:
    path = written(
        tmp_path, "x.csv", "id,code,words\n1,a,Some words of it.\n2,b,Some others of it.\n"
    )
    assert "for example “text=words”" in refusal(path)


@pytest.mark.parametrize("spans", [[], [{"id": "1", "label": "claim", "fragments": []}]])
def test_rows_for_hugging_face_name_the_file_to_import(spans: object, tmp_path: Path) -> None:
    row = {"text": "Words of it.", "text_sha256": "", "offset_unit": "codepoint", "spans": spans}
    row["statements"] = []
    reason = refusal(written(tmp_path, "x.jsonl", json.dumps(row) + "\n"))
    assert "has rows of Annotator for Hugging Face" in reason
    assert reason.endswith("export the project from there as Annotator JSON and import that.")
