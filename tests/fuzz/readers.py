"""Every reader with samples of what it reads, and what may come of reading."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx

from annotator import paths
from annotator.core.codebook import parse
from annotator.core.errors import AnnotatorError, BadInput
from annotator.core.text.cleaning import clean
from annotator.formats import annotator_json
from annotator.formats.articles.reading import read_articles
from annotator.formats.articles.text_in import Failure
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from annotator.store.keeping.repairing import repair
from annotator.workspace import Workspace
from tests.formats.articles.documents import packed, pdf, workbook
from tests.formats.articles.exports import EUROPRESSE, NEXIS, PAGE, PROQUEST, TAGGED, UNI
from tests.formats.articles.test_odt_epub import epub, odt
from tests.formats.bundles import small_bundle
from tests.fuzz.bending import bend
from tests.workshop import mark, small_project

TIMES = 10
"""How much more memory than its input a reader may take."""
_ANYWAY = 8 << 20
"""Bytes that a reader may take for the smallest input: tables of its libraries and the like."""
_SAMPLES = Path(__file__).parents[1] / "formats"


class TooMuchMemory(AssertionError):
    """A reader took more than it may."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Something that reads a file or folder, and files that it can read."""

    name: str
    read: Callable[[Path], object]
    samples: tuple[Path, ...]


def readers(folder: Path) -> list[Reader]:
    """All there are; their samples are made in a folder."""
    found = [*_articles(folder), *_formats(folder), *_others(folder), *_projects(folder)]
    for reader in found:
        for sample in reader.samples:
            with contextlib.suppress(AnnotatorError):
                reader.read(sample)  # what is loaded the first time is not a reader's memory
    return found


def try_one(reader: Reader, scratch: Path, seed: int) -> str:
    """Read a sample, bent by a seed: ``read``, or the sentence that says why not.

    Whatever else is raised is a fault of the reader.
    """
    dice = random.Random(f"{reader.name} {seed}")
    sample = dice.choice(reader.samples)
    place = scratch / sample.name
    if sample.is_dir():
        shutil.copytree(sample, place)
    else:
        shutil.copy(sample, place)
    try:
        bend(place, dice)
        return _tried(reader, place)
    finally:
        shutil.rmtree(place) if place.is_dir() else place.unlink()


def _tried(reader: Reader, place: Path) -> str:
    size = sum(p.stat().st_size for p in (place, *place.rglob("*")) if p.is_file())
    tracemalloc.start()
    try:
        reader.read(place)
    except AnnotatorError as error:
        return str(error)
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        if peak > TIMES * size + _ANYWAY:
            raise TooMuchMemory(f"{peak:,} bytes for {size:,}")
    return "read"


def _articles(folder: Path) -> Iterator[Reader]:
    made = {
        "text": ("a.txt", (paths.seeds() / "000_da745d13d0c31537.txt").read_bytes()),
        "utf-16": ("u.txt", "Ein Wort. Lavrov said no.\n".encode("utf-16") * 3),
        "html": ("a.html", _HTML.encode()),
        "markdown": ("a.md", b"---\ntitle: A\n---\n# *A* `b`\n\n> [c](d) **e**\n\n- f\\*\n"),
        "docx": ("a.docx", _docx()),
        "rtf": ("a.rtf", rb"{\rtf1\ansi{\fonttbl\f1\fcharset204 A;}{\*\x b}\u8220?\'e9 {\f1\'cf}\par}"),
        "odt": ("a.odt", packed(odt("<text:p>A<text:s/>b.</text:p>", "Title"))),
        "epub": ("a.epub", epub()),
        "nexis": ("n.txt", NEXIS.encode()),
        "nexis-uni": ("m.txt", UNI.encode()),
        "factiva": ("f.txt", TAGGED.encode()),
        "proquest": ("q.txt", PROQUEST.encode()),
        "europresse": ("e.html", EUROPRESSE.encode()),
        "factiva-page": ("p.html", PAGE.encode()),
        "pdf": ("a.pdf", pdf([["Headline", "Words of a page, and more."], ["A second page."]])),
        "csv": ("a.csv", b"title,text,date\nOne,\"Some, words\",2025-08-24\nTwo,More,\n"),
        "xlsx": ("a.xlsx", workbook(("title", "text"), ("One", "Some words."), ("Two", "More"))),
        "jsonl": ("a.jsonl", b'{"title": "One", "text": "Some words."}\n{"text": "More."}\n'),
    }  # fmt: skip
    zipped = packed({name: data for name, data in made.values() if not name.endswith("zip")})
    for kind, (name, data) in {**made, "zip": ("a.zip", zipped)}.items():
        path = folder / name
        path.write_bytes(data)
        yield Reader(f"articles: {kind}", _read_articles, (path,))


def _read_articles(path: Path) -> None:
    """Never raises, not even our own errors: each failure is one among many."""
    try:
        for step in read_articles([path]):
            if isinstance(step.found, Failure):
                assert step.found.reason
    except AnnotatorError as error:
        raise AssertionError("read_articles raises nothing") from error


def _formats(folder: Path) -> Iterator[Reader]:
    samples: dict[str, list[Path]] = {}
    for format in catalogue().read.values():
        place = folder / format.name
        place.mkdir()
        if format.write is not None:
            to = place / f"small{format.suffixes[0] if format.suffixes else ''}"
            with (
                contextlib.suppress(BadInput),  # what it needs is not installed
                written(format, Outgoing.of(small_bundle()), to) as made,
            ):
                made.keep()
                samples.setdefault(format.name, []).append(to)
    samples.setdefault("dna", []).append(_dna(folder / "dna" / "x.dna"))
    for path in sorted((_SAMPLES / "exchange" / "samples").rglob("*")):
        found = catalogue().of(path) if path.is_file() else None
        if found is not None:
            samples.setdefault(found.name, []).append(path)
    for format in catalogue().read.values():
        there = samples.get(format.name)
        if there:
            yield Reader(f"format: {format.name}", _reading(format), tuple(there))


def _dna(path: Path) -> Path:
    script = (_SAMPLES / "exchange" / "samples" / "dna.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        connection.commit()
    return path


def _reading(format: Format) -> Callable[[Path], None]:
    asked = format.asked()

    def read(path: Path) -> None:
        assert format.read is not None
        format.read(path, asked)
        if format.stream is not None:
            for _ in format.stream(path, asked).articles:
                pass

    return read


def _others(folder: Path) -> Iterator[Reader]:
    yield Reader("annotator_json", annotator_json.read, (_SAMPLES / "small.json",))
    yield Reader("cleaning", _clean, (folder / "a.txt", folder / "u.txt"))
    book = paths.resources() / "codebooks" / "statements.toml"
    yield Reader("codebook", _codebook, (book,))


def _projects(folder: Path) -> Iterator[Reader]:
    """Our own files: opened and looked through, and repaired; the original is only read."""
    path = folder / "small.annotator"
    with small_project(path) as workspace:
        for n in range(30):
            mark(workspace, ("claim", "speaker")[n % 2], (n, n + 7))
    yield Reader("project", _open, (path,))
    yield Reader("repair", _repair, (path,))


def _open(path: Path) -> None:
    try:
        with Workspace.open(path) as workspace:
            workspace.check()
            workspace.bundle()
    finally:
        _clear(path)


def _repair(path: Path) -> None:
    before, new = path.read_bytes(), path.with_name("repaired.annotator")
    try:
        repair(path, new)
    finally:
        assert path.read_bytes() == before
        _clear(new)
        new.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    for suffix in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _clean(path: Path) -> None:
    data = path.read_bytes()
    for raw in (data.decode("utf-8", "surrogateescape"), data.decode("latin-1")):
        once = clean(raw).text
        assert clean(once).text == once
        once.encode()


def _codebook(path: Path) -> None:
    parse(path.read_text(encoding="utf-8", errors="replace"), path.name)


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("Headline", 0)
    document.add_paragraph("Lavrov said no. “Not now.”")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


_HTML = """<!doctype html><html lang="en"><head><title>Talks fail</title>
<meta property="og:site_name" content="The Paper"><meta name="date" content="2025-08-24"></head>
<body><nav>Home</nav><article><h1>Talks fail</h1><p>Lavrov said that it was not discussed at all, and
waited for the others to speak of it in the long meeting.</p><figure><figcaption>A caption.</figcaption>
</figure><p>Zelensky agreed to meet, as soon as the agenda is ready for both of the sides.</p></article>
</body></html>"""
