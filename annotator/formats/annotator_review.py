"""Verdicts, comments, reviews and the procedure in Annotator JSON, out and in."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from functools import lru_cache

import msgspec

from annotator.core.bundle import ArticleBundle
from annotator.core.columns import MARKS, STATEMENTS, Columns, Kind, Row, Stored
from annotator.core.model import GOLD, Id
from annotator.core.page import Page
from annotator.core.review.commenting import threads
from annotator.core.review.docket import digest
from annotator.core.review.records import (
    PROCEDURE,
    Comment,
    Procedure,
    Review,
    Source,
    Verdict,
    review_id,
)
from annotator.core.review.taken import taken
from annotator.formats.annotator_layout import (
    FileComment,
    FileProcedure,
    FileReview,
    FileSource,
    FileVerdict,
)
from annotator.formats.annotator_values import (
    authors,
    authors_in,
    layer_number,
    layer_text,
    number,
    optional_number,
    optional_text,
)


def verdicts_out(part: ArticleBundle) -> tuple[FileVerdict, ...]:
    if not part.verdicts:
        return ()
    gold = _gold(part)
    whole = lru_cache(None)(part.whole)
    found = sorted(part.verdicts, key=lambda v: v.id)
    return tuple(_verdict(v, taken(v, gold, whole)) for v in found)


def _gold(part: ArticleBundle) -> Page:
    """Gold as digests look at it; of all other layers nothing is read."""
    marks = Stored(MARKS, _of_gold(MARKS, part.marks))
    statements = Stored(STATEMENTS, _of_gold(STATEMENTS, part.statements))
    return Page(part.article, part.text, GOLD, marks, statements)


def _of_gold(columns: Columns[Kind], given: Sequence[Kind]) -> list[Row]:
    place = columns.names.index("layer")
    return [row for row in columns.rows(given) if row[place] == GOLD]


def comments_out(part: ArticleBundle) -> tuple[FileComment, ...]:
    found = sorted(part.comments, key=lambda c: c.id)
    made = threads(found, {one.about for one in found})
    heads = {one.id: thread.said[0].id for thread in made for one in thread.comments}
    return tuple(_comment(one, heads.get(one.id, one.id)) for one in found)


def review_out(part: ArticleBundle) -> FileReview | None:
    review = part.review
    if review is None:
        return None
    return FileReview(id=str(review.id), state=review.state, **authors(review))


def procedure_out(procedure: Procedure | None) -> FileProcedure | None:
    if procedure is None:
        return None
    return FileProcedure(
        blind=procedure.blind,
        names_hidden=procedure.names_hidden,
        shuffled=procedure.shuffled,
        seed=procedure.seed,
    )


def _verdict(v: Verdict, said: Container[Id]) -> FileVerdict:
    return FileVerdict(
        id=str(v.id),
        sources=tuple(
            FileSource(
                layer=layer_text(s.layer),
                kind=s.kind,
                id=str(s.id),
                digest=s.digest,
                taken=s.id in said,
            )
            for s in v.sources
        ),
        decision=v.decision,
        reason=v.reason,
        note=v.note,
        gap=v.gap,
        gold=tuple(map(str, v.gold)),
        **authors(v),
    )


def _comment(c: Comment, thread: Id) -> FileComment:
    return FileComment(
        id=str(c.id),
        layer=layer_text(c.layer),
        kind=c.kind,
        about=str(c.about),
        text=c.text,
        answer_to=optional_text(c.answer_to),
        resolved=c.resolved,
        thread=str(thread),
        **authors(c),
    )


def verdict_in(v: FileVerdict, article: Id) -> Verdict:
    return Verdict(
        id=number(v.id),
        article=article,
        sources=tuple(
            Source(layer=layer_number(s.layer), kind=s.kind, id=number(s.id), digest=s.digest)
            for s in v.sources
        ),
        decision=v.decision,
        reason=v.reason,
        note=v.note,
        gap=v.gap,
        gold=tuple(map(number, v.gold)),
        **authors_in(v),
    )


def with_digests(part: ArticleBundle) -> ArticleBundle:
    """The same; sources of which the file does not say what they said then say what they say now."""
    if all(source.digest for verdict in part.verdicts for source in verdict.sources):
        return part
    page = part.whole()

    def source(one: Source) -> Source:
        said = page.statements.get(one.id) or page.marks.get(one.id)
        if one.digest or said is None:
            return one
        return msgspec.structs.replace(one, digest=digest(said, page))

    verdicts = tuple(
        msgspec.structs.replace(verdict, sources=tuple(map(source, verdict.sources)))
        for verdict in part.verdicts
    )
    return replace(part, verdicts=verdicts)


def comment_in(c: FileComment, article: Id) -> Comment:
    return Comment(
        id=number(c.id),
        article=article,
        layer=layer_number(c.layer),
        kind=c.kind,
        about=number(c.about),
        text=c.text,
        answer_to=optional_number(c.answer_to),
        resolved=c.resolved,
        **authors_in(c),
    )


def review_in(review: FileReview | None, article: Id) -> Review | None:
    if review is None:
        return None
    if number(review.id) != review_id(article):
        raise msgspec.ValidationError(f"the review {review.id} has not the id of its article")
    return Review(id=review_id(article), article=article, state=review.state, **authors_in(review))


def procedure_in(procedure: FileProcedure | None) -> Procedure | None:
    if procedure is None:
        return None
    return Procedure(
        id=PROCEDURE,
        blind=procedure.blind,
        names_hidden=procedure.names_hidden,
        shuffled=procedure.shuffled,
        seed=procedure.seed,
    )
