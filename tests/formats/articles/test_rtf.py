"""RTF: what is said in it, in whatever encoding, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.formats.articles.rtf.text import Rtf
from annotator.formats.articles.text_in import Part
from tests.formats.articles.documents import packed, read, refusal, typed, written

HEAD = r"""{\rtf1\ansi\ansicpg1252\deff0\uc1
{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fswiss\fcharset204 Arial;}{\f2\fcharset128 Gothic;}}
{\colortbl;\red0\green0\blue255;}
{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 Title;}{\*\cs9 \additive Default;}{\s3 caption;}}
{\info{\title Ports of the north}{\author Ann Lee}{\creatim\yr2025\mo8\dy24}{\doccomm no}}
"""


def rtf(folder: Path, body: str) -> Path:
    return written(folder, "x.rtf", f"{HEAD}{body}}}")


def test_paragraphs_with_their_styles_and_what_the_document_says_of_itself(tmp_path: Path) -> None:
    body = (
        r"\pard\s2 Ports of the north\par\pard By Ann Lee\par\pard The \b port\b0  of Narvik was"
        "\r\n"
        r" closed on Sunday, its harbour master said.\par\pard\s1 What now\par"
        r"\pard Nobody knows.\par\pard\outlinelevel1 And then\par\pard Nothing.\par"
        r"\pard\s3 Cranes in fog.\par"
    )
    one = read(rtf(tmp_path, body))
    assert (one.title, one.author, one.published) == ("Ports of the north", "Ann Lee", "")
    assert typed(one) == [
        ("headline", "Ports of the north"),
        ("dateline", "By Ann Lee"),
        ("body", "The port of Narvik was closed on Sunday, its harbour master said."),
        ("heading", "What now"),
        ("body", "Nobody knows."),
        ("heading", "And then"),
        ("body", "Nothing."),
        ("caption", "Cranes in fog."),
    ]


def test_whoever_sat_at_the_computer_is_not_the_author(tmp_path: Path) -> None:
    assert read(rtf(tmp_path, r"\pard Nobody says who wrote this.\par")).author == ""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (r"\ldblquote No,\rdblquote  he said\emdash twice.", "“No,” he said—twice."),
        (r"\'93No,\'94 she\'92s caf\'e9", "“No,” she’s café"),
        (r"\u8220?No\u8221?\u8212\'97 and", "“No”— and"),
        (r"{\uc2\u233 xyrest}\u233 yz", "érestéz"),
        (r"\uc0\u8364 5 and \u-10179 \u-8704  there", "€5 and 😀 there"),
        (r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2} caf\'e9", "Привет café"),
        (r"{\f2 \'93\'fa\'96\{}", "日本"),
        (r"a\~b\_c\-d \{e\} \\f", "a\u00a0b\u2011c\u00add {e} \\f"),
        (r"one\line two\tab three", "one\ntwo\tthree"),
    ],
)
def test_letters_in_all_the_ways_they_are_written(body: str, said: str, tmp_path: Path) -> None:
    assert read(rtf(tmp_path, rf"\pard {body}\par")).text == f"{said}\n"


def test_a_document_says_in_which_code_page_it_is(tmp_path: Path) -> None:
    polish = r"{\rtf1\ansi\ansicpg1250 \'9fr\'f3d\'b3o wody.}"
    assert read(written(tmp_path, "x.rtf", polish)).text == "źródło wody.\n"
    careless = "{\\rtf1\\ansi\\ansicpg1252 źródło\\par wody.}"
    assert read(written(tmp_path, "x.rtf", careless)).text == "źródło\nwody.\n"


def test_what_is_no_text_of_the_article_is_left_out(tmp_path: Path) -> None:
    body = (
        r"{\header\pard Page 3 of 9\par}{\footer secret}"
        r"\pard The port{\footnote\pard A note below.} is{\*\annotation wrong?} open.\par"
        r"{\pict\pngblip 89504e47\bin4 }}}}0d0a}{\*\generator Program 1;}{\v hidden}"
        r"{\field{\*\fldinst HYPERLINK {\field x}}{\fldrslt the harbour}}, he said.\par"
        r"{\shp{\*\shpinst{\sp{\sn fLine}{\sv 0}}{\shptxt\pard In a box.\par}}{\shprslt twice}}"
    )
    one = read(rtf(tmp_path, body))
    assert one.text == "The port is open.\nthe harbour, he said.\nIn a box.\n"
    assert one.notes == ("1 footnote left out", "1 comment left out")


def test_a_row_of_a_table_is_a_line(tmp_path: Path) -> None:
    body = (
        r"\trowd\cellx100\cellx200\pard\intbl Ships\cell 12\cell\row"
        r"\trowd\pard\intbl Cranes\cell 3\cell\row\pard After it.\par"
    )
    assert read(rtf(tmp_path, body)).text == "Ships\t12\nCranes\t3\nAfter it.\n"


@pytest.mark.parametrize("name", ["x.rtf", "x.doc", "x.txt"])
def test_it_is_told_by_what_is_in_it(name: str, tmp_path: Path) -> None:
    assert read(written(tmp_path, name, r"{\rtf1 The port is open.}")).text == "The port is open.\n"


def test_also_in_a_zip_file(tmp_path: Path) -> None:
    archive = packed({"a/x.rtf": rb"{\rtf1 The port is open.}"})
    assert read(written(tmp_path, "x.zip", archive)).text == "The port is open.\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (r"{\rtf1 The port", "is an RTF document that breaks off"),
        (r"{\rtf1 The {\b port}", "is an RTF document that breaks off"),
        (r"{\rtf1" + "{" * 100_000, "is an RTF document nested too deeply"),
        (r"{\rtf1{\pict 00ff}}", "has no text in it"),
        (r"{\rtf1\bin9999999999 The port}", "breaks off"),
    ],
)
def test_what_is_made_to_do_harm_is_refused_in_a_sentence(
    text: str, told: str, tmp_path: Path
) -> None:
    assert told in refusal(written(tmp_path, "x.rtf", text))


@pytest.mark.parametrize(
    "text", [r"{\rtf1\uc-5\u99999999 ?The port.\'zz}", "{\\rtf1 The port.}\0\0"]
)
def test_what_is_only_odd_is_read(text: str, tmp_path: Path) -> None:
    assert "The port." in read(written(tmp_path, "x.rtf", text)).text


def test_a_name_without_end_is_cut(tmp_path: Path) -> None:
    """Each piece of it would else cost as much as all before it."""
    long = r"a\x " * 5_000
    head = rf"{{\rtf1{{\stylesheet{{\s1 heading {long};}}}}{{\info{{\title {long}}}{{\author {long}}}}}"
    document = Rtf("x.rtf")
    document.go_through(rf"{head}\pard\s1 Ports\par}}".encode())
    assert [len(name) for name in (document.title, document.author)] == [1_000, 1_000]
    assert document.parts == [Part("Ports", "heading")]


def test_what_stands_behind_the_document_is_no_part_of_it(tmp_path: Path) -> None:
    assert read(written(tmp_path, "x.rtf", r"{\rtf1 The port.} {\b More.}")).text == "The port.\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("\\u233èt\\u233è", "été"),
        ("\\uc2\\u233èxt", "ét"),
        (r"a{\v hidden\plain  shown}", "a shown"),
        (r"{\f1\'cf\plain\'e9}", "Пé"),
    ],
)
def test_what_stands_in_and_what_is_plain_again(body: str, said: str, tmp_path: Path) -> None:
    """The first are of programs that write UTF-8 where it should not be."""
    assert read(rtf(tmp_path, rf"\pard {body}\par")).text == f"{said}\n"
