from __future__ import annotations

import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.articles.text_in import TextIn
from annotator.formats.articles.web.tree import parsed, prepare
from tests.formats.articles.documents import PAGE, found, read, refusal, typed, written


def test_a_page_is_its_article_with_what_it_says_of_it(tmp_path: Path) -> None:
    one = read(written(tmp_path, "page.html", PAGE))
    assert (one.title, one.outlet, one.author) == ("Summit fails", "The Daily Planet", "Lois Lane")
    assert (one.published, one.url) == ("2025-08-24", "https://planet.example/summit")
    assert one.file == "page.html"
    assert "Copyright" not in one.text
    assert "Home" not in one.text


def test_headline_captions_and_headings_are_blocks(tmp_path: Path) -> None:
    one = read(written(tmp_path, "page.html", PAGE))
    blocks = typed(one)
    assert blocks[0] == ("headline", "Summit fails")
    assert blocks[1] == ("caption", "Two men shake hands in Alaska.")
    assert blocks[2][0] == "body"
    assert blocks[3] == ("heading", "What now?")
    assert blocks[4][1].endswith(
        "More was said\nafter a break, with a lot of further words to make it long enough."
    )
    assert "First point of the plan\nSecond point" in one.text
    assert one.blocks[-1].end == len(one.text)


def test_a_title_that_only_the_tab_shows_is_no_text(tmp_path: Path) -> None:
    page = PAGE.replace("<h1>Summit fails</h1>", "")
    one = read(written(tmp_path, "page.html", page))
    assert one.title == "Summit fails"
    assert "Summit fails" not in one.text


def test_no_network_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def touched(*arguments: object, **more: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", touched)
    monkeypatch.setattr(socket, "getaddrinfo", touched)
    address = written(tmp_path, "link.html", "<html><body>https://planet.example/a</body></html>")
    found(address)
    assert read(written(tmp_path, "page.html", PAGE)).title == "Summit fails"


def test_a_page_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    assert read(written(tmp_path, "page.txt", PAGE)).outlet == "The Daily Planet"
    plain = read(written(tmp_path, "plain.html", "Lavrov said < nothing > of it.\n"))
    assert plain.text == "Lavrov said < nothing > of it.\n"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "cp1251"])
def test_the_encoding_is_the_one_stated_or_marked(tmp_path: Path, encoding: str) -> None:
    stated = {"cp1252": "iso-8859-1", "cp1251": "windows-1251"}.get(encoding, "utf-8")
    word = "Кремль" if encoding == "cp1251" else "café"
    page = PAGE.replace("utf-8", stated).replace("nothing at all", word)
    one = read(written(tmp_path, "page.html", page.encode(encoding)))
    assert f"led to\n{word}" in one.text.replace(" " + word, "\n" + word)
    assert "“It was a bad day,”" in one.text


def test_a_page_that_states_a_wrong_encoding_is_read_as_what_it_is(tmp_path: Path) -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="shift_jis"').replace("nothing at all", "café")
    assert "café" in read(written(tmp_path, "page.html", page)).text


def test_pages_without_an_article_are_refused(tmp_path: Path) -> None:
    for body in ("", "<nav><a href='/'>Home</a></nav>", "<script>alert(1)</script>"):
        page = f"<!doctype html><html><body>{body}</body></html>"
        assert "copy the article" in refusal(written(tmp_path, "empty.html", page))


def test_a_page_nested_too_deeply_is_refused_not_cut_short(tmp_path: Path) -> None:
    deep = "<div>" * 20_000 + "<p>Deep in it.</p>" + "</div>" * 20_000
    page = PAGE.replace("<h2>", deep + "<h2>")
    assert "is nested too deeply" in refusal(written(tmp_path, "deep.html", page))


def test_scripts_styles_and_tags_in_text_stay_out_or_are_text(tmp_path: Path) -> None:
    page = PAGE.replace("nothing at all", "&lt;b&gt;<script>steal()</script><style>p{}</style>")
    one = read(written(tmp_path, "page.html", page))
    assert "steal" not in one.text
    assert "<b>" in one.text


def test_a_huge_page_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    path.write_bytes(b"<html><body>" + b"<p>words</p>" * 2_000_000)
    assert "divide it into one file" in refusal(path)


@settings(max_examples=30)
@given(st.text(st.sampled_from("<>/p div\"'=&;#x\0\ud800é\n!-[]"), max_size=200))
def test_any_page_comes_in_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, inside: str
) -> None:
    data = ("<html><body><article>" + inside).encode(errors="surrogatepass")
    for one in found(written(tmp_path_factory.getbasetemp(), "any.html", data)):
        assert not isinstance(one, TextIn) or one.text.encode()


def test_very_many_links_are_made_plain_words_and_lists_of_links_are_left(tmp_path: Path) -> None:
    """An extraction compares every piece of text with every other, so it is given few of them."""
    words = "which nobody had seen before, as far as anybody could tell on that day,"
    lines = [
        f"Part {n} of <b>what</b> <a href='/{n}'>was {n}</a> said, {words}" for n in range(2_600)
    ]
    menu = "".join(f"<a href='/m{n}'>Other {n}</a> " for n in range(9))
    parts = "".join(f"<p>{line}</p>" for line in lines)
    text = f"<html><body><article><p>{menu}</p>{parts}<p>One<br>two, {words}</p></article></body></html>"
    page = parsed(text, "x.html")
    prepare(page)
    assert len(list(page.iter("a", "b"))) == 9
    assert len(list(page.iter("br"))) == 1
    one = read(written(tmp_path, "x.html", text))
    plain = (
        line.partition(" of ")[0] + f" of what was {n} said, {words}"
        for n, line in enumerate(lines)
    )
    assert one.text.split("\n")[1:2_601] == list(plain)
    few = parsed(text.replace("<b>", "").replace("</b>", ""), "x.html")
    prepare(few)
    assert len(list(few.iter("a"))) == 2_609
