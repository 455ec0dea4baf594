"""Which actors may be one and the same: shown to the analyst, never merged by itself."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.model import Actor, Id
from annotator.core.people.index import ActorIndex
from annotator.core.people.names import core_tokens, key, spelling
from annotator.core.people.proposing import Proposal

MOST = 6
_WIDEST = 400
"""A word that more names have than this says nothing."""


def possible_duplicates(index: ActorIndex, actor: Actor) -> list[Proposal]:
    """Who else may be this actor, and why; those who share a whole name first."""
    found: dict[Id, Proposal] = {}
    for other in _alike(index, actor):
        if other.actor.id != actor.id and other.actor.type == actor.type:
            found.setdefault(other.actor.id, other)
        if len(found) == MOST:
            break
    return list(found.values())


def _alike(index: ActorIndex, actor: Actor) -> Iterator[Proposal]:
    for name in actor.names:
        for other in index.named(name):
            yield Proposal(other, f"both are called {name}")
    for name in actor.names:
        said = core_tokens(name)
        if not said:
            continue
        for other, theirs in _near(index, said[-1]):
            if reason := _reason(said, core_tokens(theirs), theirs):
                yield Proposal(other, reason)


def _near(index: ActorIndex, surname: str) -> Iterator[tuple[Actor, str]]:
    for found in (index.with_word(surname), index.sounding(surname), index.resembling(surname)):
        if len(found) <= _WIDEST:
            yield from found


def _reason(one: tuple[str, ...], other: tuple[str, ...], name: str) -> str:
    """Why two names may be one actor's; empty when they differ too much."""
    if not other:
        return ""
    few, many = sorted((one, other), key=len)
    same_end = few[-1] == many[-1]
    if set(few) <= set(many) and same_end:
        return f"like {name}" if key(" ".join(few)) == key(" ".join(many)) else f"part of {name}"
    if {_sound(t) for t in few} <= {_sound(t) for t in many} and _sound(few[-1]) == _sound(
        many[-1]
    ):
        return f"another spelling of {name}"
    if few[:-1] == many[:-1] and len(few) > 1:
        return f"spelled nearly like {name}"
    return ""


def _sound(word: str) -> str:
    return spelling(word) or word
