"""A statement in words: who, what, which side, and what is missing. Plain Python, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.core.codebook import STATEMENT
from annotator.core.missing import missing
from annotator.core.model import Mark, Statement
from annotator.ui.panel.options import Known, shown


@dataclass(frozen=True, slots=True)
class Summary:
    """What a card says."""

    who: str
    words: str
    """The words the article uses for the speaker."""
    what: str
    sides: tuple[str, ...]
    notes: tuple[str, ...]
    """The statement's own fields that are filled in, and roles beside the main three."""
    missing: tuple[str, ...]

    def as_text(self) -> str:
        """For screen readers and tool tips."""
        return "; ".join(
            filter(None, (self.who, self.words, self.what, *self.sides, *self.notes, *self.missing))
        )


def summary(known: Known, statement: Statement) -> Summary:
    """The card of a statement."""
    page, book = known.page, known.book
    speakers = page.members(statement, "speaker")
    claims = page.members(statement, "claim")
    others = [
        f"{book.roles[role].name.lower()} {_named(known, mark)}"
        for role in book.roles
        if role not in ("speaker", "claim", "position")
        for mark in page.members(statement, role)
    ]
    own = [
        f"{field.name.lower()}: {shown(known, key, statement.fields[key])}"
        for key, field in book.fields_on(STATEMENT).items()
        if key in statement.fields
    ]
    return Summary(
        who=", ".join(
            filter(None, (shown(known, "actor", s.fields.get("actor")) for s in speakers))
        )
        if "actor" in book.fields
        else "",
        words=", ".join(_quoted(s) for s in speakers),
        what=" ".join(_quoted(c) for c in claims),
        sides=tuple(side(known, p) for p in page.members(statement, "position")),
        notes=(*others, *own),
        missing=tuple(dict.fromkeys(m.text for m in missing(page, book, statement))),
    )


def side(known: Known, position: Mark) -> str:
    """A position in words: stance, issue, condition; its quote while neither is chosen."""
    filled = {
        key: shown(known, key, position.fields[key])
        for key in known.book.fields_on(position.kind)
        if key in position.fields
    }
    condition = filled.pop("condition", "")
    stance, issue = filled.pop("stance", ""), filled.pop("issue", "")
    said = ": ".join(filter(None, (issue, stance))) or _quoted(position)
    return ", ".join(filter(None, (said, *filled.values(), condition and f"if {condition}")))


def mark_label(known: Known, mark: Mark) -> str:
    """What hovering over a mark says."""
    kind = known.book.kinds.get(mark.kind)
    name = kind.name if kind else mark.kind
    values = [
        f"{known.book.fields[key].name.lower()}: {shown(known, key, value)}"
        for key, value in mark.fields.items()
        if key in known.book.fields
    ]
    return f"{name}{' — ' if values else ''}{', '.join(values)}"


def _quoted(mark: Mark) -> str:
    if not mark.fragments:
        return "(implied)"
    quote = " ".join(mark.quote.split())
    return quote if any(sign in quote for sign in _QUOTES) else f"“{quote}”"


def _named(known: Known, mark: Mark) -> str:
    """Who a mark stands for, else its words."""
    if "actor" in mark.fields:
        return shown(known, "actor", mark.fields["actor"])
    return _quoted(mark)


_QUOTES = '“”"«»„'
