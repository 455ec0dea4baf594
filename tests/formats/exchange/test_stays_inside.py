"""No export writes outside the place that was chosen, whatever things are called."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.errors import BadInput
from annotator.core.model import Article, Block, article_id
from annotator.core.text.cleaning import sha256
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.folders import Names
from annotator.formats.exchange.format import Outgoing
from tests.formats.bundles import TEXT, small_bundle

NAMES = (
    "../../outside", "/etc/outside", "..\\..\\outside", "C:\\outside", "C:outside", "\\\\server\\x",
    "CON", "nul.txt", "LPT1", "a/../../outside", "x" * 400, "😊" * 200, "trailing. . .", "..", ".",
    "", " ", "a\0b", "a\nb", "\u202etxt.exe", "e\u0301", "é", "~root", "$HOME", "-rf", "*?", "a|b",
)  # fmt: skip
WRITING = [name for name, format in catalogue().formats.items() if format.write is not None]


def bundle_of_names() -> Bundle:
    """A project in which everything that may become a file's name is one of these."""
    whole = small_bundle()
    parts = [_called(whole.articles[0].article, n, name) for n, name in enumerate(NAMES)]
    analysts = tuple(
        msgspec.structs.replace(a, name=name)
        for a, name in zip(whole.analysts, ("../Ada", "CON"), strict=False)
    )
    return replace(whole, articles=tuple(parts), analysts=analysts, procedure=None)


def _called(article: Article, number: int, name: str) -> ArticleBundle:
    text = f"{TEXT}{number}\n"
    digest = sha256(text)
    block = Block(0, len(text), "body")
    called = msgspec.structs.replace(
        article,
        id=article_id(digest),
        file=name,
        title=name.strip() or "x",
        sha256=digest,
        length=len(text),
        blocks=(block,),
        copy_of=None,
    )
    return ArticleBundle(called, text)


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("format", WRITING)
def test_a_name_is_never_a_way_out(tmp_path: Path, format: str) -> None:
    chosen = tmp_path / "deep" / "chosen"
    chosen.mkdir(parents=True)
    found = catalogue().named(format)
    to = chosen / f"out{found.suffixes[0] if found.suffixes else ''}"
    try:
        with written(found, Outgoing.of(bundle_of_names()), to) as made:
            made.keep()
    except BadInput as refusal:
        if "needs" not in str(refusal):  # what is not installed here
            raise
    else:
        assert any(chosen.iterdir())
    outside = {p for p in everything(tmp_path) if not p.startswith("deep/chosen/out")}
    assert outside == {"deep", "deep/chosen"}
    for path in chosen.rglob("*"):
        assert path.resolve().is_relative_to(chosen.resolve())
        assert not path.is_symlink()
        assert all(0x20 <= ord(c) != 0x202E for c in path.name)
        if path.is_file() and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                for entry in packed.namelist():
                    assert not entry.startswith(("/", "\\"))
                    assert ".." not in Path(entry).parts
                    assert ":" not in entry


def test_names_made_of_these_are_all_possible_and_all_different() -> None:
    names = Names()
    made = [names.stem(name, name) for name in NAMES]
    assert len({stem.casefold() for stem in made}) == len(made)
    for stem in made:
        assert stem
        assert len(stem.encode()) < 200
        assert not set(stem) & set('<>:"/\\|?*\0\n\u202e')
        assert stem.split(".")[0].upper() not in ("CON", "NUL", "LPT1")
        assert stem == stem.strip(" .")
