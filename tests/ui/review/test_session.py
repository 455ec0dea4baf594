"""A whole round by keys: two analysts differ, a reviewer decides, they read it, gold goes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.core.model import GOLD, Id
from annotator.formats import annotator_json
from annotator.ui.files import Files
from annotator.ui.review.readback import ReadBackWindow
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.review.conftest import Reviewer
from tests.ui.review.scene import ADA, ANCHORAGE, BEN, GUARANTEE, READY, Told, article_of
from tests.workshop import SEED_000, seeds_project

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CONTROL = Qt.KeyboardModifier.ControlModifier
ISSUES = {"summit": "summit", "guarantees": "Western guar"}


def mark_by_keys(hands: Hands, told: Told) -> None:
    """A statement as an analyst makes it: select, mark, fill in what is missing."""
    view, text = hands.window.pane.view, hands.text
    speaker, claim = text.index(told.near or told.speaker), text.index(told.claim)
    hands.press(ESC)
    view.select(speaker, speaker + len(told.speaker))
    hands.press("s")
    view.select(claim, claim + len(told.claim))
    hands.press("c")
    if told.issue:
        view.select(claim, claim + len(told.claim))
        hands.press("p")
    hands.press(ENTER)
    hands.type(told.actor)
    hands.press(ENTER)
    if told.issue:
        hands.type(ISSUES[told.issue])
        hands.press(ENTER)
        hands.type(f"{told.stance:+d}")
        hands.press(ENTER)
    hands.window.to_text()


def analyst_works(qtbot: QtBot, window: Window, work: tuple[Told, ...]) -> None:
    hands = Hands(qtbot, window)
    hands.open(SEED_000)
    for told in work:
        mark_by_keys(hands, told)
    hands.press("d", modifier=CONTROL)
    status = window.desk.workspace.status(article_of(window.desk.workspace))
    if status is None or status.progress != "done":
        hands.press("d", modifier=CONTROL)
    window.close()


def fates(window: Window) -> dict[str, str]:
    """What became of an analyst's claims, as their window shows it."""
    window.desk.open(article_of(window.desk.workspace))
    window.actions_by_id["review.readback"].trigger()
    beside = window.findChild(ReadBackWindow)
    assert isinstance(beside, ReadBackWindow)
    return {beside._title(outcome)[1].strip("“”"): outcome.fate for outcome in beside.outcomes}


def claims(workspace: Workspace, layer: Id) -> set[tuple[str, str, object]]:
    """The claims of a layer with who makes them and which side they take."""
    page = workspace.page(article_of(workspace), layer)
    names = {str(a.id): a.name for a in workspace.actors()}
    found: set[tuple[str, str, object]] = set()
    for statement in page.in_order():
        (claim,) = page.members(statement, "claim")
        (speaker,) = page.members(statement, "speaker")
        sides = [p.fields.get("stance") for p in page.members(statement, "position")]
        who = names[str(speaker.fields["actor"])]
        found.add((claim.quote, who, sides[0] if sides else None))
    return found


def test_a_round_of_review_by_keys(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Workspace], Window]
) -> None:
    rita = seeds_project(tmp_path, "Rita")
    for name, work in (("Ada", ADA), ("Ben", BEN)):
        analyst_works(qtbot, open_window(rita.as_analyst(name)), work)
    ids = {analyst.name: analyst.id for analyst in rita.analysts()}
    assert len(claims(rita, ids["Ada"])) == 5
    assert len(claims(rita, ids["Ben"])) == 4

    hands = Reviewer(qtbot, open_window(rita))
    bench = hands.review.bench
    assert [[d.type for d in case.differences] for case in bench.cases] == [
        [],
        ["boundary"],
        ["field", "field"],
        [],
        ["only"],
    ]
    hands.press("l", ENTER)  # all that all agree on
    hands.press("j" if bench.case is bench.cases[0] else "n")
    bench.take(bench.cases[1])
    hands.press("a")  # the boundary: Ada's
    hands.press("g")  # not decided yet, so nothing happens
    hands.press("m")  # the speaker is Ada's, the stance another still
    draft = hands.review.draft
    assert draft is not None
    while draft.desk.current_mark is None or draft.desk.current_mark.kind != "position":
        hands.press(Qt.Key.Key_Tab)
    hands.press("1")
    hands.press(ENTER, modifier=CONTROL)
    hands.press("r")  # only Ada has it: rejected
    hands.type("outside")
    hands.press(ENTER, ENTER)
    assert bench.undecided == []
    bench.take(bench.cases[4])
    hands.press(";")
    hands.type("Advice is no position.")
    hands.press(ENTER)
    hands.press("d", modifier=CONTROL)
    review = rita.review(article_of(rita))
    assert review is not None
    assert review.state == "decided"
    decided = {
        ("urge him to meet with Zelensky", "Donald Trump", 2),
        (ADA[1].claim, "Sergei Lavrov", 1),
        (ANCHORAGE, "Sergei Lavrov", None),
        (READY, "Sergei Lavrov", -2),
    }
    assert claims(rita, GOLD) == decided

    ada = open_window(rita.as_analyst("Ada"))
    became = fates(ada)
    assert became[GUARANTEE] == "rejected"
    assert became[READY] == "corrected"
    assert sorted(became.values()).count("accepted") == 3
    ben = open_window(rita.as_analyst("Ben"))
    assert sorted(fates(ben).values()) == ["accepted", "accepted", "corrected", "corrected"]

    target = tmp_path / "out.json"
    Files(hands.window, lambda _path, _new: None).export_to(target, None)
    read = json.loads(target.read_text(encoding="utf-8"))
    assert gold_of(read) == {quote for quote, _, _ in decided}
    assert annotator_json.decode(target.read_bytes(), "out.json") is not None


def gold_of(read: dict[str, Any]) -> set[str]:
    """The claims in the gold layer of an export."""
    layers = [layer for article in read["articles"] for layer in article["layers"]]
    return {
        " … ".join(piece["quote"] for piece in mark["fragments"])
        for layer in layers
        if layer["layer"] == "gold"
        for mark in layer["marks"]
        if mark["kind"] == "claim"
    }
