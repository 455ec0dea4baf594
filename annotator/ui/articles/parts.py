"""What is listed, put into parts with headings: groups of articles, or sorts of hits."""

from __future__ import annotations

from annotator.core.model import Id
from annotator.store.finding.listing import Group, Listing
from annotator.store.finding.search import Found, Hits
from annotator.ui.articles.filtering import heading
from annotator.ui.articles.rows import Header, More, Part, Rows


def grouped(listing: Listing, group: Group) -> Rows:
    """All articles, under the headings of their groups if they are grouped."""
    if not group:
        return Rows([Part(listing.ids)])
    parts: list[Part] = []
    start = 0
    for head in listing.headings:
        header = Header(heading(group, head.key), f"{head.count:,}")
        parts.append(Part(listing.ids[start : start + head.count], header))
        start += head.count
    return Rows(parts)


def searched(titles: list[Id], count: int | None, found: Found | None) -> Rows:
    """The articles whose title or outlet has the words, then what else a search found.

    ``count`` is how many such articles there are, None while nobody knows.
    """
    number = "" if count is None else f"{count:,}"
    goes_on = count is None or len(titles) < count
    more = More("titles", f"Show all {number}".rstrip()) if goes_on else None
    parts = [Part(titles, Header("In titles and outlets", number), more)]
    if found is not None:
        parts += [
            _hits("actors", "Actors", found.actors),
            _hits("texts", "In texts", found.texts),
            _hits("said", "In marks and notes", found.said),
        ]
    return Rows(parts)


def _hits(part: str, name: str, page: Hits) -> Part:
    total = f"more than {page.total:,}" if page.more else f"{page.total:,}"
    goes_on = part != "actors" and len(page.hits) < page.total
    more = More(part, "Show more") if goes_on else None
    return Part(page.hits, Header(name, total), more)
