"""A project as rows of tables, an article at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Choice, Codebook, Field, Kind, Role, Stance
from annotator.core.columns import MARKS, STATEMENTS
from annotator.core.columns import Row as Columns
from annotator.core.model import Article, FieldValue, Fragment, Id, Member, several
from annotator.formats.annotator_values import layer_text, time_text
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.tables.cells import Cell, Row, joined
from annotator.formats.exchange.tables.layout import HEADS, CellType, FieldColumns
from annotator.formats.exchange.tables.sides import Marked, Side, Sides, Values

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
        self._layers = {a.id: (layer_text(a.id), a.name) for a in project.analysts}
        self._sides = Sides(project)
        self._columns = {name: FieldColumns(name, project.codebook) for name in _OF_ARTICLES}
        left_behind.of_project(project, losses, ("codebook", "actors", "issues"))

    def head(self, table: str) -> list[str]:
        """The names of the columns."""
        columns = self._columns.get(table)
        return columns.head() if columns is not None else list(HEADS[table])

    def statement_types(self) -> dict[str, CellType]:
        """The columns of statements, and what their cells are."""
        return self._columns["statements"].types()

    def of_project(self) -> Iterator[tuple[str, Row]]:
        """The rows that are there once, with their tables."""
        project = self._project
        yield from (("codebook", row) for row in _codebook(project.codebook))
        for analyst in project.analysts:
            yield "analysts", [str(analyst.id), analyst.name, _flag(analyst.reviewer)]
        for actor in project.actors:
            belongs = [f"{g.actor} {g.since}..{g.until}" for g in actor.affiliations]
            yield (
                "actors",
                [
                    *(str(actor.id), actor.name, actor.type, joined(actor.aliases)),
                    *(";".join(belongs), actor.note, actor.wikidata),
                ],
            )
        for issue in project.issues:
            parent = "" if issue.parent is None else str(issue.parent)
            yield (
                "issues",
                [
                    *(str(issue.id), issue.key, issue.name, issue.proposition, parent),
                    *(self._names.get(parent, ""), _flag(issue.retired), issue.definition),
                    joined(issue.examples),
                ],
            )

    def of_article(self, part: ArticleBundle) -> Iterator[tuple[str, Row]]:
        left_behind.of_article(part, self._losses, _CARRIED)
        a = part.article
        yield (
            "articles",
            [
                *(str(a.id), a.title, a.outlet, a.author, a.published, a.url, a.file),
                *("" if a.copy_of is None else str(a.copy_of), a.sha256, a.length),
                *(";".join(f"{b.start}-{b.end} {b.type}" for b in a.blocks), part.text),
            ],
        )
        marks: dict[Id, Marked] = {}
        for row, pieces in _marks_in_order(part):
            quote = " … ".join([piece.quote for piece in pieces])
            found = marks[row[0]] = Marked(quote, pieces, _values(row[9]))
            yield "marks", self._mark(row, found, a.title)
        rows = STATEMENTS.rows(part.statements)
        members = STATEMENTS.column(rows, "members", list[Member])
        for row, held in sorted(zip(rows, members, strict=True), key=lambda pair: pair[0][0]):
            for made in self._statement(row, held, marks, a):
                yield "statements", made

    def _mark(self, row: Columns, mark: Marked, title: str) -> Row:
        id, made, maker, changed, changer, article, layer, kind, _, _, note, flagged = row
        pieces = mark.pieces
        return [
            *(str(id), str(article), title, *self._layer(layer), kind),
            *((pieces[0].start, pieces[-1].end) if pieces else (None, None)),
            *(fragments_text(pieces), mark.quote, note, _flag(flagged)),
            *(time_text(made), str(maker), time_text(changed), str(changer)),
            *self._fields("marks", mark.fields, title),
        ]

    def _statement(
        self, row: Columns, members: list[Member], marks: dict[Id, Marked], article: Article
    ) -> Iterator[Row]:
        """A row for each actor, issue and stance; only the columns for people differ in them."""
        id, made, maker, changed, changer, _, layer, _, fields, note, flagged = row
        said = _values(fields)
        held: dict[str, list[Marked]] = {}
        for member in members:
            if member.mark in marks:
                held.setdefault(member.role, []).append(marks[member.mark])
        named = ";".join([f"{member.role} {member.mark}" for member in members])
        whose = [str(id), str(article.id), article.title, *self._layer(layer)]
        rest = [
            *(named, note, _flag(flagged)),
            *(time_text(made), str(maker), time_text(changed), str(changer)),
            *self._fields("statements", said, article.title),
        ]
        for number, side in enumerate(self._sides.of(members, marks, said), 1):
            yield [*whose, number, *self._for_people(side, held, article), *rest]

    def _for_people(self, side: Side, held: dict[str, list[Marked]], article: Article) -> Row:
        columns = self._columns["statements"]
        shown = dict(held)
        for role, _ in side.marks:
            shown[role] = [mark for it, mark in side.marks if it == role]
        places: Row = []
        for role in columns.placed:
            pieces = [piece for mark in shown.get(role, ()) for piece in mark.pieces]
            places.append(min([piece.start for piece in pieces]) if pieces else None)
            places.append(max([piece.end for piece in pieces]) if pieces else None)
        words = [" | ".join([m.quote for m in shown.get(role, ())]) for role in columns.quotes]
        about = [self._cell(value, article.title) for value in self._sides.about(side)]
        cells = self._sides.cells(side, article.published)
        return [article.outlet, article.published, *cells, *about, *places, *words]

    def _layer(self, layer: Id) -> tuple[str, str]:
        """A layer and whose it is."""
        found = self._layers.get(layer)
        if found is None:
            found = self._layers[layer] = (layer_text(layer), "")
        return found

    def _fields(self, table: str, said: Values, title: str) -> Row:
        columns, found = self._columns[table], Row()
        if not said:
            return columns.blank
        for key in columns.fields:
            value = said.get(key)
            found.append(self._cell(value, title))
            if key in columns.names:
                named = [] if value is None else several(value)
                found.append(joined(self._names.get(str(one), "") for one in named))
        return found

    def _cell(self, value: FieldValue | None, title: str) -> Cell:
        if value == [] or value == "":
            self._losses.add("an empty text or list is as no value", title)
        if isinstance(value, bool):
            return _flag(value)
        return joined(value) if isinstance(value, list) else value


_OF_ARTICLES = ("marks", "statements")


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _values(fields: str) -> Values:
    """The values of fields as the project stores them."""
    found: Values = {} if fields == "{}" else msgspec.json.decode(fields)
    return found


def fragments_text(pieces: Sequence[Fragment]) -> str:
    return ";".join([f"{piece.start}-{piece.end}" for piece in pieces])


def _marks_in_order(part: ArticleBundle) -> Iterator[tuple[Columns, list[Fragment]]]:
    """The rows of the marks and their fragments, as they stand in the text, implied ones last."""
    rows = MARKS.rows(part.marks)
    pieces = MARKS.column(rows, "fragments", list[Fragment])
    starts = [found[0].start if found else len(part.text) for found in pieces]
    for place in sorted(range(len(rows)), key=lambda place: (starts[place], rows[place][0])):
        yield rows[place], pieces[place]


def _codebook(book: Codebook) -> Iterator[Row]:
    yield _row("codebook", name=book.name, definition=book.guidelines)
    yield from (_kind(key, kind) for key, kind in book.kinds.items())
    yield from (_role(key, role) for key, role in book.roles.items())
    for key, field in book.fields.items():
        yield _field(key, field)
        yield from (_step("choice", value, c, key) for value, c in field.choices.items())
    yield from (_step("stance", value, stance) for value, stance in book.stances.items())


def _row(part: str, **cells: Cell) -> Row:
    return [part, *(cells.get(name) for name in HEADS["codebook"][1:])]


def _kind(key: str, kind: Kind) -> Row:
    return _row(
        "kind",
        key=key,
        name=kind.name,
        retired=_flag(kind.retired),
        definition=kind.definition,
        rule=kind.rule,
        examples=joined(kind.examples),
        letter=kind.key,
        colour=kind.colour,
        pattern=kind.pattern,
        width=kind.width,
        tint=_flag(kind.tint),
    )


def _role(key: str, role: Role) -> Row:
    return _row(
        "role",
        key=key,
        name=role.name,
        on=";".join(role.kinds),
        many=_flag(role.many),
        expected=_flag(role.expected),
        retired=_flag(role.retired),
        definition=role.definition,
    )


def _field(key: str, field: Field) -> Row:
    return _row(
        "field",
        key=key,
        name=field.name,
        type=field.type,
        on=";".join(field.on),
        many=_flag(field.many),
        expected=_flag(field.expected),
        retired=_flag(field.retired),
        definition=field.definition,
        examples=joined(field.examples),
    )


def _step(part: str, key: str, step: Choice | Stance, of: str = "") -> Row:
    return _row(
        part,
        of=of,
        key=key,
        name=step.name,
        retired=_flag(step.retired),
        definition=step.definition,
        examples=joined(step.examples),
    )
