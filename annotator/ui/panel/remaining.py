"""What is still to be done on the desk, kept up to date and walked through."""

from __future__ import annotations

from collections import Counter

from annotator.core.findings import Finding, Findings
from annotator.core.model import Id
from annotator.core.revision import Revision
from annotator.ui.at_hand import AtHand

_TOLD = 4
"""How many sorts of things to do a sentence names."""


class Remaining:
    """The findings of the desk's page; made when they are first asked for."""

    def __init__(self, desk: AtHand) -> None:
        self._desk = desk
        self._findings: Findings | None = None
        self._fine: dict[Id, set[Finding]] = {}
        """Hints waved away in each article while the window is open."""
        self.now: Finding | None = None
        """The one that was walked to last."""
        self._from_top = False
        self._stood: object = None
        """What was at hand, and where the caret was, when it was walked to."""

    def reload(self) -> None:
        """Another article lies on the desk."""
        self._findings = self.now = None
        self._from_top = False

    @property
    def findings(self) -> Findings | None:
        """None while no article is open."""
        self.go_on()
        return self._findings

    def go_on(self, seconds: float | None = None) -> bool:
        """Look for them for about so long, or until all are found; True when they are."""
        page = self._desk.page
        if self._findings is None and page is not None:
            fine = self._fine.get(page.article.id, set())
            beside = self._desk.beside
            self._findings = Findings(page, self._desk.book, fine, beside=beside, at_once=False)
        return self._findings is None or self._findings.go_on(seconds)

    def __len__(self) -> int:
        return len(self.findings or ())

    def follow(self, revision: Revision) -> list[Finding]:
        """Look at what a revision touched; what was just said a second time."""
        if "codebook" in revision.kinds:
            self._findings = None
        if self._findings is None:
            return []
        marks = self._desk.touched_marks(revision)
        return self._findings.look_again(self._desk.touched(revision), marks)

    def hints(self, statement: Id) -> list[str]:
        """What may be wrong with a statement."""
        found = self.findings.of_statement(statement) if self.findings else []
        return [finding.text for finding in found if finding.is_hint]

    def step(self, by: int, caret: int) -> Finding | None:
        """The next thing to do: after the last one walked to, unless one has gone elsewhere."""
        if self.findings is None:
            return None
        here = (self._desk.statement, self._desk.mark, caret)
        if self._from_top and by > 0:
            self._from_top = False
            return self.findings.next(0, by, None)
        now = self.now if self._stood == here else None
        return self.findings.next(caret, by, now)

    def from_the_top(self) -> None:
        """The next thing to do is the first, wherever the caret is."""
        self.now = None
        self._from_top = True

    def told(self) -> str:
        """What is to be done, each sort once with how often, those that most miss first."""
        counts = Counter(finding.text for finding in self.findings or ())
        said = [f"{text} ({n} times)" if n > 1 else text for text, n in counts.most_common(_TOLD)]
        more = len(counts) - len(said)
        return ", ".join(said) + (f" and {more} more" if more else "")

    def stand_at(self, finding: Finding, caret: int) -> None:
        """A finding was walked to."""
        self.now = finding
        self._from_top = False
        self._stood = (self._desk.statement, self._desk.mark, caret)

    def wave_away(self, finding: Finding) -> bool:
        """It is fine as it is, until the window closes; False for what is no hint."""
        page = self._desk.page
        if page is None or self.findings is None or not finding.is_hint:
            return False
        self._fine.setdefault(page.article.id, set()).add(finding)
        self.findings.wave_away(finding)
        return True
