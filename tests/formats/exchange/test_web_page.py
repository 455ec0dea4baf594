"""The page: its text is the article's, and nothing in a project becomes a tag or a script."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Losses, Outgoing
from annotator.formats.exchange.web_page import safe
from annotator.formats.exchange.web_page.formats import FORMAT
from tests.formats.bundles import small_bundle
from tests.formats.exchange.making import bundles
from tests.formats.exchange.meaning import written_to

GOLDEN = Path(__file__).with_name("samples") / "small.html"
_VOID = {"meta", "input", "br"}
_EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\" ' onclick='x &lt;"
EVIL = st.lists(st.sampled_from([*re.findall(r"</?|\w+|.", _EVIL), "javascript:", "\0"])).map(
    "".join
)


class Page(HTMLParser):
    """Every tag with its attributes, the text of articles, and whether all is closed in order."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.within: list[str] = []
        self._depth = 0
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        about = dict(attrs)
        self.tags.append((tag, about))
        if tag in _VOID:
            return
        self.within.append(tag)
        if about.get("class") == "text":
            self.texts.append("")
            self._depth = len(self.within)

    def handle_endtag(self, tag: str) -> None:
        assert self.within.pop() == tag
        if len(self.within) < self._depth:
            self._depth = 0

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts[-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [about for name, about in self.tags if name == tag]


def write(bundle: Bundle, to: Path, **options: str) -> Losses:
    with written(FORMAT, Outgoing.of(bundle), to, options) as waiting:
        waiting.keep()
        return waiting.losses


def page(bundle: Bundle, **options: str) -> tuple[Page, str]:
    with tempfile.TemporaryDirectory() as folder:
        write(bundle, Path(folder) / "x.html", **options)
        content = (Path(folder) / "x.html").read_bytes().decode()
    return Page(content), content


SMALL, _ = page(small_bundle())
ATTRIBUTES = {
    *("class", "id", "href", "rel", "data-of", "data-kind", "data-marks", "title", "tabindex"),
    *("charset", "http-equiv", "content", "name", "lang", "role", "for", "type", "placeholder"),
    *("autocomplete", "aria-live", "aria-label", "aria-labelledby", "checked", "value", "open"),
    "hidden",
}
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "a", "div", "h1", "label", "input"),
    *("span", "ul", "li", "main", "article", "header", "h2", "p", "section", "h3", "dl", "dt"),
    *("dd", "strong", "br", "mark", "details", "summary", "b", "nav", "ol", "small", "footer"),
    "script",
}


@given(bundle=bundles(notes=EVIL), evil=EVIL)
@settings(max_examples=60)
def test_nothing_in_a_project_becomes_a_tag_or_a_script(bundle: Bundle, evil: str) -> None:
    book = bundle.codebook
    kinds = {k: msgspec.structs.replace(v, name=evil, colour=evil) for k, v in book.kinds.items()}
    parts = tuple(
        replace(
            p,
            article=msgspec.structs.replace(
                p.article, title=evil, outlet=evil, url=evil, file=evil
            ),
        )
        for p in bundle.articles
    )
    changed = replace(
        bundle,
        codebook=msgspec.structs.replace(book, name=evil, kinds=kinds),
        actors=tuple(msgspec.structs.replace(a, name=evil) for a in bundle.actors),
        analysts=tuple(msgspec.structs.replace(a, name=evil + a.name) for a in bundle.analysts),
        articles=parts,
    )
    found, _ = page(changed)
    assert found.within == []
    assert {tag for tag, _ in found.tags} <= TAGS
    assert {name for _, about in found.tags for name in about} <= ATTRIBUTES
    assert len(found.all("script")) == 1
    assert len(found.all("style")) == 1
    for link in found.all("a"):
        assert (link["href"] or "").startswith(("#", "http://", "https://"))
    for about in found.all("mark"):
        assert re.fullmatch(r"k\d+ [a-z-]+ lane[0-5]( b)?( e)?", about["class"] or "")
    assert [text[:-1] for text in found.texts if text] == [
        re.sub("[\x80-\x9f]", "\ufffd", p.text)
        for p in parts
        for _ in range(max(1, len({r.layer for r in p.said})))
    ]


@given(st.text())
def test_a_text_is_no_markup(text: str) -> None:
    shown = safe.text(text)
    assert not set("<>\"'") & set(shown)
    assert re.sub(r"&(amp|lt|gt|quot|#x27);", "", shown).count("&") == 0


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x", "https://a b", "x"]
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert "<a" not in safe.link(url, "words")
    assert safe.link("https://example.org/?a&b", "w").startswith(
        '<a href="https://example.org/?a&amp;b"'
    )


def test_the_page_may_run_its_own_script_and_fetch_nothing() -> None:
    found, content = page(small_bundle())
    (policy,) = (m["content"] or "" for m in found.all("meta") if m.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (inside,) = re.findall(f"(?s)<{tag}>(.*?)</{tag}>", content)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not re.search(r"https?://(?!example\.org)|url\(|@import", content)
    assert "style=" not in content


def test_every_mark_and_statement_is_there_and_can_be_reached() -> None:
    bundle = small_bundle()
    part = bundle.articles[0]
    ids = {about["id"] for _, about in SMALL.tags if about.get("id")}
    shown = {m.id for m in part.marks if m.fragments}
    assert {f"m{id}" for id in shown} <= ids
    links = {(a["href"] or "")[1:] for a in SMALL.all("a") if (a["href"] or "").startswith("#")}
    assert links <= ids
    cards = {about["data-marks"] for about in SMALL.all("li") if "data-marks" in about}
    assert {" ".join(str(m.mark) for m in s.members) for s in part.statements} <= cards
    assert len(ids) == sum(1 for _, about in SMALL.tags if about.get("id"))


def test_kinds_are_told_by_colour_pattern_and_name() -> None:
    marks = SMALL.all("mark")
    assert {m["data-kind"] for m in marks} == {"Speaker", "Claim"}
    assert any("dashed" in (m["class"] or "") for m in marks)
    assert any("solid" in (m["class"] or "") for m in marks)
    assert SMALL.all("html")[0]["lang"] == "en"
    assert {f["for"] for f in SMALL.all("label") if "for" in f} == {"search"}


def test_layers_are_shown_beside_each_other_decisions_first() -> None:
    _, content = page(small_bundle())
    names = re.findall(r"As <b>(\w+)</b>", content)
    assert names == ["gold", "Ada", "Bo"]
    _, content = page(small_bundle(), layer="Ada")
    assert "<details" not in content
    with pytest.raises(BadInput, match="There is no layer Cy"):
        page(small_bundle(), layer="Cy")


def test_a_page_for_each_article(tmp_path: Path) -> None:
    write(small_bundle(), tmp_path / "x.html", pages="articles")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x-talks.html", "x.html"]
    listing = Page((tmp_path / "x.html").read_text(encoding="utf-8"))
    assert "x-talks.html" in {a["href"] for a in listing.all("a")}
    alone = Page((tmp_path / "x-talks.html").read_text(encoding="utf-8"))
    assert alone.texts[0] == small_bundle().articles[0].text + "\n"


def test_the_page_is_as_it_was(tmp_path: Path) -> None:
    """But for style and script, which are files of their own."""
    written_to(FORMAT, small_bundle(), tmp_path / "x.html")
    content = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert _body(content) == _body(GOLDEN.read_text(encoding="utf-8"))


def _body(content: str) -> str:
    return re.sub(r"(?s)<(style|script)>.*?</\1>|sha256-[\w+/=]+", "", content)
