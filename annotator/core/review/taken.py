"""Which of the sources of a verdict gold says: one as it is, or several put together."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.model import Id, Statement
from annotator.core.page import Page
from annotator.core.review.docket import digest, roots
from annotator.core.review.records import Source, Verdict
from annotator.core.review.uniting import content


def taken(verdict: Verdict, gold: Page, layers: Callable[[], Page]) -> set[Id]:
    """The ids of those of which gold says all that they said when they were judged.

    ``layers`` is a page with the marks and statements of all layers. It is asked for only where
    statements may have been put together; what is not there, or says something else by now, is
    not known to be taken.
    """
    made = [one for one in roots(gold, verdict.gold) if one.id in verdict.gold]
    said = {digest(one, gold): one for one in made}
    found = {source.id for source in verdict.sources if source.digest in said}
    judged = {source.digest for source in verdict.sources}
    together = [
        content(one, gold)
        for signed, one in said.items()
        if isinstance(one, Statement) and signed not in judged
    ]
    if verdict.decision != "accepted" or not together:
        return found
    page = layers()
    for source in verdict.sources:
        one = _as_it_was(source, page)
        if one is not None and any(content(one, page).within(whole) for whole in together):
            found.add(source.id)
    return found


def _as_it_was(source: Source, page: Page) -> Statement | None:
    """The statement that was judged, if it says what it said then."""
    said = page.statements.get(source.id)
    return said if said is not None and digest(said, page) == source.digest else None
