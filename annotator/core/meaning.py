"""What a codebook's roles are about: who says it, what is said, which side is taken.

Read off their fields, so that codebooks with other names for them work as well: who speaks has an
actor, a side has a stance, and what is said is the expected role that is neither, or, where none
is expected, the side itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.core.codebook import STATEMENT, Codebook, Role
from annotator.core.model import Statement

DIRECT = "direct"
"""The choice that calls a statement a direct quote, in whichever field of the statement it is."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Roles by what they are about; None or empty where the codebook has no such role."""

    who: str | None
    what: str | None
    sides: tuple[str, ...]
    actor: str | None
    """The field that says who a mark of ``who`` stands for."""

    @property
    def main(self) -> frozenset[str]:
        """All roles a card has a place of its own for."""
        return frozenset(filter(None, (self.who, self.what, *self.sides)))


def meaning(book: Codebook) -> Meaning:
    """What the roles of a codebook are about."""
    live = {key: role for key, role in book.roles.items() if not role.retired}
    speaking = [key for key, role in live.items() if _field(book, role, "actor")]
    sides = tuple(key for key, role in live.items() if _field(book, role, "stance"))
    others = [key for key in live if key not in speaking and key not in sides]
    who = _expected_first(book, speaking)
    # Where what is said takes the side itself, the rest is cues and the like.
    expected = (key for key in (*others, *sides) if live[key].expected)
    return Meaning(
        who,
        next(expected, None) or next(iter(others), None),
        sides,
        _field(book, live[who], "actor") if who else None,
    )


def called(book: Codebook, role: str | None, otherwise: str) -> str:
    """What the codebook calls a role in the middle of a sentence; ``otherwise`` if it has none."""
    return book.roles[role].name.lower() if role in book.roles else otherwise


def _expected_first(book: Codebook, keys: Iterable[str]) -> str | None:
    """The first role that every statement should have, else the first of all."""
    listed = list(keys)
    return next((key for key in listed if book.roles[key].expected), next(iter(listed), None))


def _field(book: Codebook, role: Role, type: str) -> str | None:
    """The field of a type on the kind that usually plays a role."""
    fields = book.fields_on(role.kinds[0]) if role.kinds else {}
    return next((k for k, f in fields.items() if f.type == type and not f.retired), None)


def told_directly(book: Codebook, statement: Statement) -> bool:
    """Whether the analyst calls the statement a direct quote."""
    return any(
        DIRECT in field.choices and statement.fields.get(key) == DIRECT
        for key, field in book.fields_on(STATEMENT).items()
    )
