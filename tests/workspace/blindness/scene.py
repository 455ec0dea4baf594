"""A blind project, and which of its secrets an answer tells."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.core import articles, marking
from annotator.core.page import Page
from annotator.core.review import judging
from annotator.core.review.assigning import give
from annotator.core.review.commenting import comment
from annotator.core.review.docket import Docket
from annotator.core.review.procedure import set_procedure
from annotator.core.revision import Revision
from annotator.formats.exchange.format import Outgoing
from annotator.workspace import Workspace
from tests.store.teams import claim_by, team_project, the_article

NOTE, COMMENT, VERDICT = "hush-hush", "psst-psst", "sssh-sssh"


class Scene:
    """A blind project. Ada is done; Bo, who looks, is to mark the same article; Rita has decided."""

    def __init__(self, path: Path) -> None:
        self.path = path
        rita = team_project(path, "Ada", "Bo")
        self.article = the_article(rita)
        with rita.as_analyst("Ada") as ada:
            self.ada = ada.analyst.id
            said = claim_by(ada, 0, 23, stance=-1)
            ada.do(marking.set_note(said, NOTE))
            ada.do(articles.set_progress(self.article, self.ada, None, "done"))
            page = ada.page(self.article)
            self.hidden = [*page.marks, *page.statements]
            speaker = marking.mark(page, ada.codebook, "speaker", [(24, 30)], ada.new_id)
            ada.do(speaker[0])
            self.hidden += [c.id for c in speaker[0].changes]
            now = ada.page(self.article).mark(speaker[1].id)
            self.actor = next(a for a in ada.actors() if "Lavrov" in a.name)
            ada.do(marking.set_field(now, ada.codebook, "actor", str(self.actor.id)))
        with rita.as_analyst("Bo") as bo:
            self.bo = bo.analyst.id
            self.own = claim_by(bo, 37, 46)
        docket = rita.docket(self.article)
        taken = judging.take(docket, [said.id], [said.id], rita.new_id, note=VERDICT, gap=True)
        rita.do(taken)
        self.hidden += [c.id for c in taken.changes]
        edit, made = comment(said, COMMENT, rita.new_id())
        rita.do(edit)
        self.hidden.append(made.id)
        rita.do(give([self.article], [self.ada, self.bo], []))
        rita.do(set_procedure(rita.procedure(), blind=True))
        rita.close()

    def looking(self, name: str | None) -> Workspace:
        return Workspace.open(self.path, name)


def told(answer: object) -> str:
    """All that an answer says, in one string."""
    if isinstance(answer, Page):
        return told([*answer.marks.values(), *answer.statements.values()])
    if isinstance(answer, Docket):
        return told([answer.gold, *answer.pages.values(), *answer.verdicts])
    if isinstance(answer, Revision):  # its number may be that of a record
        return told([answer.label, *answer.entries])
    if isinstance(answer, Outgoing):
        return told([answer.project, *answer.articles])
    if isinstance(answer, dict):
        return told(list(answer.items()))
    if isinstance(answer, Iterable) and not isinstance(answer, str | bytes):
        return " ".join(told(one) for one in answer)
    return str(answer)


def leaks(scene: Scene, answer: object) -> list[str]:
    """Which secrets an answer tells."""
    words = told(answer)
    secrets = [NOTE, COMMENT, VERDICT, "Claim ““It was", "Take “", *map(str, scene.hidden)]
    return [secret for secret in secrets if secret in words]
