"""Projects by hypothesis: texts with everything that programs count differently."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Choice, Codebook, Field, FieldType, Kind, Role, Stance
from annotator.core.model import (
    CODEBOOK,
    Actor,
    Analyst,
    Article,
    Block,
    FieldValue,
    Fragment,
    Issue,
    Mark,
    Member,
    Statement,
    article_id,
)
from annotator.core.text.cleaning import clean, sha256

_ODD = "a b é😊\u0301\u00a0\n\t“”'\"\\<>&;|:[]ßא.…-"
WORDS = st.text(st.sampled_from(_ODD) | st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
TEXTS = (
    st.text(st.sampled_from(_ODD), min_size=1, max_size=60)
    .map(lambda raw: clean(raw).text)
    .filter(lambda text: bool(text.strip()))
)
KINDS = ("speaker", "claim-made", "mühe", "2nd", "begin")
_TYPES: dict[str, FieldType] = {
    "actor": "actor",
    "issues": "issue",
    "stance": "stance",
    "told-as": "choice",
    "sure": "flag",
    "weight": "number",
    "day": "date",
    "end": "text",
}
_SEVERAL = ("issues",)
BOOK = Codebook(
    id=CODEBOOK,
    name="Made",
    kinds={k: Kind(name=k, key=k[0], colour="kind.1", pattern="solid") for k in KINDS},
    roles={r: Role(name=r, kinds=KINDS, many=True) for r in ("speaker", "what-is-said")},
    fields={
        key: Field(
            name=key,
            type=type,
            on=(*KINDS, "statement"),
            many=key in _SEVERAL,
            choices={"quote": Choice(name="quote"), "report": Choice(name="report")}
            if type == "choice"
            else {},
        )
        for key, type in _TYPES.items()
    },
    stances={str(n): Stance(name=f"step {n}") for n in range(-2, 3)},
)
ANALYSTS = (Analyst(id=11, name="Ada"), Analyst(id=12, name="Bo <b>&😊"))
ACTORS = tuple(Actor(id=n, name=f"Actor {n} “x”") for n in (21, 22))
ISSUES = tuple(
    Issue(id=n, key=f"i{n}", name=f"Issue {n} & co", proposition=f"Issue {n} & co")
    for n in (31, 32)
)
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "actor": st.sampled_from(["21", "22"]),
    "issues": st.lists(st.sampled_from(["31", "32"]), min_size=1, max_size=2, unique=True),
    "stance": st.integers(-2, 2),
    "told-as": st.sampled_from(["quote", "report"]),
    "sure": st.booleans(),
    "weight": st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False),
    "day": st.sampled_from(["2025", "2025-08", "2025-08-24"]),
    "end": WORDS,
}


@st.composite
def fields(draw: st.DrawFn) -> dict[str, FieldValue]:
    keys = draw(st.lists(st.sampled_from(list(_TYPES)), max_size=3, unique=True))
    return {key: draw(_VALUES[key]) for key in keys}


@st.composite
def fragments(draw: st.DrawFn, text: str) -> tuple[Fragment, ...]:
    """Some that neither touch nor overlap; none is a mark that is implied."""
    ends = draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(sorted))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return tuple(Fragment(start, end, text[start:end]) for start, end in pairs)


@st.composite
def bundles(draw: st.DrawFn, notes: st.SearchStrategy[str] = WORDS) -> Bundle:
    """A project of one or two articles with two analysts' layers."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=2, unique=True))
    parts = [draw(_article(text, 1000 * n, notes)) for n, text in enumerate(texts, 1)]
    return Bundle("f" * 32, BOOK, ISSUES, ACTORS, ANALYSTS, tuple(parts))


@st.composite
def _article(
    draw: st.DrawFn, text: str, first: int, notes: st.SearchStrategy[str]
) -> ArticleBundle:
    digest = sha256(text)
    article = Article(
        id=article_id(digest),
        title=f"Title {first}",
        outlet=draw(st.sampled_from(["", "The Example"])),
        published="2025-08-24",
        author="A. Writer",
        url="https://example.org/a?b&c",
        file=f"a{first}.txt",
        sha256=digest,
        length=len(text),
        blocks=(Block(0, len(text), "body"),),
    )
    marks: list[Mark] = []
    statements: list[Statement] = []
    for place in range(draw(st.integers(0, 4))):
        said: dict[str, Any] = {"fields": draw(fields()), "note": draw(notes).strip()}
        layer = draw(st.sampled_from(ANALYSTS)).id
        kind = draw(st.sampled_from(KINDS))
        pieces = draw(fragments(text))
        marks.append(
            Mark(
                id=first + place,
                article=article.id,
                layer=layer,
                kind=kind,
                fragments=pieces,
                **said,
            )
        )
    for analyst in ANALYSTS:
        own = [mark for mark in marks if mark.layer == analyst.id]
        wanted: bool = draw(st.booleans())
        if own and wanted:
            some: st.SearchStrategy[list[Mark]] = st.lists(
                st.sampled_from(own), min_size=1, unique_by=lambda m: m.id
            )
            held = draw(some)
            role = st.sampled_from(list(BOOK.roles))
            statements.append(
                Statement(
                    id=first + 100 + analyst.id,
                    article=article.id,
                    layer=analyst.id,
                    members=tuple(Member(draw(role), mark.id) for mark in held),
                    fields=draw(fields()),
                    note=draw(notes).strip(),
                )
            )
    return ArticleBundle(article, text, tuple(marks), tuple(statements))
