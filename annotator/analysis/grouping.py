"""What is one and the same by the accounts of several layers: at most one of each layer.

Pairs are joined by falling score as long as no group gets a second of a layer. The best grouping
of three or more layers at once is a problem that nobody can solve for large articles; this is the
usual way round it, and with two layers it takes all pairs as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.analysis.alignment import Aligned
from annotator.analysis.sheet import Scheme, Sheet
from annotator.analysis.statement_table import Place, reading_place
from annotator.core.model import Id

Node = tuple[Id, Id]
"""A layer and the id of something in it."""


@dataclass(frozen=True, slots=True)
class Group:
    """What is one statement by the layers' accounts."""

    statements: Mapping[Id, Id]
    """By layer, in the order of the sheet; a layer that does not have it is left out."""


def joined(nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]) -> list[dict[Id, Id]]:
    """Groups with at most one node a layer, the edges counting in the order in which they come.

    Groups are in the order of their first nodes; those that no edge joins stand alone.
    """
    group = {node: dict([node]) for node in nodes}
    for one, other in edges:
        mine, theirs = group[one], group[other]
        if mine.keys().isdisjoint(theirs):
            mine.update(theirs)
            for node in theirs.items():
                group[node] = mine
    return list({id(found): found for found in group.values()}.values())


def group_statements(sheet: Sheet, scheme: Scheme, aligned: Aligned) -> list[Group]:
    """All statements of a sheet, in reading order; those without a partner stand alone."""
    places = _places(sheet, scheme)
    edges = [
        (pair.score, (a, pair.one), (b, pair.other))
        for (a, b), pairs in aligned.items()
        for pair in pairs
    ]
    edges.sort(key=lambda edge: (-edge[0], *sorted((places[edge[1]], places[edge[2]]))))
    nodes = sorted(places, key=lambda node: places[node])
    return [
        Group({layer: found[layer] for layer in sheet.layers if layer in found})
        for found in joined(nodes, ((one, other) for _, one, other in edges))
    ]


def _places(sheet: Sheet, scheme: Scheme) -> dict[Node, Place]:
    anchors = scheme.anchors()
    return {
        (layer, statement.id): reading_place(statement, sheet.marks.get(layer, {}), anchors)
        for layer in sheet.layers
        for statement in sheet.of(layer)
    }
