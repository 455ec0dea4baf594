"""What was found on its way in, and what is to become of it. Plain Python, without Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from annotator.arrivals import Arrival
from annotator.core.foreign.offering import Counts, Label, unknown
from annotator.core.intake import Came
from annotator.core.model import Block
from annotator.formats.articles.text_in import BundleIn, Failure, Found, PartsIn, TextIn
from annotator.formats.exchange.contents import Contents
from annotator.importing import OnDuplicate
from annotator.ui.dialogs import is_date
from annotator.ui.intake.project_data import counts_said

Status = Literal["new", "near", "same", "data", "failed"]
STATUSES: dict[Status, str] = {
    "new": "New",
    "near": "Near copies",
    "same": "There already",
    "data": "Project data",
    "failed": "Not readable",
}
DONE: dict[OnDuplicate, str] = {
    "link": "comes in, linked",
    "keep": "comes in",
    "skip": "is left out",
}
"""What becomes of a near copy."""

_NAMED = 3
NO_TITLE = "An article needs a title, so that it can be found again."
NO_DATE = "Write the date as YYYY-MM-DD, such as 2025-08-24, or leave it empty."


@dataclass(slots=True, eq=False)
class Find:
    """One thing found, with what the analyst made of it so far."""

    file: int
    """The number of the file it came from, in the order in which files were given."""
    found: Found
    where: str = ""
    """What the reason of a failure begins with: the file and its folder."""
    table: str = ""
    """Which table it is a row of, as :class:`~annotator.formats.articles.tables.table.Table` says
    ``where``; empty when it is none."""
    arrival: Arrival | None = None
    """What the project knows of it; None until it was compared."""
    chosen: bool = True
    on_copy: OnDuplicate | None = None
    """What becomes of it as a near copy; None is as for all."""
    values: dict[str, str] = field(default_factory=dict)
    """What was written over title, outlet, author, date or address."""
    blocks: tuple[Block, ...] | None = None
    """Other blocks than were proposed."""
    counts: Counts | None = None
    """How often each label of project data in foreign labels is used."""
    labels: Sequence[Label] = ()
    """These labels with what they mean here."""
    contents: Contents | None = None
    """What is in it when it is project data."""
    would: Came | None = None
    """What taking it in would bring, when that was found out."""

    @property
    def key(self) -> tuple[int, str, str]:
        """What it is known by when its file is read anew."""
        place = self.found.place if isinstance(self.found, TextIn | Failure) else ""
        return self.file, self.found.file, place

    @property
    def size(self) -> int:
        """How many articles it is; of project data at least one, so that something comes."""
        return max(1, self.contents.articles) if self.contents is not None else 1

    @property
    def status(self) -> Status:
        if isinstance(self.found, Failure):
            return "failed"
        if isinstance(self.found, BundleIn | PartsIn):
            return "data"
        if self.arrival is None:
            return "new"
        if self.arrival.same is not None:
            return "same"
        return "near" if self.arrival.near is not None else "new"

    @property
    def is_edited(self) -> bool:
        return bool(self.values) or self.blocks is not None

    def can_come(self) -> bool:
        """Whether it comes in when it is chosen."""
        return self.status not in ("failed", "same")

    def value(self, name: str, for_all: Mapping[str, str]) -> str:
        """Title, outlet and so on: as written here, as read, or as said for all."""
        if not isinstance(self.found, TextIn):
            return ""
        read = str(getattr(self.found, name))
        return self.values.get(name, read or for_all.get(name, "")).strip()

    def text(self, for_all: Mapping[str, str]) -> TextIn:
        """The article as it is to come in."""
        assert isinstance(self.found, TextIn)
        return replace(
            self.found,
            title=self.value("title", for_all),
            outlet=self.value("outlet", for_all),
            author=self.value("author", for_all),
            published=self.value("published", for_all),
            url=self.value("url", for_all),
            blocks=self.blocks or self.found.blocks,
        )

    def fault(self, for_all: Mapping[str, str]) -> tuple[str, str] | None:
        """What is wrong with a value, if anything: its name and a sentence."""
        if isinstance(self.found, BundleIn):
            return self._fault_of_labels(self.found)
        if not isinstance(self.found, TextIn):
            return None
        if not self.value("title", for_all):
            return "title", NO_TITLE
        published = self.value("published", for_all)
        return ("published", NO_DATE) if published and not is_date(published) else None

    def _fault_of_labels(self, found: BundleIn) -> tuple[str, str] | None:
        missing = unknown(self.labels)
        if found.mapping is None or found.mapping.add or not missing:
            return None
        names = ", ".join(f"the {one.sort} {one.name}" for one in missing[:_NAMED])
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        return "labels", f"Say what {names}{more} is here, leave it out, or have it added."

    def title(self) -> str:
        """The first line of its row."""
        found = self.found
        if isinstance(found, TextIn):
            return self.values.get("title", found.title)
        if isinstance(found, BundleIn | PartsIn):
            return found.file
        return ", ".join(filter(None, (found.file, found.place)))

    def about(self, for_all: Mapping[str, str]) -> str:
        """Where and when it was published, or where it was found."""
        if not isinstance(self.found, TextIn):
            return ""
        said = (self.value("outlet", for_all), self.value("published", for_all))
        return " · ".join(filter(None, said)) or self.found.place or self.found.file

    def said(self, for_copies: OnDuplicate) -> tuple[str, str]:
        """What it is and what becomes of it, with the colour role to say it in."""
        arrival = self.arrival
        if isinstance(self.found, Failure):
            reason = self.found.reason.removeprefix(self.where).lstrip(" ,")
            return f"not readable: {reason}", "danger"
        if self.contents is not None:
            there = self.would is not None and not self.would.anything
            said = f"project data: {counts_said(self.contents, 'mark')}"
            return f"{said}, nothing new" if there else said, "text_muted" if there else "accent"
        if arrival is None:
            return "new so far", "text_muted"
        if arrival.same is not None:
            return f"the same text as “{arrival.same.title}”", "text_muted"
        if arrival.near is not None:
            share = f"{arrival.near.likeness.share:.0%}".replace("%", " %")
            done = DONE[self.on_copy or for_copies]
            return f"near copy, {share} · {done}", "warning"
        return "new", "success"
