"""The export says of each layer that was judged whether gold has what it says."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.core.model import GOLD
from annotator.core.review import judging
from annotator.formats import annotator_json
from annotator.workspace import Workspace
from tests.store.teams import claim_by, team_project, the_article


def said_by_two(path: Path) -> tuple[Workspace, list[int]]:
    """Ada and Bo find the same claim, with another position each."""
    rita = team_project(path, "Ada", "Bo")
    found = []
    for name, stance in (("Ada", -1), ("Bo", 1)):
        with rita.as_analyst(name) as analyst:
            found.append(claim_by(analyst, 0, 23, stance=stance).id)
    return rita, found


def taken(rita: Workspace, layer: int | None = None) -> list[bool]:
    (article,) = json.loads(annotator_json.encode(rita.outgoing(None, layer).whole()))["articles"]
    (verdict,) = article["verdicts"]
    by_id = {int(source["id"]): source["taken"] for source in verdict["sources"]}
    return [by_id[id] for id in sorted(by_id)]


def test_one_of_two(tmp_path: Path) -> None:
    rita, (ada, bo) = said_by_two(tmp_path / "p.annotator")
    with rita:
        rita.do(judging.take(rita.docket(the_article(rita)), [ada, bo], [bo], rita.new_id))
        assert taken(rita) == [id == bo for id in sorted((ada, bo))]


def test_both_put_together(tmp_path: Path) -> None:
    rita, both = said_by_two(tmp_path / "p.annotator")
    with rita:
        rita.do(judging.take(rita.docket(the_article(rita)), both, both, rita.new_id))
        (part,) = rita.bundle().articles
        (verdict,) = part.verdicts
        assert verdict.decision == "accepted"
        assert sum(one.layer == GOLD for one in part.statements) == 1
        assert taken(rita) == [True, True]
        assert taken(rita, GOLD) == [False, False]


def test_neither(tmp_path: Path) -> None:
    rita, both = said_by_two(tmp_path / "p.annotator")
    with rita:
        rita.do(judging.reject(rita.docket(the_article(rita)), both, "other"))
        assert taken(rita) == [False, False]
