"""Hypothesis strategies for every kind of record."""

from __future__ import annotations

import msgspec
from hypothesis import strategies as st

from annotator.core.codebook import Choice, Codebook, Field, Kind, Role, Stance
from annotator.core.model import (
    CODEBOOK,
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
    Record,
    Statement,
    Status,
)
from annotator.core.review.records import Comment, Procedure, Review, Source, Verdict

IDS = st.integers(1, (1 << 63) - 1)
TIMES = st.integers(0, 1 << 42)
WORDS = st.text(max_size=12)
NAMES = st.text("abcdefghij.-_ é", min_size=1, max_size=6)
"""Of fields in the journal: also with dots, as an old or foreign codebook may have them."""
VALUES = (
    st.text(max_size=8)
    | st.integers(-(1 << 53), 1 << 53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.lists(WORDS, max_size=2)
)
FIELDS = st.dictionaries(NAMES, VALUES, max_size=4)
FRAGMENTS = st.lists(st.builds(Fragment, st.integers(0, 99), st.integers(0, 99), WORDS), max_size=3)
MEMBERS = st.lists(st.builds(Member, NAMES, IDS), max_size=3)

marks = st.builds(
    Mark,
    id=IDS,
    made_at=TIMES,
    made_by=IDS,
    changed_at=TIMES,
    changed_by=IDS,
    article=IDS,
    layer=IDS,
    kind=NAMES,
    fragments=FRAGMENTS.map(tuple),
    fields=FIELDS,
)
statements = st.builds(
    Statement,
    id=IDS,
    made_at=TIMES,
    article=IDS,
    layer=IDS,
    members=MEMBERS.map(tuple),
    fields=FIELDS,
    note=WORDS,
    flagged=st.booleans(),
)
actors = st.builds(
    Actor,
    id=IDS,
    name=WORDS,
    type=st.sampled_from(["person", "state"]),
    aliases=st.lists(WORDS, max_size=3).map(tuple),
    affiliations=st.lists(st.builds(Affiliation, actor=IDS), max_size=2).map(tuple),
    wikidata=WORDS,
    note=WORDS,
    retired=st.booleans(),
)
issues = st.builds(
    Issue, id=IDS, key=NAMES, name=WORDS, parent=st.none() | IDS, retired=st.booleans()
)
articles = st.builds(
    Article,
    id=IDS,
    title=WORDS,
    outlet=WORDS,
    sha256=WORDS,
    length=st.integers(0, 99),
    blocks=st.lists(
        st.builds(Block, st.integers(0, 9), st.integers(0, 9), st.just("body")), max_size=3
    ).map(tuple),
)
codebooks = st.builds(
    Codebook,
    id=st.just(CODEBOOK),
    name=WORDS,
    kinds=st.dictionaries(
        NAMES, st.builds(Kind, name=WORDS, key=WORDS, colour=WORDS, pattern=st.just("solid"))
    ),
    roles=st.dictionaries(
        NAMES, st.builds(Role, name=WORDS, kinds=st.lists(NAMES, max_size=2).map(tuple))
    ),
    fields=st.dictionaries(
        NAMES,
        st.builds(
            Field,
            name=WORDS,
            type=st.just("choice"),
            on=st.just(("statement",)),
            choices=st.dictionaries(NAMES, st.builds(Choice, name=WORDS), max_size=3),
        ),
        max_size=3,
    ),
    stances=st.dictionaries(st.sampled_from(["-1", "0", "1"]), st.builds(Stance, name=WORDS)),
)
BY_KIND: dict[str, st.SearchStrategy[Record]] = {
    "codebook": codebooks,
    "issue": issues,
    "actor": actors,
    "analyst": st.builds(Analyst, id=IDS, name=WORDS, reviewer=st.booleans(), passphrase=WORDS),
    "article": articles,
    "mark": marks,
    "statement": statements,
    "status": st.builds(Status, id=IDS, article=IDS, layer=IDS, progress=st.just("done")),
    "assignment": st.builds(Assignment, id=IDS, article=IDS, analyst=IDS),
    "verdict": st.builds(
        Verdict,
        id=IDS,
        made_at=TIMES,
        article=IDS,
        sources=st.lists(
            st.builds(Source, layer=IDS, kind=st.just("mark"), id=IDS, digest=WORDS), max_size=2
        ).map(tuple),
        decision=st.sampled_from(["accepted", "corrected", "rejected"]),
        reason=WORDS,
        note=WORDS,
        gap=st.booleans(),
        gold=st.lists(IDS, max_size=3).map(tuple),
    ),
    "comment": st.builds(
        Comment,
        id=IDS,
        article=IDS,
        layer=IDS,
        kind=st.just("statement"),
        about=IDS,
        text=WORDS,
        answer_to=st.none() | IDS,
        resolved=st.booleans(),
    ),
    "review": st.builds(
        Review, id=IDS, article=IDS, state=st.sampled_from(["in review", "decided"])
    ),
    "procedure": st.builds(
        Procedure, id=IDS, blind=st.booleans(), names_hidden=st.booleans(), seed=st.integers(0, 99)
    ),
}


def with_id(record: Record, id: int) -> Record:
    return msgspec.structs.replace(record, id=id)
