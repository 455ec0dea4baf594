"""Who a speaker may be: proposed, never decided; what was filed is remembered."""

from __future__ import annotations

import pytest

from annotator.core import people
from annotator.core.model import Actor, Mark
from annotator.core.people import file_under, file_under_new, learn_alias, propose
from tests.core.pages import BOOK, Desk

ZELENSKY = Actor(id=1, name="Volodymyr Zelensky", aliases=("Zelenskyy",))
PUTIN = Actor(id=2, name="Vladimir Putin", aliases=("the Kremlin leader",))
UKRAINE = Actor(id=3, name="Ukraine", type="state", aliases=("Kyiv",))
BANK = Actor(id=4, name="World Bank", type="organisation")
ACTORS = (ZELENSKY, PUTIN, UKRAINE, BANK)

TEXT = (
    "Zelensky met Putin. He said no. THE UKRAINE waited; Kyiv too. President Putin left. He slept."
)


@pytest.fixture
def desk() -> Desk:
    return Desk(TEXT)


def proposed(desk: Desk, mark: Mark, *actors: Actor) -> list[str]:
    return [p.actor.name for p in propose(desk.page, actors or ACTORS, mark, "actor")]


def filed(desk: Desk, mark: Mark, actor: Actor) -> Actor:
    """File a mark; the actor as it is then."""
    edit = file_under(BOOK, desk.now(mark), "actor", actor)
    for change in edit.changes:
        if isinstance(change.after, Actor):
            actor = change.after
        else:
            desk.page.refresh(change.kind, change.id, change.after)
    return actor


def test_an_alias_is_known_whatever_its_case_and_article(desk: Desk) -> None:
    assert proposed(desk, desk.mark("speaker", "Kyiv")) == ["Ukraine"]
    assert proposed(desk, desk.mark("speaker", "THE UKRAINE")) == ["Ukraine"]


def test_a_part_of_a_name_is_proposed_after_a_whole_one(desk: Desk) -> None:
    namesake = Actor(id=9, name="President Putin")
    made = desk.mark("speaker", "President Putin")
    assert proposed(desk, made, PUTIN, namesake) == ["President Putin", "Vladimir Putin"]


def test_a_title_alone_is_nobodys_name(desk: Desk) -> None:
    assert proposed(desk, desk.mark("speaker", "President")) == []


def test_nobody_is_proposed_for_a_stranger_or_an_implied_speaker(desk: Desk) -> None:
    assert proposed(desk, desk.mark("speaker", "waited")) == []
    assert proposed(desk, desk.mark("speaker")) == []


def test_a_pronoun_is_the_nearest_earlier_speaker(desk: Desk) -> None:
    filed(desk, desk.mark("speaker", "Zelensky"), ZELENSKY)
    filed(desk, desk.mark("speaker", "Putin"), PUTIN)
    filed(desk, desk.mark("speaker", "Kyiv"), UKRAINE)  # later in the text
    assert proposed(desk, desk.mark("speaker", "He")) == ["Vladimir Putin", "Volodymyr Zelensky"]
    last = TEXT.rindex("He")
    later = desk.mark_places("speaker", (last, last + 2))
    assert proposed(desk, later) == ["Vladimir Putin", "Volodymyr Zelensky"]  # no state is a he


def test_a_pronoun_marked_with_a_space_is_still_a_pronoun(desk: Desk) -> None:
    filed(desk, desk.mark("speaker", "Zelensky"), ZELENSKY)
    assert proposed(desk, desk.mark("speaker", "He ")) == ["Volodymyr Zelensky"]


def test_only_marks_of_the_same_kind_speak(desk: Desk) -> None:
    filed(desk, desk.mark("addressee", "Zelensky"), ZELENSKY)
    assert proposed(desk, desk.mark("speaker", "He")) == []


def test_zelensky_filed_once_is_proposed_the_next_time(desk: Desk) -> None:
    stranger = Actor(id=7, name="The president of Kyiv")
    made = desk.mark("speaker", "Zelensky")
    assert proposed(desk, made, stranger) == []
    now = filed(desk, made, stranger)
    assert now.aliases == ("Zelensky",)
    assert desk.now(made).fields == {"actor": "7"}
    assert proposed(desk, desk.mark("speaker", "Zelensky"), now) == [now.name]


@pytest.mark.parametrize("words", ["He", "she", "They", "it", "We", "who", " he\n", "IT"])
def test_a_pronoun_is_never_learnt(words: str) -> None:
    assert not learn_alias(ZELENSKY, words)


@pytest.mark.parametrize("words", ["", "  ", "Volodymyr Zelensky", "zelenskyy", "the Zelenskyy"])
def test_what_is_known_is_not_learnt_again(words: str) -> None:
    assert not learn_alias(ZELENSKY, words)


def test_an_alias_is_learnt_on_one_line(desk: Desk) -> None:
    (change,) = learn_alias(ZELENSKY, "Mad\n  Vlad").changes
    assert isinstance(change.after, Actor)
    assert change.after.aliases == ("Zelenskyy", "Mad Vlad")


@pytest.mark.parametrize(
    ("words", "is_name"),
    [
        ("Martin Luther King Jr.", True),
        ("the Office of the United Nations High Commissioner for Human Rights", True),
        ("Donald Trump and Vladimir Putin met on Friday in Alaska.", False),
        ("“Nobody asked us, and nobody will,” he said to all who would listen.", False),
        ("officials of both sides who were in the room with Donald Trump when they met", False),
    ],
)
def test_a_sentence_is_not_remembered_as_a_name(words: str, is_name: bool) -> None:
    assert bool(learn_alias(ZELENSKY, words)) is is_name


def test_words_from_two_places_are_nobodys_name(desk: Desk) -> None:
    """“Zelensky … Kyiv” is how a mark of two fragments is shown, not what anybody is called."""
    made = desk.mark("speaker", "Zelensky", "Kyiv")
    assert filed(desk, made, PUTIN) == PUTIN


def test_somebody_new_is_made_in_the_same_step(desk: Desk) -> None:
    made = desk.mark("speaker", "Kyiv")
    edit, actor = file_under_new(BOOK, made, "actor", "The café", "organisation", 77)
    assert [(c.kind, c.before is None) for c in edit.changes] == [("actor", True), ("mark", False)]
    assert (actor.name, actor.aliases, actor.type) == ("The café", ("Kyiv",), "organisation")
    edit, actor = file_under_new(BOOK, desk.mark("speaker", "He"), "actor", "Łuk", "person", 78)
    assert actor.aliases == ()


def test_a_label_is_one_short_line(desk: Desk) -> None:
    made = desk.mark("speaker", "Zelensky met Putin. He said no. THE UKRAINE waited; Kyiv too.")
    assert len(file_under(BOOK, made, "actor", PUTIN).label) < 80


def test_pronouns_are_as_they_are_compared() -> None:
    assert all(word == word.casefold() for word in people.PRONOUNS)
