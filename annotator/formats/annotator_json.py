"""Annotator's own JSON: everything a project says, readable without the program.

Layout and meaning are in ``resources/schema/annotator-1.json``. Ids are strings, since JSON
readers round large numbers; offsets are Unicode code points; times are ISO 8601 in UTC. The same
project gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Codebook
from annotator.core.errors import BadInput
from annotator.core.model import (
    CODEBOOK,
    Actor,
    Affiliation,
    Analyst,
    Article,
    Assignment,
    Block,
    Fragment,
    Id,
    Issue,
    Mark,
    Member,
    Statement,
    Status,
    article_id,
    assignment_id,
    status_id,
)
from annotator.core.text.cleaning import clean, sha256
from annotator.formats import annotator_review as review
from annotator.formats.annotator_layout import (
    FORMAT,
    OFFSETS,
    VERSION,
    File,
    FileActor,
    FileAffiliation,
    FileAnalyst,
    FileArticle,
    FileBlock,
    FileCodebook,
    FileIssue,
    FileLayer,
    FileMark,
    FileStatement,
)
from annotator.formats.annotator_line_ends import COMPACT, ON_LINES, Apart, whole
from annotator.formats.annotator_said import marks_out, statements_out
from annotator.formats.annotator_values import (
    layer_number,
    layer_text,
    number,
    optional_number,
    optional_text,
    same_number,
    time_ms,
)
from annotator.formats.strict_json import as_we_write, look_through, other_fault

SUFFIX = ".json"
_HEAD = 4096


class _Head(msgspec.Struct):
    """What tells whether a file is ours, whatever else is in it."""

    format: Any = None
    version: Any = None


def is_annotator(name: str, start: bytes) -> bool:
    """Whether a file of this name that begins so is to be read as such, wherever it is.

    Nobody means a .json to be an article's text.
    """
    if name.lower().endswith(SUFFIX):
        return True
    start = start.removeprefix(b"\xef\xbb\xbf")[:_HEAD].lstrip()
    return start.startswith(b"{") and b'"annotator"' in start


# Out


def encode(bundle: Bundle) -> bytes:
    """The bundle as a file's bytes: UTF-8, two spaces of indentation, a newline at the end."""
    return b"".join(pieces(replace(bundle, articles=()), bundle.articles))


def pieces(project: Bundle, articles: Iterable[ArticleBundle]) -> Iterator[bytes]:
    """The same bytes with one article in memory; ``project`` has none."""
    return whole(head_out(project), (article_out(part, ON_LINES) for part in articles))


def head_out(bundle: Bundle) -> File:
    """What a file says beside its articles, as its objects."""
    book = bundle.codebook
    return File(
        format=FORMAT,
        version=VERSION,
        offsets=OFFSETS,
        project=bundle.project,
        codebook=FileCodebook(
            name=book.name,
            guidelines=book.guidelines,
            kinds=book.kinds,
            roles=book.roles,
            fields=book.fields,
            stances=book.stances,
        ),
        issues=tuple(
            FileIssue(
                id=str(i.id),
                key=i.key,
                name=i.name,
                proposition=i.proposition,
                parent=optional_text(i.parent),
                retired=i.retired,
                definition=i.definition,
                examples=i.examples,
            )
            for i in bundle.issues
        ),
        actors=tuple(
            FileActor(
                id=str(a.id),
                name=a.name,
                type=a.type,
                aliases=a.aliases,
                affiliations=tuple(
                    FileAffiliation(actor=str(g.actor), since=g.since, until=g.until)
                    for g in a.affiliations
                ),
                note=a.note,
                wikidata=a.wikidata,
                retired=a.retired or msgspec.UNSET,
            )
            for a in bundle.actors
        ),
        analysts=tuple(
            FileAnalyst(id=str(a.id), name=a.name, reviewer=a.reviewer) for a in bundle.analysts
        ),
        articles=(),
        procedure=review.procedure_out(bundle.procedure),
    )


def article_out(part: ArticleBundle, apart: Apart = COMPACT) -> FileArticle:
    """One article as the file has it, with marks and statements that are JSON already."""
    a = part.article
    return FileArticle(
        id=str(a.id),
        title=a.title,
        outlet=a.outlet,
        author=a.author,
        published=a.published,
        url=a.url,
        file=a.file,
        sha256=a.sha256,
        text=part.text,
        blocks=tuple(FileBlock(start=b.start, end=b.end, type=b.type) for b in a.blocks),
        copy_of=optional_text(a.copy_of),
        assigned=tuple(str(who) for who in sorted(given.analyst for given in part.assignments)),
        layers=tuple(_layers(part, apart)),
        verdicts=review.verdicts_out(part),
        comments=review.comments_out(part),
        review=review.review_out(part),
    )


def _layers(part: ArticleBundle, apart: Apart) -> Iterator[FileLayer]:
    status = {status.layer: status for status in part.statuses}
    marks, statements = marks_out(part, apart), statements_out(part, apart)
    for layer in sorted({*status, *marks, *statements}):
        yield FileLayer(
            layer=layer_text(layer),
            progress=status[layer].progress if layer in status else None,
            reopened_because=status[layer].reason if layer in status else "",
            marks=_as_is(marks.get(layer, "[]")),
            statements=_as_is(statements.get(layer, "[]")),
        )


def _as_is(json: str) -> Any:
    """JSON that is put where it belongs without being looked at."""
    return msgspec.Raw(json.encode())


# In


def read(path: Path) -> Bundle:
    """The bundle in a file; :class:`BadInput` names the file, the place and what is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    return decode(data, path.name)


def decode(data: bytes, source: str) -> Bundle:
    """The bundle in a file's bytes; ``source`` is its name in error messages."""
    file = as_we_write(data, File, _as_whole)
    try:
        return bundle_in(file or _looked_through(data, source), source)
    except msgspec.ValidationError as error:
        raise BadInput(f"{source} is not valid Annotator JSON: {error}.") from error


def _as_whole(file: File) -> bytes:
    return b"".join(whole(msgspec.structs.replace(file, articles=()), file.articles))


def _looked_through(data: bytes, source: str) -> File:
    data = data.removeprefix(b"\xef\xbb\xbf")
    look_through(data, source)
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.format != FORMAT:
            raise BadInput(f"{source} is not Annotator JSON: its format is {head.format!r}.")
        if head.version != VERSION:
            raise BadInput(
                f"{source} is Annotator JSON of version {head.version!r}, this program reads"
                f" version {VERSION}; update the program or export the file again."
            )
        return msgspec.json.decode(data, type=File)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError as error:
        raise BadInput(f"{source} is not valid JSON: {other_fault(data, error)}.") from error


def bundle_in(file: File, source: str) -> Bundle:
    """The file's objects as a bundle."""
    book = file.codebook
    return Bundle(
        file.project,
        Codebook(
            id=CODEBOOK,
            name=book.name,
            guidelines=book.guidelines,
            kinds=book.kinds,
            roles=book.roles,
            fields=book.fields,
            stances=book.stances,
        ),
        tuple(
            Issue(
                id=number(i.id),
                key=i.key,
                name=i.name,
                proposition=i.proposition,
                parent=optional_number(i.parent),
                retired=i.retired,
                definition=i.definition,
                examples=i.examples,
            )
            for i in file.issues
        ),
        tuple(
            Actor(
                id=number(a.id),
                name=a.name,
                type=a.type,
                aliases=a.aliases,
                affiliations=tuple(
                    Affiliation(actor=number(g.actor), since=g.since, until=g.until)
                    for g in a.affiliations
                ),
                note=a.note,
                wikidata=a.wikidata,
                retired=a.retired is True,
            )
            for a in file.actors
        ),
        tuple(Analyst(id=number(a.id), name=a.name, reviewer=a.reviewer) for a in file.analysts),
        tuple(article_in(a, source) for a in file.articles),
        review.procedure_in(file.procedure),
    )


def article_in(a: FileArticle, source: str) -> ArticleBundle:
    """One article of a file; :class:`BadInput` when its text is not what its offsets count."""
    digest = sha256(a.text)
    if a.sha256 not in (digest, msgspec.UNSET):
        raise BadInput(
            f"{source}: the text of article {a.title!r} is not the one it was exported with"
            " (its SHA-256 differs); export it again."
        )
    if clean(a.text).text != a.text:
        raise BadInput(
            f"{source}: the text of article {a.title!r} has line ends or characters that Annotator"
            " takes out of texts, so its offsets would be wrong; import the text itself."
        )
    id = article_id(digest)
    if not isinstance(a.id, msgspec.UnsetType) and number(a.id) != id:
        raise BadInput(
            f"{source}: article {a.title!r} has not the id of its text, {id}; the same text is the"
            " same article everywhere. Leave the id out, or give this one."
        )
    article = Article(
        id=id,
        title=a.title,
        outlet=a.outlet,
        author=a.author,
        published=a.published,
        url=a.url,
        file=a.file,
        sha256=digest,
        length=len(a.text),
        blocks=tuple(Block(b.start, b.end, b.type) for b in a.blocks) or _one_block(a.text),
        copy_of=optional_number(a.copy_of),
    )
    marks: list[Mark] = []
    statements: list[Statement] = []
    statuses: list[Status] = []
    for part in a.layers:
        layer = layer_number(part.layer)
        marks += [_mark_in(m, id, layer) for m in part.marks]
        statements += [_statement_in(s, id, layer) for s in part.statements]
        if part.progress is not None:
            statuses.append(
                Status(
                    id=status_id(id, layer),
                    article=id,
                    layer=layer,
                    progress=part.progress,
                    reason=part.reopened_because,
                )
            )
    assignments = (
        Assignment(id=assignment_id(id, number(who)), article=id, analyst=number(who))
        for who in a.assigned
    )
    bundle = ArticleBundle(
        article,
        a.text,
        tuple(marks),
        tuple(statements),
        tuple(statuses),
        tuple(sorted(assignments, key=lambda given: given.id)),
        tuple(review.verdict_in(v, id) for v in a.verdicts),
        tuple(review.comment_in(c, id) for c in a.comments),
        review.review_in(a.review, id),
    )
    return review.with_digests(bundle)


def _one_block(text: str) -> tuple[Block, ...]:
    return (Block(0, len(text), "body"),) if text else ()


def _mark_in(m: FileMark, article: Id, layer: Id) -> Mark:
    return Mark(
        id=number(m.id),
        made_at=time_ms(m.made_at),
        made_by=same_number(m.made_by),
        changed_at=time_ms(m.changed_at),
        changed_by=same_number(m.changed_by),
        article=article,
        layer=layer,
        kind=m.kind,
        fragments=tuple([Fragment(f.start, f.end, f.quote) for f in m.fragments]),
        fields=m.fields,
        note=m.note,
        flagged=m.flagged,
    )


def _statement_in(s: FileStatement, article: Id, layer: Id) -> Statement:
    return Statement(
        id=number(s.id),
        made_at=time_ms(s.made_at),
        made_by=same_number(s.made_by),
        changed_at=time_ms(s.changed_at),
        changed_by=same_number(s.changed_by),
        article=article,
        layer=layer,
        members=tuple([Member(m.role, number(m.mark)) for m in s.members]),
        fields=s.fields,
        note=s.note,
        flagged=s.flagged,
    )
