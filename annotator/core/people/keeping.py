"""Verbs on actors: describe, merge, split, retire, delete. Each is one step that can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from annotator.core.codebook import Codebook
from annotator.core.errors import NotAllowed
from annotator.core.model import (
    Actor,
    ActorType,
    Affiliation,
    FieldValue,
    Id,
    Mark,
    Statement,
)
from annotator.core.people.names import key
from annotator.core.people.proposing import words_of
from annotator.core.people.register import actor_fields
from annotator.core.revision import Change, Edit
from annotator.core.text.cleaning import counted
from annotator.core.text.dates import is_date

_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")


def new_actor(id: Id, name: str, type: ActorType = "person") -> tuple[Edit, Actor]:
    """Know somebody who has not spoken yet."""
    made = Actor(id=id, name=_named(name), type=type)
    return Edit(f"New actor {made.name}", (Change(None, made),)), made


def rename(actor: Actor, name: str) -> Edit:
    """Give an actor another name; a name that was an alias is one no longer."""
    name = _named(name)
    aliases = tuple(a for a in actor.aliases if a != name)
    return _changed(f"Rename {actor.name}", actor, name=name, aliases=aliases)


def make_main_name(actor: Actor, alias: str) -> Edit:
    """Call an actor by one of the aliases; what was the name becomes an alias."""
    if alias not in actor.aliases:
        raise NotAllowed(f"“{alias}” is no alias of {actor.name} any more.")
    aliases = tuple(actor.name if a == alias else a for a in actor.aliases)
    return _changed(f"{actor.name} is called {alias}", actor, name=alias, aliases=aliases)


def retype(actor: Actor, type: ActorType) -> Edit:
    """Say whether an actor is a person, a group, an organisation or a state."""
    return _changed(f"{actor.name} is a {type}", actor, type=type)


def set_actor_note(actor: Actor, note: str) -> Edit:
    """Say about an actor what there is no place for elsewhere."""
    return _changed(f"Note on {actor.name}", actor, note=note.strip())


def set_wikidata(actor: Actor, id: str) -> Edit:
    """Say which entry of Wikidata is about the actor, such as Q7747; empty takes it away."""
    id = id.strip()
    if id and not _WIKIDATA.fullmatch(id):
        raise NotAllowed(f"{id!r:.40} is no id of Wikidata; they look like Q7747.")
    return _changed(f"Wikidata of {actor.name}", actor, wikidata=id)


def add_alias(actor: Actor, alias: str) -> Edit:
    """Know an actor by another name."""
    alias = " ".join(alias.split())
    if not alias or alias in actor.names:
        return Edit("", ())
    return _changed(f"Alias “{alias}” of {actor.name}", actor, aliases=(*actor.aliases, alias))


def remove_alias(actor: Actor, alias: str) -> Edit:
    """Know an actor by this name no longer; marks stay as they are."""
    aliases = tuple(a for a in actor.aliases if a != alias)
    return _changed(f"No alias “{alias}” of {actor.name}", actor, aliases=aliases)


def add_affiliation(actor: Actor, group: Actor) -> Edit:
    """Say whom an actor belongs to or speaks for."""
    new = Affiliation(actor=group.id)
    if new in actor.affiliations:
        return Edit("", ())
    label = f"{actor.name} belongs to {group.name}"
    return _changed(label, actor, affiliations=(*actor.affiliations, new))


def date_affiliation(actor: Actor, old: Affiliation, since: str, until: str) -> Edit:
    """Say from when to when an actor belongs to somebody: ISO 8601 dates, empty is open."""
    for date in (since, until):
        if date and not is_date(date):
            raise NotAllowed(f"{date!r:.20} is no date; write 2025, 2025-08 or 2025-08-24.")
    if since and until and until < since[: len(until)]:
        raise NotAllowed(f"{until} is before {since}.")
    new = Affiliation(actor=old.actor, since=since, until=until)
    dated = tuple(dict.fromkeys(new if a == old else a for a in actor.affiliations))
    return _changed(f"When {actor.name} belonged", actor, affiliations=dated)


def remove_affiliation(actor: Actor, affiliation: Affiliation) -> Edit:
    """Say no longer that an actor belongs to somebody."""
    left = tuple(a for a in actor.affiliations if a != affiliation)
    return _changed(f"An affiliation of {actor.name} less", actor, affiliations=left)


def retire(actor: Actor, used: str, retired: bool = True) -> Edit:
    """Offer an actor no longer, or again; ``used`` says what names them, which keeps them."""
    if actor.retired == retired:
        raise NotAllowed(f"{actor.name} is {'retired' if retired else 'offered'} already.")
    label = f"{'Retire' if retired else 'Offer again'} {actor.name}: named by {used}"
    return _changed(label, actor, retired=retired)


def delete_actor(actor: Actor, uses: int) -> Edit:
    """Delete somebody nothing refers to; ``uses`` is how many marks and others do."""
    if uses:
        raise NotAllowed(
            f"{actor.name} is named in {counted(uses, 'place')}; merge with somebody else instead."
        )
    return Edit(f"Delete {actor.name}", (Change(actor, None),))


def merge(
    book: Codebook,
    stays: Actor,
    goes: Actor,
    holders: Iterable[Mark | Statement],
    members: Iterable[Actor],
) -> Edit:
    """Make two actors one, in every layer: ``stays`` is also all that ``goes`` was.

    ``holders`` are the marks and statements with a field that names ``goes``, ``members`` the
    actors affiliated with it. Its names become aliases. What cannot be kept in its place, a
    second Wikidata id or another type, is written into the note.
    """
    if stays.id == goes.id:
        raise NotAllowed("Choose somebody else to merge with.")
    held = list(holders)
    moved = [Change(one, _refiled(book, one, goes.id, stays.id)) for one in held]
    belong = [
        Change(one, _reaffiliated(one, goes.id, stays.id))
        for one in members
        if one.id not in (stays.id, goes.id)
    ]
    changes = (Change(stays, _united(stays, goes)), *moved, *belong, Change(goes, None))
    return Edit(f"Merge {goes.name} into {stays.name}: {extent(held)}", changes, foreign="all")


def extent(held: Sequence[Mark | Statement]) -> str:
    """How many marks in how many articles, in words."""
    marks = sum(isinstance(one, Mark) for one in held)
    parts = [counted(marks, "mark")] if marks or not held else []
    if marks < len(held):
        parts.append(counted(len(held) - marks, "statement"))
    where = counted(len({one.article for one in held}), "article")
    return f"{' and '.join(parts)} in {where}" if held else parts[0]


def with_alias(alias: str, marks: Iterable[Mark]) -> list[Mark]:
    """The marks whose words are this alias, but for case, diacritics and article."""
    return [mark for mark in marks if key(words_of(mark)) == key(alias)]


def split_alias(
    book: Codebook, actor: Actor, alias: str, other: Actor, marks: Iterable[Mark], new: bool = False
) -> Edit:
    """Say that an alias is somebody else's, and so are the marks whose words it is.

    ``marks`` are those filed under the actor; ``new`` says that ``other`` is made with this.
    """
    if alias not in actor.aliases:
        raise NotAllowed(f"“{alias}” is no alias of {actor.name} any more.")
    if other.id == actor.id:
        raise NotAllowed("Choose somebody else to give the alias to.")
    less = msgspec.structs.replace(actor, aliases=tuple(a for a in actor.aliases if a != alias))
    names = other.aliases if alias in other.names else (*other.aliases, alias)
    more = msgspec.structs.replace(other, aliases=names)
    moving = with_alias(alias, marks)
    moved = (Change(mark, _refiled(book, mark, actor.id, other.id)) for mark in moving)
    changes = (Change(None if new else other, more), Change(actor, less), *moved)
    kept = tuple(change for change in changes if change.before != change.after)
    label = f"“{alias}” is {other.name}, not {actor.name}: {extent(moving)}"
    return Edit(label, kept, foreign="all")


def split(
    book: Codebook, actor: Actor, name: str, new_id: Id, chosen: Iterable[Mark | Statement]
) -> tuple[Edit, Actor]:
    """Say that some of what is filed under an actor is somebody else's, who is new.

    The other is of the same type and belongs where the first does; names stay with the first.
    """
    made = Actor(id=new_id, name=_named(name), type=actor.type, affiliations=actor.affiliations)
    if made.name == actor.name:
        raise NotAllowed(f"{actor.name} is the name already; give the other one another.")
    moving = list(chosen)
    moved = (Change(one, _refiled(book, one, actor.id, made.id)) for one in moving)
    label = f"Split {made.name} off {actor.name}: {extent(moving)}"
    return Edit(label, (Change(None, made), *moved), foreign=True), made


def _changed(label: str, actor: Actor, **values: object) -> Edit:
    new = msgspec.structs.replace(actor, **values)
    return Edit(label, (Change(actor, new),) if new != actor else ())


def _named(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise NotAllowed("An actor needs a name, so that one can be told from another.")
    return words


def _refiled(book: Codebook, one: Mark | Statement, old: Id, new: Id) -> Mark | Statement:
    """With another actor wherever a field names the old one."""
    fields: dict[str, FieldValue] = dict(one.fields)
    for name in actor_fields(book):
        value = fields.get(name)
        if value == str(old):
            fields[name] = str(new)
        elif isinstance(value, list) and str(old) in value:
            fields[name] = list(dict.fromkeys(str(new) if v == str(old) else v for v in value))
    return msgspec.structs.replace(one, fields=fields)


def _reaffiliated(actor: Actor, old: Id, new: Id) -> Actor:
    moved = (
        msgspec.structs.replace(a, actor=new) if a.actor == old else a for a in actor.affiliations
    )
    return msgspec.structs.replace(actor, affiliations=tuple(dict.fromkeys(moved)))


def _united(stays: Actor, goes: Actor) -> Actor:
    names = dict.fromkeys((*stays.aliases, *goes.names))
    names.pop(stays.name, None)
    both = dict.fromkeys((*stays.affiliations, *goes.affiliations))
    told = [stays.note, goes.note]
    if goes.type != stays.type:
        told.append(f"{goes.name} was a {goes.type}.")
    if goes.wikidata and stays.wikidata and goes.wikidata != stays.wikidata:
        told.append(f"{goes.name} was {goes.wikidata}.")
    return msgspec.structs.replace(
        stays,
        aliases=tuple(names),
        affiliations=tuple(a for a in both if a.actor not in (stays.id, goes.id)),
        wikidata=stays.wikidata or goes.wikidata,
        note=" ".join(filter(None, dict.fromkeys(told))),
        retired=stays.retired and goes.retired,
    )
