"""What the tour says, and how it knows that a step was done. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotator.core.codebook import Codebook
from annotator.core.model import Mark, Statement
from annotator.core.page import Page


@dataclass(frozen=True, slots=True)
class Seen:
    """What lies before the analyst."""

    page: Page | None
    selection: tuple[int, int]
    statement: Statement | None

    def marks(self, kind: str) -> Iterator[Mark]:
        """The marks of a kind in the statement at hand."""
        if self.page is not None and self.statement is not None:
            for id in self.statement.marks():
                mark = self.page.marks.get(id)
                if mark is not None and mark.kind == kind:
                    yield mark


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try."""

    title: str
    text: str
    done: Callable[[Seen], bool]


def steps(book: Codebook) -> list[Step]:
    """The steps for a codebook, in its own keys; one that it has no kind for is left out."""
    who = _kind_with(book, "actor")
    side = _kind_with(book, "stance")
    what = next((k for k in book.kinds if k not in (who, side) and _is_expected(book, k)), None)
    made = [
        Step(
            "Select what somebody says",
            "Click into a sentence in which somebody says something, and press the full stop: the"
            ' sentence is selected. W takes a word instead, " the quotation, E a little more.',
            lambda seen: seen.selection[1] > seen.selection[0],
        )
    ]
    if what is not None:
        kind = book.kinds[what]
        made.append(
            Step(
                "Mark it",
                f"Press {kind.key}. The words are marked as a {kind.name.lower()} and saved at"
                " once; its card appears on the right. Ctrl+Z takes any step back, also tomorrow.",
                lambda seen: any(seen.marks(what)),
            )
        )
    if who is not None:
        kind = book.kinds[who]
        made.append(
            Step(
                "Say who says it",
                f"Click on the name and press W until all of it is selected; then press"
                f" {kind.key}. Enter leads to the line on the right, and Enter there takes the actor"
                " proposed; or type a few letters of another. Next time the name is known.",
                lambda seen: any(_has(book, m, "actor") for m in seen.marks(who)),
            )
        )
    if side is not None:
        kind = book.kinds[side]
        made.append(
            Step(
                "Say which side they take",
                f"Select the words that show it and press {kind.key}. Enter leads to the right;"
                " choose the issue and the stance there, Enter after each. Nothing is chosen for"
                " you.",
                lambda seen: any(
                    _has(book, m, "issue") and _has(book, m, "stance") for m in seen.marks(side)
                ),
            )
        )
    made.append(
        Step(
            "Go on",
            "J and K walk the statements, Tab the marks, Enter what is still missing. Ctrl+D calls"
            " the article done, Ctrl+E exports the project. Ctrl+K finds every command, F1 every"
            " key.",
            lambda _seen: False,
        )
    )
    return made


def _kind_with(book: Codebook, type: str) -> str | None:
    """The first kind of mark that has a field of a type."""
    things = (thing for field in book.fields.values() if field.type == type for thing in field.on)
    return next((thing for thing in things if thing in book.kinds), None)


def _is_expected(book: Codebook, kind: str) -> bool:
    role = book.usual_role(kind)
    return role is not None and book.roles[role].expected


def _has(book: Codebook, mark: Mark, type: str) -> bool:
    """Whether a mark has a value in a field of a type."""
    return any(
        field.type == type and key in mark.fields
        for key, field in book.fields_on(mark.kind).items()
    )
