"""A codebook as TOML: what is written is what is read, whatever it says, and it is good to read."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.book.toml_out import encode
from annotator.core.codebook import (
    STATEMENT,
    Choice,
    Codebook,
    Field,
    Kind,
    Pattern,
    Role,
    Stance,
    Start,
    issue_id,
    parse,
)
from annotator.core.model import CODEBOOK, Actor, Affiliation, Issue
from tests.workshop import start

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LONG = WORDS | st.sampled_from(
    ['""""', 'say """now"""', "a\n\tb\r\n", 'ends in "', "\\", "’", "\n"]
)
KEYS = st.text("abé1-_ٹ", min_size=1, max_size=5).filter(lambda key: key != STATEMENT)
MANY = st.lists(LONG, max_size=3).map(tuple)
IDS = st.integers(1, (1 << 63) - 1)
PATTERNS: st.SearchStrategy[Pattern] = st.sampled_from(
    ["solid", "dashed", "dotted", "dash-dot", "hairline"]
)


@st.composite
def books(draw: st.DrawFn) -> Codebook:
    keys = draw(st.lists(KEYS, unique=True, max_size=4))
    kinds = {
        key: Kind(
            name=draw(LONG),
            key="ABCDEF"[number],
            colour=draw(WORDS),
            pattern=draw(PATTERNS),
            width=draw(st.integers(-5, 5)),
            tint=draw(st.booleans()),
            definition=draw(LONG),
            rule=draw(LONG),
            examples=draw(MANY),
            retired=draw(st.booleans()),
        )
        for number, key in enumerate(keys)
    }
    some = st.lists(st.sampled_from(keys or [""]), min_size=1, max_size=3).map(tuple)
    roles = st.builds(Role, name=LONG, kinds=some, many=st.booleans(), definition=LONG)
    on = st.lists(st.sampled_from([*keys, STATEMENT]), max_size=2).map(tuple)
    plain = st.builds(
        Field, name=LONG, type=st.sampled_from(["text", "stance"]), on=on, examples=MANY
    )
    choice = st.builds(
        Field,
        name=LONG,
        type=st.just("choice"),
        on=on,
        many=st.booleans(),
        expected=st.booleans(),
        choices=st.dictionaries(
            LONG, st.builds(Choice, name=LONG, examples=MANY, retired=st.booleans()), min_size=1
        ),
    )
    steps = st.integers(-99, 99).map(str)
    return Codebook(
        id=CODEBOOK,
        name=draw(LONG),
        guidelines=draw(LONG),
        kinds=kinds,
        roles=draw(st.dictionaries(KEYS, roles, max_size=3)) if keys else {},
        fields=draw(st.dictionaries(KEYS, plain | choice, max_size=3)),
        stances=draw(
            st.dictionaries(steps, st.builds(Stance, name=LONG, definition=LONG), max_size=3)
        ),
    )


@st.composite
def starts(draw: st.DrawFn) -> Start:
    issues: list[Issue] = []
    for key in draw(st.lists(LONG.filter(bool), unique=True, max_size=4)):
        made = st.builds(
            Issue,
            id=st.just(issue_id(key)) | IDS,
            key=st.just(key),
            name=LONG,
            proposition=LONG,
            parent=st.none() if not issues else st.none() | st.sampled_from([i.id for i in issues]),
            retired=st.booleans(),
            definition=LONG,
            examples=MANY,
        )
        one = draw(made)
        if one.id not in {issue.id for issue in issues}:
            issues.append(one)
    actors: list[Actor] = []
    for id in draw(st.lists(IDS, unique=True, max_size=4)):
        group = st.builds(
            Affiliation, actor=st.sampled_from([a.id for a in actors] or [0]), since=WORDS
        )
        made_actor = st.builds(
            Actor,
            id=st.just(id),
            name=LONG,
            type=st.sampled_from(["person", "state"]),
            aliases=MANY,
            affiliations=st.lists(group, max_size=2).map(tuple) if actors else st.just(()),
            note=LONG,
            wikidata=WORDS,
            retired=st.booleans(),
        )
        actors.append(draw(made_actor))
    return Start(draw(books()), tuple(actors), tuple(issues))


@given(starts())
def test_what_is_written_is_what_is_read(given: Start) -> None:
    text = encode(given)
    read = parse(text, "it")
    assert read == given
    assert msgspec.json.encode(read) == msgspec.json.encode(given)  # in the same order
    assert encode(read) == text


def test_the_default_codebook_comes_back() -> None:
    found = start()
    text = encode(found)
    assert parse(text, "it") == found
    assert 'guidelines = """\n# Statements in the news\n' in text
    assert '[kinds.speaker]\nname = "Speaker"\nkey = "S"\n' in text
    assert '[issues.summit]\nname = "Putin–Zelensky summit"\n' in text
    assert "[fields.told.choices.direct]" in text
    assert "retired" not in text  # what is as usual is left out
    assert max(len(line) for line in text.splitlines() if " = [" in line) < 200


def test_examples_that_are_long_have_a_line_each() -> None:
    book = start().codebook
    kind = msgspec.structs.replace(book.kinds["cue"], examples=("a" * 60, "b" * 60))
    book = msgspec.structs.replace(book, kinds={**book.kinds, "cue": kind})
    text = encode(Start(book, (), ()))
    assert f'examples = [\n    "{"a" * 60}",\n    "{"b" * 60}",\n]' in text


def test_issues_of_one_key_are_told_apart() -> None:
    two = (Issue(id=5, key="snow", name="Snow"), Issue(id=6, key="snow", name="Snow too", parent=5))
    read = parse(encode(Start(start().codebook, (), two)), "it")
    assert [(i.id, i.key, i.parent) for i in read.issues] == [(5, "snow", None), (6, "snow-2", 5)]
