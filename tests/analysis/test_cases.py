"""Cases: nothing that anybody says is left out or told twice, and decisions hold them together."""

from __future__ import annotations

from pathlib import Path

from annotator.analysis.cases import cases
from annotator.analysis.sheet import scheme
from annotator.core import linking, marking
from annotator.core.review import judging
from annotator.core.review.docket import roots
from tests.store.teams import claim_by, team_project, the_article


def test_everything_is_in_one_case_also_what_cannot_be_compared(tmp_path: Path) -> None:
    rita = team_project(tmp_path / "p.annotator", "Ada", "Bo")
    article = the_article(rita)
    with rita.as_analyst("Ada") as ada:
        claim_by(ada, 0, 23, stance=-1)
        page = ada.page(article)
        edit, mark, made = marking.mark(page, ada.codebook, "speaker", [], ada.new_id)
        ada.do(edit)
        ada.do(linking.unlink(ada.page(article), made.id, mark.id))
    with rita.as_analyst("Bo") as bo:
        claim_by(bo, 1, 22)
        claim_by(bo, 37, 46)
    docket = rita.docket(article)
    found = cases(docket, scheme(rita.codebook))
    ids = [id for case in found for id in case.ids]
    assert sorted(ids) == sorted(s.id for page in docket.pages.values() for s in roots(page))
    assert [len(case.ids) for case in found].count(2) == 1
    rita.close()


def test_what_was_judged_together_stays_together(tmp_path: Path) -> None:
    rita = team_project(tmp_path / "p.annotator", "Ada", "Bo")
    article = the_article(rita)
    with rita.as_analyst("Ada") as ada:
        one = claim_by(ada, 0, 23)
    with rita.as_analyst("Bo") as bo:
        same, far = claim_by(bo, 0, 23), claim_by(bo, 37, 46)
    docket = rita.docket(article)
    rita.do(judging.take(docket, [one.id, far.id], [one.id], rita.new_id))
    found = cases(rita.docket(article), scheme(rita.codebook))
    assert {frozenset(case.ids) for case in found} == {
        frozenset({one.id, far.id}),
        frozenset({same.id}),
    }
    assert sorted(case.state for case in found) == ["accepted", "undecided"]
    rita.close()
