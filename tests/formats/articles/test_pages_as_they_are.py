"""Properties of pages from real sites, by which articles lost words or got wrong names."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from annotator.formats.articles.web import parts as html_parts
from tests.formats.articles.documents import PAGE, read, typed, written

LOOSE = (
    "KYIV — The first paragraph of this report stands in no element of its own, as of many that"
    " were written by hand."
)


def test_words_beside_paragraphs_are_text_in_their_place(tmp_path: Path) -> None:
    page = PAGE.replace(
        "<p>“It was", f'{LOOSE} It names <a href="/k">the Kremlin</a> as well.\n<p>“It was'
    )
    text = read(written(tmp_path, "page.html", page)).text
    assert f"{LOOSE} It names the Kremlin as well.\n“It was" in text


def test_words_after_a_box_within_a_paragraph_are_text(tmp_path: Path) -> None:
    # A paragraph cannot hold a division, so browsers end it there, and so does the reader.
    page = PAGE.replace(
        "<p>The <b>summit",
        f'<p><div class="related"><ul><li><a href="/v">Video</a></li></ul></div>{LOOSE}</p>\n'
        "<p>The <b>summit",
    )
    text = read(written(tmp_path, "page.html", page)).text
    assert text.index(LOOSE) < text.index("The summit of the two presidents")


def test_menus_beside_paragraphs_stay_out(tmp_path: Path) -> None:
    menu = "".join(f'<a href="/{n}">Section number {n} of this site</a> | ' for n in range(9))
    page = PAGE.replace("</article>", f"{menu}</article>")
    assert "Section number" not in read(written(tmp_path, "page.html", page)).text


def test_a_list_within_a_point_keeps_its_words_apart(tmp_path: Path) -> None:
    page = PAGE.replace(
        "<li>First point of the plan</li>",
        "<li>First point of the plan<ul><li>with an exception</li></ul></li>",
    )
    text = read(written(tmp_path, "page.html", page)).text
    assert "First point of the plan\nwith an exception\nSecond point" in text


@pytest.mark.parametrize(
    "title",
    [
        "Summit fails - The Daily Planet Online",
        "The Daily Planet | Summit fails",
        "Summit fails – World – The Daily Planet",
        "Daily Planet: Summit fails",
    ],
)
def test_a_title_with_the_name_of_the_site_is_the_headline(tmp_path: Path, title: str) -> None:
    page = PAGE.replace("<title>", f'<meta property="og:title" content="{title}"><title>')
    page = page.replace("Summit fails | The Daily Planet", title)
    one = read(written(tmp_path, "page.html", page))
    assert one.title == "Summit fails"
    assert typed(one)[0] == ("headline", "Summit fails")


def test_the_name_of_the_site_in_large_letters_is_no_headline(tmp_path: Path) -> None:
    page = PAGE.replace("<body>", "<body><header><h1>The Daily Planet</h1></header>")
    assert read(written(tmp_path, "page.html", page)).title == "Summit fails"


def test_a_second_heading_that_is_the_title_is_the_headline(tmp_path: Path) -> None:
    page = PAGE.replace("<article><h1>Summit fails</h1>", "<h2>Summit fails</h2><article>")
    one = read(written(tmp_path, "page.html", page))
    assert typed(one)[0] == ("headline", "Summit fails")
    assert one.text.count("Summit fails") == 1


def test_the_standfirst_of_a_page_is_text_once(tmp_path: Path) -> None:
    lead = "Hours of talks end without a result, and neither of the two sides says why."
    stated = f'<meta name="description" content="{lead}"></head>'
    page = PAGE.replace("</head>", stated)
    assert lead not in read(written(tmp_path, "hidden.html", page)).text
    shown = page.replace("<article>", f'<div class="chapo"><p>{lead}</p></div><article>')
    one = read(written(tmp_path, "page.html", shown))
    assert one.text.startswith(f"Summit fails\n{lead}\n")
    assert one.text.count(lead) == 1


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("Par Lois Lane", "Lois Lane"),
        ("Lois Lane Senior Metropolis Correspondent", "Lois Lane"),
        ("Lois Lane; Apr", "Lois Lane"),
        ("Lois Lane; The Daily Planet", "Lois Lane"),
        ("Planet Example", ""),
        ("Account You're logged", ""),
        ("Ludwig van der Rohe", "Ludwig van der Rohe"),
        ("محمد درويش", "محمد درويش"),
    ],
)
def test_authors_are_people(tmp_path: Path, stated: str, meant: str) -> None:
    page = PAGE.replace('content="Lois Lane"', f'content="{stated}"')
    assert read(written(tmp_path, "page.html", page)).author == meant


@pytest.mark.parametrize("stated", ["iso-8859-1", "windows-1252", "gb2312", "utf-16", "koi8-r"])
def test_a_page_saved_as_utf8_is_read_as_that_whatever_it_says(tmp_path: Path, stated: str) -> None:
    page = PAGE.replace('charset="utf-8"', f'charset="{stated}"').replace("minister", "ministère")
    page = page.replace("”", "’")  # all the bytes of which mean something in Windows-1252
    one = read(written(tmp_path, "page.html", page))
    assert "“It was a bad day,’ said the ministère" in one.text
    assert one.encoding == "utf-8"


@pytest.mark.parametrize(
    ("stated", "written_as", "word"),
    [
        ("gb2312", "gbk", "朱镕基"),
        ("shift_jis", "cp932", "髙橋①"),
        ("euc-kr", "cp949", "똠방각하"),
        ("iso-8859-9", "cp1254", "İstanbul’da"),
        ("iso-2022-jp", "iso2022_jp", "東京"),
    ],
)
def test_encodings_are_read_as_browsers_read_them(
    tmp_path: Path, stated: str, written_as: str, word: str
) -> None:
    page = PAGE.replace('charset="utf-8"', f'charset="{stated}"').replace("nothing at all", word)
    page = page.replace("“", '"').replace("”", '"')
    one = read(written(tmp_path, "page.html", page.encode(written_as)))
    assert word in one.text


def test_a_page_of_few_words_has_its_headline_once(tmp_path: Path) -> None:
    page = "<html><head><title>Summit</title></head><body><h1>Summit</h1><p>It failed.</p></body>"
    one = read(written(tmp_path, "page.html", page))
    assert typed(one) == [("headline", "Summit"), ("body", "It failed.")]


@pytest.mark.parametrize(
    ("tree", "lines"),
    [
        (  # an extraction cuts a line at its links
            "<body><div>It<p> follows the </p>Guidelines<p>, as all do.</p><p>So it is.</p></div></body>",
            ["It follows the Guidelines, as all do.", "So it is."],
        ),
        (
            "<body>Loose<p>One.</p>Also <hi>loose</hi>.<p>Two.</p>12</body>",
            ["Loose", "One.", "Also loose.", "Two."],
        ),
        (
            "<body><p>Of <code>code</code> a word.</p><code>code alone</code></body>",
            ["Of code a word.", "code alone"],
        ),
        (
            "<body><list><item>One<list><item>within</item></list>after</item></list></body>",
            ["One", "within", "after"],
        ),
        (
            "<body><table><row><cell>12</cell><cell>a<p>b</p></cell></row></table></body>",
            ["12\tab"],
        ),
        ("<body><quote>Said<head>Heading</head>so</quote></body>", ["Said", "Heading", "so"]),
    ],
)
def test_no_word_of_an_extraction_is_left_behind(tree: str, lines: list[str]) -> None:
    assert [part.text for part in html_parts.parts(etree.fromstring(tree))] == lines
