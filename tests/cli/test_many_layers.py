"""Six layers on 24 articles: every pair and every kind, by the command line, counted a second time."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from annotator import paths
from annotator.cli import main
from annotator.core.model import Id, Mark
from annotator.workspace import Workspace
from tests.many_layers import many_layers

ARTICLES, LAYERS = 24, 6


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("six") / "six.annotator"
    many_layers(path, ARTICLES, LAYERS)
    return path


def told(capsys: pytest.CaptureFixture[str], project: Path, *words: str) -> dict[str, Any]:
    assert main(["agreement", str(project), "--json", *words]) == 0
    found = json.loads(capsys.readouterr().out)
    schema = paths.resources() / "schema" / "agreement-1.json"
    jsonschema.validate(found, json.loads(schema.read_text(encoding="utf-8")))
    assert isinstance(found, dict)
    return found


def of(found: dict[str, Any], measure: str, kind: str = "") -> list[dict[str, Any]]:
    return [f for f in found["figures"] if (f["measure"], f["of"]) == (measure, kind)]


class Plain:
    """The same project, character by character."""

    def __init__(self, project: Path) -> None:
        self.marks: dict[tuple[Id, Id], list[Mark]] = {}
        with Workspace.open(project) as workspace:
            self.kinds = tuple(workspace.codebook.kinds)
            self.layers = [a.id for a in workspace.analysts()]
            self.lengths = {a.id: a.length for a in workspace.articles()}
            for article in self.lengths:
                for layer in self.layers:
                    self.marks[article, layer] = list(workspace.page(article, layer).marks.values())

    def exact(self, one: Id, other: Id, kind: str) -> float:
        both = total = 0
        for article in self.lengths:
            spans = [
                {
                    tuple((f.start, f.end) for f in mark.fragments)
                    for mark in self.marks[article, layer]
                    if mark.kind == kind
                }
                for layer in (one, other)
            ]
            both += len(spans[0] & spans[1])
            total += len(spans[0]) + len(spans[1])
        return 2 * both / total

    def judged(self, article: Id, layer: Id, priority: tuple[str, ...]) -> list[str]:
        """The kind that counts at each character."""
        strength = {
            mark.id: (
                priority.index(mark.kind) if priority else 0,
                sum(f.end - f.start for f in mark.fragments),
                self.kinds.index(mark.kind) if not priority else 0,
                mark.fragments[0].start,
            )
            for mark in self.marks[article, layer]
        }
        found = [""] * self.lengths[article]
        for mark in sorted(self.marks[article, layer], key=lambda m: strength[m.id], reverse=True):
            for piece in mark.fragments:
                found[piece.start : piece.end] = [mark.kind] * (piece.end - piece.start)
        return found

    def alpha(self, priority: tuple[str, ...] = ()) -> float:
        """Krippendorff's, nominal, from the coincidence matrix."""
        met: Counter[tuple[str, str]] = Counter()
        for article in self.lengths:
            layers = [self.judged(article, layer, priority) for layer in self.layers]
            for mine, theirs in combinations(layers, 2):
                met.update(zip(mine, theirs, strict=True))
                met.update(zip(theirs, mine, strict=True))
        times = {two: number / (len(self.layers) - 1) for two, number in met.items()}
        total: dict[str, float] = {}
        for (one, _), number in times.items():
            total[one] = total.get(one, 0.0) + number
        n = sum(total.values())
        apart = sum(number for (one, other), number in times.items() if one != other)
        chance = sum(total[a] * total[b] for a in total for b in total if a != b)
        return 1 - (n - 1) * apart / chance


def test_every_pair_and_all_layers_have_every_figure(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(capsys, project)
    assert len(found["coverage"]["layers"]) == LAYERS
    assert found["coverage"]["finished_by"] == {str(LAYERS): ARTICLES}
    pairs = LAYERS * (LAYERS - 1) // 2
    for measure in ("f1.exact", "f1.overlap", "f1.iou50", "f1.characters", "f1.aligned"):
        assert len(of(found, measure)) == pairs + 1, measure
    for measure in ("found.exact", "found.any", "found.statements"):
        assert len(of(found, measure)) == 2 * pairs, measure
    for kind in ("speaker", "cue", "claim", "position"):
        assert len(of(found, "f1.exact", kind)) == pairs + 1
        assert len(of(found, "kappa.kind", kind)) == pairs
        assert len(of(found, "alpha.kind", kind)) == 1
    for measure in ("alpha.sets", "alpha.flat", "alpha.overall", "alpha.finding", "alpha.naming"):
        (figure,) = of(found, measure)
        assert len(figure["layers"]) == LAYERS
        assert figure["interval"]["low"] <= figure["value"] <= figure["interval"]["high"]
    for field in ("speaker.actor", "position.issue", "position.stance"):
        assert len(of(found, "alpha.field", field)) == 1
    assert len(found["articles"]) == ARTICLES


def test_pairs_are_those_of_plain_sets(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = Plain(project)
    found = told(capsys, project, "--no-intervals")
    for kind in ("speaker", "cue", "claim", "position"):
        pairs = [f for f in of(found, "f1.exact", kind) if len(f["layers"]) == 2]
        for figure in pairs:
            one, other = map(int, figure["layers"])
            assert figure["value"] == pytest.approx(plain.exact(one, other, kind), abs=1e-6)


def test_priority_is_chosen_and_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = Plain(project)
    usual = told(capsys, project, "--no-intervals")
    assert usual["overlaps"] == []
    assert of(usual, "alpha.flat")[0]["value"] == pytest.approx(plain.alpha(), abs=1e-6)
    chosen = told(capsys, project, "--no-intervals", "--priority", "position, Cue,speaker,claim")
    order = tuple(chosen["overlaps"])
    assert order[:4] == ("position", "cue", "speaker", "claim")
    assert set(order) == set(plain.kinds)
    value = of(chosen, "alpha.flat")[0]["value"]
    assert value == pytest.approx(plain.alpha(order), abs=1e-6)
    assert value != of(usual, "alpha.flat")[0]["value"]
    assert of(chosen, "alpha.sets") == of(usual, "alpha.sets")
    assert of(usual, "alpha.flat") == of(told(capsys, project, "--no-intervals"), "alpha.flat")


def test_the_text_says_which_mark_counts(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", str(project), "--no-intervals"]) == 0
    assert (
        "where marks overlap and one kind must count: the shorter mark" in capsys.readouterr().out
    )
    assert main(["agreement", str(project), "--no-intervals", "--priority", "cue"]) == 0
    assert "one kind must count: cue, speaker" in capsys.readouterr().out
    assert main(["agreement", str(project), "--priority", "nonsense"]) == 1
    assert "No kind is called nonsense; there are speaker" in capsys.readouterr().err


def test_seven_layers_are_not_cut_to_six(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Six is what fits beside one text; figures have no such limit."""
    path = tmp_path / "seven.annotator"
    many_layers(path, articles=2, analysts=7)
    found = told(capsys, path, "--no-intervals")
    assert len(found["coverage"]["layers"]) == 7
    assert len(of(found, "f1.exact")) == 21 + 1
