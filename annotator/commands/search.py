"""``annotator search``: what a search of the whole project finds, for people or as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

import msgspec

from annotator.commands.entering import looking
from annotator.core.errors import AnnotatorError
from annotator.core.model import Id
from annotator.store.finding.listing import Wanted
from annotator.store.finding.search import Found, Hit, Hits

_SLICE_S = 1.0
_NAMES = {"texts": "texts", "said": "marks and notes", "actors": "actors"}


def describe(parser: argparse.ArgumentParser) -> None:
    """What it can be given besides the project and who is looking."""
    parser.add_argument(
        "words",
        nargs="+",
        metavar="WORDS",
        help='all must occur; "a phrase", begin*, this OR that; after --, -not',
    )
    parser.add_argument("--json", action="store_true", help="the first page of hits as JSON")


def run(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Do it; :class:`AnnotatorError` where texts cannot be searched at all."""
    for line in _lines(options):
        say(line)
    return 0


def _lines(options: argparse.Namespace) -> Iterator[str]:
    words = " ".join(options.words)
    with looking(options) as workspace:
        while not workspace.catch_up(_SLICE_S):
            pass
        found = workspace.lists.search(words, Wanted())
        if not found.possible:
            raise AnnotatorError(
                "The SQLite of this Python has no FTS5, so texts cannot be searched; everything"
                " else works."
            )
        articles = {hit.article for page in _pages(found).values() for hit in page.hits}
        entries = workspace.lists.entries(id for id in articles if id is not None)
        titles = {id: entry.title for id, entry in entries.items()}
    if options.json:
        yield _as_json(found, titles)
        return
    for name, page in _pages(found).items():
        if page.hits:
            total = f"more than {page.total}" if page.more else str(page.total)
            yield f"In {_NAMES[name]}: {total}"
            for hit in page.hits:
                yield f"  {_line(hit, titles)}"
                yield f"      {_shown(hit)}"
    if not any(page.hits for page in _pages(found).values()):
        yield "Nothing found."


def _pages(found: Found) -> dict[str, Hits]:
    return {"texts": found.texts, "said": found.said, "actors": found.actors}


def _line(hit: Hit, titles: dict[Id, str]) -> str:
    if hit.article is None:
        return f"{hit.record}"
    where = "" if hit.where == "text" else f" ({hit.where})"
    return f"{hit.article}  {titles.get(hit.article, '')}{where}"


def _shown(hit: Hit) -> str:
    """The words around a hit, those that were looked for in brackets."""
    text, shown, at = hit.snippet.text, "", 0
    for start, end in hit.snippet.hits:
        shown += f"{text[at:start]}[{text[start:end]}]"
        at = end
    return shown + text[at:]


def _as_json(found: Found, titles: dict[Id, str]) -> str:
    pages = {
        name: {
            "total": page.total,
            "more": page.more,
            "hits": [
                {
                    "where": hit.where,
                    "article": None if hit.article is None else str(hit.article),
                    "title": titles.get(hit.article, "") if hit.article is not None else "",
                    "record": None if hit.record is None else str(hit.record),
                    "at": hit.at,
                    "snippet": hit.snippet.text,
                    "hits": hit.snippet.hits,
                }
                for hit in page.hits
            ],
        }
        for name, page in _pages(found).items()
    }
    return msgspec.json.encode(pages).decode()
