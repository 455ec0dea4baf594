"""Persons, organizations and concepts of a ``.dna`` file as actors and issues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from annotator.core.bundle import Bundle
from annotator.core.model import Actor, Affiliation, Issue
from annotator.formats.exchange.dna.tables import Attribute


@dataclass(slots=True)
class People:
    """What is known of entities by name, and who was coded with which organization."""

    attributes: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    organizations: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def learn(self, names: dict[int, str], attributes: Iterable[Attribute]) -> None:
        """``names`` are the entities that become actors or issues."""
        for one in attributes:
            if one.entity in names and one.value.strip():
                told = (one.name, one.value)
                if told not in self.attributes[names[one.entity]]:
                    self.attributes[names[one.entity]].append(told)

    def both(self) -> list[str]:
        """Organizations that are also persons with one: nobody can be affiliated with them,
        because affiliations must not lead in a circle."""
        groups = {name for held in self.organizations.values() for name in held}
        return sorted(name for name in groups if name in self.organizations)

    def complete(self, bundle: Bundle) -> Bundle:
        """The bundle with aliases, notes, affiliations and definitions."""
        ids = {actor.name: actor.id for actor in bundle.actors}
        actors = tuple(self._actor(actor, ids) for actor in bundle.actors)
        issues = tuple(self._issue(issue) for issue in bundle.issues)
        return Bundle(
            bundle.project, bundle.codebook, issues, actors, bundle.analysts, bundle.articles
        )

    def _actor(self, actor: Actor, ids: dict[str, int]) -> Actor:
        told = self.attributes.get(actor.name, [])
        aliases = tuple(
            alias
            for name, value in told
            if name.casefold() == "alias"
            for alias in (one.strip() for one in value.split(";"))
            if alias and alias != actor.name
        )
        groups = [
            name
            for name in self.organizations.get(actor.name, ())
            if name not in self.organizations
        ]
        return msgspec.structs.replace(
            actor,
            aliases=tuple(dict.fromkeys(aliases)),
            note=_noted((name, value) for name, value in told if name.casefold() != "alias"),
            affiliations=tuple(Affiliation(actor=ids[name]) for name in groups),
        )

    def _issue(self, issue: Issue) -> Issue:
        return msgspec.structs.replace(
            issue, definition=_noted(self.attributes.get(issue.name, []))
        )


def _noted(told: Iterable[tuple[str, str]]) -> str:
    """The attribute ``Notes`` as it is, others with their names."""
    lines = (value if name.casefold() == "notes" else f"{name}: {value}" for name, value in told)
    return "\n".join(lines)
