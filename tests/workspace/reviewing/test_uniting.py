"""Several accounts of one thing taken together: equal marks once, and positions in one statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core import marking
from annotator.core.codebook import issue_id
from annotator.core.model import GOLD, Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.review import judging
from annotator.core.review.readback import what_changed
from tests.store.teams import claim_by, team_project, the_article

SUMMIT, PEACE = str(issue_id("summit")), str(issue_id("peace"))
CLAIM = (0, 23)


class Three:
    """Ada, Bo and Cy have each marked the same words; who differs in what is up to a test."""

    def __init__(self, path: Path) -> None:
        self.rita = team_project(path, "Ada", "Bo", "Cy")
        self.names = {name: self.rita.as_analyst(name) for name in ("Ada", "Bo", "Cy")}
        self.said: dict[str, Id] = {}

    def say(self, name: str, end: int = CLAIM[1], **fields: str | int) -> None:
        self.said[name] = claim_by(self.names[name], CLAIM[0], end, **fields).id

    def add(self, name: str, kind: str, start: int, end: int) -> None:
        """A further mark in what somebody said."""
        who = self.names[name]
        page = who.page(the_article(who))
        hand = self.said[name]
        who.do(marking.mark(page, who.codebook, kind, [(start, end)], who.new_id, hand)[0])

    def draft(self) -> judging.Draft:
        docket = self.rita.docket(the_article(self.rita))
        ids = list(self.said.values())
        return judging.Draft(docket, ids, ids, self.rita.new_id)

    def take_all(self) -> None:
        self.rita.do(self.draft().taken())

    @property
    def gold(self) -> Page:
        return self.rita.page(the_article(self.rita), GOLD)

    def kinds(self) -> list[str]:
        return sorted(mark.kind for mark in self.gold.marks.values())

    def sides(self, statement: Statement) -> list[tuple[object, object]]:
        marks = self.gold.members(statement, "position")
        return sorted((m.fields.get("issue"), m.fields.get("stance")) for m in marks)

    def fate(self, name: str) -> tuple[str, str]:
        who = self.names[name]
        docket = who.docket(the_article(who))
        found = what_changed(docket, who.analyst.id, who.codebook, lambda _, value: str(value))
        (one,) = (o for o in found if o.id == self.said[name])
        return one.fate, one.words


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    made = Three(tmp_path / "p.annotator")
    yield made
    assert made.rita.check() == []
    for workspace in (made.rita, *made.names.values()):
        workspace.close()


def test_one_claim_on_two_issues_is_one_statement_with_two_positions(three: Three) -> None:
    three.say("Ada", issue=SUMMIT, stance=-2)
    three.say("Bo", issue=PEACE, stance=-2)
    three.say("Cy", issue=SUMMIT, stance=-2)
    three.take_all()
    (statement,) = three.gold.in_order()
    assert three.kinds() == ["claim", "position", "position"]
    assert three.sides(statement) == sorted([(SUMMIT, -2), (PEACE, -2)])
    (verdict,) = three.rita.verdicts(the_article(three.rita))
    assert verdict.decision == "accepted"
    assert {source.id for source in verdict.sources} == set(three.said.values())
    assert set(verdict.gold) == {*three.gold.marks, *three.gold.statements}
    assert three.draft().contradictions == ()


def test_taking_them_back_is_one_step(three: Three) -> None:
    three.say("Ada", issue=SUMMIT, stance=-2)
    three.say("Bo", issue=PEACE, stance=-2)
    three.take_all()
    three.rita.undo()
    assert not three.gold.marks
    assert not three.gold.statements
    assert three.rita.verdicts(the_article(three.rita)) == []


def test_two_sides_on_one_issue_are_a_contradiction_to_be_told(three: Three) -> None:
    three.say("Ada", issue=SUMMIT, stance=-2)
    three.say("Bo", issue=SUMMIT, stance=1)
    (found,) = three.draft().contradictions
    assert (found.issue, found.stances) == (SUMMIT, (-2, 1))


def test_a_contradiction_that_somebody_made_alone_is_not_of_the_taking(three: Three) -> None:
    three.say("Ada", issue=SUMMIT, stance=-2)
    ada = three.names["Ada"]
    before = set(ada.page(the_article(ada)).marks)
    three.add("Ada", "position", 25, 30)
    (new,) = set(ada.page(the_article(ada)).marks) - before
    for field, value in (("issue", SUMMIT), ("stance", 1)):
        mark = ada.record("mark", new)
        assert isinstance(mark, Mark)
        ada.do(marking.set_field(mark, ada.codebook, field, value))
    three.say("Bo", issue=PEACE, stance=1)
    assert three.draft().contradictions == ()


def test_what_differs_in_the_claim_stays_apart_and_shares_equal_marks(three: Three) -> None:
    three.say("Ada", issue=SUMMIT, stance=1)
    three.say("Bo", end=22, issue=SUMMIT, stance=1)
    for name in ("Ada", "Bo"):
        three.add(name, "speaker", 24, 30)
    three.take_all()
    assert len(three.gold.statements) == 2
    assert three.kinds() == ["claim", "claim", "position", "position", "speaker"]
    (speaker,) = (m for m in three.gold.marks.values() if m.kind == "speaker")
    assert len(three.gold.holders(speaker.id)) == 2


def test_what_differs_in_the_speaker_stays_apart(three: Three) -> None:
    three.say("Ada", issue=SUMMIT, stance=1)
    three.say("Bo", issue=SUMMIT, stance=1)
    three.add("Ada", "speaker", 24, 30)
    three.take_all()
    assert len(three.gold.statements) == 2
    assert three.kinds() == ["claim", "position", "speaker"]


def test_a_cue_that_only_one_has_joins_and_two_that_differ_do_not(three: Three) -> None:
    three.say("Ada", issue=SUMMIT, stance=1)
    three.say("Bo", issue=PEACE, stance=1)
    three.say("Cy", issue=PEACE, stance=1)
    three.add("Bo", "cue", 31, 35)
    three.take_all()
    (statement,) = three.gold.in_order()
    assert len(three.gold.members(statement, "cue")) == 1
    three.add("Cy", "cue", 24, 35)
    three.take_all()
    assert len(three.gold.statements) == 2
    assert three.kinds() == ["claim", "cue", "cue", "position", "position"]


def test_analysts_read_that_theirs_was_accepted_and_what_others_added(three: Three) -> None:
    three.say("Ada", issue=SUMMIT, stance=-2)
    three.say("Bo", issue=PEACE, stance=1)
    three.take_all()
    for name in ("Ada", "Bo"):
        fate, words = three.fate(name)
        assert fate == "accepted"
        assert words == (
            "Accepted, with what others found: position ““It was not discussed,”” added"
        )


def test_together_and_then_edited_is_a_correction(three: Three) -> None:
    three.say("Ada", issue=SUMMIT, stance=-2)
    three.say("Bo", issue=PEACE, stance=1)
    draft = three.draft()
    mark = next(m for m in draft.page.marks.values() if m.fields.get("issue") == PEACE)
    draft.apply(marking.set_field(mark, three.rita.codebook, "stance", 2))
    three.rita.do(draft.taken())
    (verdict,) = three.rita.verdicts(the_article(three.rita))
    assert verdict.decision == "corrected"


def test_equal_marks_of_one_statement_stay_as_they_were_marked(three: Three) -> None:
    three.say("Ada", issue=SUMMIT, stance=-2)
    three.add("Ada", "position", 40, 45)
    three.add("Ada", "position", 40, 45)
    three.say("Bo", issue=SUMMIT, stance=-2)
    three.take_all()
    assert three.kinds() == ["claim", "position", "position", "position"]
    (verdict,) = three.rita.verdicts(the_article(three.rita))
    assert verdict.decision == "accepted"
