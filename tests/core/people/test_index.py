"""Finding actors: the index says what a plain scan says, also after changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.model import Actor, Affiliation, Id
from annotator.core.people.index import ActorIndex
from annotator.core.people.names import begins, fold, initials, key, spelling, tokens

_NAME = st.lists(
    st.sampled_from("Lavrov Lawrow Łuk the The of Zelensky Élysée U.S. Don Sergei van".split()),
    min_size=1,
    max_size=3,
).map(" ".join)
_ACTORS = st.lists(st.tuples(_NAME, st.lists(_NAME, max_size=2)), max_size=8)


def made(listed: list[tuple[str, list[str]]]) -> list[Actor]:
    return [Actor(id=n, name=a, aliases=tuple(b)) for n, (a, b) in enumerate(listed, 1)]


def scan(actors: list[Actor], typed: str) -> set[Id]:
    """What a plain type-ahead finds."""
    return {a.id for a in actors if any(begins(typed, name) for name in a.names)}


def found(index: ActorIndex, typed: str, how: tuple[str, ...]) -> set[Id]:
    return {hit.actor.id for hit in index.search(typed, None) if hit.how in how}


_BY_LETTERS = ("name", "begins", "part", "alias")


def test_who_is_retired_is_known_and_left_out_where_wanted() -> None:
    index = ActorIndex([Actor(id=1, name="Lavrov", retired=True), Actor(id=2, name="Lavrova")])
    assert index.retired == {1}
    for typed in ("", "lav", "lavrov"):
        assert [hit.actor.id for hit in index.search(typed, 5, None, index.retired)] == [2]
    assert [hit.actor.id for hit in index.search("lav", 5)] == [1, 2]
    index.put(Actor(id=1, name="Lavrov"))
    assert index.retired == set()


@given(_ACTORS, _NAME, st.integers(1, 8))
def test_it_finds_whom_a_scan_finds(
    listed: list[tuple[str, list[str]]], name: str, length: int
) -> None:
    actors = made(listed)
    typed = name[:length]
    index = ActorIndex(actors)
    assert found(index, typed, _BY_LETTERS) == scan(actors, typed)
    same = {a.id for a in actors if key(name) in map(key, a.names)}
    assert {a.id for a in index.named(name)} == same


@given(_ACTORS, _ACTORS, _NAME)
def test_it_is_the_same_whether_built_or_changed(
    before: list[tuple[str, list[str]]], after: list[tuple[str, list[str]]], typed: str
) -> None:
    changed = ActorIndex(made(before))
    for actor in made(before):
        changed.search(actor.name)  # what is remembered must not outlive the change
        if actor.id > len(after):
            changed.drop(actor.id)
    for actor in made(after):
        changed.put(actor)
    built = ActorIndex(made(after))
    assert list(changed) == list(built)
    assert changed.search(typed, None) == built.search(typed, None)
    assert vars(changed).keys() == vars(built).keys()
    assert changed._vocabulary == built._vocabulary
    assert changed._by_word.keys() == built._by_word.keys()


def names(index: ActorIndex, typed: str, counts: dict[Id, int] | None = None) -> list[str]:
    return [hit.actor.name for hit in index.search(typed, 8, counts)]


def test_the_whole_name_comes_first_then_its_beginning_then_the_rest() -> None:
    index = ActorIndex(
        made(
            [
                ("Jan Putin", []),
                ("Putinova", []),
                ("Vladimir", ["Putin"]),
                ("Zed", ["old Putin"]),
            ]
        )
    )
    assert names(index, "putin") == ["Vladimir", "Putinova", "Jan Putin", "Zed"]


def test_among_equals_who_was_meant_more_often_comes_first() -> None:
    index = ActorIndex(made([("Ann A", []), ("Ann B", []), ("Ann C", [])]))
    assert names(index, "ann", {3: 2, 2: 1}) == ["Ann C", "Ann B", "Ann A"]
    assert names(index, "", {3: 2}) == ["Ann C", "Ann A", "Ann B"]


@pytest.mark.parametrize(
    "typed", ["zelenskiy", "Selenskyj", "Zelenskyy", "volodymyr zelenski", "Zelenksy", "zelénsky"]
)
def test_other_spellings_and_slips_find_zelensky(typed: str) -> None:
    index = ActorIndex(made([("Volodymyr Zelensky", []), ("Sergei Lavrov", []), ("Bo", [])]))
    assert names(index, typed) == ["Volodymyr Zelensky"]


@pytest.mark.parametrize("typed", ["usa", "U.S.A.", "USA"])
def test_initials_are_found(typed: str) -> None:
    assert names(ActorIndex(made([("United States of America", [])])), typed)


def test_who_belongs_to_a_group() -> None:
    group = Actor(id=1, name="Group")
    member = Actor(id=2, name="Member", affiliations=(Affiliation(actor=1),))
    index = ActorIndex([group, member])
    assert index.members(1) == [member]
    index.put(Actor(id=2, name="Member"))
    assert index.members(1) == []


def test_words_are_compared_without_case_accents_and_genitive() -> None:
    assert fold("President Putin’s") == "president putin"
    assert fold("U.S.") == "us"
    assert tokens("The Élysée") == ("elysee",)
    assert fold("O'Neill") == "oneill"
    assert key("the") == "the"
    assert initials("Federal Bureau of Investigation") == "fbi"
    assert initials("Reuters") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("zelenskyy", "selenskyj"), ("lavrov", "lawrow"), ("lavrov", "lawroff"), ("yusuf", "iusuf")],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(("one", "other"), [("putin", "peskov"), ("merz", "merkel")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert spelling(one) != spelling(other)
