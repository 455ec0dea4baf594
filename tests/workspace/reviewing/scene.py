"""Two analysts' layers of one article, and the reviewer before them."""

from __future__ import annotations

from pathlib import Path

from annotator.core.model import Id, Statement
from annotator.core.review import judging
from annotator.core.review.docket import Docket
from annotator.core.review.readback import Outcome, what_changed
from annotator.core.review.records import Verdict
from annotator.workspace import Workspace
from tests.store.teams import claim_by, team_project, the_article


class Scene:
    """Ada and Bo have each marked the claim, Bo with another boundary and stance."""

    def __init__(self, path: Path) -> None:
        self.rita = team_project(path, "Ada", "Bo")
        self.ada, self.bo = self.rita.as_analyst("Ada"), self.rita.as_analyst("Bo")
        self.article = the_article(self.rita)
        self.of_ada = claim_by(self.ada, 0, 23, stance=-1)
        self.of_bo = claim_by(self.bo, 0, 22, stance=1)

    @property
    def docket(self) -> Docket:
        return self.rita.docket(self.article)

    @property
    def verdict(self) -> Verdict:
        (verdict,) = self.rita.verdicts(self.article)
        return verdict

    @property
    def gold(self) -> Statement:
        (statement,) = self.docket.gold.statements.values()
        return statement

    @property
    def both(self) -> tuple[Id, Id]:
        return self.of_ada.id, self.of_bo.id

    def take(self, *chosen: Id) -> None:
        self.rita.do(judging.take(self.docket, self.both, chosen, self.rita.new_id))

    def read_by(self, workspace: Workspace) -> list[Outcome]:
        docket = workspace.docket(self.article)
        return what_changed(
            docket, workspace.analyst.id, workspace.codebook, lambda _, value: str(value)
        )
