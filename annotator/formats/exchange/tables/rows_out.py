"""A project as rows of tables, an article at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.columns import MARKS, STATEMENTS
from annotator.core.columns import Row as Columns
from annotator.core.model import Actor, Article, FieldValue, Fragment, Id, Issue, Member, several
from annotator.formats.annotator_values import layer_text, time_text
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.tables.book_out import codebook_rows
from annotator.formats.exchange.tables.cells import Cell, Plain, Row, Together, flag, joined
from annotator.formats.exchange.tables.layout import HEADS, CellType, FieldColumns
from annotator.formats.exchange.tables.sides import (
    NO_TEXT,
    Marked,
    Said,
    Side,
    Sides,
    Values,
    side_fields,
)

_CARRIED = (
    *("title", "outlet", "author", "published", "url", "blocks", "copy_of"),
    *("note", "flag", "times"),
)


class Rows:
    """Makes the rows of every table; what cannot stand in them goes to ``losses``."""

    def __init__(self, project: Bundle, losses: Losses) -> None:
        self._project = project
        self._losses = losses
        self._names = {str(a.id): a.name for a in project.actors}
        self._names |= {str(i.id): i.name for i in project.issues}
        self._layers = {a.id: a.name for a in project.analysts}
        self._sides = Sides(project)
        self._columns = {name: FieldColumns(name, project.codebook) for name in _OF_ARTICLES}
        self._no_about = _together([None] * len(side_fields(project.codebook)))
        self._fields = {
            name: _Fields(self._sides, columns, self._names)
            for name, columns in self._columns.items()
        }
        left_behind.of_project(project, losses, ("codebook", "actors", "issues"))

    def head(self, table: str) -> list[str]:
        """The names of the columns."""
        columns = self._columns.get(table)
        return columns.head() if columns is not None else list(HEADS[table])

    def statement_types(self) -> dict[str, CellType]:
        """The columns of statements, and what their cells are."""
        return self._columns["statements"].types()

    def of_project(self) -> dict[str, list[Row]]:
        """The rows that are there once, by table."""
        project = self._project
        return {
            "codebook": list(codebook_rows(project.codebook)),
            "analysts": [[Together(str(a.id), a.name, flag(a.reviewer))] for a in project.analysts],
            "actors": list(map(_actor, project.actors)),
            "issues": list(map(self._issue, project.issues)),
        }

    def of_article(self, part: ArticleBundle) -> dict[str, list[Row]]:
        """The rows of an article, by table."""
        left_behind.of_article(part, self._losses, _CARRIED)
        whose = _Whose(part.article, self._layers)
        marks: dict[Id, Marked] = {}
        return {
            "articles": [_article(part)],
            "marks": [
                self._mark(row, pieces, whose, marks) for row, pieces in _marks_in_order(part)
            ],
            "statements": [
                made
                for row, members in _statements_in_order(part)
                for made in self._statement(row, members, marks, whose)
            ],
        }

    def _issue(self, issue: Issue) -> Row:
        parent = "" if issue.parent is None else str(issue.parent)
        cells = Together(
            *(str(issue.id), issue.key, issue.name, issue.proposition, parent),
            *(self._names.get(parent, ""), flag(issue.retired), issue.definition),
            joined(issue.examples),
        )
        return [cells]

    def _mark(
        self, row: Columns, pieces: list[Fragment], whose: _Whose, marks: dict[Id, Marked]
    ) -> Row:
        """The row of a mark, which is also put among ``marks``."""
        id, _, _, _, _, _, layer, kind, _, fields, note, flagged = row
        known = self._fields["marks"][fields]
        self._note_empty(known.empty, whose.article.title)
        start, end = (pieces[0].start, pieces[-1].end) if pieces else (None, None)
        if len(pieces) == 1:
            quote, places = Together(pieces[0].quote), Plain(f"{start}-{end}")
            marks[id] = Marked(quote, start, end, known.said)
        else:
            quote, places = Together(" … ".join([p.quote for p in pieces])), fragments_text(pieces)
            marks[id] = Marked(quote, *_reach(pieces), known.said)
        return [
            *(Plain(str(id)), whose[layer, kind], _number(start), _number(end), places, quote),
            *(_aside(note, flagged), whose.authored[row[_AUTHORED]], *known.cells),
        ]

    def _statement(
        self, row: Columns, members: list[Member], marks: dict[Id, Marked], whose: _Whose
    ) -> Iterator[Row]:
        """A row for each actor, issue and stance; only the columns for people differ in them."""
        id, _, _, _, _, _, layer, _, fields, note, flagged = row
        known = self._fields["statements"][fields]
        self._note_empty(known.empty, whose.article.title)
        held: dict[str, list[Marked]] = {}
        for member in members:
            if member.mark in marks:
                held.setdefault(member.role, []).append(marks[member.mark])
        named = Together(";".join([f"{member.role} {member.mark}" for member in members]))
        rest = named, _aside(note, flagged), whose.authored[row[_AUTHORED]], *known.cells
        once = len(held) == len(members)
        for number, side in enumerate(self._sides.of(members, marks, known.said), 1):
            shown = held if once else _of_side(side, held)
            people = self._for_people(side, shown, whose)
            yield [Plain(str(id)), whose[layer, None], _number(number), *people, *rest]

    def _for_people(self, side: Side, held: Mapping[str, Sequence[Marked]], whose: _Whose) -> Row:
        columns = self._columns["statements"]
        found: Row = [whose.printed, *self._sides.cells(side, whose.article.published)]
        if about := self._sides.about(side):
            self._note_empty(sum(map(_is_empty, about)), whose.article.title)
            found += _together(list(map(_cell, about)))
        else:
            found += self._no_about
        for role in columns.placed:
            found += map(_number, _reach(held[role])) if role in held else _NOWHERE
        found += [_words(held[role]) if role in held else NO_TEXT for role in columns.quotes]
        return found

    def _note_empty(self, count: int, title: str) -> None:
        if count:
            self._losses.add("an empty text or list is as no value", title, count)


class _Known(NamedTuple):
    """What the fields of a thing say, their cells, and how many values are empty."""

    said: Said
    cells: list[Together]
    empty: int


class _Fields(dict[str, _Known]):
    """The same by how fields are stored; few are of one kind only."""

    def __init__(self, sides: Sides, columns: FieldColumns, names: Mapping[str, str]) -> None:
        super().__init__()
        self._sides, self._columns, self._names = sides, columns, names

    def __missing__(self, fields: str) -> _Known:
        if len(self) >= _KEPT:
            self.clear()
        said = self._sides.said(_values(fields))
        values = {key: said.values.get(key) for key in self._columns.fields}
        empty = sum(map(_is_empty, values.values()))
        found = self[fields] = _Known(said, self._cells(values), empty)
        return found

    def _cells(self, values: Values) -> list[Together]:
        found: list[Cell] = []
        for key, value in values.items():
            found.append(_cell(value))
            if key in self._columns.names:
                named = [] if value is None else several(value)
                found.append(joined(self._names.get(str(one), "") for one in named))
        return _together(found)


class _Whose(dict[tuple[Id, str | None], Together]):
    """The cells that say which article it is, which layer, whose, and of which kind if any."""

    def __init__(self, article: Article, analysts: Mapping[Id, str]) -> None:
        super().__init__()
        self.article = article
        self.printed = Together(article.outlet, article.published)
        self.authored = _Authored()
        self._analysts = analysts

    def __missing__(self, place: tuple[Id, str | None]) -> Together:
        layer, kind = place
        name = self._analysts.get(layer, "")
        cells = (str(self.article.id), self.article.title, layer_text(layer), name)
        found = self[place] = Together(*cells) if kind is None else Together(*cells, kind)
        return found


class _Authored(dict[Columns, Together]):
    """The cells with times and authors; those of a statement and its marks are mostly the same."""

    def __missing__(self, place: Columns) -> Together:
        made, maker, changed, changer = place
        when = time_text(made)
        then = when if changed == made else time_text(changed)
        cells = (when, str(maker), then, str(changer))
        found = self[place] = Together.plain(*map(Plain, cells))
        return found


_OF_ARTICLES = ("marks", "statements")
_AUTHORED = slice(1, 5)
"""Where a row of the project has times and authors."""
_NO_FIELDS = "{}"
_KEPT = 1 << 12

_number = lru_cache(1 << 14)(Together)
"""A cell with a number or nothing, of which there are few that differ."""
_NOWHERE = (_number(None), _number(None))


_NOT_FLAGGED, _FLAGGED = Together("", flag(value=False)), Together("", flag(value=True))


def _aside(note: str, flagged: int) -> Together:
    if note:
        return Together(note, flag(bool(flagged)))
    return _FLAGGED if flagged else _NOT_FLAGGED


def _words(marks: Sequence[Marked]) -> Together:
    if len(marks) == 1:
        return marks[0].quote
    return Together(" | ".join([str(cell) for mark in marks for cell in mark.quote.cells]))


def _reach(pieces: Sequence[Fragment | Marked]) -> tuple[int | None, int | None]:
    """From where to where they go, whatever their order; what is only implied stands nowhere."""
    if len(pieces) == 1:
        return pieces[0].start, pieces[0].end
    starts = [piece.start for piece in pieces if piece.start is not None]
    ends = [piece.end for piece in pieces if piece.end is not None]
    return min(starts, default=None), max(ends, default=None)


def _of_side(side: Side, held: dict[str, list[Marked]]) -> dict[str, list[Marked]]:
    """The marks by role, without those that say of others than this side."""
    found = dict(held)
    for role, _ in side.marks:
        found[role] = [mark for it, mark in side.marks if it == role]
    return found


def _article(part: ArticleBundle) -> Row:
    a = part.article
    cells = Together(
        *(str(a.id), a.title, a.outlet, a.author, a.published, a.url, a.file),
        *("" if a.copy_of is None else str(a.copy_of), a.sha256, a.length),
        *(";".join(f"{b.start}-{b.end} {b.type}" for b in a.blocks), part.text),
    )
    return [cells]


def _actor(actor: Actor) -> Row:
    belongs = [f"{g.actor} {g.since}..{g.until}" for g in actor.affiliations]
    cells = Together(
        *(str(actor.id), actor.name, actor.type, joined(actor.aliases)),
        *(";".join(belongs), actor.note, actor.wikidata, flag(actor.retired)),
    )
    return [cells]


def _is_empty(value: FieldValue | None) -> bool:
    return value == [] or value == ""


def _together(cells: list[Cell]) -> list[Together]:
    """Nothing where there are none, which would be an empty cell."""
    return [Together(*cells)] if cells else []


def _cell(value: FieldValue | None) -> Cell:
    if isinstance(value, bool):
        return flag(value)
    return joined(value) if isinstance(value, list) else value


def _values(fields: str) -> Values:
    """The values of fields as the project stores them."""
    found: Values = {} if fields == _NO_FIELDS else msgspec.json.decode(fields)
    return found


def fragments_text(pieces: Sequence[Fragment]) -> Plain:
    return Plain(";".join([f"{piece.start}-{piece.end}" for piece in pieces]))


def _marks_in_order(part: ArticleBundle) -> Iterator[tuple[Columns, list[Fragment]]]:
    """The rows of the marks and their fragments, as they stand in the text, implied ones last."""
    rows = MARKS.rows(part.marks)
    pieces = MARKS.column(rows, "fragments", list[Fragment])
    starts = [found[0].start if found else len(part.text) for found in pieces]
    for place in sorted(range(len(rows)), key=lambda place: (starts[place], rows[place][0])):
        yield rows[place], pieces[place]


def _statements_in_order(part: ArticleBundle) -> Iterator[tuple[Columns, list[Member]]]:
    """The rows of the statements and their members, by their ids."""
    rows = STATEMENTS.rows(part.statements)
    members = STATEMENTS.column(rows, "members", list[Member])
    for place in sorted(range(len(rows)), key=lambda place: rows[place][0]):
        yield rows[place], members[place]
