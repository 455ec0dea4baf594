"""OpenDocument texts and e-books: zip files of XML, read with distrust."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.formats.articles.documents import packed, read, refusal, typed, written

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("draw", "drawing"),
        ("meta", "meta"),
        ("svg", "svg-compatible"),
    )
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
_STYLES = (
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="P2" style:parent-style-name="Heading_20_2"/>'
)


def odt(body: str, title: str = "", author: str = "") -> dict[str, bytes]:
    """The parts of a document."""
    content = (
        f'<?xml version="1.0"?><office:document-content {_NAMES} {_DC}>'
        f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {_NAMES} {_DC}><office:meta><dc:title>{title}</dc:title>"
        f"<meta:initial-creator>{author}</meta:initial-creator></office:meta>"
        "</office:document-meta>"
    )
    return {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": content.encode(),
        "meta.xml": meta.encode(),
    }


def test_an_opendocument_text(tmp_path: Path) -> None:
    body = (
        '<text:p text:style-name="P1">Ports of the\n north</text:p><text:p>By Ann Lee</text:p>'
        "<text:p>The <text:span>port</text:span><text:note><text:note-body><text:p>Below.</text:p>"
        '</text:note-body></text:note> of<text:s text:c="2"/>Narvik<text:line-break/>was closed.</text:p>'
        '<text:h text:outline-level="2">What now</text:h>'
        "<text:list><text:list-item><text:p>One point.</text:p></text:list-item></text:list>"
        '<text:p text:style-name="P2">And then</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>In a cell.</text:p>"
        "</table:table-cell></table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box>"
        "<svg:desc>a picture</svg:desc></draw:frame>Beside it."
        "<office:annotation><text:p>wrong?</text:p></office:annotation></text:p>"
    )
    one = read(written(tmp_path, "x.odt", packed(odt(body, "Ports", "Ann Lee"))))
    assert (one.title, one.author, one.published) == ("Ports", "Ann Lee", "")
    assert one.notes == ("1 footnote left out", "1 comment left out")
    assert typed(one) == [
        ("headline", "Ports of the north"),
        ("dateline", "By Ann Lee"),
        ("body", "The port of  Narvik\nwas closed."),
        ("heading", "What now"),
        ("body", "One point."),
        ("heading", "And then"),
        ("body", "In a cell.\nBeside it.\nIn a box."),
    ]


def test_a_document_without_meta_and_whatever_its_name(tmp_path: Path) -> None:
    parts = odt("<text:p>The port is open.</text:p>")
    del parts["meta.xml"]
    assert read(written(tmp_path, "x.docx", packed(parts))).text == "The port is open.\n"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"content.xml": b"<a>"}, "not valid XML"),
        ({"content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "declares entities"),
        ({"content.xml": b"<a>" * 300 + b"</a>" * 300}, "nested more than"),
        ({"content.xml": b"<a/>"}, "has no text in it"),
        ({"content.xml": b"0" * 50_000_000}, "unpacks to too much"),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
            "is an OpenDocument file other than a text; open it",
        ),
    ],
)
def test_documents_made_to_do_harm_are_refused(
    changes: dict[str, bytes], told: str, tmp_path: Path
) -> None:
    parts = {**odt("<text:p>The port is open.</text:p>"), **changes}
    assert told in refusal(written(tmp_path, "x.odt", packed(parts)))


def test_documents_that_lack_something_are_damaged(tmp_path: Path) -> None:
    parts = odt("")
    del parts["content.xml"]
    reason = refusal(written(tmp_path, "x.odt", packed(parts)))
    assert "is an OpenDocument text that is damaged" in reason
    whole = packed(odt("<text:p>The port is open.</text:p>"))
    assert "damaged" in refusal(written(tmp_path, "y.odt", whole[: len(whole) // 2]))
    assert "is empty" in refusal(written(tmp_path, "z.odt", b""))
    assert "is no e-book" in refusal(written(tmp_path, "z.epub", b"The port is open."))


_OPF = f"""<package xmlns="http://www.idpf.org/2007/opf" {_DC}><metadata><dc:title>The Port</dc:title>
<dc:creator>Ann Lee</dc:creator><dc:creator>Bo Ek</dc:creator><dc:publisher>Northern Post</dc:publisher>
<dc:date>2025-08-24</dc:date></metadata><manifest>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="b%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>
<item id="p" href="p.jpg" media-type="image/jpeg"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/>
<itemref idref="c" linear="no"/><itemref idref="p"/></spine></package>"""
_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def epub(**changes: str) -> bytes:
    """A book of two chapters, with parts replaced."""
    head = '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/book.opf": _OPF,
        "OEBPS/nav.xhtml": f"{head}<body><p>Contents</p></body></html>",
        "OEBPS/a.xhtml": f"{head}<head><title/><style>p</style></head><body><h1>The <i>Port</i></h1>"
        "<p>It was\nclosed on Sunday,<br/>they said.</p>"
        "<figure><img/><figcaption>Cranes.</figcaption></figure></body></html>",
        "OEBPS/b b.xhtml": f"{head}<body><div><h2>Later</h2>It is café&nbsp;time.</div></body></html>",
        "OEBPS/c.xhtml": f"{head}<body><p>Beside it.</p></body></html>",
        **changes,
    }
    return packed({name: said.encode() for name, said in parts.items()}, zipfile.ZIP_STORED)


def test_a_book_is_one_article_in_the_order_it_is_read(tmp_path: Path) -> None:
    one = read(written(tmp_path, "x.epub", epub()))
    assert (one.title, one.outlet, one.author, one.published) == (
        "The Port",
        "Northern Post",
        "Ann Lee; Bo Ek",
        "2025-08-24",
    )
    assert typed(one) == [
        ("headline", "The Port"),
        ("body", "It was closed on Sunday,\nthey said."),
        ("caption", "Cranes."),
        ("heading", "Later"),
        ("body", "It is café time."),
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"META-INF/container.xml": "<container/>"}, "is an e-book that is damaged"),
        ({"OEBPS/book.opf": "<package>"}, "not valid XML"),
        ({"OEBPS/book.opf": _OPF.replace("a.xhtml", "../../etc.xhtml")}, "damaged"),
        ({"OEBPS/book.opf": "<package/>"}, "has no text in it"),
        (
            {
                "META-INF/encryption.xml": '<e><CipherReference URI="OEBPS/a.xhtml"/></e>',
            },
            "is an e-book that is locked to its buyer",
        ),
        ({"OEBPS/a.xhtml": "<div>" * 5_000}, "is nested too deeply"),
    ],
)
def test_books_that_cannot_be_read_are_refused(
    changes: dict[str, str], told: str, tmp_path: Path
) -> None:
    assert told in refusal(written(tmp_path, "x.epub", epub(**changes)))


def test_a_book_whose_letters_alone_are_locked_is_read(tmp_path: Path) -> None:
    locks = '<e><CipherReference URI="OEBPS/f.otf"/></e>'
    book = epub(**{"META-INF/encryption.xml": locks})
    assert read(written(tmp_path, "x.epub", book)).title == "The Port"


def test_a_text_that_a_book_names_again_and_again_is_read_once(tmp_path: Path) -> None:
    named = '<itemref idref="b"/>'
    book = epub(**{"OEBPS/book.opf": _OPF.replace(named, named * 1_000)})
    assert read(written(tmp_path, "x.epub", book)).text.count("Later") == 1


def test_a_book_of_more_text_than_fits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.formats.articles.office.epub._LONGEST", 300)
    long = f"<html><body><p>{'It was late. ' * 20}</p></body></html>"
    assert "has more than 300 bytes of text" in refusal(
        written(tmp_path, "x.epub", epub(**{"OEBPS/a.xhtml": long, "OEBPS/b.xhtml": long}))
    )


def test_spaces_by_their_number_are_no_more_than_fit_in_a_line(tmp_path: Path) -> None:
    body = '<text:p>The<text:s text:c="999999999"/>port<text:s text:c="x"/>is.</text:p>'
    one = read(written(tmp_path, "x.odt", packed(odt(body))))
    assert one.text.split() == ["The", "port", "is."]
    assert len(one.text) < 200
