"""Labels of a file one by one: what each would become, and what choosing another does."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import paths
from annotator.core.bundle import Bundle
from annotator.core.codebook import parse
from annotator.core.foreign.labels import NO_MAPPING, LabelMapping
from annotator.core.foreign.mapping import Project, map_labels
from annotator.core.foreign.offering import (
    Label,
    counted_labels,
    offered,
    unknown,
    with_meaning,
)
from annotator.formats.exchange.gathering import Gathering

TEXT = "“We want talks,” Lavrov said. “No,” Trump said.\n"
BOOK = parse(
    (paths.resources() / "codebooks" / "statements.toml").read_text(encoding="utf-8"), Path().name
).codebook


@pytest.fixture
def bundle() -> Bundle:
    """Two speakers and two claims, with a field that says pro and contra."""
    found = Gathering("x", "x.json")
    article = found.article(TEXT, "a.txt")
    source, content = found.kind("Source"), found.kind("Position")
    side = found.field("side", "choice", [content])
    layer = found.layer("coder 1")
    for n, (start, end, value) in enumerate([(0, 16, "pro"), (30, 35, "contra")]):
        fields = {side: found.choice(side, value)}
        article.mark(f"c{n}", layer, content, [(start, end)], fields)
    article.mark("s", layer, source, [(17, 23)])
    return found.bundle()


def labels(bundle: Bundle, mapping: LabelMapping = NO_MAPPING) -> dict[str, Label]:
    told = offered(bundle, counted_labels(bundle), mapping, BOOK)
    return {f"{label.sort} {label.name}": label for label in told}


def test_what_is_used_is_counted_and_meets_its_like(bundle: Bundle) -> None:
    found = labels(bundle)
    assert {name: (one.count, one.means) for name, one in found.items()} == {
        "kind Position": (2, "position"),
        "kind Source": (1, None),
        "field side": (2, None),
        "analyst coder 1": (3, "coder 1"),
    }
    assert [one.name for one in unknown(list(found.values()))] == ["Source", "side"]
    assert ("speaker", "Speaker") in found["kind Source"].could


def test_choosing_brings_the_values_and_the_import_does_as_shown(bundle: Bundle) -> None:
    mapping = with_meaning(NO_MAPPING, labels(bundle)["kind Source"], "speaker")
    mapping = with_meaning(mapping, labels(bundle)["field side"], "stance")
    found = labels(bundle, mapping)
    assert found["value pro"].means is None
    mapping = with_meaning(mapping, found["value pro"], 2)
    mapping = with_meaning(mapping, found["value contra"], -2)
    mapping = with_meaning(mapping, found["analyst coder 1"], "Ada")
    assert labels(bundle, mapping)["value pro"].means == 2
    assert labels(bundle, mapping)["analyst coder 1"].means == "Ada"
    mapped = map_labels(bundle, mapping, Project(BOOK, (), (), ()))
    assert mapped.left_out == ()
    (part,) = mapped.bundle.articles
    assert [(m.kind, m.fields.get("stance")) for m in part.marks] == [
        ("position", 2),
        ("position", -2),
        ("speaker", None),
    ]
    assert [analyst.name for analyst in mapped.bundle.analysts] == ["Ada"]


def test_a_choice_replaces_the_one_before_whatever_the_case(bundle: Bundle) -> None:
    mapping = LabelMapping(kinds={"source": "claim"})
    again = with_meaning(mapping, labels(bundle, mapping)["kind Source"], "speaker")
    assert again.kinds == {"Source": "speaker"}


def test_what_another_codebook_calls_so_is_unknown_here(bundle: Bundle) -> None:
    mapping = LabelMapping(kinds={"Source": "narrator"})
    assert labels(bundle, mapping)["kind Source"].means is None
