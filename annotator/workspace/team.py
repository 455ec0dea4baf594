"""Who works on a project, changed from outside: people join, review or no longer, forget phrases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from annotator.core.model import Analyst, Id
from annotator.core.review.procedure import staff
from annotator.core.revision import Edit
from annotator.store import journal
from annotator.store.project import ProjectFile
from annotator.workspace import entering


class Team:
    """What a workspace knows of joining that is not its own analyst's."""

    _file: ProjectFile

    @property
    def has_gaps(self) -> bool:
        """Whether the file was made for one analyst, without what is not for them."""
        return journal.has_gaps(self._file.connection)

    def newcomer(self, name: str) -> Analyst:
        """Somebody who is to join; :class:`BadInput` for a name that is taken or cannot be."""
        return entering.newcomer(self._file, name)

    def staffing(
        self,
        added: Iterable[Analyst] = (),
        reviewers: Mapping[Id, bool] | None = None,
        cleared: Collection[Id] = (),
    ) -> Edit:
        """Newcomers, who reviews and whose passphrase goes, as one step to be done."""
        there = [one for one in self._file.records("analyst") if isinstance(one, Analyst)]
        return staff(there, added=added, reviewers=reviewers, cleared=cleared)
