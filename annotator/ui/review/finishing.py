"""What the commands of the review do about the article as a whole: it is decided, the next one."""

from __future__ import annotations

from annotator.core.model import Id
from annotator.core.text.cleaning import counted
from annotator.ui.review.bench import Bench
from annotator.ui.review.deciding import Place


class Finishing:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, bench: Bench, place: Place) -> None:
        self._bench = bench
        self._place = place
        self._warned: tuple[Id, int] | None = None
        """The article that was about to be called decided, and how much of it was not."""

    def decided(self) -> None:
        """Call the article decided, or in review again; where something is not, ask first."""
        bench, page = self._bench, self._bench.desk.page
        if page is None or bench.docket is None:
            return
        review = bench.desk.workspace.review(page.article.id)
        if review is not None and review.state == "decided":
            if bench.set_decided(False):
                self._place.say("In review again.")
            return
        left = len(bench.undecided)
        if left and self._warned != (page.article.id, left):
            self._warned = (page.article.id, left)
            self._place.say(
                f"{counted(left, 'case')} undecided: N goes there, the same key again calls the"
                " article decided.",
                "warning",
            )
            return
        if bench.set_decided(True):
            rest = f" {counted(left, 'case')} stay undecided." if left else ""
            self._place.say(f"Decided.{rest}", "success")

    def next_article(self) -> None:
        """Open the next article whose layers differ where nothing is decided yet."""
        following = self._bench.next_article()
        if following is None:
            self._place.say("No other article has undecided differences that you may see.")
        else:
            self._bench.desk.open(following)
            self._bench.to_undecided()
