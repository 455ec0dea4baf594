"""A project as a graph: nodes and edges with named attributes, always in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from annotator.analysis.network import (
    Counts,
    OneModeNorm,
    Period,
    Taken,
    Tie,
    TwoModeNorm,
    one_mode,
    period_of,
    two_mode,
    without_repetition,
)
from annotator.analysis.stances_taken import layers_counted, takings
from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import BadInput
from annotator.core.model import GOLD, Id
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.format import Asked, Losses, Option, Outgoing
from annotator.formats.exchange.words import GOLD_NAME, Words

Value = str | int | float
TWO_MODE = "two-mode"

OPTIONS = {
    "network": Option(
        "what is tied to what", (TWO_MODE, "affiliation", "congruence", "conflict", "subtract")
    ),
    "stance": Option("of actors and issues: what an edge counts", ("ignored", "subtract")),
    "normalisation": Option(
        "what weights are divided by",
        ("none", "average", "jaccard", "cosine", "activity", "prominence"),
    ),
    "duplicates": Option(
        "within what the same said again does not count",
        ("document", "week", "month", "year", "none"),
    ),
    "layer": Option("whose statements; empty is gold where there is gold, and else everybody's"),
}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    label: str
    about: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    weight: float
    about: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Graph:
    """Not directed: who says something on what, or with whom."""

    about: str
    """What it is, for people."""
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(outgoing: Outgoing, asked: Asked, losses: Losses) -> Graph:
    """The network that is asked for; :class:`BadInput` when its parts do not go together."""
    network, norm = asked.value("network"), asked.value("normalisation")
    allowed = ("none", "activity", "prominence") if network == TWO_MODE else _ONE_MODE_NORMS
    if norm not in allowed:
        raise BadInput(f"{network} is normalised by {', '.join(allowed)}, not by {norm}.")
    project = outgoing.project
    by_stance = network not in (TWO_MODE, "affiliation") or asked.value("stance") == "subtract"
    period = cast("Period", asked.value("duplicates"))
    layer = _layer(project, asked.value("layer"))
    taken = _counted(outgoing.articles, project, layer, by_stance, period, losses)
    said = _added_up(project, without_repetition(taken, period, by_stance=True))
    counts = said
    if not by_stance:
        counts = _added_up(project, without_repetition(taken, period, by_stance=False))
    making = _Making(project, counts, said, losses)
    about = f"{project.codebook.name}: {network}, normalised by {norm}, duplicates: {period}"
    if network == TWO_MODE:
        subtract = asked.value("stance") == "subtract"
        edges = making.of_issues(subtract, cast("TwoModeNorm", norm))
        nodes = (*making.actors(), *making.issues())
    else:
        edges = making.of_actors(cast("Tie", network), cast("OneModeNorm", norm))
        nodes = tuple(making.actors())
    return Graph(making.legal(about), nodes, tuple(edges))


_ONE_MODE_NORMS = ("none", "average", "jaccard", "cosine")


def _layer(project: Bundle, name: str) -> Id | None:
    if not name:
        return None
    words = Words(project)
    names = {GOLD_NAME: GOLD} | {words.layer(a.id): a.id for a in project.analysts}
    if name not in names:
        raise BadInput(f"There is no layer {name}; there are {', '.join(names)}.")
    return names[name]


def _counted(
    articles: Iterable[ArticleBundle],
    project: Bundle,
    layer: Id | None,
    by_stance: bool,
    period: Period,
    losses: Losses,
) -> list[Taken]:
    """What is said in the articles in the order of their dates, of which only this is kept."""
    found: list[Taken] = []
    for part in articles:
        where = left_behind.name_of(part.article)
        layers = layers_counted(part, layer)
        said = takings(part, project.codebook, layers)
        if len(layers) > 1:
            losses.add("of articles without gold every layer counts (see layer)", where)
        if said.without:
            losses.add("statements without actor or issue do not count", where, said.without)
        dated = period in ("document", "none") or period_of(part.article.published, period)
        if said.taken and not dated:
            losses.add("articles without a date are a period of their own", where)
        for one in said.taken:
            if by_stance and one.stance is None:
                losses.add("positions without a stance do not count", where)
            else:
                found.append(one)
    return sorted(found, key=lambda one: one.published)


def _added_up(project: Bundle, taken: Iterable[Taken]) -> Counts:
    counts = Counts(int(value) for value in project.codebook.stances)
    for one in taken:
        counts.add(one)
    return counts


def _called(stance: int) -> str:
    """The attribute that counts it, as a name in any program."""
    return f"stance_minus_{-stance}" if stance < 0 else f"stance_{stance}"


class _Making:
    """Nodes and edges with the names of the project."""

    def __init__(self, project: Bundle, counts: Counts, said: Counts, losses: Losses) -> None:
        self._counts = counts
        self._said = said
        self._losses = losses
        self._actors = {actor.id: actor for actor in project.actors}
        self._issues = {issue.id: issue for issue in project.issues}
        self._stances = [int(value) for value in project.codebook.stances]

    def actors(self) -> Iterator[Node]:
        for id in self._counts.actors:
            actor = self._actors.get(id)
            name = actor.name if actor else str(id)
            about: dict[str, Value] = {
                "mode": "actor",
                "annotator_id": str(id),
                "type": actor.type if actor else "",
                "wikidata": self.legal(actor.wikidata) if actor else "",
                "positions": self._counts.total(id),
            }
            yield Node(f"actor-{id}", self.legal(name), about)

    def issues(self) -> Iterator[Node]:
        for id, total in self._counts.totals_of_issues().items():
            issue = self._issues.get(id)
            about: dict[str, Value] = {
                "mode": "issue",
                "annotator_id": str(id),
                "key": self.legal(issue.key) if issue else "",
                "proposition": self.legal(issue.proposition) if issue else "",
                "positions": total,
            }
            yield Node(f"issue-{id}", self.legal(issue.name if issue else str(id)), about)

    def of_issues(self, subtract: bool, norm: TwoModeNorm) -> Iterator[Edge]:
        for on in two_mode(self._counts, subtract, norm, self._said):
            about: dict[str, Value] = {"positions": on.count}
            about |= {_called(q): on.stances.get(q, 0) for q in self._stances}
            about["without_stance"] = on.stances.get(None, 0)
            if on.mean is not None:
                about["mean_stance"] = on.mean
            yield Edge(f"actor-{on.actor}", f"issue-{on.issue}", on.weight, about)

    def of_actors(self, tie: Tie, norm: OneModeNorm) -> Iterator[Edge]:
        for one in one_mode(self._counts, tie, norm, self._said):
            about: dict[str, Value] = {
                "congruence": one.congruence,
                "conflict": one.conflict,
                "issues": one.issues,
            }
            yield Edge(f"actor-{one.first}", f"actor-{one.second}", one.weight, about)

    def legal(self, text: str) -> str:
        """The text without what XML has no way to write."""
        kept = _ILLEGAL.sub("\ufffd", text)
        if kept != text:
            self._losses.add("characters that XML has no way to write become \ufffd", kept)
        return kept
