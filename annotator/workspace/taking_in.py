"""Files that bring articles with what was said of them: one step each, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput, NotAllowed
from annotator.core.foreign.labels import LabelMapping
from annotator.core.foreign.mapping import Project, map_labels
from annotator.core.foreign.only_new import only_new
from annotator.core.intake import Came, Intake, looked_up
from annotator.core.model import Id, Mark, Statement
from annotator.core.revision import Edit, Revision
from annotator.formats.exchange.format import Outgoing
from annotator.workspace.reading import NOBODY, Reading
from annotator.workspace.taking import Entrance, together


class TakingIn(Reading):
    """What a workspace does with such files; :meth:`do` and telling of it are the door's."""

    def do(self, edit: Edit) -> Revision | None:
        raise NotImplementedError

    def _tell(self, revision: Revision) -> None:
        raise NotImplementedError

    def take_in(self, given: Bundle, label: str, mapping: LabelMapping | None = None) -> Intake:
        """Bring a bundle in as one step that can be undone; what differs is told, not changed.

        ``label`` names the step and the file; :class:`BadInput` begins with it. A ``mapping``
        says that the bundle is in another program's labels, and what these mean here. Who is no
        reviewer brings in no decisions and no assignments; that is told as well.
        """
        if mapping is not None:
            return self._take_foreign(given, label, mapping)
        return self._take_in(given, label, dry_run=False)

    def take_in_parts(self, given: Outgoing, label: str) -> Came:
        """The same of a file in our own labels that is still being read, an article at a time.

        One step like the other; whatever is raised while it is read leaves nothing behind.
        """
        if self.analyst == NOBODY:
            raise NotAllowed("The project was opened for reading only.")
        came = Came()
        with _named(label):
            edits = self._edits(given, label, came)  # made while nobody else can write
            revision = self._file.write_many(label, edits, self._analyst)
        if revision is not None:
            self._tell(revision)
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

    def _edits(self, given: Outgoing, label: str, came: Came) -> Iterator[Edit]:
        """The edits that take it in one after the other, noted on their way."""
        entrance = self._entrance()
        for edit in entrance.edits(given, label):
            came.note(edit)
            yield edit
        came.kept = entrance.told

    def _take_in(self, given: Bundle, label: str, dry_run: bool) -> Intake:
        entrance = self._entrance()
        return self._taken(entrance, given, label, dry_run)

    def _entrance(self) -> Entrance:
        may_decide = self.may("bring in decisions")
        empty = may_decide and not self._file.article_ids()
        replaceable = [*self.actors(), *self.issues()] if empty else None
        return Entrance(self._file, may_decide, replaceable, whose=self._analyst)

    def _taken(
        self, entrance: Entrance, given: Bundle, label: str, dry_run: bool = False
    ) -> Intake:
        edit = together(entrance.edits(Outgoing.of(given), label), label)
        with _named(label):
            if not dry_run:
                self.do(edit)
        return Intake(edit, entrance.told)

    def _take_foreign(self, given: Bundle, label: str, mapping: LabelMapping) -> Intake:
        people = (tuple(self.actors()), tuple(self.issues()), tuple(self.analysts()))
        try:
            mapped = map_labels(given, mapping, Project(self.codebook, *people))
        except BadInput as error:
            raise BadInput(f"{label}: {error}") from error
        entrance = Entrance(
            self._file, self.may("bring in decisions"), None, whose=self._analyst, widens=True
        )
        allowed = entrance.allowed(mapped.bundle)
        now = looked_up(allowed, self._file.these, self._file.record)
        new = only_new(allowed, self._said_of, now)
        intake = self._taken(entrance, new.bundle, label)
        left_out = tuple(f"left out: {what}" for what in mapped.left_out)
        return replace(intake, kept=(*left_out, *new.told, *intake.kept))

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
