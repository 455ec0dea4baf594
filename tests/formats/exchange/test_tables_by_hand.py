"""Tables that somebody else wrote, with only the columns that are needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.bundle import ArticleBundle
from annotator.core.errors import BadInput
from annotator.core.model import GOLD, article_id
from annotator.core.text.cleaning import sha256
from annotator.formats.exchange.tables.formats import TABLES
from annotator.workspace import Workspace
from tests.workshop import start

TEXT = "“Not now,” Lavrov said.\n"
FILES = {
    "codebook": "part,key,name,on,type\n"
    "kind,claim,Claim,,\n"
    "kind,cue,Cue,,\n"
    "role,claim,Claim,claim,\n"
    "field,stance,Stance,claim,stance\n"
    "stance,-1,Against,,\n",
    "analysts": "id,name\n7,Ada\n",
    "actors": "id,name\n8,Lavrov\n",
    "issues": "id,key,name\n9,peace,Peace\n",
    "articles": f'id,title,copy_of,text\na1,One,,"{TEXT}"\na2,Two,a1,"Once more: {TEXT}"\n',
    "marks": "id,article,layer,kind,fragments,stance\n"
    "11,a1,7,claim,0-10,-1\n"
    "12,a2,7,claim,11-21,\n"
    "13,a2,gold,cue,29-33,\n",
    "statements": "id,article,layer,members\n21,a1,7,claim 11\n",
}


def written(folder: Path, **changed: str) -> Path:
    folder.mkdir()
    for table, rows in {**FILES, **changed}.items():
        if rows:
            (folder / f"{table}.csv").write_text(rows, encoding="utf-8", newline="")
    return folder


def parts(folder: Path) -> tuple[ArticleBundle, ...]:
    """The same read at once and an article at a time."""
    assert TABLES.read is not None
    assert TABLES.stream is not None
    found = TABLES.read(folder, TABLES.asked()).bundle.articles
    assert tuple(TABLES.stream(folder, TABLES.asked()).articles) == found
    return tuple(found)


def test_what_is_needed_is_enough(tmp_path: Path) -> None:
    one, two = parts(written(tmp_path / "x"))
    assert one.article.id == article_id(sha256(TEXT))
    assert [(b.start, b.end, b.type) for b in one.article.blocks] == [(0, len(TEXT), "body")]
    assert two.article.copy_of == one.article.id
    (mark,) = one.marks
    assert (mark.quote, mark.fields, mark.note, mark.flagged) == (
        "“Not now,”",
        {"stance": -1},
        "",
        False,
    )
    assert (mark.made_at, mark.made_by, mark.changed_by) == (0, 7, 7)
    found = {(m.layer, m.quote, m.made_by) for m in two.marks}
    assert found == {(7, "“Not now,”", 7), (GOLD, "said", 0)}
    assert one.statements[0].marks() == (11,)


def test_it_comes_into_a_project(tmp_path: Path) -> None:
    assert TABLES.read is not None
    given = TABLES.read(written(tmp_path / "x"), TABLES.asked()).bundle
    with Workspace.create(tmp_path / "p.annotator", start(), "Rita") as rita:
        rita.take_in(given, "Import")
        assert rita.check() == []
        assert [kind.key for kind in rita.codebook.kinds.values()] == ["C", "U"]
        again = rita.take_in(given, "Import")
        assert not again.anything


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    folder = written(
        tmp_path / "x",
        marks="id,article,quote\n11,a1,x\n",
        codebook="part,key\nkind,claim\n",
        actors="name\nLavrov\n",
    )
    with pytest.raises(BadInput) as refused:
        parts(folder)
    assert str(refused.value) == (
        "codebook.csv, line 1, has no column name; actors.csv, line 1, has no column id;"
        " marks.csv, line 1, has no column layer, kind, fragments."
    )
    written(tmp_path / "y", marks="", codebook="")
    with pytest.raises(BadInput, match="y has no table codebook, marks"):
        parts(tmp_path / "y")


@pytest.mark.parametrize(
    ("table", "rows", "said"),
    [
        ("analysts", "id,name\nA,Ada\n", "analysts.csv, line 2, .*: id is not a number of at most"),
        (
            "marks",
            "id,article,layer,kind,fragments,made_at\n11,a1,7,claim,0-10,today\n",
            "made_at is not a time such as 2025-08-24T12:00:00.000Z",
        ),
        (
            "articles",
            "id,title,copy_of,text\na1,One,a2,x\n",
            "copy_of names no article above, “a2”",
        ),
        ("articles", "id,title,text,sha256\na1,One,x,5\n", "SHA-256 differs"),
    ],
)
def test_what_a_cell_has_to_be_is_said_in_words(
    table: str, rows: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=said):
        parts(written(tmp_path / "x", **{table: rows}))
