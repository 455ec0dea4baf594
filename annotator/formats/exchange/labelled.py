"""Files that bring their labels along, among the files given to an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import NO_MAPPING, LabelMapping
from annotator.formats.exchange.catalogue import Catalogue, catalogue
from annotator.formats.exchange.format import Format, Outgoing


@dataclass(frozen=True, slots=True)
class LabelledIn:
    """What a labelled file says, in its own labels unless ``mapping`` is None."""

    bundle: Bundle
    mapping: LabelMapping | None
    losses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Which formats are looked for, and how what is found is to be read."""

    formats: Catalogue = field(default_factory=catalogue)
    format: str = ""
    """The one that everything is in; empty when files are looked into."""
    options: Mapping[str, str] = field(default_factory=dict)
    mapping: LabelMapping = NO_MAPPING
    in_parts: bool = False
    """Whether what is in our own labels is handed on while its articles are still to be read."""

    def __post_init__(self) -> None:
        if self.format and self.formats.named(self.format).read is None:
            raise BadInput(f"{self.formats.named(self.format).title} can only be written.")

    def format_of(self, path: Path, head: bytes | None = None) -> Format | None:
        """The format of a file or folder; None when it brings no labels along.

        ``head`` is how a file begins, from who has read it already.
        """
        if not self.format:
            return self.formats.of(path, head)
        forced = self.formats.named(self.format)
        return None if path.is_dir() and not forced.folder else forced

    def read(self, format: Format, path: Path) -> LabelledIn | Outgoing:
        """:class:`BadInput` says what is wrong with the file, of parts while they are read."""
        assert format.read is not None
        known = {name: value for name, value in self.options.items() if name in format.options}
        asked = format.asked(self.options if self.format else known)
        if self.in_parts and format.own and format.stream is not None:
            return format.stream(path, asked)
        found = format.read(path, asked)
        mapping = None if format.own else self.mapping
        return LabelledIn(found.bundle, mapping, tuple(map(str, found.losses)))
