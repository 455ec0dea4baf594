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


def test_heads_of_left_and_of_right_pages_are_running_heads() -> None:
    said = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"]

    def page(number: int) -> list[Line]:
        head = "THE DAILY PLANET" if number % 2 else "Lane: Summit fails"
        first = "Summit fails" if number == 1 else f"{number} {head}"
        rest = [f"{said[number - 1]} of them {what}." for what in ("spoke", "listened")]
        return [Line(text, 12) for text in (first, *rest)]

    pages, notes = without_running_heads([page(number) for number in range(1, 9)])
    firsts = [lines[0].text for lines in pages]
    assert firsts == ["Summit fails", *(f"{one} of them spoke." for one in said[1:])]
    assert "“2 Lane: Summit fails”, “3 THE DAILY PLANET”" in notes[0]


def test_points_of_a_list_are_paragraphs() -> None:
    page = [
        Line("The two sides agreed on three things, a spokesman for the government said:", 0),
        Line("• that they would meet again, although not soon, in a city to be agreed on;", 12),
        Line("• that prisoners be exchanged;", 12),
        Line("\uf0b7 that nobody says more.", 12),
    ]
    assert list(paragraphs([page])) == [line.text for line in page]


def test_lines_of_chinese_and_japanese_are_joined_without_spaces() -> None:
    whole = "外交部长周日表示他不会参加会议因为没有任何结果可以期待"
    page = [Line(whole[:20], 0), Line(whole[20:], 12)]
    assert list(paragraphs([page])) == [whole]
    mixed = [Line(whole[:20] + "与", 0), Line("NATO 的会议没有结果", 12)]
    assert list(paragraphs([mixed])) == [whole[:20] + "与 NATO 的会议没有结果"]


def test_wide_letters_fill_a_line_as_twice_as_many_narrow_ones() -> None:
    page = [
        Line("http://planet.example/an/address/as/long/as/a/line/of/this/page", 0),
        Line("外交部长周日表示他不会参加会议因为没有任何结果可以期待的是", 30),
        Line("这一点。", 12),
    ]
    assert list(paragraphs([page]))[1:] == [page[1].text + "这一点。"]


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
