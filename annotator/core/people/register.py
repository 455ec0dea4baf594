"""All that is known of the people of a project, kept up record by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from annotator.core.codebook import Codebook
from annotator.core.model import Actor, Id, Mark, Record, several
from annotator.core.people.filed import Filing, Filings
from annotator.core.people.index import ActorIndex
from annotator.core.people.proposing import words_of

Kept_co = TypeVar("Kept_co", bound=Filings, covariant=True)


class Register(Generic[Kept_co]):
    """Who there is, and which words were filed under whom."""

    def __init__(self, actors: Iterable[Actor], filed: Kept_co) -> None:
        self.index = ActorIndex(actors)
        self.filed = filed

    def refresh(self, id: Id, actor: Record | None) -> None:
        """Take over an actor as they are now, None when they are gone."""
        if isinstance(actor, Actor):
            self.index.put(actor)
        else:
            self.index.drop(id)


def actor_fields(book: Codebook) -> tuple[str, ...]:
    """The fields that hold actors."""
    return tuple(key for key, field in book.fields.items() if field.type == "actor")


def filing(mark: Mark, fields: Iterable[str]) -> Filing:
    """Whom a mark is filed under, by any of these fields."""
    return Filing(
        mark.id, words_of(mark), tuple(dict.fromkeys(_ids(mark, fields))), mark.changed_at
    )


def _ids(mark: Mark, fields: Iterable[str]) -> Iterator[Id]:
    for name in fields:
        for value in several(mark.fields[name]) if name in mark.fields else ():
            if isinstance(value, str) and value.isdecimal():
                yield int(value)
