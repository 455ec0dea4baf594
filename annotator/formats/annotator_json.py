"""Annotator's own JSON: everything a project says, readable without the program.

Layout and meaning are in ``resources/schema/annotator-1.json``. Ids are strings, since JSON
readers round large numbers; offsets are Unicode code points; times are ISO 8601 in UTC. The same
project gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Codebook
from annotator.core.errors import BadInput
from annotator.core.model import (
    CODEBOOK,
    GOLD,
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
from annotator.formats.annotator_layout import (
    FORMAT,
    GOLD_NAME,
    OFFSETS,
    VERSION,
    File,
    FileActor,
    FileAffiliation,
    FileAnalyst,
    FileArticle,
    FileBlock,
    FileCodebook,
    FileFragment,
    FileIssue,
    FileLayer,
    FileMark,
    FileMember,
    FileStatement,
)
from annotator.formats.strict_json import look_through, other_fault

SUFFIX = ".json"
_HEAD = 4096

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Head(msgspec.Struct):
    """What tells whether a file is ours, whatever else is in it."""

    format: Any = None
    version: Any = None


def is_annotator_json(path: Path) -> bool:
    """Whether a file is to be read as such: nobody means a .json to be an article's text."""
    try:
        with path.open("rb") as file:
            start = file.read(_HEAD)
    except OSError:
        start = b""  # reading it says what is wrong
    return is_annotator(path.name, start)


def is_annotator(name: str, start: bytes) -> bool:
    """The same for a file of this name that begins so, wherever it is."""
    if name.lower().endswith(SUFFIX):
        return True
    start = start.removeprefix(b"\xef\xbb\xbf")[:_HEAD].lstrip()
    return start.startswith(b"{") and b'"annotator"' in start


# Out


def encode(bundle: Bundle) -> bytes:
    """The bundle as a file's bytes: UTF-8, two spaces of indentation, a newline at the end."""
    book = bundle.codebook
    file = File(
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
                parent=_optional(i.parent),
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
            )
            for a in bundle.actors
        ),
        analysts=tuple(FileAnalyst(id=str(a.id), name=a.name) for a in bundle.analysts),
        articles=tuple(_article(part) for part in bundle.articles),
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def _article(part: ArticleBundle) -> FileArticle:
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
        copy_of=_optional(a.copy_of),
        assigned=tuple(str(who) for who in sorted(given.analyst for given in part.assignments)),
        layers=tuple(_layers(part)),
    )


def _layers(part: ArticleBundle) -> Iterator[FileLayer]:
    progress = {status.layer: status.progress for status in part.statuses}
    for layer in sorted({*progress, *(record.layer for record in part.said)}):
        marks = sorted(
            (m for m in part.marks if m.layer == layer),
            key=lambda m: (m.start is None, m.start or 0, m.id),
        )
        statements = sorted((s for s in part.statements if s.layer == layer), key=lambda s: s.id)
        yield FileLayer(
            layer=GOLD_NAME if layer == GOLD else str(layer),
            progress=progress.get(layer),
            marks=tuple(map(_mark, marks)),
            statements=tuple(map(_statement, statements)),
        )


def _mark(m: Mark) -> FileMark:
    return FileMark(
        id=str(m.id),
        kind=m.kind,
        fragments=tuple(FileFragment(start=f.start, end=f.end, quote=f.quote) for f in m.fragments),
        fields=dict(sorted(m.fields.items())),
        note=m.note,
        flagged=m.flagged,
        **_authors(m),
    )


def _statement(s: Statement) -> FileStatement:
    return FileStatement(
        id=str(s.id),
        members=tuple(FileMember(role=m.role, mark=str(m.mark)) for m in s.members),
        fields=dict(sorted(s.fields.items())),
        note=s.note,
        flagged=s.flagged,
        **_authors(s),
    )


def _authors(record: Mark | Statement) -> dict[str, Any]:
    return {
        "made_at": time_text(record.made_at),
        "made_by": str(record.made_by),
        "changed_at": time_text(record.changed_at),
        "changed_by": str(record.changed_by),
    }


def time_text(ms: int) -> str:
    """Milliseconds since 1970 as ISO 8601 in UTC."""
    when = _EPOCH + timedelta(milliseconds=ms)
    return when.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _optional(id: Id | None) -> str | None:
    return None if id is None else str(id)


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
        file = msgspec.json.decode(data, type=File)
        return _bundle(file, source)
    except msgspec.ValidationError as error:
        raise BadInput(f"{source} is not valid Annotator JSON: {error}.") from error
    except msgspec.DecodeError as error:
        raise BadInput(f"{source} is not valid JSON: {other_fault(data, error)}.") from error


def _bundle(file: File, source: str) -> Bundle:
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
                id=_id(i.id),
                key=i.key,
                name=i.name,
                proposition=i.proposition,
                parent=_number(i.parent),
                retired=i.retired,
                definition=i.definition,
                examples=i.examples,
            )
            for i in file.issues
        ),
        tuple(
            Actor(
                id=_id(a.id),
                name=a.name,
                type=a.type,
                aliases=a.aliases,
                affiliations=tuple(
                    Affiliation(actor=_id(g.actor), since=g.since, until=g.until)
                    for g in a.affiliations
                ),
                note=a.note,
                wikidata=a.wikidata,
            )
            for a in file.actors
        ),
        tuple(Analyst(id=_id(a.id), name=a.name) for a in file.analysts),
        tuple(_article_bundle(a, source) for a in file.articles),
    )


def _article_bundle(a: FileArticle, source: str) -> ArticleBundle:
    if sha256(a.text) != a.sha256:
        raise BadInput(
            f"{source}: the text of article {a.title!r} is not the one it was exported with"
            " (its SHA-256 differs); export it again."
        )
    if clean(a.text).text != a.text:
        raise BadInput(
            f"{source}: the text of article {a.title!r} has line ends or characters that Annotator"
            " takes out of texts, so its offsets would be wrong; import the text itself."
        )
    id = _id(a.id)
    if id != article_id(a.sha256):
        raise BadInput(
            f"{source}: article {a.title!r} has not the id of its text,"
            f" {article_id(a.sha256)}; the same text is the same article everywhere."
        )
    article = Article(
        id=id,
        title=a.title,
        outlet=a.outlet,
        author=a.author,
        published=a.published,
        url=a.url,
        file=a.file,
        sha256=a.sha256,
        length=len(a.text),
        blocks=tuple(Block(b.start, b.end, b.type) for b in a.blocks),
        copy_of=_number(a.copy_of),
    )
    marks: list[Mark] = []
    statements: list[Statement] = []
    statuses: list[Status] = []
    for part in a.layers:
        layer = GOLD if part.layer == GOLD_NAME else _id(part.layer)
        marks += (_mark_in(m, id, layer) for m in part.marks)
        statements += (_statement_in(s, id, layer) for s in part.statements)
        if part.progress is not None:
            statuses.append(
                Status(id=status_id(id, layer), article=id, layer=layer, progress=part.progress)
            )
    assignments = (
        Assignment(id=assignment_id(id, _id(who)), article=id, analyst=_id(who))
        for who in a.assigned
    )
    return ArticleBundle(
        article,
        a.text,
        tuple(marks),
        tuple(statements),
        tuple(statuses),
        tuple(sorted(assignments, key=lambda given: given.id)),
    )


def _mark_in(m: FileMark, article: Id, layer: Id) -> Mark:
    return Mark(
        id=_id(m.id),
        article=article,
        layer=layer,
        kind=m.kind,
        fragments=tuple(Fragment(f.start, f.end, f.quote) for f in m.fragments),
        fields=m.fields,
        note=m.note,
        flagged=m.flagged,
        **_authors_in(m),
    )


def _statement_in(s: FileStatement, article: Id, layer: Id) -> Statement:
    return Statement(
        id=_id(s.id),
        article=article,
        layer=layer,
        members=tuple(Member(m.role, _id(m.mark)) for m in s.members),
        fields=s.fields,
        note=s.note,
        flagged=s.flagged,
        **_authors_in(s),
    )


def _authors_in(record: FileMark | FileStatement) -> dict[str, Any]:
    return {
        "made_at": _ms(record.made_at),
        "made_by": _id(record.made_by),
        "changed_at": _ms(record.changed_at),
        "changed_by": _id(record.changed_by),
    }


def _ms(text: str) -> int:
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise msgspec.ValidationError(f"{text!r} is not a time") from error
    return (when - _EPOCH) // timedelta(milliseconds=1)


def _number(text: str | None) -> Id | None:
    return None if text is None else _id(text)


def _id(text: str) -> Id:
    number = int(text)
    if number >= 1 << 63:
        raise msgspec.ValidationError(f"the id {text} is larger than any id can be")
    return number
