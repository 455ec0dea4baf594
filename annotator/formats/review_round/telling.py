"""Differences, statements and verdicts in words."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.analysis.difference_names import difference_name
from annotator.analysis.differences import Difference, Name, name
from annotator.analysis.sheet import Extent, Value
from annotator.core.codebook import STATEMENT, Codebook, Field
from annotator.core.model import FieldValue, Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.review.records import REASONS, Verdict
from annotator.formats.review_round.content import Decided, Flat, Told

NOTHING = "–"
GONE = "not there any more"
_CONTEXT = 60
"""Characters told before and after a place."""


class Teller:
    """Knows the codebook and what actors and issues are called."""

    def __init__(self, book: Codebook, called: Mapping[str, str]) -> None:
        """``called`` are the names of actors and issues by the texts of their ids."""
        self._book = book
        self._called = called

    def type(self, of: Name) -> str:
        """What a type of difference is called."""
        return difference_name(self._book, of)

    def _role(self, role: str | None) -> str:
        if role is None or role == STATEMENT:
            return role or ""
        defined = self._book.roles.get(role) or self._book.kinds.get(role)
        return defined.name.lower() if defined else role

    def difference(self, found: Difference, text: str) -> Told:
        """A difference with its place and what each layer has."""
        start, end = found.place or (None, None)
        at, to = (start, end) if start is not None and end is not None else (0, 0)
        return Told(
            name(found),
            found.article,
            start,
            end,
            _line(text[max(0, at - _CONTEXT) : at]),
            _line(text[at:to]),
            _line(text[to : to + _CONTEXT]) if to else "",
            {layer: self._reading(found, value, text) for layer, value in found.values.items()},
            dict(found.marks),
            dict(found.statements),
        )

    def _reading(self, found: Difference, value: Value | Extent | None, text: str) -> str:
        if found.type in ("only",):
            return "has it" if value else NOTHING
        if value is None:
            return NOTHING
        if found.type == "kind":
            kind = self._book.kinds.get(str(value))
            return kind.name if kind else str(value)
        if found.type == "link":
            return self._role(value) if isinstance(value, str) else "linked" if value else NOTHING
        if found.type == "field" and found.field is not None:
            return self.value(self._book.fields.get(found.field), value)
        return quote(text, value) if isinstance(value, tuple) else str(value)

    def value(self, field: Field | None, value: object) -> str:
        """What a field holds, as it is read."""
        if value is None or value == "":
            return NOTHING
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple | list):
            return ", ".join(self.value(field, one) for one in value)
        if field is not None and field.type == "stance":
            stance = self._book.stances.get(str(value))
            sign = f"{value:+d}" if isinstance(value, int) and value else str(value)
            return f"{sign} {stance.name}" if stance else sign
        if field is not None and field.type in ("actor", "issue"):
            return self._called.get(str(value), str(value))
        if field is not None and str(value) in field.choices:
            return field.choices[str(value)].name
        return str(value)

    def said(self, thing: Mark | Statement, page: Page) -> str:
        """A statement or mark in one line: role by role its words."""
        if isinstance(thing, Mark):
            return f"{self._kind(thing)} “{words(thing)}”{self._fields(thing.fields)}"
        parts = [
            f"{self._role(member.role)} “{words(mark)}”{self._fields(mark.fields)}"
            for member in thing.members
            if (mark := page.marks.get(member.mark)) is not None
        ]
        return " · ".join(parts) + self._fields(thing.fields)

    def _kind(self, mark: Mark) -> str:
        kind = self._book.kinds.get(mark.kind)
        return kind.name.lower() if kind else mark.kind

    def _fields(self, fields: Mapping[str, FieldValue]) -> str:
        held = [self.value(self._book.fields.get(key), value) for key, value in fields.items()]
        told = [one for one in held if one != NOTHING]
        return f" ({', '.join(told)})" if told else ""

    def decided(self, verdict: Verdict, pages: Mapping[Id, Page], gold: Page, by: str) -> Decided:
        """A verdict; ``pages`` are the layers that may be seen."""
        sources = [
            (one.layer, self._found(pages.get(one.layer), one.id)) for one in verdict.sources
        ]
        return Decided(
            verdict.article,
            verdict.decision,
            REASONS.get(verdict.reason, verdict.reason),
            verdict.note,
            verdict.gap,
            by,
            tuple(sources),
            tuple(self._found(gold, id) for id in self._roots(verdict, gold)),
        )

    def _roots(self, verdict: Verdict, gold: Page) -> list[Id]:
        """Statements, and the marks that are in none of them."""
        held = {
            mark
            for id in verdict.gold
            if (one := gold.statements.get(id)) is not None
            for mark in one.marks()
        }
        return [id for id in verdict.gold if id not in held]

    def _found(self, page: Page | None, id: Id) -> str:
        if page is None:
            return GONE
        thing = page.statements.get(id) or page.marks.get(id)
        return GONE if thing is None else self.said(thing, page)

    def flat(self, statement: Statement, page: Page) -> Flat:
        """A statement as a line of a table."""
        quotes: dict[str, list[str]] = {}
        fields: dict[str, list[str]] = {}
        for member in statement.members:
            mark = page.marks.get(member.mark)
            if mark is not None:
                quotes.setdefault(member.role, []).append(words(mark))
                for key, value in mark.fields.items():
                    told = self.value(self._book.fields.get(key), value)
                    fields.setdefault(f"{member.role}.{key}", []).append(told)
        for key, value in statement.fields.items():
            told = self.value(self._book.fields.get(key), value)
            fields[f"{STATEMENT}.{key}"] = [told]
        return Flat(
            statement.article,
            statement.id,
            {role: " | ".join(found) for role, found in quotes.items()},
            {of: " | ".join(found) for of, found in fields.items()},
        )


def words(mark: Mark) -> str:
    """The quotes of a mark, put one after the other."""
    return " … ".join(_line(piece.quote) for piece in mark.fragments) or "implied"


def quote(text: str, extent: tuple[object, ...]) -> str:
    """The words of an extent."""
    pieces = [piece for piece in extent if isinstance(piece, tuple)]
    return " … ".join(_line(text[start:end]) for start, end in pieces) or "implied"


def _line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text else text
