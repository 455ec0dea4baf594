"""What bent files brought to light: damage that only unpacking finds, odd lines, odd characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.articles.documents import packed, read, refusal, workbook, written


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx"])
def test_a_part_whose_bytes_cannot_be_unpacked(tmp_path: Path, name: str) -> None:
    data = (
        workbook(("title", "text"), ("One", "Some words."))
        if name == "a.xlsx"
        else packed(
            {"[Content_Types].xml": b"<Types/>" * 40, "word/document.xml": b"<document/>" * 90}
        )
    )
    at = data.index(b"[Content_Types].xml") + len("[Content_Types].xml")
    broken = data[:at] + b"\xff" * 20 + data[at + 20 :]
    assert "damaged" in refusal(written(tmp_path, name, broken))


def test_a_first_line_with_a_carriage_return_in_it_is_no_header(tmp_path: Path) -> None:
    text = 'A word,\rand "another",\rthen\nLavrov said no.\n'
    assert "Lavrov said no." in read(written(tmp_path, "a.txt", text.encode("utf-16"))).text


def test_a_caption_with_a_control_character_in_it(tmp_path: Path) -> None:
    words = "Lavrov said that it was not discussed at all, and waited for the others. " * 5
    page = (
        f"<html><body><article><h1>Talks</h1><figure><figcaption>A &#1;&#x1f;caption, long enough"
        f"</figcaption></figure><p>{words}</p></article></body></html>"
    )
    assert "Lavrov said" in read(written(tmp_path, "a.html", page)).text
