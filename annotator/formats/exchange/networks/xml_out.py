"""Graphs as GraphML and as GEXF 1.3."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from annotator.formats.exchange.format import Asked, Format, Losses, Outgoing
from annotator.formats.exchange.networks.graph import OPTIONS, Edge, Graph, Node, Value, graph

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_TYPES: dict[type, str] = {str: "string", int: "long", float: "double"}


def write_graphml(outgoing: Outgoing, to: Path, asked: Asked) -> Losses:
    losses = Losses()
    _write(_graphml(graph(outgoing, asked, losses)), to)
    return losses


def write_gexf(outgoing: Outgoing, to: Path, asked: Asked) -> Losses:
    losses = Losses()
    _write(_gexf(graph(outgoing, asked, losses)), to)
    return losses


def _write(root: Element, to: Path) -> None:
    indent(root)
    with to.open("wb") as file:
        ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
        file.write(b"\n")


def _names(things: Iterable[Node] | Iterable[Edge]) -> dict[str, str]:
    """The names of all attributes with their types, in the order in which they first come."""
    return {name: _TYPES[type(value)] for one in things for name, value in one.about.items()}


def _text(value: Value) -> str:
    return value if isinstance(value, str) else repr(value)


def _graphml(made: Graph) -> Element:
    root = Element("graphml", xmlns=_GRAPHML)
    keys: dict[tuple[str, str], str] = {}
    first = {"node": {"label": "string"}, "edge": {"weight": "double"}}
    for sort, things in (("node", made.nodes), ("edge", made.edges)):
        for name, type_ in (first[sort] | _names(things)).items():
            id = keys[sort, name] = f"{sort[0]}{len(keys)}"
            about = {"id": id, "for": sort, "attr.name": name, "attr.type": type_}
            SubElement(root, "key", about)
    whole = SubElement(root, "graph", id="network", edgedefault="undirected")
    SubElement(whole, "desc").text = made.about
    for node in made.nodes:
        element = SubElement(whole, "node", id=node.id)
        _data(element, "node", {"label": node.label, **node.about}, keys)
    for edge in made.edges:
        element = SubElement(whole, "edge", source=edge.source, target=edge.target)
        _data(element, "edge", {"weight": edge.weight, **edge.about}, keys)
    return root


def _data(
    element: Element, sort: str, about: dict[str, Value], keys: dict[tuple[str, str], str]
) -> None:
    for name, value in about.items():
        SubElement(element, "data", key=keys[sort, name]).text = _text(value)


def _gexf(made: Graph) -> Element:
    root = Element("gexf", xmlns=_GEXF, version="1.3")
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "Annotator"
    SubElement(meta, "description").text = made.about
    whole = SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    keys: dict[tuple[str, str], str] = {}
    for sort, things in (("node", made.nodes), ("edge", made.edges)):
        attributes = SubElement(whole, "attributes", {"class": sort})
        for number, (name, type_) in enumerate(_names(things).items()):
            keys[sort, name] = str(number)
            about = {"id": str(number), "title": name, "type": type_}
            SubElement(attributes, "attribute", about)
    nodes = SubElement(whole, "nodes")
    for node in made.nodes:
        _values(SubElement(nodes, "node", id=node.id, label=node.label), "node", node.about, keys)
    edges = SubElement(whole, "edges")
    for number, edge in enumerate(made.edges):
        about = {"id": str(number), "source": edge.source, "target": edge.target}
        element = SubElement(edges, "edge", about, weight=repr(edge.weight))
        _values(element, "edge", edge.about, keys)
    return root


def _values(
    element: Element, sort: str, about: dict[str, Value], keys: dict[tuple[str, str], str]
) -> None:
    values = SubElement(element, "attvalues")
    for name, value in about.items():
        SubElement(values, "attvalue", {"for": keys[sort, name]}, value=_text(value))


GRAPHML = Format(
    name="graphml",
    title="GraphML network",
    suffixes=(".graphml",),
    write=write_graphml,
    options=OPTIONS,
)

GEXF = Format(
    name="gexf",
    title="GEXF network",
    suffixes=(".gexf",),
    write=write_gexf,
    options=OPTIONS,
)
