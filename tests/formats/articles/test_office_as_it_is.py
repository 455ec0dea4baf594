"""Properties of Office files from real programs, by which words or the reason were lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.formats.articles.documents import (
    found,
    packed,
    read,
    refusal,
    repacked,
    workbook,
    written,
)
from tests.formats.articles.test_docx import document, saved

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)


def with_run(inside: str) -> bytes:
    made = Document()
    made.add_paragraph("The sum is ")._p.append(parse_xml(inside))
    return saved(made)


def test_what_a_formula_says_is_text(tmp_path: Path) -> None:
    formula = f"<m:oMath {nsdecls('m')}><m:r><m:t>2+2</m:t></m:r></m:oMath>"
    assert read(written(tmp_path, "a.docx", with_run(formula))).text == "The sum is 2+2\n"


def test_how_a_word_is_said_is_no_text(tmp_path: Path) -> None:
    ruby = (
        f"<w:r {nsdecls('w')}><w:ruby><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    assert read(written(tmp_path, "a.docx", with_run(ruby))).text == "The sum is 東京\n"


def test_a_document_within_a_document_is_told(tmp_path: Path) -> None:
    made = Document()
    made.add_paragraph("Some words.")
    made.element.body.insert(0, parse_xml(f"<w:altChunk {nsdecls('w')}/>"))
    assert read(written(tmp_path, "a.docx", saved(made))).notes == ("1 embedded document left out",)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.txt"])
def test_a_locked_file_is_called_locked(tmp_path: Path, name: str) -> None:
    # The name stands over the edge of two pieces of a million bytes.
    room = bytes((1 << 20) - len(OLD) - 5)
    locked = OLD + room + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    assert "is locked with a password; open it" in refusal(written(tmp_path, name, locked))


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.docx"])
def test_an_old_file_is_called_old(tmp_path: Path, name: str) -> None:
    assert "save it as .docx, .xlsx or plain text" in refusal(written(tmp_path, name, OLD))


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf"])
def test_an_empty_file_is_called_empty(tmp_path: Path, name: str) -> None:
    assert "is empty, without a single byte" in refusal(written(tmp_path, name, b""))


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_the_strict_form_is_named(tmp_path: Path, name: str) -> None:
    usual = document() if name == "a.docx" else workbook(("title", "text"), ("One", "Words."))
    strict = b'<Relationships><Relationship Type="http://purl.oclc.org/ooxml/x"/></Relationships>'
    changed = repacked(usual, {"_rels/.rels": strict})
    assert "is in the strict form of Open XML" in refusal(written(tmp_path, name, changed))


def test_a_package_without_relations_is_damaged(tmp_path: Path) -> None:
    assert "damaged" in refusal(
        written(tmp_path, "a.docx", packed({"word/document.xml": b"<document/>"}))
    )


@pytest.mark.parametrize("packs", [False, True])
def test_what_programs_leave_beside_documents_is_no_article(tmp_path: Path, packs: bool) -> None:
    names = ("~$memo.docx", "Thumbs.db", "desktop.ini", ".DS_Store", "memo.txt")
    if packs:
        written(tmp_path, "all.zip", packed({f"in/{name}": b"Some words." for name in names}))
    else:
        for name in names:
            written(tmp_path, name, "Some words.")
    assert [one.file for one in found(tmp_path)] == ["memo.txt"]
