"""The page itself: one for a project, or one for each article with a page that lists them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import BadInput
from annotator.core.model import Id, Mark
from annotator.core.text.cleaning import counted
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.folders import Names
from annotator.formats.exchange.format import Asked, Losses, Outgoing
from annotator.formats.exchange.web_page import safe
from annotator.formats.exchange.web_page.cards import Cards
from annotator.formats.exchange.web_page.look import classes, policy, script, style
from annotator.formats.exchange.web_page.marked import marked_text
from annotator.formats.exchange.words import GOLD_NAME, Words, by_layer, in_order

_IN_MEMORY = 16_000_000
_SHOWN = ("title", "outlet", "author", "published", "url", "blocks", "note")


def write(outgoing: Outgoing, to: Path, asked: Asked) -> Losses:
    losses = Losses()
    left_behind.of_project(outgoing.project, losses)
    if asked.value("pages") == "articles":
        _several(_Page(outgoing.project, asked, losses), outgoing, to)
    else:
        _one(_Page(outgoing.project, asked, losses), outgoing, to)
    return losses


def _one(page: _Page, outgoing: Outgoing, to: Path) -> None:
    entries: list[str] = []
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
        for part in outgoing.articles:
            entries.append(page.entry(part, f"#a{part.article.id}"))
            body.writelines(piece.encode() for piece in page.article(part))
        with to.open("wb") as file:
            file.write(page.head(page.title).encode())
            file.write(page.contents(entries if len(entries) > 1 else []).encode())
            body.seek(0)
            shutil.copyfileobj(body, file)
            file.write(page.end().encode())


def _several(page: _Page, outgoing: Outgoing, to: Path) -> None:
    entries: list[str] = []
    names = Names()
    for part in outgoing.articles:
        stem = names.stem(part.article.file, part.article.title)
        beside = to.with_name(f"{to.stem}-{stem}.html")
        entries.append(page.entry(part, safe.in_address(beside.name)))
        with beside.open("wb") as file:
            _page_of_one(page, part, file)
    with to.open("wb") as file:
        file.write(page.head(page.title, searching=False).encode())
        file.write(page.contents(entries).encode())
        file.write(page.end().encode())


def _page_of_one(page: _Page, part: ArticleBundle, file: IO[bytes]) -> None:
    file.write(page.head(part.article.title).encode())
    file.writelines(piece.encode() for piece in page.article(part))
    file.write(page.end().encode())


class _Page:
    """The parts that pages of a project are made of."""

    def __init__(self, project: Bundle, asked: Asked, losses: Losses) -> None:
        self._book = project.codebook
        self._words = Words(project)
        self._cards = Cards(project)
        self._losses = losses
        self._style, self._script = style(self._book), script()
        self.title = self._book.name or "Articles"
        self._wanted = asked.value("layer")
        layers = [self._words.layer(a.id) for a in project.analysts]
        if self._wanted not in ("", GOLD_NAME, *layers):
            raise BadInput(f"There is no layer {self._wanted}; there are {', '.join(layers)}.")

    def head(self, title: str, searching: bool = True) -> str:
        legend = "".join(
            f'<li><label><input type="checkbox" checked value="k{number}">'
            f'<span class="swatch {classes(self._book, key, 0)}">{safe.text(kind.name)}</span>'
            "</label></li>"
            for number, (key, kind) in enumerate(self._book.kinds.items())
        )
        hidden = "" if searching else " hidden"
        search = (
            f'<div class="search" role="search"{hidden}><label for="search" class="unseen">Search</label>'
            '<input id="search" type="search" placeholder="Search — press /" autocomplete="off">'
            '<span id="found" class="found" role="status" aria-live="polite"></span></div>'
        )
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy"'
            f' content="{safe.text(policy(self._style, self._script))}">\n'
            '<meta name="referrer" content="no-referrer">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{safe.text(title)}</title>\n<style>{self._style}</style>\n</head>\n<body>\n"
            '<a class="skip" href="#main">To the articles</a>\n'
            f'<div class="bar"><div class="bar-line"><h1>{safe.text(title)}</h1>'
            f'{search}</div><ul class="legend" aria-label="Kinds of marks">'
            f'{legend}</ul></div>\n<main id="main" tabindex="-1">\n'
        )

    def contents(self, entries: list[str]) -> str:
        if not entries:
            return ""
        return (
            f'<nav class="contents" aria-labelledby="contents"><h2 id="contents">'
            f"{counted(len(entries), 'article')}</h2><ol>{''.join(entries)}</ol></nav>\n"
        )

    def entry(self, part: ArticleBundle, address: str) -> str:
        a = part.article
        known = ", ".join(one for one in (a.outlet, a.published) if one)
        small = f" <small>{safe.text(known)}</small>" if known else ""
        link = f'<a href="{safe.text(address)}">{safe.text(a.title or a.file)}</a>'
        return f'<li data-of="a{a.id}">{link}{small}</li>'

    def end(self) -> str:
        return (
            f"</main>\n<footer>Made by Annotator</footer>\n<script>{self._script}</script>\n"
            "</body>\n</html>\n"
        )

    def article(self, part: ArticleBundle) -> Iterator[str]:
        left_behind.of_article(part, self._losses, _SHOWN)
        a = part.article
        known = [safe.text(one) for one in (a.outlet, a.author, a.published) if one]
        known += [safe.link(a.url, "the article on the web" if "://" in a.url else a.url)] * bool(
            a.url
        )
        shown = "".join(f"<span>{one}</span>" for one in known)
        yield f'<article id="a{a.id}"><header><h2>{safe.text(a.title or a.file)}</h2>'
        yield f'<p class="known">{shown}</p></header>\n'
        layers = self._layers(part)
        for number, layer in enumerate(layers):
            name = safe.text(self._words.layer(layer))
            if len(layers) > 1:
                state = " open" if number == 0 else ""
                yield f"<details{state}><summary>As <b>{name}</b> marked it</summary>\n"
            yield from self._beside(part, layer)
            yield "</details>\n" if len(layers) > 1 else ""
        if not layers:
            yield from self._beside(part, None)
        yield "</article>\n"

    def _layers(self, part: ArticleBundle) -> list[Id]:
        """Those to be shown: the decisions first, then each analyst's."""
        found = by_layer(part.said)
        if self._wanted:
            found = [layer for layer in found if self._words.layer(layer) == self._wanted]
            if len(found) < len(by_layer(part.said)):
                self._losses.add("other layers are left out", left_behind.name_of(part.article))
        return sorted(found, key=lambda id: (self._words.layer(id) != GOLD_NAME, id))

    def _beside(self, part: ArticleBundle, layer: Id | None) -> Iterator[str]:
        marks = {m.id: m for m in in_order(part.marks) if m.layer == layer}
        statements = [s for s in part.statements if s.layer == layer]
        statements.sort(key=lambda s: (min(_starts(s.marks(), marks), default=1 << 62), s.id))
        held = {id for s in statements for id in s.marks()}
        yield '<div class="beside"><div class="text">'
        yield from marked_text(part, list(marks.values()), self._book)
        yield f"</div>\n<section><h3>{counted(len(statements), 'statement')}</h3>"
        if statements:
            cards = (self._cards.card(s, marks) for s in statements)
            yield f'<ul class="cards">{"".join(cards)}</ul>'
        loose = [mark for mark in marks.values() if mark.id not in held]
        if loose:
            others = map(self._cards.loose, loose)
            yield f'<h3>In no statement</h3><ul class="cards">{"".join(others)}</ul>'
        yield "</section></div>\n"


def _starts(ids: tuple[Id, ...], marks: Mapping[Id, Mark]) -> Iterator[int]:
    found = (marks[id].start for id in ids if id in marks)
    return (start for start in found if start is not None)
