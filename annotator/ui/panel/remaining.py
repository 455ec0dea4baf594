"""What is still to be done on the desk, kept up to date and walked through."""

from __future__ import annotations

from annotator.core.findings import Finding, Findings
from annotator.core.model import Id
from annotator.core.revision import Revision
from annotator.ui.at_hand import AtHand


class Remaining:
    """The findings of the desk's page; made when they are first asked for."""

    def __init__(self, desk: AtHand) -> None:
        self._desk = desk
        self._findings: Findings | None = None
        self._fine: dict[Id, set[Finding]] = {}
        """Hints waved away in each article while the window is open."""
        self.now: Finding | None = None
        """The one that was walked to last."""
        self._stood: object = None
        """What was at hand, and where the caret was, when it was walked to."""

    def reload(self) -> None:
        """Another article lies on the desk."""
        self._findings = self.now = None

    @property
    def findings(self) -> Findings | None:
        """None while no article is open."""
        page = self._desk.page
        if self._findings is None and page is not None:
            fine = self._fine.get(page.article.id, set())
            self._findings = Findings(page, self._desk.book, fine)
        return self._findings

    def __len__(self) -> int:
        return len(self.findings or ())

    def follow(self, revision: Revision) -> list[Finding]:
        """Look at what a revision touched; what was just said a second time."""
        if any(e.kind == "codebook" for e in revision.entries):
            self._findings = None
        if self._findings is None:
            return []
        marks = {e.id for e in revision.entries if e.kind == "mark"}
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
        now = self.now if self._stood == here else None
        return self.findings.next(caret, by, now)

    def stand_at(self, finding: Finding, caret: int) -> None:
        """A finding was walked to."""
        self.now = finding
        self._stood = (self._desk.statement, self._desk.mark, caret)

    def wave_away(self, finding: Finding) -> bool:
        """It is fine as it is, until the window closes; False for what is no hint."""
        page = self._desk.page
        if page is None or self.findings is None or not finding.is_hint:
            return False
        self._fine.setdefault(page.article.id, set()).add(finding)
        self.findings.wave_away(finding)
        return True
