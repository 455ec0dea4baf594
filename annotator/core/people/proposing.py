"""Who a mark may stand for: proposed with a reason, never decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.core.model import Actor, ActorType, Id, Mark, several
from annotator.core.page import Page
from annotator.core.people.filed import Filed, Filings
from annotator.core.people.index import ActorIndex
from annotator.core.people.names import TITLES, core_tokens, initials, is_pronoun, key, tokens
from annotator.core.people.places import STATES_BY_PLACE

MOST = 24
"""Actors proposed for one mark."""
_WIDEST = 400
"""A word that more names have than this tells nobody apart."""
_LONGEST = 6
"""Words of the longest name looked for inside others."""
_SHORT = 3
"""Letters from which on a word may be short for a first name."""

_ONE_PERSON: frozenset[ActorType] = frozenset(["person"])
_NO_PERSON: frozenset[ActorType] = frozenset(["group", "organisation", "state"])
_ANYONE: frozenset[ActorType] = _ONE_PERSON | _NO_PERSON
_AGREE: dict[str, frozenset[ActorType]] = {
    **dict.fromkeys("he him his she her hers i me my".split(), _ONE_PERSON),
    **dict.fromkeys("it its".split(), _NO_PERSON),
}
"""What a pronoun can stand for; the others, ``they`` among them, for anyone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An actor who may be meant, and why."""

    actor: Actor
    reason: str


def words_of(mark: Mark) -> str:
    """What may be somebody's name: not words that the mark has from several places."""
    return " ".join(mark.quote.split()) if len(mark.fragments) == 1 else ""


def propose(
    page: Page,
    actors: Iterable[Actor],
    mark: Mark,
    field: str,
    filed: Filings | None = None,
) -> list[Proposal]:
    """Who the mark may stand for, the likeliest first; empty when nothing speaks for anyone.

    Whom its words were filed under before, the last choice first; those known by these words;
    for a place its government; those named inside the words or beside a title; those who share a
    surname, a spelling or initials. For a pronoun the nearest earlier speakers that it can stand
    for. ``actors`` is best an :class:`ActorIndex`; others are made one. Nothing is filed until
    the analyst says so.
    """
    index = actors if isinstance(actors, ActorIndex) else ActorIndex(actors)
    words = words_of(mark)
    if is_pronoun(words):
        near = _nearest_speakers(page, index, mark, field, words)
        return [proposal for proposal in near if not proposal.actor.retired]
    found: dict[Id, Proposal] = {}
    for proposal in _for_words(index, words, mark, filed or Filed(), _speaking(page, field)):
        if not proposal.actor.retired:
            found.setdefault(proposal.actor.id, proposal)
        if len(found) == MOST:
            break
    return list(found.values())


def _for_words(
    index: ActorIndex, words: str, mark: Mark, filed: Filings, here: set[Id]
) -> Iterator[Proposal]:
    if not words:
        return
    yield from _chosen(index, words, mark, filed)
    yield from _known(index, words)
    yield from _of_places(index, words, here)
    yield from _named_inside(index, words)
    yield from _abbreviated(index, words)
    yield from _sharing_words(index, words)
    yield from _spelled_alike(index, words)


def _chosen(index: ActorIndex, words: str, mark: Mark, filed: Filings) -> Iterator[Proposal]:
    choices = filed.choices(words, mark.id)
    for place, choice in enumerate(choices):
        actor = index.get(choice.actor)
        if actor is not None:
            last = ", the last time too" if len(choices) > 1 and not place else ""
            yield Proposal(actor, f"chosen {_times(choice.times)} in this project{last}")


def _times(number: int) -> str:
    return "once" if number == 1 else "twice" if number == 2 else f"{number} times"


def _known(index: ActorIndex, words: str) -> Iterator[Proposal]:
    named = index.named(words)
    for actor in named:
        others = len(named) - 1
        shared = f", as {'is another' if others == 1 else f'are {others} others'}" if others else ""
        yield Proposal(actor, f"known by this name{shared}")


def _of_places(index: ActorIndex, words: str, here: set[Id]) -> Iterator[Proposal]:
    """A government for its place, and who of its people speaks in the article."""
    for state in STATES_BY_PLACE.get(key(words), ()):
        for actor, name in index.with_word(state.split()[-1]):
            if actor.type == "person" or not _is_state(name, state):
                continue
            yield Proposal(actor, "a place that may stand for its government")
            for person in index.members(actor.id):
                if person.id in here and person.type == "person":
                    yield Proposal(person, f"belongs to {actor.name} and speaks in this article")


_OF_A_STATE = TITLES | {"administration", "republic", "federation", "kingdom", "union"}


def _is_state(name: str, state: str) -> bool:
    """Whether a name says the state, perhaps with “government” or another such word beside it."""
    rest = [t for t in tokens(name) if t not in state.split()]
    return key(state) in key(name) and all(t in _OF_A_STATE for t in rest)


def _named_inside(index: ActorIndex, words: str) -> Iterator[Proposal]:
    """Those of whose names the words consist but for titles; then those named among them.

    The longest name counts most: in “Russian Foreign Minister Sergei Lavrov” it is Lavrov's.
    Whoever stands in the genitive before somebody else is not the one who speaks.
    """
    parts, owners = _parts(words)
    found: list[tuple[int, int, str]] = []
    for start in range(len(parts)):
        for end in range(start + 1, min(len(parts), start + _LONGEST) + 1):
            some = parts[start:end]
            whole = end - start == len(parts)
            if not (whole or all(p in TITLES for p in some) or end - 1 in owners):
                found.append((start - end, -end, " ".join(some)))
    rest = " ".join(core_tokens(words))
    for _, _, piece in sorted(found):
        said = "with a title" if piece == rest else "named in these words"
        for actor in index.named(piece):
            yield Proposal(actor, f"“{_name_of(actor, piece)}” {said}")


def _parts(words: str) -> tuple[tuple[str, ...], set[int]]:
    """The folded words, and which of them but the last stand in the genitive."""
    parts: list[str] = []
    owners: set[int] = set()
    for word in words.split():
        parts += tokens(word)
        if word.rstrip(",;:").casefold().endswith(("'s", "’s", "s'", "s’")):
            owners.add(len(parts) - 1)
    return tuple(parts), owners - {len(parts) - 1}


def _name_of(actor: Actor, piece: str) -> str:
    return next((name for name in actor.names if key(name) == piece), actor.name)


def _abbreviated(index: ActorIndex, words: str) -> Iterator[Proposal]:
    """“NBC” and the name it is short for, either way round."""
    letters = key(words)
    if " " not in letters and 2 <= len(letters) <= _LONGEST:
        for actor in index.abbreviated(letters):
            yield Proposal(actor, "these are its initials")
    for actor in index.named(initials(words)) if initials(words) else ():
        yield Proposal(actor, f"known by the initials {initials(words).upper()}")


def _sharing_words(index: ActorIndex, words: str) -> Iterator[Proposal]:
    """Those who share a surname or other parts of a name; the more is shared the sooner."""
    _, owners = _parts(words)
    said = tuple(t for n, t in enumerate(_parts(words)[0]) if t not in TITLES and n not in owners)
    best: dict[Id, tuple[float, str, Actor, str]] = {}
    for word in dict.fromkeys(said):
        holders = index.with_word(word)
        for actor, name in holders if len(holders) <= _WIDEST else ():
            theirs = core_tokens(name)
            shared = set(said) & set(theirs)
            surname = theirs[-1:] == said[-1:] and actor.type == "person" and len(theirs) > 1
            weight = len(shared) / len(set(said) | set(theirs) or {""}) + surname
            reason = f"surname of {name}" if surname else f"part of the name {name}"
            if shared and weight > best.get(actor.id, (0.0,))[0]:
                best[actor.id] = (weight, actor.name.casefold(), actor, reason)
    for _, _, actor, reason in sorted(best.values(), key=lambda b: (-b[0], b[1], b[2].id)):
        yield Proposal(actor, reason)


def _spelled_alike(index: ActorIndex, words: str) -> Iterator[Proposal]:
    """Those whose name is spelled otherwise elsewhere, or nearly so."""
    said = core_tokens(words)
    if not said:
        return
    last = said[-1]
    for actor, name in index.sounding(last):
        yield Proposal(actor, f"another spelling of {name}")
    for actor, name in index.resembling(last):
        yield Proposal(actor, f"spelled nearly like {name}")
    for actor, name in _short_for(index, last) if len(said) == 1 else ():
        yield Proposal(actor, f"may be short for {name}")


def _short_for(index: ActorIndex, word: str) -> Iterator[tuple[Actor, str]]:
    """“the Don” for Donald."""
    if len(word) >= _SHORT:
        for hit in index.search(word):
            first = core_tokens(hit.actor.name)[:1]
            if hit.actor.type == "person" and first and first[0].startswith(word):
                yield hit.actor, hit.actor.name


def _speaking(page: Page, field: str) -> set[Id]:
    """The actors that marks of the page are filed under."""
    values = (v for m in page.marks.values() if field in m.fields for v in several(m.fields[field]))
    return {int(v) for v in values if isinstance(v, str) and v.isdecimal()}


def _nearest_speakers(
    page: Page, index: ActorIndex, mark: Mark, field: str, pronoun: str
) -> list[Proposal]:
    """Actors of the speaker marks before this one, from the nearest back."""
    here = mark.start if mark.start is not None else len(page.text)
    types = _AGREE.get(pronoun.casefold(), _ANYONE)
    before = [
        (other.start, str(value))
        for other in page.marks.values()
        if other.kind == mark.kind and other.start is not None and other.start < here
        for value in (several(other.fields[field]) if field in other.fields else ())
    ]
    order = dict.fromkeys(value for _, value in sorted(before, reverse=True))
    found = [actor for value in order if (actor := index.get(value)) and actor.type in types]
    said = f"for “{pronoun.casefold()}”"
    return [
        Proposal(actor, f"the nearest earlier speaker {said}" if not n else f"spoke earlier {said}")
        for n, actor in enumerate(found)
    ]
