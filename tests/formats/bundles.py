"""A small project made by hand, with fixed ids and times and everything a project can hold."""

from __future__ import annotations

from typing import Any

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Choice, Codebook, Field, Kind, Role, Stance
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
    Issue,
    Mark,
    Member,
    Statement,
    Status,
    article_id,
    assignment_id,
    status_id,
)
from annotator.core.review.records import (
    PROCEDURE,
    Comment,
    Procedure,
    Review,
    Source,
    Verdict,
    review_id,
    verdict_id,
)
from annotator.core.text.cleaning import sha256

TEXT = "Talks 😀\n“Not now,” Cafe\u0301 owner Łuk said. “Maybe later.” السلام\n"
NOON = 1_756_209_600_000
"""26 August 2025, 12:00 UTC, in milliseconds."""

BOOK = Codebook(
    id=CODEBOOK,
    name="By hand",
    guidelines="Short.",
    kinds={
        "speaker": Kind(name="Speaker", key="S", colour="kind.1", pattern="solid", tint=True),
        "claim": Kind(name="Claim", key="C", colour="kind.2", pattern="dashed", width=3),
    },
    roles={
        "speaker": Role(name="Speaker", kinds=("speaker",), expected=True),
        "claim": Role(name="Claim", kinds=("claim",), many=True, definition="What is said."),
    },
    fields={
        "actor": Field(name="Actor", type="actor", on=("speaker",), expected=True),
        "issue": Field(name="Issue", type="issue", on=("claim",)),
        "stance": Field(name="Stance", type="stance", on=("claim",)),
        "told": Field(
            name="Told",
            type="choice",
            on=("statement",),
            choices={"quote": Choice(name="Quote"), "report": Choice(name="Report")},
        ),
        "sure": Field(name="Sure", type="flag", on=("statement",)),
        "weight": Field(name="Weight", type="number", on=("claim",)),
        "note": Field(name="Note", type="text", on=("claim", "statement")),
    },
    stances={"-1": Stance(name="Against"), "0": Stance(name="Balanced"), "1": Stance(name="For")},
)

_ID = 7 << 32
_SHA = sha256(TEXT)
_ARTICLE = article_id(_SHA)
_ADA = Analyst(id=_ID | 1, name="Ada")
_BO = Analyst(id=_ID | 2, name="Bo", reviewer=True)


def _fragment(quote: str) -> Fragment:
    start = TEXT.index(quote)
    return Fragment(start, start + len(quote), quote)


def _times(by: Analyst, later: int = 0) -> dict[str, Any]:
    return {
        "made_at": NOON,
        "made_by": by.id,
        "changed_at": NOON + later,
        "changed_by": by.id,
    }


def small_bundle() -> Bundle:
    """An article with the layers of two analysts and gold."""
    speaker = Mark(
        id=_ID | 11,
        article=_ARTICLE,
        layer=_ADA.id,
        kind="speaker",
        fragments=(_fragment("Cafe\u0301 owner Łuk"),),
        fields={"actor": str(_ID | 6)},
        **_times(_ADA, later=1),
    )
    claim = Mark(
        id=_ID | 12,
        article=_ARTICLE,
        layer=_ADA.id,
        kind="claim",
        fragments=(_fragment("“Not now,”"), _fragment("“Maybe later.”")),
        fields={"stance": -1, "issue": str(_ID | 4), "weight": 0.5, "note": "a\tb\n“c”"},
        note="asked Bo",
        flagged=True,
        **_times(_ADA, later=61_001),
    )
    implied = Mark(
        id=_ID | 13, article=_ARTICLE, layer=_BO.id, kind="claim", **_times(_BO, later=2)
    )
    decided = Mark(
        id=_ID | 14,
        article=_ARTICLE,
        layer=GOLD,
        kind="claim",
        fragments=(_fragment("السلام"),),
        **_times(_BO, later=3),
    )
    statements = (
        Statement(
            id=_ID | 21,
            article=_ARTICLE,
            layer=_ADA.id,
            members=(Member("claim", claim.id), Member("speaker", speaker.id)),
            fields={"told": "quote", "sure": True},
            **_times(_ADA),
        ),
        Statement(
            id=_ID | 22,
            article=_ARTICLE,
            layer=_BO.id,
            members=(Member("claim", implied.id),),
            **_times(_BO),
        ),
    )
    article = Article(
        id=_ARTICLE,
        title="Talks 😀",
        outlet="The Example",
        published="2025-08-26",
        url="https://example.org/talks",
        file="talks.txt",
        sha256=_SHA,
        length=len(TEXT),
        blocks=(Block(0, 8, "headline"), Block(8, len(TEXT), "body")),
    )
    judged = Source(layer=_BO.id, kind="statement", id=_ID | 22, digest="0123456789abcdef")
    verdicts = (
        Verdict(
            id=verdict_id(_ARTICLE, [judged.id]),
            article=_ARTICLE,
            sources=(judged,),
            decision="corrected",
            reason="boundary",
            note="as the guidelines say",
            gap=True,
            gold=(decided.id,),
            **_times(_BO, later=4),
        ),
    )
    statuses = (
        Status(id=status_id(_ARTICLE, _ADA.id), article=_ARTICLE, layer=_ADA.id, progress="done"),
    )
    return Bundle(
        project="0123456789abcdef0123456789abcdef",
        codebook=BOOK,
        issues=(
            Issue(id=_ID | 3, key="peace", name="Peace", proposition="There should be peace."),
            Issue(id=_ID | 4, key="talks", name="Talks", parent=_ID | 3, retired=True),
        ),
        actors=(
            Actor(id=_ID | 5, name="The café", type="organisation", note="Closed on Mondays."),
            Actor(
                id=_ID | 6,
                name="Łuk",
                aliases=("Café owner Łuk",),
                affiliations=(Affiliation(actor=_ID | 5, since="2024"),),
                wikidata="Q1",
            ),
        ),
        analysts=(_ADA, _BO),
        articles=(
            ArticleBundle(
                article,
                TEXT,
                (claim, speaker, implied, decided),
                statements,
                statuses,
                (Assignment(id=assignment_id(_ARTICLE, _BO.id), article=_ARTICLE, analyst=_BO.id),),
                verdicts,
                (
                    Comment(
                        id=_ID | 31,
                        article=_ARTICLE,
                        layer=_ADA.id,
                        kind="mark",
                        about=claim.id,
                        text="Is this one claim?",
                        **_times(_BO, later=5),
                    ),
                    Comment(
                        id=_ID | 32,
                        article=_ARTICLE,
                        layer=_ADA.id,
                        kind="mark",
                        about=claim.id,
                        text="It is.",
                        answer_to=_ID | 31,
                        resolved=True,
                        **_times(_ADA, later=6),
                    ),
                ),
                Review(id=review_id(_ARTICLE), article=_ARTICLE, state="in review", **_times(_BO)),
            ),
        ),
        procedure=Procedure(id=PROCEDURE, blind=True, shuffled=True, seed=7),
    )
