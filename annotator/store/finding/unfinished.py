"""How many statements of an analyst still miss something, article by article.

What is missing depends on the codebook, so it is not counted while marking but when somebody
wants to know.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.codebook import Codebook
from annotator.core.missing import missing
from annotator.core.model import CODEBOOK, Article, Id, Mark, Statement
from annotator.core.page import Page
from annotator.store import rows
from annotator.store.driver import Connection


def count_unfinished(connection: Connection, articles: Iterable[Id], layer: Id) -> dict[Id, int]:
    """For each article, how many statements of a layer miss something."""
    book = rows.read(connection, "codebook", CODEBOOK)
    if not isinstance(book, Codebook):
        return {}
    return {article: _count(connection, book, article, layer) for article in articles}


def _count(connection: Connection, book: Codebook, id: Id, layer: Id) -> int:
    article = rows.read(connection, "article", id)
    if not isinstance(article, Article):
        return 0
    where = "article = ? AND layer = ?"
    marks = rows.select(connection, "mark", where, id, layer)
    statements = rows.select(connection, "statement", where, id, layer)
    # Nothing missing is read off the text, so the page is made without it.
    page = Page(
        article,
        "",
        layer,
        (m for m in marks if isinstance(m, Mark)),
        (s for s in statements if isinstance(s, Statement)),
    )
    return sum(bool(missing(page, book, s)) for s in page.statements.values())
