"""What is said of a project's file before it comes in: what is in it, and what that would bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.core.book.parts import TABLES
from annotator.core.codebook import Codebook
from annotator.core.intake import Came
from annotator.core.text.cleaning import counted
from annotator.formats.exchange.contents import MOST_TITLES, Contents

_KINDS = (
    "article",
    "mark",
    "statement",
    "analyst",
    "actor",
    "issue",
    "comment",
    "verdict",
    "assignment",
)
_MOST_NAMED = 6
_MOST_KEPT = 200


def many(number: int, thing: str) -> str:
    """``1 mark``, ``12,000 marks``."""
    return f"{number:,} {counted(number, thing).partition(' ')[2]}"


def counts_said(contents: Contents, *also: str) -> str:
    """How many articles there are, and of what else is asked for: marks, statements."""
    return ", ".join(many(getattr(contents, f"{what}s"), what) for what in ("article", *also))


def heading(contents: Contents) -> str:
    """All that is in the file, in a sentence or two."""
    said = counts_said(contents, "mark", "statement")
    by = f" by {listed(contents.analysts)}" if contents.analysts else ""
    return f"Project data: {said}{by}. It is taken in as a whole."


def lines(contents: Contents, would: Came | None, losses: tuple[str, ...]) -> list[str]:
    """A line for each thing to be known, the most important first; the titles last."""
    titles = list(contents.titles)
    if contents.articles > len(titles):
        titles.append(f"… {contents.articles - MOST_TITLES:,} more")
    would_said = list(_would(would)) if would is not None else []
    return [*would_said, *(f"Not read: {loss}" for loss in losses), *titles]


def _would(would: Came) -> Iterator[str]:
    new = [many(count, kind) for kind in _KINDS if (count := would.new[kind])]
    yield f"New here: {', '.join(new)}" if new else "Nothing of it is new here"
    if would.codebook is not None:
        yield "The codebook becomes the file's" + _differences(*would.codebook)
    yield from (f"As it is: {kept}" for kept in would.kept[:_MOST_KEPT])
    if len(would.kept) > _MOST_KEPT:
        yield f"As it is: {len(would.kept) - _MOST_KEPT:,} more"


def _differences(before: Codebook, after: Codebook) -> str:
    """Kinds, roles, fields and stances that come or go with another codebook."""
    said = []
    for sort, table in TABLES.items():
        old, new = getattr(before, table), getattr(after, table)
        for what, some, others in (("new", new, old), ("gone", old, new)):
            if names := _names(some, others):
                said.append(f"{what} {sort}{'s' if len(names) > 1 else ''} {listed(names)}")
    return f": {'; '.join(said)}" if said else ""


def _names(some: Mapping[str, object], others: Mapping[str, object]) -> list[str]:
    return [str(getattr(some[key], "name", key)) for key in some if key not in others]


def listed(names: tuple[str, ...] | list[str]) -> str:
    """Some names, and how many more there are."""
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return f"{shown} and {more:,} more" if more > 0 else shown
