"""Statements beside the text: who says what, and which side they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.core.bundle import Bundle
from annotator.core.codebook import STATEMENT
from annotator.core.model import FieldValue, Id, Mark, Statement, several
from annotator.formats.exchange.web_page import safe

_LONGEST = 240
"""Of a quote on a card, in characters; the text beside it has it whole."""


class Cards:
    """Makes the cards of a project's statements."""

    def __init__(self, project: Bundle) -> None:
        self._book = project.codebook
        self._names = {str(a.id): a.name for a in project.actors}
        self._names |= {str(i.id): i.name for i in project.issues}

    def card(self, statement: Statement, marks: Mapping[Id, Mark]) -> str:
        members = [m for m in statement.members if m.mark in marks]
        named = " ".join(str(member.mark) for member in members)
        lines = []
        order = {role: place for place, role in enumerate(self._book.roles)}
        played = {member.role: None for member in members}
        for role in sorted(played, key=lambda role: order.get(role, len(order))):
            known = self._book.roles.get(role)
            said = (self._mark(marks[m.mark]) for m in members if m.role == role)
            lines.append(_line(known.name if known else role, "<br>".join(said)))
        lines += self._fields(STATEMENT, statement.fields)
        if statement.note:
            lines.append(_line("Note", safe.text(statement.note)))
        return f'<li data-marks="{named}"><dl>{"".join(lines)}</dl></li>'

    def loose(self, mark: Mark) -> str:
        """A mark that is in no statement."""
        kind = self._book.kinds.get(mark.kind)
        line = _line(kind.name if kind else mark.kind, self._mark(mark))
        return f'<li data-marks="{mark.id}"><dl>{line}</dl></li>'

    def _mark(self, mark: Mark) -> str:
        """Who or what it is, which side it takes, and the words, which lead to their place."""
        parts: list[str] = []
        rest: list[str] = []
        for key, value in mark.fields.items():
            field = self._book.fields.get(key)
            if field is not None and field.type in ("actor", "issue"):
                parts.append(f"<strong>{self._value(key, value)}</strong>")
            elif field is not None and field.type == "stance":
                parts.append(self._stance(value))
            else:
                name = safe.text(field.name if field else key)
                rest.append(f'<span class="said">{name}: {self._value(key, value)}</span>')
        quote = mark.quote
        short = quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST].rstrip()}…"
        words = (
            f'<a href="#m{mark.id}">{safe.text(short)}</a>'
            if mark.fragments
            else '<span class="said">implied, not said</span>'
        )
        note = [f'<span class="said">{safe.text(mark.note)}</span>'] if mark.note else []
        return " ".join([*parts, words, *rest, *note])

    def _fields(self, thing: str, fields: Mapping[str, FieldValue]) -> Iterator[str]:
        order = [*self._book.fields_on(thing), *fields]
        for key in dict.fromkeys(key for key in order if key in fields):
            field = self._book.fields.get(key)
            yield _line(field.name if field else key, self._value(key, fields[key]))

    def _value(self, key: str, value: FieldValue) -> str:
        return ", ".join(safe.text(self._said(key, one)) for one in several(value))

    def _said(self, key: str, value: str | float | bool) -> str:
        field = self._book.fields.get(key)
        if field is not None and field.type in ("actor", "issue"):
            return self._names.get(str(value), str(value))
        if field is not None and field.type == "choice" and str(value) in field.choices:
            return field.choices[str(value)].name
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)

    def _stance(self, value: FieldValue) -> str:
        step = self._book.stances.get(str(value))
        words = safe.text(step.name if step else str(value))
        sign = value if isinstance(value, int) else 0
        side = " for" if sign > 0 else " against" if sign < 0 else ""
        return f'<span class="side{side}">{words}</span>'


def _line(name: str, what: str) -> str:
    return f"<dt>{safe.text(name)}</dt><dd>{what}</dd>"
