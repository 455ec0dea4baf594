"""The report of a round: the printed page is what the golden file says; verdicts in words."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from annotator import __version__
from annotator.core.model import GOLD
from annotator.core.review.judging import reject, take
from annotator.formats.review_round import as_html, tables
from annotator.formats.review_round.content import Round
from annotator.workspace import Workspace
from annotator.workspace.rounds import round_of
from tests.agreed import agreed_project

GOLDEN = Path(__file__).with_name("round.html")


def a_round(tmp_path: Path, decide: bool = False) -> Round:
    path = tmp_path / "agreed.annotator"
    agreed_project(path)
    with Workspace.open(path, "Ada") as workspace:
        if decide:
            _decide(workspace)
        comparison = workspace.comparison()
        for _ in comparison.steps():
            pass
        found = round_of(workspace, comparison)
    return dataclasses.replace(found, made_at="2026-01-01T00:00:00Z")


def _decide(workspace: Workspace) -> None:
    """The first statement of an article is taken, Ada's other one rejected."""
    docket = workspace.docket(workspace.articles()[0].id)
    ada, ben = (docket.pages[a.id] for a in workspace.analysts() if a.name in ("Ada", "Ben"))
    if ada.layer != workspace.analyst.id:
        ada, ben = ben, ada
    first, second = (s.id for s in ada.in_order())
    (other,) = ben.statements
    workspace.do(take(docket, [first, other], [first], workspace.new_id, note="<clear>"))
    docket = workspace.docket(workspace.articles()[0].id)
    workspace.do(reject(docket, [second], "outside", gap=True))


def test_the_page_is_what_the_golden_file_says(tmp_path: Path) -> None:
    """After a change that is meant: write the page over ``round.html`` and look at it."""
    page = as_html.page(a_round(tmp_path)).replace(__version__, "VERSION")
    assert page == GOLDEN.read_text(encoding="utf-8")


def test_decisions_are_told_in_words(tmp_path: Path) -> None:
    found = a_round(tmp_path, decide=True)
    taken, rejected = sorted(found.decisions, key=lambda one: one.decision)
    assert (taken.decision, rejected.decision) == ("accepted", "rejected")
    assert taken.by == "Ada"
    assert taken.sources[0][1].startswith("speaker “Lavrov” (Sergei Lavrov)")
    assert "“Lav”" in taken.sources[1][1]
    assert taken.gold[0].startswith("speaker “Lavrov”")
    assert len(taken.gold) == 1
    assert rejected.reason == "outside the guidelines"
    assert rejected.gap
    page = as_html.page(found)
    assert "1 accepted, 1 rejected; 1 guideline gap." in page
    assert "&lt;clear&gt;" in page
    (flat,) = found.gold
    assert flat.quotes == {"speaker": "Lavrov", "claim": "no", "position": "no"}
    assert flat.fields["position.stance"].startswith("+1")
    told = tables.encode(found, "decisions").decode("utf-8-sig")
    assert "outside the guidelines" in told
    assert GOLD not in found.agreement.layers


def test_what_is_gone_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "agreed.annotator"
    agreed_project(path)
    with Workspace.open(path, "Ada") as workspace:
        _decide(workspace)
        with workspace.as_analyst("Ben") as ben:
            while ben.undo():
                pass
        comparison = workspace.comparison()
        for _ in comparison.steps():
            pass
        found = round_of(workspace, comparison)
    taken = next(one for one in found.decisions if one.decision == "accepted")
    assert taken.sources[1][1] == "not there any more"
