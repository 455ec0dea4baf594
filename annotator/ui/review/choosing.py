"""What the commands of the review do about what is compared, what is listed, and what is taken at once."""

from __future__ import annotations

from annotator.core.review.agreeing import Rule
from annotator.core.text.cleaning import counted
from annotator.ui.panel.options import Option
from annotator.ui.review.agree_strip import AgreeStrip, Asked
from annotator.ui.review.bench import Bench
from annotator.ui.review.deciding import Place
from annotator.ui.review.layers_strip import LayersStrip
from annotator.ui.review.naming import LETTERS
from annotator.ui.review.strips import Strip
from annotator.ui.review.words import counts


class Choosing:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, bench: Bench, place: Place) -> None:
        self._bench = bench
        self._place = place
        self._rule = Rule()
        """The one used last; it is what is asked about next time."""

    def show_only(self) -> None:
        """Choose which cases are listed."""
        listed = [Option(str(at), said) for at, (_, said) in enumerate(shows(self._bench))]
        value = self._place.choose("Show only …", listed)
        if isinstance(value, str):
            self._bench.want(shows(self._bench)[int(value)][0])

    def unfinished_too(self) -> None:
        self._bench.unfinished_too = not self._bench.unfinished_too
        self._bench.reload()
        on = self._bench.unfinished_too
        self._place.say("Also those who are not done." if on else "Only those who are done.")

    def layers(self) -> None:
        """Choose which layers stand beside the text."""
        bench = self._bench
        if len(bench.able) < 2:
            self._place.say("There are no two layers here to choose from.")
            return
        people = {analyst.id: analyst.name for analyst in bench.desk.workspace.analysts()}
        hidden = any(lane.heading == lane.badge for lane in bench.lanes)
        named = {
            id: f"Layer {number}" if hidden else people[id]
            for number, id in enumerate(bench.able, 1)
        }

        def then(strip: Strip) -> None:
            assert isinstance(strip, LayersStrip)
            bench.pick(strip.chosen)
            self._place.say(f"{counted(len(bench.lanes), 'layer')} side by side.")

        shown = [lane.id for lane in bench.lanes]
        self._place.ask(lambda parent: LayersStrip(named, shown, len(LETTERS), parent), then)

    def take_agreed(self) -> None:
        """Take at once what all agree on, after the rule and the number were seen."""
        bench = self._bench
        if not bench.cases:
            return

        def then(strip: Strip) -> None:
            assert isinstance(strip, AgreeStrip)
            rule = self._rule = strip.rule
            number = len(bench.agreed(rule).taken)
            if bench.take_agreed(rule):
                self._place.say(f"{counted(number, 'case')} taken; Ctrl+Z takes them all back.")

        asked = Asked(bench.agreed, len(bench.lanes), bench.desk.book, self._rule)
        self._place.ask(lambda parent: AgreeStrip(asked, parent), then)


def shows(bench: Bench) -> list[tuple[object, str]]:
    """What can be listed, each with how many there are."""
    cases = bench.cases
    found: list[tuple[object, str]] = [
        ("all", f"All {len(cases)}"),
        ("undecided", f"Undecided: {len(bench.undecided)}"),
        ("differ", f"With differences: {sum(bool(c.differences) for c in cases)}"),
    ]
    changed = sum(case.stale for case in cases)
    if changed:
        found.append(("changed", f"Changed since: {changed}"))
    commented = sum(bool(bench.open_threads(case)) for case in cases)
    if commented:
        found.append(("commented", f"With comments: {commented}"))
    tally = counts(bench.desk.book, cases)
    return found + [(key, f"{said}: {number}") for key, (said, number) in tally.items()]
