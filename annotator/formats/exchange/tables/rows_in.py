"""Rows of tables as a bundle, read as strictly as Annotator JSON."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Codebook
from annotator.core.errors import BadInput
from annotator.core.model import Id, Mark, Member, Statement, article_id
from annotator.core.text.cleaning import sha256
from annotator.formats import annotator_json
from annotator.formats.annotator_layout import (
    FORMAT,
    OFFSETS,
    VERSION,
    File,
    FileActor,
    FileAnalyst,
    FileArticle,
    FileIssue,
    Part,
)
from annotator.formats.annotator_values import layer_number
from annotator.formats.exchange.format import Incoming, Losses, Outgoing
from annotator.formats.exchange.limits import check_marks
from annotator.formats.exchange.tables.book_in import codebook
from annotator.formats.exchange.tables.cells import LONGEST
from annotator.formats.exchange.tables.layout import HEADS, NEEDED, missing
from annotator.formats.exchange.tables.line import Line
from annotator.formats.exchange.tables.said_in import SaidRows
from annotator.formats.exchange.typed import whole

_LAYER = re.compile(r"[0-9]{1,19}|gold")
_NEARLY = 20
"""Bytes of a full cell that may be missing where it was cut between characters."""
_IS_OURS = re.compile(r"[0-9]{19}")
"""An article's id as it follows from a text; anything else is what the tables call it."""


Tables = Callable[[str], Iterable[Line] | None]
"""The rows of a table by its name, None when there is no such table."""


def bundle(source: str, tables: Tables) -> Incoming:
    """What the tables say; :class:`BadInput` names the table and the row."""
    return _Reading(source, tables).all()


def stream(source: str, tables: Tables) -> Outgoing:
    """The same with the articles as they are asked for.

    Marks and statements have to come in the order of the articles, those of each together.
    """
    return _Reading(source, tables).in_parts()


class _ByArticle:
    """Rows of which those of an article are asked for when it is its turn."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._next = next(lines, None)
        self._place = self._next.columns.places["article"] if self._next else 0

    def of(self, article: str) -> Iterator[Line]:
        while self._next is not None and self._next.values[self._place] == article:
            yield self._next
            self._next = next(self._lines, None)

    def check_none_left(self) -> None:
        """Refuse what no article was asked for."""
        if self._next is not None:
            raise self._next.wrong(
                "its article does not come after those of the rows above; was the table changed"
                " while it was read? Import it again"
            )


class _Reading:
    def __init__(self, source: str, tables: Tables) -> None:
        self._source = source
        self._tables = tables
        self._of_table: dict[str, SaidRows] = {}
        self._layers: dict[str, Id] = {}
        self._ids: dict[str, str] = {}
        """Of articles that the tables call something else."""
        self._check_columns()

    def _check_columns(self) -> None:
        """Refuse tables that cannot be read, with all that they lack."""
        gone = [table for table in NEEDED if self._tables(table) is None]
        if gone:
            raise BadInput(f"{self._source} has no table {', '.join(gone)}; export it again.")
        told = []
        for table in HEADS:
            head = next(iter(self._tables(table) or ()), None)
            names = missing(table, head.columns.places) if head else []
            if head and names:
                told.append(f"{head.where} has no column {', '.join(names)}")
        if told:
            raise BadInput(f"{'; '.join(told)}.")

    def all(self) -> Incoming:
        head = self._head(codebook(self._lines("codebook")))
        articles = {cells["id"]: self._part(line, cells) for line, cells in self._articles()}
        parts = self._with_said(
            articles, self._lines("marks"), self._lines("statements"), head.codebook
        )
        return Incoming(replace(head, articles=tuple(parts)), Losses())

    def in_parts(self) -> Outgoing:
        head = self._head(codebook(self._lines("codebook")))
        return Outgoing(head, self._parts(head.codebook))

    def _parts(self, book: Codebook) -> Iterator[ArticleBundle]:
        marked, stated = (_ByArticle(self._lines(table)) for table in ("marks", "statements"))
        for line, cells in self._articles():
            id = cells["id"]
            article = {id: self._part(line, cells)}
            yield from self._with_said(article, marked.of(id), stated.of(id), book)
        for rows in (marked, stated):
            rows.check_none_left()

    def _part(self, line: Line, cells: dict[str, Any]) -> ArticleBundle:
        """An article without what is said of it."""
        id = self._ids.get(cells["id"], cells["id"])
        made = line.as_part(FileArticle, cells | {"id": id, "layers": []})
        found: ArticleBundle = self._checked(line, annotator_json.article_in, made)
        return found

    def _with_said(
        self,
        articles: dict[str, ArticleBundle],
        marked: Iterable[Line],
        stated: Iterable[Line],
        book: Codebook,
    ) -> Iterator[ArticleBundle]:
        """The articles, by what the tables call them, with their marks and statements by layer."""
        marks = self._marks(marked, book, articles)
        statements = self._statements(stated, book, articles, marks)
        said: dict[str, tuple[list[Mark], list[Statement]]] = defaultdict(lambda: ([], []))
        for key in sorted({*marks, *statements}):
            of_article = said[key[0]]
            of_article[0].extend(marks[key].values() if key in marks else ())
            of_article[1].extend(statements.get(key, ()))
        for id, part in articles.items():
            yield replace(part, marks=tuple(said[id][0]), statements=tuple(said[id][1]))

    def _lines(self, table: str) -> Iterator[Line]:
        return (line for line in self._tables(table) or () if not line.is_head)

    def _checked(self, line: Line, read: Callable[..., Any], made: Part) -> Any:
        try:
            return read(made, line.where.rstrip(","))
        except msgspec.ValidationError as error:
            raise line.wrong(str(error)) from error

    # The project

    def _head(self, book: dict[str, Any]) -> Bundle:
        file: dict[str, Any] = {
            "format": FORMAT,
            "version": VERSION,
            "offsets": OFFSETS,
            "project": f"tables:{self._source}",
            "codebook": book,
            "issues": [self._issue(line) for line in self._lines("issues")],
            "actors": [self._actor(line) for line in self._lines("actors")],
            "analysts": [
                line.as_part(
                    FileAnalyst, line.some("id", "name") | {"reviewer": line.flag("reviewer")}
                )
                for line in self._lines("analysts")
            ],
            "articles": (),
        }
        try:
            return annotator_json.bundle_in(msgspec.convert(file, File), self._source)
        except msgspec.ValidationError as error:
            raise BadInput(f"{self._source} is not as Annotator writes it: {error}.") from error

    def _issue(self, line: Line) -> FileIssue:
        found = line.some("id", "key", "name", "proposition", "definition")
        found |= {"parent": line.get("parent") or None, "retired": line.flag("retired")}
        return line.as_part(FileIssue, found | {"examples": line.several("examples")})

    def _actor(self, line: Line) -> FileActor:
        found = line.some("id", "name", "type", "note", "wikidata")
        belongs = []
        for one in line.several("affiliations"):
            actor, _, when = one.partition(" ")
            since, _, until = when.partition("..")
            belongs.append({"actor": actor, "since": since, "until": until})
        found |= {"aliases": line.several("aliases"), "affiliations": belongs}
        found |= {"type": found["type"] or "person", "retired": line.flag("retired")}
        return line.as_part(FileActor, found)

    # The articles

    def _articles(self) -> Iterator[tuple[Line, dict[str, Any]]]:
        seen: set[str] = set()
        for line in self._lines("articles"):
            cells = line.some("id", "title", "outlet", "author", "published", "url", "file")
            cells |= line.some("sha256", "text")
            text = cells["text"]
            digest = sha256(text)
            if cells["sha256"] not in (digest, ""):
                full = len(text.encode("utf-16-le")) >= 2 * LONGEST - _NEARLY
                raise line.wrong(
                    "the text was cut where Excel's room for a cell ends; CSV keeps it whole"
                    if full
                    else "the text is not the one that was exported (its SHA-256 differs)"
                )
            if cells["id"] in seen:
                raise line.wrong("the article is there twice")
            seen.add(cells["id"])
            cells |= {"sha256": digest, "blocks": self._blocks(line)}
            if not _IS_OURS.fullmatch(cells["id"]):
                self._ids[cells["id"]] = str(article_id(digest))
            cells["copy_of"] = self._copied(line)
            yield line, cells

    def _copied(self, line: Line) -> str | None:
        """The id of the article that a row says it is a copy of."""
        said = line.get("copy_of")
        if not said or _IS_OURS.fullmatch(said):
            return said or None
        if said not in self._ids:
            raise line.wrong(f"copy_of names no article above, “{said:.40}”")
        return self._ids[said]

    def _blocks(self, line: Line) -> list[dict[str, Any]]:
        found = []
        for one in line.several("blocks"):
            place, _, type = one.partition(" ")
            start, end = (whole(side) for side in (*place.partition("-")[::2],))
            found.append({"start": start, "end": end, "type": type})
        return found

    def _marks(
        self, lines: Iterable[Line], book: Codebook, articles: dict[str, ArticleBundle]
    ) -> dict[tuple[str, str], dict[str, Mark]]:
        """By article and layer, and there by id."""
        found: dict[tuple[str, str], dict[str, Mark]] = defaultdict(dict)
        seen: set[str] = set()
        for line in lines:
            rows = self._rows("marks", line, book)
            id, article, layer = rows.whose(line.values)
            part = self._known(line, article, articles)
            if id in seen:
                raise line.wrong("the mark is there twice")
            seen.add(id)
            check_marks(len(seen), rows.file)
            whose = self._layer(line, layer)
            found[article, layer][id] = rows.mark(line, part.text, part.article.id, whose)
        return found

    def _statements(
        self,
        lines: Iterable[Line],
        book: Codebook,
        articles: dict[str, ArticleBundle],
        marks: dict[tuple[str, str], dict[str, Mark]],
    ) -> dict[tuple[str, str], list[Statement]]:
        """By article and layer."""
        found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        seen: dict[str, tuple[str, str, Statement]] = {}
        for line in lines:
            rows = self._rows("statements", line, book)
            id, article, layer = rows.whose(line.values)
            part = self._known(line, article, articles)
            whose = self._layer(line, layer)
            members = _members(line, marks.get((article, layer), {}))
            made = rows.statement(line, members, part.article.id, whose)
            before = seen.setdefault(id, (article, layer, made))
            if before[2] is made:  # the first of its rows, one for each actor, issue and stance
                found[article, layer].append(made)
            elif before != (article, layer, made):
                raise line.wrong(f"the statement {id} is something else in a row above")
        return found

    def _layer(self, line: Line, layer: str) -> Id:
        known = self._layers.get(layer)
        if known is None:
            if not _LAYER.fullmatch(layer):
                raise line.wrong(f"the layer “{layer:.40}” is neither an analyst's id nor gold")
            try:
                known = self._layers[layer] = layer_number(layer)
            except msgspec.ValidationError as error:
                raise line.wrong(str(error)) from error
        return known

    def _known(self, line: Line, article: str, articles: dict[str, ArticleBundle]) -> ArticleBundle:
        part = articles.get(article)
        if part is None:
            raise line.wrong(f"there is no article {article:.40}")
        return part

    def _rows(self, table: str, line: Line, book: Codebook) -> SaidRows:
        if table not in self._of_table:
            self._of_table[table] = SaidRows(table, book, line.columns)
        return self._of_table[table]


def _members(line: Line, marks: dict[str, Mark]) -> tuple[Member, ...]:
    """The marks of a statement, which are in its layer, in their roles."""
    found: list[Member] = []
    for one in line.several("members"):
        role, _, mark = one.rpartition(" ")
        if mark not in marks:
            raise line.wrong(f"there is no mark {mark:.40} in the same layer of the article")
        found.append(Member(role, marks[mark].id))
    return tuple(found)
