"""A project as rows of tables, an article at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator

from annotator.core.bundle import ArticleBundle, Bundle, working
from annotator.core.codebook import Choice, Codebook, Field, Kind, Role, Stance
from annotator.core.model import Authored, FieldValue, Fragment, Id, Mark, Statement, several
from annotator.formats.annotator_values import layer_text, time_text
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.tables.cells import Cell, Row
from annotator.formats.exchange.tables.layout import HEADS, FieldColumns
from annotator.formats.exchange.words import in_order

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
        self._columns = {name: FieldColumns(name, project.codebook) for name in _OF_ARTICLES}
        self._busy: set[Id] = set()
        left_behind.of_project(project, losses, ("codebook", "actors", "issues"))

    def head(self, table: str) -> list[str]:
        """The names of the columns."""
        more = self._columns[table].head() if table in self._columns else []
        return [*HEADS[table], *more]

    def of_project(self) -> Iterator[tuple[str, Row]]:
        """Rows with their tables; to be asked after the articles, as it has who works on them."""
        project = self._project
        yield from (("codebook", row) for row in _codebook(project.codebook))
        for analyst in project.analysts:
            if analyst.id in self._busy:
                yield "analysts", [str(analyst.id), analyst.name, _flag(analyst.reviewer)]
        for actor in project.actors:
            belongs = [f"{g.actor} {g.since}..{g.until}" for g in actor.affiliations]
            yield (
                "actors",
                [
                    *(str(actor.id), actor.name, actor.type, _texts(actor.aliases)),
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
                    _texts(issue.examples),
                ],
            )

    def of_article(self, part: ArticleBundle) -> Iterator[tuple[str, Row]]:
        left_behind.of_article(part, self._losses, _CARRIED)
        self._busy.update(a.id for a in working(self._project.analysts, [part]))
        a = part.article
        yield (
            "articles",
            [
                *(str(a.id), a.title, a.outlet, a.author, a.published, a.url, a.file),
                *("" if a.copy_of is None else str(a.copy_of), a.sha256, a.length),
                *(";".join(f"{b.start}-{b.end} {b.type}" for b in a.blocks), part.text),
            ],
        )
        for mark in in_order(part.marks):
            yield "marks", self._mark(mark, a.title)
        marks = {mark.id: mark for mark in part.marks}
        for statement in sorted(part.statements, key=lambda s: s.id):
            yield "statements", self._statement(statement, a.title, marks)

    def _mark(self, mark: Mark, title: str) -> Row:
        pieces = mark.fragments
        row: Row = [
            *(str(mark.id), str(mark.article), title, layer_text(mark.layer)),
            *(self._layers.get(mark.layer, ""), mark.kind),
            *((pieces[0].start, pieces[-1].end) if pieces else (None, None)),
            *(fragments_text(pieces), mark.quote, mark.note, _flag(mark.flagged), *_times(mark)),
        ]
        return row + self._fields("marks", mark, title)

    def _statement(self, statement: Statement, title: str, marks: dict[Id, Mark]) -> Row:
        members = [f"{member.role} {member.mark}" for member in statement.members]
        row: Row = [
            *(str(statement.id), str(statement.article), title, layer_text(statement.layer)),
            *(self._layers.get(statement.layer, ""), ";".join(members)),
            *(statement.note, _flag(statement.flagged), *_times(statement)),
        ]
        words: dict[str, str] = {}
        for member in statement.members:
            if member.mark in marks:
                quote, before = marks[member.mark].quote, words.get(member.role)
                words[member.role] = quote if before is None else f"{before} | {quote}"
        row += [words.get(role) for role in self._columns["statements"].quotes]
        return row + self._fields("statements", statement, title)

    def _fields(self, table: str, said: Mark | Statement, title: str) -> Row:
        columns, found = self._columns[table], Row()
        if not said.fields:
            return columns.blank
        for key in columns.fields:
            value = said.fields.get(key)
            found.append(self._cell(value, title))
            if key in columns.names:
                named = [] if value is None else several(value)
                found.append("; ".join(self._names.get(str(one), "") for one in named))
        return found

    def _cell(self, value: FieldValue | None, title: str) -> Cell:
        if value == [] or value == "":
            self._losses.add("an empty text or list is as no value", title)
        if isinstance(value, bool):
            return _flag(value)
        return ";".join(value) if isinstance(value, list) else value


_OF_ARTICLES = ("marks", "statements")


def _flag(value: bool) -> str:
    return "true" if value else "false"


def fragments_text(pieces: tuple[Fragment, ...]) -> str:
    return ";".join(f"{piece.start}-{piece.end}" for piece in pieces)


def _times(record: Authored) -> Row:
    return [
        *(time_text(record.made_at), str(record.made_by)),
        *(time_text(record.changed_at), str(record.changed_by)),
    ]


def _texts(texts: tuple[str, ...]) -> str:
    """Texts of any characters in one cell."""
    return json.dumps(texts, ensure_ascii=False) if texts else ""


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
        examples=_texts(kind.examples),
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
        examples=_texts(field.examples),
    )


def _step(part: str, key: str, step: Choice | Stance, of: str = "") -> Row:
    return _row(
        part,
        of=of,
        key=key,
        name=step.name,
        retired=_flag(step.retired),
        definition=step.definition,
        examples=_texts(step.examples),
    )
