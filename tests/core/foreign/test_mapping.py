"""A foreign bundle's labels meet a project's codebook."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.core.bundle import Bundle
from annotator.core.codebook import STATEMENT, parse
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import (
    LEAVE_OUT,
    NO_MAPPING,
    NOBODY,
    LabelMapping,
    encode_mapping,
    parse_mapping,
)
from annotator.core.foreign.mapping import Mapped, Project, map_labels
from annotator.core.model import GOLD, Analyst, Mark
from annotator.core.rules import _fits
from annotator.formats.exchange.gathering import Gathering
from tests.workshop import start

TEXT = "Lavrov said no. Trump agreed.\n"
ADA = Analyst(id=11, name="Ada")
START = start()
PROJECT = Project(START.codebook, START.actors, START.issues, (ADA,))


def gathered(
    kind: str = "Speaker",
    field: tuple[str, Any, str | float | bool] | None = None,
    analyst: str = "Ada",
    role: str = "",
    statement: tuple[str, Any, str | float | bool] | None = None,
) -> Bundle:
    """One mark on “Lavrov”, in a statement if it plays a role."""
    made = Gathering("test", "file.x")
    article = made.article(TEXT, "a.txt")
    layer = made.layer(analyst)
    key = made.kind(kind)
    mark = article.mark("1", layer, key, [(0, 6)], _field(made, key, field))
    assert mark is not None
    if role:
        said = _field(made, STATEMENT, statement)
        article.statement("1", layer, [(made.role(role, [key]), mark)], said)
    return made.bundle()


def _field(
    made: Gathering, thing: str, told: tuple[str, Any, str | float | bool] | None
) -> dict[str, Any]:
    if told is None:
        return {}
    label, type, value = told
    key = made.field(label, type, [thing])
    if type == "choice":
        return {key: made.choice(key, str(value))}
    if type == "actor":
        return {key: made.actor(str(value))}
    return {key: made.issue(str(value)) if type == "issue" else value}


def mapped(bundle: Bundle, mapping: LabelMapping = NO_MAPPING) -> Mapped:
    return map_labels(bundle, mapping, PROJECT)


def the_mark(found: Mapped) -> Mark:
    (mark,) = found.bundle.articles[0].marks
    return mark


# Kinds and roles


@pytest.mark.parametrize("label", ["speaker", "Speaker", "SPEAKER"])
def test_a_label_is_matched_by_key_and_by_name(label: str) -> None:
    found = mapped(gathered(label))
    assert the_mark(found).kind == "speaker"
    assert found.bundle.codebook == START.codebook


def test_a_mapping_comes_before_names() -> None:
    assert the_mark(mapped(gathered("Speaker"), LabelMapping({"Speaker": "via"}))).kind == "via"


def test_what_matches_nothing_is_named() -> None:
    with pytest.raises(BadInput, match=r"has not the kind Source, the role Who, the field How;"):
        mapped(gathered("Source", ("How", "text", "so"), role="Who"))


def test_what_is_declared_and_not_used_needs_no_meaning() -> None:
    made = Gathering("test", "x")
    made.article(TEXT, "a.txt")
    made.kind("Elsewhere")
    made.field("Also", "text", ["elsewhere"])
    assert mapped(made.bundle()).bundle.codebook == START.codebook


def test_a_mapping_to_what_is_not_there_is_refused() -> None:
    with pytest.raises(BadInput, match="makes Source the kind talker, which the codebook has not"):
        mapped(gathered("Source"), LabelMapping({"Source": "talker"}))


def test_leaving_out_is_told() -> None:
    found = mapped(gathered("Speaker", role="Speaker"), LabelMapping({"Speaker": LEAVE_OUT}))
    assert found.bundle.articles[0].said == ()
    assert found.left_out == (
        "marks of the kind Speaker",
        "statements of which no mark is left",
    )


def test_a_mark_in_a_role_that_its_kind_cannot_play_is_told() -> None:
    found = mapped(gathered("Claim", role="Speaker"))
    assert found.bundle.articles[0].statements == ()
    assert "a claim as the speaker of a statement, which it cannot be" in found.left_out


# Adding


def test_labels_are_added_with_free_keys_and_what_they_go_with() -> None:
    made = gathered("Source", ("How", "choice", "loud"), role="Who")
    found = mapped(made, LabelMapping(add=True))
    book = found.bundle.codebook
    assert list(book.kinds)[:-1] == list(START.codebook.kinds)
    assert book.kinds["source"].key not in {k.key for k in START.codebook.kinds.values()}
    assert book.roles["who"].kinds == ("source",)
    assert (book.fields["how"].on, list(book.fields["how"].choices)) == (("source",), ["loud"])
    assert the_mark(found).fields == {"how": "loud"}


def test_added_to_what_is_there() -> None:
    """A known role takes the new kind, a known field stands on it and has the new choice."""
    made = gathered("Source", role="Speaker", statement=("told", "choice", "sung"))
    book = mapped(made, LabelMapping(add=True)).bundle.codebook
    assert book.roles["speaker"].kinds == ("speaker", "source")
    assert "sung" in book.fields["told"].choices
    assert book.fields["told"].choices.items() > START.codebook.fields["told"].choices.items()


# Values


@pytest.mark.parametrize(
    ("field", "type", "value", "expected"),
    [
        ("told", "choice", "Direct quote", "direct"),
        ("told", "text", "direct", "direct"),
        ("certainty", "choice", "HIGH", "high"),
    ],
)
def test_choices_by_key_and_name(field: str, type: str, value: str, expected: str) -> None:
    found = mapped(gathered("Speaker", role="Speaker", statement=(field, type, value)))
    (statement,) = found.bundle.articles[0].statements
    assert statement.fields == {field: expected}


@pytest.mark.parametrize(
    ("type", "value", "expected"),
    [
        ("choice", "-1", -1),
        ("text", "supports", 2),
        ("number", 0, 0),
        ("choice", "1_0", None),
        ("text", "7", None),
    ],
)
def test_stances_by_name_and_number(type: str, value: str | float, expected: int | None) -> None:
    found = mapped(gathered("Position", ("stance", type, value)))
    assert the_mark(found).fields.get("stance") == expected
    assert bool(found.left_out) == (expected is None)


def test_values_that_a_mapping_tells() -> None:
    told = LabelMapping(fields={"agreement": "stance"}, values={"stance": {"true": 2, "No": -2}})
    for value, expected in ((True, 2), ("no", -2)):
        type = "flag" if isinstance(value, bool) else "choice"
        found = mapped(gathered("Position", ("Agreement", type, value)), told)
        assert the_mark(found).fields == {"stance": expected}


# People


def test_names_mean_our_actors_by_name_and_alias() -> None:
    by_name = {actor.name: str(actor.id) for actor in START.actors}
    for said in ("Sergei Lavrov", "lavrov", "Lavrov"):
        for type in ("actor", "text", "choice"):
            found = mapped(gathered("Speaker", ("actor", type, said)))
            assert the_mark(found).fields == {"actor": by_name["Sergei Lavrov"]}
            assert [a.name for a in found.bundle.actors] == ["Sergei Lavrov"]


def test_a_new_name_is_a_new_actor_and_never_one_of_the_codebook() -> None:
    """“putin” is the key of an actor who has another name."""
    found = mapped(gathered("Speaker", ("actor", "text", "putin the baker")))
    (actor,) = found.bundle.actors
    assert actor.name == "putin the baker"
    assert actor.id not in {a.id for a in START.actors}


def test_an_issue_by_name_and_by_key() -> None:
    (summit,) = (i for i in START.issues if i.key == "summit")
    for said in ("summit", summit.name):
        found = mapped(gathered("Position", ("issue", "text", said)))
        assert the_mark(found).fields == {"issue": str(summit.id)}


def test_two_actors_of_one_name_are_told_apart_by_number() -> None:
    twins = tuple(msgspec.structs.replace(START.actors[0], id=n, name="Li") for n in (5, 6))
    project = Project(START.codebook, twins, START.issues, ())
    found = map_labels(gathered("Speaker", ("actor", "text", "Li #6")), NO_MAPPING, project)
    assert the_mark(found).fields == {"actor": "6"}


def test_analysts_by_name_and_as_told() -> None:
    assert the_mark(mapped(gathered(analyst="ada"))).layer == ADA.id
    told = LabelMapping(analysts={"coder 1": "Ada", NOBODY: "gold"})
    assert the_mark(mapped(gathered(analyst="coder 1"), told)).layer == ADA.id
    assert the_mark(mapped(gathered(analyst=""), told)).layer == GOLD
    assert the_mark(mapped(gathered(analyst="Cy"))).layer not in (ADA.id, GOLD)


# Whatever comes


LABELS = st.sampled_from(["Speaker", "claim", "X", "statement", "Ä b", "-", "told", "actor"])
TYPES = st.sampled_from(["text", "choice", "actor", "issue", "number", "flag", "date"])


@given(st.lists(st.tuples(LABELS, LABELS, TYPES, st.text(max_size=3), LABELS), max_size=5))
def test_what_is_mapped_keeps_the_rules_of_the_codebook(
    told: list[tuple[str, str, str, str, str]],
) -> None:
    made = Gathering("test", "x")
    article = made.article(TEXT, "a.txt")
    layer = made.layer("Ada")
    for n, (kind, field, type, value, role) in enumerate(told):
        key = made.kind(kind)
        given_: Any = {"number": n, "flag": True, "date": "2025-08"}.get(type, value)
        wanted = field if type not in ("actor", "issue") or value else ""
        fields = _field(made, key, (wanted + type, type, given_)) if wanted else {}
        mark = article.mark(f"{n}", layer, key, [(n, n + 2)], fields)
        assert mark is not None
        article.statement(f"{n}", layer, [(made.role(role, [key]), mark)])
    found = mapped(made.bundle(), LabelMapping(add=True)).bundle
    book = found.codebook
    for part in found.articles:
        marks = {mark.id: mark for mark in part.marks}
        for statement in part.statements:
            for member in statement.members:
                assert marks[member.mark].kind in book.roles[member.role].kinds
        for mark in part.marks:
            for key, kept in mark.fields.items():
                its = book.fields_on(mark.kind)[key]
                if its.type not in ("actor", "issue"):
                    assert _fits(kept, its.type, its.choices, book)


# As a file


KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TABLES = st.dictionaries(KEYS, KEYS, max_size=3)
VALUES = st.dictionaries(KEYS, KEYS | st.integers(-9, 9) | st.booleans(), max_size=3)


@given(TABLES, TABLES, TABLES, st.dictionaries(KEYS, VALUES.filter(bool)), TABLES, st.booleans())
def test_a_mapping_as_a_file_and_back(
    kinds: Any, roles: Any, fields: Any, values: Any, analysts: Any, add: bool
) -> None:
    mapping = LabelMapping(kinds, roles, fields, values, analysts, add)
    assert parse_mapping(encode_mapping(mapping), "x.toml") == mapping


@pytest.mark.parametrize("toml", ["kind = 1", "[kinds]\na = 1", "[colours]", "kinds = [", "a=" * 9])
def test_what_is_no_mapping_is_refused_with_its_name(toml: str) -> None:
    with pytest.raises(BadInput, match=r"x\.toml is no mapping"):
        parse_mapping(toml, "x.toml")


@pytest.mark.parametrize("name", ["polnear", "dna"])
def test_the_mappings_that_come_along_fit_the_codebook_that_does(name: str) -> None:
    toml = (paths.resources() / "mappings" / f"{name}.toml").read_text(encoding="utf-8")
    mapping = parse_mapping(toml, name)
    book = parse(
        (paths.resources() / "codebooks" / "statements.toml").read_text(encoding="utf-8"), "x"
    ).codebook
    for told, known in (
        (mapping.kinds, book.kinds),
        (mapping.roles, book.roles),
        (mapping.fields, book.fields),
    ):
        assert {key for key in told.values() if key} <= known.keys()
    for field, values in mapping.values.items():
        for value in values.values():
            assert _fits(value, book.fields[field].type, book.fields[field].choices, book)
