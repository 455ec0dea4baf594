"""Columns: every scheme there and back, ours with their places, and others' as they come."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput
from annotator.core.model import Fragment
from annotator.core.text.units import tokens
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.conll.columns_in import is_comment
from annotator.formats.exchange.conll.formats import FORMAT
from annotator.formats.exchange.conll.schemes import (
    OUTSIDE,
    SCHEMES,
    TAG,
    Scheme,
    decoded,
    encoded,
    scheme_of,
)
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import HEAD, Incoming, Losses, Outgoing
from tests.formats.bundles import small_bundle
from tests.formats.exchange.making import TEXTS, bundles
from tests.formats.exchange.meaning import meaning, there_and_back, written_to

GOLDEN = Path(__file__).with_name("samples") / "small.conll"
CHANGING = {
    "of marks of a kind that overlap only the first is kept",
    "each fragment of a mark becomes a mark of its own",
    "marks are made to begin and end with a word",
    "a mark of white space alone is left out",
    "implied marks have no place in columns",
}


def read(content: str | bytes, folder: Path, **options: str) -> Incoming:
    path = folder / "x.conll"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert FORMAT.read is not None
    return FORMAT.read(path, FORMAT.asked(options))


def marks(found: Incoming) -> list[tuple[str, str]]:
    return [(m.kind, m.quote) for part in found.bundle.articles for m in part.marks]


def write(bundle: Bundle, to: Path, **options: str) -> Losses:
    with written(FORMAT, Outgoing.of(bundle), to, options) as waiting:
        waiting.keep()
        return waiting.losses


@st.composite
def chunked(draw: st.DrawFn) -> tuple[list[tuple[int, int, str]], int]:
    count = draw(st.integers(1, 12))
    cuts = draw(st.lists(st.integers(0, count), unique=True, max_size=8).map(sorted))
    label = st.sampled_from(["PER", "ORG", "a-b"])
    found = [(a, b, draw(label)) for a, b in pairwise(cuts)]
    return [one for one in found if draw(st.booleans())], count


@pytest.mark.parametrize("scheme", SCHEMES)
@given(drawn=chunked())
def test_tags_say_what_they_were_made_of(
    scheme: Scheme, drawn: tuple[list[tuple[int, int, str]], int]
) -> None:
    chunks, count = drawn
    tags = encoded(chunks, count, scheme)
    assert list(decoded(tags)) == chunks
    told = scheme_of([tags])
    assert told is not None
    if told != scheme:  # then the tags are the same in both
        assert encoded(chunks, count, told) == tags


@given(TEXTS)
def test_tokens_are_all_that_can_be_seen(text: str) -> None:
    found = list(tokens(text))
    assert "".join(text[a:b] for a, b in found) == "".join(text.split())
    assert all(a < b for a, b in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))


def _bare(bundle: Bundle) -> Any:
    """What columns can carry."""
    found = meaning(bundle)
    return {
        key: sorted([(layer, kind, pieces) for layer, kind, pieces, _, _ in one["marks"]], key=repr)
        for key, one in found.items()
    }


@pytest.mark.parametrize("scheme", SCHEMES)
@given(bundle=bundles())
@settings(max_examples=40)
def test_our_own_files_come_back_equal(scheme: Scheme, bundle: Bundle) -> None:
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "x.conll"
        losses = write(bundle, to, scheme=scheme)
        assert FORMAT.read is not None
        found = FORMAT.read(to, FORMAT.asked())
    assert {p.text for p in found.bundle.articles} == {p.text for p in bundle.articles}
    if not {loss.what for loss in losses} & CHANGING:
        assert _bare(found.bundle) == _bare(bundle)
        assert not found.losses


def test_what_has_no_place_is_listed(tmp_path: Path) -> None:
    listed = " ".join(map(str, written_to(FORMAT, small_bundle(), tmp_path / "x.conll")))
    for what in ("statements", "fields", "fragment", "implied", "notes", "codebook"):
        assert what in listed


def test_marks_that_overlap_are_listed_and_the_first_is_kept(tmp_path: Path) -> None:
    part = small_bundle().articles[0]
    claim = part.marks[0]
    other = replace_fragments(claim, part.text, 9, 12)
    bundle = replace(small_bundle(), articles=(replace(part, marks=(claim, other), statements=()),))
    losses, found = there_and_back(FORMAT, bundle, tmp_path / "x.conll")
    assert "of marks of a kind that overlap only the first is kept" in {x.what for x in losses}
    assert len(marks(found)) == 2  # the two fragments of the first


def replace_fragments(mark: Any, text: str, start: int, end: int) -> Any:
    piece = Fragment(start, end, text[start:end])
    return msgspec.structs.replace(mark, id=mark.id + 100, fragments=(piece,))


def test_the_columns_are_as_they_were(tmp_path: Path) -> None:
    written_to(FORMAT, small_bundle(), tmp_path / "x.conll")
    assert (tmp_path / "x.conll").read_bytes() == GOLDEN.read_bytes()
    assert catalogue().of(tmp_path / "x.conll") is FORMAT


def test_one_kind_as_in_conll_2003_without_comments(tmp_path: Path) -> None:
    options = {"kind": "speaker", "layout": "conll2003", "offsets": "no"}
    write(small_bundle(), tmp_path / "x.conll", **options)
    lines = (tmp_path / "x.conll").read_text(encoding="utf-8").split("\n")
    assert lines[0] == "-DOCSTART- -X- -X- O"
    assert "owner -X- -X- I-speaker" in lines
    assert not any(line.startswith("# ") for line in lines)
    with pytest.raises(BadInput, match="There is no kind song"):
        write(small_bundle(), tmp_path / "y.conll", kind="song")


def test_a_mark_over_two_sentences_is_one_again(tmp_path: Path) -> None:
    part = small_bundle().articles[0]
    whole = replace_fragments(part.marks[0], part.text, 0, len(part.text) - 1)
    bundle = replace(small_bundle(), articles=(replace(part, marks=(whole,), statements=()),))
    losses, found = there_and_back(FORMAT, bundle, tmp_path / "x.conll")
    assert marks(found) == [("claim", part.text[:-1])]
    assert "several sentences" not in " ".join(map(str, losses))
    listed = write(bundle, tmp_path / "y.conll", offsets="no")
    assert "several sentences" in " ".join(map(str, listed))


CONLL_2003 = """-DOCSTART- -X- -X- O

U.N. NNP I-NP I-ORG
official NN I-NP O
Ekeus NNP I-NP I-PER
Lavrov NNP I-NP B-PER
said VBD I-VP O

# NN I-NP O
-DOCSTART- -X- -X- O

Moscow\tNNP\tI-NP\tI-LOC
"""


def test_the_files_of_the_shared_task_are_read(tmp_path: Path) -> None:
    found = read(CONLL_2003, tmp_path)
    assert marks(found) == [("org", "U.N."), ("per", "Ekeus"), ("per", "Lavrov"), ("loc", "Moscow")]
    assert [p.text for p in found.bundle.articles] == [
        "U.N. official Ekeus Lavrov said\n#\n",
        "Moscow\n",
    ]
    assert any("between tokens" in loss.what for loss in found.losses)
    every = marks(read(CONLL_2003, tmp_path, columns="all"))
    assert ("np", "U.N. official Ekeus") in every or ("np", "U.N. official Ekeus Lavrov") in every


@pytest.mark.parametrize(
    ("tags", "words"),
    [
        ("B-P I-P B-P O", ["a b", "c"]),
        ("I-P I-P B-P O", ["a b", "c"]),
        ("I-P E-P E-P O", ["a b", "c"]),
        ("B-P E-P S-P O", ["a b", "c"]),
        ("B-P L-P U-P O", ["a b", "c"]),
        ("O O I-P I-Q", ["c", "d"]),
    ],
)
def test_every_scheme_is_told_by_its_tags(tags: str, words: list[str], tmp_path: Path) -> None:
    lines = "\n".join(f"{w} {t}" for w, t in zip("abcd", tags.split(), strict=True))
    found = read(lines, tmp_path)
    assert [quote for _, quote in marks(found)] == words
    assert "mixed" not in " ".join(map(str, found.losses))


def test_a_mixture_of_schemes_is_told(tmp_path: Path) -> None:
    assert "mixed" in " ".join(map(str, read("a S-P\nb L-P\n", tmp_path).losses))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "has no tokens"),
        (b"a O\n\xff O\n", "not UTF-8"),
        ("a\nb O\n", "line 1, has no token with its tags"),
        ("a X O\nb O\n", "line 2, has 2 columns"),
        ("a X O\n\nb O\n", "lines of 2 and of 3 columns"),
        ("a PER\n", "no column of tags .* one is “PER”"),
        ("# annotator conll 1\n-DOCSTART- O\n\n# text 5\n", "says no text"),
        ('# annotator conll 1\n-DOCSTART- O\n\n# text "ab"\n# 0 1\nx O\n', "the text has not"),
        ('# annotator conll 1\n-DOCSTART- O\n\n# text "a\\u0000b"\n# 0 1\na O\n', "no article"),
        ("# annotator conll 1\n# what is this\n", "no comment that Annotator writes"),
        ('# annotator conll 1\n-DOCSTART- O\n\n# text "a b"\n# 99 99\na O\n', "the text has not"),
    ],
)
def test_damage_is_told_with_its_place(content: str | bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=said):
        read(content, tmp_path)


def test_a_scheme_that_was_asked_for_holds(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="line 1, has the tag S-P, not of iob2"):
        read("a S-P\n", tmp_path, scheme="iob2")


@given(st.text(st.sampled_from('ab# \t\n-OBIX"\\{0'), max_size=80))
def test_nothing_in_a_file_is_more_than_refused(content: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for head in ("", "# annotator conll 1\n-DOCSTART- O\n\n"):
            try:
                read(head + content, Path(folder))
            except BadInput:
                continue


COLUMNS = ["EU B-ORG", "rejects O", "German\tB-MISC", "# text", "#\tO", "# token B-PER", "", " "]
COLUMNS += ["An ordinary line.", "one", "x I-PER", "\xff"]


@given(
    st.lists(st.sampled_from(COLUMNS), max_size=9),
    st.sampled_from(["a.txt", "a.conll", "a.BIO"]),
    st.integers(0, 2),
)
def test_columns_are_recognised_by_the_lines_that_tell(
    lines: list[str], name: str, long: int
) -> None:
    head = "\n".join(lines).encode("latin-1")
    if long:
        head = (head + b"\nx" * HEAD)[:HEAD]
    told = head.decode(errors="replace").split("\n")
    whole = told[:-1] if len(head) >= HEAD else told
    telling = [line.split() for line in whole if line.strip() and not is_comment(line)]
    rows = [
        len(row) > 1 and (row[-1] == OUTSIDE or bool(TAG.fullmatch(row[-1]))) for row in telling
    ]
    enough = 4 if name == "a.txt" else 1
    assert FORMAT.recognises(Path(name), head) == (len(rows) >= enough and all(rows[:4]))
