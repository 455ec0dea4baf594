"""What an import may not add to: a layer that is called done, the gold of a decided article.

An analyst who calls an article done says that this is their reading; a reviewer who calls it
decided, that this is gold. A file that has more would make both untrue behind their backs, so what
it adds there is left out and told. Who wants it reopens the article and imports once more. A merge
of two files of one project is something else: it brings the steps of the analysts themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.model import GOLD, Id, Mark, Record, Statement, Status, status_id
from annotator.core.review.records import Review, Verdict, review_id
from annotator.core.revision import kind_of
from annotator.core.text.cleaning import counted

Now = Callable[[str, Id], Record | None]
"""A project's record of a kind and id."""


def without_closed(bundle: Bundle, now: Now) -> tuple[Bundle, tuple[str, ...]]:
    """The bundle without what it adds to what is closed, and a sentence for each such article."""
    told: list[str] = []
    parts = tuple(_open_part(part, now, told) for part in bundle.articles)
    return (replace(bundle, articles=parts), tuple(told)) if told else (bundle, ())


def invented(given: Bundle, made: Bundle) -> int:
    """On how many articles gold came without decisions, so that verdicts were made for it."""
    pairs = zip(given.articles, made.articles, strict=True)
    return sum(len(new.verdicts) > len(old.verdicts) for old, new in pairs)


def told_of_invented(count: int) -> tuple[str, ...]:
    """That verdicts were made on so many articles; nothing when on none."""
    if not count:
        return ()
    where = counted(count, "article")
    return (f"gold without decisions came in on {where}; a verdict on each says so",)


def _open_part(part: ArticleBundle, now: Now, told: list[str]) -> ArticleBundle:
    if now("article", part.article.id) is None:
        return part
    new = [one for one in part.said if now(kind_of(one), one.id) is None]
    closed = {layer for layer in {one.layer for one in new} if _is_closed(part, layer, now)}
    out = {one.id for one in new if one.layer in closed}
    verdicts = [one for one in part.verdicts if now("verdict", one.id) is None]
    gone = {one.id for one in verdicts} if _is_closed(part, GOLD, now) else set()
    _spread(out, gone, new, verdicts)
    if not out and not gone:
        return part
    told.append(_told(part, [one for one in new if one.id in out], len(gone), closed))
    return replace(
        part,
        marks=tuple(one for one in part.marks if one.id not in out),
        statements=tuple(one for one in part.statements if one.id not in out),
        comments=tuple(one for one in part.comments if one.about not in out),
        verdicts=tuple(one for one in part.verdicts if one.id not in gone),
    )


def _is_closed(part: ArticleBundle, layer: Id, now: Now) -> bool:
    if layer == GOLD:
        review = now("review", review_id(part.article.id))
        return isinstance(review, Review) and review.state == "decided"
    status = now("status", status_id(part.article.id, layer))
    return isinstance(status, Status) and status.progress == "done"


def _spread(
    out: set[Id], gone: set[Id], new: list[Mark | Statement], verdicts: Iterable[Verdict]
) -> None:
    """What cannot be without what is left out: a verdict on it, gold of that, statements of it."""
    known = {one.id for one in new}
    size = -1
    while size != len(out) + len(gone):
        size = len(out) + len(gone)
        for verdict in verdicts:
            named = {*verdict.gold, *(source.id for source in verdict.sources)}
            if verdict.id in gone or not out.isdisjoint(named):
                gone.add(verdict.id)
                out |= known.intersection(verdict.gold)
        out |= {
            one.id for one in new if isinstance(one, Statement) and not out.isdisjoint(one.marks())
        }


def _told(part: ArticleBundle, out: list[Mark | Statement], verdicts: int, closed: set[Id]) -> str:
    marks = sum(isinstance(one, Mark) for one in out)
    counts = {"mark": marks, "statement": len(out) - marks, "decision": verdicts}
    what = ", ".join(counted(number, name) for name, number in counts.items() if number)
    whose = closed - {GOLD}
    reasons = [
        *(["its analyst has called it done"] if len(whose) == 1 else []),
        *(["its analysts have called it done"] if len(whose) > 1 else []),
        *(["it is decided"] if GOLD in closed or (verdicts and not whose) else []),
    ]
    return (
        f"“{part.article.title}”: {what} left out, as {' and '.join(reasons)}; reopen the article,"
        " then import again"
    )
