"""What all formats stand on: gathering, catalogue, names of files, delivery."""

from __future__ import annotations

import weakref
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.bundle import ArticleBundle
from annotator.core.codebook import STATEMENT, faults
from annotator.core.errors import BadInput
from annotator.formats.exchange import doccano
from annotator.formats.exchange.brat import format as brat
from annotator.formats.exchange.catalogue import OURS, Catalogue
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.folders import Names
from annotator.formats.exchange.format import Asked, Format, Losses, Option, Outgoing
from annotator.formats.exchange.gathering import Gathering
from annotator.formats.exchange.own import file as annotator_file
from tests.formats.bundles import small_bundle

# Gathering


LABELS = st.text(st.sampled_from("aAbÄ -_1statement😊"), max_size=12)


@given(st.lists(st.tuples(LABELS, LABELS, LABELS, LABELS), max_size=8))
def test_whatever_labels_make_a_sound_codebook(told: list[tuple[str, str, str, str]]) -> None:
    made = Gathering("test", "x")
    article = made.article("Some words.\n", "a.txt")
    seen: dict[str, str] = {}
    for kind, role, field, choice in told:
        key = made.kind(kind)
        assert seen.setdefault(key, kind) == kind
        made.role(role, [key])
        made.choice(made.field(field, "choice", [key, STATEMENT]), choice)
        article.mark("1", made.layer(), key, [(0, 4)])
    book = made.bundle().codebook
    assert faults(book) == []
    assert {kind.name for kind in book.kinds.values()} == {kind for kind, *_ in told}


def test_spans_that_touch_are_one_and_empty_ones_none() -> None:
    made = Gathering("test", "x")
    article = made.article("Some words.\n", "a.txt")
    kind = made.kind("A")
    mark = article.mark("1", made.layer(), kind, [(5, 7), (0, 2), (2, 3), (4, 4)])
    assert mark is not None
    assert [(f.start, f.end) for f in mark.fragments] == [(0, 3), (5, 7)]
    assert article.mark("2", made.layer(), kind, [(1, 1)]) is None
    assert [loss.what for loss in made.losses] == ["a mark of no characters is left out"]


def test_a_kind_that_is_called_like_a_statement_has_another_key() -> None:
    """Fields of statements are on this key."""
    made = Gathering("test", "x")
    assert made.kind("Statement") == made.kind("Statement") != STATEMENT
    assert made.kind("statement") not in (STATEMENT, made.kind("Statement"))


def test_values_that_make_one_key_are_kept_apart() -> None:
    made = Gathering("test", "x")
    field, other = (made.field(label, "choice", [STATEMENT]) for label in ("To", "From"))
    keys = [made.choice(field, label) for label in ("a b", "A-B", "A B", "a b")]
    assert keys[0] == keys[3]
    assert len(set(keys)) == 3
    assert made.choice(other, "A B") == keys[0]


def test_what_is_called_alike_is_kept_apart() -> None:
    def ids() -> list[int]:
        made = Gathering("test", "x")
        article = made.article("Some words.\n", "a.txt")
        kind = made.kind("A")
        marks = [article.mark("1", made.layer(), kind, [(0, end)]) for end in (1, 2, 3)]
        return [mark.id for mark in marks if mark is not None]

    assert len(set(ids())) == 3
    assert ids() == ids()


def test_the_same_text_twice_is_one_article() -> None:
    made = Gathering("test", "x")
    assert made.article("Words.", "a.txt") is made.article("Words.", "b.txt")
    with pytest.raises(BadInput, match=r"x: c\.txt has no text"):
        made.article(" \n", "c.txt")


# Catalogue


def point(value: str, name: str = "mine") -> EntryPoint:
    return EntryPoint(name, value, "annotator.formats")


def test_a_plug_in_is_one_of_the_formats() -> None:
    found = Catalogue([], [point("annotator.formats.exchange.doccano:FORMAT")])
    assert found.named("doccano") is doccano.FORMAT
    assert found.faults == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("no.such.module:FORMAT", "mine cannot be loaded: ModuleNotFoundError"),
        ("annotator.formats.exchange.doccano:NONE", "mine cannot be loaded: AttributeError"),
        ("annotator.formats.exchange.doccano:write", "mine is no Format"),
        ("annotator.formats.exchange.own.file:FORMAT", "has the name of another"),
        ("sys:exit.missing", "mine cannot be loaded"),
    ],
)
def test_a_plug_in_that_fails_is_named_and_the_others_work(value: str, said: str) -> None:
    good = point("annotator.formats.exchange.doccano:FORMAT", "good")
    found = Catalogue([annotator_file.FORMAT], [point(value), good])
    assert list(found.formats) == ["annotator-json", "doccano"]
    assert said in found.faults[0]


def test_a_plug_in_that_fails_to_recognise_is_not_fatal(tmp_path: Path) -> None:
    def fails(_path: Path, _head: bytes) -> bool:
        raise ValueError("broken")

    broken = Format("broken", "Broken", (".x",), read=doccano.read, recognises=fails)
    path = tmp_path / "x"
    path.write_bytes(b"")
    found = Catalogue([broken])
    assert found.of(path) is None
    assert found.of(path) is None
    assert found.faults == ["The format broken cannot recognise files: ValueError('broken')."]


def test_names_and_options_that_are_not_there() -> None:
    with pytest.raises(BadInput, match="no format x; there are annotator-json"):
        Catalogue(OURS).named("x")
    with pytest.raises(BadInput, match="doccano has no option colour; it has unit"):
        doccano.FORMAT.asked({"colour": "red"})
    with pytest.raises(BadInput, match="unit is one of"):
        doccano.FORMAT.asked({"unit": "miles"})
    assert Asked("x", {"a": Option("", ("1", "2"))}).value("a") == "1"


def test_every_name_is_taken_once() -> None:
    assert len({format.name for format in OURS}) == len(OURS)


# Names of files


@given(
    st.lists(
        st.tuples(
            st.text(max_size=9)
            | st.sampled_from(
                ["con", "..", "a/../../b", "COM1.x", "é", "e\u0301", "a" * 300, "😊" * 99]
            ),
            st.text(max_size=3),
        )
    )
)
def test_names_are_safe_and_never_twice(given_: list[tuple[str, str]]) -> None:
    names = Names()
    made = [names.stem(file, title) for file, title in given_]
    assert len({name.casefold() for name in made}) == len(made)
    for name in made:
        assert name == Path(name).name
        assert name not in (".", "..")
        assert not set(name) & set('<>:"/\\|?*\x00\n')
        assert name.split(".")[0].casefold() not in ("con", "nul", "com1")
        assert len(name.encode()) < 200
        assert not name.startswith(".")


# Delivery


def failing(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    to.write_bytes(b"half")
    raise OSError(28, "No space left on device")


def listing(path: Path) -> list[str]:
    return sorted(p.name for p in path.iterdir())


def test_nothing_is_there_before_it_is_kept(tmp_path: Path) -> None:
    to = tmp_path / "a.json"
    to.write_bytes(b"before")
    with written(annotator_file.FORMAT, Outgoing.of(small_bundle()), to):
        assert to.read_bytes() == b"before"
    assert (to.read_bytes(), listing(tmp_path)) == (b"before", ["a.json"])
    with written(annotator_file.FORMAT, Outgoing.of(small_bundle()), to) as waiting:
        waiting.keep()
    assert to.read_bytes() != b"before"
    assert listing(tmp_path) == ["a.json"]


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    format = Format("x", "X", (".x",), write=failing)
    with (
        pytest.raises(BadInput, match="cannot be written: No space left"),
        written(format, Outgoing.of(small_bundle()), tmp_path / "a"),
    ):
        pass
    assert listing(tmp_path) == []


def test_a_folder_that_has_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mine.txt").write_bytes(b"mine")
    with (
        pytest.raises(BadInput, match="not empty; name another folder"),
        written(brat.FORMAT, Outgoing.of(small_bundle()), tmp_path / "c"),
    ):
        pass
    assert listing(tmp_path / "c") == ["mine.txt"]


def test_articles_are_gone_through_once_and_not_kept(tmp_path: Path) -> None:
    """A writer holds no more than an article or two: what it has seen is gone."""
    alive: list[weakref.ref[ArticleBundle]] = []
    most = 0

    class Part(ArticleBundle):
        __slots__ = ("__weakref__",)

    def articles() -> object:
        nonlocal most
        for number in range(20):
            made = Gathering("test", "x")
            mark = made.article(f"Words {number}.\n", f"{number}.txt")
            mark.mark("1", made.layer("gold"), "claim", [(0, 5)])
            (one,) = made.bundle().articles
            part = Part(one.article, one.text, one.marks)
            alive.append(weakref.ref(part))
            yield part
            del part, one, made, mark
            most = max(most, sum(ref() is not None for ref in alive))

    for format in (f for f in OURS if f.write is not None and f.name not in ("docbin", "parquet")):
        alive.clear()
        most = 0
        outgoing = Outgoing(Outgoing.of(small_bundle()).project, articles())  # type: ignore[arg-type]
        with written(format, outgoing, tmp_path / f"{format.name}.x"):
            pass
        assert most <= 2, format.name
