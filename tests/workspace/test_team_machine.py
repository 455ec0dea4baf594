"""Three copies of a project on which analysts mark, a reviewer judges, all undo, and files are merged.

What must never be: gold that nobody decided, a layer that is seen while it is hidden, rows that the
journal does not explain, a second merge that changes something, two files that hold the same steps
and say different things.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from annotator.core import articles, linking, marking
from annotator.core.errors import NotAllowed
from annotator.core.model import GOLD, Article
from annotator.core.review import judging
from annotator.core.review.agreeing import Rule, take_agreed
from annotator.core.review.correcting import correct
from annotator.core.review.docket import roots
from annotator.core.review.procedure import reopen, set_procedure
from annotator.workspace import Workspace
from tests.store.teams import TEXT, groups_by_place, team_project
from tests.store.two_files import rows

ANALYSTS = ("Ada", "Bo")
COPIES = st.integers(0, 2)
WHO = st.sampled_from(ANALYSTS)
PICK = st.integers(0, 5)


class Team(RuleBasedStateMachine):
    """One article; Ada marks on copy 0, Bo on copy 1, Rita judges on copy 2."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.paths = [self.folder / f"{n}.annotator" for n in range(3)]
        team_project(self.paths[0], *ANALYSTS).close()
        for path in self.paths[1:]:
            shutil.copyfile(self.paths[0], path)
        self.open: dict[tuple[int, str], Workspace] = {}

    def teardown(self) -> None:
        for n in range(3):
            assert self.at(n, "Rita").check() == []
        for workspace in self.open.values():
            workspace.close()
        self.everyone_has_everything()
        shutil.rmtree(self.folder)

    def everyone_has_everything(self) -> None:
        """Merged round and round until nothing is new, all three say the same."""
        for _ in range(4):
            for n in range(3):
                with Workspace.open(self.paths[n], "Rita") as rita:
                    for other in self.paths:
                        if other != self.paths[n]:
                            rita.merge(other)
                            assert rita.check() == []
                            assert not rita.merge(other).anything
        assert rows(self.paths[0]) == rows(self.paths[1]) == rows(self.paths[2])

    def at(self, copy: int, name: str) -> Workspace:
        key = copy, name
        if key not in self.open:
            self.open[key] = Workspace.open(self.paths[copy], name)
        self.open[key].poll()
        return self.open[key]

    def mine(self, name: str) -> Workspace:
        return self.at(ANALYSTS.index(name) if name in ANALYSTS else 2, name)

    def article(self, workspace: Workspace) -> Article | None:
        return next(iter(workspace.articles()), None)

    @rule(
        who=WHO,
        kind=st.sampled_from(["claim", "speaker", "position"]),
        place=st.sampled_from([(0, 23), (24, 30), (37, 46), (0, 22)]),
        join=st.booleans(),
        elsewhere=st.booleans(),
    )
    def mark(
        self, who: str, kind: str, place: tuple[int, int], join: bool, elsewhere: bool
    ) -> None:
        """Also on the reviewer's copy: then one analyst's layer is written on two."""
        workspace = self.at(2, who) if elsewhere else self.mine(who)
        article = self.article(workspace)
        if article is None:
            return
        page = workspace.page(article.id)
        hand = next(iter(sorted(page.statements)), None) if join else None
        edit, _, _ = marking.mark(page, workspace.codebook, kind, [place], workspace.new_id, hand)
        with contextlib.suppress(NotAllowed):
            workspace.do(edit)

    @rule(
        who=WHO,
        pick=PICK,
        how=st.sampled_from(["note", "kind", "stance", "delete", "unlink"]),
        elsewhere=st.booleans(),
    )
    def change(self, who: str, pick: int, how: str, elsewhere: bool) -> None:
        workspace = self.at(2, who) if elsewhere else self.mine(who)
        article = self.article(workspace)
        page = workspace.page(article.id) if article else None
        if page is None or not page.marks:
            return
        mark = page.marks[sorted(page.marks)[pick % len(page.marks)]]
        book = workspace.codebook
        with contextlib.suppress(NotAllowed):
            match how:
                case "note":
                    workspace.do(marking.set_note(mark, f"note {pick}"))
                case "kind":
                    workspace.do(marking.retype(page, book, mark.id, ["claim", "cue"][pick % 2]))
                case "stance":
                    workspace.do(marking.set_field(mark, book, "stance", pick % 3 - 1))
                case "delete":
                    workspace.do(marking.delete(page, [mark.id]))
                case _:
                    holder = next(iter(page.holders(mark.id)), None)
                    if holder is not None:
                        workspace.do(linking.unlink(page, holder.id, mark.id))

    @rule(who=WHO, done=st.booleans())
    def progress(self, who: str, done: bool) -> None:
        workspace = self.mine(who)
        article = self.article(workspace)
        status = workspace.status(article.id) if article else None
        if article is None:
            return
        with contextlib.suppress(NotAllowed):
            if done:
                edit = articles.set_progress(article.id, workspace.analyst.id, status, "done")
                workspace.do(edit)
            else:
                workspace.do(reopen(status))

    @rule(
        pick=PICK,
        how=st.sampled_from(["take", "both", "reject", "edit", "agreed", "withdraw", "correct"]),
        copy=st.sampled_from([2, 2, 0]),
    )
    def judge(self, pick: int, how: str, copy: int) -> None:
        rita = self.at(copy, "Rita")
        article = self.article(rita)
        if article is None:
            return
        docket = rita.docket(article.id)
        groups = groups_by_place(rita)
        if how == "agreed":
            rule_ = Rule(boundary=1, at_least=1)
            rita.do(take_agreed(docket, groups, rule_, rita.new_id))
            return
        if how == "withdraw":
            if docket.verdicts:
                chosen = docket.verdicts[pick % len(docket.verdicts)]
                rita.do(judging.withdraw(docket, chosen))
            return
        if how == "correct":
            kind = ["claim", "speaker"][pick % 2]
            edit, _, _ = marking.mark(
                docket.gold,
                rita.codebook,
                kind,
                [(pick, pick + 4)],
                rita.new_id,
                next(iter(sorted(docket.gold.statements)), None),
            )
            rita.do(correct(docket, edit))
            return
        if not groups:
            return
        group = groups[pick % len(groups)]
        if how == "reject":
            rita.do(judging.reject(docket, group, "other"))
        elif how == "edit":
            draft = judging.Draft(docket, group, group[:1], rita.new_id)
            mark = next(iter(draft.page.marks))
            draft.apply(marking.set_note(draft.page.marks[mark], "edited"))
            rita.do(draft.taken())
        else:
            rita.do(judging.take(docket, group, group if how == "both" else group[:1], rita.new_id))

    @rule(copy=COPIES, who=st.sampled_from([*ANALYSTS, "Rita"]), redo=st.booleans())
    def undo(self, copy: int, who: str, redo: bool) -> None:
        workspace = self.at(copy, who)
        if redo:
            workspace.redo()
        elif (workspace.next_undo() or "").startswith(("Import", "Procedure")) is False:
            workspace.undo()

    @rule(blind=st.booleans())
    def procedure(self, blind: bool) -> None:
        rita = self.mine("Rita")
        rita.do(set_procedure(rita.procedure(), blind=blind))

    @rule()
    def remove_the_article(self) -> None:
        """On one copy, while others go on marking."""
        rita = self.at(1, "Rita")
        rita.remove(rita.articles())

    @rule(into=COPIES, other=COPIES)
    def merge(self, into: int, other: int) -> None:
        if into == other:
            return
        rita = self.at(into, "Rita")
        dry = rita.merge(self.paths[other], dry_run=True)
        merged = rita.merge(self.paths[other])
        assert merged == dry
        assert not rita.merge(self.paths[other]).anything

    @invariant()
    def gold_is_what_somebody_decided(self) -> None:
        for n in range(3):
            rita = self.at(n, "Rita")
            for article in rita.articles():
                gold = rita.page(article.id, GOLD)
                named = [id for verdict in rita.verdicts(article.id) for id in verdict.gold]
                assert sorted(named) == sorted([*gold.marks, *gold.statements])
                for said in gold.marks.values():
                    assert [TEXT[f.start : f.end] for f in said.fragments] == [
                        f.quote for f in said.fragments
                    ]

    @invariant()
    def who_is_blind_sees_nothing(self) -> None:
        for n, who in enumerate(ANALYSTS):
            workspace = self.at(n, who)
            procedure = workspace.procedure()
            for article in workspace.articles():
                status = workspace.status(article.id)
                if (
                    procedure is None
                    or not procedure.blind
                    or (status and status.progress != "in progress")
                ):
                    continue
                assert set(workspace.layers(article.id)) <= {workspace.analyst.id}
                assert workspace.verdicts(article.id) == []
                (part,) = workspace.bundle([article]).articles
                assert {record.layer for record in part.said} <= {workspace.analyst.id}
                with contextlib.suppress(NotAllowed):
                    assert not roots(workspace.page(article.id, GOLD))
                    raise AssertionError("gold was shown")


TestTeam = Team.TestCase
TestTeam.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
