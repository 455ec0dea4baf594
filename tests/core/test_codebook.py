"""A codebook file becomes records, or one sentence that names the file and the place."""

from __future__ import annotations

import re

import pytest

from annotator.core.codebook import actor_id, issue_id, parse
from annotator.core.errors import BadInput
from annotator.core.model import CODEBOOK, Affiliation
from tests.workshop import start

SMALL = """
name = "Small"
[kinds.voice]
name = "Voice"
key = "V"
colour = "kind.1"
pattern = "solid"
[kinds.words]
name = "Words"
key = "W"
colour = "kind.2"
pattern = "dotted"
[roles.who]
name = "Who"
kinds = ["voice"]
[roles.what]
name = "What"
kinds = ["words", "voice"]
[fields.tone]
name = "Tone"
type = "choice"
on = ["words", "statement"]
choices.calm.name = "Calm"
choices.angry.name = "Angry"
[stances.-1]
name = "Against"
[stances.1]
name = "For"
[actors.crowd]
name = "The crowd"
type = "group"
[actors.ann]
name = "Ann"
affiliations = [{ actor = "crowd" }]
[issues.rain]
name = "Rain"
[issues.snow]
name = "Snow"
parent = "rain"
"""


def test_the_default_codebook_parses() -> None:
    found = start()
    assert list(found.codebook.kinds)[:3] == ["speaker", "claim", "position"]
    assert [found.codebook.kinds[k].key for k in ("speaker", "claim", "position")] == list("SCP")
    assert list(found.codebook.stances) == ["-2", "-1", "0", "1", "2"]
    assert found.issues
    assert found.actors
    for kind in found.codebook.kinds.values():
        assert kind.definition
        assert kind.rule
        assert kind.examples
    for kind_name in found.codebook.kinds:
        assert found.codebook.usual_role(kind_name)
    assert all(issue.proposition or not issue.parent for issue in found.issues)


def test_records_have_ids_that_are_the_same_everywhere() -> None:
    found = parse(SMALL, "small.toml")
    assert found.codebook.id == CODEBOOK
    crowd, ann = found.actors
    assert (crowd.id, ann.affiliations) == (
        actor_id("crowd"),
        (Affiliation(actor=actor_id("crowd")),),
    )
    rain, snow = found.issues
    assert (rain.id, snow.parent) == (issue_id("rain"), issue_id("rain"))
    assert found == parse(SMALL, "other name.toml")


def test_the_order_of_the_file_is_kept() -> None:
    turned = SMALL.replace("[kinds.voice]", "[kinds.zzz]").replace('["voice"]', '["zzz"]')
    turned = turned.replace('"voice"]', '"zzz"]')
    book = parse(turned, "x").codebook
    assert list(book.kinds) == ["zzz", "words"]
    assert list(book.fields["tone"].choices) == ["calm", "angry"]


def test_roles_and_fields_of_a_kind() -> None:
    book = parse(SMALL, "x").codebook
    assert book.usual_role("voice") == "who"
    assert book.roles_for("voice") == ("who", "what")
    assert book.usual_role("nothing") is None
    assert list(book.fields_on("words")) == ["tone"]
    assert list(book.fields_on("voice")) == []


def replaced(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


FAULTS = {
    "no TOML": ("name = 'x'\nkey", r"is not valid TOML: "),
    "a table twice": (SMALL + "[kinds.voice]\n", r"is not valid TOML"),
    "nesting without end": ("a = " + "[" * 20_000, r"nested too deeply|is not valid TOML"),
    "nothing at all": ("", r"is not a codebook: .*name"),
    "an unknown entry": (replaced('key = "V"', 'key = "V"\nsize = 3'), r"size.*\$\.kinds"),
    "a wrong type": (replaced('key = "V"', "key = 5"), r"\$\.kinds\[\.\.\.\]\.key"),
    "an unknown pattern": (replaced('"solid"', '"wavy"'), r"wavy.*\$\.kinds\[\.\.\.\]\.pattern"),
    "a key in use": (replaced('key = "W"', 'key = "v"'), "Kinds voice and words share the key v"),
    "a long key": (replaced('key = "W"', 'key = "Ctrl+W"'), r"Kind words has the key 'Ctrl\+W'"),
    "an empty key": (replaced('key = "W"', 'key = ""'), "Kind words has the key ''"),
    "a name with a dot": (replaced("[kinds.voice]", '[kinds."a.b"]'), "Kind 'a.b' needs a name"),
    "a kind called statement": (
        replaced("[kinds.voice]", "[kinds.statement]").replace('"voice"', '"statement"'),
        "No kind can be called statement",
    ),
    "a role of no kind": (
        replaced('kinds = ["voice"]', "kinds = []"),
        "Role who names no kind that could play it",
    ),
    "a role of an unknown kind": (
        replaced('kinds = ["voice"]', 'kinds = ["song"]'),
        "Role who names the kind song, which kinds does not define",
    ),
    "a field on nothing known": (
        replaced('on = ["words", "statement"]', 'on = ["song"]'),
        "Field tone is on song, which is neither a kind nor statement",
    ),
    "a choice without choices": (
        replaced('choices.calm.name = "Calm"\nchoices.angry.name = "Angry"', ""),
        "Field tone is a choice without choices",
    ),
    "a stance in words": (replaced("[stances.1]", "[stances.for]"), "Stance 'for' is not a whole"),
    "a stance in other digits": (replaced("[stances.1]", '[stances."١"]'), "is not a whole number"),
    "a stance that no number is": (replaced("[stances.1]", "[stances.01]"), "Stance '01' is not"),
    "an affiliation with nobody": (
        replaced('{ actor = "crowd" }', '{ actor = "choir" }'),
        "actor ann is affiliated with choir, which actors does not define",
    ),
    "actors in a circle": (
        replaced('type = "group"', 'affiliations = [{ actor = "ann" }]'),
        "actor crowd is affiliated with itself",
    ),
    "an issue under nothing": (
        replaced('parent = "rain"', 'parent = "hail"'),
        "issue snow is under hail, which issues does not define",
    ),
    "issues in a circle": (
        replaced('name = "Rain"', 'name = "Rain"\nparent = "snow"'),
        "issue rain is under itself",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_its_sentence(name: str) -> None:
    toml, says = FAULTS[name]
    with pytest.raises(BadInput) as caught:
        parse(toml, "small.toml")
    sentence = str(caught.value)
    assert re.search(says, sentence)
    assert sentence.startswith("small.toml")
    assert sentence.endswith(".")
    assert "\n" not in sentence
