"""brat standoff as other programs and shared tasks write it; each made here after the like."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from tests.formats.exchange.test_peculiar import FORMATS, listed, quotes, read
from tests.formats.exchange.test_real_files import statements

TEXT = "Vogel told Oslo that Bank One said no."


def corpus(folder: Path, text: str | bytes = TEXT, **files: str) -> Path:
    """A folder with ``x.txt`` and, by their endings, what stands beside it."""
    folder.mkdir(exist_ok=True)
    (folder / "x.txt").write_bytes(text.encode() if isinstance(text, str) else text)
    for ending, said in files.items():
        (folder / f"x.{ending}").write_bytes(said.encode())
    return folder


def words(folder: Path) -> list[str]:
    return sorted(quote for _, _, quote in quotes(read(folder)[1].bundle))


# Shared tasks


GIVEN = "T1\tPerson 0 5\tVogel\nT2\tOrg 21 29\tBank One\n\n"
ASKED = "T3\tSay 30 34\tsaid\nE1\tSay:T3 Who:T2\nR1\tKnows Arg1:T1 Arg2:T2\n"


def test_what_was_given_and_what_was_asked_are_one(tmp_path: Path) -> None:
    """The tasks of BioNLP have names in one file and the events on them in another."""
    folder = corpus(tmp_path / "c", a1=GIVEN, a2=ASKED)
    name, found = read(folder)
    assert name == "brat"
    assert [kind for _, kind, _ in quotes(found.bundle)] == ["person", "org", "say"]
    assert statements(found.bundle) == [
        [("arg1", "Vogel"), ("arg2", "Bank One")],
        [("say", "said"), ("who", "Bank One")],
    ]
    assert not listed(found)


def test_what_was_given_alone(tmp_path: Path) -> None:
    assert words(corpus(tmp_path / "c", a1=GIVEN)) == ["Bank One", "Vogel"]


@pytest.mark.parametrize("ending", ["a1", "a2"])
def test_one_of_the_two_brings_the_other_along(tmp_path: Path, ending: str) -> None:
    folder = corpus(tmp_path / "c", a1=GIVEN, a2=ASKED)
    name, found = read(folder / f"x.{ending}")
    assert name == "brat"
    assert len(quotes(found.bundle)) == 3


def test_both_beside_an_ann_file_are_not_read_twice(tmp_path: Path) -> None:
    """brat itself takes them only where there is no ``.ann`` file."""
    folder = corpus(tmp_path / "c", ann="T1\tOrg 11 15\tOslo\n", a1=GIVEN, a2=ASKED)
    _, found = read(folder)
    assert [quote for _, _, quote in quotes(found.bundle)] == ["Oslo"]
    assert "files that are not brat's are left out (2 times)" in listed(found)


def test_a_reference_that_names_its_ends(tmp_path: Path) -> None:
    said = (
        "N1\tOntoBiotope Annotation:T1 Referent:OBT:000175\n"
        "N2\tNCBI_Taxonomy Annotation:T2 Referent:562\n"
    )
    _, found = read(corpus(tmp_path / "c", ann=GIVEN + said))
    book = found.bundle.codebook
    told = {
        book.fields[key].choices[str(value)].name
        for part in found.bundle.articles
        for mark in part.marks
        for key, value in mark.fields.items()
    }
    assert {field.name for field in book.fields.values()} >= {"OntoBiotope", "NCBI_Taxonomy"}
    assert told == {"OBT:000175", "562"}
    assert not listed(found)


# Texts that were changed on the way


LINES = "A first line.\nVogel told Oslo.\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(LINES.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param("\ufeff" + LINES, id="a byte-order mark"),
        pytest.param("\ufeff" + LINES.replace("\n", "\r\n"), id="both"),
    ],
)
@pytest.mark.parametrize("counted", [True, False])
def test_a_text_that_was_saved_anew(tmp_path: Path, text: str, counted: bool) -> None:
    """Git and editors for Windows change line ends after the offsets were counted."""
    at = (text if counted else LINES).index("Oslo")
    folder = corpus(tmp_path / "c", text, ann=f"T1\tOrg {at} {at + 4}\tOslo\n")
    assert words(folder) == ["Oslo"]


def test_few_marks_whose_words_stand_elsewhere_are_listed(tmp_path: Path) -> None:
    right = "".join(f"T{n}\tPerson 0 5\tVogel\n" for n in range(1, 20))
    _, found = read(corpus(tmp_path / "c", ann=f"{right}T20\tOrg 12 16\tOslo\n"))
    assert len(quotes(found.bundle)) == 19
    assert (
        "a mark whose words do not stand where it says is left out, first in x.txt T20"
        in listed(found)
    )


def test_many_are_refused(tmp_path: Path) -> None:
    right = "".join(f"T{n}\tPerson 0 5\tVogel\n" for n in range(1, 9))
    with pytest.raises(BadInput, match="does not stand at 12 to 16"):
        read(corpus(tmp_path / "c", ann=f"{right}T9\tOrg 12 16\tOslo\n"))


def test_few_after_an_emoji_tell_the_unit(tmp_path: Path) -> None:
    """One wrong mark hides from nobody how the others count."""
    text = f"\U0001f60a {TEXT}"
    right = "".join(f"T{n}\tPerson 3 8\tVogel\n" for n in range(1, 20))
    _, found = read(corpus(tmp_path / "c", text, ann=f"{right}T20\tOrg 99 103\tOslo\n"))
    assert [quote for _, _, quote in quotes(found.bundle)] == ["Vogel"] * 19


# What is said of what is no mark


def test_notes_on_what_is_no_mark_are_listed(tmp_path: Path) -> None:
    said = (
        "A1\tSure T1\n#1\tAnnotatorNotes A1\tperhaps\n"
        "N1\tReference T1 Wiki:Q1\tVogel\n#2\tAnnotatorNotes N1\tor his son\n"
        "A2\tSure T9\n#3\tAnnotatorNotes E9\tgone\n"
    )
    _, found = read(corpus(tmp_path / "c", ann=GIVEN + said))
    told = listed(found)
    assert "a note on an attribute or reference is left out (2 times), first in x.txt A1" in told
    assert "what is said of something that is not there is left out (2 times)" in told


def test_a_line_of_another_program_is_no_part_of_the_words_before(tmp_path: Path) -> None:
    said = "T1\tPerson 0 5\tVogel\nTR1\tspeaker T1\n$1\tComment T1\n\nT2\tOrg 11 15\tOslo\n"
    _, found = read(corpus(tmp_path / "c", ann=said))
    assert [quote for _, _, quote in quotes(found.bundle)] == ["Vogel", "Oslo"]
    assert "lines that are not brat's are left out (2 times)" in listed(found)


def test_words_over_line_ends_go_on(tmp_path: Path) -> None:
    text = "Vogel told\n\nOslo: no."
    _, found = read(corpus(tmp_path / "c", text, ann="T1\tA 6 16\ttold\n\nOslo\n"))
    assert [quote for _, _, quote in quotes(found.bundle)] == ["told\n\nOslo"]


@pytest.mark.parametrize(
    ("ann", "said"),
    [
        ("T1\tA 0 5\tVogel\nT1\tA 11 15\tOslo\n", "line 2, .*T1 a second time"),
        ("T1\tA\t0\t5\tVogel\n", "an id, a tab, the type and offsets with spaces between"),
    ],
)
def test_a_refusal_says_what_to_do(tmp_path: Path, ann: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(corpus(tmp_path / "c", ann=ann))


def test_such_files_are_no_articles(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "c", a1=GIVEN, a2=ASKED)
    for path in (folder, folder / "x.a1", folder / "x.a2"):
        format = FORMATS.of(path)
        assert format is not None
        assert format.name == "brat"


def test_words_over_lines_end_where_the_offsets_do(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "c", "ab\ncd said no.\n", ann="T1\tX 0 5\tab\ncd\nstray\n")
    found = read(folder)[1]
    assert words(folder) == ["ab\ncd"]
    assert "not brat's" in listed(found)


def test_a_trigger_that_is_a_member_elsewhere_is_a_mark(tmp_path: Path) -> None:
    """Its words are those of a member, as where it only holds an event."""
    said = "T1\tSay 0 5\tVogel\nT2\tPerson 0 5\tVogel\nE1\tSay:T1 Who:T2\n"
    alone = corpus(tmp_path / "a", ann=said)
    assert [kind for _, kind, _ in quotes(read(alone)[1].bundle)] == ["person"]
    both = corpus(tmp_path / "b", ann=f"{said}R1\tSame Arg1:T1 Arg2:T2\n")
    assert sorted(kind for _, kind, _ in quotes(read(both)[1].bundle)) == ["person", "say"]
