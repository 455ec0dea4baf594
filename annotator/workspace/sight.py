"""What the analyst at the door may see: asked by everything at the door that reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, lru_cache

import msgspec

from annotator.core.model import Analyst, Id, Progress, Record, Status, status_id
from annotator.core.review import blindness
from annotator.core.review.records import PROCEDURE, Procedure
from annotator.core.revision import Revision
from annotator.core.touched import ManyEntries
from annotator.store.keeping.check import Fault
from annotator.store.project import ProjectFile

_MASKED = "something is wrong with it that you may not see yet; a reviewer can look."


class Sight:
    """Good for one reading: it knows the procedure and the progress as they are when asked."""

    def __init__(self, file: ProjectFile, who: Analyst, blind: bool | None = None) -> None:
        """``blind`` overrides the procedure, as a hand-off does."""
        self._file = file
        found = file.record("procedure", PROCEDURE)
        procedure = found if isinstance(found, Procedure) else Procedure(id=PROCEDURE)
        if blind is not None:
            procedure = msgspec.structs.replace(procedure, blind=blind)
        self.procedure = procedure
        self._me = who.id
        self.sees = lru_cache(None)(self._sees)
        self._belongs = lru_cache(None)(file.belongs)
        self._part = lru_cache(None)(self._read_part)

    @property
    def whole(self) -> bool:
        """Whether nothing is hidden, whatever is asked for."""
        return not self.procedure.blind

    @property
    def reviews(self) -> bool:
        """Whether the analyst is a reviewer as the project has it now."""
        return self._who is not None and self._who.reviewer

    @cached_property
    def _who(self) -> Analyst | None:
        record = self._file.record("analyst", self._me)
        return record if isinstance(record, Analyst) else None

    def _read_part(self, article: Id) -> tuple[Progress | None, bool]:
        """How far this analyst is on an article, and whether it is theirs to mark."""
        found = self._file.record("status", status_id(article, self._me))
        progress = found.progress if isinstance(found, Status) else None
        return progress, self._file.is_involved(self._me, article)

    def _sees(self, article: Id, layer: Id) -> bool:
        """Whether a layer of an article may be seen."""
        if self.whole:
            return True
        progress, involved = self._part(article)
        return blindness.sees(self.procedure, self._who, layer, progress, involved)

    def shows(self, kind: str, id: Id) -> bool:
        """Whether a record may be seen."""
        if self.whole or kind not in (*blindness.LAID_ON, *blindness.OF_REVIEW):
            return True
        place = self._belongs(kind, id)
        return place is not None and self.sees(*place)

    def whole_layers(self) -> set[Id] | None:
        """The layers that may be seen on every article; None when all may."""
        return None if self.whole else {self._me}

    def revision(self, revision: Revision) -> Revision:
        """A revision as it may be shown."""
        shown = blindness.without_passphrases(revision)
        if not self.whole:
            shown = blindness.without_hidden(
                shown, self._me, lambda e: blindness.is_seen(e, self._belongs, self.sees)
            )
        return shown if not self._names_hidden else self._without_names(shown)

    def faults(self, found: Iterable[Fault]) -> list[Fault]:
        """What a check says, without the words of what is hidden."""
        return [fault if self._may_tell(fault) else Fault(fault.where, _MASKED) for fault in found]

    def _may_tell(self, fault: Fault) -> bool:
        kind, _, id = fault.where.partition(" ")
        return not id.isdecimal() or self.shows(kind, int(id))

    @property
    def _names_hidden(self) -> bool:
        return self.procedure.names_hidden and self._who is not None and self._who.reviewer

    def analysts(self, found: list[Analyst]) -> list[Analyst]:
        """Analysts as they may be shown: without passphrases, for a reviewer perhaps as letters."""
        bare = [msgspec.structs.replace(a, passphrase="") for a in found]
        if not self._names_hidden:
            return bare
        names = blindness.letters((a.id for a in bare), self.procedure.seed)
        named = [
            a if a.id == self._me else msgspec.structs.replace(a, name=names[a.id]) for a in bare
        ]
        return sorted(named, key=lambda a: a.name)

    def record(self, record: Record | None) -> Record | None:
        """An analyst as they may be shown, anything else as it is."""
        if not isinstance(record, Analyst):
            return record
        everyone = [r for r in self._file.records("analyst") if isinstance(r, Analyst)]
        return next((a for a in self.analysts(everyone) if a.id == record.id), None)

    def _without_names(self, revision: Revision) -> Revision:
        """Steps on analysts tell names: of others they are shown without what they did."""
        if revision.author == self._me or "analyst" not in revision.kinds:
            return revision
        if isinstance(revision.entries, ManyEntries):
            some = revision.entries.shown(lambda e: None if e.kind == "analyst" else e)
            return replace(revision, entries=some, label="An analyst")
        entries = tuple(e for e in revision.entries if e.kind != "analyst")
        return replace(revision, entries=entries, label="An analyst")

    def order(self, article: Id, layers: list[Id]) -> list[Id]:
        """Layers in the order in which a reviewer is to see them."""
        if not self.procedure.shuffled:
            return layers
        return blindness.shuffled(layers, self.procedure.seed, article)
