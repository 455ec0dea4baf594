"""Files that bring articles with what was said of them: one step each, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput, NotAllowed
from annotator.core.foreign.labels import LabelMapping
from annotator.core.foreign.mapping import Project, map_labels
from annotator.core.foreign.only_new import OnlyNew
from annotator.core.intake import Came
from annotator.core.model import Id, Mark, Statement
from annotator.core.revision import Edit, Revision
from annotator.formats.exchange.format import Outgoing
from annotator.workspace.reading import NOBODY, Reading
from annotator.workspace.taking import Entrance


class TakingIn(Reading):
    """What a workspace does with such files; telling of it is the door's."""

    def _tell(self, revision: Revision) -> None:
        raise NotImplementedError

    def take_in(self, given: Bundle, label: str, mapping: LabelMapping | None = None) -> Came:
        """Bring a bundle in as one step that can be undone; what differs is told, not changed.

        ``label`` names the step and the file; :class:`BadInput` begins with it. A ``mapping``
        says that the bundle is in another program's labels, and what these mean here. Who is no
        reviewer brings in no decisions and no assignments; that is told as well.
        """
        if mapping is None:
            return self.take_in_parts(Outgoing.of(given), label)
        came = Came()
        self._bring(self._foreign(given, label, mapping, came), label)
        return came

    def take_in_parts(self, given: Outgoing, label: str) -> Came:
        """The same of a file in our own labels that is still being read, an article at a time.

        One step like the other; whatever is raised while it is read leaves nothing behind.
        """
        came = Came()
        self._bring(self._edits(given, label, came), label)
        return came

    def look_through(self, given: Outgoing, label: str) -> Came:
        """What :meth:`take_in_parts` would bring as things are; all is read, and nothing written.

        What only shows when it is written, such as a rule that is broken, is not told.
        """
        came = Came()
        with _named(label):
            for _ in self._edits(given, label, came):
                pass
        return came

    def _bring(self, edits: Iterator[Edit], label: str) -> None:
        """Do edits as one step; they are made while nobody else can write."""
        if self.analyst == NOBODY:
            raise NotAllowed("The project was opened for reading only.")
        with _named(label):
            revision = self._file.write_many(label, edits, self._analyst)
        if revision is not None:
            self._tell(revision)

    def _edits(self, given: Outgoing, label: str, came: Came) -> Iterator[Edit]:
        """The edits that take it in one after the other, noted on their way."""
        may_decide = self.may("bring in decisions")
        empty = may_decide and not self._file.article_ids()
        replaceable = [*self.actors(), *self.issues()] if empty else None
        entrance = Entrance(self._file, may_decide, replaceable, whose=self._analyst)
        yield from came.noting(entrance.edits(given, label))
        came.kept = entrance.told

    def _foreign(
        self, given: Bundle, label: str, mapping: LabelMapping, came: Came
    ) -> Iterator[Edit]:
        """The same of a bundle in another program's labels."""
        people = (tuple(self.actors()), tuple(self.issues()), tuple(self.analysts()))
        try:
            mapped = map_labels(given, mapping, Project(self.codebook, *people))
        except BadInput as error:
            raise BadInput(f"{label}: {error}") from error
        may_decide = self.may("bring in decisions")
        entrance = Entrance(self._file, may_decide, None, whose=self._analyst, widens=True)
        allowed = entrance.allowed(mapped.bundle)
        new = OnlyNew(self._said_of, entrance.these)
        parts = Outgoing(Outgoing.of(allowed).project, map(new.part, allowed.articles))
        yield from came.noting(entrance.edits(parts, label))
        left_out = tuple(f"left out: {what}" for what in mapped.left_out)
        came.kept = (*left_out, *new.told, *entrance.told)

    def _said_of(self, article: Id) -> list[Mark | Statement]:
        """What all layers say of an article, to be compared with what a file says."""
        return [*self._of(Mark, "mark", article), *self._of(Statement, "statement", article)]


@contextmanager
def _named(label: str) -> Iterator[None]:
    """What the rules refuse begins with the name of the file."""
    try:
        yield
    except NotAllowed as error:
        raise BadInput(f"{label}: {error}") from error
