"""The rules of reviewing: gold follows from verdicts, each thing in it from exactly one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from annotator.core.model import (
    GOLD,
    Analyst,
    Article,
    Id,
    Mark,
    Record,
    Statement,
    Status,
    status_id,
)
from annotator.core.review.permissions import deeds, may, refusal, standings
from annotator.core.review.records import (
    PROCEDURE,
    REASONS,
    Comment,
    Procedure,
    Review,
    Verdict,
    review_id,
)
from annotator.core.revision import Change, Foreign


class Decided(Protocol):
    """The project as it is after the edit, as far as these rules look at it."""

    def record(self, kind: str, id: Id) -> Record | None: ...
    def verdicts(self, article: Id) -> list[Verdict]:
        """Those on an article."""
        ...

    def others_than(self, analyst: Id) -> bool:
        """Whether anyone else has joined."""
        ...


def not_permitted(change: Change, author: Id, foreign: Foreign, now: Decided) -> Iterator[str]:
    """Why this author may not make this change; ``foreign`` edits bring in layers of others."""
    found = now.record("analyst", author)
    who = found if isinstance(found, Analyst) else None
    if isinstance(change.record, Analyst) and change.id == author:
        if change.before is None and not now.others_than(author):
            return  # who makes a project is its first reviewer
        who = change.before if isinstance(change.before, Analyst) else None
        who = who or Analyst(id=author, name=change.record.name)
    for deed, owner in deeds(change):
        if foreign and deed in _BROUGHT:
            continue
        if not may(deed, standings(who, owner)):
            yield refusal(deed)
    record = change.record
    if not isinstance(record, Mark | Statement) or record.layer != author:
        return
    # A file brings a layer together with the word that it is done.
    is_brought = foreign == "import" and change.before is None
    if not is_brought and foreign != "all":
        yield from _closed(record.article, author, now)


_BROUGHT = {
    "write a layer",
    "call an article done",
    "comment",
    "change a comment",
    "rename an analyst",
    "clear a passphrase",
}
"""What an import, the removal of an article and an undo do in the name of others."""


def _closed(article: Id, layer: Id, now: Decided) -> Iterator[str]:
    """Who has seen what others say does not go on as if they had not."""
    procedure = now.record("procedure", PROCEDURE)
    status = now.record("status", status_id(article, layer))
    blind = isinstance(procedure, Procedure) and procedure.blind
    if blind and isinstance(status, Status) and status.progress == "done":
        yield refusal("write a layer that is called done")


def faults(record: Record, now: Decided) -> Iterator[str]:
    """What is wrong with a record of reviewing as it stands."""
    match record:
        case Verdict():
            yield from _verdict(record, now)
        case Comment():
            yield from _comment(record, now)
        case Review():
            yield from _review(record, now)
        case Procedure(id=id) if id != PROCEDURE:
            yield "A project has one procedure."


def undecided(record: Mark | Statement, now: Decided) -> Iterator[str]:
    """Gold that does not follow from exactly one verdict."""
    if record.layer == GOLD:
        said = sum(record.id in verdict.gold for verdict in now.verdicts(record.article))
        if said != 1:
            yield (
                "Gold follows from one verdict; there is none."
                if not said
                else ("Gold follows from one verdict; there are several.")
            )


def left_behind(before: Verdict, now: Decided) -> Iterator[str]:
    """Gold that stays although the verdict it followed from goes or no longer names it."""
    for id in before.gold:
        thing = now.record("mark", id) or now.record("statement", id)
        if isinstance(thing, Mark | Statement):
            yield from undecided(thing, now)


def still_decided(record: Mark | Statement, now: Decided) -> bool:
    """Whether a verdict still says that this is gold."""
    return record.layer == GOLD and any(
        record.id in verdict.gold for verdict in now.verdicts(record.article)
    )


def _verdict(verdict: Verdict, now: Decided) -> Iterator[str]:
    if not isinstance(now.record("article", verdict.article), Article):
        yield "A verdict is on an article that does not exist."
    if verdict.reason and verdict.reason not in REASONS:
        yield f"There is no reason {verdict.reason!r:.40}."
    if (verdict.decision == "rejected") != (not verdict.gold):
        yield "A rejection puts nothing into gold, and every other verdict does."
    if verdict.decision == "rejected" and not verdict.reason:
        yield "A rejection has a reason."
    if not verdict.sources and not verdict.gold:
        yield "A verdict is on something."
    for id in verdict.gold:
        thing = now.record("mark", id) or now.record("statement", id)
        if not isinstance(thing, Mark | Statement) or thing.layer != GOLD:
            yield "A verdict names gold that does not exist."
        elif thing.article != verdict.article:
            yield "A verdict names gold of another article."
    yield from _judged_twice(verdict, now)


def _judged_twice(verdict: Verdict, now: Decided) -> Iterator[str]:
    """What another verdict, or this one, says a second time."""
    named: Counter[Id] = Counter()
    for other in now.verdicts(verdict.article):
        named.update(source.id for source in other.sources)
        named.update(other.gold)
    if any(named[source.id] > 1 for source in verdict.sources):
        yield "What is judged is judged by one verdict."
    if any(named[id] > 1 for id in verdict.gold):
        yield "Gold follows from one verdict; there are several."


def _comment(comment: Comment, now: Decided) -> Iterator[str]:
    if not isinstance(now.record("article", comment.article), Article):
        yield "A comment is on an article that does not exist."
    if not comment.text.strip():
        yield "A comment says something."
    if comment.answer_to is not None:
        asked = now.record("comment", comment.answer_to)
        if not isinstance(asked, Comment) or asked.about != comment.about:
            yield "A comment answers a comment that does not exist."


def _review(review: Review, now: Decided) -> Iterator[str]:
    if review.id != review_id(review.article):
        yield "The review has not the id of its article."
    if not isinstance(now.record("article", review.article), Article):
        yield "The review is of an article that does not exist."
