from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from annotator.formats.articles.text_in import Failure, TextIn
from tests.formats.articles.documents import found, packed, read, refusal, repacked, typed, written


def document() -> bytes:
    made = Document()
    made.core_properties.title = "Summit fails"
    made.core_properties.author = "Clark Kent"
    made.add_paragraph("Summit fails", style="Title")
    made.add_paragraph("By Lois Lane")
    made.add_paragraph("The summit failed on Sunday.\nNobody was surprised.")
    made.add_heading("What now?", level=2)
    made.add_paragraph("Nobody knows what comes next.")
    made.add_paragraph("Two men shake hands", style="Caption")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "For", "Against"
    return saved(made)


def saved(made: object) -> bytes:
    data = io.BytesIO()
    made.save(data)  # type: ignore[attr-defined]
    return data.getvalue()


def test_styles_are_blocks_and_the_title_is_a_property(tmp_path: Path) -> None:
    one = read(written(tmp_path, "a.docx", document()))
    assert (one.title, one.author) == ("Summit fails", "Lois Lane")
    assert typed(one) == [
        ("headline", "Summit fails"),
        ("dateline", "By Lois Lane"),
        ("body", "The summit failed on Sunday.\nNobody was surprised."),
        ("heading", "What now?"),
        ("body", "Nobody knows what comes next."),
        ("caption", "Two men shake hands"),
        ("body", "For\nAgainst"),
    ]
    assert one.notes == ()


def test_a_document_that_says_nothing_of_itself_is_called_by_its_headline(tmp_path: Path) -> None:
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org'
        b'/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    bare = repacked(document(), {"_rels/.rels": relations})
    assert read(written(tmp_path, "a.docx", bare)).title == "Summit fails"
    made = Document()
    made.add_paragraph("School reform debated", style="Title")
    made.add_paragraph("The reform was debated on Sunday.")
    bare = repacked(saved(made), {"_rels/.rels": relations})
    assert read(written(tmp_path, "b.docx", bare)).title == "School reform debated"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf", "A.ZIP"])
def test_a_text_in_the_clothes_of_another_file_is_refused(tmp_path: Path, name: str) -> None:
    reason = refusal(written(tmp_path, name, "Not what the name says."))
    assert "whatever its name says" in reason


def test_a_document_is_known_by_its_content(tmp_path: Path) -> None:
    assert read(written(tmp_path, "a.zip", document())).title == "Summit fails"


def test_what_word_hides_in_elements_is_read_and_deletions_are_told(tmp_path: Path) -> None:
    made = Document()
    paragraph = made.add_paragraph("Lavrov said ")
    for xml in (
        f'<w:ins {nsdecls("w")} w:id="1" w:author="x"><w:r><w:t>perhaps</w:t></w:r></w:ins>',
        f'<w:del {nsdecls("w")} w:id="2" w:author="x"><w:r><w:delText>no</w:delText></w:r></w:del>',
        f"<w:hyperlink {nsdecls('w')}><w:r><w:t> today</w:t></w:r></w:hyperlink>",
    ):
        paragraph._p.append(parse_xml(xml))
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    made.element.body.insert(1, parse_xml(control))
    one = read(written(tmp_path, "a.docx", saved(made)))
    assert one.text == "Lavrov said perhaps today\nIn a box.\n"
    assert one.notes == ("1 deleted passage left out",)


def test_an_empty_document_is_refused(tmp_path: Path) -> None:
    assert "has no text in it" in refusal(written(tmp_path, "a.docx", saved(Document())))


@pytest.mark.parametrize(
    "part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/styles.xml"]
)
@pytest.mark.parametrize("content", [b"", b"<a", b"<a/>", b"\0" * 100])
def test_a_malformed_document_is_refused_or_read(tmp_path: Path, part: str, content: bytes) -> None:
    (one,) = found(written(tmp_path, "a.docx", repacked(document(), {part: content})))
    assert one.file == "a.docx"
    assert isinstance(one, TextIn | Failure)


def test_a_document_cut_short_is_refused(tmp_path: Path) -> None:
    assert "damaged" in refusal(written(tmp_path, "a.docx", document()[:2000]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path: Path, encoding: str) -> None:
    laughs = (
        '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document'
        f" {nsdecls('w')}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = repacked(document(), {"word/document.xml": laughs.encode(encoding)})
    assert "declares entities" in refusal(written(tmp_path, "a.docx", data))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    data = repacked(document(), {"word/media/image1.png": b"\0" * 30_000_000})
    assert "unpacks to too much" in refusal(written(tmp_path, "a.docx", data))


def test_other_office_files_are_refused_by_name(tmp_path: Path) -> None:
    slides = packed({"ppt/presentation.xml": b"<a/>"})
    assert "is a PowerPoint presentation" in refusal(written(tmp_path, "a.docx", slides))
    odt = packed({"mimetype": b"application/vnd.oasis.opendocument.text"})
    assert "is an OpenDocument" in refusal(written(tmp_path, "a.odt", odt))
