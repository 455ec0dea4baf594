"""Rows of tables as a bundle, read as strictly as Annotator JSON, whose objects they become."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Codebook
from annotator.core.errors import BadInput
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
    FileLayer,
    FileMark,
    FileStatement,
    Part,
)
from annotator.formats.exchange.format import Incoming, Losses, Outgoing
from annotator.formats.exchange.limits import check_marks
from annotator.formats.exchange.tables.cells import LONGEST, apart
from annotator.formats.exchange.tables.layout import NEEDED, FieldColumns, missing
from annotator.formats.exchange.typed import number, whole

Found = TypeVar("Found", bound=Part)
_LAYER = re.compile(r"[0-9]{1,19}|gold")
_NEARLY = 20
"""Bytes of a full cell that may be missing where it was cut between characters."""
_AUTHORED = ("id", "made_at", "made_by", "changed_at", "changed_by", "note")


@dataclass(frozen=True, slots=True)
class Line:
    """A row by the names of its columns. The first of a table is its head, without values."""

    where: str
    cells: dict[str, str]
    is_head: bool = False

    def some(self, *names: str) -> dict[str, Any]:
        return {name: self.cells.get(name, "") for name in names}

    def flag(self, name: str) -> bool:
        said = self.cells.get(name, "").casefold()
        if said not in ("true", "false", ""):
            raise self.wrong(f"{name} is true or false, not “{said:.40}”")
        return said == "true"

    def whole(self, name: str) -> int:
        found = whole(self.cells.get(name, ""))
        if found is None:
            raise self.wrong(f"{name} is no whole number but “{self.cells.get(name, ''):.40}”")
        return found

    def several(self, name: str) -> list[str]:
        """Several values, as :func:`~annotator.formats.exchange.tables.cells.joined` put them."""
        said = self.cells.get(name, "")
        if not said.startswith("["):
            return apart(said)
        try:  # JSON, as lists of texts were written until 2026
            return msgspec.json.decode(said, type=list[str])
        except (msgspec.DecodeError, RecursionError) as error:
            raise self.wrong(f"{name} is no list such as one;two") from error

    def fragments(self, text: str) -> list[dict[str, Any]]:
        """Pieces of the text, each after the one before."""
        found: list[dict[str, Any]] = []
        last = -1
        for piece in self.several("fragments"):
            first, _, last_one = piece.partition("-")
            start, end = whole(first), whole(last_one)
            if start is None or end is None or not last < start < end <= len(text):
                raise self.wrong(
                    f"“{piece:.40}” is no place of the article's text after the one before, such as"
                    " 5-11; spreadsheets make dates of them, so open CSV there as text only"
                )
            found.append({"start": start, "end": end, "quote": text[start:end]})
            last = end
        return found

    def as_part(self, type: type[Found], found: dict[str, Any]) -> Found:
        try:
            return msgspec.convert(found, type)
        except msgspec.ValidationError as error:
            raise self.wrong(str(error)) from error

    def wrong(self, what: str) -> BadInput:
        return BadInput(f"{self.where} is not as Annotator writes it: {what}.")


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

    def of(self, article: str) -> Iterator[Line]:
        while self._next is not None and self._next.cells["article"] == article:
            yield self._next
            self._next = next(self._lines, None)


class _Reading:
    def __init__(self, source: str, tables: Tables) -> None:
        self._source = source
        self._tables = tables
        self._of_fields: dict[str, FieldColumns] = {}

    def all(self) -> Incoming:
        head = self._head(self._codebook())
        articles = {cells["id"]: (line, cells) for line, cells in self._articles()}
        known = {id: cells["text"] for id, (_, cells) in articles.items()}
        marks = self._marks(self._lines("marks"), head.codebook, known)
        layers = self._layers(self._lines("statements"), head.codebook, known, marks)
        parts = tuple(self._part(*articles[id], layers[id]) for id in articles)
        return Incoming(replace(head, articles=parts), Losses())

    def in_parts(self) -> Outgoing:
        head = self._head(self._codebook())
        return Outgoing(head, self._parts(head.codebook))

    def _parts(self, book: Codebook) -> Iterator[ArticleBundle]:
        marked, stated = (_ByArticle(self._lines(table)) for table in ("marks", "statements"))
        for line, cells in self._articles():
            id, known = cells["id"], {cells["id"]: cells["text"]}
            marks = self._marks(marked.of(id), book, known)
            layers = self._layers(stated.of(id), book, known, marks)
            yield self._part(line, cells, layers[id])

    def _part(
        self, line: Line, cells: dict[str, Any], layers: dict[str, FileLayer]
    ) -> ArticleBundle:
        made = line.as_part(FileArticle, cells | {"layers": []})
        made = msgspec.structs.replace(made, layers=tuple(layers.values()))
        found: ArticleBundle = self._checked(line, annotator_json.article_in, made)
        return found

    def _lines(self, table: str) -> Iterator[Line]:
        found = self._tables(table)
        if found is None:
            if table in NEEDED:
                raise BadInput(f"{self._source} has no table {table}; export it again.")
            return
        for line in found:
            gone = missing(table, line.cells) if line.is_head else []
            if gone:
                raise BadInput(f"{line.where} has no column {', '.join(gone)}.")
            if not line.is_head:
                yield line

    def _checked(self, line: Line, read: Callable[..., Any], made: Part) -> Any:
        try:
            return read(made, line.where.rstrip(","))
        except msgspec.ValidationError as error:
            raise line.wrong(str(error)) from error

    # The project

    def _codebook(self) -> dict[str, Any]:
        book: dict[str, Any] = {"name": "", "guidelines": ""}
        book |= {"kinds": {}, "roles": {}, "fields": {}, "stances": {}}
        for line in self._lines("codebook"):
            self._take(line, book)
        return book

    def _take(self, line: Line, book: dict[str, Any]) -> None:
        part, key = line.cells["part"], line.cells["key"]
        entry = line.some("name", "definition")
        if part == "codebook":
            book |= {"name": entry["name"], "guidelines": entry["definition"]}
            return
        entry["retired"] = line.flag("retired")
        if part != "role":
            entry["examples"] = line.several("examples")
        if part in ("role", "field"):
            entry |= {name: line.flag(name) for name in ("many", "expected")}
        if part == "kind":
            entry |= line.some("colour", "pattern", "rule")
            entry |= {"key": line.cells["letter"], "tint": line.flag("tint")}
            entry["width"] = line.whole("width")
        elif part == "role":
            entry["kinds"] = line.several("on")
        elif part == "field":
            entry |= line.some("type") | {"on": line.several("on"), "choices": {}}
        into = self._table(line, part, book)
        if key in into or not key:
            raise line.wrong(f"the {part} “{key:.40}” is there twice, or has no key")
        into[key] = entry

    def _table(self, line: Line, part: str, book: dict[str, Any]) -> dict[str, Any]:
        """Where an entry of the codebook belongs."""
        if part == "choice":
            field = book["fields"].get(line.cells["of"])
            if field is None:
                raise line.wrong(f"there is no field “{line.cells['of']:.40}” above this choice")
            choices: dict[str, Any] = field["choices"]
            return choices
        if part not in ("kind", "role", "field", "stance"):
            raise line.wrong(f"“{part:.40}” is no part of a codebook")
        table: dict[str, Any] = book[f"{part}s"]
        return table

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
        found |= {"parent": line.cells["parent"] or None, "retired": line.flag("retired")}
        return line.as_part(FileIssue, found | {"examples": line.several("examples")})

    def _actor(self, line: Line) -> FileActor:
        found = line.some("id", "name", "type", "note", "wikidata")
        belongs = []
        for one in line.several("affiliations"):
            actor, _, when = one.partition(" ")
            since, _, until = when.partition("..")
            belongs.append({"actor": actor, "since": since, "until": until})
        found |= {"aliases": line.several("aliases"), "affiliations": belongs}
        found["retired"] = line.flag("retired")
        return line.as_part(FileActor, found)

    def _columns(self, table: str, book: Codebook) -> FieldColumns:
        if table not in self._of_fields:
            self._of_fields[table] = FieldColumns(table, book)
        return self._of_fields[table]

    # The articles

    def _articles(self) -> Iterator[tuple[Line, dict[str, Any]]]:
        seen: set[str] = set()
        for line in self._lines("articles"):
            cells = line.some("id", "title", "outlet", "author", "published", "url", "file")
            cells |= line.some("sha256", "text")
            text = cells["text"]
            if sha256(text) != cells["sha256"]:
                full = len(text.encode("utf-16-le")) >= 2 * LONGEST - _NEARLY
                raise line.wrong(
                    "the text was cut where Excel's room for a cell ends; CSV keeps it whole"
                    if full
                    else "the text is not the one that was exported (its SHA-256 differs)"
                )
            if cells["id"] in seen:
                raise line.wrong("the article is there twice")
            seen.add(cells["id"])
            cells |= {"copy_of": line.cells["copy_of"] or None, "blocks": self._blocks(line)}
            yield line, cells

    def _blocks(self, line: Line) -> list[dict[str, Any]]:
        found = []
        for one in line.several("blocks"):
            place, _, type = one.partition(" ")
            start, end = (whole(side) for side in (*place.partition("-")[::2],))
            found.append({"start": start, "end": end, "type": type})
        return found

    def _marks(
        self, lines: Iterable[Line], book: Codebook, texts: dict[str, str]
    ) -> dict[tuple[str, str], dict[str, FileMark]]:
        """By article and layer, and there by id."""
        columns = self._columns("marks", book)
        found: dict[tuple[str, str], dict[str, FileMark]] = defaultdict(dict)
        seen: set[str] = set()
        for line in lines:
            article, id = self._known(line, texts), line.cells["id"]
            if id in seen:
                raise line.wrong("the mark is there twice")
            seen.add(id)
            check_marks(len(seen), line.where.partition(",")[0])
            cells = line.some(*_AUTHORED, "kind") | {"flagged": line.flag("flagged")}
            pieces = line.fragments(texts[article])
            quote = " … ".join(piece["quote"] for piece in pieces)
            if line.cells.get("quote", quote) != quote:
                raise line.wrong(f"“{line.cells['quote']:.40}” does not stand where it says")
            cells |= {"fragments": pieces, "fields": self._fields(line, columns, book)}
            key = article, self._layer_of(line)
            found[key][id] = line.as_part(FileMark, cells)
        return found

    def _layers(
        self,
        lines: Iterable[Line],
        book: Codebook,
        texts: dict[str, str],
        marks: dict[tuple[str, str], dict[str, FileMark]],
    ) -> dict[str, dict[str, FileLayer]]:
        """By article, and there by layer."""
        statements: dict[tuple[str, str], list[FileStatement]] = defaultdict(list)
        columns = self._columns("statements", book)
        seen: dict[str, tuple[str, str, FileStatement]] = {}
        for line in lines:
            article, layer = self._known(line, texts), self._layer_of(line)
            members = [one.rpartition(" ")[::2] for one in line.several("members")]
            gone = [mark for _, mark in members if mark not in marks.get((article, layer), {})]
            if gone:
                raise line.wrong(f"there is no mark {gone[0]:.40} in the same layer of the article")
            cells = line.some(*_AUTHORED) | {"flagged": line.flag("flagged")}
            cells["members"] = [{"role": role, "mark": mark} for role, mark in members]
            cells["fields"] = self._fields(line, columns, book)
            made = line.as_part(FileStatement, cells)
            before = seen.setdefault(made.id, (article, layer, made))
            if before != (article, layer, made):
                raise line.wrong(f"the statement {made.id} is something else in a row above")
            if before[2] is made:  # the first of its rows, one for each actor, issue and stance
                statements[article, layer].append(made)
        found: dict[str, dict[str, FileLayer]] = defaultdict(dict)
        for article, layer in sorted({*marks, *statements}):
            found[article][layer] = FileLayer(
                layer=layer,
                progress=None,
                marks=tuple(marks.get((article, layer), {}).values()),
                statements=tuple(statements.get((article, layer), ())),
            )
        return found

    def _layer_of(self, line: Line) -> str:
        layer = line.cells["layer"]
        if not _LAYER.fullmatch(layer):
            raise line.wrong(f"the layer “{layer:.40}” is neither an analyst's id nor gold")
        return layer

    def _known(self, line: Line, texts: dict[str, str]) -> str:
        article = line.cells["article"]
        if article not in texts:
            raise line.wrong(f"there is no article {article:.40}")
        return article

    def _fields(self, line: Line, columns: FieldColumns, book: Codebook) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, column in columns.fields.items():
            said = line.cells.get(column, "")
            if not said:
                continue
            field = book.fields[key]
            value: Any = line.several(column) if field.many else said
            match field.type:
                case "stance":
                    value = whole(said)
                case "number":
                    value = number(said)
                case "flag":
                    value = line.flag(column)
            if value is None:
                raise line.wrong(f"{column} is a {field.type}, not “{said:.40}”")
            found[key] = value
        return found
