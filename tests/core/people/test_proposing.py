"""Who words may mean, and why: titles, surnames, spellings, places, what was chosen before."""

from __future__ import annotations

import pytest

from annotator.core.model import Actor, ActorType, Affiliation, Mark
from annotator.core.people.filed import Choice, Filed, Filing
from annotator.core.people.index import ActorIndex
from annotator.core.people.likeness import possible_duplicates
from annotator.core.people.proposing import propose
from tests.core.pages import Desk


def actor(id: int, name: str, *aliases: str, type: ActorType = "person") -> Actor:
    return Actor(id=id, name=name, aliases=aliases, type=type)


RUSSIA = actor(1, "Russian government", "Russia", type="state")
USA = actor(2, "United States government", "the United States", type="state")
TRUMP = actor(3, "Donald Trump", "Trump")
LAVROV = actor(4, "Sergei Lavrov", "Lavrov")
ZELENSKY = actor(5, "Volodymyr Zelensky")
NBC = actor(6, "National Broadcasting Company", type="organisation")
PUTIN = Actor(id=7, name="Vladimir Putin", affiliations=(Affiliation(actor=1),))
GROUP = actor(8, "European leaders", type="group")
EVERYONE = (RUSSIA, USA, TRUMP, LAVROV, ZELENSKY, NBC, PUTIN, GROUP)


def proposed(words: str, filed: Filed | None = None, *actors: Actor) -> list[tuple[str, str]]:
    desk = Desk(words + ".")
    mark = desk.mark("speaker", words)
    found = propose(desk.page, actors or EVERYONE, mark, "actor", filed)
    return [(p.actor.name, p.reason) for p in found]


@pytest.mark.parametrize(
    ("words", "name", "reason"),
    [
        ("Trump", "Donald Trump", "known by this name"),
        ("Mr. Trump", "Donald Trump", "“Trump” with a title"),
        ("President Trump’s", "Donald Trump", "“Trump” with a title"),
        ("the Don", "Donald Trump", "may be short for Donald Trump"),
        ("Russian Foreign Minister Sergei Lavrov", "Sergei Lavrov", "“Sergei Lavrov” named in these words"),
        ("Foreign Minister Lavrov", "Sergei Lavrov", "“Lavrov” with a title"),
        ("Sergej Lawrow", "Sergei Lavrov", "another spelling of Sergei Lavrov"),
        ("President Putin", "Vladimir Putin", "surname of Vladimir Putin"),
        ("Zelenskiy", "Volodymyr Zelensky", "another spelling of Volodymyr Zelensky"),
        ("Selenskyj", "Volodymyr Zelensky", "another spelling of Volodymyr Zelensky"),
        ("Zelenksy", "Volodymyr Zelensky", "spelled nearly like Volodymyr Zelensky"),
        ("NBC", "National Broadcasting Company", "these are its initials"),
        ("U.S.", "United States government", "a place that may stand for its government"),
        ("US", "United States government", "a place that may stand for its government"),
        ("USA", "United States government", "a place that may stand for its government"),
        ("the White House", "United States government", "a place that may stand for its government"),
        ("the Kremlin", "Russian government", "a place that may stand for its government"),
    ],
)  # fmt: skip
def test_the_likeliest_comes_first_with_its_reason(words: str, name: str, reason: str) -> None:
    assert proposed(words)[0] == (name, reason)


def test_whoever_stands_in_the_genitive_does_not_speak() -> None:
    peskov = actor(20, "Dmitry Peskov")
    every = (*EVERYONE, peskov)
    assert proposed("Trump’s envoy Dmitry Peskov", None, *every)[0][0] == "Dmitry Peskov"
    assert proposed("Trump’s envoy", None, *every) == []


@pytest.mark.parametrize("words", ["the president", "officials", "a spokesman", "xyzzy"])
def test_titles_and_strangers_are_nobody(words: str) -> None:
    assert proposed(words) == []


def test_a_name_that_several_have_says_so() -> None:
    two = (actor(1, "George Bush", "Bush"), actor(2, "George W. Bush", "Bush"))
    found = proposed("Bush", None, *two)
    assert [reason for _, reason in found] == ["known by this name, as is another"] * 2


def test_what_was_chosen_before_comes_first_the_last_choice_foremost() -> None:
    filed = Filed(Filing(n, "Moscow", (1,), n) for n in range(12))
    assert proposed("Moscow", filed)[0] == ("Russian government", "chosen 12 times in this project")
    filed.put(Filing(99, "moscow", (7,), 500))
    assert proposed("Moscow", filed)[:2] == [
        ("Vladimir Putin", "chosen once in this project, the last time too"),
        ("Russian government", "chosen 12 times in this project"),
    ]
    filed.drop(99)
    assert proposed("Moscow", filed)[0][0] == "Russian government"
    assert filed.count(7) == 0
    assert filed.choices("the Moscow", but=3) == [Choice(1, 11, 11)]


def test_who_speaks_for_a_state_in_this_article_may_be_meant_by_its_capital() -> None:
    desk = Desk("Putin waited. Moscow said so.")
    first = desk.mark("speaker", "Putin")
    desk.page.refresh("mark", first.id, filed_as(first, PUTIN))
    found = propose(desk.page, EVERYONE, desk.mark("speaker", "Moscow"), "actor")
    assert [p.actor for p in found] == [RUSSIA, PUTIN]
    assert found[1].reason == "belongs to Russian government and speaks in this article"


def filed_as(mark: Mark, whom: Actor) -> Mark:
    return Mark(
        id=mark.id,
        article=mark.article,
        layer=mark.layer,
        kind=mark.kind,
        fragments=mark.fragments,
        fields={"actor": str(whom.id)},
    )


@pytest.mark.parametrize(
    ("pronoun", "names"),
    [
        ("he", ["Donald Trump"]),
        ("She", ["Donald Trump"]),
        ("it", ["European leaders", "Russian government"]),
        ("They", ["European leaders", "Donald Trump", "Russian government"]),
    ],
)
def test_a_pronoun_agrees_with_whom_it_stands_for(pronoun: str, names: list[str]) -> None:
    desk = Desk(f"Russia, Trump, leaders; {pronoun} spoke.")
    for words, whom in (("Russia", RUSSIA), ("Trump", TRUMP), ("leaders", GROUP)):
        mark = desk.mark("speaker", words)
        desk.page.refresh("mark", mark.id, filed_as(mark, whom))
    at = desk.page.text.index(f"{pronoun} spoke")
    here = desk.mark_places("speaker", (at, at + len(pronoun)))
    found = propose(desk.page, EVERYONE, here, "actor")
    assert [p.actor.name for p in found] == names
    assert found[0].reason == f"the nearest earlier speaker for “{pronoun.casefold()}”"


def test_a_twin_is_found_by_spelling_part_and_name() -> None:
    index = ActorIndex(
        [
            actor(1, "Volodymyr Zelensky"),
            actor(2, "Zelenskyy"),
            actor(3, "Zelensky"),
            actor(4, "Olena Zelenska"),
            actor(5, "Kyiv", "Volodymyr Zelensky", type="state"),
            actor(6, "V. Putin", "Volodymyr Zelensky"),
        ]
    )
    whom = index.get(1)
    assert whom is not None
    assert [(p.actor.id, p.reason) for p in possible_duplicates(index, whom)] == [
        (6, "both are called Volodymyr Zelensky"),
        (3, "part of Zelensky"),
        (2, "another spelling of Zelenskyy"),
    ]
