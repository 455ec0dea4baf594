"""Sheets that are read without a parser say what the parser says, and are refused where it refuses."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Outgoing
from annotator.formats.exchange.tables import plain_sheet, workbook
from annotator.formats.exchange.tables.formats import XLSX
from annotator.formats.exchange.tables.plain_sheet import NotPlain, PlainSheet
from tests.formats.bundles import small_bundle

_MARKS = "xl/worksheets/sheet6.xml"
_SHARED = "xl/sharedStrings.xml"
_SHARED_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
"""Without which a workbook has no texts that cells share; we write none."""
_FIRST = b'<c r="A2" t="inlineStr"><is><t xml:space="preserve">'
_NEXT = b'<c r="B2" t="inlineStr">'

Said = dict[str, list[tuple[int, list[str]]]] | str


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheets") / "whole.xlsx"
    assert XLSX.write is not None
    XLSX.write(Outgoing.of(small_bundle()), path, XLSX.asked())
    return path


def marks_of(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(_MARKS)


def with_marks(whole: Path, sheet: bytes, strings: bytes = b"") -> Path:
    """The workbook with another sheet of marks, and with texts that cells share."""
    to = whole.with_name("changed.xlsx")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(to, "w") as made:
        for name in source.namelist():
            data = sheet if name == _MARKS else source.read(name)
            if name == "[Content_Types].xml" and strings:
                data = data.replace(b"</Types>", _SHARED_TYPE + b"</Types>")
            if name != _SHARED:
                made.writestr(name, data)
        if strings:
            made.writestr(_SHARED, strings)
    return to


def said(path: Path) -> Said:
    """What the sheets say, or what is wrong with them."""
    try:
        found = workbook.tables(path)
    except BadInput as error:
        return str(error)
    return {name: [(one.number, list(one.values)) for one in found[name]] for name in found}


def by_parser(path: Path, monkeypatch: pytest.MonkeyPatch) -> Said:
    def never(_: PlainSheet) -> None:
        raise NotPlain

    with monkeypatch.context() as patch:
        patch.setattr(PlainSheet, "rows", never)
        return said(path)


def is_plain(path: Path) -> bool:
    with zipfile.ZipFile(path) as package, package.open(_MARKS) as part:
        try:
            return bool(list(PlainSheet(part, ["of many", "twice"], ()).rows()))
        except NotPlain:
            return False


def test_what_we_write_is_read_so_and_says_the_same(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_plain(whole)
    assert said(whole) == by_parser(whole, monkeypatch)


def test_rows_may_be_cut_anywhere(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = said(whole)
    # So much is there before the first row that it has to be read at once.
    monkeypatch.setattr(plain_sheet, "_PIECE", marks_of(whole).index(b"<row") + 7)
    assert is_plain(whole)
    assert said(whole) == usual


PLAIN = {
    "entities": (_FIRST, _FIRST + b"&lt;&amp;&quot;"),
    "by its number": (_FIRST, _FIRST + b"_x0041_"),
    "an apostrophe": (_FIRST, _FIRST + b"'="),
    "a style": (b'<c r="A2" t=', b'<c r="A2" s="0" t='),
    "as Excel begins a row": (b'<row r="2">', b'<row r="2" spans="1:9" s="1" customFormat="1">'),
    "an empty cell": (_NEXT, b'<c r="B2" s="0"/>' + _NEXT),
    "a number": (_NEXT, b'<c r="B2"><v>-12</v></c>' + _NEXT),
    "in another order": (_NEXT, b'<c r="D2"><v>7</v></c>' + _NEXT),
    "far to the right": (_NEXT, b'<c r="ALM2"><v>7</v></c><c r="ZZZ2"><v>7</v></c>' + _NEXT),
}
NOT_PLAIN = {
    "a comment": (b'<row r="2">', b'<!-- </row> --><row r="2">'),
    "a part as it stands": (_FIRST, _FIRST + b"<![CDATA[</row>]]>"),
    "true": (_NEXT, b'<c r="B2" t="b"><v>1</v></c>' + _NEXT),
    "a part of a whole": (_NEXT, b'<c r="B2"><v>1.50</v></c>' + _NEXT),
    "zeros before": (_NEXT, b'<c r="B2"><v>007</v></c>' + _NEXT),
    "a formula": (_NEXT, b'<c r="B2" t="str"><f>1</f><v>one</v></c>' + _NEXT),
    "text of pieces": (_NEXT, b'<c r="B2" t="inlineStr"><is><r><t>x</t></r></is></c>' + _NEXT),
    "by a number of XML": (_FIRST, _FIRST + b"&#65;"),
    "an unknown entity": (_FIRST, _FIRST + b"&nbsp;"),
    "a return": (_FIRST, _FIRST + b"x\r\ny"),
    "no character": (_FIRST, _FIRST + b"\x01"),
    "half a character": (_FIRST, _FIRST + b"\xed\xa0\x80"),
    "no end": (b"</worksheet>", b""),
    "nonsense after the rows": (b"</sheetData>", b"</sheetData><x>"),
    "more rows": (b"</sheetData>", b'</sheetData><sheetData><row r="99"/></sheetData>'),
    "an empty row": (b'<row r="2">', b'<row r="99"/><row r="2">'),
    "a height by a name that is not told": (
        b'<row r="2">',
        b'<row r="2" x14ac:dyDescent="0.25">',
    ),
    "another namespace": (b"spreadsheetml/2006", b"spreadsheetml/2007"),
    "a document type": (b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet'),
    "another encoding": (b"<worksheet", b'<?xml version="1.0" encoding="latin-1"?><worksheet'),
}


def changed(whole: Path, change: tuple[bytes, bytes]) -> Path:
    sheet = marks_of(whole)
    assert change[0] in sheet
    return with_marks(whole, sheet.replace(*change, 1))


@pytest.mark.parametrize("name", PLAIN)
def test_what_other_programs_write_is_read_so_too(
    whole: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = changed(whole, PLAIN[name])
    assert is_plain(path)
    assert said(path) == by_parser(path, monkeypatch)


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_anything_else_is_for_the_parser(
    whole: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = changed(whole, NOT_PLAIN[name])
    assert not is_plain(path)
    assert said(path) == by_parser(path, monkeypatch)


@pytest.mark.parametrize("index", [0, 1, 2])
def test_texts_that_cells_share(whole: Path, monkeypatch: pytest.MonkeyPatch, index: int) -> None:
    """The third is none of them."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{space}"><si><t>of many</t></si><si><t>twice</t></si></sst>'
    cell = b'<c r="B2" t="s"><v>%d</v></c>' % index
    path = with_marks(whole, marks_of(whole).replace(_NEXT, cell + _NEXT, 1), strings.encode())
    assert is_plain(path) == (index < 2)
    assert said(path) == by_parser(path, monkeypatch)
    assert isinstance(said(path), str) == (index == 2)


@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize(
    ("text", "meant"),
    [("'=1", "=1"), ("_x0041_", "A"), (" two\nlines ", " two\nlines "), ("&lt;&#65;", "<A")],
)
def test_a_text_that_cells_share_is_what_was_written(
    whole: Path, monkeypatch: pytest.MonkeyPatch, text: str, meant: str, index: int
) -> None:
    """The second is in runs, with how it is said above one, which is no part of it."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    one = f"<t xml:space='preserve'>{text}</t>"
    runs = f"<r>{one}</r><rPh sb='0' eb='1'><t>no</t></rPh><r><t>!</t></r>"
    strings = f"<sst xmlns='{space}'><si>{one}</si><si>{runs}</si></sst>"
    cell = b'<c r="B2" t="s"><v>%d</v></c>' % index
    sheet = marks_of(whole).replace(b'<c r="C2"', cell + b'<c r="C2"', 1)
    path = with_marks(whole, sheet, strings.encode())
    assert is_plain(path)
    found = said(path)
    assert found == by_parser(path, monkeypatch)
    assert not isinstance(found, str)
    assert found["marks"][1][1][1] == (meant, f"{meant}!")[index]


def test_a_number_that_is_a_date_by_its_style_is_for_the_parser(whole: Path) -> None:
    cell = b'<c r="B2" s="3"><v>45000</v></c>'
    sheet = marks_of(whole).replace(_NEXT, cell + _NEXT, 1)
    with zipfile.ZipFile(with_marks(whole, sheet)) as package:
        for dates in ({3}, {0}):
            with package.open(_MARKS) as part, pytest.raises(NotPlain):
                list(PlainSheet(part, (), dates).rows())
        with package.open(_MARKS) as part:
            assert list(PlainSheet(part, (), {4}).rows())


def test_what_is_no_cell_is_not_taken_apart() -> None:
    """A row may be as long as it likes, and each of its characters would be something by itself."""
    found = plain_sheet._CELL.findall('<c r="A1"/>x<c r="B1"/>' + "y" * 1_000)
    assert [one[0] for one in found] == ["A", ""]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_of_a_bent_sheet_both_say_the_same(
    whole: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    sheet = marks_of(whole)
    at = data.draw(st.integers(0, len(sheet)))
    gone = data.draw(st.integers(0, 12))
    put = data.draw(
        st.sampled_from(
            [b"", b"<", b">", b"&", b'"', b"</row>", b"</c>", b"\r", b"\xff", b" ", b"1"]
        )
    )
    path = with_marks(whole, sheet[:at] + put + sheet[at + gone :])
    assert said(path) == by_parser(path, monkeypatch)
