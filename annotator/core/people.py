"""Verbs on actors, and who a speaker mark may stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from annotator.core.codebook import Codebook
from annotator.core.marking import brief, set_field
from annotator.core.model import Actor, ActorType, Id, Mark
from annotator.core.page import Page
from annotator.core.revision import Change, Edit

PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "we",
        "i",
        "you",
        "him",
        "her",
        "them",
        "us",
        "me",
        "his",
        "hers",
        "their",
        "theirs",
        "its",
        "my",
        "our",
        "who",
    ]
)
"""Words that stand for whoever was named before; never remembered as somebody's alias."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An actor who may be meant, and why."""

    actor: Actor
    reason: str


def file_under(book: Codebook, mark: Mark, field: str, actor: Actor) -> Edit:
    """Say who a mark stands for; its words are remembered as one of the actor's aliases."""
    filed = set_field(mark, book, field, str(actor.id))
    learnt = learn_alias(actor, _words(mark))
    return Edit(f"{actor.name} is “{brief(mark.quote)}”", filed.changes + learnt.changes)


def file_under_new(
    book: Codebook, mark: Mark, field: str, name: str, type: ActorType, new_id: Id
) -> tuple[Edit, Actor]:
    """File a mark under an actor who is not known yet."""
    made = Actor(id=new_id, name=name, type=type)
    with_alias = learn_alias(made, _words(mark))
    actor = with_alias.changes[0].after if with_alias else made
    assert isinstance(actor, Actor)
    filed = set_field(mark, book, field, str(made.id))
    return Edit(f"New actor {name}", (Change(None, actor), *filed.changes)), actor


def _words(mark: Mark) -> str:
    """What may be somebody's name: not words that the mark has from several places."""
    return " ".join(mark.quote.split()) if len(mark.fragments) == 1 else ""


def learn_alias(actor: Actor, words: str) -> Edit:
    """Remember words as a name of the actor, unless they could be anybody's."""
    words = " ".join(words.split())
    if not words or words.casefold() in PRONOUNS or _key(words) in map(_key, actor.names):
        return Edit("", ())
    new = msgspec.structs.replace(actor, aliases=(*actor.aliases, words))
    return Edit(f"Alias “{words}” of {actor.name}", (Change(actor, new),))


def propose(page: Page, actors: Iterable[Actor], mark: Mark, field: str) -> list[Proposal]:
    """Who the mark may stand for, the likeliest first; empty when nothing speaks for anyone.

    A known name or alias; then a surname or part of a name; for a pronoun the nearest earlier
    speaker. Proposals only: nothing is filed until the analyst says so.
    """
    known = list(actors)
    if _words(mark).casefold() in PRONOUNS:
        return _nearest_speakers(page, {str(a.id): a for a in known}, mark, field)
    words = _key(mark.quote)
    exact = [Proposal(a, "known by this name") for a in known if words in map(_key, a.names)]
    tokens = {t for t in words.split() if t not in _SMALL}
    scored = [(_overlap(tokens, a), a) for a in known if words not in map(_key, a.names)]
    near = sorted((p for p in scored if p[0] > 0), key=lambda p: (-p[0], p[1].name))
    return exact + [Proposal(a, "shares part of the name") for _, a in near]


_SMALL = frozenset(
    ["the", "a", "an", "of", "and", "president", "minister", "leader", "u.s.", "mr", "mrs", "ms"]
)


def _key(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


def _overlap(tokens: set[str], actor: Actor) -> float:
    best = 0.0
    for name in actor.names:
        theirs = {t for t in _key(name).split() if t not in _SMALL}
        if theirs:
            best = max(best, len(tokens & theirs) / len(theirs | tokens))
    return best


def _nearest_speakers(
    page: Page, actors: dict[str, Actor], mark: Mark, field: str
) -> list[Proposal]:
    """Actors of the speaker marks before this one, from the nearest back."""
    here = mark.start if mark.start is not None else len(page.text)
    before = [
        (other.start, value)
        for other in page.marks.values()
        if (value := other.fields.get(field)) in actors
        and other.kind == mark.kind
        and other.start is not None
        and other.start < here
    ]
    order = dict.fromkeys(str(value) for _, value in sorted(before, reverse=True))
    return [Proposal(actors[v], "the nearest earlier speaker") for v in order]
