"""The list of what is still to be done: what is in it, in which order, and kept up to date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core import linking, marking
from annotator.core.findings import Finding, Findings
from annotator.core.model import Mark, Statement
from annotator.core.quality import outer_quotations, shared, stray_marks
from annotator.core.revision import Edit
from tests.core.pages import BOOK, TEXT, Desk


class Watched(Desk):
    """A desk whose findings are kept up to date as the window does it."""

    def __init__(self, text: str = TEXT) -> None:
        super().__init__(text)
        self.findings = Findings(self.page, BOOK)
        self.told: list[Finding] = []

    def do(self, edit: Edit) -> None:
        super().do(edit)
        statements = {c.id for c in edit.changes if c.kind == "statement"}
        marks = {c.id for c in edit.changes if c.kind == "mark"}
        self.told = self.findings.look_again(statements, marks)

    def said(self, *sorts: str) -> list[tuple[str, str]]:
        """What is found, of some sorts or of all, with the words it stands at."""
        return [
            (f.text, self.page.text[f.start : f.end])
            for f in self.findings
            if not sorts or f.sort in sorts
        ]


def same_as_looked_through_anew(desk: Watched) -> bool:
    return list(desk.findings) == list(Findings(desk.page, BOOK))


def test_what_is_missing_stands_at_the_claim_of_its_statement() -> None:
    desk = Watched()
    claim = desk.mark("claim", "possible")
    desk.mark("position", "possible", hand=desk.holder(claim))
    assert desk.said("missing") == [
        ("no speaker yet", "possible"),
        ("no issue yet", "possible"),
        ("no stance yet", "possible"),
    ]
    lack = next(f for f in desk.findings if f.field == "issue")
    assert (lack.statement, lack.mark) == (desk.holder(claim).id, next(reversed(desk.page.marks)))


def test_a_quotation_is_to_do_until_a_claim_or_position_lies_in_it() -> None:
    desk = Watched()
    first, second = "“We’re going to find out,”", "“It’s possible 😀.”"
    assert [w for _, w in desk.said("quotation")] == [first, second]
    claim = desk.mark("claim", "find out")
    assert [w for _, w in desk.said("quotation")] == [second]
    desk.mark("speaker", "Trump")
    position = desk.mark("position", "possible")
    assert desk.said("quotation") == []
    desk.do(marking.delete(desk.page, [claim.id, position.id]))
    assert [w for _, w in desk.said("quotation")] == [first, second]
    assert same_as_looked_through_anew(desk)


def test_what_is_marked_beside_the_page_is_not_to_do() -> None:
    desk = Watched()
    claim, speaker = desk.mark("claim", "find out"), desk.mark("speaker", "possible")
    bare = Watched()
    bare.findings = Findings(bare.page, BOOK, beside=[claim, speaker])
    assert [w for _, w in bare.said("quotation")] == ["“It’s possible 😀.”"]
    own = bare.mark("position", "find out")
    bare.do(marking.delete(bare.page, [own.id]))
    assert [w for _, w in bare.said("quotation")] == ["“It’s possible 😀.”"]


def test_a_claim_that_is_moved_leaves_its_quotation() -> None:
    desk = Watched()
    claim = desk.mark("claim", "find out,”")
    desk.do(marking.set_fragment(desk.page, claim.id, 0, desk.place("said")))
    assert [w for _, w in desk.said("quotation")] == [
        "“We’re going to find out,”",
        "“It’s possible 😀.”",
    ]


def test_marks_in_no_statement_and_what_they_lack() -> None:
    desk = Watched()
    speaker = desk.mark("speaker", "Trump")
    other = desk.mark("cue", "said", hand=desk.holder(speaker))
    desk.do(linking.unlink(desk.page, desk.holder(other).id, speaker.id))
    assert desk.said("alone") == [("in no statement", "Trump")]
    assert ("no actor yet", "Trump") in desk.said("missing")
    made = linking.link(desk.page, BOOK, desk.holder(other).id, speaker.id)
    desk.do(made)
    assert desk.said("alone") == []
    assert same_as_looked_through_anew(desk)


@pytest.mark.parametrize(
    ("text", "strays"),
    [
        ("He said “no. She “left”.", "“"),
        ("He said no.” And left.", "”"),
        ('One " alone, "two" not.\n', '"'),
        ("“One paragraph.\n\n“And another.”\n", ""),
        ("“One paragraph.\n\nNo other.\n", "“"),
        ("The leaders’ talks, rock 'n' roll, ’tis", ""),
        ("«\u00a0Non\u00a0», a-t-il dit. „Nein“, sagte er.", ""),
        ("", ""),
    ],
)
def test_quotation_marks_that_do_not_balance(text: str, strays: str) -> None:
    assert "".join(text[at] for at in stray_marks(text)) == strays
    if text:
        assert [w for _, w in Watched(text).said("stray")] == list(strays)


def test_only_the_outer_quotations_are_to_do() -> None:
    text = "He said “it is ‘over’ now” and “done”.\n"
    assert [text[s:e] for s, e in outer_quotations(text)] == ["“it is ‘over’ now”", "“done”"]


@pytest.mark.parametrize(("words", "fine"), [("find out", True), ("He waited", False)])
def test_a_direct_quote_has_quotation_marks(words: str, fine: bool) -> None:
    desk = Watched()
    claim = desk.mark("claim", words)
    assert desk.said("direct") == []
    desk.do(marking.set_field(desk.holder(claim), BOOK, "told", "direct"))
    assert (desk.said("direct") == []) == fine
    desk.do(marking.set_field(desk.holder(claim), BOOK, "told", "reported"))
    assert desk.said("direct") == []


def said_by(desk: Watched, words: str, speaker: Mark | None, actor: str = "7") -> Statement:
    """A statement of a claim, and a speaker mark filed under an actor."""
    claim = desk.mark("claim", words)
    if speaker is not None:
        desk.do(linking.link(desk.page, BOOK, desk.holder(claim).id, speaker.id))
        desk.do(marking.set_field(desk.now(speaker), BOOK, "actor", actor))
    return desk.holder(claim)


def test_one_thing_said_twice_by_one_actor_is_told_at_once() -> None:
    desk = Watched()
    trump, he = desk.mark("speaker", "Trump"), desk.mark("speaker", "He")
    first = said_by(desk, "We’re going to find out,", trump)
    assert desk.told == []
    second = said_by(desk, "find out,", he)
    assert [(f.text, f.statement, f.other) for f in desk.told] == [
        ("same speaker, same claim, overlaps 100 %", second.id, first.id)
    ]
    desk.do(marking.set_note(second, "again"))
    assert desk.told == []
    assert len(desk.said("twice")) == 1
    desk.do(marking.set_field(desk.now(he), BOOK, "actor", "8"))
    assert desk.said("twice") == []
    assert same_as_looked_through_anew(desk)


def test_the_same_words_of_two_speakers_are_not_twice() -> None:
    desk = Watched()
    trump, he = desk.mark("speaker", "Trump"), desk.mark("speaker", "He")
    said_by(desk, "We’re going to find out,", trump, "7")
    said_by(desk, "We’re going to find out,", he, "8")
    assert desk.said("twice") == []


def test_a_little_overlap_is_not_the_same_claim() -> None:
    desk = Watched()
    trump = desk.mark("speaker", "Trump")
    said_by(desk, "We’re going to find", trump)
    said_by(desk, "find out,” Trump said.", trump)
    assert desk.said("twice") == []


def test_the_share_is_of_the_shorter() -> None:
    desk = Watched()
    long, short = desk.mark("claim", "We’re going to find out"), desk.mark("claim", "going to")
    assert shared(long.fragments, short.fragments) == 1.0
    assert shared(long.fragments, ()) == 0.0


def test_a_hint_can_be_waved_away_and_a_lack_cannot() -> None:
    desk = Watched()
    hint = next(f for f in desk.findings if f.sort == "quotation")
    desk.findings.wave_away(hint)
    assert hint not in list(desk.findings)
    claim = desk.mark("claim", "find out")
    desk.do(marking.delete(desk.page, [claim.id]))
    assert hint not in list(desk.findings)
    desk.mark("claim", "possible")
    lack = next(f for f in desk.findings if f.sort == "missing")
    with pytest.raises(ValueError, match="waved away"):
        desk.findings.wave_away(lack)


def test_walking_goes_round_in_the_order_of_the_text() -> None:
    desk = Watched()
    desk.mark("claim", "possible")
    found = list(desk.findings)
    assert [f.start for f in found] == sorted(f.start for f in found)
    walked = [desk.findings.next(0, 1)]
    for _ in found:
        walked.append(desk.findings.next(0, 1, walked[-1]))
    assert walked == [*found, found[0]]
    assert desk.findings.next(0, -1, found[0]) == found[-1]
    assert desk.findings.next(found[1].start, -1) == found[0]


def test_after_one_that_is_done_comes_the_one_behind_it() -> None:
    desk = Watched()
    first, second = list(desk.findings)
    desk.mark("claim", "find out")
    behind = desk.findings.next(0, 1, first)
    assert behind is not None
    assert behind.start >= first.start
    assert desk.findings.next(0, -1, second) != second


def test_nothing_to_do() -> None:
    assert Watched("Nothing was said.").findings.next(0, 1) is None


def test_other_codebooks_need_not_call_things_as_ours() -> None:
    renamed = {"speaker": "source", "claim": "content", "position": "side"}
    kinds = {renamed.get(k, k): v for k, v in BOOK.kinds.items()}
    roles = {
        renamed.get(k, k): msgspec.structs.replace(
            v, kinds=tuple(renamed.get(kind, kind) for kind in v.kinds)
        )
        for k, v in BOOK.roles.items()
    }
    fields = {
        ("who" if k == "actor" else k): msgspec.structs.replace(
            v, on=tuple(renamed.get(o, o) for o in v.on)
        )
        for k, v in BOOK.fields.items()
    }
    book = msgspec.structs.replace(BOOK, kinds=kinds, roles=roles, fields=fields)
    desk = Desk()
    edit, _, _ = marking.mark(desk.page, book, "content", [desk.place("find out")], desk.new_id)
    desk.do(edit)
    found = Findings(desk.page, book)
    assert [f.text for f in found if f.sort == "missing"] == ["no speaker yet"]
    assert len([f for f in found if f.sort == "quotation"]) == 1


words = st.sampled_from(["find out,”", "possible", "Trump", "He waited", "Moscow", "said. “It’s"])


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 9), words), max_size=14))
def test_kept_up_to_date_it_is_as_looked_through_anew(steps: list[tuple[int, int, str]]) -> None:
    desk = Watched()
    for what, pick, quote in steps:
        step(desk, what, pick, quote)
        assert same_as_looked_through_anew(desk)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), words), min_size=9, max_size=14),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 9), words), max_size=4),
)
def test_looked_through_bit_by_bit_it_is_the_same_though_things_change_on_the_way(
    made: list[tuple[int, int, str]], changed: list[tuple[int, int, str]]
) -> None:
    desk = Watched()
    for what, pick, quote in made:
        step(desk, what, pick, quote)
    desk.findings = Findings(desk.page, BOOK, at_once=False)
    assert not desk.findings.go_on(0.0)
    for what, pick, quote in changed:
        step(desk, what, pick, quote)
        desk.findings.go_on(0.0)
    while not desk.findings.go_on(0.0):
        pass
    assert same_as_looked_through_anew(desk)


def step(desk: Watched, what: int, pick: int, quote: str) -> None:
    """Something an analyst does, on the mark or statement of a number."""
    marks, statements = list(desk.page.marks.values()), list(desk.page.statements.values())
    kinds = ["speaker", "claim", "position", "cue"]
    if what <= 2 or not marks or not statements:
        hand = statements[pick % len(statements)] if statements and pick % 2 else None
        desk.mark(kinds[pick % 4], quote, hand=hand)
        return
    mark, statement = marks[pick % len(marks)], statements[pick % len(statements)]
    deeds: dict[int, Callable[[], Any]] = {
        3: lambda: marking.delete(desk.page, [mark.id]),
        4: lambda: linking.unlink(desk.page, statement.id, mark.id),
        5: lambda: linking.link(desk.page, BOOK, statement.id, mark.id),
        6: lambda: marking.retype(desk.page, BOOK, mark.id, kinds[pick % 4]),
        7: lambda: marking.set_field(statement, BOOK, "told", "direct"),
        8: lambda: marking.set_fragment(desk.page, mark.id, 0, desk.place(quote)),
    }
    if what == 8 and not mark.fragments:
        return
    desk.do(deeds[what]())
