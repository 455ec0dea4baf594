"""Files that bring their labels along, among the files given to an import."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import NO_MAPPING, LabelMapping
from annotator.formats.exchange.catalogue import Catalogue, catalogue
from annotator.formats.exchange.format import Asked, Format, Outgoing

_SELDOM = (50_000, 20, 1_000)
"""How much is made before garbage is looked for, and how often among what is older."""


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

    def begins(self, format: Format, path: Path) -> Callable[[], Outgoing] | None:
        """What begins to read a file in parts, each time anew; None when it is read as a whole."""
        if not self.in_parts or not format.own or format.stream is None:
            return None
        return partial(format.stream, path, self._asked(format))

    def read(self, format: Format, path: Path) -> LabelledIn:
        """All of a file; :class:`BadInput` says what is wrong with it."""
        assert format.read is not None
        with _seldom_collected():
            found = format.read(path, self._asked(format))
        mapping = None if format.own else self.mapping
        return LabelledIn(found.bundle, mapping, tuple(map(str, found.losses)))

    def _asked(self, format: Format) -> Asked:
        known = {name: value for name, value in self.options.items() if name in format.options}
        return format.asked(self.options if self.format else known)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage less often meanwhile: what is read of a large file nearly all stays.

    Where another file is being read at the same time, it says how often from then on.
    """
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        if usual != _SELDOM:
            gc.set_threshold(*usual)
