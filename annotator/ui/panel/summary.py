"""A statement in words: who, what, which side, and what is missing. Plain Python, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.core.codebook import STATEMENT
from annotator.core.meaning import meaning
from annotator.core.missing import missing
from annotator.core.model import Mark, Statement
from annotator.ui.panel.options import Known, shown_values


@dataclass(frozen=True, slots=True)
class Summary:
    """What a card says."""

    who: str
    words: str
    """The words the article uses for the speaker."""
    what: str
    sides: tuple[str, ...]
    notes: tuple[str, ...]
    """The statement's own fields that are filled in, roles beside the main three, and notes."""
    missing: tuple[str, ...]
    asked: bool = False
    """Whether the reviewer is asked about it or one of its marks."""

    def as_text(self) -> str:
        """For screen readers and tool tips."""
        asked = "the reviewer is asked" if self.asked else ""
        parts = (self.who, self.words, self.what, *self.sides, *self.notes, *self.missing, asked)
        return "; ".join(filter(None, parts))


def summary(known: Known, statement: Statement) -> Summary:
    """The card of a statement."""
    page, book, about = known.page, known.book, meaning(known.book)
    speakers = page.members(statement, about.who) if about.who else []
    claims = page.members(statement, about.what) if about.what else []
    others = [
        f"{book.roles[role].name.lower()} {_named(known, mark)}"
        for role in book.roles
        if role not in about.main
        for mark in page.members(statement, role)
    ]
    own = [
        f"{field.name.lower()}: {shown_values(known, key, statement)}"
        for key, field in book.fields_on(STATEMENT).items()
        if key in statement.fields
    ]
    marks = [page.marks[id] for id in statement.marks() if id in page.marks]
    things: list[Mark | Statement] = [statement, *marks]
    notes = [f"note: {thing.note}" for thing in things if thing.note]
    field = about.actor
    names = (shown_values(known, field, mark) for mark in speakers) if field else ()
    return Summary(
        who=", ".join(filter(None, names)),
        words=", ".join(_quoted(s) for s in speakers),
        what=" ".join(_quoted(c) for c in claims),
        sides=tuple(side(known, p) for role in about.sides for p in page.members(statement, role)),
        notes=(*others, *own, *notes),
        missing=tuple(dict.fromkeys(m.text for m in missing(page, book, statement))),
        asked=any(thing.flagged for thing in things),
    )


def side(known: Known, position: Mark) -> str:
    """A position in words: issue, stance, then its other fields; its quote while neither is."""
    fields = known.book.fields_on(position.kind)
    filled = {k: shown_values(known, k, position) for k in fields if k in position.fields}
    first = {key: filled.pop(key, "") for key in fields if fields[key].type in ("issue", "stance")}
    order = sorted(first, key=lambda key: fields[key].type != "issue")
    said = ": ".join(filter(None, (first[key] for key in order))) or _quoted(position)
    rest = (f"{fields[key].name.lower()}: {value}" for key, value in filled.items())
    return ", ".join(filter(None, (said, *rest)))


def mark_label(known: Known, mark: Mark) -> str:
    """What hovering over a mark says."""
    kind = known.book.kinds.get(mark.kind)
    name = kind.name if kind else mark.kind
    values = [
        f"{known.book.fields[key].name.lower()}: {shown_values(known, key, mark)}"
        for key in mark.fields
        if key in known.book.fields
    ]
    if mark.note:
        values.append(f"note: {mark.note}")
    if mark.flagged:
        values.append("the reviewer is asked")
    return f"{name}{' — ' if values else ''}{', '.join(values)}"


def _quoted(mark: Mark) -> str:
    if not mark.fragments:
        return "(implied)"
    quote = " ".join(mark.quote.split())
    return quote if any(sign in quote for sign in _QUOTES) else f"“{quote}”"


def _named(known: Known, mark: Mark) -> str:
    """Who a mark stands for, else its words."""
    fields = known.book.fields_on(mark.kind)
    names = (shown_values(known, k, mark) for k, f in fields.items() if f.type == "actor")
    return next(filter(None, names), "") or _quoted(mark)


_QUOTES = '“”"«»„'
