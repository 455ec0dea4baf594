"""Cases that a reviewer flagged because the guidelines do not say what is right: examples to learn from."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.model import Id, Mark, Statement
from annotator.core.review.records import REASONS, Verdict
from annotator.workspace import Workspace

_LONGEST = 160
Case = tuple[str, tuple[tuple[str, str], ...]]
"""The words, then label and text line by line."""


def flagged_cases(workspace: Workspace) -> Iterator[Case]:
    """The flagged verdicts on articles whose review may be seen, as the codebook shows them."""
    for verdict in workspace.gaps():
        article = workspace.article(verdict.article)
        lines = [
            ("Decided", verdict.decision),
            ("Because", REASONS.get(verdict.reason, verdict.reason)),
            ("Note", verdict.note),
            ("In", article.title if article else ""),
        ]
        told = tuple((f"{label}: ", text) for label, text in lines if text)
        yield _words(workspace, verdict) or "Nothing was left of it", told


def _words(workspace: Workspace, verdict: Verdict) -> str:
    """What was decided on, in gold's words if there are any, else in an analyst's."""
    ids = [*verdict.gold, *(source.id for source in verdict.sources)]
    quotes = (quote for id in ids if (quote := _quote(workspace, id)))
    return next(quotes, "")


def _quote(workspace: Workspace, id: Id) -> str:
    record = workspace.record("statement", id) or workspace.record("mark", id)
    if isinstance(record, Statement):
        found = (workspace.record("mark", member.mark) for member in record.members)
        quote = max((m.quote for m in found if isinstance(m, Mark)), key=len, default="")
    else:
        quote = record.quote if isinstance(record, Mark) else ""
    plain = " ".join(quote.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
