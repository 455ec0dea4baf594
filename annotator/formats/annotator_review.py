"""Verdicts, comments, reviews and the procedure in Annotator JSON, out and in."""

from __future__ import annotations

import msgspec

from annotator.core.bundle import ArticleBundle
from annotator.core.model import Id
from annotator.core.review.records import (
    PROCEDURE,
    Comment,
    Procedure,
    Review,
    Source,
    Verdict,
    review_id,
)
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
    return tuple(map(_verdict, sorted(part.verdicts, key=lambda v: v.id)))


def comments_out(part: ArticleBundle) -> tuple[FileComment, ...]:
    return tuple(map(_comment, sorted(part.comments, key=lambda c: c.id)))


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


def _verdict(v: Verdict) -> FileVerdict:
    return FileVerdict(
        id=str(v.id),
        sources=tuple(
            FileSource(layer=layer_text(s.layer), kind=s.kind, id=str(s.id), digest=s.digest)
            for s in v.sources
        ),
        decision=v.decision,
        reason=v.reason,
        note=v.note,
        gap=v.gap,
        gold=tuple(map(str, v.gold)),
        **authors(v),
    )


def _comment(c: Comment) -> FileComment:
    return FileComment(
        id=str(c.id),
        layer=layer_text(c.layer),
        kind=c.kind,
        about=str(c.about),
        text=c.text,
        answer_to=optional_text(c.answer_to),
        resolved=c.resolved,
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
