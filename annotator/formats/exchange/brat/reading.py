"""Reading brat standoff: ours, brat's own, and what other programs write as such."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.core.codebook import STATEMENT
from annotator.core.errors import BadInput
from annotator.core.model import FieldValue, Id, Mark
from annotator.formats.exchange.brat.ann import PARTIAL, Ann, taken_apart, text_in, together
from annotator.formats.exchange.brat.writing import FOLDERS, IMPLIED
from annotator.formats.exchange.format import Asked, Incoming
from annotator.formats.exchange.gathering import ArticleGathering, Gathering
from annotator.formats.exchange.places import Unit, agreed_unit

_KNOWN = (".ann", ".txt", ".conf")
_FEW_WRONG = 0.1
"""Which share of the quotes of a corpus may stand elsewhere: people edit texts afterwards."""


def read(path: Path, asked: Asked) -> Incoming:
    if not path.is_dir():
        return _together([taken_apart(together(path))], path.name, asked)
    files = _files_in(path)
    if not files and not (path / "annotation.conf").is_file():
        raise BadInput(f"{path.name} has no .ann files.")
    by_folder = _folders_are_analysts(path, files, asked.value("folders"))

    def layer(file: Path) -> str:
        folder = file.relative_to(path).parent.as_posix()
        return folder if by_folder and folder != "." else ""

    anns = [taken_apart(together(file), layer(file)) for file in files]
    found = _together(anns, path.name, asked)
    texts = {ann.text_path for ann in anns}
    read = {one for file in files for one in together(file)}
    others = [f for f in sorted(path.rglob("*")) if f.is_file() and f.suffix not in _KNOWN]
    others = [f for f in others if f not in read]
    others += (f for f in sorted(path.rglob("*.txt")) if f not in texts)
    for other in others:
        found.losses.add("files that are not brat's are left out", other.name)
    return found


def _files_in(path: Path) -> list[Path]:
    """One for each text: what shared tasks have in two files counts where brat has none."""
    whole = sorted(path.rglob("*.ann"))
    stems = {file.with_suffix("") for file in whole}
    for ending in PARTIAL:
        more = [one for one in path.rglob(f"*{ending}") if one.with_suffix("") not in stems]
        stems.update(one.with_suffix("") for one in more)
        whole += sorted(more)
    return [file for file in whole if file.is_file() and not file.is_symlink()]


def _folders_are_analysts(path: Path, files: list[Path], asked: str) -> bool:
    """Ours say so; else the same file in two folders tells it."""
    if asked != "detect":
        return asked == "analysts"
    conf = path / "annotation.conf"
    if conf.is_file() and FOLDERS in text_in(conf):
        return True
    return len({file.name for file in files}) < len(files)


def _together(anns: list[Ann], source: str, asked: Asked) -> Incoming:
    gathering = Gathering("brat", source)
    unit = agreed_unit(
        ((ann.name, ann.places, ann.quotes) for ann in anns),
        asked.value("unit"),
        "code points",
        _FEW_WRONG,
    )
    types = _Types.of(anns)
    for ann in anns:
        _File(ann, gathering, unit, types).gather()
    return Incoming(gathering.bundle(), gathering.losses)


@dataclass(frozen=True, slots=True)
class _Types:
    """What has to be known of all files before the first: which fields are flags, and so on."""

    valued: frozenset[str]
    several: frozenset[str]
    events: frozenset[str]
    noted: frozenset[str]

    @classmethod
    def of(cls, anns: list[Ann]) -> _Types:
        valued: set[str] = set()
        several: set[str] = set()
        for ann in anns:
            for pairs in ann.said.values():
                names = [name for name, _ in pairs]
                valued.update(name for name, value in pairs if value is not None)
                several.update(name for name in names if names.count(name) > 1)
        events = frozenset(type for ann in anns for type, _, _ in ann.events.values())
        noted = frozenset(
            name
            for ann in anns
            for pairs in ann.said.values()
            for name, v in pairs
            if v and " " in v
        )
        return cls(frozenset(valued), frozenset(several), events, noted)


class _File:
    """One file on its way into the bundle."""

    def __init__(self, ann: Ann, gathering: Gathering, unit: Unit, types: _Types) -> None:
        self._ann = ann
        self._gathering = gathering
        self._unit: Unit = unit
        self._types = types
        self._layer: Id = 0
        self._marks: dict[str, Mark] = {}

    def gather(self) -> None:
        ann = self._ann
        article = self._gathering.article(ann.places.text, ann.name)
        if ann.spans or ann.events:
            self._layer = self._gathering.layer(ann.layer)
        handles = set(self._handles())
        for id in ann.spans:
            if id not in handles:
                self._mark(id, article)
        for id, (type, trigger, members) in ann.events.items():
            own = [] if trigger in handles else [(type, trigger)]
            self._statement(id, [*own, *members], self._kind_of_event(type), article)
        for id, (type, members) in ann.relations.items():
            self._statement(id, members, {"relation": type}, article)
        self._tell()

    def _tell(self) -> None:
        ann, losses = self._ann, self._gathering.losses
        counts = {
            "which marks mean the same (Equiv) is left out": ann.equivalences,
            "lines that are not brat's are left out": ann.not_understood,
            "numbers of references beside their names are left out": ann.numbers,
        }
        for what, count in counts.items():
            if count:
                losses.add(what, ann.name, count)
        for id in ann.said_of_nothing:
            what = (
                "a note on an attribute or reference is left out"
                if id[0] in "AMN#"
                else "what is said of something that is not there is left out"
            )
            self._lose(what, id)

    def _handles(self) -> Iterator[str]:
        """The triggers that only hold an event, and are no member of any."""
        ann = self._ann
        held: dict[str, list[list[tuple[str, str]]]] = defaultdict(list)
        for _, trigger, members in ann.events.values():
            held[trigger].append(members)
        joined = (*(e[2] for e in ann.events.values()), *(r[1] for r in ann.relations.values()))
        named = {id for members in joined for _, id in members}
        for trigger, of in held.items():
            if trigger not in named and self._is_handle(trigger, of):
                yield trigger

    def _is_handle(self, trigger: str, held: Sequence[Sequence[tuple[str, str]]]) -> bool:
        """Whether its words are those of a member, each time, and nothing else is said of it."""
        ann = self._ann
        if trigger not in ann.spans or ann.said.get(trigger) or ann.notes.get(trigger):
            return False
        spans = ann.spans[trigger][1]
        return all(
            any(id in ann.spans and ann.spans[id][1] == spans for _, id in members)
            for members in held
        )

    def _kind_of_event(self, type: str) -> dict[str, str]:
        """What tells events of several types apart; those of one type need nothing."""
        return {"event": type} if len(self._types.events) > 1 else {}

    def _mark(self, id: str, article: ArticleGathering) -> None:
        ann = self._ann
        type, raw, quote = ann.spans[id]
        implied = (IMPLIED, None) in ann.said.get(id, ())
        spans = [ann.places.span(*one, self._unit) for one in raw]
        found = [one for one in spans if one is not None]
        if len(found) < len(spans):
            self._lose("a mark that is not within the text is left out", id)
            return
        pieces = " ".join(ann.places.text[start:end] for start, end in found)
        if quote and not implied and pieces.split() != quote.split():
            in_pieces = len(raw) > 1
            self._lose(
                "a mark in pieces that are not its words is left out"
                if in_pieces
                else "a mark whose words do not stand where it says is left out",
                id,
            )
            return
        kind = self._gathering.kind(type)
        fields = self._fields(id, kind)
        note = "\n".join(ann.notes.get(id, ()))
        spans_found = [] if implied else _joined(found, ann.places.text)
        made = article.mark(id, self._layer, kind, spans_found, fields, note)
        if made is not None:
            self._marks[id] = made

    def _statement(
        self,
        id: str,
        members: list[tuple[str, str]],
        kind: dict[str, str],
        article: ArticleGathering,
    ) -> None:
        names = {name for name, _ in members}
        held: list[tuple[str, Mark]] = []
        for name, target in members:
            mark = self._marks.get(self._trigger(target))
            if mark is not None:
                held.append((self._gathering.role(_base(name, names), [mark.kind]), mark))
                if target in self._ann.events:
                    self._lose("an event within an event is its trigger there", id)
            elif target in self._ann.events:
                self._lose("an event within an event is left out", id)
            else:
                self._lose("a member of an event that is not there is left out", id)
        fields = self._fields(id, STATEMENT)
        for label, value in kind.items():
            key = self._gathering.field(label, "choice", [STATEMENT])
            fields[key] = self._gathering.choice(key, value)
        article.statement(id, self._layer, held, fields, "\n".join(self._ann.notes.get(id, ())))

    def _trigger(self, id: str) -> str:
        """The mark that stands for an event in another one; any other id is its own."""
        event = self._ann.events.get(id)
        return id if event is None else event[1]

    def _fields(self, id: str, thing: str) -> dict[str, FieldValue]:
        found: dict[str, list[str]] = {}
        flags: dict[str, FieldValue] = {}
        for name, value in self._ann.said.get(id, ()):
            if name == IMPLIED and value is None:
                continue
            if name not in self._types.valued:
                flags[self._gathering.field(name, "flag", [thing])] = True
                continue
            several = name in self._types.several
            is_text = name in self._types.noted and not several
            key = self._gathering.field(name, "text" if is_text else "choice", [thing])
            said = "true" if value is None else value
            found.setdefault(key, []).append(said if is_text else self._gathering.choice(key, said))
            if several:
                self._gathering.holds_several(key)
        names = {self._gathering.field(name, "choice", []) for name in self._types.several}
        return {**flags, **{k: v if k in names else v[0] for k, v in found.items()}}

    def _lose(self, what: str, id: str) -> None:
        self._gathering.losses.add(what, f"{self._ann.name} {id}")


def _joined(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Pieces between which there are only line ends are one, as brat has none within a piece."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and found[-1][1] < start and not text[found[-1][1] : start].strip("\n"):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _base(name: str, names: set[str]) -> str:
    """The role of a member: brat numbers those that are there repeatedly."""
    base = name.rstrip("0123456789")
    return base if base and base in names else name
