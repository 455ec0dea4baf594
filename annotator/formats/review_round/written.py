"""A round of review as a file, by how its name ends."""

from __future__ import annotations

from collections.abc import Callable

from annotator.formats.review_round import as_html, as_json, tables
from annotator.formats.review_round.content import Round


def encode(content: Round, sort: str, table: str, pdf: Callable[[str, str], bytes]) -> bytes:
    """The report as one of the ``SORTS``, for CSV with one of the ``TABLES``. ``pdf`` prints a page
    of HTML under a title."""
    if sort == ".json":
        return as_json.encode(content)
    if sort == ".csv":
        return tables.encode(content, table)
    if sort == ".html":
        return as_html.encode(content)
    return pdf(as_html.page(content), f"Agreement in {content.names.project}")
