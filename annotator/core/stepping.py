"""A layer of an article as it was after any step, and the one edit that brings it back.

The blocks come back with it, though not over what somebody else has made of them since. What came
after is not lost: stepping back is a step like any other, and can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from annotator.core.model import Actor, Article, Block, Id, Issue, Mark, Record, Statement
from annotator.core.page import Page
from annotator.core.revision import Change, Edit, Entry, Revision, fold
from annotator.core.text.cleaning import counted

Key = tuple[str, Id]
"""Kind and id of a record."""
Layer = dict[Key, Mark | Statement]
_KINDS = ("mark", "statement")

STEP_BACK = "Step back to "
"""What the label of such a step begins with; what follows names the step that was gone back to."""


def layer_then(revisions: Iterable[Revision], upto: Revision, article: Id, layer: Id) -> Layer:
    """The marks and statements of a layer as a revision left them.

    ``revisions`` are all that touched the article, in any order; later ones are left out.
    """
    steps: dict[Key, list[tuple[Revision, Entry]]] = {}
    for revision in revisions:
        if revision.order <= upto.order:
            for entry in revision.entries:
                if entry.kind in _KINDS:
                    steps.setdefault((entry.kind, entry.id), []).append((revision, entry))
    found: Layer = {}
    for key, entries in steps.items():
        record = fold(entries)
        if isinstance(record, Mark | Statement) and (record.article, record.layer) == (
            article,
            layer,
        ):
            found[key] = record
    return found


def blocks_then(
    revisions: Iterable[Revision], upto: Revision, now: Page
) -> tuple[Block, ...] | None:
    """The blocks as a revision left them; None when others than this analyst changed them since."""
    steps = [
        (revision, entry)
        for revision in revisions
        for entry in revision.entries
        if (entry.kind, entry.id) == ("article", now.article.id)
    ]
    since = (r for r, entry in steps if r.order > upto.order and "blocks" in (entry.after or {}))
    if any(revision.author != now.layer for revision in since):
        return None
    then = fold(step for step in steps if step[0].order <= upto.order)
    return then.blocks if isinstance(then, Article) else None


def step_back(
    now: Page,
    then: Mapping[Key, Mark | Statement],
    blocks: tuple[Block, ...] | None,
    gone: Callable[[str, Id], Record | None],
    to: str,
) -> Edit:
    """What makes a page what it was; ``to`` names the step.

    Blocks that are None stay as they are. Actors and issues that its fields name and that are gone
    by now come back with it; ``gone`` says what a record last was that is there no longer, and None
    of one that is.
    """
    here: Layer = {("mark", id): mark for id, mark in now.marks.items()}
    here |= {("statement", id): statement for id, statement in now.statements.items()}
    changes = [Change(record, None) for key, record in here.items() if key not in then]
    for key, record in then.items():
        before = here.get(key)
        if before is None or content(before) != content(record):
            changes.append(Change(before, record))
    if blocks is not None and blocks != now.article.blocks:
        changes.append(Change(now.article, msgspec.structs.replace(now.article, blocks=blocks)))
    return Edit(f"{STEP_BACK}{to}", (*_brought_along(changes, gone), *changes))


def content(record: Mark | Statement) -> Mark | Statement:
    """What a record says, whoever changed it last."""
    return msgspec.structs.replace(record, changed_at=0, changed_by=0)


def _brought_along(
    changes: Iterable[Change], gone: Callable[[str, Id], Record | None]
) -> list[Change]:
    """Actors and issues that are needed again; what they refer to is needed as well."""
    waiting = [c.after for c in changes if c.after is not None]
    seen: set[Key] = set()
    found: list[Change] = []
    while waiting:
        for kind, id in _named(waiting.pop()):
            record = gone(kind, id) if (kind, id) not in seen else None
            seen.add((kind, id))
            if record is not None:
                found.append(Change(None, record))
                waiting.append(record)
    return found


def _named(record: Record) -> list[Key]:
    """The actors and issues that a record may refer to."""
    if isinstance(record, Actor):
        return [("actor", one.actor) for one in record.affiliations]
    if isinstance(record, Issue):
        return [("issue", record.parent)] if record.parent is not None else []
    if not isinstance(record, Mark | Statement):
        return []
    values = (one for v in record.fields.values() for one in (v if isinstance(v, list) else [v]))
    ids = [int(v) for v in values if isinstance(v, str) and v.isascii() and v.isdigit()]
    return [(kind, id) for id in ids for kind in ("actor", "issue")]


def amount(edit: Edit) -> str:
    """How much an edit changes, in words."""
    said = []
    for kind in _KINDS:
        of_kind = [c for c in edit.changes if c.kind == kind]
        gone = sum(c.after is None for c in of_kind)
        back = sum(c.before is None for c in of_kind)
        for number, what in (
            (gone, "goes" if gone == 1 else "go"),
            (back, "comes back" if back == 1 else "come back"),
            (
                changed := len(of_kind) - gone - back,
                "is as it was" if changed == 1 else "are as they were",
            ),
        ):
            if number:
                said.append(f"{counted(number, kind)} {what}")
    if any(change.kind == "article" for change in edit.changes):
        said.append("the blocks are as they were")
    return ", ".join(said)
