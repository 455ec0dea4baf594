"""Projects drawn at random, with all that marks and statements can say, for round trips."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.foreign.labels import NO_MAPPING
from annotator.core.foreign.mapping import Project, map_labels
from annotator.core.model import (
    GOLD,
    Article,
    FieldValue,
    Fragment,
    Id,
    Mark,
    Member,
    Statement,
    article_id,
)
from annotator.core.text.blocks import propose_blocks
from annotator.core.text.cleaning import sha256
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Incoming, Losses, Outgoing
from tests.formats.bundles import small_bundle

TEXTS = st.text(st.sampled_from("ab é😊\u0301\u00a0\n“"), min_size=1, max_size=25).filter(str.strip)
ODD = st.text(st.sampled_from("ab 1é😊“|\t\n"), max_size=6)
PLAIN = st.text(st.sampled_from("ab1é😊“|"), max_size=6)
Words = st.SearchStrategy[str]
HEAD = small_bundle()
LAYERS: tuple[Id, ...] = (*(a.id for a in HEAD.analysts), GOLD)


@st.composite
def _marks(draw: st.DrawFn, words: Words, text: str, article: Id, number: int) -> Mark:
    cuts = draw(st.lists(st.integers(0, len(text)), unique=True, max_size=6).map(sorted))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    kind = draw(st.sampled_from(["speaker", "claim"]))
    return Mark(
        id=number,
        article=article,
        layer=draw(st.sampled_from(LAYERS)),
        kind=kind,
        fragments=tuple(Fragment(a, b, text[a:b]) for a, b in pairs),
        fields=draw(_fields(kind, words)),
        note=draw(words),
    )


def _fields(thing: str, words: Words) -> st.SearchStrategy[dict[str, FieldValue]]:
    values: dict[str, st.SearchStrategy[Any]] = {
        "actor": st.sampled_from([str(a.id) for a in HEAD.actors]),
        "issue": st.sampled_from([str(i.id) for i in HEAD.issues]),
        "stance": st.sampled_from([-1, 0, 1]),
        "told": st.sampled_from(["quote", "report"]),
        "sure": st.booleans(),
        "weight": st.integers(-9, 9) | st.sampled_from([0.5, -2.25]),
        "note": words.filter(bool),
    }
    on = HEAD.codebook.fields_on(thing)
    return st.fixed_dictionaries({}, optional={key: values[key] for key in on})


@st.composite
def _statement(draw: st.DrawFn, words: Words, marks: list[Mark], number: int) -> Statement:
    first = draw(st.sampled_from(marks))
    others = [m for m in marks if m.layer == first.layer and m.id != first.id]
    more = draw(st.lists(st.sampled_from(others), unique_by=lambda m: m.id)) if others else []
    return Statement(
        id=number,
        article=first.article,
        layer=first.layer,
        members=tuple(Member(m.kind, m.id) for m in (first, *more)),
        fields=draw(_fields("statement", words)),
        note=draw(words),
    )


@st.composite
def _parts(draw: st.DrawFn, words: Words, text: str, place: int) -> ArticleBundle:
    id = article_id(sha256(text))
    marks = [
        draw(_marks(words, text, id, 1000 * place + n)) for n in range(draw(st.integers(0, 5)))
    ]
    count = draw(st.integers(0, 3)) if marks else 0
    statements = [draw(_statement(words, marks, 1000 * place + 500 + n)) for n in range(count)]
    article = Article(
        id=id,
        title=f"T{place}",
        file=f"{draw(st.sampled_from(['a', 'A', 'b/c', 'con', '..']))}.txt",
        sha256=sha256(text),
        length=len(text),
        blocks=propose_blocks(text),
    )
    return ArticleBundle(article, text, tuple(marks), tuple(statements))


@st.composite
def projects(draw: st.DrawFn, words: Words = ODD) -> Bundle:
    """``words`` are what notes and texts in fields are made of."""
    texts = draw(st.lists(TEXTS, unique=True, max_size=3))
    parts = tuple(draw(_parts(words, text, place)) for place, text in enumerate(texts, 1))
    return replace(HEAD, articles=parts)


def without_ids(bundle: Bundle, *, fields: bool = True, notes: bool = True) -> dict[str, Any]:
    """By text: marks and statements, counted, with all but ids; perhaps without what is beside."""
    layers = {GOLD: "gold"} | {analyst.id: analyst.name for analyst in bundle.analysts}

    def said(one: Mark | Statement) -> Any:
        shown = sorted(one.fields.items()) if fields else []
        return layers[one.layer], repr(shown), one.note if notes else ""

    def article(part: ArticleBundle) -> dict[str, Any]:
        marks = {m.id: (m.kind, m.fragments, *said(m)) for m in part.marks}
        return {
            "marks": Counter(marks.values()),
            "statements": Counter(
                (tuple((m.role, marks[m.mark]) for m in s.members), *said(s))
                for s in part.statements
            ),
        }

    return {part.text: article(part) for part in bundle.articles}


def back_in_our_words(
    format: Format, bundle: Bundle, to: Path, options: dict[str, str] | None = None
) -> tuple[dict[str, int], Incoming, Bundle]:
    """What was lost on the way out, what was read, and this as the project it came from has it."""
    assert format.read is not None
    with written(format, Outgoing.of(bundle), to, options) as waiting:
        losses = waiting.losses
        waiting.keep()
    found = format.read(to, format.asked(options))
    ours = Project(bundle.codebook, bundle.actors, bundle.issues, bundle.analysts)
    mapped = map_labels(found.bundle, NO_MAPPING, ours)
    assert mapped.left_out == ()
    everyone = {a.id: a for a in (*bundle.analysts, *mapped.bundle.analysts)}
    return counts(losses), found, replace(mapped.bundle, analysts=tuple(everyone.values()))


def counts(losses: Losses) -> dict[str, int]:
    return {loss.what: loss.count for loss in losses}
