"""Verbs that say who a mark stands for, and remember what actors are called."""

from __future__ import annotations

import msgspec

from annotator.core.codebook import Codebook
from annotator.core.marking import brief, set_field
from annotator.core.model import Actor, ActorType, Id, Mark
from annotator.core.people.names import TITLES, is_pronoun, key, tokens
from annotator.core.people.proposing import words_of
from annotator.core.revision import Change, Edit


def file_under(book: Codebook, mark: Mark, field: str, actor: Actor) -> Edit:
    """Say who a mark stands for; its words are remembered as one of the actor's aliases."""
    filed = set_field(mark, book, field, str(actor.id))
    learnt = learn_alias(actor, words_of(mark))
    return Edit(f"{actor.name} is “{brief(mark.quote)}”", filed.changes + learnt.changes)


def file_under_new(
    book: Codebook, mark: Mark, field: str, name: str, type: ActorType, new_id: Id
) -> tuple[Edit, Actor]:
    """File a mark under an actor who is not known yet."""
    made = Actor(id=new_id, name=name, type=type)
    with_alias = learn_alias(made, words_of(mark))
    actor = with_alias.changes[0].after if with_alias else made
    assert isinstance(actor, Actor)
    filed = set_field(mark, book, field, str(made.id))
    return Edit(f"New actor {name}", (Change(None, actor), *filed.changes)), actor


def learn_alias(actor: Actor, words: str) -> Edit:
    """Remember words as a name of the actor, unless they could be anybody's or say it already.

    A sentence that was marked as its speaker is no name either: whoever else is in it would be
    taken for the actor from then on.
    """
    words = " ".join(words.split())
    if not key(words) or is_pronoun(words) or _is_sentence(words) or _says(words, actor):
        return Edit("", ())
    new = msgspec.structs.replace(actor, aliases=(*actor.aliases, words))
    return Edit(f"Alias “{words}” of {actor.name}", (Change(actor, new),))


_LONGEST_NAME = 12
_LONGEST_WITH_STOP = 5
"""Words of a name that ends with a full stop, as in “Martin Luther King Jr.”"""


def _is_sentence(words: str) -> bool:
    ends = words.rstrip("\"'”’»)").endswith(tuple(".!?…。！？"))
    return len(tokens(words)) > (_LONGEST_WITH_STOP if ends else _LONGEST_NAME)


def _says(words: str, actor: Actor) -> bool:
    """Whether the words are a name already known, perhaps after a title.

    “Foreign Minister Sergei Lavrov” tells nothing new of Sergei Lavrov, “Mr. Trump” of Trump.
    """
    said = tokens(words)
    for name in actor.names:
        known = tokens(name)
        before = said[: len(said) - len(known)]
        if (
            known
            and said[len(before) :] == known
            and (len(known) > 1 or all(t in TITLES for t in before))
        ):
            return True
    return False
