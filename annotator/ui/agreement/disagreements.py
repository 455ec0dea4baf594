"""All differences of a comparison in words, found article by article between events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.analysis.differences import Name
from annotator.core.errors import AnnotatorError
from annotator.core.model import Id
from annotator.formats.review_round.content import Told
from annotator.formats.review_round.telling import Teller
from annotator.workspace import Workspace
from annotator.workspace.comparing import Comparison
from annotator.workspace.rounds import differences_of, teller


class Disagreements(QObject):
    """Nothing is looked for before :meth:`look`, and no article twice unless it changed."""

    progressed = Signal(float)
    found = Signal()
    """All are there."""
    failed = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.comparison: Comparison | None = None
        self.teller: Teller = teller(workspace)
        self._told: dict[Id, list[Told]] = {}
        self._todo: list[Id] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._slice)

    def begin(self, comparison: Comparison | None) -> None:
        """Another comparison: nothing is known of it."""
        self.comparison = comparison
        self._told = {}
        self._timer.stop()

    def forget(self, articles: Iterable[Id]) -> None:
        """These have changed."""
        for article in articles:
            self._told.pop(article, None)

    def look(self) -> None:
        """Look at what was not looked at yet."""
        if self.comparison is None:
            return
        self.teller = teller(self._workspace)
        articles = self.comparison.sample.articles
        self._todo = [article for article in reversed(articles) if article not in self._told]
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def counts(self) -> list[tuple[Name, int]]:
        """The sorts of difference, the most frequent first."""
        return Counter(one.name for told in self._told.values() for one in told).most_common()

    def of(self, name: Name) -> list[Told]:
        """Those of a sort, article by article."""
        return [one for told in self._told.values() for one in told if one.name == name]

    def _slice(self) -> None:
        comparison, tells = self.comparison, self.teller
        if comparison is None or not self._todo:
            self._timer.stop()
            self.found.emit()
            return
        article = self._todo.pop()
        try:
            differences = differences_of(comparison, article)
            record = self._workspace.article(article)
            text = self._workspace.text(record) if record is not None and differences else ""
            self._told[article] = [tells.difference(one, text) for one in differences]
        except AnnotatorError as error:
            self._timer.stop()
            self.failed.emit(str(error))
            return
        self.progressed.emit(1 - len(self._todo) / max(1, len(comparison.sample.articles)))
