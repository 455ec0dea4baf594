"""All that is known of the people of a project, kept up record by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.codebook import Codebook
from annotator.core.model import Actor, Id, Mark, Record, several
from annotator.core.people.filed import Filed, Filing
from annotator.core.people.index import ActorIndex
from annotator.core.people.proposing import words_of


class Register:
    """Who there is, and which words were filed under whom."""

    def __init__(
        self, book: Codebook, actors: Iterable[Actor] = (), filings: Iterable[Filing] = ()
    ) -> None:
        self.index = ActorIndex(actors)
        self.filed = Filed(filings)
        self._fields = actor_fields(book)

    def refresh(self, kind: str, id: Id, record: Record | None) -> None:
        """Take over an actor or a mark as it is now, None when it is gone."""
        if kind == "actor":
            if isinstance(record, Actor):
                self.index.put(record)
            else:
                self.index.drop(id)
        elif kind == "mark":
            if isinstance(record, Mark):
                self.filed.put(filing(record, self._fields))
            else:
                self.filed.drop(id)


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
