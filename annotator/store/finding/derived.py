"""What follows from the rows and is kept beside them: list of articles, index of words, samples.

Written in the transaction that writes the rows, never journalled, and made anew where it differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.core.model import Article, Id, Mark, Record, Statement
from annotator.core.revision import Change
from annotator.store.driver import Connection
from annotator.store.finding import indexing, listed, sampled
from annotator.store.finding.indexing import Index
from annotator.store.finding.listed import Count


def follow(
    connection: Connection, changes: Sequence[Change], made: Sequence[Mark | Statement] = ()
) -> None:
    """Bring all of it to where the rows are now; inside their transaction.

    What was ``made`` is beside the changes: an import has very much of it.
    """
    counts: dict[tuple[Id, Id], Count] = {}
    index = Index(connection)
    articles: list[Change] = []
    for change in changes:
        if change.kind == "article":
            articles.append(change)
            continue
        for record, sign in ((change.before, -1), (change.after, 1)):
            if isinstance(record, Mark | Statement):
                key = (record.article, record.layer)
                counts.setdefault(key, Count()).add(record, sign)
    index.replace(
        (change.kind, change.id, change.before, change.after)
        for change in changes
        if not indexing.says_the_same(change.before, change.after)
    )
    for one in made:
        key = (one.article, one.layer)
        if key not in counts:
            counts[key] = Count()
        counts[key].add(one, 1)
    index.add(made)
    for (article, layer), count in counts.items():
        listed.add_count(connection, article, layer, count)
    if articles:
        _follow_articles(connection, index, articles)


def _follow_articles(connection: Connection, index: Index, changes: list[Change]) -> None:
    """All at once: an import brings many, and one statement for each would cost more than they do."""
    olds = [article for change in changes if (article := _article(change.before))]
    news = [article for change in changes if (article := _article(change.after))]
    stay = {listed.line(old) for old in olds} & {listed.line(new) for new in news}
    for old in olds:
        if listed.line(old) not in stay:
            number = listed.number_of(connection, old.id)
            index.forget_article(number, old)
            listed.unlist(connection, number)
    lines = [found for new in news if (found := listed.line(new)) not in stay]
    numbers = listed.enlist(connection, lines)
    index.add_articles(zip(numbers, (id for id, *_ in lines), strict=True))
    before, after = {old.id for old in olds}, {new.id for new in news}
    sampled.forget(connection, before - after)
    sampled.add(connection, [new for new in news if new.id not in before])


def _article(record: Record | None) -> Article | None:
    return record if isinstance(record, Article) else None


def is_complete(connection: Connection) -> bool:
    """Whether nothing is left to be done by :func:`catch_up`."""
    return sampled.is_complete(connection) and (
        indexing.is_complete(connection) or not indexing.has_fts5()
    )


def catch_up(connection: Connection, seconds: float) -> bool:
    """Go on for about so long with what is behind; True when nothing is. Inside a transaction."""
    if indexing.has_fts5() and not indexing.catch_up(connection, seconds):
        return False
    return sampled.catch_up(connection, seconds)


def rebuild(connection: Connection) -> None:
    """All of it from the rows, whatever is there now; inside a transaction."""
    listed.rebuild(connection)
    sampled.rebuild(connection)
    indexing.begin(connection)
    indexing.catch_up(connection, float("inf"))


def differences(connection: Connection) -> Iterator[str]:
    """What is not as the rows say, in words that go before “is not what the rows say”."""
    if not listed.lines_agree(connection):
        yield "the list of articles"
    if not listed.counts_agree(connection):
        yield "the count of marks and statements"
    if not indexing.agrees(connection):
        yield "the index of words"
    if not sampled.agree(connection):
        yield "what near copies are told by"
