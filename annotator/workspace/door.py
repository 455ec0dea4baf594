"""The door: everything the window, the command line and the tests do goes through here.

:meth:`Workspace.do` is the only way anything changes. Whoever shows data subscribes, is told of
each revision, and re-reads what it touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

import msgspec

from annotator import importing
from annotator.arrivals import Arrivals, article_of
from annotator.core import articles, bundle
from annotator.core.bundle import Bundle
from annotator.core.codebook import Start
from annotator.core.errors import BadInput, NotAllowed
from annotator.core.model import Analyst, Article, Id, Record, analyst_id
from annotator.core.review import passphrase as phrases
from annotator.core.review.merged import Merged
from annotator.core.review.permissions import refusal
from annotator.core.review.procedure import appoint
from annotator.core.revision import Change, Edit, Revision
from annotator.formats.articles.text_in import Found, TextIn
from annotator.formats.exchange.format import Outgoing
from annotator.importing import Choice, Report
from annotator.store.keeping.check import DERIVED, Fault
from annotator.store.project import ProjectFile
from annotator.workspace import entering, merging
from annotator.workspace.giving import Giver
from annotator.workspace.on_disk import OnDisk
from annotator.workspace.reading import NOBODY
from annotator.workspace.taking_in import TakingIn
from annotator.workspace.team import Team

Listener = Callable[[Revision], None]


class Workspace(TakingIn, OnDisk, Team):
    """An open project and the analyst who works on it."""

    def __init__(self, file: ProjectFile, analyst: Analyst) -> None:
        super().__init__(file, analyst)
        self._listeners: list[Listener] = []
        self._arrivals: Arrivals | None = None

    @classmethod
    def create(
        cls, path: Path, start: Start, analyst_name: str, texts: Iterable[TextIn] = ()
    ) -> Workspace:
        """A new project with a codebook, one analyst, and perhaps some articles."""
        file = ProjectFile.create(path)
        try:
            id = analyst_id(file.id, analyst_name)
            analyst = Analyst(id=id, name=analyst_name, reviewer=True)
            file.write(_beginning(start, analyst, texts), analyst.id, "start")
            file.turns.settle()
        except BaseException:
            file.discard()
            raise
        return cls(file, analyst)

    @classmethod
    def open(
        cls, path: Path, analyst_name: str | None = None, passphrase: str = "", *, join: bool = True
    ) -> Workspace:
        """An existing project, as the analyst of this name, who joins it when they are new.

        Without a name nothing can be changed, and everything read that is not hidden from those
        who are nobody. :class:`BadInput` when the name needs another passphrase, or is new and
        may not ``join``.
        """
        file = ProjectFile.open(path)
        try:
            return cls(file, entering.enter(file, analyst_name, passphrase, join))
        except BaseException:
            file.close()
            raise

    @staticmethod
    def asks_passphrase(path: Path, name: str) -> bool:
        """Whether somebody of this name needs a passphrase to open a project."""
        with Workspace.open(path) as nobody:
            return any(nobody.has_passphrase(a.id) for a in nobody.analysts() if a.name == name)

    def as_analyst(self, name: str, passphrase: str = "", *, join: bool = True) -> Workspace:
        """The same project once more, as somebody else; this one stays open."""
        return Workspace.open(self.path, name, passphrase, join=join)

    def once_more(self) -> Workspace:
        """The same project for the same analyst on a connection of its own, for another thread."""
        return Workspace(ProjectFile.open(self.path), self.analyst)

    def hear(self, revision: Revision) -> None:
        """Tell listeners a step that was done :meth:`once_more`, if they were not told of it yet."""
        if self._file.hear(revision):
            self._tell(revision)

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    # Changing

    def check(self) -> list[Fault]:
        """All that is wrong; what only follows from the rows is told and made anew from them."""
        found = super().check()
        if any(fault.where == DERIVED for fault in found):
            self._file.rebuild_derived()
        return found

    def catch_up(self, seconds: float) -> bool:
        """Go on for about so long with an index of words that is behind; True when it is not."""
        return self._file.catch_up(seconds)

    def new_id(self) -> Id:
        """An id for a record to be made, unique across machines."""
        return self._file.new_id()

    def do(self, edit: Edit | Callable[[], Edit]) -> Revision | None:
        """Do an edit: on disk when this returns. None when there was nothing to do.

        One of very many records can be made here, while nobody else writes: then what it reads
        of this project need not be read a second time. Raises :class:`Conflict`,
        :class:`NotAllowed` or :class:`ProjectFault`; then nothing has changed.
        """
        if not edit:
            return None
        if self.analyst == NOBODY:
            raise NotAllowed("The project was opened for reading only.")
        if isinstance(edit, Edit):
            revision: Revision | None = self._file.write(edit, self._analyst)
        else:
            revision = self._file.write_made(edit, self._analyst)
        if revision is not None:
            self._tell(revision)
        return revision

    def set_passphrase(self, old: str, new: str) -> Revision | None:
        """Give this analyst a passphrase, or with empty words none; it takes a moment."""
        who = self._file.record("analyst", self._analyst)
        if not isinstance(who, Analyst):
            raise NotAllowed(refusal("set a passphrase"))
        if not phrases.fits(who.passphrase, old):
            raise BadInput("The passphrase until now is not right.")
        if not new and not who.passphrase:
            return None
        after = msgspec.structs.replace(who, passphrase=phrases.protect(new))
        return self.do(Edit("Passphrase", (Change(who, after),)))

    def clear_passphrase(self, analyst: Id) -> Revision | None:
        """Take away a passphrase that its analyst has forgotten."""
        who = self._file.record("analyst", analyst)
        if not isinstance(who, Analyst) or not who.passphrase:
            return None
        after = msgspec.structs.replace(who, passphrase="")
        return self.do(Edit("Take a passphrase away", (Change(who, after),)))

    def appoint(self, analyst: Id, reviewer: bool) -> Revision | None:
        """Make somebody a reviewer, or no longer."""
        everyone = self._all(Analyst, "analyst")
        who = next((a for a in everyone if a.id == analyst), None)
        if who is None:
            raise BadInput("This analyst is not in the project.")
        return self.do(appoint(who, reviewer, everyone))

    def undo(self) -> Revision | None:
        """Take back this analyst's last step, also one of an earlier day."""
        return self._invert("undo")

    def redo(self) -> Revision | None:
        """Do again what was last taken back."""
        return self._invert("redo")

    def size_of(self, action: Literal["undo", "redo"]) -> int:
        """How many changes an undo or redo would take back."""
        return self._file.size_to_invert(self._analyst, action)

    def next_undo(self) -> str | None:
        """What undo would take back."""
        return self._label("undo")

    def next_redo(self) -> str | None:
        return self._label("redo")

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of every revision; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def look_ahead(self, seconds: float) -> bool:
        """Look for about so long into a very long step of another program; True when none is left
        that :meth:`poll` would have to look through."""
        return self._file.look_ahead(seconds)

    def poll(self) -> int:
        """Tell listeners what other windows and programs did; how many revisions that was."""
        found = self._file.from_others()
        for revision in found:
            self._tell(revision)
        return len(found)

    # In and out

    def arrivals(self) -> Arrivals:
        """What the project knows of texts on their way in; also asked by a preview."""
        self._arrivals = self._arrivals or Arrivals(self)
        return self._arrivals

    def bring_in(self, given: Iterable[Found], on_duplicate: Choice = "keep") -> Report:
        """Bring in what was found in files, in steps that can be undone; the report says what.

        Raises only what :meth:`do` raises for the project file itself; what was stored before
        stays.
        """
        return importing.bring_in(self, self.arrivals(), given, on_duplicate)

    def remove(self, gone: Iterable[Article]) -> None:
        """Take articles out with every layer's marks; undo brings all of it back.

        :class:`NotAllowed` when others have worked on one and this is no reviewer.
        """
        out = list(gone)
        ids = {article.id for article in out}
        parts = [
            record
            for article in out
            for kind in _ON_ARTICLE
            for record in self._file.of_article(kind, article.id)
        ]
        mine = all(getattr(part, "layer", None) == self._analyst for part in parts)
        if not mine and not self.may("remove others' work"):
            raise NotAllowed(refusal("remove others' work"))
        found = (self.article(id) for id in self.lists.copies_of(ids) if id not in ids)
        copies = [copy for copy in found if copy is not None]
        self.do(articles.remove(out, parts, copies))

    def bundle(self, wanted: Iterable[Article] | None = None, layer: Id | None = None) -> Bundle:
        """The project to give away: all of it, or some articles with what they need.

        Layers that are hidden from this analyst are left out.
        """
        chosen = self.articles() if wanted is None else wanted
        giver = Giver(self._file, self.text, self.sight().sees, layer)
        parts = tuple(giver.parts(chosen))
        whole = Bundle(
            self._file.id,
            self.codebook,
            tuple(self.issues()),
            tuple(sorted(self.actors(), key=lambda actor: actor.id)),
            bundle.working(self.analysts(), parts),
            parts,
            self.procedure(),
        )
        return whole if wanted is None else bundle.only_used(whole)

    def outgoing(
        self, wanted: Iterable[Article] | None = None, layer: Id | None = None
    ) -> Outgoing:
        """The same as :meth:`bundle`, with the articles of a whole project one at a time."""
        if wanted is not None:
            return Outgoing.of(self.bundle(wanted, layer))
        return self.giving(self.articles(), layer)

    def giving(self, wanted: Iterable[Article], layer: Id | None = None) -> Outgoing:
        """These articles one at a time, with all there is in the project beside them."""
        giver = Giver(self._file, self.text, self.sight().sees, layer)
        at_work = giver.at_work()
        head = Bundle(
            self._file.id,
            self.codebook,
            tuple(self.issues()),
            tuple(sorted(self.actors(), key=lambda actor: actor.id)),
            tuple(analyst for analyst in self.analysts() if analyst.id in at_work),
            (),
            self.procedure(),
        )
        return Outgoing(head, giver.parts(wanted))

    def merge(self, other: Path, dry_run: bool = False) -> Merged:
        """Take in what another project file has; what happened, or in a dry run would happen.

        The other file is only read. Of the same project its steps come in, by their numbers; of
        another one its records, as from an export. See :mod:`annotator.workspace.merging`.
        """
        if not self.may("merge"):
            raise NotAllowed(refusal("merge"))
        known = self._file.known()
        take_in = self.look_through if dry_run else self.take_in_parts
        merged = merging.merge(self._file, take_in, other, self._analyst, dry_run)
        if not dry_run:
            # A colleague's whole journal is not read back where nobody wants to hear of it.
            wanted = self._listeners or self.people.follows
            of_journal = wanted and merged.same_project  # else taking it in has told of it
            for revision in self._file.since(known) if of_journal else ():
                self._tell(revision)
            self.analyst = entering.myself(self._file, self._analyst)
        return merging.as_seen(merged, self.sight())

    def hand_off(self, analyst: Id, wanted: Iterable[Article], path: Path) -> None:
        """Make a project file for one analyst, with some articles and only what they may see.

        What they do there comes back with :meth:`merge`.
        """
        if not self.may("hand off"):
            raise NotAllowed(refusal("hand off"))
        merging.hand_off(self._file, analyst, list(wanted), path)

    def _invert(self, action: Literal["undo", "redo"]) -> Revision | None:
        revision = self._file.invert(self._analyst, action)
        if revision is not None:
            self._tell(revision)
        return revision

    def _label(self, action: Literal["undo", "redo"]) -> str | None:
        return self._file.label_to_invert(self._analyst, action)

    def _tell(self, revision: Revision) -> None:
        self.people.follow(revision)
        if len(revision.entries) > _MANY or any(e.id == self._analyst for e in revision.entries):
            self.analyst = entering.myself(self._file, self._analyst)
        if not self._listeners:
            return
        shown = self.sight().revision(revision)
        for listener in tuple(self._listeners):
            listener(shown)


_MANY = 1000
"""Changes that are not looked through to see whether one is of the analyst at the door."""
_ON_ARTICLE = ("statement", "mark", "status", "assignment", "verdict", "comment", "review")


def _beginning(start: Start, analyst: Analyst, texts: Iterable[TextIn]) -> Edit:
    records: tuple[Record, ...] = (start.codebook, *start.issues, *start.actors, analyst)
    imports = [article_of(read)[0] for read in texts]
    changes = (
        *(Change(None, record) for record in records),
        *(change for edit in imports for change in edit.changes),
    )
    return Edit("New project", changes, tuple(text for edit in imports for text in edit.texts))
