from __future__ import annotations

from pathlib import Path

import pytest

from annotator.formats.articles.pdf import Line, joined_words, paragraphs, without_running_heads
from tests.formats.articles.documents import pdf, read, refusal, written

LONG = "The president said on Sunday that he would not go to the meeting of the"


def test_lines_are_joined_into_paragraphs(tmp_path: Path) -> None:
    data = pdf(
        [
            [
                LONG,
                "two ministers, and left.",
                "",
                "Another paragraph begins here, as long as that is.",
            ]
        ]
    )
    one = read(written(tmp_path, "a.pdf", data))
    assert one.text == (
        f"{LONG} two ministers, and left.\nAnother paragraph begins here, as long as that is."
    )
    assert one.notes == ("lines joined into paragraphs, a guess",)


def test_a_document_is_known_by_its_content(tmp_path: Path) -> None:
    assert read(written(tmp_path, "a.txt", pdf([["Some words."]]))).text == "Some words."


def test_hyphens_at_line_ends_are_taken_out_and_told(tmp_path: Path) -> None:
    data = pdf([[f"{LONG} presi-", "dents, who are well-", "known to all. The presidents left."]])
    one = read(written(tmp_path, "a.pdf", data))
    assert "of the presidents, who are well-known to all." in one.text
    assert "1 hyphen at line ends taken out: “presi|dents”" in one.notes
    assert "1 hyphen at line ends kept: “well-known”" in one.notes


def test_a_hyphen_stays_when_the_word_has_it_elsewhere_or_a_name_follows() -> None:
    text, notes = joined_words("a cease\x02fire. The cease-fire held. Trump\x02Putin. sum\x02mit")
    assert text == "a cease-fire. The cease-fire held. Trump-Putin. summit"
    assert len(notes) == 2
    assert joined_words("5\x02\nand no word") == ("5-\nand no word", [])


def test_running_heads_are_taken_out_and_told(tmp_path: Path) -> None:
    pages = [
        ["Daily Planet 24 August", f"{name} said on Sunday that it was over.", f"Page {number}"]
        for number, name in enumerate(("Lavrov", "Trump", "Rubio"), 1)
    ]
    one = read(written(tmp_path, "a.pdf", pdf(pages)))
    assert "Daily Planet" not in one.text
    assert "Page" not in one.text
    assert any("“Daily Planet 24 August”, “Page 1”" in note for note in one.notes)


def test_a_line_in_the_middle_of_pages_is_no_running_head() -> None:
    page = [Line(text, 12) for text in ("One.", "Two.", "No comment.", "Three.", "Four.")]
    other = [Line(text, 12) for text in ("Five.", "Six.", "No comment.", "Seven.", "Eight.")]
    assert without_running_heads([page, other]) == ([page, other], [])
    same = [[Line("No comment.", 12)]] * 2
    assert without_running_heads(same) == (same, [])


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    pages = [[Line("He said that", 0)], [Line("it was over. " * 4, 0)]]
    assert list(paragraphs(pages)) == ["He said that " + "it was over. " * 4]


def test_a_scan_is_refused_with_the_remedy(tmp_path: Path) -> None:
    sentence = refusal(written(tmp_path, "scan.pdf", pdf([[], []])))
    assert sentence.startswith(f"scan.pdf in {tmp_path} holds pictures of pages and no text;")
    assert "(OCR)" in sentence


def test_a_page_without_text_among_others_is_told(tmp_path: Path) -> None:
    one = read(written(tmp_path, "a.pdf", pdf([[LONG], []])))
    assert "1 page of 2 without text, perhaps pictures" in one.notes


def test_the_title_counts_when_the_page_shows_it(tmp_path: Path) -> None:
    lines = ["Summit fails", "", LONG]
    assert read(written(tmp_path, "a.pdf", pdf([lines], "Summit fails"))).title == "Summit fails"
    other = read(written(tmp_path, "b.pdf", pdf([lines], "Microsoft Word - draft7.doc")))
    assert "Microsoft" not in other.title


@pytest.mark.parametrize("data", [b"%PDF-", b"%PDF-1.4\n" + b"\0" * 1000, pdf([["Words."]])[:200]])
def test_a_damaged_document_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "a damaged PDF document" in refusal(written(tmp_path, "a.pdf", data))
