"""GraphML and GEXF: networkx reads what was meant, and the same gives the same bytes."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import networkx as nx
import pytest
from hypothesis import given, settings

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import BadInput
from annotator.core.model import GOLD, Fragment, Mark, Member, Statement
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Losses, Outgoing
from annotator.formats.exchange.networks.xml_out import GEXF, GRAPHML
from tests.formats.bundles import small_bundle
from tests.formats.exchange.making import bundles

GOLDEN = Path(__file__).with_name("samples")
both = pytest.mark.parametrize("format", [GRAPHML, GEXF], ids=["graphml", "gexf"])
ADA, BO = (analyst.id for analyst in small_bundle().analysts)
CAFE, LUK = (str(actor.id) for actor in small_bundle().actors)
PEACE, TALKS = (str(issue.id) for issue in small_bundle().issues)


def said(*what: tuple[str, str, int | None], layer: int = ADA) -> Bundle:
    """A project in which actors take stances on issues, all in one article."""
    part = small_bundle().articles[0]
    marks: list[Mark] = []
    statements: list[Statement] = []
    piece = (Fragment(0, 5, part.text[0:5]),)
    for number, (actor, issue, stance) in enumerate(what):
        own: dict[str, Any] = {"article": part.article.id, "layer": layer, "fragments": piece}
        stances = {} if stance is None else {"stance": stance}
        ids = [10 * number + n for n in (1, 2, 3)]
        marks += (
            Mark(id=ids[0], kind="speaker", fields={"actor": actor}, **own),
            Mark(id=ids[1], kind="claim", fields={"issue": issue, **stances}, **own),
        )
        members = (Member("speaker", ids[0]), Member("claim", ids[1]))
        del own["fragments"]
        statements.append(Statement(id=ids[2], members=members, **own))
    made = ArticleBundle(part.article, part.text, tuple(marks), tuple(statements))
    return replace(small_bundle(), articles=(made,))


def write(format: Format, bundle: Bundle, to: Path, **options: str) -> Losses:
    with written(format, Outgoing.of(bundle), to, options) as waiting:
        waiting.keep()
        return waiting.losses


def graph(format: Format, bundle: Bundle, folder: Path, **options: str) -> Any:
    to = folder / f"x{format.suffixes[0]}"
    write(format, bundle, to, **options)
    return nx.read_graphml(to) if format is GRAPHML else nx.read_gexf(to, version="1.3")


TWO = ((CAFE, PEACE, 1), (LUK, PEACE, 1), (LUK, TALKS, -1), (CAFE, TALKS, 1))


@both
def test_actors_and_issues_are_read_back(format: Format, tmp_path: Path) -> None:
    found = graph(format, said(*TWO), tmp_path)
    assert not found.is_directed()
    label = {id: about["label"] for id, about in found.nodes(data=True)}
    assert sorted(label.values()) == ["Peace", "Talks", "The café", "Łuk"]
    edge = found.edges[f"actor-{LUK}", f"issue-{TALKS}"]
    assert edge["weight"] == 1.0
    assert edge["mean_stance"] == -1.0
    assert (edge["stance_minus_1"], edge["stance_1"]) == (1, 0)
    assert found.nodes[f"actor-{LUK}"]["positions"] == 2
    assert found.nodes[f"issue-{PEACE}"]["proposition"] == "There should be peace."


@both
def test_stances_on_one_issue_are_all_told(format: Format, tmp_path: Path) -> None:
    found = graph(format, said((LUK, PEACE, 1), (LUK, PEACE, -1), (CAFE, PEACE, 1)), tmp_path)
    edge = found.edges[f"actor-{LUK}", f"issue-{PEACE}"]
    assert (edge["weight"], edge["positions"], edge["mean_stance"]) == (1.0, 1, 0.0)
    assert (edge["stance_minus_1"], edge["stance_1"]) == (1, 1)


@both
@pytest.mark.parametrize(
    ("network", "weight"), [("affiliation", 2), ("congruence", 1), ("conflict", 1), ("subtract", 0)]
)
def test_actors_are_tied_by_what_they_say(
    format: Format, network: str, weight: float, tmp_path: Path
) -> None:
    found = graph(format, said(*TWO), tmp_path, network=network)
    edge = found.edges[f"actor-{CAFE}", f"actor-{LUK}"]
    assert (edge["weight"], edge["congruence"], edge["conflict"]) == (weight, 1.0, 1.0)
    assert len(found) == 2


@both
def test_the_same_gives_the_same_bytes_as_before(format: Format, tmp_path: Path) -> None:
    name = f"small{format.suffixes[0]}"
    write(format, said(*TWO), tmp_path / name, network="subtract", normalisation="average")
    assert (tmp_path / name).read_bytes() == (GOLDEN / name).read_bytes()


def test_what_does_not_count_is_listed(tmp_path: Path) -> None:
    bundle = said((CAFE, PEACE, None), (LUK, PEACE, 1))
    listed = " ".join(map(str, write(GEXF, bundle, tmp_path / "x.gexf", network="congruence")))
    assert "positions without a stance do not count" in listed
    part = bundle.articles[0]
    nobody = replace(part, marks=(), statements=(part.statements[0],))
    listed = " ".join(
        map(str, write(GEXF, replace(bundle, articles=(nobody,)), tmp_path / "y.gexf"))
    )
    assert "statements without actor or issue do not count" in listed


def test_gold_counts_where_there_is_gold(tmp_path: Path) -> None:
    part, gold = (said(*TWO, layer=layer).articles[0] for layer in (ADA, GOLD))
    moved = tuple(
        msgspec.structs.replace(
            s, id=s.id + 500, members=tuple(Member(m.role, m.mark + 500) for m in s.members)
        )
        for s in gold.statements[:1]
    )
    marks = tuple(msgspec.structs.replace(m, id=m.id + 500) for m in gold.marks)
    whole = replace(part, marks=(*part.marks, *marks), statements=(*part.statements, *moved))
    bundle = replace(small_bundle(), articles=(whole,))
    assert graph(GRAPHML, bundle, tmp_path).number_of_edges() == 1
    assert graph(GRAPHML, bundle, tmp_path, layer="Ada").number_of_edges() == 4
    with pytest.raises(BadInput, match="There is no layer Cy; there are gold, Ada, Bo"):
        write(GRAPHML, bundle, tmp_path / "z.graphml", layer="Cy")


@pytest.mark.parametrize(
    ("network", "norm"),
    [("two-mode", "cosine"), ("subtract", "activity"), ("conflict", "prominence")],
)
def test_a_normalisation_of_the_other_sort_is_refused(
    network: str, norm: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=f"{network} is normalised by"):
        write(GEXF, said(*TWO), tmp_path / "x.gexf", network=network, normalisation=norm)
    assert not any(tmp_path.iterdir())


@both
@given(bundle=bundles())
@settings(max_examples=30)
def test_any_project_is_read_back(format: Format, bundle: Bundle) -> None:
    odd = tuple(msgspec.structs.replace(a, name=f"<\x00&\ufffe{a.name}") for a in bundle.actors)
    with tempfile.TemporaryDirectory() as folder:
        for network in ("two-mode", "subtract"):
            graph(format, replace(bundle, actors=odd), Path(folder), network=network)
