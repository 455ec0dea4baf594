"""What a format is: how it is recognised, read and written, and what it cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import BadInput

HEAD = 8192
"""Bytes of a file's beginning that a format may look at to recognise its own."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One sort of thing that could not be carried."""

    what: str
    """A plain phrase, such as ``statements have no place in columns``."""
    count: int
    first: str
    """Where it happened first: an article, and the words."""

    def __str__(self) -> str:
        times = "" if self.count == 1 else f" ({self.count} times)"
        return f"{self.what}{times}, first in {self.first}" if self.first else f"{self.what}{times}"


class Losses:
    """What a reader or writer could not carry, told by sort and not by thing."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, str]] = {}

    def add(self, what: str, where: str, count: int = 1) -> None:
        """``what`` happened ``count`` times, first at ``where``."""
        before, first = self._found.get(what, (0, where.rstrip(",")))
        self._found[what] = (before + count, first)

    def __iter__(self) -> Iterator[Loss]:
        return (Loss(what, count, first) for what, (count, first) in self._found.items())

    def __bool__(self) -> bool:
        return bool(self._found)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a format leaves to who reads or writes: its values, the usual one first."""

    meaning: str
    values: tuple[str, ...] = ()
    """Empty when any text will do; the usual is then the empty text."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options that were given; :meth:`value` answers with the usual one for the others."""

    format: str
    known: Mapping[str, Option]
    given: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in self.given.items():
            option = self.known.get(name)
            if option is None:
                names = ", ".join(self.known) or "none"
                raise BadInput(f"{self.format} has no option {name}; it has {names}.")
            if option.values and value not in option.values:
                raise BadInput(
                    f"{self.format}: {name} is one of {', '.join(option.values)}, not {value}."
                )

    def value(self, name: str) -> str:
        usual = self.known[name].values
        return self.given.get(name, usual[0] if usual else "")


class Reached:
    """How far the reading of a file has come."""

    share = 0.0
    """From 0 to 1; 0 as long as nobody knows."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A project on its way out: what is said once, and its articles one after the other."""

    project: Bundle
    """Without articles, and with no analysts but those who work on them."""
    articles: Iterable[ArticleBundle]
    """To be gone through once; a writer keeps none of them."""
    reached: Reached = field(default_factory=Reached)
    """Moves on while articles are asked for that are still to be read."""

    @classmethod
    def of(cls, bundle: Bundle) -> Outgoing:
        return cls(replace(bundle, articles=()), bundle.articles)

    def whole(self) -> Bundle:
        """All of it in memory."""
        return replace(self.project, articles=tuple(self.articles))


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file says."""

    bundle: Bundle
    losses: Losses


Reader = Callable[[Path, Asked], Incoming]
"""From a file or folder. :class:`BadInput` names the file and the place."""
Streamer = Callable[[Path, Asked], Outgoing]
"""The same, one article at a time, where nothing has to be known of those that follow."""
Writer = Callable[[Outgoing, Path, Asked], Losses]
"""Into a file or folder that is not there yet, and files beside it whose names begin like its own.

See :func:`~annotator.formats.exchange.delivery.written`, which puts it in its place when all went
well.
"""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of the field; modules and plug-ins each make one."""

    name: str
    """As in ``--format``: small letters and dashes."""
    title: str
    suffixes: tuple[str, ...]
    """Its usual endings, the first one for what we write; empty when it is a folder."""
    read: Reader | None = None
    write: Writer | None = None
    stream: Streamer | None = None
    own: bool = False
    """Whether it speaks of marks in our own words, with ids, so that no label needs mapping."""
    recognises: Callable[[Path, bytes], bool] = lambda _path, _head: False
    """Whether a file, whose first :data:`HEAD` bytes are given, or a folder (no bytes) is one.

    The bytes have no byte-order mark, and are UTF-8 where the file is UTF-16. It is also asked of
    files that are none of these, and raises nothing.
    """
    folder: bool = False
    """Whether it is a folder of files."""
    inside: tuple[str, ...] = ()
    """For a folder, how names end that tell it, so that a zip file of them is unpacked."""
    companions: tuple[str, ...] = ()
    """How names of files end that stand beside its files and are read with them."""
    options: Mapping[str, Option] = field(default_factory=dict)

    def asked(self, given: Mapping[str, str] | None = None) -> Asked:
        """The options for one reading or writing; :class:`BadInput` for what it does not have."""
        return Asked(self.name, self.options, given or {})
