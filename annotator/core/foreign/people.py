"""Whom the names in a foreign file mean: the project's people and issues, and new ones."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

import msgspec

from annotator.core.foreign.labels import NOBODY
from annotator.core.foreign.naming import Named, by_name
from annotator.core.model import GOLD, Actor, ActorType, Analyst, Id, Issue, named_id

UNSIGNED: Id = named_id("analyst", NOBODY)
"""The id of a foreign bundle's analyst whose name the file does not say."""


class Directory:
    """Actors, issues and analysts of a project, and those that come with a file."""

    def __init__(
        self, actors: Iterable[Actor], issues: Iterable[Issue], analysts: Iterable[Analyst]
    ) -> None:
        ours = list(actors)
        called = {alias.casefold(): actor for actor in ours for alias in actor.aliases}
        self._actors = called | by_name(ours)
        self._issues = by_name(issues)
        self._issues = {i.key.casefold(): i for i in self._issues.values()} | self._issues
        self._analysts = by_name(analysts)
        self._meant: dict[str, Id] = {}
        self.named_actors: dict[Id, Actor] = {}
        self.named_issues: dict[Id, Issue] = {}
        self.named_analysts: dict[Id, Analyst] = {}
        self.layers: dict[Id, Id] = {GOLD: GOLD}

    def bring(
        self,
        actors: Iterable[Actor],
        issues: Iterable[Issue],
        analysts: Iterable[Analyst],
        told: Mapping[str, str],
    ) -> None:
        """Meet those of a file; ``told`` are the names here of its analysts."""
        for actor in actors:
            self._bring("actor", actor, self._actors, self.named_actors)
        for issue in issues:
            self._bring("issue", self._with_key(issue), self._issues, self.named_issues)
        for analyst in analysts:
            self._analyst(analyst, told)

    def actor(self, value: str | float | bool, is_id: bool) -> str | None:
        """The id, as a field holds it, of the actor of an id in the file, or of a name."""
        if is_id:
            return self._of("actor", value)
        name = " ".join(str(value).split())
        if not name:
            return None
        return str(self._named(actor_named(name), self._actors, self.named_actors).id)

    def issue(self, value: str | float | bool, is_id: bool) -> str | None:
        """The same for an issue, which a key can name as well."""
        if is_id:
            return self._of("issue", value)
        name = " ".join(str(value).split())
        if not name:
            return None
        made = self._with_key(issue_named(name))
        return str(self._named(made, self._issues, self.named_issues).id)

    def _of(self, what: str, value: str | float | bool) -> str | None:
        found = self._meant.get(f"{what} {value}")
        return None if found is None else str(found)

    def _bring(
        self, what: str, theirs: Named, ours: dict[str, Named], named: dict[Id, Named]
    ) -> None:
        self._meant[f"{what} {theirs.id}"] = self._named(theirs, ours, named).id

    def _named(self, theirs: Named, ours: dict[str, Named], named: dict[Id, Named]) -> Named:
        """Ours of the same name, or else theirs, which is then one of ours."""
        found = ours.setdefault(theirs.name.casefold(), theirs)
        named[found.id] = found
        return found

    def _with_key(self, issue: Issue) -> Issue:
        """An issue, in case it is new, under a key that none has yet."""
        key = unused(issue.key, {one.key for one in self._issues.values()})
        return msgspec.structs.replace(issue, key=key)

    def _analyst(self, theirs: Analyst, told: Mapping[str, str]) -> None:
        name = told.get(NOBODY if theirs.id == UNSIGNED else theirs.name, theirs.name)
        if name == "gold":
            self.layers[theirs.id] = GOLD
            return
        made = Analyst(id=named_id("analyst", name), name=name)
        self.layers[theirs.id] = self._named(made, self._analysts, self.named_analysts).id


def actor_named(name: str, type: ActorType = "person") -> Actor:
    """An actor of whom a file says the name; apart from those that codebooks bring along."""
    return Actor(id=named_id("actor", f"called {name}"), name=name, type=type)


def issue_named(name: str) -> Issue:
    """The same for an issue."""
    id = named_id("issue", f"called {name}")
    return Issue(id=id, key=key_of(name), name=name, proposition=name)


def unused(key: str, taken: Container[str]) -> str:
    """The key, or with the first number that makes it one that is not taken."""
    number, wanted = 2, key
    while wanted in taken:
        wanted, number = f"{key[:56]}_{number}", number + 1
    return wanted


def key_of(label: str) -> str:
    """A label as a key of the codebook: letters, digits, - and _, at most 60 of them."""
    words = re.sub(r"[^\w-]+", "_", label.strip().casefold()).strip("_")
    return words[:60] or "unnamed"
