"""REFI-QDA as the programs of others write it; each made here after the like."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from tests.formats.exchange.test_peculiar import listed, quotes, read
from tests.formats.exchange.test_real_files import statements

TEXT = "The mayor said no.\nThe council disagreed strongly.\n"
SPACE = 'xmlns="urn:QDA-XML:project:1.0"'
BOOK = (
    '<CodeBook><Codes><Code guid="C1" name="Claim" isCodable="true"><Description>What is said'
    '</Description></Code><Code guid="C2" name="Person" isCodable="true"/></Codes></CodeBook>'
)


def selection(start: int, end: int, name: str = "", code: str = "C1", more: str = "") -> str:
    return (
        f'<PlainTextSelection guid="s{start}" name="{name}" startPosition="{start}"'
        f' endPosition="{end}">{more}<Coding guid="k{start}" creatingUser="U1">'
        f'<CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
    )


MAYOR = selection(0, 9, "The mayor")


def source(inner: str = MAYOR, path: str = "internal://t.txt") -> str:
    return f'<TextSource guid="t" name="Doc" plainTextPath="{path}">{inner}</TextSource>'


def xml(sources: str, more: str = "", space: str = SPACE) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project {space} name="p" origin="X">'
        f'<Users><User guid="U1" name="Ann"/></Users>{BOOK}<Sources>{sources}</Sources>{more}'
        "</Project>"
    )


def packed(folder: Path, told: str, text: str | bytes = TEXT, **names: str) -> Path:
    """A project, and its text, by default where the specification has both."""
    path = folder / "x.qdpx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(names.get("qde", "project.qde"), told)
        made.writestr(names.get("txt", "sources/t.txt"), text)
    return path


MINE = [("Ann", "claim", "The mayor")]


@pytest.mark.parametrize(
    "space", ["", 'xmlns="urn:QDA-XML:project:0:4"', 'xmlns="urn:QDA-XML:project:1.5"']
)
def test_other_versions_and_none(tmp_path: Path, space: str) -> None:
    assert quotes(read(packed(tmp_path, xml(source(), space=space)))[1].bundle) == MINE


def test_a_codebook_of_another_version(tmp_path: Path) -> None:
    path = tmp_path / "x.qdc"
    codes = BOOK.removeprefix("<CodeBook>")
    path.write_text(f'<CodeBook xmlns="urn:QDA-XML:codebook:0:4" origin="ATLAS.ti">{codes}')
    name, found = read(path)
    assert name == "refi-codebook"
    kinds = found.bundle.codebook.kinds
    assert {kind.name: kind.definition for kind in kinds.values()} == {
        "Claim": "What is said",
        "Person": "",
    }


@pytest.mark.parametrize(
    "path", ["t.txt", "sources/t.txt", "relative:///t.txt", "Internal://t.txt"]
)
def test_paths_as_others_write_them(tmp_path: Path, path: str) -> None:
    assert quotes(read(packed(tmp_path, xml(source(path=path))))[1].bundle) == MINE


def test_a_project_that_was_packed_again_with_its_folder(tmp_path: Path) -> None:
    path = packed(tmp_path, xml(source()), qde="My/project.qde", txt="My/sources/t.txt")
    name, found = read(path)
    assert (name, quotes(found.bundle)) == ("refi-qda", MINE)


def test_a_project_that_was_unpacked(tmp_path: Path) -> None:
    (tmp_path / "Sources").mkdir()
    (tmp_path / "Sources" / "t.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "project.qde").write_text(xml(source()), encoding="utf-8")
    name, found = read(tmp_path / "project.qde")
    assert (name, quotes(found.bundle)) == ("refi-qda", MINE)


def test_an_unpacked_project_without_its_texts_says_where_they_belong(tmp_path: Path) -> None:
    (tmp_path / "project.qde").write_text(xml(source()), encoding="utf-8")
    with pytest.raises(BadInput, match=r"no sources/t\.txt; put the folder sources beside it"):
        read(tmp_path / "project.qde")


def test_a_text_in_utf_16(tmp_path: Path) -> None:
    path = packed(tmp_path, xml(source()), TEXT.encode("utf-16"))
    assert quotes(read(path)[1].bundle) == MINE


def test_a_text_in_another_encoding_says_what_to_do(tmp_path: Path) -> None:
    path = packed(tmp_path, xml(source()), "The mayor, fâché.".encode("latin-1"))
    with pytest.raises(BadInput, match=r"is not UTF-8.*; save it as UTF-8"):
        read(path)


# PDF files


PDF = (
    '<PDFSource guid="p" name="Report" path="internal://p.pdf"><PDFSelection guid="x" page="0"'
    ' name="y" firstX="1" firstY="2" secondX="3" secondY="4"/>'
    f'<Representation guid="r" name="whatever" plainTextPath="internal://t.txt">{MAYOR}'
    '</Representation><Coding guid="w" creatingUser="U1"><CodeRef targetGUID="C2"/></Coding>'
    "</PDFSource>"
)


def test_the_text_of_a_pdf_file_is_an_article(tmp_path: Path) -> None:
    _, found = read(packed(tmp_path, xml(PDF)))
    (part,) = found.bundle.articles
    assert part.article.title == "Report"
    assert quotes(found.bundle) == [*MINE, ("Ann", "person", "")]
    assert "what is selected on the pages of a PDF file is left out" in listed(found)
    assert "PDF files, sound" not in listed(found)


def test_a_pdf_file_without_its_text_is_listed(tmp_path: Path) -> None:
    bare = '<PDFSource guid="p" name="Report" path="internal://p.pdf"/>'
    _, found = read(packed(tmp_path, xml(bare + source())))
    assert "PDF files, sound and video are left out, first in Report" in listed(found)
    assert quotes(found.bundle) == MINE


# What no name proves


@pytest.mark.parametrize("counted", [TEXT, TEXT.replace("\n", "\r\n")])
def test_places_without_words_cut_none(tmp_path: Path, counted: str) -> None:
    """MAXQDA names a selection by its places, and its texts have the line ends of Windows."""
    at = counted.index("council")
    told = source(selection(at, at + 7, f"{at},{at + 7}"))
    _, found = read(packed(tmp_path, xml(told), TEXT.replace("\n", "\r\n")))
    assert [quote for _, _, quote in quotes(found.bundle)] == ["council"]
    assert "positions that no name proves are counted" in listed(found)


# Notes and codes


def test_notes_in_files_of_their_own_and_on_codings(tmp_path: Path) -> None:
    inner = MAYOR.replace("<Coding", '<NoteRef targetGUID="n1"/><Coding').replace(
        "</Coding>", '<NoteRef targetGUID="n2"/></Coding>'
    )
    notes = (
        '<Notes><Note guid="n1" name="memo" plainTextPath="internal://n1.txt"/>'
        '<Note guid="n2" name="two"><PlainTextContent>On the code.</PlainTextContent></Note></Notes>'
    )
    path = packed(tmp_path, xml(source(inner), notes))
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("sources/n1.txt", "In a file.")
    _, found = read(path)
    (mark,) = found.bundle.articles[0].marks
    assert mark.note == "In a file.\nOn the code."
    assert "notes" not in listed(found)


def test_codes_are_explained_and_those_not_used_listed(tmp_path: Path) -> None:
    _, found = read(packed(tmp_path, xml(source())))
    assert found.bundle.codebook.kinds["claim"].definition == "What is said"
    assert "codes that nothing is coded with are left out, first in Person" in listed(found)


def test_a_coding_by_a_code_that_is_not_there_is_listed(tmp_path: Path) -> None:
    _, found = read(packed(tmp_path, xml(source(selection(0, 9, "The mayor", "C9")))))
    assert quotes(found.bundle) == [("Ann", "selection", "The mayor")]
    assert "a code that is not in the codebook" in listed(found)


def test_links_within_the_text_of_a_pdf_file(tmp_path: Path) -> None:
    two = PDF.replace("</Representation>", f"{selection(15, 17, 'no')}</Representation>")
    link = (
        '<Links><Link guid="l" name="says" direction="OneWay" originGUID="s0" targetGUID="s15"/>'
        "</Links>"
    )
    _, found = read(packed(tmp_path, xml(two, link)))
    assert statements(found.bundle) == [[("from", "The mayor"), ("to", "no")]]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_an_unpacked_project_reads_no_file_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf-8")
    folder = tmp_path / "p"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "t.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "project.qde").write_text(xml(source()), encoding="utf-8")
    with pytest.raises(BadInput, match=r"no sources/t\.txt"):
        read(folder / "project.qde")
    (folder / "project.qde").write_text(xml(source(path="relative:///../secret.txt")))
    _, found = read(folder / "project.qde")
    assert found.bundle.articles == ()
