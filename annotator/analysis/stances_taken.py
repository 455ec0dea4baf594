"""Which stances an article's statements take, by whom and on what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.analysis.network import Taken
from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import Codebook
from annotator.core.meaning import meaning
from annotator.core.model import GOLD, Id, Mark, Statement, several


@dataclass(frozen=True, slots=True)
class Takings:
    """What one article says; ``without`` are statements that name no actor or no issue."""

    taken: tuple[Taken, ...]
    without: int


def layers_counted(part: ArticleBundle, wanted: Id | None) -> set[Id]:
    """The layer that is wanted; else gold where there is gold, and otherwise every layer."""
    found = {statement.layer for statement in part.statements}
    if wanted is not None:
        return found & {wanted}
    return {GOLD} if GOLD in found else found


def takings(part: ArticleBundle, book: Codebook, layers: set[Id]) -> Takings:
    """Every actor of a statement takes every stance that it has."""
    marks = {mark.id: mark for mark in part.marks}
    found: list[Taken] = []
    without = 0
    for statement in sorted(part.statements, key=lambda s: s.id):
        if statement.layer not in layers:
            continue
        actors = sorted(set(_actors(statement, marks, book)))
        sides = list(_sides(statement, marks, book))
        without += not (actors and sides)
        found += (
            Taken(actor, issue, stance, part.article.id, part.article.published)
            for actor in actors
            for issue, stance in sides
        )
    return Takings(tuple(found), without)


def _actors(statement: Statement, marks: dict[Id, Mark], book: Codebook) -> Iterator[Id]:
    who = meaning(book).who
    for id in statement.marks(who) if who else ():
        if id in marks:
            yield from _ids(marks[id], book, "actor")


def _sides(
    statement: Statement, marks: dict[Id, Mark], book: Codebook
) -> Iterator[tuple[Id, int | None]]:
    """Issues with their stances, each once: of marks, or of the statement itself."""
    said: list[Mark | Statement] = [marks[m] for m in statement.marks() if m in marks]
    pairs = (
        (issue, stance)
        for one in (*said, statement)
        for stance in (_stance(one, book, _stance(statement, book)),)
        for issue in _ids(one, book, "issue")
    )
    yield from dict.fromkeys(pairs)


def _ids(said: Mark | Statement, book: Codebook, type: str) -> Iterator[Id]:
    for key, value in sorted(said.fields.items()):
        if key in book.fields and book.fields[key].type == type:
            yield from (int(str(one)) for one in several(value))


def _stance(said: Mark | Statement, book: Codebook, otherwise: int | None = None) -> int | None:
    for key, value in sorted(said.fields.items()):
        if key in book.fields and book.fields[key].type == "stance" and isinstance(value, int):
            return value
    return otherwise
